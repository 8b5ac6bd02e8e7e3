package io.leadpulse.engine;

import java.util.concurrent.ScheduledFuture;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.streaming.api.operators.InternalTimeServiceManager;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Lets an operator with very many keys follow the clock in turns. When it has jumped, after an outage, over a weekend without
 * events or at the end of history, timers of all keys are due at once, and firing them in one go takes minutes, in which no
 * barrier passes: the checkpoint would not be made in time, the job would start again from the last one, and do the same for
 * ever. So they are fired for some time, then inputs and barriers have theirs, and so on; the watermark goes on when all have
 * been fired. Timers are state: those that a restart finds are fired when the clock is told again.
 *
 * <p>So what comes in meanwhile comes before timers of its key that are due. Its operator must see to it that this makes no
 * difference, and finish the wave before its end.
 */
public final class TimerWave implements ProcessingTimeCallback {
    /** Timers are fired for so long in a turn, and at least one. */
    public static final long TURN_NANOS = 100_000_000;

    /** So long inputs and barriers have their turn. */
    public static final long PAUSE_MILLIS = 50;

    /** Takes the clock on when all timers have been fired. */
    public interface Follower {
        /** The watermark goes on, and what has waited for that. */
        void follow(Watermark mark) throws Exception;
    }

    private final ProcessingTimeService clock;
    private final InternalTimeServiceManager<?> timers;
    private final Follower follower;
    private final long turnNanos;
    private final LongSupplier nanos;

    /** Up to which timers are fired; null while none is due. */
    private Watermark watermark;
    /** The newest after that; null if there is none. */
    private Watermark next;

    private ScheduledFuture<?> nextTurn;

    /**
     * No timer is due.
     *
     * @param turnNanos how long timers are fired in a turn, nanoseconds
     */
    public TimerWave(
            ProcessingTimeService clock, InternalTimeServiceManager<?> timers, Follower follower, long turnNanos) {
        this(clock, timers, follower, turnNanos, System::nanoTime);
    }

    /**
     * No timer is due.
     *
     * @param turnNanos how long timers are fired in a turn, nanoseconds
     * @param nanos by which that is measured
     */
    TimerWave(
            ProcessingTimeService clock,
            InternalTimeServiceManager<?> timers,
            Follower follower,
            long turnNanos,
            LongSupplier nanos) {
        this.clock = clock;
        this.timers = timers;
        this.follower = follower;
        this.turnNanos = turnNanos;
        this.nanos = nanos;
    }

    /** Fires what is due until then, after what was due before; the last watermark fires all at once. */
    public void advance(Watermark mark) throws Exception {
        next = mark;
        if (mark.equals(Watermark.MAX_WATERMARK)) {
            finish();
        } else if (watermark == null) {
            takeTurn();
        }
    }

    /** Whether timers that are due have not been fired, or a watermark waits for that. */
    public boolean isRunning() {
        return watermark != null || next != null;
    }

    /** Fires all that are due. */
    public void finish() throws Exception {
        if (nextTurn != null) {
            nextTurn.cancel(false);
            nextTurn = null;
        }
        while (isRunning()) {
            takeNext();
            timers.tryAdvanceWatermark(watermark, () -> false);
            goOn();
        }
    }

    /** Also called when all has been fired since: who cancels a timer may be too late. */
    @Override
    public void onProcessingTime(long timeMillis) throws Exception {
        nextTurn = null;
        if (isRunning()) {
            takeTurn();
        }
    }

    private void takeTurn() throws Exception {
        long beginNanos = nanos.getAsLong();
        boolean isOver = false;
        while (isRunning() && !isOver) {
            takeNext();
            if (timers.tryAdvanceWatermark(watermark, () -> nanos.getAsLong() - beginNanos >= turnNanos)) {
                goOn();
            } else {
                isOver = true;
            }
        }
        if (isOver) {
            nextTurn = clock.registerTimer(clock.getCurrentProcessingTime() + PAUSE_MILLIS, this);
        }
    }

    private void takeNext() {
        if (watermark == null) {
            watermark = next;
            next = null;
        }
    }

    private void goOn() throws Exception {
        Watermark mark = watermark;
        watermark = null;
        follower.follow(mark);
    }
}
