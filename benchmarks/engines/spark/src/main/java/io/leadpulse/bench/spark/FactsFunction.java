package io.leadpulse.bench.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What follows from events, by the visitor, deal or lead of which they are: each counts once, whenever it comes, and is remembered for
 * ever, since the task has no time after which a repeated one may count.
 */
final class FactsFunction extends StatefulProcessor<String, Event, Change> {
    private static final long serialVersionUID = 1;

    private final Task task;

    private transient MapState<String, Boolean> seen;
    private transient Visitors visitors;
    private transient Deals deals;

    FactsFunction(Task task) {
        this.task = task;
    }

    @Override
    public void init(OutputMode outputMode, TimeMode timeMode) {
        seen = getHandle().getMapState("seen", Encoders.STRING(), Encoders.BOOLEAN(), TTLConfig.NONE());
        visitors = new Visitors(getHandle());
        deals = new Deals(getHandle(), task);
    }

    @Override
    public Iterator<Change> handleInputRows(String key, Iterator<Event> rows, TimerValues time) {
        List<Event> events = new ArrayList<>();
        while (rows.hasNext()) {
            events.add(rows.next());
        }
        List<Change> out = new ArrayList<>();
        if (key.startsWith(Event.OF_VISITOR)) {
            visitors.accept(events, out);
        } else if (key.startsWith(Event.OF_DEAL)) {
            deals.accept(key.substring(Event.OF_DEAL.length()), events, time.getCurrentWatermarkInMs(), out);
        } else if (key.startsWith(Event.OF_LEAD)) {
            countOnce(events, out);
        } else {
            events.forEach(event -> out.add(Change.said(Result.deadLetter(event.record(), event.reason()))));
        }
        return CollectionConverters.asScala(out.iterator());
    }

    private void countOnce(List<Event> events, List<Change> out) {
        for (Event event : events) {
            if (!seen.containsKey(event.id())) {
                seen.updateValue(event.id(), true);
                out.add(Change.by(event.lead(), event.rule(), event.place(), event.timeMillis()));
            }
        }
    }

    @Override
    public Iterator<Change> handleExpiredTimer(String key, TimerValues time, ExpiredTimerInfo timer) {
        List<Change> out = new ArrayList<>();
        if (key.startsWith(Event.OF_VISITOR)) {
            visitors.wake(timer.getExpiryTimeInMs(), out);
        } else {
            deals.wake(key.substring(Event.OF_DEAL.length()), time.getCurrentWatermarkInMs(), out);
        }
        return CollectionConverters.asScala(out.iterator());
    }
}
