package io.leadpulse.domain.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.oracle.StatisticsOracle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankCorrelationTest {

    /**
     * Fertility, agriculture, examination, education, Catholic of the 47 French-speaking provinces of Switzerland, about
     * 1888 (F. Mosteller and J. W. Tukey, Data Analysis and Regression, 1977; R's data set {@code swiss}).
     */
    private static final double[][] SWISS = {
        {80.2, 17.0, 15, 12, 9.96}, {83.1, 45.1, 6, 9, 84.84}, {92.5, 39.7, 5, 5, 93.40}, {85.8, 36.5, 12, 7, 33.77},
        {76.9, 43.5, 17, 15, 5.16}, {76.1, 35.3, 9, 7, 90.57}, {83.8, 70.2, 16, 7, 92.85}, {92.4, 67.8, 14, 8, 97.16},
        {82.4, 53.3, 12, 7, 97.67}, {82.9, 45.2, 16, 13, 91.38}, {87.1, 64.5, 14, 6, 98.61}, {64.1, 62.0, 21, 12, 8.52},
        {66.9, 67.5, 14, 7, 2.27}, {68.9, 60.7, 19, 12, 4.43}, {61.7, 69.3, 22, 5, 2.82}, {68.3, 72.6, 18, 2, 24.20},
        {71.7, 34.0, 17, 8, 3.30}, {55.7, 19.4, 26, 28, 12.11}, {54.3, 15.2, 31, 20, 2.15}, {65.1, 73.0, 19, 9, 2.84},
        {65.5, 59.8, 22, 10, 5.23}, {65.0, 55.1, 14, 3, 4.52}, {56.6, 50.9, 22, 12, 15.14}, {57.4, 54.1, 20, 6, 4.20},
        {72.5, 71.2, 12, 1, 2.40}, {74.2, 58.1, 14, 8, 5.23}, {72.0, 63.5, 6, 3, 2.56}, {60.5, 60.8, 16, 10, 7.72},
        {58.3, 26.8, 25, 19, 18.46}, {65.4, 49.5, 15, 8, 6.10}, {75.5, 85.9, 3, 2, 99.71}, {69.3, 84.9, 7, 6, 99.68},
        {77.3, 89.7, 5, 2, 100.00}, {70.5, 78.2, 12, 6, 98.96}, {79.4, 64.9, 7, 3, 98.22}, {65.0, 75.9, 9, 9, 99.06},
        {92.2, 84.6, 3, 3, 99.46}, {79.3, 63.1, 13, 13, 96.83}, {70.4, 38.4, 26, 12, 5.62}, {65.7, 7.7, 29, 11, 13.79},
        {72.7, 16.7, 22, 13, 11.22}, {64.4, 17.6, 35, 32, 16.92}, {77.6, 37.6, 15, 7, 4.97}, {67.6, 18.7, 25, 7, 8.65},
        {35.0, 1.2, 37, 53, 42.34}, {44.7, 46.6, 16, 29, 50.43}, {42.8, 27.7, 22, 29, 58.33}
    };

    /** What R answers to {@code cor(swiss, method = "spearman")}, as Hipparchus' own tests quote it; every column has ties. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, 0.2426642769364176",
        "0, 2, -0.660902996352354",
        "0, 3, -0.443257690360988",
        "0, 4, 0.4136455623012432",
        "1, 2, -0.598859938748963",
        "1, 3, -0.650463814145816",
        "1, 4, 0.2886878090882852",
        "2, 3, 0.674603831406147",
        "2, 4, -0.4750575257171745",
        "3, 4, -0.1444163088302244"
    })
    void isWhatRAnswersForSwitzerland(int x, int y, double rho) {
        List<RankCorrelation.Pair> pairs = new ArrayList<>();
        for (double[] province : SWISS) {
            pairs.add(new RankCorrelation.Pair(province[x], province[y]));
        }
        assertThat(RankCorrelation.of(pairs).rho()).isCloseTo(rho, within(1e-14));
        assertThat(RankCorrelation.of(pairs).pairs()).isEqualTo(47);
    }

    @Test
    void needsThirtyPairs() {
        RankCorrelation few = RankCorrelation.of(rising(29));
        assertThat(few.rho()).isNull();
        assertThat(few.lack().text()).isEqualTo("30 pairs, has 29");
        assertThat(RankCorrelation.of(rising(30)).rho()).isEqualTo(1.0);
    }

    @Test
    void needsValuesThatDiffer() {
        List<RankCorrelation.Pair> level = Collections.nCopies(40, new RankCorrelation.Pair(1, 2));
        assertThat(RankCorrelation.of(level).lack().text()).isEqualTo("values that differ");
        List<RankCorrelation.Pair> zeros = IntStream.range(0, 40)
                .mapToObj(i -> new RankCorrelation.Pair(i % 2 == 0 ? 0.0 : -0.0, i))
                .toList();
        assertThat(RankCorrelation.of(zeros).lack().text()).isEqualTo("values that differ");
    }

    @Test
    void refusesWhatHasNoRank() {
        assertThatThrownBy(() -> new RankCorrelation.Pair(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RankCorrelation.Pair(1, Double.NEGATIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RankCorrelation.of(Collections.nCopies(1_000_001, new RankCorrelation.Pair(1, 1))))
                .hasMessageContaining("at most 1000000");
    }

    @Property(tries = 200, seed = "20261122")
    void isPearsonsOfTheRanksInWhateverOrder(
            @ForAll @Size(min = 30, max = 80) List<@IntRange(max = 12) Integer> x, @ForAll long seed) {
        Random random = new Random(seed);
        List<RankCorrelation.Pair> pairs = new ArrayList<>();
        for (int value : x) {
            pairs.add(new RankCorrelation.Pair(value, random.nextInt(10) + (random.nextBoolean() ? value : 0)));
        }
        double expected = StatisticsOracle.spearman(
                pairs.stream().mapToDouble(RankCorrelation.Pair::x).toArray(),
                pairs.stream().mapToDouble(RankCorrelation.Pair::y).toArray());
        RankCorrelation correlation = RankCorrelation.of(pairs);
        if (Double.isNaN(expected)) {
            assertThat(correlation.rho()).isNull();
            return;
        }
        assertThat(correlation.rho()).isCloseTo(expected, within(1e-12));
        Collections.shuffle(pairs, random);
        assertThat(RankCorrelation.of(pairs)).isEqualTo(correlation);
        // Any rising function of the values gives the same ranks; turning one side round turns the sign.
        List<RankCorrelation.Pair> bent = pairs.stream()
                .map(pair -> new RankCorrelation.Pair(Math.exp(pair.x()), -pair.y()))
                .toList();
        assertThat(RankCorrelation.of(bent).rho()).isEqualTo(-correlation.rho());
    }

    @Test
    void pairsAWeekWithItselfAndTheTwoAfter() {
        assertThat(LaggedWeeks.pairs(List.of(10L, 20L, 30L, 40L), List.of(1L, 2L, 4L, 8L)))
                .containsExactly(new RankCorrelation.Pair(10, 7), new RankCorrelation.Pair(20, 14));
        assertThat(LaggedWeeks.pairs(List.of(10L, 20L), List.of(1L, 2L))).isEmpty();
        assertThatThrownBy(() -> LaggedWeeks.pairs(List.of(10L), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<RankCorrelation.Pair> rising(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> new RankCorrelation.Pair(i, i * i))
                .toList();
    }
}
