package io.leadpulse.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.measure.Measure;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class BlockKeyTest {

    @Test
    void thirtyTwoDaysShareABlockAlsoBefore1970() {
        assertThat(BlockKey.blockOf(Measure.WON_AMOUNT, 0)).isZero();
        assertThat(BlockKey.blockOf(Measure.WON_AMOUNT, 31)).isZero();
        assertThat(BlockKey.blockOf(Measure.WON_AMOUNT, 32)).isEqualTo(1);
        assertThat(BlockKey.blockOf(Measure.WON_AMOUNT, -1)).isEqualTo(-1);
        assertThat(BlockKey.blockOf(Measure.WON_AMOUNT, -32)).isEqualTo(-1);
        assertThat(BlockKey.blockOf(Measure.WON_AMOUNT, -33)).isEqualTo(-2);
    }

    @Test
    void aHistogramsBlockHoldsTheSameDaysAsTheSumsOfThoseDays() {
        for (int day : new int[] {-33, -1, 0, 31, 32, 20_000, last()}) {
            for (long millis : new long[] {-5, 0, 1, 86_400_000L, 230 * 366 * 86_400_000L}) {
                assertThat(BlockKey.blockOf(Measure.CYCLE_HISTOGRAM, Measure.histogramPane(day, millis)))
                        .as("day %d, duration %d", day, millis)
                        .isEqualTo(BlockKey.blockOf(Measure.WON_AMOUNT, day));
            }
        }
    }

    @Test
    void oneDayOfFiveMinutesIsOneBlockNumberedAsTheDay() {
        for (int day : new int[] {-1, 0, 20_000, last()}) {
            int first = day * Measure.SLOTS_PER_DAY;
            assertThat(BlockKey.blockOf(Measure.WON_AMOUNT_FIVE_MINUTES, first)).isEqualTo(day);
            assertThat(BlockKey.blockOf(Measure.WON_AMOUNT_FIVE_MINUTES, first + Measure.SLOTS_PER_DAY - 1))
                    .isEqualTo(day);
        }
    }

    @Test
    void theTotalIsApartFromEveryDay() {
        assertThat(BlockKey.ofTotal(Measure.WON_AMOUNT, "").block()).isEqualTo(BlockKey.TOTAL);
        assertThat(BlockKey.blockOf(Measure.WON_AMOUNT, Integer.MIN_VALUE)).isNotEqualTo(BlockKey.TOTAL);
    }

    private static int last() {
        return (int) LocalDate.of(2199, 12, 31).toEpochDay();
    }
}
