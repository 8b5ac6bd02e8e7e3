package io.leadpulse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryPaceTest {
    private static final long NOW = TestSettings.millis("2025-03-03T09:00:00Z");
    private static final long YESTERDAY = NOW - 86_400_000;

    private final HistoryPace pace = new HistoryPace();

    @Test
    void aCorrectionOfThePastIsNoHistory() {
        for (int i = 0; i < HistoryPace.MANY; i++) {
            assertThat(pace.isHistory(YESTERDAY, NOW)).isFalse();
        }
        assertThat(pace.isHistory(YESTERDAY, NOW)).as("one more in this second").isTrue();
    }

    @Test
    void historyGoesOnIntoTheNextSecondAndIsOverOneLater() {
        for (int i = 0; i <= HistoryPace.MANY; i++) {
            pace.isHistory(YESTERDAY, NOW);
        }

        assertThat(pace.isHistory(YESTERDAY, NOW + 1_000)).isTrue();
        assertThat(pace.isHistory(YESTERDAY, NOW + 2_000)).isFalse();
    }

    @Test
    void aPauseEndsIt() {
        for (int i = 0; i <= HistoryPace.MANY; i++) {
            pace.isHistory(YESTERDAY, NOW);
        }

        assertThat(pace.isHistory(YESTERDAY, NOW + 5_000)).isFalse();
    }

    @Test
    void whatHappensNowIsNone() {
        for (int i = 0; i <= HistoryPace.MANY; i++) {
            pace.isHistory(YESTERDAY, NOW);
        }

        assertThat(pace.isHistory(NOW - HistoryPace.PAST_MILLIS, NOW)).isFalse();
        assertThat(pace.isHistory(NOW - HistoryPace.PAST_MILLIS - 1, NOW)).isTrue();
    }
}
