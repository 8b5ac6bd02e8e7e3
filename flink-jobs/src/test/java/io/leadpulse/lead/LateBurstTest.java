package io.leadpulse.lead;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LateBurstTest {
    private static final long START = 1_000_000;

    private final LateBurst burst = new LateBurst();

    @Test
    void thereIsNoneAtFirst() {
        assertThat(burst.lasts(START)).isFalse();
    }

    @Test
    void isOverAMomentAfterTheLastInput() {
        burst.extend(START, false);

        assertThat(burst.lasts(START + LateBurst.CALM_MILLIS - 1)).isTrue();
        assertThat(burst.lasts(START + LateBurst.CALM_MILLIS)).isFalse();
    }

    @Test
    void waitsForWhatMayStillBeGathered() {
        burst.extend(START, true);
        burst.extend(START + 1, false);

        assertThat(burst.lasts(START + LateBurst.CALM_OF_GATHERED_MILLIS - 1)).isTrue();
        assertThat(burst.lasts(START + LateBurst.CALM_OF_GATHERED_MILLIS)).isFalse();
    }

    @Test
    void isNotWaitedForForEver() {
        for (long after = 0; after < LateBurst.PATIENCE_MILLIS; after += 3_000) {
            burst.extend(START + after, true);
            assertThat(burst.lasts(START + after)).isTrue();
        }
        burst.extend(START + LateBurst.PATIENCE_MILLIS, true);

        assertThat(burst.lasts(START + LateBurst.PATIENCE_MILLIS)).isFalse();
    }

    @Test
    void beginsAnewAfterACalm() {
        burst.extend(START, true);
        long later = START + LateBurst.PATIENCE_MILLIS;
        burst.extend(later, false);

        assertThat(burst.lasts(later)).isTrue();
    }
}
