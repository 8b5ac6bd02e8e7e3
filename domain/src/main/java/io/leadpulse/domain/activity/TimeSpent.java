package io.leadpulse.domain.activity;

import io.leadpulse.domain.calendar.BusinessCalendar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The time that one person spent on activities: the union of their intervals, so that a call during a meeting or an
 * activity logged twice does not make the day longer. Each attendee of a meeting has his own.
 *
 * <p>A union cannot be taken back in part: whoever corrects an activity makes it anew of all of them.
 *
 * @param spans in order, without overlap and not touching
 */
public record TimeSpent(List<Span> spans) {

    /**
     * From when to when.
     *
     * @param fromMillis epoch milliseconds
     * @param toMillis exclusive; not before {@code fromMillis}, else {@link IllegalArgumentException}
     */
    public record Span(long fromMillis, long toMillis) {
        /** Refuses what ends before it begins. */
        public Span {
            if (toMillis < fromMillis) {
                throw new IllegalArgumentException("a span from " + fromMillis + " to " + toMillis + " ends too early");
            }
        }

        /** How long it is, milliseconds. */
        public long millis() {
            return Math.subtractExact(toMillis, fromMillis);
        }
    }

    /** Unites the spans, given in any order and however often; empty ones vanish. */
    public TimeSpent {
        spans = united(spans);
    }

    /** The time of one person's activities. */
    public static TimeSpent of(Collection<Span> activities) {
        return new TimeSpent(List.copyOf(activities));
    }

    /** All of it, milliseconds. */
    public long millis() {
        long sum = 0;
        for (Span span : spans) {
            sum = Math.addExact(sum, span.millis());
        }
        return sum;
    }

    /** What of it lies in {@code [fromMillis, toMillis)}, milliseconds. */
    public long millisBetween(long fromMillis, long toMillis) {
        long sum = 0;
        for (Span span : spans) {
            sum += Math.max(0, Math.min(span.toMillis(), toMillis) - Math.max(span.fromMillis(), fromMillis));
        }
        return sum;
    }

    /**
     * The time of each day on which some was spent, milliseconds by epoch day: what goes on past midnight belongs to
     * both days.
     *
     * @param calendar the company's, for its days
     */
    public SortedMap<Long, Long> millisByDay(BusinessCalendar calendar) {
        SortedMap<Long, Long> byDay = new TreeMap<>();
        for (Span span : spans) {
            long from = span.fromMillis();
            while (from < span.toMillis()) {
                long day = calendar.epochDay(from);
                long to = Math.min(span.toMillis(), calendar.startOfDayMillis(day + 1));
                byDay.merge(day, to - from, Long::sum);
                from = to;
            }
        }
        return byDay;
    }

    private static List<Span> united(Collection<Span> spans) {
        List<Span> ascending = new ArrayList<>(spans);
        ascending.removeIf(span -> span.fromMillis() == span.toMillis());
        ascending.sort(Comparator.comparingLong(Span::fromMillis));
        List<Span> united = new ArrayList<>();
        for (Span span : ascending) {
            int last = united.size() - 1;
            if (last >= 0 && span.fromMillis() <= united.get(last).toMillis()) {
                Span before = united.get(last);
                united.set(last, new Span(before.fromMillis(), Math.max(before.toMillis(), span.toMillis())));
            } else {
                united.add(span);
            }
        }
        return List.copyOf(united);
    }
}
