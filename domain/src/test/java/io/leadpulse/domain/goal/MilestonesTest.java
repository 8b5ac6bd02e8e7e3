package io.leadpulse.domain.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MilestonesTest {

    @ParameterizedTest
    @CsvSource({
        "-5, 100, ''",
        "0, 100, ''",
        "49, 100, ''",
        "50, 100, 50",
        "89, 100, 50",
        "90, 100, '50,90'",
        "99, 100, '50,90'",
        "100, 100, '50,90,100'",
        "250, 100, '50,90,100'",
        // Half of 3 is 1.5 and nine tenths are 2.7: 2 is the half, only 3 is more.
        "1, 3, ''",
        "2, 3, 50",
        "3, 3, '50,90,100'",
        "0, 1, ''",
        "1, 1, '50,90,100'",
        "9223372036854775807, 9223372036854775807, '50,90,100'"
    })
    void stepsAreReachedExactly(long achieved, long goal, String steps) {
        assertThat(Milestones.reached(achieved, goal).stream().map(String::valueOf))
                .containsExactly(steps.isEmpty() ? new String[0] : steps.split(","));
    }

    @Test
    void aGoalOfNothingIsRefused() {
        assertThatThrownBy(() -> Milestones.reached(5, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }
}
