package io.leadpulse.domain.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ContributionsPropertyTest {

    /** One addition. */
    record Addition(String scope, Measure measure, String dimension, int pane, long value) {
        void to(Contributions contributions) {
            contributions.add(scope, measure, dimension, pane, value);
        }
    }

    @Property(tries = 300, seed = "20261122")
    void beforeAndTheDifferenceMakeAfter(
            @ForAll("additions") List<Addition> before, @ForAll("additions") List<Addition> after) {
        Contributions left = of(before);
        Contributions right = of(after);
        Map<ContributionKey, Long> sum = new HashMap<>(left.values());
        right.minus(left)
                .forEach((key, value) -> sum.merge(key, value, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b)));

        assertThat(sum).isEqualTo(right.values());
    }

    @Property(tries = 200, seed = "20261122")
    void theDifferenceHasNoZeroIsSortedAndIsNothingOfEquals(
            @ForAll("additions") List<Addition> before, @ForAll("additions") List<Addition> after) {
        Map<ContributionKey, Long> difference = of(after).minus(of(before));

        assertThat(difference.values()).doesNotContain(0L);
        assertThat(List.copyOf(difference.keySet())).isSorted();
        assertThat(of(after).minus(of(after))).isEmpty();
    }

    @Property(tries = 200, seed = "20261122")
    void takingTheDifferenceChangesNeither(
            @ForAll("additions") List<Addition> before, @ForAll("additions") List<Addition> after) {
        Contributions left = of(before);
        Contributions right = of(after);
        right.minus(left);
        assertThat(left.values()).isEqualTo(of(before).values());
        assertThat(right.values()).isEqualTo(of(after).values());
    }

    @Property(tries = 200, seed = "20261122")
    void sumsAreThoseOfAMapHoweverManyCome(@ForAll("manyAdditions") List<Addition> additions) {
        Map<ContributionKey, Long> sums = new HashMap<>();
        additions.forEach(each -> sums.merge(
                new ContributionKey(each.scope(), each.measure(), each.dimension(), each.pane()),
                each.value(),
                Long::sum));
        sums.values().removeIf(sum -> sum == 0);

        Contributions contributions = of(additions);
        assertThat(contributions.values()).isEqualTo(sums);
        assertThat(contributions.inOrder()).isEqualTo(sums);
        assertThat(contributions.less(sums).values()).isEmpty();
    }

    @Property(tries = 200, seed = "20261122")
    void whatIsLeftOutOrPutBetweenIsTheDifference(
            @ForAll("manyAdditions") List<Addition> additions, @ForAll Random random) {
        List<Addition> other = new ArrayList<>(additions);
        for (int i = random.nextInt(3); i > 0 && !other.isEmpty(); i--) {
            other.remove(random.nextInt(other.size()));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            other.add(random.nextInt(other.size() + 1), new Addition("company", Measure.WON_AMOUNT, "", 7, 1));
        }
        Contributions change = new Contributions();
        change.add("company", Measure.WON_AMOUNT, "", 7, 5);
        change.add(of(other), of(additions));
        change.add(of(additions), of(other));

        assertThat(change.values())
                .containsExactly(Map.entry(new ContributionKey("company", Measure.WON_AMOUNT, "", 7), 5L));
        Map<ContributionKey, Long> sum = new HashMap<>(of(additions).values());
        of(other)
                .minus(of(additions))
                .forEach((key, value) -> sum.merge(key, value, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b)));
        assertThat(sum).isEqualTo(of(other).values());
    }

    @Test
    void whatAnOlderEngineDoesNotKnowIsLeftOut() {
        Contributions all = new Contributions();
        all.add("company", Measure.WON_AMOUNT, "", 1, 2);
        all.add("company", Measure.CALLS_MADE, "1-9", 1, 3);

        assertThat(all.ofFirst(Measure.COUNT)).isSameAs(all);
        assertThat(all.ofFirst(Measure.COUNT_OF_RELEASE_1).values())
                .containsExactly(Map.entry(new ContributionKey("company", Measure.WON_AMOUNT, "", 1), 2L));
    }

    private static Contributions of(List<Addition> additions) {
        Contributions contributions = new Contributions();
        additions.forEach(addition -> addition.to(contributions));
        return contributions;
    }

    @Provide
    Arbitrary<List<Addition>> manyAdditions() {
        return Combinators.combine(
                        Arbitraries.of("company", "rep:ann", "rep:bob", "team:north"),
                        Arbitraries.of(Measure.WON_AMOUNT, Measure.DWELL_COUNT, Measure.CALLS_MADE),
                        Arbitraries.of("", "demo", "offer"),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.longs().between(-2, 2))
                .as(Addition::new)
                .list()
                .ofMaxSize(400);
    }

    @Provide
    Arbitrary<List<Addition>> additions() {
        return Combinators.combine(
                        Arbitraries.of("company", "rep:ann"),
                        Arbitraries.of(Measure.WON_AMOUNT, Measure.DWELL_COUNT),
                        Arbitraries.of("", "demo"),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.longs().between(-2, 2))
                .as(Addition::new)
                .list()
                .ofMaxSize(25);
    }
}
