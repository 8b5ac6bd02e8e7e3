package io.leadpulse.domain.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

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

    private static Contributions of(List<Addition> additions) {
        Contributions contributions = new Contributions();
        additions.forEach(addition -> addition.to(contributions));
        return contributions;
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
