package io.leadpulse.lead;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.control.Control;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.engine.ControlledHarness;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.identity.MergesFunction;
import io.leadpulse.rollup.PaneDelta;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.SalesEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * The three operators that merge leads, one behind the other. Records on the way between two of them wait until they are
 * delivered, in order only where Flink keeps them in order: those of one key from one sender.
 */
@SuppressWarnings("try") // Closing a harness may throw anything.
final class MergeRun implements AutoCloseable {
    private static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};
    private static final OutputTag<OutcomeCount> OUTCOMES = new OutputTag<>("outcomes") {};

    private final EngineSettings settings;
    private int measures;
    private final int mostRead;
    private final Map<String, Long> sums = new TreeMap<>();
    private final Map<String, String> results = new TreeMap<>();
    private final Map<Outcome, Long> outcomes = new TreeMap<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final Deque<LeadInput> toLeads = new ArrayDeque<>();
    private final Map<String, Deque<LeadMessage>> toMerged = new TreeMap<>();

    private KeyedOneInputStreamOperatorTestHarness<String, SalesEvent, LeadInput> merges;
    private ControlledHarness<LeadInput, RollupDelta> leads;
    private ControlledHarness<LeadMessage, RollupDelta> merged;

    MergeRun(EngineSettings settings) throws Exception {
        this(settings, Measure.COUNT);
    }

    /** By an engine that knows only the first measures, until {@link #upgrade}. */
    MergeRun(EngineSettings settings, int measures) throws Exception {
        this(settings, measures, MergedLeadState.MAX_READ);
    }

    /** By an engine that reads at most so many facts of a merged lead together. */
    MergeRun(EngineSettings settings, int measures, int mostRead) throws Exception {
        this.settings = settings;
        this.measures = measures;
        this.mostRead = mostRead;
        open(null, null, null);
    }

    private void open(OperatorSubtaskState mergesFrom, OperatorSubtaskState leadsFrom, OperatorSubtaskState mergedFrom)
            throws Exception {
        merges = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new MergesFunction(DEAD_LETTERS)), MergesFunction::key, Types.STRING);
        leads = new ControlledHarness<>(new LeadFunction(settings, DEAD_LETTERS, OUTCOMES, measures), LeadInput::lead);
        merged = new ControlledHarness<>(new MergedLeadFunction(settings, measures, mostRead), LeadMessage::lead);
        open(merges, mergesFrom);
        open(leads, leadsFrom);
        open(merged, mergedFrom);
    }

    private static void open(AbstractStreamOperatorTestHarness<?> harness, OperatorSubtaskState from) throws Exception {
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
    }

    /** A fact or a deal. */
    void send(LeadInput input) throws Exception {
        leads.send(input);
        drainLeads();
    }

    /** A merge or an unmerge. */
    void send(SalesEvent merge) throws Exception {
        merges.processElement(new StreamRecord<>(merge));
        for (LeadInput input : merges.extractOutputValues()) {
            toLeads.add(input);
        }
        merges.getOutput().clear();
        drainSide(merges);
    }

    /** Delivers one record that waits at the place given; none if all have arrived. */
    boolean deliverOne(int place) throws Exception {
        List<Deque<LeadMessage>> waiting =
                toMerged.values().stream().filter(each -> !each.isEmpty()).toList();
        int choices = waiting.size() + (toLeads.isEmpty() ? 0 : 1);
        if (choices == 0) {
            return false;
        }
        int choice = Math.floorMod(place, choices);
        if (choice < waiting.size()) {
            merged.send(waiting.get(choice).remove());
            drainMerged();
        } else {
            send(toLeads.remove());
        }
        return true;
    }

    /** Delivers everything, the place of each chosen anew. */
    void deliverAll(Random random) throws Exception {
        while (deliverOne(random.nextInt(1000))) {
            // One after the other.
        }
    }

    /** Event time of all, each once everything before has arrived. */
    void watermark(long millis, Random random) throws Exception {
        leads.watermark(millis);
        drainLeads();
        deliverAll(random);
        merged.watermark(millis);
        drainMerged();
    }

    /** The machine's clock. */
    void wallClock(long millis) throws Exception {
        leads.setProcessingTime(millis);
        drainLeads();
        merged.setProcessingTime(millis);
        drainMerged();
    }

    /** Stops and goes on from a snapshot; nothing may be under way, as with an aligned checkpoint. */
    void restart(Random random) throws Exception {
        deliverAll(random);
        OperatorSubtaskState mergesFrom = merges.snapshot(1, 1);
        OperatorSubtaskState leadsFrom = leads.snapshot(1, 1);
        OperatorSubtaskState mergedFrom = merged.snapshot(1, 1);
        close();
        open(mergesFrom, leadsFrom, mergedFrom);
    }

    /** Goes on as the engine of today, which does what an upgrade has to do once. */
    void upgrade(Random random) throws Exception {
        measures = Measure.COUNT;
        restart(random);
        leads.control(Control.SETTLED);
        drainLeads();
        deliverAll(random);
        merged.control(Control.SETTLED);
        drainMerged();
    }

    /** How many timers leads have that speak for themselves, or did. */
    int timersOfLeads() {
        return leads.numEventTimeTimers();
    }

    /** Sums of all deltas; what is 0 is left out. */
    Map<String, Long> sums() {
        Map<String, Long> standing = new TreeMap<>(sums);
        standing.values().removeIf(sum -> sum == 0);
        return standing;
    }

    /** The newest value of every key of every topic. */
    Map<String, String> results() {
        return results;
    }

    Map<Outcome, Long> outcomes() {
        return outcomes;
    }

    List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    private void drainLeads() {
        drainDeltas(leads);
        if (leads.getSideOutput(LeadFunction.MESSAGES) != null) {
            for (StreamRecord<LeadMessage> record : leads.getSideOutput(LeadFunction.MESSAGES)) {
                LeadMessage message = record.getValue();
                String sender = message.result() == null ? message.member() : message.lead();
                toMerged.computeIfAbsent(sender + '>' + message.lead(), key -> new ArrayDeque<>())
                        .add(message);
            }
            leads.getSideOutput(LeadFunction.MESSAGES).clear();
        }
        drainSide(leads);
    }

    private void drainMerged() {
        drainDeltas(merged);
        if (merged.getSideOutput(MergedLeadFunction.RESULTS) != null) {
            for (StreamRecord<ResultRecord> record : merged.getSideOutput(MergedLeadFunction.RESULTS)) {
                results.put(
                        record.getValue().topic() + ' ' + record.getValue().key(),
                        record.getValue().value());
            }
            merged.getSideOutput(MergedLeadFunction.RESULTS).clear();
        }
    }

    private void drainDeltas(AbstractStreamOperatorTestHarness<RollupDelta> harness) {
        harness.extractOutputValues().forEach(this::add);
        harness.getOutput().clear();
        if (harness.getSideOutput(LeadTeller.SPENT) != null) {
            harness.getSideOutput(LeadTeller.SPENT).forEach(record -> add(record.getValue()));
            harness.getSideOutput(LeadTeller.SPENT).clear();
        }
    }

    private void add(RollupDelta delta) {
        for (PaneDelta pane : delta.panes()) {
            sums.merge(
                    delta.scope() + ' ' + pane.measure() + ' ' + pane.dimension() + ' ' + pane.pane(),
                    pane.value(),
                    Math::addExact);
        }
    }

    private void drainSide(AbstractStreamOperatorTestHarness<?> harness) {
        if (harness.getSideOutput(DEAD_LETTERS) != null) {
            harness.getSideOutput(DEAD_LETTERS).forEach(record -> deadLetters.add(record.getValue()));
            harness.getSideOutput(DEAD_LETTERS).clear();
        }
        if (harness.getSideOutput(OUTCOMES) != null) {
            harness.getSideOutput(OUTCOMES)
                    .forEach(record -> outcomes.merge(
                            record.getValue().outcome(), record.getValue().count(), Math::addExact));
            harness.getSideOutput(OUTCOMES).clear();
        }
    }

    @Override
    public void close() throws Exception {
        merges.close();
        leads.close();
        merged.close();
    }
}
