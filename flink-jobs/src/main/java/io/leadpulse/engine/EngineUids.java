package io.leadpulse.engine;

/** Every uid and state name of the engine's topology. A name is never changed: savepoints find their state by it. */
public final class EngineUids {
    public static final String SOURCE = "source";
    public static final String CONTROL_SOURCE = "control-source";
    public static final String CONTROL = "control";
    public static final String CLOCK = "clock";
    public static final String SPLIT = "split";
    public static final String DEALS = "deals";
    public static final String VISITORS = "visitors";
    public static final String SPEND = "spend";
    public static final String MERGES = "merges";
    public static final String LEADS = "leads";
    public static final String COMBINED_LEADS = "combined-leads";
    public static final String MERGED_LEADS = "merged-leads";
    public static final String SPENT = "time-spent";
    public static final String ROLLUPS = "rollups";
    public static final String DEAD_LETTERS = "dead-letters";
    public static final String CONSERVATION = "conservation";
    public static final String SEQUENCE = "sequence";
    public static final String RESULTS = "results";

    public static final String CONTROL_RECORDS = "control-records";
    public static final String CONTROL_RULES = "control-rules";
    public static final String CONTROL_SILENT = "control-silent";
    public static final String CONTROL_SILENCE = "control-silence";
    public static final String DEAL_STATE = "deal";
    public static final String VISITOR_STATE = "visitor";
    public static final String VISITOR_CAMPAIGNS = "campaigns";
    public static final String SPEND_STATE = "spend";
    public static final String MERGE_STATE = "merge";
    public static final String LEAD_STATE = "lead";
    public static final String MERGED_LEAD_STATE = "merged-lead";
    public static final String MERGED_ALONE = "alone";
    public static final String LEADS_SWEPT = "swept";
    public static final String SPENT_SPANS = "spans";
    public static final String ROLLUP_BLOCKS = "blocks";
    public static final String ROLLUP_CLOCK = "clock";
    public static final String ROLLUP_DIRTY = "dirty";
    public static final String ROLLUP_LATEST = "latest";
    public static final String ROLLUP_TIMER = "timer";
    public static final String ROLLUP_KEPT_FROM = "five-minutes-from";
    public static final String ROLLUP_SHOWN = "shown";
    public static final String ROLLUP_TOLD = "told";
    public static final String ROLLUP_TOLD_RATES = "told-rates";
    public static final String ROLLUP_JUDGE_DAYS = "judge-days";
    public static final String ROLLUP_JUDGE_TIMES = "judge-times";
    public static final String CONSERVATION_COUNTS = "counts";
    public static final String CONSERVATION_SOURCES = "sources";
    public static final String SEQUENCE_NUMBER = "number";

    private EngineUids() {}
}
