package io.leadpulse.engine;

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
     * So many inputs wait at most; fewer if they are large, of which no more wait than so many usual ones take. The more do, the
     * fewer times a key is read, but what waits takes memory, and a barrier waits for all of it.
     */
    public static final int MOST_INPUTS = Math.toIntExact(
            Math.max(10_000, Math.min(40_000, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / INPUT_BYTES)));

    static final long MOST_BYTES = (long) MOST_INPUTS * INPUT_BYTES;

    /** The operator that takes in what has waited. */
    public interface Taker<T> {
        /** Takes in all that has waited of a key, one or more, in its order. */
        void takeIn(List<T> ofOneKey) throws Exception;

        /** Takes a watermark, after all that came before it. */
        void takeWatermark(Watermark mark) throws Exception;
    }

    private final ProcessingTimeService clock;
    private final Taker<T> taker;

    private Map<String, InputsOfKey<T>> waiting = new LinkedHashMap<>();
    private int inputs;
    private long bytes;
    private Watermark watermark;
    private ScheduledFuture<?> timer;

    /** Nothing waits. */
    public Gathering(ProcessingTimeService clock, Taker<T> taker) {
        this.clock = clock;
        this.taker = taker;
    }

    /**
     * Lets an input wait.
     *
     * @param size how much memory it takes, bytes, about
     */
    public void add(String key, T input, int size) throws Exception {
        waiting.computeIfAbsent(key, each -> new InputsOfKey<>()).add(input, size);
        inputs++;
        bytes += size;
        if (inputs >= MOST_INPUTS || bytes >= MOST_BYTES) {
            goOn();
        } else if (timer == null) {
            timer = clock.registerTimer(clock.getCurrentProcessingTime() + HistoryPace.GATHER_MILLIS, this);
        }
    }

    /** What waits of a key goes on, so that the next input of it can; the operator's key may be another one then. */
    public void goOn(String key) throws Exception {
        InputsOfKey<T> earlier = waiting.remove(key);
        if (earlier == null) {
            return;
        }
        inputs -= earlier.inputs.size();
        bytes -= earlier.bytes;
        taker.takeIn(earlier.inputs);
        if (waiting.isEmpty()) {
            // A watermark that has waited goes before the next input, and before later ones.
            goOn();
        }
    }

    /** Everything goes on. */
    public void goOn() throws Exception {
        Map<String, InputsOfKey<T>> all = waiting;
        waiting = new LinkedHashMap<>();
        inputs = 0;
        bytes = 0;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        for (InputsOfKey<T> each : all.values()) {
            taker.takeIn(each.inputs);
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
