package io.leadpulse.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** The loop is open: nothing that takes its time moves what is to be sent after it. */
class PacedSendingTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long BEGIN = -5 * SECOND;

    /** Time that passes only where somebody waits or works. */
    private static final class VirtualTicker implements Ticker {
        private long nowNanos = BEGIN;

        @Override
        public long nanoTime() {
            return nowNanos;
        }

        @Override
        public void awaitUntil(long nanoTime) {
            nowNanos = Math.max(nowNanos, nanoTime);
        }
    }

    @Test
    void everyRecordIsSentWhenItIsDue() throws Exception {
        VirtualTicker ticker = new VirtualTicker();
        List<Long> sentNanos = new ArrayList<>();
        List<Long> dueNanos = new ArrayList<>();

        PacedSending.run(
                new Schedule(10, 1, 2, 7),
                ticker,
                BEGIN,
                (atNanos, probe) -> {
                    sentNanos.add(ticker.nanoTime());
                    dueNanos.add(BEGIN + atNanos);
                },
                new Histogram(3));

        assertThat(sentNanos).hasSize(2 * (7 + 1)).isEqualTo(dueNanos);
    }

    @Test
    void whatIsHeldUpIsSentAtOnceAndStillCountsFromWhenItWasDue() throws Exception {
        VirtualTicker ticker = new VirtualTicker();
        Histogram lateness = new Histogram(3);
        List<Long> lateNanos = new ArrayList<>();

        PacedSending.run(
                new Schedule(10, 1, 10, 7),
                ticker,
                BEGIN,
                (atNanos, probe) -> {
                    lateNanos.add(ticker.nanoTime() - BEGIN - atNanos);
                    if (atNanos == 0) {
                        // The first takes three seconds, all others no time.
                        ticker.awaitUntil(ticker.nanoTime() + 3 * SECOND);
                    }
                },
                lateness);

        assertThat(lateNanos).hasSize(10 * (7 + 1));
        assertThat(lateNanos.get(1)).isEqualTo(3 * SECOND - firstAfterZero());
        long dueWithinThreeSeconds = lateNanos.stream().filter(late -> late > 0).count();
        assertThat(dueWithinThreeSeconds).isEqualTo(3 * (7 + 1) - 1);
        assertThat(lateNanos.get(lateNanos.size() - 1)).isZero();
        assertThat(lateness.getTotalCount()).isEqualTo(lateNanos.size());
        assertThat(lateness.getMaxValue()).isBetween(2_990_000L, 3_010_000L);
    }

    private static long firstAfterZero() {
        Schedule schedule = new Schedule(10, 1, 10, 7);
        long atNanos = 0;
        while (atNanos == 0 && schedule.advance()) {
            atNanos = schedule.atNanos();
        }
        return atNanos;
    }
}
