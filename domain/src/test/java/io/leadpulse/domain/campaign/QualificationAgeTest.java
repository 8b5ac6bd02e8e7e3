package io.leadpulse.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QualificationAgeTest {

    @Test
    void exactlySoLongAfterTheTouchIsStillWithin() {
        assertThat(QualificationAge.of(0)).isEqualTo("15");
        assertThat(QualificationAge.of(Duration.ofMinutes(15).toMillis())).isEqualTo("15");
        assertThat(QualificationAge.of(Duration.ofMinutes(15).toMillis() + 1)).isEqualTo("30");
        assertThat(QualificationAge.of(Duration.ofHours(24).toMillis())).isEqualTo("1440");
        assertThat(QualificationAge.of(Duration.ofDays(30).toMillis() + 1)).isEqualTo(QualificationAge.LATER);
    }

    @Test
    void withinATimeAreAllClassesUpToIt() {
        assertThat(QualificationAge.within(Duration.ofHours(1))).containsExactly("15", "30", "60");
        assertThat(QualificationAge.within(Duration.ofDays(14))).hasSize(12).endsWith("20160");
        assertThatIllegalArgumentException().isThrownBy(() -> QualificationAge.within(Duration.ofMinutes(20)));
    }
}
