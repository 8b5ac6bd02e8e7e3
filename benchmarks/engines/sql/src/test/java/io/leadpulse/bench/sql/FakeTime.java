package io.leadpulse.bench.sql;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.functions.ProcessTableFunction.OnTimerContext;
import org.apache.flink.table.functions.ProcessTableFunction.TimeContext;
import org.apache.flink.table.functions.TableSemantics;

/** What Flink gives a function of one key: the clock, and its timers, which a test fires. */
final class FakeTime implements OnTimerContext, TimeContext<Long> {
    final Map<String, Long> named = new TreeMap<>();
    final TreeSet<Long> unnamed = new TreeSet<>();
    Long watermarkMillis;
    Long firedMillis;

    @Override
    @SuppressWarnings("unchecked") // All functions ask for epoch milliseconds.
    public <T> TimeContext<T> timeContext(Class<T> type) {
        return (TimeContext<T>) this;
    }

    @Override
    public Long time() {
        return firedMillis;
    }

    @Override
    public Long currentWatermark() {
        return watermarkMillis;
    }

    @Override
    public void registerOnTime(String name, Long time) {
        if (isToCome(time)) {
            named.put(name, time);
        }
    }

    @Override
    public void registerOnTime(Long time) {
        if (isToCome(time)) {
            unnamed.add(time);
        }
    }

    /** Flink sets no timer for a time that has passed, without a word. */
    private boolean isToCome(Long time) {
        return watermarkMillis == null || time > watermarkMillis;
    }

    @Override
    public void clearTimer(String name) {
        named.remove(name);
    }

    @Override
    public void clearTimer(Long time) {
        unnamed.remove(time);
    }

    @Override
    public String currentTimer() {
        return null;
    }

    @Override
    public TableSemantics tableSemanticsFor(String argument) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clearState(String state) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clearAllState() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clearAllTimers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clearAll() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChangelogMode getChangelogMode() {
        throw new UnsupportedOperationException();
    }
}
