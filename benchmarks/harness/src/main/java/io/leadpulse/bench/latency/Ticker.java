package io.leadpulse.bench.latency;

import java.util.concurrent.locks.LockSupport;

/** The clock by which records are sent. */
interface Ticker {
    /** The machine's own. */
    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void awaitUntil(long nanoTime) throws InterruptedException {
            for (long left = nanoTime - nanoTime(); left > 0; left = nanoTime - nanoTime()) {
                LockSupport.parkNanos(left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
    };

    /** Now, as by {@link System#nanoTime}. */
    long nanoTime();

    /** Returns when it is that time, at once if it has passed. */
    void awaitUntil(long nanoTime) throws InterruptedException;
}
