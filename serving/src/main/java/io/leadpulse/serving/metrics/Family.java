package io.leadpulse.serving.metrics;

import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Every metric, once: its name, unit, labels and meaning. Labels have few values, never one a lead, deal or visitor.
 * {@code level} is company, team or rep; {@code team} and {@code rep} are empty where they are not meant, and a rep's
 * series names the team that he is in now.
 */
enum Family {
    SALES_WON_MONEY(Additive.YES, "money", "Won in the period so far, less refunds.", Labels.PERIOD),
    SALES_WON_DEALS(Additive.YES, "deals", "Deals won in the period so far.", Labels.PERIOD),
    SALES_LOST_DEALS(Additive.YES, "deals", "Deals lost in the period so far.", Labels.PERIOD),
    SALES_OPENED_DEALS(Additive.YES, "deals", "Deals opened in the period so far.", Labels.PERIOD),
    TRAILING_WIN_RATE_RATIO(
            Additive.NO, "0..1", "Deals won / deals closed in the last 90 days; absent without one.", Labels.SCOPE),
    TRAILING_CYCLE_MEAN_SECONDS(
            Additive.NO,
            "seconds",
            "Mean time from opening to win of the deals won in the last 90 days.",
            Labels.SCOPE),
    TRAILING_WON_MEAN_MONEY(
            Additive.NO, "money", "Mean amount of the deals won in the last 90 days, without refunds.", Labels.SCOPE),
    PIPELINE_VELOCITY_MONEY_PER_DAY(
            Additive.NO,
            "money a calendar day",
            "Open deals not overdue by 90 days x mean won amount x win rate / mean cycle, of the last 90 days;"
                    + " absent under 5 won deals. No forecast.",
            Labels.SCOPE),
    PIPELINE_VELOCITY_OPEN_DEALS(
            Additive.YES, "deals", "Open deals that count for the velocity: not overdue by 90 days.", Labels.SCOPE),
    OPEN_DEALS_OVERDUE(
            Additive.YES,
            "deals",
            "Open deals whose expected close is past; by how long: 1 day or more, 90 days or more.",
            "level",
            "team",
            "rep",
            "days"),
    OPEN_DEALS_PUSHED(
            Additive.YES,
            "deals",
            "Open deals whose expected close was put off; how often: 1, 2, or 3 for more.",
            "level",
            "team",
            "rep",
            "times"),
    SALES_WON_BEFORE_MONEY(
            Additive.YES,
            "money",
            "Won in the period before the present one, less refunds, by its like business day and time of day.",
            Labels.PERIOD),
    SALES_GROWTH_RATIO(
            Additive.NO,
            "1 = doubled",
            "Won in the period so far less that, divided by it; absent without sales before.",
            Labels.PERIOD),

    PERIOD_START_TIMESTAMP_SECONDS(
            Additive.NO,
            "seconds since 1970",
            "When the present period began; its title is what people call it, by the company's months.",
            "period",
            "title"),

    GOAL(Additive.YES, Units.MEASURE, "The goal that rules the period.", Labels.GOAL),
    GOAL_ACHIEVED(Additive.YES, Units.MEASURE, "What of it is reached.", Labels.GOAL),
    GOAL_ATTAINMENT_RATIO(Additive.NO, "1 = 100 %", "Reached / goal.", Labels.GOAL),
    GOAL_EXPECTED(Additive.YES, Units.MEASURE, "Goal x share of such periods usually reached by now.", Labels.GOAL),
    GOAL_AHEAD(Additive.YES, Units.MEASURE, "Reached less expected; negative is behind.", Labels.GOAL),
    GOAL_PACE_RATIO(Additive.NO, "1 = as expected", "Reached / expected; absent under 10 % expected.", Labels.GOAL),
    GOAL_PROJECTION(
            Additive.YES, Units.MEASURE, "What the period will bring at this pace; absent under 10 %.", Labels.GOAL),
    GOAL_REQUIRED_PER_BUSINESS_DAY(Additive.YES, Units.MEASURE, "What each business day left must bring.", Labels.GOAL),
    GOAL_BUSINESS_DAYS_LEFT(
            Additive.NO, "business days", "Left of the period, the rest of today as a part of a day.", Labels.GOAL),
    GOAL_DEALS_NEEDED(Additive.YES, "deals", "Deals still to be won for the goal.", Labels.GOAL),
    GOAL_OPPORTUNITIES_NEEDED(Additive.YES, "deals", "Opportunities of which so many are usually won.", Labels.GOAL),
    GOAL_OPPORTUNITIES_OPEN(Additive.YES, "deals", "Open opportunities expected to close in the period.", Labels.GOAL),
    GOAL_LEADS_NEEDED(Additive.YES, "leads", "New leads of which so many are usually won.", Labels.GOAL),
    GOAL_LANDING(
            Additive.YES,
            Units.MEASURE,
            "Reached + open opportunities due in the period x win rate (for money x mean won amount).",
            Labels.GOAL),
    GOAL_EXPECTED_SHARE_RATIO(Additive.NO, "0..1", "Share of such periods usually reached by now.", Labels.GOAL),
    GOAL_IS_LINEAR(
            Additive.NO,
            "0 or 1",
            "1 while that share is only the share of the time, for want of periods.",
            Labels.GOAL),
    GOAL_NEEDS(
            Additive.NO,
            "1",
            "What a number of the goal that is not shown needs, in words.",
            "level",
            "team",
            "rep",
            "period",
            "measure",
            "number",
            "needs"),

    OPEN_DEALS(Additive.YES, "deals", "Open deals now, by stage.", Labels.STAGE),
    OPEN_DEALS_MONEY(Additive.YES, "money", "Their amounts; deals without one add nothing.", Labels.STAGE),
    OPEN_LEADS(
            Additive.YES,
            "leads",
            "Leads that are open, by band; with PostgreSQL only.",
            "band",
            "level",
            "team",
            "rep"),
    LEADS_TODAY(
            Additive.YES,
            "leads",
            "Leads created, marketing-qualified, accepted, sales-qualified, warmed or cooled today; the last two with"
                    + " PostgreSQL only.",
            "event",
            "level",
            "team",
            "rep"),
    LEADS_WAITING(
            Additive.YES,
            "leads",
            "Leads that wait for somebody: hand_raised, reply_owed, unassigned; with PostgreSQL only.",
            "kind",
            "level",
            "team",
            "rep"),
    CAMPAIGN_LEADS(
            Additive.YES,
            "leads",
            "Leads created in the last 28 days by the campaign and channel that touched them first and the band in which"
                    + " they stand; with PostgreSQL only.",
            "campaign",
            "channel",
            "band"),
    AUTOMATIC_ACTS_TODAY(
            Additive.YES, "acts", "Acts of known leads today that machines did; they count for nothing.", "kind"),
    ALERTS_OPEN(
            Additive.YES,
            "alerts",
            "Alerts neither resolved nor withdrawn; a milestone and that a lead qualified, which only happen, are none of them.",
            Labels.ALERT),
    ALERTS_OPEN_MONEY(
            Additive.YES, "money", "Amounts of their deals, each deal as often as it has alerts.", Labels.ALERT),

    KEY_METRIC(
            Additive.NO,
            "as its label unit says",
            "A number that the company steers by, and what time it speaks of.",
            "key_metric",
            "title",
            "unit",
            "over"),
    KEY_METRIC_TARGET(
            Additive.NO,
            "as its label unit says",
            "Its goal (more is better) or limit (less is better), where it has one.",
            "key_metric",
            "title",
            "unit",
            "aim"),
    KEY_METRIC_PART(
            Additive.NO,
            "money, or pieces",
            "Numerator and denominator of those that are a ratio or a mean.",
            "key_metric",
            "part"),
    KEY_METRIC_NEEDS(
            Additive.NO, "1", "What a key metric that is not shown needs, in words.", "key_metric", "title", "needs"),

    RECORDS(Additive.NO, "records", "What became of every record that came in; in is their sum.", "fate"),
    DEAD_LETTERS(Additive.NO, "records", "Records refused, by reason.", "reason"),
    CONSERVATION_DIFFERENCE(Additive.NO, "records", "In less the sum of all fates; anything but 0 is a bug."),
    DATA_AS_OF_TIMESTAMP_SECONDS(
            Additive.NO,
            Units.EPOCH,
            "Time up to which the engine has worked everything off: its newest tick, or event time while it has a backlog."),
    RESULT_TIMESTAMP_SECONDS(Additive.NO, Units.EPOCH, "Timestamp of the newest result read.", "topic"),
    RESULT_LAG_RECORDS(Additive.NO, "records", "Committed results that are not served yet.", "topic"),
    STORE_LAG_RECORDS(Additive.NO, "records", "Committed results that are not in PostgreSQL yet.", "topic"),
    STORE_TIMESTAMP_SECONDS(Additive.NO, Units.EPOCH, "Timestamp of the newest result in PostgreSQL."),
    INPUT_LAG_RECORDS(
            Additive.NO, "records", "Events that the engine has not worked off in a finished checkpoint.", "topic"),
    SOURCE_LAST_EVENT_TIMESTAMP_SECONDS(
            Additive.NO, Units.EPOCH, "When the broker took the newest record of the source.", "source"),
    SOURCE_USUAL_GAP_SECONDS(
            Additive.NO,
            "seconds",
            "Mean time between records of the source in the last hour, or since serving began; absent under 10.",
            "source"),
    SOURCE_SILENT(
            Additive.NO,
            "0 or 1",
            "1 while nothing has come for longer than the source's limit of working time.",
            "source"),
    SOURCE_NEVER_HEARD(Additive.NO, "0 or 1", "1 while the source has never spoken; then it is not silent.", "source"),
    EVENTS_LATE(
            Additive.NO, "events", "Events that came behind the watermark of their input; all are counted.", "source"),
    EVENTS_OF_KIND(
            Additive.YES,
            "events",
            "Valid events that came, by kind and topic; 0 without a topic for a kind that never came, with what stays empty.",
            "kind",
            "source",
            "feeds"),
    CORRECTIONS_TODAY(
            Additive.NO, "corrections", "Restatements since midnight, or since serving began if that was later."),
    EVENT_DELAY_SECONDS(
            MetricType.HISTOGRAM,
            "seconds",
            "From the broker's taking of the newest event of a source that a commit of the engine covers to that commit"
                    + " being served here. Events that came before it in the same commit waited longer, at most by one"
                    + " checkpoint interval."),
    RESULTS_UNREADABLE(MetricType.COUNTER, "records", "Results that could not be read and are not served.", "topic"),
    LABEL_BUDGET_USED_RATIO(Additive.NO, "0..1", "Values of a metric's labels / values that it may have.", "metric"),
    LABEL_OVERFLOW(
            MetricType.COUNTER, "values", "Values of labels that found no room and are counted as other, each once."),
    CAUGHT_UP(Additive.NO, "0 or 1", "1 once all that stood in the topics at start is served."),
    BUILD_INFO(Additive.NO, "1", "The version that runs.", "version");

    /** Whether numbers of several label values can be added up to one of all of them. */
    private enum Additive {
        YES,
        NO
    }

    private static final class Units {
        private static final String MEASURE = "money, or pieces, as the measure";
        private static final String EPOCH = "seconds since 1970";
    }

    private static final class Labels {
        private static final String[] SCOPE = {"level", "team", "rep"};
        private static final String[] PERIOD = {"level", "team", "rep", "period"};
        private static final String[] GOAL = {"level", "team", "rep", "period", "measure"};
        private static final String[] STAGE = {"level", "team", "rep", "deal_stage"};
        private static final String[] ALERT = {"cause", "severity", "deal_stage", "level", "team", "rep"};
    }

    private final MetricType type;
    private final boolean additive;
    private final String unit;
    private final String meaning;
    /** With commas between, since what an enum holds must not change. */
    private final String labels;

    Family(Additive additive, String unit, String meaning, String... labels) {
        this(MetricType.GAUGE, additive == Additive.YES, unit, meaning, labels);
    }

    Family(MetricType type, String unit, String meaning, String... labels) {
        this(type, false, unit, meaning, labels);
    }

    Family(MetricType type, boolean additive, String unit, String meaning, String... labels) {
        this.type = type;
        this.additive = additive;
        this.unit = unit;
        this.meaning = meaning;
        this.labels = String.join(",", labels);
    }

    /** The name that Prometheus shows, that of a counter with its ending. */
    String wireName() {
        return type == MetricType.COUNTER ? baseName() + "_total" : baseName();
    }

    /** The name to the client, which adds the ending of counters itself. */
    String baseName() {
        return "leadpulse_" + name().toLowerCase(Locale.ROOT);
    }

    MetricType type() {
        return type;
    }

    boolean isAdditive() {
        return additive;
    }

    /** What it is counted in; money is in the unit in which the company shows amounts: main units of its currency, or such as toman. */
    String unit() {
        return unit;
    }

    String meaning() {
        return meaning;
    }

    List<String> labels() {
        return labels.isEmpty() ? List.of() : List.of(labels.split(",", -1));
    }

    /** The help text of a scrape. */
    String help() {
        return meaning + " Unit: " + unit + ".";
    }

    MetricFamilyDescriptor descriptor() {
        MetricFamilyDescriptor.Builder<?> builder =
                MetricFamilyDescriptor.of(type, baseName()).help(help());
        return builder.labelNames(labels()).build();
    }

    /** All descriptors. */
    static List<MetricFamilyDescriptor> descriptors() {
        return Arrays.stream(values()).map(Family::descriptor).toList();
    }
}
