package io.leadpulse.serving.alert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A log of what was sent that outlives dispatchers, and can be made to fail. */
final class MemorySentLog implements SentLog {
    private final Map<Telling.Key, Telling> tellings = new LinkedHashMap<>();
    private long firstCaughtUpMillis = NEVER;
    private long lastPostMillis = NEVER;
    private boolean away;
    private boolean crashing;

    /** Whether the log cannot be reached. */
    synchronized void away(boolean now) {
        away = now;
    }

    /** Whether whoever writes dies right after it. */
    synchronized void crashAfterWrite(boolean now) {
        crashing = now;
    }

    @Override
    public synchronized Contents load() {
        reach();
        return new Contents(new ArrayList<>(tellings.values()), firstCaughtUpMillis, lastPostMillis);
    }

    @Override
    public synchronized void write(List<Telling> written) {
        reach();
        written.forEach(telling -> tellings.put(telling.key(), telling));
        if (crashing) {
            throw new SentLogException("the writer dies here", null);
        }
    }

    @Override
    public synchronized void firstCaughtUp(long atMillis) {
        reach();
        firstCaughtUpMillis = firstCaughtUpMillis == NEVER ? atMillis : firstCaughtUpMillis;
    }

    @Override
    public synchronized void posted(long atMillis) {
        reach();
        lastPostMillis = atMillis;
    }

    private void reach() {
        if (away) {
            throw new SentLogException("the log is away", null);
        }
    }
}
