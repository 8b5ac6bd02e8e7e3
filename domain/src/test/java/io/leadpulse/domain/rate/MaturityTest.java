package io.leadpulse.domain.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MaturityTest {
    private static final long DAY = 86_400_000;
    private static final Maturity WITHIN_A_DAY = new Maturity(DAY);
    private static final long CREATED = 1_700_000_000_000L;

    @Test
    void countsOnlyWhatIsOlder() {
        assertThat(WITHIN_A_DAY.isMature(CREATED, CREATED + DAY)).isFalse();
        assertThat(WITHIN_A_DAY.isMature(CREATED, CREATED + DAY + 1)).isTrue();
        assertThat(WITHIN_A_DAY.matureAtMillis(CREATED)).isEqualTo(CREATED + DAY + 1);
    }

    @Test
    void aYoungCaseIsOpenEvenIfItGotThere() {
        assertThat(WITHIN_A_DAY.outcome(CREATED, CREATED + 1, CREATED + DAY)).isEqualTo(CaseOutcome.STILL_OPEN);
        assertThat(WITHIN_A_DAY.outcome(CREATED, CREATED + 1, CREATED + DAY + 1))
                .isEqualTo(CaseOutcome.REACHED);
    }

    @Test
    void exactlyAtTheEndIsStillWithin() {
        long later = CREATED + 9 * DAY;
        assertThat(WITHIN_A_DAY.outcome(CREATED, CREATED + DAY, later)).isEqualTo(CaseOutcome.REACHED);
        assertThat(WITHIN_A_DAY.outcome(CREATED, CREATED + DAY + 1, later)).isEqualTo(CaseOutcome.NOT_REACHED);
        assertThat(WITHIN_A_DAY.outcome(CREATED, null, later)).isEqualTo(CaseOutcome.NOT_REACHED);
        assertThat(WITHIN_A_DAY.outcome(CREATED, CREATED - 5, later)).isEqualTo(CaseOutcome.REACHED);
    }

    @Test
    void refusesANegativeTime() {
        assertThatThrownBy(() -> new Maturity(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsTheOpenBesideTheRate() {
        MaturingRate rate = MaturingRate.NONE
                .plus(CaseOutcome.REACHED)
                .plus(CaseOutcome.NOT_REACHED)
                .plus(CaseOutcome.NOT_REACHED)
                .plus(CaseOutcome.STILL_OPEN);
        assertThat(rate.rate()).isEqualTo(new Rate(1, 3));
        assertThat(rate.stillOpen()).isEqualTo(1);
        assertThat(rate.plus(rate)).isEqualTo(new MaturingRate(2, 4, 2));
        assertThatThrownBy(() -> MaturingRate.NONE.minus(CaseOutcome.REACHED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(seed = "20261122")
    void isAFunctionOfTheCasesAlone(
            @ForAll @Size(max = 60) List<@IntRange(max = 30) Integer> days,
            @ForAll @IntRange(max = 30) int reachedAfter,
            @ForAll long seed) {
        long asOf = CREATED + 15 * DAY;
        long within = 7;
        List<CaseOutcome> outcomes = new ArrayList<>();
        long reached = 0;
        long mature = 0;
        for (int day : days) {
            // Every second case gets there after some days.
            Long reachedMillis = day % 2 == 0 ? (Long) (CREATED + (day + reachedAfter) * DAY) : null;
            outcomes.add(new Maturity(within * DAY).outcome(CREATED + day * DAY, reachedMillis, asOf));
            if (15 - day > within) {
                mature++;
                reached += day % 2 == 0 && reachedAfter <= within ? 1 : 0;
            }
        }
        Collections.shuffle(outcomes, new Random(seed));
        MaturingRate rate = MaturingRate.NONE;
        for (CaseOutcome outcome : outcomes) {
            rate = rate.plus(outcome);
        }
        assertThat(rate.rate()).isEqualTo(new Rate(reached, mature));
        assertThat(rate.stillOpen()).isEqualTo(days.size() - mature);
        for (CaseOutcome outcome : outcomes) {
            rate = rate.minus(outcome);
        }
        assertThat(rate).isEqualTo(MaturingRate.NONE);
    }
}
