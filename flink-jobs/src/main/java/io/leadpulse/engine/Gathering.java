package io.leadpulse.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * What waits in front of an operator for more of its key, so that several inputs cost one reading and one writing of state.
 *
 * <p>No input is overtaken by another of its key, nor by the clock: while something waits a watermark waits, so what follows
 * from an input stands before what follows from later time, as without it. It is no state: its operator must let everything go
 * on before a barrier, before the input becomes idle and at its end; it goes on by itself when it has become much, and soon
 * in any case.
 *
 * @param <T> the inputs
 */
public final class Gathering<T> implements ProcessingTimeCallback {
    private static final int INPUT_BYTES = 1_200;
    /** Two operators gather in each slot, and a worker may have several. */
    private static final int SHARE_OF_HEAP = 32;

    /**
     * So many inputs wait at most. The more do, the fewer times a key is read, but what waits takes memory, and a barrier waits
     * for all of it.
     */
    public static final int MOST_INPUTS = Math.toIntExact(
            Math.max(10_000, Math.min(40_000, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / INPUT_BYTES)));

    /** The operator that takes in what has waited. */
    public interface Taker<T> {
        /** Takes in all that has waited of a key, one or more, in its order. */
        void takeIn(List<T> ofOneKey) throws Exception;

        /** Takes a watermark, after all that came before it. */
        void takeWatermark(Watermark mark) throws Exception;
    }

    private final ProcessingTimeService clock;
    private final Taker<T> taker;

    private Map<String, List<T>> waiting = new LinkedHashMap<>();
    private int inputs;
    private Watermark watermark;
    private ScheduledFuture<?> timer;

    /** Nothing waits. */
    public Gathering(ProcessingTimeService clock, Taker<T> taker) {
        this.clock = clock;
        this.taker = taker;
    }

    /** Lets an input wait. */
    public void add(String key, T input) throws Exception {
        waiting.computeIfAbsent(key, each -> new ArrayList<>(2)).add(input);
        inputs++;
        if (inputs >= MOST_INPUTS) {
            goOn();
        } else if (timer == null) {
            timer = clock.registerTimer(clock.getCurrentProcessingTime() + HistoryPace.GATHER_MILLIS, this);
        }
    }

    /** What waits of a key goes on, so that the next input of it can. */
    public void goOn(String key) throws Exception {
        List<T> earlier = waiting.remove(key);
        if (earlier != null) {
            inputs -= earlier.size();
            taker.takeIn(earlier);
        }
    }

    /** Everything goes on. */
    public void goOn() throws Exception {
        Map<String, List<T>> all = waiting;
        waiting = new LinkedHashMap<>();
        inputs = 0;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        for (List<T> each : all.values()) {
            taker.takeIn(each);
        }
        if (watermark != null) {
            Watermark mark = watermark;
            watermark = null;
            taker.takeWatermark(mark);
        }
    }

    /** A watermark goes on when nothing waits any more; the last one lets all go on. */
    public void add(Watermark mark) throws Exception {
        if (waiting.isEmpty()) {
            taker.takeWatermark(mark);
        } else {
            watermark = mark;
            if (mark.equals(Watermark.MAX_WATERMARK)) {
                goOn();
            }
        }
    }

    @Override
    public void onProcessingTime(long timeMillis) throws Exception {
        timer = null;
        goOn();
    }
}
