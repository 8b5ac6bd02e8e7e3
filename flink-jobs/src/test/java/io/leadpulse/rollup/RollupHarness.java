package io.leadpulse.rollup;

import io.leadpulse.control.Control;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.engine.ControlledHarness;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.DwellRecord;
import io.leadpulse.schemas.result.ProgressRecord;
import io.leadpulse.schemas.result.ResultCodec;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.schemas.result.RollupRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/** Runs a {@link RollupFunction}, as its operator does, in Flink's harness and reads what it says by topic. */
@SuppressWarnings("try") // Closing a harness may throw anything.
final class RollupHarness implements AutoCloseable {
    private static final ResultCodecs CODECS = new ResultCodecs("USD");

    private final RollupFunction rollups;
    private final ControlledHarness<RollupDelta, ResultRecord> harness;

    private RollupHarness(EngineSettings settings, boolean onRocksDb, OperatorSubtaskState from) throws Exception {
        rollups = new RollupFunction(settings);
        harness = new ControlledHarness<>(new RollupOperator(settings, rollups), RollupDelta::scope);
        if (onRocksDb) {
            harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
        }
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
    }

    static RollupHarness of(EngineSettings settings) throws Exception {
        return new RollupHarness(settings, false, null);
    }

    static RollupHarness onRocksDb(EngineSettings settings, OperatorSubtaskState from) throws Exception {
        return new RollupHarness(settings, true, from);
    }

    RollupHarness send(RollupDelta... deltas) throws Exception {
        for (RollupDelta delta : deltas) {
            harness.send(delta);
        }
        return this;
    }

    RollupHarness watermark(String time) throws Exception {
        return watermark(TestSettings.millis(time));
    }

    RollupHarness watermark(long millis) throws Exception {
        harness.watermark(millis);
        return this;
    }

    RollupHarness control(Control... controls) throws Exception {
        for (Control control : controls) {
            harness.control(control);
        }
        return this;
    }

    RollupHarness wallClock(String time) throws Exception {
        harness.setProcessingTime(TestSettings.millis(time));
        return this;
    }

    /** The machine's clock goes on. */
    RollupHarness passes(long millis) throws Exception {
        harness.setProcessingTime(harness.getProcessingTime() + millis);
        return this;
    }

    /** So much later by the machine's clock that everything live is published. */
    RollupHarness published() throws Exception {
        return passes(RollupOperator.COLLECT_MILLIS);
    }

    OperatorSubtaskState snapshot() throws Exception {
        barrier();
        return harness.snapshot(1, 1);
    }

    /** As before every barrier. */
    RollupHarness barrier() throws Exception {
        harness.prepareSnapshotPreBarrier(1);
        return this;
    }

    /** At how many instants channels were judged so far. */
    long instantsJudged() {
        return rollups.instantsJudged();
    }

    /** Of which there are so many at a barrier. */
    int keyedStates() throws Exception {
        barrier();
        return harness.numKeyedStateEntries();
    }

    /** How many results were said so far. */
    int said() {
        return harness.extractOutputValues().size();
    }

    /** The newest value of every key of every topic. */
    Map<String, String> finalResults() {
        Map<String, String> newest = new TreeMap<>();
        for (ResultRecord result : harness.extractOutputValues()) {
            newest.put(result.topic() + ' ' + result.key(), result.value());
        }
        return newest;
    }

    /** The newest sums as {@code scope measure dimension pane}. */
    Map<String, Long> sums() {
        Map<String, Long> sums = new TreeMap<>();
        for (RollupRecord sum : newest(CODECS.rollups())) {
            sums.put(sum.scope() + ' ' + sum.measure() + ' ' + sum.dimension() + ' ' + sum.pane(), sum.value());
        }
        return sums;
    }

    /** The alerts of a cause as they were told, in order. */
    List<AlertRecord> alerts(String cause) {
        List<AlertRecord> told = new ArrayList<>();
        for (ResultRecord result : harness.extractOutputValues()) {
            if (result.topic().equals(CODECS.alerts().topic())) {
                AlertRecord alert = CODECS.alerts().decode(result.bytes());
                if (alert.cause().equals(cause)) {
                    told.add(alert);
                }
            }
        }
        return told;
    }

    DwellRecord dwell(String stage) {
        return newest(CODECS.dwell()).stream()
                .filter(dwell -> dwell.stage().equals(stage))
                .findFirst()
                .orElseThrow();
    }

    /** The newest progress of a period, such as {@code month 2025-03}. */
    ProgressRecord progress(String scope, String kindAndPeriod) {
        return newest(CODECS.progress()).stream()
                .filter(each ->
                        each.scope().equals(scope) && (each.periodKind() + ' ' + each.period()).equals(kindAndPeriod))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no progress of " + kindAndPeriod + " among " + finalResults()));
    }

    private <T> List<T> newest(ResultCodec<T> codec) {
        Map<String, T> newest = new LinkedHashMap<>();
        for (ResultRecord result : harness.extractOutputValues()) {
            if (result.topic().equals(codec.topic())) {
                newest.put(result.key(), codec.decode(result.bytes()));
            }
        }
        return List.copyOf(newest.values());
    }

    static RollupDelta delta(String scope, PaneDelta... panes) {
        return new RollupDelta(scope, Long.MIN_VALUE, List.of(panes));
    }

    static PaneDelta day(Measure measure, String day, long value) {
        return new PaneDelta(measure, "", epochDay(day), value);
    }

    /** The same as of an event time. */
    static RollupDelta at(String time, RollupDelta delta) {
        return new RollupDelta(delta.scope(), TestSettings.millis(time), delta.panes());
    }

    /** What a deal adds to the day on which it is won. */
    static RollupDelta won(String scope, String day, int slot, long amountMinor, long cycleDays, int sign) {
        long cycleMillis = cycleDays * 86_400_000;
        return delta(
                scope,
                day(Measure.WON_COUNT, day, sign),
                day(Measure.WON_AMOUNT, day, sign * amountMinor),
                day(Measure.WON_DEAL_AMOUNT, day, sign * amountMinor),
                new PaneDelta(
                        Measure.WON_AMOUNT_FIVE_MINUTES,
                        "",
                        epochDay(day) * Measure.SLOTS_PER_DAY + slot,
                        sign * amountMinor),
                day(Measure.CYCLE_MILLIS, day, sign * cycleMillis),
                new PaneDelta(Measure.CYCLE_HISTOGRAM, "", Measure.histogramPane(epochDay(day), cycleMillis), sign));
    }

    static int epochDay(String day) {
        return (int) LocalDate.parse(day).toEpochDay();
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
