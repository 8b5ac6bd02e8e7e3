package io.leadpulse.engine;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * What happens now waits a moment in front of an operator for more of its key: what belongs together, as a form and the page
 * that it was on, comes within milliseconds. A key that was just taken in, to which more happens, waits longer, the more so the
 * more it costs: a thousand times as long as taking it in took, a second at most. Adding an input costs next to nothing, so an
 * engine that has fallen behind takes in all that has piled up of a key at once.
 *
 * <p>No input is overtaken by another of its key, nor by the clock: while something waits a watermark waits, a second at most. It
 * is no state: its operator must let everything go on before a barrier, before the input becomes idle and at its end.
 *
 * @param <T> the inputs
 */
public final class LiveGathering<T> implements ProcessingTimeCallback {
    /** It is looked so often what is due; an input of a key to which nothing has happened lately waits for that alone. */
    public static final long QUIET_MILLIS = 5;

    /** A key that was taken in is taken in again after so long at the earliest. */
    public static final long BUSY_MILLIS = 50;

    /** And after so long at the latest. */
    public static final long MOST_MILLIS = 1_000;

    /** In between, so many times as long after it as it took. */
    private static final long PAUSE = 1_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** The operator that takes in what has waited. */
    public interface Taker<T> {
        /** Takes in all that has waited of a key, one or more, in its order. */
        void takeInLive(List<T> ofOneKey) throws Exception;

        /** Takes a watermark, after all that came before it. */
        void takeWatermarkLive(Watermark mark) throws Exception;
    }

    private final ProcessingTimeService clock;
    private final Taker<T> taker;

    private Map<String, InputsOfKey<T>> waiting = new LinkedHashMap<>();
    private int inputs;
    private long bytes;
    private boolean isTimed;
    private boolean isTaking;
    private Watermark watermark;
    /** Since when a watermark has waited, by the machine's clock. */
    private long watermarkMillis;

    /** Until when keys that were taken in lately wait for more, by the machine's clock. */
    private final Map<String, Long> busyUntil = new HashMap<>();

    private final LongSupplier nanos;
    private long forgetMillis = Long.MIN_VALUE;

    /** Nothing waits. */
    public LiveGathering(ProcessingTimeService clock, Taker<T> taker) {
        this(clock, taker, System::nanoTime);
    }

    /**
     * Nothing waits.
     *
     * @param nanos by which it is measured how long taking in a key takes
     */
    LiveGathering(ProcessingTimeService clock, Taker<T> taker, LongSupplier nanos) {
        this.clock = clock;
        this.taker = taker;
        this.nanos = nanos;
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
        if (inputs >= Gathering.MOST_INPUTS || bytes >= Gathering.MOST_BYTES) {
            goOn();
        } else if (!isTimed) {
            look();
        }
    }

    /** A watermark goes on when nothing waits any more, which is soon; the last one lets all go on. */
    public void add(Watermark mark) throws Exception {
        if (watermark == null) {
            watermarkMillis = clock.getCurrentProcessingTime();
        }
        watermark = mark;
        if (mark.equals(Watermark.MAX_WATERMARK)) {
            goOn();
        } else {
            letWatermarkGoOn();
        }
    }

    /** What waits of a key goes on, so that the next input of it can; the operator's key may be another one then. */
    public void goOn(String key) throws Exception {
        InputsOfKey<T> earlier = waiting.remove(key);
        if (earlier != null) {
            takeIn(Map.of(key, earlier));
        }
    }

    /** Everything goes on. */
    public void goOn() throws Exception {
        Map<String, InputsOfKey<T>> all = waiting;
        waiting = new LinkedHashMap<>();
        takeIn(all);
    }

    /** What is due goes on; with a watermark that has waited long everything. */
    @Override
    public void onProcessingTime(long timeMillis) throws Exception {
        isTimed = false;
        long now = clock.getCurrentProcessingTime();
        forgetQuiet(now);
        if (watermark != null && !isBefore(now, watermarkMillis + MOST_MILLIS)) {
            goOn();
            return;
        }
        Map<String, InputsOfKey<T>> due = new LinkedHashMap<>();
        Iterator<Map.Entry<String, InputsOfKey<T>>> all = waiting.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, InputsOfKey<T>> each = all.next();
            Long busyMillis = busyUntil.get(each.getKey());
            if (busyMillis == null || !isBefore(now, busyMillis)) {
                due.put(each.getKey(), each.getValue());
                all.remove();
            }
        }
        takeIn(due);
        if (!waiting.isEmpty() && !isTimed) {
            look();
        }
    }

    private void look() {
        isTimed = true;
        var unused = clock.registerTimer(clock.getCurrentProcessingTime() + QUIET_MILLIS, this);
    }

    private void takeIn(Map<String, InputsOfKey<T>> ofKeys) throws Exception {
        isTaking = true;
        for (Map.Entry<String, InputsOfKey<T>> each : ofKeys.entrySet()) {
            InputsOfKey<T> ofKey = each.getValue();
            inputs -= ofKey.inputs.size();
            bytes -= ofKey.bytes;
            long beginNanos = nanos.getAsLong();
            taker.takeInLive(ofKey.inputs);
            long pauseMillis = (nanos.getAsLong() - beginNanos) * PAUSE / NANOS_PER_MILLI;
            busyUntil.put(
                    each.getKey(),
                    clock.getCurrentProcessingTime() + Math.min(Math.max(pauseMillis, BUSY_MILLIS), MOST_MILLIS));
        }
        isTaking = false;
        letWatermarkGoOn();
    }

    private void letWatermarkGoOn() throws Exception {
        if (watermark != null && waiting.isEmpty() && !isTaking) {
            Watermark mark = watermark;
            watermark = null;
            taker.takeWatermarkLive(mark);
        }
    }

    /** Whether a time is still to come; by a clock that has been set back none is. */
    private static boolean isBefore(long nowMillis, long millis) {
        return nowMillis < millis && millis - nowMillis <= MOST_MILLIS;
    }

    private void forgetQuiet(long nowMillis) {
        if (!isBefore(nowMillis, forgetMillis)) {
            busyUntil.values().removeIf(until -> !isBefore(nowMillis, until));
            forgetMillis = nowMillis + BUSY_MILLIS;
        }
    }
}
