package io.leadpulse.bench.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.StatefulProcessorHandle;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.ValueState;

/**
 * The score of a lead. Of what counts a limited number of times the earliest count, in whichever order acts come: the times of all are
 * kept. A timer says when the band changes because points decay.
 */
final class Scores {
    private final StatefulProcessorHandle handle;
    private final ValueState<Points> points;
    private final ValueState<Long> bandChange;
    private final MapState<String, Times> times;

    /** When acts of one place were, in ascending order, epoch milliseconds. */
    public record Times(long[] millis) {
        static final Encoder<Times> ENCODER = Records.encoder(Times.class);
        static final Times NONE = new Times(new long[0]);

        private Times with(int at, long timeMillis) {
            long[] more = Arrays.copyOf(millis, millis.length + 1);
            System.arraycopy(millis, at, more, at + 1, millis.length - at);
            more[at] = timeMillis;
            return new Times(more);
        }

        private Times without(int at) {
            long[] fewer = Arrays.copyOf(millis, millis.length - 1);
            System.arraycopy(millis, at + 1, fewer, at, fewer.length - at);
            return new Times(fewer);
        }
    }

    Scores(StatefulProcessorHandle handle) {
        this.handle = handle;
        points = handle.getValueState("points", Points.ENCODER, TTLConfig.NONE());
        bandChange = handle.getValueState("band change", Encoders.LONG(), TTLConfig.NONE());
        times = handle.getMapState("times", Encoders.STRING(), Times.ENCODER, TTLConfig.NONE());
    }

    /** Counts what the lead whose turn it is did, as of a time. */
    void accept(String key, List<Change> changes, long nowMillis, List<Result> out) {
        Points before = points.get();
        Points after = before == null ? Points.NONE : before;
        for (Change change : changes) {
            if (change.rule() != null) {
                after = count(after, change);
            }
        }
        if (!after.equals(before)) {
            points.update(after);
            say(key, after, nowMillis, out);
        }
    }

    /** Counts an act, if it is among the earliest of its place; then one that was so far is not any more. */
    private Points count(Points before, Change act) {
        Rule rule = act.rule();
        if (rule.times == Rule.EVERY) {
            return before.with(rule, act.timeMillis(), act.sign());
        }
        boolean isTakenBack = act.sign() < 0;
        Times known = times.getValue(act.place());
        Times all = known == null ? Times.NONE : known;
        int found = Arrays.binarySearch(all.millis(), act.timeMillis());
        int at = found < 0 ? -found - 1 : found;
        // Who counts no more when another comes, or counts then when one goes.
        int edge = isTakenBack ? rule.times : rule.times - 1;
        Long other = all.millis().length > edge ? (Long) all.millis()[edge] : null;
        times.updateValue(act.place(), isTakenBack ? all.without(at) : all.with(at, act.timeMillis()));
        if (at >= rule.times) {
            return before;
        }
        Points after = before.with(rule, act.timeMillis(), act.sign());
        return other == null ? after : after.with(rule, other, -act.sign());
    }

    /** Time has come to where the band changes. */
    void wake(String key, long nowMillis, List<Result> out) {
        bandChange.clear();
        say(key, points.get(), nowMillis, out);
    }

    private void say(String key, Points now, long nowMillis, List<Result> out) {
        long asOfMillis = Math.max(nowMillis, now.latestMillis());
        out.add(Result.score(key, asOfMillis, now.scoreAt(asOfMillis), now.bandAt(asOfMillis)));
        long next = now.nextBandChangeAfter(asOfMillis);
        Long awaited = bandChange.get();
        if (awaited != null && awaited != next) {
            handle.deleteTimer(awaited);
            bandChange.clear();
        }
        if (next != Points.NEVER && (awaited == null || awaited != next)) {
            handle.registerTimer(next);
            bandChange.update(next);
        }
    }
}
