package io.leadpulse.domain.probability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.domain.rate.Rate;
import io.leadpulse.oracle.StatisticsOracle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    /** The example of scikit-learn's brier_score_loss: 0, 1, 1, 0 forecast as 0.1, 0.9, 0.8, 0.3 score 0.0375. */
    @Test
    void hasTheBrierScoreOfScikitLearnsExample() {
        Calibration calibration = Calibration.EMPTY;
        for (int i = 0; i < 3; i++) {
            calibration =
                    calibration.plus(0.1, false).plus(0.9, true).plus(0.8, true).plus(0.3, false);
        }
        assertThat(calibration.brierScore().value()).isCloseTo(0.0375, within(1e-15));
        // Half were won: the base rate scores 0.25.
        assertThat(calibration.skill().value()).isCloseTo(1 - 0.0375 / 0.25, within(1e-15));
    }

    @Test
    void needsTenCasesAndBothEndings() {
        Calibration calibration = Calibration.EMPTY;
        assertThat(calibration.brierScore().lack().text()).isEqualTo("10 cases, has 0");
        assertThat(calibration.bins().get(3).meanSaid().lack().text()).isEqualTo("1 case, has 0");
        for (int i = 0; i < 9; i++) {
            calibration = calibration.plus(0.5, true);
        }
        assertThat(calibration.skill().lack().text()).isEqualTo("10 cases, has 9");
        calibration = calibration.plus(0.5, true);
        assertThat(calibration.brierScore().value()).isEqualTo(0.25);
        assertThat(calibration.skill().lack().text()).isEqualTo("values that differ");
    }

    @Test
    void countsByTenthsOfWhatWasSaid() {
        Calibration calibration = Calibration.EMPTY
                .plus(0, false)
                .plus(0.099_999, false)
                .plus(0.1, true)
                .plus(0.95, true)
                .plus(1, false);
        assertThat(calibration.bins().get(0).observed()).isEqualTo(new Rate(0, 2));
        assertThat(calibration.bins().get(1).observed()).isEqualTo(new Rate(1, 1));
        assertThat(calibration.bins().get(9).observed()).isEqualTo(new Rate(1, 2));
        assertThat(calibration.bins().get(9).meanSaid().value()).isEqualTo(0.975);
        assertThat(calibration.all().observed()).isEqualTo(new Rate(2, 5));
        assertThatThrownBy(() -> Calibration.EMPTY.plus(1.1, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Calibration.EMPTY.plus(Double.NaN, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Calibration.EMPTY.minus(0.5, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Calibration(List.of(), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void judgesEachLeadByThoseClosedBefore() {
        List<ClosedLead> leads = new ArrayList<>();
        leads.add(lead(3, "c", "bad", false));
        leads.add(lead(1, "a", "good", true));
        leads.add(lead(4, "d", "good", true));
        leads.add(lead(2, "b", "bad", false));
        Calibration calibration = Calibration.prequential(leads);
        // Of a and b nothing could be said. c was judged by a and b, d by a, b and c.
        WinTable two = WinTable.of(leads.get(1)).plus(WinTable.of(leads.get(3)));
        WinTable three = two.plus(WinTable.of(leads.get(0)));
        assertThat(calibration)
                .isEqualTo(Calibration.EMPTY
                        .plus(two.probability(Map.of("fit", "bad"), null).value(), false)
                        .plus(three.probability(Map.of("fit", "good"), null).value(), true));
        assertThat(calibration.all().observed()).isEqualTo(new Rate(1, 2));
    }

    @Property(tries = 60, seed = "20261122")
    void prequentialIsTheOracleOfAllThatWasSaid(@ForAll @IntRange(min = 2, max = 40) int cases, @ForAll long seed) {
        Random random = new Random(seed);
        List<ClosedLead> leads = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            leads.add(WinTableTest.random(random, i));
        }
        List<ClosedLead> ordered = new ArrayList<>(leads);
        ordered.sort(Comparator.comparing(lead -> String.format("%05d %s", lead.closedMillis(), lead.id())));
        List<Double> said = new ArrayList<>();
        List<Boolean> won = new ArrayList<>();
        List<StatisticsOracle.Case> before = new ArrayList<>();
        for (ClosedLead lead : ordered) {
            boolean bothEndings = before.stream().anyMatch(StatisticsOracle.Case::won)
                    && !before.stream().allMatch(StatisticsOracle.Case::won);
            if (bothEndings) {
                said.add(StatisticsOracle.winProbability(before, lead.attributes(), lead.stageBefore()));
                won.add(lead.won());
            }
            before.add(new StatisticsOracle.Case(lead.attributes(), lead.reachedStages(), lead.won()));
        }
        Collections.shuffle(leads, random);
        Calibration calibration = Calibration.prequential(leads);
        assertThat(calibration.all().observed().denominator()).isEqualTo(said.size());
        if (said.size() >= 10) {
            // Clamping and rounding to millionths move it a little.
            assertThat(calibration.brierScore().value())
                    .isCloseTo(StatisticsOracle.brierScore(said, won), within(2.1e-4));
        }
    }

    @Property(seed = "20261122")
    void isAFunctionOfTheCasesAlone(@ForAll @IntRange(max = 60) int cases, @ForAll long seed) {
        Random random = new Random(seed);
        List<Double> said = new ArrayList<>();
        List<Boolean> won = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            said.add(random.nextDouble());
            won.add(random.nextBoolean());
        }
        Calibration calibration = Calibration.EMPTY;
        for (int i = 0; i < cases; i++) {
            calibration = calibration.plus(said.get(i), won.get(i));
        }
        if (cases >= 10) {
            assertThat(calibration.brierScore().value())
                    .isCloseTo(StatisticsOracle.brierScore(said, won), within(2e-6));
        }
        for (int i = 0; i < cases; i++) {
            calibration = calibration.minus(said.get(i), won.get(i));
        }
        assertThat(calibration).isEqualTo(Calibration.EMPTY);
    }

    private static ClosedLead lead(long closed, String id, String fit, boolean won) {
        return new ClosedLead(closed, id, Map.of("fit", fit), null, Set.of(), won);
    }
}
