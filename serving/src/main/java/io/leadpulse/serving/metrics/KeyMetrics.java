package io.leadpulse.serving.metrics;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.domain.figure.RatioFigure;
import io.leadpulse.domain.figure.WholeFigure;
import io.leadpulse.domain.goal.GoalLine;
import io.leadpulse.domain.goal.GoalMeasure;
import io.leadpulse.domain.goal.GoalProgress;
import io.leadpulse.domain.goal.GoalStanding;
import io.leadpulse.domain.goal.PeriodSales;
import io.leadpulse.domain.goal.Velocity;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.pipeline.GrowthToDate;
import io.leadpulse.domain.rate.Rate;
import io.leadpulse.schemas.config.KeyMetric;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The few numbers that the company steers by, each with its goal or limit, or with what it needs to be shown. */
final class KeyMetrics {
    private static final Set<Family> FAMILIES = EnumSet.range(Family.KEY_METRIC, Family.KEY_METRIC_NEEDS);
    private static final String NEEDS_GOAL = "a goal";
    private static final String NEEDS_STORE = "PostgreSQL";
    private static final String CLOSED = "deals closed in the last 90 days";
    private static final String WON = "deals won in the last 90 days";
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double MILLI_DAYS_PER_DAY = 1_000;
    private static final int WEEK_DAYS = 7;

    private final Moment moment;
    private final Moment day;
    private final Moment today;
    private final AlertBook alerts;
    private final LeadCounts.Counts counts;
    private final Map<KeyMetric, KeySums.Sum> sums;

    /**
     * The numbers as of now.
     *
     * @param counts counts of leads; null while there are none
     * @param sums what those of the read model are made of; null while it cannot tell
     */
    KeyMetrics(Moment moment, AlertBook alerts, LeadCounts.Counts counts, Map<KeyMetric, KeySums.Sum> sums) {
        this(moment, moment, moment, alerts, counts, sums);
    }

    /**
     * The numbers as of a moment, those of a day as of another.
     *
     * @param day in the day whose sales are told
     * @param today in the day on which they are told; what the read model tells is of that day, so the newest forecast is of
     *     its month
     */
    KeyMetrics(
            Moment moment,
            Moment day,
            Moment today,
            AlertBook alerts,
            LeadCounts.Counts counts,
            Map<KeyMetric, KeySums.Sum> sums) {
        this.moment = moment;
        this.day = day;
        this.today = today;
        this.alerts = alerts;
        this.counts = counts;
        this.sums = sums;
    }

    void collect(Samples out) {
        if (!out.wantsAny(FAMILIES)) {
            return;
        }
        for (KeyFigure figure : figures()) {
            KeyMetric metric = figure.metric();
            String name = metric.wireName();
            String unit = metric.unit().label();
            out.add(
                    Family.KEY_METRIC,
                    figure.value(),
                    name,
                    metric.title(),
                    unit,
                    metric.over().words());
            out.add(
                    Family.KEY_METRIC_TARGET,
                    figure.target(),
                    name,
                    metric.title(),
                    unit,
                    metric.aim().label());
            if (figure.parts() != null) {
                Ratio parts = figure.parts();
                out.add(Family.KEY_METRIC_PART, part(parts.numerator(), figure.isNumeratorMoney()), name, "numerator");
                out.add(
                        Family.KEY_METRIC_PART,
                        part(parts.denominator(), figure.isDenominatorMoney()),
                        name,
                        "denominator");
            }
            if (figure.needs() != null) {
                out.add(Family.KEY_METRIC_NEEDS, 1, name, metric.title(), figure.needs());
            }
        }
    }

    /** Money is told in the unit in which amounts are shown. */
    private Double part(long part, boolean isMoney) {
        return isMoney ? moment.money(part) : (Double) (double) part;
    }

    private static boolean isMoney(KeyMetric metric) {
        return metric.unit() == KeyMetric.Unit.MONEY || metric.unit() == KeyMetric.Unit.MONEY_PER_DAY;
    }

    /** All that the company has named, in its order. */
    List<KeyFigure> figures() {
        return moment.config().keyMetrics().stream().map(this::aimed).toList();
    }

    /** A goal or limit that the company has given goes before one that follows from its goals. */
    private KeyFigure aimed(KeyMetric metric) {
        KeyFigure figure = figure(metric);
        BigDecimal given = moment.config().keyMetricAims().get(metric);
        return given == null
                ? figure
                : figure.against(given.doubleValue() * metric.unit().perGiven());
    }

    private KeyFigure figure(KeyMetric metric) {
        return switch (metric) {
            case SALES_TODAY -> sales(metric, day, PeriodKind.DAY);
            case SALES_THIS_WEEK -> sales(metric, moment, PeriodKind.WEEK);
            case SALES_THIS_MONTH -> sales(metric, moment, PeriodKind.MONTH);
            case SALES_THIS_QUARTER -> sales(metric, moment, PeriodKind.QUARTER);
            case SALES_THIS_YEAR -> sales(metric, moment, PeriodKind.YEAR);
            case DAY_ATTAINMENT -> attainment(metric, day, PeriodKind.DAY);
            case WEEK_ATTAINMENT -> attainment(metric, moment, PeriodKind.WEEK);
            case MONTH_ATTAINMENT -> attainment(metric, moment, PeriodKind.MONTH);
            case QUARTER_ATTAINMENT -> attainment(metric, moment, PeriodKind.QUARTER);
            case YEAR_ATTAINMENT -> attainment(metric, moment, PeriodKind.YEAR);
            case PACE -> pace(metric, moment, PeriodKind.MONTH);
            case PACE_TODAY -> pace(metric, day, PeriodKind.DAY);
            case MONTH_PROJECTION -> ofMonth(metric, goal -> goal.progress().projection(), this::goalMoney);
            case MONTH_LANDING -> ofMonth(metric, GoalStanding::landing, this::goalMoney);
            case MONTH_FORECAST -> forecast(metric);
            case STILL_TO_SELL -> ofMonth(metric, goal -> goal.progress().gap(), goal -> 0.0);
            case REQUIRED_PER_DAY -> ofMonth(metric, goal -> goal.progress().requiredPerBusinessDay(), goal -> null);
            case DEALS_NEEDED -> ofMonth(metric, goal -> goal.progress().dealsNeeded(), goal -> null);
            case LEADS_NEEDED -> ofMonth(metric, goal -> goal.progress().leadsNeeded(), goal -> null);
            case OPPORTUNITY_COVERAGE -> coverage(metric);
            case MONTH_GROWTH -> growth(metric);
            case DEALS_WON -> counted(metric, GoalMeasure.DEALS_WON, null, PeriodKind.MONTH);
            case MEAN_WON_DEAL -> meanMoney(metric, trailing().wonAmountPerDeal(), WON);
            case OPEN_PIPELINE -> KeyFigure.of(metric, moment.money(company().now(Measure.OPEN_AMOUNT, "")));
            case OPEN_DEALS -> KeyFigure.of(metric, (double) company().now(Measure.OPEN_COUNT, ""));
            case NEW_OPPORTUNITIES -> KeyFigure.of(metric, (double) ofMonth(Measure.OPENED_COUNT));
            case VALUE_CREATED -> KeyFigure.of(metric, moment.money(ofMonth(Measure.OPENED_AMOUNT)));
            case PIPELINE_VELOCITY -> velocity(metric);
            case WIN_RATE -> ratio(metric, trailing().winRate(), CLOSED);
            case WIN_RATE_BY_VALUE -> winRateByValue(metric);
            case DEALS_LOST -> KeyFigure.of(metric, (double) ofMonth(Measure.LOST_COUNT));
            case VALUE_LOST -> KeyFigure.of(metric, moment.money(ofMonth(Measure.LOST_AMOUNT)));
            case SALES_CYCLE -> salesCycle(metric);
            case SALES_CYCLE_MEDIAN -> median(metric, Measure.CYCLE_HISTOGRAM, WON);
            case LEAD_TO_SALE_TIME ->
                median(metric, Measure.LEAD_TO_SALE_HISTOGRAM, "first purchases in the last 90 days");
            case OVERDUE_DEALS -> none(metric, company().openDueBefore(moment.today()));
            case PUSHED_DEALS -> KeyFigure.of(metric, (double) pushed());
            case NEW_LEADS -> KeyFigure.of(metric, (double) ofMonth(Measure.LEADS_CREATED));
            case MARKETING_QUALIFIED_LEADS -> KeyFigure.of(metric, (double) ofMonth(Measure.LEADS_MARKETING_QUALIFIED));
            case SALES_QUALIFIED_LEADS -> counted(metric, GoalMeasure.QUALIFIED_LEADS, null, PeriodKind.MONTH);
            case HOT_LEADS -> ofLeads(metric, LeadCounts.Counts::openByBand, "hot");
            case LEAD_TO_SQL_RATE ->
                counts == null
                        ? KeyFigure.missing(metric, NEEDS_STORE)
                        : ratio(metric, counts.leadToSalesQualified(), "leads created more than 30 days ago");
            case LEAD_TO_SALE_RATE ->
                ratio(
                        metric,
                        moment.book().leadToSale(company(), moment.nowMillis()),
                        "leads created more than 90 days ago");
            case FIRST_CONTACT_TIME -> firstContact(metric);
            case FIRST_CONTACT_IN_TIME ->
                ratio(
                        metric,
                        new Ratio(
                                overTrailing(Measure.FIRST_CONTACT_WITHIN_LIMIT),
                                overTrailing(Measure.FIRST_CONTACT_COUNT)),
                        "leads contacted in the last 90 days");
            case HAND_RAISED_WAITING -> none(ofLeads(metric, LeadCounts.Counts::waiting, "hand_raised"));
            case REPLIES_OWED -> none(ofLeads(metric, LeadCounts.Counts::waiting, "reply_owed"));
            case UNASSIGNED_LEADS -> none(ofLeads(metric, LeadCounts.Counts::waiting, "unassigned"));
            case STUCK_LEADS -> none(metric, alerts.count("stuck"));
            case STUCK_VALUE -> none(KeyFigure.of(metric, moment.money(alerts.amountMinor("stuck"))));
            case FALLING_OFF -> none(metric, alerts.count("fall_off"));
            case POOR_CAMPAIGNS -> none(metric, alerts.count("poor_campaign"));
            case CALLS -> counted(metric, GoalMeasure.ACTIVITIES, EventKind.CALL, PeriodKind.WEEK);
            case CONVERSATIONS ->
                KeyFigure.of(
                        metric, (double) company().sumOver(Measure.CONVERSATIONS, moment.current(PeriodKind.WEEK)));
            case MAILS_SENT -> counted(metric, GoalMeasure.ACTIVITIES, EventKind.EMAIL_SENT, PeriodKind.WEEK);
            case MEETINGS_HELD -> counted(metric, GoalMeasure.ACTIVITIES, EventKind.MEETING_COMPLETED, PeriodKind.WEEK);
            case DEMOS_HELD -> counted(metric, GoalMeasure.ACTIVITIES, EventKind.DEMO_HELD, PeriodKind.WEEK);
            case RETURNING_REVENUE ->
                ratio(
                        metric,
                        new Ratio(
                                overTrailing(Measure.REPEAT_WON_AMOUNT),
                                trailing().wonDealAmountMinor()),
                        WON);
            case NURTURE_UNTOUCHED, SILENT_CUSTOMERS -> none(storedCount(metric));
            case COST_PER_LEAD, COST_PER_MQL, COST_PER_SQL -> storedCost(metric);
            case CONNECT_RATE,
                    COLD_CALL_CONNECT_RATE,
                    COLD_CALL_TO_MEETING_RATE,
                    SHOW_RATE,
                    REPLY_RATE,
                    SMS_RESPONSE_RATE,
                    DEMO_TO_OPPORTUNITY_RATE,
                    DEMO_TO_NEXT_STAGE_RATE,
                    DEMO_TO_OFFER_RATE,
                    OFFER_TO_WON_RATE,
                    LEAD_TO_MQL_RATE,
                    MQL_TO_SQL_RATE,
                    SQL_TO_OPPORTUNITY_RATE,
                    CAMPAIGN_QUALITY,
                    NURTURE_RESPONSE_RATE,
                    NURTURE_TO_SQL_RATE -> storedRate(metric);
        };
    }

    private KeyFigure sales(KeyMetric metric, Moment at, PeriodKind kind) {
        GoalStanding goal = moneyGoal(at, kind);
        return KeyFigure.of(metric, at.money(company().sumOver(Measure.WON_AMOUNT, at.current(kind))))
                .against(goal == null ? null : goalMoney(goal));
    }

    private Double goalMoney(GoalStanding goal) {
        return moment.money(goal.progress().goal().value());
    }

    private static KeyFigure attainment(KeyMetric metric, Moment at, PeriodKind kind) {
        GoalStanding goal = moneyGoal(at, kind);
        return goal == null
                ? KeyFigure.missing(metric, NEEDS_GOAL)
                : ratio(metric, goal.progress().attainment()).against(1.0);
    }

    /** How far ahead of what is expected, as money. */
    private static KeyFigure pace(KeyMetric metric, Moment at, PeriodKind kind) {
        GoalStanding standing = moneyGoal(at, kind);
        if (standing == null) {
            return KeyFigure.missing(metric, NEEDS_GOAL);
        }
        GoalProgress goal = standing.progress();
        WholeFigure ahead = goal.ahead();
        Lack lack = goal.paceIndex().lack() == null
                ? ahead.lack()
                : goal.paceIndex().lack();
        KeyFigure figure = lack == null && ahead.value() != null
                ? KeyFigure.of(metric, at.money(ahead.value()))
                : KeyFigure.missing(metric, lack == null ? NEEDS_GOAL : lack.text());
        return figure.against(0.0);
    }

    /** A number that follows from the month's goal in money. */
    private KeyFigure ofMonth(
            KeyMetric metric, Function<GoalStanding, WholeFigure> number, Function<GoalStanding, Double> target) {
        GoalStanding goal = moneyGoal(moment, PeriodKind.MONTH);
        if (goal == null) {
            return KeyFigure.missing(metric, NEEDS_GOAL);
        }
        WholeFigure figure = number.apply(goal);
        if (figure.value() == null) {
            return KeyFigure.missing(
                            metric,
                            figure.lack() == null ? NEEDS_GOAL : figure.lack().text())
                    .against(target.apply(goal));
        }
        return KeyFigure.of(metric, isMoney(metric) ? moment.money(figure.value()) : (Double) (double) figure.value())
                .against(target.apply(goal));
    }

    private KeyFigure forecast(KeyMetric metric) {
        KeySums.Sum sum = sum(metric);
        GoalStanding goal = moneyGoal(today, PeriodKind.MONTH);
        KeyFigure figure = sum == null
                ? KeyFigure.missing(metric, NEEDS_STORE)
                : sum.numerator() == null
                        ? KeyFigure.missing(metric, "a forecast of today")
                        : KeyFigure.of(metric, moment.money(sum.numerator()));
        return figure.against(goal == null ? null : goalMoney(goal));
    }

    private KeyFigure coverage(KeyMetric metric) {
        GoalStanding standing = moneyGoal(moment, PeriodKind.MONTH);
        if (standing == null) {
            return KeyFigure.missing(metric, NEEDS_GOAL);
        }
        WholeFigure needed = standing.progress().opportunitiesNeeded();
        if (needed.value() == null) {
            return KeyFigure.missing(
                            metric,
                            needed.lack() == null ? NEEDS_GOAL : needed.lack().text())
                    .against(1.0);
        }
        return ratio(
                        metric,
                        new Ratio(standing.progress().openOpportunitiesDue(), needed.value()),
                        "a goal that is not reached yet")
                .against(1.0);
    }

    private KeyFigure growth(KeyMetric metric) {
        long before = company()
                .wonBetween(
                        moment.previous(PeriodKind.MONTH).startEpochDay(),
                        moment.likeInstantMillis(PeriodKind.MONTH),
                        moment.directory());
        return ratio(
                        metric,
                        GrowthToDate.of(ofMonth(Measure.WON_AMOUNT), before).growth())
                .against(0.0);
    }

    /** What a goal of the company may count; held against that goal if it is given. */
    private KeyFigure counted(KeyMetric metric, GoalMeasure measure, EventKind activityOrNull, PeriodKind kind) {
        GoalLine line = new GoalLine(measure, activityOrNull);
        KeyFigure figure =
                KeyFigure.of(metric, (double) company().sumOver(line.summed(), line.dimension(), moment.current(kind)));
        for (GoalStanding standing : moment.standings(Scope.COMPANY, kind)) {
            Long goal = standing.progress().goal().value();
            if (standing.line().equals(line) && goal != null) {
                return figure.against((double) goal);
            }
        }
        return figure;
    }

    private KeyFigure velocity(KeyMetric metric) {
        Velocity velocity = SalesMetrics.companyVelocity(moment);
        return velocity.lack() == null
                ? KeyFigure.of(metric, moment.money(velocity.minorPerDay()))
                : KeyFigure.missing(metric, velocity.lack().text());
    }

    private KeyFigure winRateByValue(KeyMetric metric) {
        long won = trailing().wonDealAmountMinor();
        return ratio(metric, new Ratio(won, won + overTrailing(Measure.LOST_AMOUNT)), CLOSED + " with an amount");
    }

    private KeyFigure salesCycle(KeyMetric metric) {
        return trailing().wonCount() == 0
                ? KeyFigure.missing(metric, WON)
                : KeyFigure.of(metric, SalesMetrics.cycleMeanSeconds(trailing()));
    }

    private KeyFigure median(KeyMetric metric, Measure histogram, String needs) {
        Double millis = company()
                .histogramOver(histogram, "", moment.book().trailing(moment.nowMillis()))
                .percentileMillis(0.5);
        return millis == null ? KeyFigure.missing(metric, needs) : KeyFigure.of(metric, millis / MILLIS_PER_SECOND);
    }

    /** Held against the usual limit of a first contact, in working time of a day of this week. */
    private KeyFigure firstContact(KeyMetric metric) {
        KeyFigure figure = counts == null
                ? KeyFigure.missing(metric, NEEDS_STORE)
                : counts.firstContactMedianSeconds() == null
                        ? KeyFigure.missing(metric, "leads contacted in the last 90 days")
                        : KeyFigure.of(
                                metric, counts.firstContactMedianSeconds().doubleValue());
        double businessDays = moment.config().clockLimits().firstContactMilliDays() / MILLI_DAYS_PER_DAY;
        return figure.against(businessDays * businessDayMillis() / MILLIS_PER_SECOND);
    }

    /** Mean working time of the working days among the next seven; 0 if there is none. */
    private double businessDayMillis() {
        BusinessCalendar calendar = moment.directory().companyCalendar();
        long sum = 0;
        int days = 0;
        for (long each = moment.today(); each < moment.today() + WEEK_DAYS; each++) {
            long millis = calendar.businessMillisOfDay(each);
            sum += millis;
            days += millis > 0 ? 1 : 0;
        }
        return days == 0 ? 0 : (double) sum / days;
    }

    private long pushed() {
        return company().nowByDimension(Measure.OPEN_PUSHED_COUNT).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private KeyFigure ofLeads(
            KeyMetric metric, Function<LeadCounts.Counts, List<LeadCounts.Count>> which, String what) {
        return counts == null
                ? KeyFigure.missing(metric, NEEDS_STORE)
                : KeyFigure.of(metric, (double) LeadCounts.count(which.apply(counts), what));
    }

    private KeyFigure storedCount(KeyMetric metric) {
        KeySums.Sum sum = sum(metric);
        return sum == null
                ? KeyFigure.missing(metric, NEEDS_STORE)
                : KeyFigure.of(metric, sum.numerator() == null ? 0.0 : (double) sum.numerator());
    }

    /** A rate of cases, from as many on as a ranking needs. */
    private KeyFigure storedRate(KeyMetric metric) {
        KeySums.Sum sum = sum(metric);
        if (sum == null) {
            return KeyFigure.missing(metric, NEEDS_STORE);
        }
        long cases = sum.denominator() == null ? 0 : Math.max(0, sum.denominator());
        long reached = sum.numerator() == null ? 0 : Math.max(0, sum.numerator());
        // Both are sums of their own; between two commits of the read model one may be ahead.
        return ratio(metric, new Rate(Math.min(reached, cases), cases).ranked());
    }

    private KeyFigure storedCost(KeyMetric metric) {
        KeySums.Sum sum = sum(metric);
        if (sum == null) {
            return KeyFigure.missing(metric, NEEDS_STORE);
        }
        if (sum.numerator() == null || sum.numerator() <= 0) {
            return KeyFigure.missing(metric, "spend of the last 90 days");
        }
        return meanMoney(
                metric,
                new Ratio(sum.numerator(), sum.denominator() == null ? 0 : sum.denominator()),
                "such leads of campaigns in the last 90 days");
    }

    private KeySums.Sum sum(KeyMetric metric) {
        return sums == null ? null : sums.get(metric);
    }

    /** Money for each of so many. */
    private KeyFigure meanMoney(KeyMetric metric, Ratio ratio, String needs) {
        return ratio.denominator() <= 0
                ? KeyFigure.missing(metric, needs)
                : KeyFigure.of(metric, moment.money((double) ratio.numerator() / ratio.denominator()), ratio);
    }

    private static KeyFigure ratio(KeyMetric metric, Ratio ratio, String needs) {
        return ratio.denominator() <= 0
                ? KeyFigure.missing(metric, needs)
                : KeyFigure.of(metric, (double) ratio.numerator() / ratio.denominator(), ratio);
    }

    private static KeyFigure ratio(KeyMetric metric, RatioFigure figure) {
        return figure.value() == null
                ? KeyFigure.missing(metric, figure.lack().text())
                : KeyFigure.of(metric, figure.value(), new Ratio(figure.numerator(), figure.denominator()));
    }

    /** What should not be at all. */
    private static KeyFigure none(KeyMetric metric, long count) {
        return none(KeyFigure.of(metric, (double) count));
    }

    private static KeyFigure none(KeyFigure figure) {
        return figure.against(0.0);
    }

    private ScopeBook company() {
        return moment.sums(Scope.COMPANY);
    }

    private long ofMonth(Measure measure) {
        return company().sumOver(measure, moment.current(PeriodKind.MONTH));
    }

    private long overTrailing(Measure measure) {
        return company().sumOver(measure, moment.book().trailing(moment.nowMillis()));
    }

    private PeriodSales trailing() {
        return moment.trailing(Scope.COMPANY);
    }

    private static GoalStanding moneyGoal(Moment at, PeriodKind kind) {
        for (GoalStanding standing : at.standings(Scope.COMPANY, kind)) {
            if (standing.line().measure() == GoalMeasure.WON_AMOUNT) {
                return standing;
            }
        }
        return null;
    }
}
