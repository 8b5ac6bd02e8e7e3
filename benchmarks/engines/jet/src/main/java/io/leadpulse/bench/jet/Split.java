package io.leadpulse.bench.jet;

import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.Watermark;
import java.util.concurrent.TimeUnit;

/**
 * Sends each event to who keeps what it is about. Time is told on every now and then, and before each snapshot: a source of events that
 * are old has another time with nearly each of them, and every processor behind would be told.
 */
final class Split extends AbstractProcessor {
    static final int RESULTS = 0;
    static final int VISITORS = 1;
    static final int LEADS = 2;
    static final int DEALS = 3;

    private static final int[] OF_DEALS = {LEADS, DEALS};
    private static final long TOLD_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Watermark untold;
    private long toldNanos = System.nanoTime();

    @Override
    protected boolean tryProcess(int ordinal, Object item) {
        if (item instanceof Event.WebAct) {
            return tryEmit(VISITORS, item);
        }
        if (item instanceof Event.LeadAct) {
            return tryEmit(LEADS, item);
        }
        if (item instanceof Event.DealStep) {
            return tryEmit(OF_DEALS, item);
        }
        Event.Broken broken = (Event.Broken) item;
        return tryEmit(RESULTS, Result.deadLetter(broken.record(), broken.reason()));
    }

    @Override
    public boolean tryProcessWatermark(Watermark watermark) {
        untold = watermark;
        return true;
    }

    @Override
    public boolean tryProcess() {
        return untold == null || System.nanoTime() - toldNanos < TOLD_EVERY_NANOS || tell();
    }

    @Override
    public boolean saveToSnapshot() {
        return untold == null || tell();
    }

    private boolean tell() {
        if (!tryEmit(untold)) {
            return false;
        }
        untold = null;
        toldNanos = System.nanoTime();
        return true;
    }
}
