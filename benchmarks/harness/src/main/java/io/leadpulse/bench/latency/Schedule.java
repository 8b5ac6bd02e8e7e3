package io.leadpulse.bench.latency;

import io.leadpulse.bench.workload.Probes;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * When what is to be sent: the workload at a steady rate, and probes in between. It is known before anything is sent, so that an engine
 * that is slow does not slow down what it is measured by. Walked through once.
 */
final class Schedule {
    /** What {@link #probe} says of a record of the workload. */
    static final int NO_PROBE = -1;

    /** The least rate: below it there would be no room for a probe a second. */
    static final int MIN_PER_SECOND = 10;

    /** Probes are three records each: they stay a part of the stream, and do not become it. */
    private static final int RECORDS_PER_PROBE = 10;

    /** Else probes could keep in step with a checkpoint, and all see the same of it. */
    private static final double MAX_JITTER = 0.4;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int backgroundPerSecond;
    private final long background;
    private final long[] probeNanos;
    private long nextBackground;
    private int nextProbe;
    private long atNanos;
    private int probe;

    /**
     * Plans.
     *
     * @param perSecond records a second, those of probes among them
     * @param probesPerSecond wanted; there are fewer where they would be more than a tenth of the rate
     * @param seconds how long
     * @param seed of the jitter of probes
     */
    Schedule(int perSecond, int probesPerSecond, int seconds, long seed) {
        int probesEachSecond = Math.min(probesPerSecond, perSecond / RECORDS_PER_PROBE);
        backgroundPerSecond = perSecond - probesEachSecond * Probes.RECORDS;
        background = (long) backgroundPerSecond * seconds;
        probeNanos = new long[probesEachSecond * seconds];
        Random random = new Random(seed);
        for (int number = 0; number < probeNanos.length; number++) {
            double place = number + 0.5 + MAX_JITTER * (2 * random.nextDouble() - 1);
            probeNanos[number] = (long) (place * SECOND / probesEachSecond);
        }
    }

    /** How many records of the workload it has. */
    long background() {
        return background;
    }

    /** How many probes it has. */
    int probes() {
        return probeNanos.length;
    }

    /** Goes on to the next; false if there is none. */
    boolean advance() {
        long backgroundNanos =
                nextBackground < background ? nextBackground * SECOND / backgroundPerSecond : Long.MAX_VALUE;
        if (nextProbe < probeNanos.length && probeNanos[nextProbe] < backgroundNanos) {
            atNanos = probeNanos[nextProbe];
            probe = nextProbe++;
            return true;
        }
        atNanos = backgroundNanos;
        probe = NO_PROBE;
        nextBackground++;
        return nextBackground <= background;
    }

    /** When it is to be sent, nanoseconds after the beginning. */
    long atNanos() {
        return atNanos;
    }

    /** Its number among the probes, or {@link #NO_PROBE}. */
    int probe() {
        return probe;
    }
}
