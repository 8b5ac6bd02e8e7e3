package io.leadpulse.local.simulator;

import java.time.LocalTime;
import java.util.TreeMap;

/** When leads come: peaks at 11, 15 and 21 hours, less on free days. */
final class LeadTimes {
    private static final double[] HOURS = {
        1, .5, .3, .2, .3, .6, 1.2, 2.2, 4, 6.5, 8.5, 9.5, 8, 6.5, 7.5, 8.8, 7.5, 6, 4.5, 4.5, 5.5, 6.5, 4, 2
    };
    private static final double HOURS_SUM = java.util.Arrays.stream(HOURS).sum();
    private static final double[] WEEKDAYS = {.90, 1.10, 1.15, 1.10, .75};
    private static final double FREE_DAY = .3;
    private static final long HOUR = 3_600_000;

    private final TreeMap<Double, Long> hours = new TreeMap<>();
    private final long from;
    private final long to;
    private double sum;

    /** Times in [from, to), epoch milliseconds. */
    LeadTimes(WorkTime work, long from, long to) {
        this.from = from;
        this.to = to;
        for (long day = work.day(from); day <= work.day(to - 1); day++) {
            double ofDay = work.works(day) ? WEEKDAYS[work.placeInWeek(day)] : FREE_DAY;
            for (int hour = 0; hour < HOURS.length; hour++) {
                long start = work.at(day, LocalTime.of(hour, 0));
                long inside = Math.min(to, start + HOUR) - Math.max(from, start);
                if (inside > 0) {
                    hours.put(sum, start);
                    sum += ofDay * HOURS[hour] / HOURS_SUM * inside / HOUR;
                }
            }
        }
    }

    /** Whether an instant is in [from, to). */
    boolean contains(long millis) {
        return millis >= from && millis < to;
    }

    /** How many ordinary working days of leads these times are. */
    double days() {
        return sum;
    }

    long draw(Dice dice) {
        while (true) {
            long millis = hours.floorEntry(dice.between(0, sum)).getValue() + dice.between(0L, HOUR);
            if (contains(millis)) {
                return millis;
            }
        }
    }
}
