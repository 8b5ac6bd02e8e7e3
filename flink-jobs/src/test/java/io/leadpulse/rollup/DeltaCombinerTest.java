package io.leadpulse.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.measure.Measure;
import io.leadpulse.engine.HistoryPace;
import io.leadpulse.engine.TestSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaCombinerTest {
    private static final long NINE = TestSettings.millis("2025-03-03T09:00:00Z");
    private static final int TODAY = 20_150;

    private OneInputStreamOperatorTestHarness<RollupDelta, RollupDelta> combiner;

    @BeforeEach
    void open() throws Exception {
        combiner = new OneInputStreamOperatorTestHarness<>(new DeltaCombiner(TestSettings.live()));
        combiner.open();
        combiner.setProcessingTime(NINE);
    }

    @AfterEach
    void close() throws Exception {
        combiner.close();
    }

    @Test
    void changesOfAScopeGoOnTogetherAsOfTheLatest() throws Exception {
        send("company", NINE, pane("call", 1), pane("meeting", 2));
        send("rep:ann", NINE, pane("call", 1));
        send("company", NINE + 1, pane("call", 1));

        soon();

        assertThat(passedOn())
                .containsExactly(
                        new RollupDelta("company", NINE + 1, List.of(pane("call", 2), pane("meeting", 2))),
                        new RollupDelta("rep:ann", NINE, List.of(pane("call", 1))));
    }

    @Test
    void whatComesToNothingIsNotPassedOn() throws Exception {
        send("company", NINE, pane("call", 1), pane("meeting", 1));
        send("company", NINE, pane("call", -1));
        send("rep:ann", NINE, pane("call", 1));
        send("rep:ann", NINE, pane("call", -1));

        soon();

        assertThat(passedOn()).containsExactly(new RollupDelta("company", NINE, List.of(pane("meeting", 1))));
    }

    @Test
    void waitsNoLongerThanItMay() throws Exception {
        send("company", NINE, pane("call", 1));
        combiner.setProcessingTime(NINE + DeltaCombiner.WAIT_MILLIS - 1);
        send("company", NINE, pane("call", 1));
        assertThat(passedOn()).isEmpty();

        combiner.setProcessingTime(NINE + DeltaCombiner.WAIT_MILLIS);

        assertThat(passedOn()).containsExactly(new RollupDelta("company", NINE, List.of(pane("call", 2))));
    }

    @Test
    void historyWaitsLongerButNotWhatHappensNow() throws Exception {
        // The first of them pass for a correction, and go on soon.
        for (int i = 0; i < 100; i++) {
            send("company", NINE - 86_400_000, pane("call", 1));
        }
        soon();
        int before = passedOn().size();
        send("company", NINE - 86_400_000, pane("call", 1));
        soon();
        assertThat(passedOn()).as("history").hasSize(before);

        send("rep:ann", NINE, pane("call", 1));
        soon();
        assertThat(passedOn()).as("all, with what happens now").hasSize(before + 2);

        send("company", NINE - 86_400_000, pane("call", 1));
        combiner.setProcessingTime(combiner.getProcessingTime() + HistoryPace.COMBINE_MILLIS);
        assertThat(passedOn()).hasSize(before + 3);
    }

    @Test
    void nothingIsHeldBackBeyondAWatermarkAnIdleInputABarrierOrTheEnd() throws Exception {
        send("company", NINE, pane("call", 1));
        combiner.processWatermark(new Watermark(NINE));
        assertThat(order()).containsExactly("delta", "watermark");

        send("company", NINE, pane("call", 1));
        combiner.processWatermarkStatus(WatermarkStatus.IDLE);
        assertThat(order()).containsExactly("delta", "watermark", "delta", "idle");

        send("company", NINE, pane("call", 1));
        combiner.prepareSnapshotPreBarrier(1);
        assertThat(passedOn()).hasSize(3);

        send("company", NINE, pane("call", 1));
        combiner.endInput();
        combiner.getOneInputOperator().finish();
        assertThat(passedOn()).hasSize(4);
    }

    @Test
    void muchIsPassedOnAtOnce() throws Exception {
        for (int i = 0; i < DeltaCombiner.MOST_PANES; i++) {
            assertThat(passedOn()).isEmpty();
            send("rep:" + i, NINE, pane("call", 1));
        }

        assertThat(passedOn()).hasSize(DeltaCombiner.MOST_PANES);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void sumsAreThoseOfWhatCame(long seed) throws Exception {
        Random random = new Random(seed);
        Map<String, Long> expected = new TreeMap<>();
        for (int i = 0; i < 500; i++) {
            String scope = "rep:" + random.nextInt(3);
            PaneDelta[] panes = new PaneDelta[1 + random.nextInt(3)];
            for (int j = 0; j < panes.length; j++) {
                panes[j] = pane("kind" + random.nextInt(3), random.nextInt(5) - 2);
            }
            RollupDelta delta = new RollupDelta(scope, NINE - random.nextInt(10) * 86_400_000L, Arrays.asList(panes));
            add(delta, expected);
            combiner.processElement(new StreamRecord<>(delta));
            switch (random.nextInt(20)) {
                case 0 -> combiner.processWatermark(new Watermark(NINE + i));
                case 1 -> combiner.prepareSnapshotPreBarrier(i);
                case 2 -> combiner.setProcessingTime(combiner.getProcessingTime() + random.nextInt(300));
                default -> {
                    // Goes on at once.
                }
            }
        }
        combiner.endInput();
        combiner.getOneInputOperator().finish();

        Map<String, Long> sums = new TreeMap<>();
        for (RollupDelta delta : passedOn()) {
            add(delta, sums);
        }
        expected.values().removeIf(sum -> sum == 0);
        sums.values().removeIf(sum -> sum == 0);
        assertThat(sums).isEqualTo(expected);
    }

    private static void add(RollupDelta delta, Map<String, Long> sums) {
        for (PaneDelta pane : delta.panes()) {
            sums.merge(delta.scope() + ' ' + pane.dimension(), pane.value(), Math::addExact);
        }
    }

    private static PaneDelta pane(String kind, long value) {
        return new PaneDelta(Measure.ACTIVITIES, kind, TODAY, value);
    }

    private void send(String scope, long timeMillis, PaneDelta... panes) throws Exception {
        combiner.processElement(new StreamRecord<>(new RollupDelta(scope, timeMillis, List.of(panes))));
    }

    private void soon() throws Exception {
        combiner.setProcessingTime(combiner.getProcessingTime() + DeltaCombiner.WAIT_MILLIS);
    }

    private List<RollupDelta> passedOn() {
        return combiner.extractOutputValues();
    }

    private List<String> order() {
        List<String> order = new ArrayList<>();
        for (Object each : combiner.getOutput()) {
            if (each instanceof Watermark) {
                order.add("watermark");
            } else {
                order.add(each instanceof WatermarkStatus ? "idle" : "delta");
            }
        }
        return order;
    }
}
