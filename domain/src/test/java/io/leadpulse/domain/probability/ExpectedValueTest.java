package io.leadpulse.domain.probability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.domain.figure.WholeFigure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectedValueTest {
    private static final WinProbability SAID = new WinProbability(0.743, List.of(), null);

    @Test
    void isProbabilityTimesSize() {
        assertThat(ExpectedValue.of(2_900_00L, SAID)).isEqualTo(WholeFigure.of(2_154_70));
        assertThat(ExpectedValue.of(0L, SAID)).isEqualTo(WholeFigure.of(0));
    }

    @Test
    void isRoundedOnceHalfUp() {
        assertThat(ExpectedValue.of(5L, 0.5)).isEqualTo(3);
        assertThat(ExpectedValue.of(-5L, 0.5)).isEqualTo(-3);
        assertThat(ExpectedValue.of(1L, 0.499_9)).isZero();
        // The product is exact: in doubles it would be 0.9999 x 10^18 and some.
        assertThat(ExpectedValue.of(1_000_000_000_000_000_003L, 0.999_9)).isEqualTo(999_900_000_000_000_003L);
    }

    @Test
    void saysWhatItNeeds() {
        WinProbability unknown = WinTable.EMPTY.probability(Map.of(), null);
        assertThat(ExpectedValue.of(null, SAID).lack().text()).isEqualTo("an amount");
        assertThat(ExpectedValue.of(1L, unknown).lack().text()).isEqualTo("1 won deal, has 0");
        assertThatThrownBy(() -> ExpectedValue.of(1L, 1.5)).isInstanceOf(IllegalArgumentException.class);
    }
}
