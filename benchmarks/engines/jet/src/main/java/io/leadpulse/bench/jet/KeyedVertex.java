package io.leadpulse.bench.jet;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.Util;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.BroadcastKey;
import com.hazelcast.jet.core.Watermark;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;

/**
 * State by key with timers in event time, which Jet's own keyed stages have not. What has changed is said right before the barrier of
 * a snapshot: nobody can read it before, and so each key has one word a snapshot, however often it changed. All of the state is written
 * to every snapshot.
 *
 * @param <I> what comes in; its edge is partitioned by {@link #key}
 * @param <S> what is kept of a key
 */
abstract class KeyedVertex<I, S extends KeyedVertex.State> extends AbstractProcessor {
    /** No time. */
    static final long NEVER = Long.MAX_VALUE;

    private static final BroadcastKey<String> CLOCK = BroadcastKey.broadcastKey("clock");

    private final Map<String, S> states = new HashMap<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::millis));
    private final Set<String> changed = new HashSet<>();
    private final Queue<Output> unsent = new ArrayDeque<>();
    private long nowMillis = Long.MIN_VALUE;
    private Traverser<Map.Entry<Object, Object>> snapshotOrNull;

    /** What is kept of a key. */
    interface State {
        /** When time alone changes it next, epoch milliseconds; {@link #NEVER} if it does not. */
        long wakeMillis();
    }

    /** One that is no longer its state's is passed over when it comes. */
    private record Timer(long millis, String key) {}

    private record Output(int ordinal, Object item) {}

    abstract String key(I item);

    /** What is kept of a key of which nothing is known. */
    abstract S fresh();

    /** Takes in what came; may {@link #emit} at once, or let the key {@link #change}. */
    abstract void accept(String key, S state, I item);

    /** The time has come that the state waited for. */
    void wake(String key, S state) {
        change(key);
    }

    /** Says what a key that has changed is now. */
    abstract void say(String key, S state);

    final void emit(int ordinal, Object item) {
        unsent.add(new Output(ordinal, item));
    }

    final void change(String key) {
        changed.add(key);
    }

    /** The time that has come, epoch milliseconds; {@code Long.MIN_VALUE} before the first. */
    final long nowMillis() {
        return nowMillis;
    }

    @Override
    @SuppressWarnings("unchecked")
    protected final boolean tryProcess(int ordinal, Object item) {
        if (!send()) {
            return false;
        }
        I read = (I) item;
        String key = key(read);
        S state = states.computeIfAbsent(key, any -> fresh());
        long before = state.wakeMillis();
        accept(key, state, read);
        setTimer(key, state, before);
        return true;
    }

    @Override
    public final boolean tryProcess() {
        return send();
    }

    @Override
    public final boolean tryProcessWatermark(Watermark watermark) {
        // Jet's are the first time that may still come, not the last that has.
        advance(watermark.timestamp() - 1);
        return send() && super.tryProcessWatermark(watermark);
    }

    @Override
    public final boolean saveToSnapshot() {
        if (snapshotOrNull == null) {
            advance(nowMillis);
            for (String key : changed) {
                S state = states.get(key);
                long before = state.wakeMillis();
                say(key, state);
                setTimer(key, state, before);
            }
            changed.clear();
            snapshotOrNull = Traversers.traverseIterable(states.entrySet())
                    .map(each -> Util.<Object, Object>entry(each.getKey(), each.getValue()))
                    .append(Util.entry(CLOCK, nowMillis))
                    .onFirstNull(() -> snapshotOrNull = null);
        }
        return send() && emitFromTraverserToSnapshot(snapshotOrNull);
    }

    @Override
    @SuppressWarnings("unchecked")
    protected final void restoreFromSnapshot(Object key, Object value) {
        if (CLOCK.equals(key)) {
            // Those of all processors were the same at the barrier.
            nowMillis = (Long) value;
        } else {
            states.put((String) key, (S) value);
            setTimer((String) key, (S) value, NEVER);
        }
    }

    private void advance(long millis) {
        nowMillis = millis;
        while (!timers.isEmpty() && timers.peek().millis() <= millis) {
            Timer timer = timers.poll();
            S state = states.get(timer.key());
            if (state.wakeMillis() == timer.millis()) {
                wake(timer.key(), state);
                setTimer(timer.key(), state, timer.millis());
            }
        }
    }

    private void setTimer(String key, S state, long beforeMillis) {
        if (state.wakeMillis() != beforeMillis && state.wakeMillis() != NEVER) {
            timers.add(new Timer(state.wakeMillis(), key));
        }
    }

    private boolean send() {
        for (Output next = unsent.peek(); next != null; next = unsent.peek()) {
            if (!tryEmit(next.ordinal(), next.item())) {
                return false;
            }
            unsent.remove();
        }
        return true;
    }
}
