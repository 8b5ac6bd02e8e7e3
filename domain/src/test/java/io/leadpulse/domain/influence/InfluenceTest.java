package io.leadpulse.domain.influence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InfluenceTest {

    /**
     * Graduate admissions at Berkeley in 1973, by department: admitted and rejected men, admitted and rejected women (P. J.
     * Bickel, E. A. Hammel and J. W. O'Connell, Sex Bias in Graduate Admissions, Science 187 (1975), 398-404; R's data set
     * {@code UCBAdmissions}).
     */
    private static final List<ActCounts> BERKELEY = List.of(
            new ActCounts(512, 313, 89, 19),
            new ActCounts(353, 207, 17, 8),
            new ActCounts(120, 205, 202, 391),
            new ActCounts(138, 279, 131, 244),
            new ActCounts(53, 138, 94, 299),
            new ActCounts(22, 351, 24, 317));

    /** R: {@code mantelhaen.test(UCBAdmissions)} estimates a common odds ratio of 0.9046968; all in one pot it is 1.84. */
    @Test
    void comparesOnlyWithinAStage() {
        Influence across = Influence.across(BERKELEY);
        assertThat(Math.exp(across.logOdds().value())).isCloseTo(0.9046968, within(5e-8));
        assertThat(across.with()).isEqualTo(2_691);
        assertThat(across.without()).isEqualTo(1_835);
        assertThat(across.lift().value()).isLessThan(1);

        ActCounts onePot = ActCounts.NONE;
        for (ActCounts department : BERKELEY) {
            onePot = onePot.plus(department);
        }
        Influence naive = Influence.of(onePot);
        assertThat(Math.exp(naive.logOdds().value())).isCloseTo(1.84, within(0.005));
        assertThat(naive.lift().value()).isGreaterThan(1.1);
    }

    /**
     * R. Doll and A. B. Hill, Smoking and Carcinoma of the Lung, British Medical Journal 2 (1950), 739-748, table IV, men: 647
     * smokers and 2 others had it, 622 and 27 had not; the odds ratio is 14.04.
     */
    @Test
    void isTheLogarithmOfTheOddsRatio() {
        ActCounts smoking = new ActCounts(647, 622, 2, 27);
        assertThat(Math.exp(Influence.across(List.of(smoking)).logOdds().value()))
                .isCloseTo(14.04, within(0.005));
        assertThat(Influence.of(smoking).logOdds().value())
                .isCloseTo(Math.log(647.5 * 27.5 / (622.5 * 2.5)), within(1e-14));
        // Half of all had it; of the smokers 647 of 1,269.
        assertThat(Influence.of(smoking).lift().value()).isCloseTo(647.0 / 1_269 / 0.5, within(1e-14));
        assertThat(Influence.of(smoking).lossLift().value()).isCloseTo(622.0 / 1_269 / 0.5, within(1e-14));
    }

    @Test
    void anEmptyCellIsNotInfinite() {
        Influence influence = Influence.of(new ActCounts(12, 0, 10, 10));
        assertThat(influence.logOdds().value()).isCloseTo(Math.log(12.5 * 10.5 / (0.5 * 10.5)), within(1e-14));
        assertThat(influence.lift().value()).isCloseTo(32.0 / 22, within(1e-14));
        assertThat(influence.lossLift().value()).isZero();
        assertThat(Influence.across(List.of(new ActCounts(12, 0, 10, 10)))
                        .logOdds()
                        .lack()
                        .text())
                .isEqualTo("won and lost leads, with it and without, at one stage");
    }

    @Test
    void needsBothSidesAndBothEndings() {
        assertThat(Influence.of(ActCounts.NONE).lift().lack().text()).isEqualTo("1 closed lead with it, has 0");
        assertThat(Influence.of(new ActCounts(3, 4, 0, 0)).logOdds().lack().text())
                .isEqualTo("1 closed lead without it, has 0");
        Influence nobodyWon = Influence.of(new ActCounts(0, 4, 0, 5));
        assertThat(nobodyWon.lift().lack().text()).isEqualTo("1 won deal, has 0");
        assertThat(nobodyWon.lossLift().value()).isEqualTo(1.0);
        assertThat(Influence.across(List.of()).lift().lack().text()).isEqualTo("1 closed lead with it, has 0");
        assertThat(Influence.of(new ActCounts(4, 5, 30, 30)).isGrey()).isTrue();
        assertThat(Influence.of(new ActCounts(5, 5, 30, 30)).isGrey()).isFalse();
    }

    @Test
    void warnsOfLossFromTwiceTheUsualOn() {
        // 40 of 160 are lost, of those with the act 15 of 30: twice as many.
        Influence twice = Influence.of(new ActCounts(15, 15, 105, 25));
        assertThat(twice.lossLift().value()).isEqualTo(2.0);
        assertThat(twice.warnsOfLoss(100)).isTrue();
        assertThat(twice.warnsOfLoss(99)).isFalse();
        assertThat(twice.warningLack(99).text()).isEqualTo("100 lost leads, has 99");
        Influence fewer = Influence.of(new ActCounts(14, 15, 106, 25));
        assertThat(fewer.warnsOfLoss(100)).isFalse();
        assertThat(fewer.warningLack(100).text()).isEqualTo("30 closed leads with it, has 29");
        Influence less = Influence.of(new ActCounts(16, 15, 104, 25));
        assertThat(less.warningLack(100)).isNull();
        assertThat(less.warnsOfLoss(100)).isFalse();
        assertThat(Influence.of(new ActCounts(30, 0, 5, 0)).warningLack(100).text())
                .isEqualTo("1 lost deal, has 0");
    }

    @Test
    void refusesNegativeCounts() {
        assertThatThrownBy(() -> ActCounts.NONE.minus(ActCounts.ofOne(true, true)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(seed = "20261122")
    void isAFunctionOfTheLeadsAlone(@ForAll @IntRange(min = 1, max = 200) int leads, @ForAll long seed) {
        Random random = new Random(seed);
        List<boolean[]> cases = new ArrayList<>();
        for (int i = 0; i < leads; i++) {
            cases.add(new boolean[] {random.nextBoolean(), random.nextInt(3) == 0});
        }
        long wonWith = cases.stream().filter(each -> each[0] && each[1]).count();
        long with = cases.stream().filter(each -> each[1]).count();
        long won = cases.stream().filter(each -> each[0]).count();
        Collections.shuffle(cases, random);
        ActCounts counts = ActCounts.NONE;
        for (boolean[] each : cases) {
            counts = counts.plus(ActCounts.ofOne(each[0], each[1]));
        }
        assertThat(counts)
                .isEqualTo(new ActCounts(wonWith, with - wonWith, won - wonWith, leads - with - won + wonWith));
        Influence influence = Influence.of(counts);
        if (influence.lift().lack() == null) {
            assertThat(influence.lift().value())
                    .isCloseTo((double) wonWith / with / ((double) won / leads), within(1e-12));
        }
        if (influence.lossLift().lack() == null) {
            assertThat(influence.lossLift().value())
                    .isCloseTo((double) (with - wonWith) / with / ((double) (leads - won) / leads), within(1e-12));
        }
        for (boolean[] each : cases) {
            counts = counts.minus(ActCounts.ofOne(each[0], each[1]));
        }
        assertThat(counts).isEqualTo(ActCounts.NONE);
    }
}
