package io.leadpulse.domain.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceLifeTest {
    private static final long END = 1_000;
    private static final long LATER = 5_000;

    @Test
    void aDayIsBehindBelowItsIndexOnly() {
        List<Double> better = earlier(60, 0);
        assertThat(PaceRule.DAY.isBehind(0.8499, 10, better)).isTrue();
        assertThat(PaceRule.DAY.isBehind(0.85, 10, better)).isFalse();
        assertThat(PaceRule.DAY.isBehind(Double.NaN, 10, better)).isFalse();
    }

    @Test
    void aDayIsBehindWhenAtMostTwoOfSixtyHadAsLittle() {
        assertThat(PaceRule.DAY.isBehind(0.5, 10, earlier(60, 2))).isTrue();
        assertThat(PaceRule.DAY.isBehind(0.5, 10, earlier(60, 3))).isFalse();
        assertThat(PaceRule.DAY.isBehind(0.5, 9, earlier(60, 3))).isTrue();
    }

    @Test
    void nothingIsToldOfADayBeforeThereAreSixty() {
        assertThat(PaceRule.DAY.isBehind(0.1, 0, earlier(59, 0))).isFalse();
        assertThat(PaceRule.DAY.isBehind(0.1, 0, earlier(60, 0))).isTrue();
    }

    @Test
    void aMonthIsBehindWhenNoneOfSixHadAsLittle() {
        assertThat(PaceRule.MONTH.isBehind(0.89, 10, earlier(6, 0))).isTrue();
        assertThat(PaceRule.MONTH.isBehind(0.90, 10, earlier(6, 0))).isFalse();
        assertThat(PaceRule.MONTH.isBehind(0.89, 10, earlier(6, 1))).isFalse();
        assertThat(PaceRule.MONTH.isBehind(0.89, 10, earlier(5, 0))).isFalse();
    }

    @Test
    void itBeginsAtTheFirstLookThatFindsItSo() {
        assertThat(life(look(100, 0.9), look(200, 0.8), look(300, 0.5))).isEqualTo(new PaceLife(200, PaceLife.LASTS));
        assertThat(life(look(100, 0.9), look(200, 0.86))).isNull();
    }

    @Test
    void itIsOverWhenTheIndexIsFiveHundredthsAboveWhereItBegan() {
        assertThat(life(look(100, 0.8), sale(150, 0.8999), sale(160, 0.9), sale(170, 0.95)))
                .isEqualTo(new PaceLife(100, 160));
    }

    @Test
    void itIsToldOnceAPeriod() {
        assertThat(life(look(100, 0.8), sale(150, 0.95), look(200, 0.7))).isEqualTo(new PaceLife(100, 150));
    }

    @Test
    void aMomentBetweenTheLooksBeginsNothing() {
        assertThat(life(sale(50, 0.1), look(100, 0.9))).isNull();
    }

    @Test
    void itEndsWithThePeriodAtTheLatest() {
        assertThat(PaceLife.of(PaceRule.DAY, List.of(look(100, 0.8)), END, END - 1)
                        .resolvedMillis())
                .isEqualTo(PaceLife.LASTS);
        assertThat(PaceLife.of(PaceRule.DAY, List.of(look(100, 0.8)), END, END)).isEqualTo(new PaceLife(100, END));
        assertThat(PaceLife.of(PaceRule.DAY, List.of(look(100, 0.8)), END, LATER))
                .isEqualTo(new PaceLife(100, END));
    }

    @Test
    void anIndexThatThereIsNotDoesNotEndIt() {
        assertThat(life(look(100, 0.8), sale(150, Double.NaN))).isEqualTo(new PaceLife(100, PaceLife.LASTS));
    }

    private static PaceLife life(PaceLife.Mark... marks) {
        return PaceLife.of(PaceRule.DAY, List.of(marks), END, END - 1);
    }

    private static PaceLife.Mark look(long timeMillis, double index) {
        return new PaceLife.Mark(timeMillis, index, 10, earlier(60, 0));
    }

    private static PaceLife.Mark sale(long timeMillis, double index) {
        return new PaceLife.Mark(timeMillis, index, 10, null);
    }

    /** So many periods, of which some had exactly 10 at this position and the others 11. */
    private static List<Double> earlier(int periods, int asLittle) {
        List<Double> earlier = new ArrayList<>(Collections.nCopies(asLittle, 10.0));
        earlier.addAll(Collections.nCopies(periods - asLittle, 11.0));
        return earlier;
    }
}
