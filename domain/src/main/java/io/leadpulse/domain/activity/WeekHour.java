package io.leadpulse.domain.activity;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;

/**
 * An hour of a weekday by the wall clock.
 *
 * @param day the weekday
 * @param hour 0..23; 9 is from 9:00 to 9:59
 */
public record WeekHour(DayOfWeek day, int hour) implements Comparable<WeekHour> {

    /** Hours of a day. */
    public static final int HOURS = 24;

    private static final Comparator<WeekHour> BY_TIME =
            Comparator.comparing(WeekHour::day).thenComparingInt(WeekHour::hour);

    /** Refuses hours that no day has with an {@link IllegalArgumentException}. */
    public WeekHour {
        if (hour < 0 || hour >= HOURS) {
            throw new IllegalArgumentException("hour " + hour + " is not in 0..23");
        }
    }

    /** The hour in which an instant, epoch milliseconds, falls in a zone. */
    public static WeekHour at(long millis, ZoneId zone) {
        ZonedDateTime local = Instant.ofEpochMilli(millis).atZone(zone);
        return new WeekHour(local.getDayOfWeek(), local.getHour());
    }

    @Override
    public int compareTo(WeekHour other) {
        return BY_TIME.compare(this, other);
    }
}
