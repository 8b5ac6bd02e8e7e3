package io.leadpulse.domain.probability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WinProbabilityTest {
    @ParameterizedTest
    @CsvSource({
        "0, < 1 %",
        "0.0001, < 1 %",
        "0.0049, < 1 %",
        "0.005, 1 %",
        "0.0149, 1 %",
        "0.5, 50 %",
        "0.743, 74 %",
        "0.985, 99 %",
        "0.9949, 99 %",
        "0.995, > 99 %",
        "0.9999, > 99 %",
        "1, > 99 %"
    })
    void isNeverSaidToBeCertain(double value, String words) {
        assertThat(WinProbability.inWords(value)).isEqualTo(words);
    }

    @Test
    void theBoundsAreSaidToBeBounds() {
        assertThat(WinProbability.inWords(WinTable.LEAST)).isEqualTo("< 1 %");
        assertThat(WinProbability.inWords(WinTable.MOST)).isEqualTo("> 99 %");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoProbability(double value) {
        assertThatThrownBy(() -> WinProbability.inWords(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not in 0..1");
    }
}
