package io.leadpulse.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A block holds what a sorted map would hold. */
class PaneBlockPropertyTest {

    /** One value added to one pane. */
    record Step(int pane, long value) {}

    @Property(tries = 300, seed = "20261122")
    void holdsTheSumsThatAreNotZeroInOrder(@ForAll("steps") List<Step> steps) {
        TreeMap<Integer, Long> model = new TreeMap<>();
        PaneBlock block = PaneBlock.EMPTY;
        for (Step step : steps) {
            block = block.plus(step.pane(), step.value());
            model.merge(step.pane(), step.value(), Math::addExact);
            model.values().removeIf(sum -> sum == 0);
        }
        assertThat(block.panes())
                .containsExactly(
                        model.keySet().stream().mapToInt(Integer::intValue).toArray());
        assertThat(block.sums())
                .containsExactly(
                        model.values().stream().mapToLong(Long::longValue).toArray());
        assertThat(block.isEmpty()).isEqualTo(model.isEmpty());
    }

    @Property(tries = 300, seed = "20261122")
    void sumsWhatLiesInTheInterval(
            @ForAll("steps") List<Step> steps,
            @ForAll @IntRange(min = -12, max = 12) int from,
            @ForAll @IntRange(min = -12, max = 12) int until) {
        TreeMap<Integer, Long> model = new TreeMap<>();
        PaneBlock block = PaneBlock.EMPTY;
        for (Step step : steps) {
            block = block.plus(step.pane(), step.value());
            model.merge(step.pane(), step.value(), Math::addExact);
        }
        long expected = from >= until
                ? 0
                : model.subMap(from, until).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
        assertThat(block.sumBetween(from, until)).isEqualTo(expected);
        assertThat(block.sumOf(from)).isEqualTo(model.getOrDefault(from, 0L));
    }

    @Property(tries = 200, seed = "20261122")
    void isNeverChangedInPlace(@ForAll("steps") List<Step> steps, @ForAll("steps") List<Step> more) {
        PaneBlock block = PaneBlock.EMPTY;
        for (Step step : steps) {
            block = block.plus(step.pane(), step.value());
        }
        int[] panes = block.panes().clone();
        long[] sums = block.sums().clone();
        PaneBlock later = block;
        for (Step step : more) {
            later = later.plus(step.pane(), step.value());
        }
        assertThat(block.panes()).containsExactly(panes);
        assertThat(block.sums()).containsExactly(sums);
        assertThat(PaneBlock.EMPTY.isEmpty()).isTrue();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(-10, 10),
                        Arbitraries.longs().between(-3, 3))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }
}
