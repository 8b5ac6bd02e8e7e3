package io.leadpulse.schemas.config;

import java.util.List;
import java.util.Locale;

/**
 * The numbers that a company can steer by; it names at most {@link #MAX} of them. They are the key-metric panel of the
 * wall board and what the daily digest tells first.
 *
 * <p>All are the company's. A constant is never renamed: its {@link #wireName()} stands in configurations and labels.
 */
public enum KeyMetric {
    // Sales against goals.
    SALES_TODAY("Sales today", Unit.MONEY, Aim.OF_GOALS, Over.TODAY, "won today, less refunds"),
    SALES_THIS_WEEK("Sales this week", Unit.MONEY, Aim.OF_GOALS, Over.WEEK, "won, less refunds"),
    SALES_THIS_MONTH("Sales this month", Unit.MONEY, Aim.OF_GOALS, Over.MONTH, "won, less refunds"),
    SALES_THIS_QUARTER("Sales this quarter", Unit.MONEY, Aim.OF_GOALS, Over.QUARTER, "won, less refunds"),
    SALES_THIS_YEAR("Sales this year", Unit.MONEY, Aim.OF_GOALS, Over.YEAR, "won, less refunds"),
    DAY_ATTAINMENT("Day attainment", Unit.RATIO, Aim.OF_GOALS, Over.TODAY, "won / goal of the day"),
    WEEK_ATTAINMENT("Week attainment", Unit.RATIO, Aim.OF_GOALS, Over.WEEK, "won / goal of the week"),
    MONTH_ATTAINMENT("Month attainment", Unit.RATIO, Aim.OF_GOALS, Over.MONTH, "won / goal of the month"),
    QUARTER_ATTAINMENT("Quarter attainment", Unit.RATIO, Aim.OF_GOALS, Over.QUARTER, "won / goal of the quarter"),
    YEAR_ATTAINMENT("Year attainment", Unit.RATIO, Aim.OF_GOALS, Over.YEAR, "won / goal of the year"),
    PACE("Pace", Unit.MONEY, Aim.OF_GOALS, Over.MONTH, "won less expected by now, of the month"),
    PACE_TODAY("Pace today", Unit.MONEY, Aim.OF_GOALS, Over.TODAY, "won less expected by now, of the day"),
    MONTH_PROJECTION("Month projection", Unit.MONEY, Aim.OF_GOALS, Over.MONTH, "won / share usually won by now"),
    MONTH_LANDING("Month landing", Unit.MONEY, Aim.OF_GOALS, Over.MONTH, "won + open due x win rate x mean won amount"),
    MONTH_FORECAST("Month forecast", Unit.MONEY, Aim.OF_GOALS, Over.MONTH, "won + open due weighted by stage", 1, 0),
    STILL_TO_SELL("Still to sell this month", Unit.MONEY, Aim.OF_GOALS, Over.MONTH, "goal less won"),
    REQUIRED_PER_DAY(
            "Required a business day", Unit.MONEY, Aim.LIMIT, Over.MONTH, "goal less won / business days left"),
    DEALS_NEEDED("Deals still needed", Unit.COUNT, Aim.LIMIT, Over.MONTH, "goal less won / mean won amount"),
    OPPORTUNITY_COVERAGE(
            "Opportunity coverage", Unit.RATIO, Aim.GOAL, Over.MONTH, "open opportunities due / opportunities needed"),
    LEADS_NEEDED("Leads still needed", Unit.COUNT, Aim.LIMIT, Over.MONTH, "deals needed / lead-to-sale rate"),
    MONTH_GROWTH(
            "Growth on last month",
            Unit.RATIO,
            Aim.GOAL,
            Over.MONTH,
            "won more than by the like business day of last month / that"),
    DEALS_WON("Deals won this month", Unit.COUNT, Aim.GOAL, Over.MONTH, "deals won"),
    MEAN_WON_DEAL("Mean won deal", Unit.MONEY, Aim.GOAL, Over.DAYS_90, "amount of deals won / deals won"),

    // Pipeline.
    OPEN_PIPELINE("Open pipeline", Unit.MONEY, Aim.GOAL, Over.NOW, "amount of open deals"),
    OPEN_DEALS("Open opportunities", Unit.COUNT, Aim.GOAL, Over.NOW, "open deals"),
    NEW_OPPORTUNITIES("Opportunities this month", Unit.COUNT, Aim.GOAL, Over.MONTH, "deals opened"),
    VALUE_CREATED("Value created this month", Unit.MONEY, Aim.GOAL, Over.MONTH, "amount of deals opened, as known now"),
    PIPELINE_VELOCITY(
            "Pipeline velocity",
            Unit.MONEY_PER_DAY,
            Aim.GOAL,
            Over.DAYS_90,
            "open deals x mean won amount x win rate / mean cycle"),
    WIN_RATE("Win rate", Unit.RATIO, Aim.GOAL, Over.DAYS_90, "deals won / deals closed"),
    WIN_RATE_BY_VALUE("Win rate by value", Unit.RATIO, Aim.GOAL, Over.DAYS_90, "amount won / amount closed"),
    DEALS_LOST("Deals lost this month", Unit.COUNT, Aim.LIMIT, Over.MONTH, "deals lost"),
    VALUE_LOST("Value lost this month", Unit.MONEY, Aim.LIMIT, Over.MONTH, "amount of deals lost"),
    SALES_CYCLE("Sales cycle", Unit.DAYS, Aim.LIMIT, Over.DAYS_90, "sum of the cycles of deals won / deals won"),
    SALES_CYCLE_MEDIAN("Median sales cycle", Unit.DAYS, Aim.LIMIT, Over.DAYS_90, "median cycle of deals won"),
    LEAD_TO_SALE_TIME(
            "Lead-to-sale time", Unit.DAYS, Aim.LIMIT, Over.DAYS_90, "median time from lead to first purchase"),
    OVERDUE_DEALS("Overdue opportunities", Unit.COUNT, Aim.LIMIT, Over.NOW, "open deals past their expected close"),
    PUSHED_DEALS(
            "Pushed opportunities", Unit.COUNT, Aim.LIMIT, Over.NOW, "open deals whose expected close was put off"),

    // Leads and the funnel.
    NEW_LEADS("Leads this month", Unit.COUNT, Aim.GOAL, Over.MONTH, "leads created"),
    MARKETING_QUALIFIED_LEADS("MQL this month", Unit.COUNT, Aim.GOAL, Over.MONTH, "leads marketing-qualified"),
    SALES_QUALIFIED_LEADS("SQL this month", Unit.COUNT, Aim.GOAL, Over.MONTH, "leads sales-qualified"),
    HOT_LEADS("Hot leads", Unit.COUNT, Aim.GOAL, Over.NOW, "open leads in the band hot"),
    LEAD_TO_MQL_RATE(
            "Lead-to-MQL rate",
            Unit.RATIO,
            Aim.GOAL,
            Over.DAYS_90,
            "marketing-qualified or further / leads created",
            90,
            30),
    LEAD_TO_SQL_RATE(
            "Lead-to-SQL rate",
            Unit.RATIO,
            Aim.GOAL,
            Over.DAYS_90,
            "sales-qualified within 30 days / leads created more than 30 days ago"),
    LEAD_TO_SALE_RATE(
            "Lead-to-sale rate",
            Unit.RATIO,
            Aim.GOAL,
            Over.DAYS_90,
            "sold within 90 days / leads created more than 90 days ago"),
    MQL_TO_SQL_RATE(
            "MQL-to-SQL rate",
            Unit.RATIO,
            Aim.GOAL,
            Over.DAYS_90,
            "of them sales-qualified or further / leads that were marketing-qualified or further",
            90,
            30),
    SQL_TO_OPPORTUNITY_RATE(
            "SQL-to-opportunity rate",
            Unit.RATIO,
            Aim.GOAL,
            Over.DAYS_90,
            "of them with an opportunity / leads that were sales-qualified or further",
            90,
            30),
    FIRST_CONTACT_TIME(
            "First-contact time",
            Unit.BUSINESS_HOURS,
            Aim.LIMIT,
            Over.DAYS_90,
            "median working time to the first contact"),
    FIRST_CONTACT_IN_TIME(
            "First contact in time", Unit.RATIO, Aim.GOAL, Over.DAYS_90, "within the limit / leads contacted"),
    HAND_RAISED_WAITING(
            "Hand-raised and waiting",
            Unit.COUNT,
            Aim.LIMIT,
            Over.NOW,
            "leads that asked for us and were not contacted"),
    REPLIES_OWED("Replies owed", Unit.COUNT, Aim.LIMIT, Over.NOW, "leads that wait for our answer"),
    UNASSIGNED_LEADS("Unassigned leads", Unit.COUNT, Aim.LIMIT, Over.NOW, "leads to be worked on that nobody owns"),
    STUCK_LEADS("Stuck leads", Unit.COUNT, Aim.LIMIT, Over.NOW, "open alerts: stuck in stage"),
    STUCK_VALUE("Stuck value", Unit.MONEY, Aim.LIMIT, Over.NOW, "amount of deals with an open alert: stuck"),
    FALLING_OFF("About to fall off", Unit.COUNT, Aim.LIMIT, Over.NOW, "open alerts: about to fall off"),

    // Activities.
    CALLS("Calls this week", Unit.COUNT, Aim.GOAL, Over.WEEK, "calls, in either direction"),
    CONVERSATIONS("Conversations this week", Unit.COUNT, Aim.GOAL, Over.WEEK, "calls connected for 30 seconds or more"),
    MAILS_SENT("Mails this week", Unit.COUNT, Aim.GOAL, Over.WEEK, "mails sent"),
    MEETINGS_HELD("Meetings this week", Unit.COUNT, Aim.GOAL, Over.WEEK, "meetings completed"),
    DEMOS_HELD("Demos this week", Unit.COUNT, Aim.GOAL, Over.WEEK, "demos held"),
    CONNECT_RATE("Connect rate", Unit.RATIO, Aim.GOAL, Over.DAYS_90, "that became a talk / calls of ours", 90, 0),
    COLD_CALL_CONNECT_RATE(
            "Cold-call connect rate", Unit.RATIO, Aim.GOAL, Over.DAYS_90, "connected / cold calls made", 90, 0),
    COLD_CALL_TO_MEETING_RATE(
            "Cold call to meeting",
            Unit.RATIO,
            Aim.GOAL,
            Over.DAYS_90,
            "with a meeting set within 14 days / cold calls connected",
            90,
            14),
    SHOW_RATE("Show rate", Unit.RATIO, Aim.GOAL, Over.DAYS_90, "held / meetings and demos held or missed", 90, 0),
    REPLY_RATE("Reply rate", Unit.RATIO, Aim.GOAL, Over.DAYS_90, "answered within 14 days / mails delivered", 90, 14),
    SMS_RESPONSE_RATE(
            "SMS response rate", Unit.RATIO, Aim.GOAL, Over.DAYS_90, "answered within 72 hours / SMS delivered", 90, 3),
    DEMO_TO_OPPORTUNITY_RATE(
            "Demo to opportunity",
            Unit.RATIO,
            Aim.GOAL,
            Over.DAYS_90,
            "with a deal opened within 30 days / demos held where no deal was open",
            90,
            30),
    DEMO_TO_NEXT_STAGE_RATE(
            "Demo to next stage",
            Unit.RATIO,
            Aim.GOAL,
            Over.DAYS_90,
            "moved on within 14 days / demos held where a deal was open",
            90,
            14),
    DEMO_TO_OFFER_RATE(
            "Demo to offer", Unit.RATIO, Aim.GOAL, Over.DAYS_90, "moved on / deals that left the stage demo", 90, 0),
    OFFER_TO_WON_RATE(
            "Offer to won",
            Unit.RATIO,
            Aim.GOAL,
            Over.DAYS_90,
            "won / closed deals that reached the stage offer",
            90,
            0),

    // Campaigns.
    CAMPAIGN_QUALITY(
            "Campaign lead quality",
            Unit.RATIO,
            Aim.GOAL,
            Over.DAYS_28,
            "marketing-qualified within 24 hours / leads, by first touch of campaigns",
            28,
            1),
    COST_PER_LEAD(
            "Cost per lead", Unit.MONEY, Aim.LIMIT, Over.DAYS_90, "spent / leads, by first touch of campaigns", 90, 0),
    COST_PER_MQL(
            "Cost per MQL",
            Unit.MONEY,
            Aim.LIMIT,
            Over.DAYS_90,
            "spent / marketing-qualified within 24 hours, by first touch of campaigns",
            90,
            0),
    COST_PER_SQL(
            "Cost per SQL",
            Unit.MONEY,
            Aim.LIMIT,
            Over.DAYS_90,
            "spent / sales-qualified, by first touch of campaigns",
            90,
            0),
    POOR_CAMPAIGNS("Poor campaigns", Unit.COUNT, Aim.LIMIT, Over.NOW, "open alerts: poor campaign"),

    // Nurture and customers.
    NURTURE_RESPONSE_RATE(
            "Nurture response",
            Unit.RATIO,
            Aim.GOAL,
            Over.DAYS_90,
            "answered within 14 days / nurture touches",
            90,
            14),
    NURTURE_TO_SQL_RATE(
            "Nurture to SQL",
            Unit.RATIO,
            Aim.GOAL,
            Over.DAYS_90,
            "sales-qualified within 90 days / times that leads went to nurture",
            90,
            90),
    NURTURE_UNTOUCHED(
            "Nurture without a touch",
            Unit.COUNT,
            Aim.LIMIT,
            Over.NOW,
            "leads in nurture not touched for 30 days",
            KeyMetric.ALL_DAYS,
            30),
    RETURNING_REVENUE(
            "Returning revenue",
            Unit.RATIO,
            Aim.GOAL,
            Over.DAYS_90,
            "won from earlier customers / amount of deals won"),
    SILENT_CUSTOMERS(
            "Silent customers",
            Unit.COUNT,
            Aim.LIMIT,
            Over.NOW,
            "customers not heard of for 90 days",
            KeyMetric.ALL_DAYS,
            90);

    /** More than nine key metrics are no key metrics. */
    public static final int MAX = 9;

    /** As far back as there are days. */
    public static final int ALL_DAYS = Integer.MAX_VALUE;

    /** Those of a company that names none. */
    public static final List<KeyMetric> DEFAULT = List.of(
            SALES_TODAY,
            MONTH_ATTAINMENT,
            PACE,
            OPEN_PIPELINE,
            WIN_RATE,
            SALES_CYCLE,
            LEAD_TO_SQL_RATE,
            FIRST_CONTACT_TIME,
            STUCK_LEADS);

    /** What a key metric is told in. */
    public enum Unit {
        /** In the unit in which the company shows amounts. */
        MONEY("money", "money", 1),
        MONEY_PER_DAY("money_per_day", "money a day", 1),
        /** 0.25 is 25 %. */
        RATIO("ratio", "0..1", 1),
        COUNT("count", "pieces", 1),
        /** Told in seconds; goals and limits are given in calendar days. */
        DAYS("seconds", "days", 86_400),
        /** Told in seconds of working time; goals and limits are given in business hours. */
        BUSINESS_HOURS("seconds", "business hours", 3_600);

        private final String label;
        private final String given;
        private final int perGiven;

        Unit(String label, String given, int perGiven) {
            this.label = label;
            this.given = given;
            this.perGiven = perGiven;
        }

        /** The value of the label {@code unit}. */
        public String label() {
            return label;
        }

        /** What a goal or limit of the configuration is given in, in words. */
        public String given() {
            return given;
        }

        /** How many of {@link #label()} one of {@link #given()} is. */
        public int perGiven() {
            return perGiven;
        }
    }

    /** What a key metric is held against. */
    public enum Aim {
        /** The goals that the company gives for periods; none of its own. */
        OF_GOALS,
        /** More is better: a goal to reach. */
        GOAL,
        /** Less is better: a limit not to pass. */
        LIMIT;

        /** The value of the label {@code aim}. */
        public String label() {
            return this == LIMIT ? "limit" : "goal";
        }
    }

    /** What time a key metric speaks of. */
    public enum Over {
        NOW("now"),
        TODAY("today"),
        WEEK("this week"),
        MONTH("this month"),
        QUARTER("this quarter"),
        YEAR("this year"),
        DAYS_28("28 days"),
        DAYS_90("90 days");

        private final String words;

        Over(String words) {
            this.words = words;
        }

        /** In words; the value of the label {@code over}. */
        public String words() {
            return words;
        }
    }

    private final String title;
    private final Unit unit;
    private final Aim aim;
    private final Over over;
    private final String counted;
    private final int storedDays;
    private final int matureDays;

    KeyMetric(String title, Unit unit, Aim aim, Over over, String counted) {
        this(title, unit, aim, over, counted, 0, 0);
    }

    KeyMetric(String title, Unit unit, Aim aim, Over over, String counted, int storedDays, int matureDays) {
        this.title = title;
        this.unit = unit;
        this.aim = aim;
        this.over = over;
        this.counted = counted;
        this.storedDays = storedDays;
        this.matureDays = matureDays;
    }

    /** The name in configurations and labels, such as {@code win_rate}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name to show. */
    public String title() {
        return title;
    }

    public Unit unit() {
        return unit;
    }

    public Aim aim() {
        return aim;
    }

    public Over over() {
        return over;
    }

    /** What it is in words; of a ratio numerator / denominator. */
    public String counted() {
        return counted;
    }

    /** Whether it is read from the view {@code key_metric_day} of the read model. */
    public boolean isStored() {
        return storedDays > 0;
    }

    /** Days of the view that are added up; {@link #ALL_DAYS} for all. */
    public int storedDays() {
        return storedDays;
    }

    /** Cases count once they are older than so many days; 0 when they count at once. */
    public int matureDays() {
        return matureDays;
    }
}
