package io.leadpulse.domain.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.domain.figure.LackKind;
import org.junit.jupiter.api.Test;

class VelocityTest {
    private static final long DAY_MILLIS = 86_400_000;

    @Test
    void isOpenTimesMeanTimesWinRateByCycle() {
        // The check of the definitions: 40 x 25,000 x 25 % / 90 = 2,777.78.
        PeriodSales trailing = new PeriodSales(0, 10 * 25_000_00L, 10, 30, 0, 10 * 90 * DAY_MILLIS, null);
        Velocity velocity = Velocity.of(40, trailing);
        assertThat(velocity.minorPerDay()).isCloseTo(2_777_78, within(1.0));
        assertThat(velocity.lack()).isNull();
    }

    @Test
    void saysNothingUnderFiveWonDeals() {
        Velocity velocity = Velocity.of(40, new PeriodSales(0, 1_00, 2, 0, 0, DAY_MILLIS, null));
        assertThat(velocity.minorPerDay()).isNull();
        assertThat(velocity.lack().text()).isEqualTo("5 won deals, has 2");
    }

    @Test
    void saysNothingOfDealsWithoutAnAmount() {
        assertThat(Velocity.of(40, new PeriodSales(0, 0, 9, 0, 0, DAY_MILLIS, null))
                        .lack()
                        .kind())
                .isEqualTo(LackKind.NO_MEAN_WON_AMOUNT);
    }
}
