package io.leadpulse.bench.sql;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.api.dataview.ListView;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.functions.ChangelogFunction;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * {@code IDENTIFY}: whose a visitor's acts are: of who was identified last at or before, else of the first one within 30 days after. An
 * identification that comes late takes acts from one lead, as deletions, and gives them to another. What is nobody's 60 days after its
 * time comes out without a lead.
 *
 * <p>It has no {@code on_time} argument: Flink 2.2 drops rows that are late by it.
 */
@DataTypeHint("ROW<lead STRING, millis BIGINT, rule STRING, asset STRING, product STRING, record_partition INT,"
        + " record_offset BIGINT>")
public final class IdentifyFunction extends ProcessTableFunction<Row> implements ChangelogFunction {
    private static final long serialVersionUID = 1;
    private static final long IDENTIFIED_WITHIN_MILLIS = Duration.ofDays(30).toMillis();
    private static final long HELD_FOR_MILLIS = Duration.ofDays(60).toMillis();

    /** What a visitor did; a structured type of Flink. */
    public static final class Act {
        public Long millis;
        public String rule;
        public String asset;
        public String product;
        public Integer partition;
        public Long offset;

        static Act of(Row row) {
            Act act = new Act();
            act.millis = row.getFieldAs("millis");
            act.rule = row.getFieldAs("rule");
            act.asset = row.getFieldAs("asset");
            act.product = row.getFieldAs("product");
            act.partition = row.getFieldAs("record_partition");
            act.offset = row.getFieldAs("record_offset");
            return act;
        }

        Row by(RowKind kind, String lead) {
            return Row.ofKind(kind, lead, millis, rule, asset, product, partition, offset);
        }

        boolean isSame(Act other) {
            return partition.equals(other.partition) && offset.equals(other.offset);
        }
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogContext context) {
        return ChangelogMode.all();
    }

    /** Called by Flink for each act. */
    public void eval(
            Context context,
            @StateHint(ttl = "0") ListView<Act> acts,
            @StateHint(ttl = "0") MapView<Long, String> identified,
            @ArgumentHint(ArgumentTrait.SET_SEMANTIC_TABLE) Row act)
            throws Exception {
        Act newest = Act.of(act);
        String named = act.getFieldAs("named");
        acts.add(newest);
        NavigableMap<Long, String> before = known(identified);
        NavigableMap<Long, String> after = before;
        if (named != null) {
            identified.put(newest.millis, named);
            after = new TreeMap<>(before);
            after.put(newest.millis, named);
            if (!named.equals(floor(before, newest.millis))) {
                moveAll(acts, newest, before, after);
            }
        }
        String lead = lead(after, newest.millis);
        TimeContext<Long> time = context.timeContext(Long.class);
        Long nowMillis = time.currentWatermark();
        long heldUntilMillis = newest.millis + HELD_FOR_MILLIS;
        if (lead == null && (nowMillis == null || heldUntilMillis > nowMillis)) {
            time.registerOnTime(heldUntilMillis);
        } else {
            // Nobody's, if it comes so late that nobody waits for it; Flink 2.2 sets no timer for a time that has
            // passed.
            collect(newest.by(RowKind.INSERT, lead));
        }
    }

    /** Gives all earlier acts to whom they belong now. */
    private void moveAll(
            ListView<Act> acts, Act newest, NavigableMap<Long, String> before, NavigableMap<Long, String> after)
            throws Exception {
        for (Act act : acts.get()) {
            String from = lead(before, act.millis);
            String to = lead(after, act.millis);
            if (!act.isSame(newest) && !Objects.equals(from, to)) {
                if (from != null) {
                    collect(act.by(RowKind.DELETE, from));
                }
                collect(act.by(RowKind.INSERT, to));
            }
        }
    }

    /** Called by Flink when acts have been held long enough. */
    public void onTimer(OnTimerContext context, ListView<Act> acts, MapView<Long, String> identified) throws Exception {
        long atMillis = context.timeContext(Long.class).time();
        NavigableMap<Long, String> known = known(identified);
        for (Act act : acts.get()) {
            if (act.millis + HELD_FOR_MILLIS == atMillis && lead(known, act.millis) == null) {
                collect(act.by(RowKind.INSERT, null));
            }
        }
    }

    private static NavigableMap<Long, String> known(MapView<Long, String> identified) throws Exception {
        NavigableMap<Long, String> known = new TreeMap<>();
        for (Map.Entry<Long, String> each : identified.entries()) {
            known.put(each.getKey(), each.getValue());
        }
        return known;
    }

    private static String lead(NavigableMap<Long, String> identified, long millis) {
        String before = floor(identified, millis);
        if (before != null) {
            return before;
        }
        Map.Entry<Long, String> after = identified.higherEntry(millis);
        return after != null && after.getKey() - millis <= IDENTIFIED_WITHIN_MILLIS ? after.getValue() : null;
    }

    private static String floor(NavigableMap<Long, String> identified, long millis) {
        Map.Entry<Long, String> before = identified.floorEntry(millis);
        return before == null ? null : before.getValue();
    }
}
