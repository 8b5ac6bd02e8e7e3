package io.leadpulse.bench.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.ValueState;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/** Adds changes up to results, each said once a batch at most when events change it; what stands for itself goes through. */
final class ResultsFunction extends StatefulProcessor<String, Change, Result> {
    private static final long serialVersionUID = 1;

    private transient Scores scores;
    /** Sums of a scope's day. They have no end: a deal may get another amount long after its day. */
    private transient ValueState<Sum> sums;

    /** Amount in cents and number of deals. */
    public record Sum(long amountMinor, long count) {
        static final Encoder<Sum> ENCODER = Records.encoder(Sum.class);
    }

    @Override
    public void init(OutputMode outputMode, TimeMode timeMode) {
        scores = new Scores(getHandle());
        sums = getHandle().getValueState("sums", Sum.ENCODER, TTLConfig.NONE());
    }

    @Override
    public Iterator<Result> handleInputRows(String key, Iterator<Change> rows, TimerValues time) {
        List<Change> changes = new ArrayList<>();
        while (rows.hasNext()) {
            changes.add(rows.next());
        }
        List<Result> out = new ArrayList<>();
        if (key.startsWith(Result.SCORE)) {
            scores.accept(key, changes, time.getCurrentWatermarkInMs(), out);
        } else if (key.startsWith(Result.SALES)) {
            addUp(key, changes, out);
        } else {
            changes.forEach(change -> out.add(new Result(key, change.word())));
        }
        return CollectionConverters.asScala(out.iterator());
    }

    private void addUp(String key, List<Change> changes, List<Result> out) {
        Sum before = sums.get();
        long amountMinor = before == null ? 0 : before.amountMinor();
        long count = before == null ? 0 : before.count();
        for (Change change : changes) {
            amountMinor = Math.addExact(amountMinor, change.amountMinor());
            count += change.sign();
        }
        Sum after = new Sum(amountMinor, count);
        if (!after.equals(before)) {
            sums.update(after);
            out.add(Result.sales(key, amountMinor, count));
        }
    }

    @Override
    public Iterator<Result> handleExpiredTimer(String key, TimerValues time, ExpiredTimerInfo timer) {
        List<Result> out = new ArrayList<>();
        scores.wake(key, time.getCurrentWatermarkInMs(), out);
        return CollectionConverters.asScala(out.iterator());
    }
}
