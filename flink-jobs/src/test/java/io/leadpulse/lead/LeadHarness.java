package io.leadpulse.lead;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.control.Control;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.engine.ControlledHarness;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.rollup.PaneDelta;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.LeadProfile;
import io.leadpulse.schemas.result.LedgerRecord;
import io.leadpulse.schemas.result.ResultCodec;
import io.leadpulse.schemas.result.ResultCodecs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/** Runs a {@link LeadFunction} in Flink's harness and reads what it says by topic. */
@SuppressWarnings("try") // Closing a harness may throw anything.
final class LeadHarness implements AutoCloseable {
    private static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};
    private static final OutputTag<OutcomeCount> OUTCOMES = new OutputTag<>("outcomes") {};
    private static final ResultCodecs CODECS = new ResultCodecs("USD");

    private final ControlledHarness<LeadInput, RollupDelta> harness;

    private LeadHarness(EngineSettings settings, boolean onRocksDb, OperatorSubtaskState from, int measures)
            throws Exception {
        this(
                new ControlledHarness<>(new LeadFunction(settings, DEAD_LETTERS, OUTCOMES, measures), LeadInput::lead),
                onRocksDb,
                from);
    }

    private LeadHarness(ControlledHarness<LeadInput, RollupDelta> harness, boolean onRocksDb, OperatorSubtaskState from)
            throws Exception {
        this.harness = harness;
        if (onRocksDb) {
            harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
        }
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
    }

    /** On the heap. */
    static LeadHarness of(EngineSettings settings) throws Exception {
        return new LeadHarness(settings, false, null, Measure.COUNT);
    }

    /** As in the engine, where history is gathered before it, on the heap; from a snapshot, or from nothing if it is null. */
    static LeadHarness gathering(EngineSettings settings, OperatorSubtaskState from) throws Exception {
        LeadFunction leads = new LeadFunction(settings, DEAD_LETTERS, OUTCOMES);
        return new LeadHarness(
                new ControlledHarness<>(new LeadOperator(settings, leads), LeadInput::lead), false, from);
    }

    /** The same, with timers that are fired one by one, in turns with inputs. */
    static LeadHarness inTurns(EngineSettings settings, OperatorSubtaskState from) throws Exception {
        LeadFunction leads = new LeadFunction(settings, DEAD_LETTERS, OUTCOMES);
        return new LeadHarness(
                new ControlledHarness<>(new LeadOperator(settings, leads, 0), LeadInput::lead), false, from);
    }

    /** On RocksDB, going on from a snapshot; from nothing if it is null. */
    static LeadHarness onRocksDb(EngineSettings settings, OperatorSubtaskState from) throws Exception {
        return new LeadHarness(settings, true, from, Measure.COUNT);
    }

    /** On the heap, going on from a snapshot; from nothing if it is null. */
    static LeadHarness restored(EngineSettings settings, OperatorSubtaskState from) throws Exception {
        return new LeadHarness(settings, false, from, Measure.COUNT);
    }

    /** On the heap, as release 1 was: it knew fewer measures, and merges and deletions withdrew nothing. */
    static LeadHarness ofRelease1(EngineSettings settings) throws Exception {
        return new LeadHarness(settings, false, null, Measure.COUNT_OF_RELEASE_1);
    }

    LeadHarness send(LeadInput... inputs) throws Exception {
        for (LeadInput input : inputs) {
            harness.send(input);
        }
        return this;
    }

    LeadHarness watermark(String time) throws Exception {
        return watermark(TestSettings.millis(time));
    }

    LeadHarness watermark(long millis) throws Exception {
        harness.watermark(millis);
        return this;
    }

    LeadHarness control(Control... controls) throws Exception {
        for (Control control : controls) {
            harness.control(control);
        }
        return this;
    }

    LeadHarness wallClock(String time) throws Exception {
        harness.setProcessingTime(TestSettings.millis(time));
        return this;
    }

    OperatorSubtaskState snapshot() throws Exception {
        barrier();
        return harness.snapshot(1, 1);
    }

    /** As before every barrier. */
    LeadHarness barrier() throws Exception {
        harness.prepareSnapshotPreBarrier(1);
        return this;
    }

    /** The input ends. */
    LeadHarness end() throws Exception {
        harness.getOperator().finish();
        return this;
    }

    /** The input falls silent. */
    LeadHarness idle() throws Exception {
        harness.processWatermarkStatus1(WatermarkStatus.IDLE);
        return this;
    }

    /** Watermarks, sums and statuses in the order in which they went out: of a watermark its time, of sums their scope. */
    List<String> outInOrder() {
        List<String> out = new ArrayList<>();
        for (Object each : harness.getOutput()) {
            if (each instanceof Watermark mark) {
                out.add(Instant.ofEpochMilli(mark.getTimestamp()).toString());
            } else if (each instanceof StreamRecord<?> record && record.getValue() instanceof RollupDelta delta) {
                out.add(delta.scope());
            } else if (each instanceof WatermarkStatus status) {
                out.add(status.isIdle() ? "idle" : "active");
            }
        }
        return out;
    }

    int keyedStates() {
        return harness.numKeyedStateEntries();
    }

    int timers() {
        return harness.numEventTimeTimers();
    }

    long wallMillis() {
        return harness.getProcessingTime();
    }

    /** All alerts of any cause as they were told, in order. */
    List<AlertRecord> allAlerts() {
        return read(CODECS.alerts());
    }

    /** All alerts of stages as they were told, in order. */
    List<AlertRecord> alerts() {
        return alerts("stuck");
    }

    /** All alerts of a cause as they were told, in order. */
    List<AlertRecord> alerts(String cause) {
        return read(CODECS.alerts()).stream()
                .filter(alert -> alert.cause().equals(cause))
                .toList();
    }

    /** Every transition told of the newest alert of a stage, as {@code state@time}. */
    List<String> newestAlertLife() {
        return newestAlertLife("stuck");
    }

    /** The same of the newest alert of a cause. */
    List<String> newestAlertLife(String cause) {
        List<AlertRecord> alerts = alerts(cause);
        return alerts.isEmpty() ? List.of() : life(alerts.get(alerts.size() - 1));
    }

    static List<String> life(AlertRecord alert) {
        return alert.transitions().stream()
                .map(step -> step.state() + "@" + Instant.ofEpochMilli(step.timeMillis()))
                .toList();
    }

    List<LeadProfile> profiles() {
        return read(CODECS.profiles());
    }

    LeadProfile newestProfile() {
        List<LeadProfile> profiles = profiles();
        return profiles.get(profiles.size() - 1);
    }

    List<LedgerRecord> ledger() {
        return read(CODECS.ledger());
    }

    /** The newest value of every key of every topic. */
    Map<String, String> finalResults() {
        Map<String, String> newest = new TreeMap<>();
        for (ResultRecord result : results()) {
            newest.put(result.topic() + ' ' + result.key(), result.value());
        }
        return newest;
    }

    /** Sums of all deltas; what is 0 is left out. */
    Map<String, Long> sums() {
        Map<String, Long> sums = new TreeMap<>();
        for (RollupDelta delta : harness.extractOutputValues()) {
            for (PaneDelta pane : delta.panes()) {
                sums.merge(
                        delta.scope() + ' ' + pane.measure() + ' ' + pane.dimension() + ' ' + pane.pane(),
                        pane.value(),
                        Math::addExact);
            }
        }
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }

    /** Sums of all deltas, spans of time among them. */
    Map<String, Long> sumsWithSpans() {
        Map<String, Long> sums = sums();
        for (RollupDelta delta : values(LeadTeller.SPENT)) {
            for (PaneDelta pane : delta.panes()) {
                sums.merge(delta.scope() + ' ' + pane.dimension() + ' ' + pane.pane(), pane.value(), Math::addExact);
            }
        }
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }

    /** How many deltas went out. */
    int deltas() {
        return harness.extractOutputValues().size();
    }

    List<RollupDelta> deltaRecords() {
        return harness.extractOutputValues();
    }

    List<DeadLetter> deadLetters() {
        return values(DEAD_LETTERS);
    }

    /** Outcomes by name and reason, summed. */
    Map<String, Long> outcomes() {
        Map<String, Long> sums = new LinkedHashMap<>();
        for (OutcomeCount count : values(OUTCOMES)) {
            String name = count.outcome() + (count.reason().isEmpty() ? "" : ":" + count.reason());
            sums.merge(name, count.count(), Math::addExact);
        }
        return sums;
    }

    /** Every record's fate: what the outcomes and the dead letters add up to. */
    long accountedFor() {
        long sum = deadLetters().size();
        for (OutcomeCount count : values(OUTCOMES)) {
            if (count.outcome() == Outcome.IN) {
                throw new IllegalStateException("a lead counts nothing as in");
            }
            sum += count.count();
        }
        return sum;
    }

    int told(String topic) {
        return (int) results().stream()
                .filter(result -> result.topic().equals(topic))
                .count();
    }

    private <T> List<T> read(ResultCodec<T> codec) {
        List<T> read = new ArrayList<>();
        for (ResultRecord result : results()) {
            if (result.topic().equals(codec.topic())) {
                read.add(codec.decode(result.bytes()));
            }
        }
        return read;
    }

    private List<ResultRecord> results() {
        return messages().stream()
                .map(LeadMessage::result)
                .filter(Objects::nonNull)
                .toList();
    }

    /** What it told the operator of merged leads, its own results among them. */
    List<LeadMessage> messages() {
        return values(LeadFunction.MESSAGES);
    }

    private <T> List<T> values(OutputTag<T> tag) {
        List<T> values = new ArrayList<>();
        if (harness.getSideOutput(tag) != null) {
            harness.getSideOutput(tag).forEach(record -> values.add(record.getValue()));
        }
        return values;
    }

    /** The topic of profiles, ledger or alerts by a short name. */
    static String topic(String name) {
        return switch (name) {
            case "profiles" -> Topics.PROFILES;
            case "ledger" -> Topics.LEDGER;
            case "alerts" -> Topics.ALERTS;
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
