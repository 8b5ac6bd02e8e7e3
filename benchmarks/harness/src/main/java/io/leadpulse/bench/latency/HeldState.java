package io.leadpulse.bench.latency;

import io.leadpulse.bench.growth.JobStats;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How large the state of an engine was while it was measured, and its checkpoints meanwhile.
 *
 * @param bytes state that belongs to the last checkpoint
 * @param checkpointMicros how long each took from its begin until the last task had written, microseconds
 * @param dipOrNull by how much less was read a second while one was made than in between, as a share; null if there was only the one or
 *     the other
 */
record HeldState(long bytes, Histogram checkpointMicros, Double dipOrNull) {
    private static final int DIGITS = 3;
    private static final double MIB = 1 << 20;
    private static final int PERCENT = 100;

    /** By the checkpoints that began from a time on, epoch milliseconds. */
    static HeldState of(JobStats stats, long fromMillis) {
        List<JobStats.Checkpoint> within = stats.checkpoints().stream()
                .filter(each -> each.startMillis() >= fromMillis)
                .toList();
        Histogram micros = new Histogram(DIGITS);
        within.forEach(each -> micros.recordValue(TimeUnit.MILLISECONDS.toMicros(each.millis())));
        return new HeldState(stats.fullBytes(), micros, JobStats.dip(within));
    }

    /** A sentence. */
    String words() {
        String read = dipOrNull == null
                ? ""
                : "; while one was made %.0f %% fewer records a second were read than in between"
                        .formatted(dipOrNull * PERCENT);
        return String.format(
                        Locale.ROOT,
                        "It held %,.1f MiB of state, %d checkpoints were made",
                        bytes / MIB,
                        checkpointMicros.getTotalCount())
                + read
                + '.';
    }
}
