package io.leadpulse.domain.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GroupSumTest {

    private static final Decay DAILY = Decay.halfLife(86_400_000);
    private static final long MONDAY = 1_772_409_600_000L;
    private static final long DAY = 86_400_000L;

    @Test
    void anEventInOrderBringsTheSumToItsTime() {
        GroupSum sum = GroupSum.EMPTY.add(8, MONDAY, DAILY).add(1, MONDAY + 2 * DAY, DAILY);
        assertThat(sum).isEqualTo(new GroupSum(3, MONDAY + 2 * DAY));
    }

    @Test
    void aLateEventAddsWhatIsLeftOfIt() {
        GroupSum sum = GroupSum.EMPTY.add(1, MONDAY + 2 * DAY, DAILY).add(8, MONDAY, DAILY);
        assertThat(sum).isEqualTo(new GroupSum(3, MONDAY + 2 * DAY));
    }

    @Test
    void aRetractionSubtractsTheSame() {
        GroupSum sum =
                GroupSum.EMPTY.add(8, MONDAY, DAILY).add(5, MONDAY + DAY, DAILY).subtract(5, MONDAY + DAY, DAILY);
        assertThat(sum.at(MONDAY + DAY, DAILY)).isEqualTo(4);
    }

    @Test
    void twoLeadsMergeAtTheLaterReferenceTime() {
        GroupSum one = GroupSum.EMPTY.add(8, MONDAY, DAILY);
        GroupSum other = GroupSum.EMPTY.add(1, MONDAY + 3 * DAY, DAILY);
        assertThat(one.merge(other, DAILY))
                .isEqualTo(other.merge(one, DAILY))
                .isEqualTo(new GroupSum(2, MONDAY + 3 * DAY));
    }

    @Test
    void theEmptySumIsNeutral() {
        GroupSum sum = GroupSum.EMPTY.add(8, MONDAY, DAILY);
        assertThat(GroupSum.EMPTY.merge(sum, DAILY)).isEqualTo(sum);
        assertThat(sum.merge(GroupSum.EMPTY, DAILY)).isEqualTo(sum);
        assertThat(GroupSum.EMPTY.at(MONDAY, DAILY)).isZero();
    }

    @Test
    void whatDoesNotDecayIsAPlainSum() {
        GroupSum sum = GroupSum.EMPTY.add(-30, MONDAY, Decay.NONE).add(5, MONDAY - 900 * DAY, Decay.NONE);
        assertThat(sum.at(MONDAY + 900 * DAY, Decay.NONE)).isEqualTo(-25);
    }

    @Test
    void veryOldPointsVanishInsteadOfOverflowing() {
        GroupSum sum = GroupSum.EMPTY.add(50, 0, Decay.halfLife(1_000)).add(7, MONDAY, Decay.halfLife(1_000));
        assertThat(sum.points()).isEqualTo(7);
        assertThat(GroupSum.EMPTY
                        .add(7, MONDAY, Decay.halfLife(1_000))
                        .add(50, 0, Decay.halfLife(1_000))
                        .points())
                .isCloseTo(7, within(1e-12));
    }

    @Test
    void refusesATimeBeforeTheReferenceTimeAndAWindow() {
        GroupSum sum = GroupSum.EMPTY.add(8, MONDAY, DAILY);
        assertThatThrownBy(() -> sum.at(MONDAY - 1, DAILY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reference time");
        assertThatThrownBy(() -> sum.at(MONDAY, Decay.window(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("day panes");
    }
}
