package io.leadpulse.bench.micro;

import io.leadpulse.bench.workload.WorkloadSpec;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.edge.EdgeSerializer;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.rollup.DeltaCombiner;
import io.leadpulse.rollup.PaneDelta;
import io.leadpulse.rollup.RollupDelta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** What adding up changes costs for each, with all passed on after {@link Inputs#COUNT} of them, in an operator without a cluster. */
@State(Scope.Thread)
public class CombinerBenchmark {
    private static final int PANES_A_DELTA = 3;
    private static final int DAYS = 7;
    private static final int TODAY = 20_500;
    private static final String[] KINDS = {"call", "email_sent", "meeting_completed", "email_opened"};

    /** How many scopes are changed: one hot one, or as good as every time another. */
    @Param({"1", "1000"})
    public int scopes;

    private final List<StreamRecord<RollupDelta>> deltas = new ArrayList<>();
    private OneInputStreamOperatorTestHarness<RollupDelta, RollupDelta> harness;
    private DeltaCombiner combiner;

    @Setup
    public void prepare() throws Exception {
        combiner = new DeltaCombiner(EngineSettings.live(WorkloadSpec.configYaml(), List.of()));
        harness = new OneInputStreamOperatorTestHarness<>(combiner);
        harness.setup(new Unwritten());
        harness.open();
        harness.setProcessingTime(WorkloadSpec.CLOSING_MILLIS);
        SplittableRandom random = new SplittableRandom(Task.SPEC.seed());
        for (int i = 0; i < Inputs.COUNT; i++) {
            List<PaneDelta> panes = new ArrayList<>();
            for (int pane = 0; pane < PANES_A_DELTA; pane++) {
                String kind = KINDS[random.nextInt(KINDS.length)];
                panes.add(new PaneDelta(Measure.ACTIVITIES, kind, TODAY - random.nextInt(DAYS), 1));
            }
            deltas.add(new StreamRecord<>(
                    new RollupDelta("rep:" + random.nextInt(scopes), WorkloadSpec.CLOSING_MILLIS, panes)));
        }
        check();
    }

    private void check() throws Exception {
        List<RollupDelta> given = new ArrayList<>();
        deltas.forEach(each -> given.add(each.getValue()));
        addAndPassOn();
        List<RollupDelta> passedOn = harness.extractOutputValues();
        harness.getOutput().clear();
        Task.require(sums(passedOn).equals(sums(given)), "sums of " + scopes + " scopes");
        Task.require(
                passedOn.size()
                        == given.stream().map(RollupDelta::scope).distinct().count(),
                "once for each scope");
    }

    private static Map<String, Long> sums(Collection<RollupDelta> deltas) {
        Map<String, Long> sums = new HashMap<>();
        for (RollupDelta delta : deltas) {
            for (PaneDelta pane : delta.panes()) {
                sums.merge(delta.scope() + '|' + pane.dimension() + '|' + pane.pane(), pane.value(), Long::sum);
            }
        }
        return sums;
    }

    private void addAndPassOn() throws Exception {
        for (StreamRecord<RollupDelta> delta : deltas) {
            combiner.processElement(delta);
        }
        combiner.prepareSnapshotPreBarrier(1);
    }

    @Benchmark
    @OperationsPerInvocation(Inputs.COUNT)
    public void addAndPassOn(Blackhole blackhole) throws Exception {
        addAndPassOn();
        harness.getOutput().forEach(blackhole::consume);
        harness.getOutput().clear();
    }

    @TearDown
    public void close() throws Exception {
        harness.close();
    }

    /** Between chained operators nothing is written or copied. */
    private static final class Unwritten extends EdgeSerializer<RollupDelta> {
        private static final long serialVersionUID = 1;

        Unwritten() {
            super(RollupDelta.class);
        }

        @Override
        public void serialize(RollupDelta delta, DataOutputView to) {
            throw new UnsupportedOperationException("nothing is written");
        }

        @Override
        public RollupDelta deserialize(DataInputView from) {
            throw new UnsupportedOperationException("nothing is read");
        }
    }
}
