package io.leadpulse.serving.store;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of the read model that is written by key, and the statements that do it: new rows are copied into a temporary
 * table of the same columns and go from there into the table, replacing rows with the same key.
 *
 * @param name its name in the schema
 * @param columns all columns that are written, those of the key first
 * @param keyColumns how many of them are the key
 */
record Table(String name, List<String> columns, int keyColumns) {
    static final Table LEAD = of(
            "lead",
            1,
            "lead, owner, team, product, status, direction, band, score, raw_score, fit, interest, momentum_24h,"
                    + " momentum_7d, stage, stage_since, created_at, marketing_qualified_at, marketing_qualified_by,"
                    + " accepted_at, rejected_at, rejected_reason, sales_qualified_at, hand_raised_at,"
                    + " unassigned_since, first_contact_at, first_contact_business_seconds, last_contact_at,"
                    + " last_contact_kind, last_contact_two_way, next_planned_at, next_planned_kind,"
                    + " reply_owed_since, next_step, first_campaign, first_channel, last_campaign, last_channel,"
                    + " landing_page, first_form, first_asset,"
                    + " open_deals, open_amount_minor, won_deals, won_amount_minor, lost_deals, answer_hour, organisation, as_of,"
                    + " document");
    static final Table LEAD_GONE = of("lead_gone", 1, "lead, merged_into, deleted_at, as_of");
    static final Table DEAL = of(
            "deal",
            2,
            "lead, deal, state, stage, stage_since, stage_due, stage_limit, owner, team, product, amount_minor,"
                    + " opened_at, closed_at, expected_close, expected_close_moves, reason, last_change_at, told_amount, told_currency,"
                    + " exchange_rate, exchange_rate_from, as_of");
    static final Table CLOSED_LEAD = of(
            "closed_lead",
            1,
            "lead, won, closed_at, stage_before, qualified_band, early_score, owner, team, traits, passed");
    static final Table LEAD_CANDIDATE = of("lead_candidate", 1, "lead, version, score, band, qualified_at");
    static final Table LEDGER = of(
            "ledger",
            3,
            "lead, fact_id, rule, event, time, rule_version, group_name, points, product, withdrawn, as_of");
    static final Table ALERT = of(
            "alert",
            1,
            "alert, cause, scope, lead, deal, owner, team, stage, since, limit_text, state, severity, raised_at,"
                    + " escalated_at, snoozed_until, handled_at, ended_at, is_open, details, transitions, as_of");
    static final Table ROLLUP_DAY = of("rollup_day", 4, "scope, measure, dimension, day, unit, value, as_of");
    static final Table ROLLUP_BUCKET =
            of("rollup_bucket", 5, "scope, measure, dimension, day, bucket, unit, value, as_of");
    static final Table ROLLUP_SLOT = of("rollup_slot", 3, "scope, measure, slot, value, as_of");
    static final Table ROLLUP_NOW = of("rollup_now", 4, "scope, measure, dimension, pane, unit, value, as_of");
    static final Table PROGRESS = of(
            "progress",
            3,
            "scope, period_kind, period, label, starts_at, ends_at, won_amount_minor, won_count, lost_count, opened_count,"
                    + " cycle_count, cycle_sum_ms, cycle_median_days, as_of");
    static final Table PROGRESS_GOAL = of(
            "progress_goal",
            4,
            "scope, period_kind, period, measure, unit, goal, achieved, attainment, expected_share, is_linear,"
                    + " expected, ahead, pace_index, projection, required_per_day, business_days_left, deals_needed,"
                    + " opportunities_needed, open_opportunities, leads_needed, as_of");
    static final Table DWELL = of("dwell", 2, "scope, stage, count, sum_ms, median_days, p90_days, as_of");
    static final Table DEAD_LETTER = of("dead_letter", 3, "topic, partition, record_offset, reason, message, at");
    static final Table ANNOTATION = of("annotation", 1, "id, version, at, kind, text, product, campaign, rate");
    static final Table BAND_CHANGE = of("band_change", 3, "lead, at, to_band, from_band, owner, team");
    static final Table CORRECTION =
            of("correction", 1, "id, noticed_at, scope, measure, day, from_value, to_value, unit, why");

    /** All, in the order in which they are written: what others point to comes first. */
    static final List<Table> ALL = List.of(
            LEAD,
            LEAD_GONE,
            DEAL,
            CLOSED_LEAD,
            LEAD_CANDIDATE,
            LEDGER,
            ALERT,
            ROLLUP_DAY,
            ROLLUP_BUCKET,
            ROLLUP_SLOT,
            ROLLUP_NOW,
            PROGRESS,
            PROGRESS_GOAL,
            DWELL,
            DEAD_LETTER,
            ANNOTATION,
            BAND_CHANGE,
            CORRECTION);

    private static Table of(String name, int keyColumns, String columns) {
        return new Table(name, List.of(columns.split(",\\s*")), keyColumns);
    }

    /** The temporary table that takes new rows; it empties itself at the end of each transaction. */
    String makeIncoming() {
        return "create temporary table " + incoming() + " on commit delete rows as select " + join(columns)
                + " from leadpulse." + name + " with no data";
    }

    /** The temporary table that takes keys that are gone. */
    String makeGone() {
        return "create temporary table " + gone() + " on commit delete rows as select " + join(keys())
                + " from leadpulse." + name + " with no data";
    }

    String copyIncoming() {
        return "copy " + incoming() + " from stdin";
    }

    String copyGone() {
        return "copy " + gone() + " from stdin";
    }

    /** From the temporary table into the table. */
    String upsert() {
        String rest = columns.subList(keyColumns, columns.size()).stream()
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", "));
        String source = columns.stream().map(this::source).collect(Collectors.joining(", "));
        String newest = equals(ANNOTATION) ? " where annotation.version <= excluded.version" : "";
        return "insert into leadpulse." + name + " (" + join(columns) + ") select " + source + " from " + incoming()
                + " i on conflict (" + join(keys()) + ") do update set " + rest + newest;
    }

    String delete() {
        String same = keys().stream().map(key -> "t." + key + " = g." + key).collect(Collectors.joining(" and "));
        return "delete from leadpulse." + name + " t using " + gone() + " g where " + same;
    }

    /** Results that name an owner but not his team get the one that he has now. */
    private String source(String column) {
        return column.equals("team") && (equals(ALERT) || equals(BAND_CHANGE))
                ? "(select r.team from leadpulse.rep r where r.rep = i.owner)"
                : "i." + column;
    }

    private List<String> keys() {
        return columns.subList(0, keyColumns);
    }

    private String incoming() {
        return "incoming_" + name;
    }

    private String gone() {
        return "gone_" + name;
    }

    private static String join(List<String> names) {
        return String.join(", ", names);
    }
}
