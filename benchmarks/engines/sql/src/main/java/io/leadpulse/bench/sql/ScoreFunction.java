package io.leadpulse.bench.sql;

import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * {@code SCORE}: the decayed score of a lead from the changes of the acts that count, and, by a timer, when its band changes because
 * points decay. A row without points only makes the lead known.
 */
@DataTypeHint("ROW<as_of BIGINT, score DOUBLE, band STRING>")
public final class ScoreFunction extends ProcessTableFunction<Row> {
    private static final long serialVersionUID = 1;
    private static final String BAND_CHANGE = "band change";

    /** Called by Flink for each change. */
    public void eval(
            Context context,
            @StateHint(ttl = "0") Sums sums,
            @ArgumentHint({
                        ArgumentTrait.SET_SEMANTIC_TABLE,
                        ArgumentTrait.SUPPORT_UPDATES,
                        ArgumentTrait.REQUIRE_UPDATE_BEFORE
                    })
                    Row act) {
        boolean isNew = !sums.isKnown();
        Integer points = act.getFieldAs("points");
        if (points != null) {
            boolean isTakenBack = act.getKind() == RowKind.DELETE || act.getKind() == RowKind.UPDATE_BEFORE;
            sums.add(act.<String>getFieldAs("part"), isTakenBack ? -points : points, act.<Long>getFieldAs("millis"));
        } else if (isNew) {
            sums.know();
        }
        if (isNew || points != null) {
            TimeContext<Long> time = context.timeContext(Long.class);
            say(sums, notBefore(sums.latest(), time), time);
        }
    }

    /** Called by Flink when the band changes. */
    public void onTimer(OnTimerContext context, Sums sums) {
        TimeContext<Long> time = context.timeContext(Long.class);
        // As of the clock: what becomes due between this timer and the clock Flink would not wake anybody for.
        say(sums, notBefore(time.time(), time), time);
    }

    private static long notBefore(long millis, TimeContext<Long> time) {
        Long nowMillis = time.currentWatermark();
        return nowMillis == null ? millis : Math.max(nowMillis, millis);
    }

    private void say(Sums sums, long asOfMillis, TimeContext<Long> time) {
        collect(Row.of(asOfMillis, sums.scoreAt(asOfMillis), sums.bandAt(asOfMillis)));
        long next = sums.nextBandChangeAfter(asOfMillis);
        if (next == Sums.NEVER) {
            time.clearTimer(BAND_CHANGE);
        } else {
            time.registerOnTime(BAND_CHANGE, next);
        }
    }
}
