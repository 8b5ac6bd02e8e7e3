package io.leadpulse.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.activity.SpentSpan;
import io.leadpulse.domain.activity.TimeSpent;
import io.leadpulse.domain.measure.ContributionKey;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Closing a harness may throw anything.
class TimeSpentFunctionTest {
    private static final int DAY = 20_000;
    private static final long HOUR = 3_600_000;
    private static final EngineSettings LIVE = EngineSettings.live("company: {zone: UTC}", List.of());

    @Test
    void whatOverlapsCountsOnceForThePersonAndEachPersonForTheTeam() throws Exception {
        assertThat(sums(List.of(
                        delta("ann", span("call", "north", 0, 600), 1),
                        delta("ann", span("call", "north", 300, 900), 1),
                        delta("ann", span("demo_held", "north", 800, 1_000), 1),
                        delta("bob", span("call", "north", 0, 600), 1))))
                .isEqualTo(Map.ofEntries(
                        Map.entry("rep:ann call", 900L),
                        Map.entry("rep:ann demo_held", 200L),
                        Map.entry("rep:ann ", 1_000L),
                        Map.entry("rep:bob call", 600L),
                        Map.entry("rep:bob ", 600L),
                        Map.entry("team:north call", 1_500L),
                        Map.entry("team:north demo_held", 200L),
                        Map.entry("team:north ", 1_600L),
                        Map.entry("company call", 1_500L),
                        Map.entry("company demo_held", 200L),
                        Map.entry("company ", 1_600L)));
    }

    @Test
    void spansThatComeAndGoInAnyOrderLeaveTheUnionOfThoseThatStay() throws Exception {
        List<RollupDelta> deltas = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            deltas.add(delta("ann", span("call", i % 2 == 0 ? "north" : "", i * 70L, i * 70L + 100), 1));
        }
        Map<String, Long> expected = sums(deltas);
        for (int i = 0; i < 30; i += 3) {
            SpentSpan gone = span("demo_held", "north", i * 50L, i * 50L + 400);
            deltas.add(delta("ann", gone, 1));
            deltas.add(delta("ann", gone, -1));
        }
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(deltas, new Random(seed));
            assertThat(sums(deltas)).as("shuffled by %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void twoEqualSpansAreOneUntilBothAreGone() throws Exception {
        SpentSpan span = span("call", "", 0, 600);
        assertThat(sums(List.of(delta("ann", span, 1), delta("ann", span, 1), delta("ann", span, -1))))
                .containsEntry("rep:ann ", 600L);
        assertThat(sums(List.of(
                        delta("ann", span, 1), delta("ann", span, 1), delta("ann", span, -1), delta("ann", span, -1))))
                .isEmpty();
    }

    @Test
    void aSpanOfHoursIsTheUnionOfItsFiveMinutes() throws Exception {
        assertThat(sums(List.of(
                        delta("ann", span("meeting_completed", "north", 7, 2 * HOUR + 11), 1),
                        delta("ann", span("call", "north", HOUR, 3 * HOUR), 1),
                        delta("ann", span("call", "", 5 * HOUR, 5 * HOUR + 1), 1))))
                .containsEntry("rep:ann meeting_completed", 2 * HOUR + 4)
                .containsEntry("rep:ann call", 2 * HOUR + 1)
                .containsEntry("rep:ann ", 3 * HOUR - 7 + 1)
                .containsEntry("team:north ", 3 * HOUR - 7);
    }

    /** An actor that is a machine: what a span costs does not grow with the day. */
    @Test
    void twentyThousandSpansOfADayCostAsManyTimesOne() throws Exception {
        Map<SpentSlot, Map<String, PaneBlock>> kept = new HashMap<>();
        long[] read = new long[2];
        SpentTime time = new SpentTime(new SpentTime.Marks() {
            @Override
            public Map<String, PaneBlock> of(SpentSlot slot) {
                Map<String, PaneBlock> marks = kept.getOrDefault(slot, Map.of());
                int size = marks.values().stream()
                        .mapToInt(block -> block.panes().length)
                        .sum();
                read[0] += size;
                read[1] = Math.max(read[1], size);
                return marks;
            }

            @Override
            public void keep(SpentSlot slot, Map<String, PaneBlock> marks) {
                kept.put(slot, marks);
            }
        });
        Random random = new Random(1);
        Contributions sums = new Contributions();
        List<TimeSpent.Span> all = new ArrayList<>();
        int spans = 20_000;
        for (int i = 0; i < spans; i++) {
            long from = 8 * HOUR + random.nextInt(8 * 3_600) * 1_000L;
            SpentSpan span = span("call", "north", from, from + random.nextInt(300) * 1_000L);
            all.add(span.span());
            time.add("dialler", DAY, span, 1, sums);
        }

        assertThat(sums.values())
                .containsEntry(
                        new ContributionKey("rep:dialler", Measure.TIME_SPENT, "", DAY),
                        TimeSpent.of(all).millis());
        assertThat(read[1]).as("marks of five minutes").isLessThanOrEqualTo(301);
        assertThat(read[0] / spans)
                .as("marks read for a span, in two five minutes at most")
                .isLessThan(2 * 301);
    }

    @Test
    void aDayBeyondTheHorizonIsDroppedAndItsTimeStays() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(delta("ann", span("call", "north", 0, 2 * HOUR), 1), 0);
            long dropped = (DAY + 1) * 24 * HOUR + EngineContext.of(LIVE).horizonMillis();
            harness.processWatermark(dropped - 1);
            assertThat(harness.numKeyedStateEntries()).isPositive();

            harness.processWatermark(dropped);
            assertThat(harness.numKeyedStateEntries()).isZero();
            int said = harness.extractOutputValues().size();
            harness.processElement(delta("ann", span("call", "north", 0, 2 * HOUR), -1), 0);
            assertThat(harness.extractOutputValues()).hasSize(said);
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    /** Offsets from the beginning of the day. */
    private static SpentSpan span(String kind, String team, long from, long until) {
        return new SpentSpan(kind, team, new TimeSpent.Span(DAY * 24 * HOUR + from, DAY * 24 * HOUR + until));
    }

    private static RollupDelta delta(String rep, SpentSpan span, long value) {
        return new RollupDelta(
                Scope.spent(rep), 0, List.of(new PaneDelta(Measure.TIME_SPENT_SPANS, span.dimension(), DAY, value)));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, RollupDelta, RollupDelta> harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new TimeSpentFunction(LIVE)), RollupDelta::scope, Types.STRING);
    }

    /** What the rollups would add up, by scope and kind; sums of 0 are left out. */
    private static Map<String, Long> sums(List<RollupDelta> deltas) throws Exception {
        Map<String, Long> sums = new TreeMap<>();
        try (var harness = harness()) {
            harness.open();
            for (RollupDelta delta : deltas) {
                harness.processElement(delta, 0);
            }
            for (RollupDelta out : harness.extractOutputValues()) {
                for (PaneDelta pane : out.panes()) {
                    assertThat(pane.measure()).isEqualTo(Measure.TIME_SPENT);
                    assertThat(pane.pane()).isEqualTo(DAY);
                    sums.merge(out.scope() + ' ' + pane.dimension(), pane.value(), Long::sum);
                }
            }
        }
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }
}
