package io.leadpulse.domain.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.domain.rate.RateComparison.Verdict;
import io.leadpulse.oracle.StatisticsOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RateComparisonTest {

    /**
     * The Pennsylvania State University, STAT 415, lesson 9.4, Comparing Two Proportions: 351 of 605 non-smokers and 41
     * of 195 smokers are for a tax; Z = 8.99.
     */
    @Test
    void hasTheZOfPennStatesExample() {
        RateComparison comparison = RateComparison.of(new Rate(41, 195), new Rate(351, 605));
        assertThat(comparison.z()).isCloseTo(8.99, within(0.005));
        assertThat(comparison.verdict()).isEqualTo(Verdict.BETTER);
    }

    /** The comparison of 118 with 80 of 3,303 each at usablestats.com (Ask Stats, question 866): 2.74195. */
    @Test
    void hasTheZOfUsableStats() {
        RateComparison comparison = RateComparison.of(new Rate(118, 3_303), new Rate(80, 3_303));
        assertThat(comparison.z()).isCloseTo(-2.74195, within(0.0002));
        assertThat(comparison.verdict()).isEqualTo(Verdict.WORSE);
    }

    /** The example in the README of stat-tests (github.com/yang-zhang/stat-tests): z = -0.18400991456652802. */
    @Test
    void hasTheZOfStatTests() {
        RateComparison comparison = RateComparison.of(new Rate(21, 298), new Rate(20, 300));
        assertThat(comparison.z()).isCloseTo(-0.18400991456652802, within(1e-14));
        assertThat(comparison.verdict()).isEqualTo(Verdict.UNCHANGED);
        assertThat(comparison.lack()).isNull();
    }

    @Test
    void tellsOfTheTemplateThatWorksWorse() {
        // The story: replies fall from 9.4 to 5.6 %.
        assertThat(RateComparison.of(new Rate(376, 4_000), new Rate(34, 607)).verdict())
                .isEqualTo(Verdict.WORSE);
    }

    @Test
    void needsFiftyOnBothSides() {
        RateComparison few = RateComparison.of(new Rate(100, 200), new Rate(0, 49));
        assertThat(few.verdict()).isEqualTo(Verdict.TOO_FEW);
        assertThat(few.z()).isLessThan(-2.6);
        assertThat(few.lack().text()).isEqualTo("50 cases now, has 49");
        assertThat(RateComparison.of(new Rate(49, 49), new Rate(0, 200)).lack().text())
                .isEqualTo("50 cases before, has 49");
        assertThat(RateComparison.of(new Rate(50, 50), new Rate(0, 50)).verdict())
                .isEqualTo(Verdict.WORSE);
        assertThat(RateComparison.of(Rate.NONE, new Rate(0, 50)).z()).isNull();
        assertThat(RateComparison.of(new Rate(0, 50), Rate.NONE).z()).isNull();
    }

    @Test
    void isToldFromABoundThatFewReachByChance() {
        assertThat(RateComparison.of(new Rate(300, 600), new Rate(255, 600)).z())
                .isBetween(-2.62, -2.60);
        assertThat(RateComparison.of(new Rate(300, 600), new Rate(255, 600)).verdict())
                .isEqualTo(Verdict.WORSE);
        assertThat(RateComparison.of(new Rate(300, 600), new Rate(256, 600)).z())
                .isBetween(-2.56, -2.54);
        assertThat(RateComparison.of(new Rate(300, 600), new Rate(256, 600)).verdict())
                .isEqualTo(Verdict.UNCHANGED);
    }

    @Test
    void noneAndAllOnBothSidesAreNoChange() {
        assertThat(RateComparison.of(new Rate(0, 80), new Rate(0, 60)).z()).isZero();
        assertThat(RateComparison.of(new Rate(80, 80), new Rate(60, 60)).verdict())
                .isEqualTo(Verdict.UNCHANGED);
    }

    @Property(tries = 300, seed = "20261122")
    void squaredItIsPearsonsChiSquared(
            @ForAll @LongRange(max = 2_000) long a,
            @ForAll @LongRange(max = 2_000) long b,
            @ForAll @LongRange(max = 2_000) long c,
            @ForAll @LongRange(max = 2_000) long d) {
        Rate before = new Rate(a, a + b + 1);
        Rate now = new Rate(c, c + d + 1);
        RateComparison comparison = RateComparison.of(before, now);
        double chiSquared = StatisticsOracle.chiSquared(
                now.numerator(), now.denominator(), before.numerator(), before.denominator());
        assertThat(comparison.z() * comparison.z()).isCloseTo(chiSquared, within(1e-9 * (1 + chiSquared)));
        assertThat(RateComparison.of(now, before).z()).isCloseTo(-comparison.z(), within(1e-9));
        if (comparison.lack() == null) {
            assertThat(comparison.verdict()).isEqualTo(verdictOf(comparison.z()));
        } else {
            assertThat(Math.min(before.denominator(), now.denominator())).isLessThan(50);
        }
    }

    private static Verdict verdictOf(double z) {
        return Math.abs(z) < 2.6 ? Verdict.UNCHANGED : z < 0 ? Verdict.WORSE : Verdict.BETTER;
    }
}
