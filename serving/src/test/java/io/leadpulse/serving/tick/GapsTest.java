package io.leadpulse.serving.tick;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GapsTest {
    private static final long MINUTE = 60_000;

    @Test
    void saysNothingUnderTenRecords() {
        Gaps gaps = new Gaps();
        gaps.note(0, 100);
        assertThat(gaps.seconds(10 * MINUTE, 109)).isNull();
        assertThat(gaps.seconds(10 * MINUTE, 110)).isEqualTo(60.0);
    }

    @Test
    void forgetsWhatIsOlderThanAnHour() {
        Gaps gaps = new Gaps();
        gaps.note(0, 0);
        gaps.note(30 * MINUTE, 3_600);
        gaps.note(90 * MINUTE, 3_660);
        assertThat(gaps.seconds(90 * MINUTE, 3_660)).isEqualTo(60.0);
    }
}
