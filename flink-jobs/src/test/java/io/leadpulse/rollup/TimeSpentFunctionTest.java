package io.leadpulse.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.activity.SpentSpan;
import io.leadpulse.domain.activity.TimeSpent;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import java.util.ArrayList;
import java.util.Collections;
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

    private static SpentSpan span(String kind, String team, long from, long until) {
        return new SpentSpan(kind, team, new TimeSpent.Span(from, until));
    }

    private static RollupDelta delta(String rep, SpentSpan span, long value) {
        return new RollupDelta(
                Scope.spent(rep), 0, List.of(new PaneDelta(Measure.TIME_SPENT_SPANS, span.dimension(), DAY, value)));
    }

    /** What the rollups would add up, by scope and kind; sums of 0 are left out. */
    private static Map<String, Long> sums(List<RollupDelta> deltas) throws Exception {
        Map<String, Long> sums = new TreeMap<>();
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new TimeSpentFunction()), RollupDelta::scope, Types.STRING)) {
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
