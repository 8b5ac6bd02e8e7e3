package io.leadpulse.local.live;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of a story that is told faster than it happened: it stands or runs, and is put forward, never back. */
final class StoryClock extends Clock {
    private static final long NANOS_IN_MILLI = 1_000_000;

    private long setMillis;
    private long setNanos;
    private boolean runs;

    /** A clock that stands. */
    StoryClock(Instant at) {
        setMillis = at.toEpochMilli();
    }

    /** Lets it run as fast as any clock, from here on. */
    synchronized void run() {
        setMillis = millis();
        setNanos = System.nanoTime();
        runs = true;
    }

    /** Puts it forward; a clock that is already there or beyond stays as it is. */
    synchronized void forwardTo(Instant at) {
        if (at.toEpochMilli() > millis()) {
            setMillis = at.toEpochMilli();
            setNanos = System.nanoTime();
        }
    }

    @Override
    public synchronized long millis() {
        return runs ? setMillis + (System.nanoTime() - setNanos) / NANOS_IN_MILLI : setMillis;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("instants only");
    }
}
