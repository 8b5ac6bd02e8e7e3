package io.leadpulse.domain.calendar;

import java.util.Arrays;
import java.util.List;

/**
 * One local day cut into its business intervals as instants; immutable, so it may be shared and published freely.
 */
final class BusinessDay {
    private static final long[] NONE = {};

    final long epochDay;
    /** First instant of the day. */
    final long startMillis;
    /** First instant of the next day; equal to the start where the zone skipped the day. */
    final long endMillis;
    /** Business time of the whole day, milliseconds. */
    final long businessMillis;

    private final long[] from;
    private final long[] to;

    private BusinessDay(long epochDay, long startMillis, long endMillis, long[] from, long[] to) {
        this.epochDay = epochDay;
        this.startMillis = startMillis;
        this.endMillis = endMillis;
        this.from = from;
        this.to = to;
        long sum = 0;
        for (int i = 0; i < from.length; i++) {
            sum += to[i] - from[i];
        }
        this.businessMillis = sum;
    }

    static BusinessDay free(long epochDay, long startMillis, long endMillis) {
        return new BusinessDay(epochDay, startMillis, endMillis, NONE, NONE);
    }

    /** A day with the business intervals {@code [from[i], to[i])}, ascending, the first {@code count} of each array. */
    static BusinessDay of(long epochDay, long startMillis, long endMillis, long[] from, long[] to, int count) {
        return new BusinessDay(epochDay, startMillis, endMillis, Arrays.copyOf(from, count), Arrays.copyOf(to, count));
    }

    /** This day without the absences, which are ascending and disjoint; itself if none touches its business time. */
    BusinessDay without(List<Absence> absences) {
        long[] cutFrom = new long[from.length + absences.size()];
        long[] cutTo = new long[from.length + absences.size()];
        int count = 0;
        for (int i = 0; i < from.length; i++) {
            long open = from[i];
            for (Absence absence : absences) {
                if (absence.toMillis() <= open) {
                    continue;
                }
                if (absence.fromMillis() >= to[i]) {
                    break;
                }
                if (absence.fromMillis() > open) {
                    cutFrom[count] = open;
                    cutTo[count++] = absence.fromMillis();
                }
                open = Math.min(to[i], absence.toMillis());
            }
            if (open < to[i]) {
                cutFrom[count] = open;
                cutTo[count++] = to[i];
            }
        }
        BusinessDay cut = of(epochDay, startMillis, endMillis, cutFrom, cutTo, count);
        return cut.businessMillis == businessMillis ? this : cut;
    }

    /** Business time of this day before {@code millis}. */
    long businessMillisBefore(long millis) {
        if (millis >= endMillis) {
            return businessMillis;
        }
        long sum = 0;
        for (int i = 0; i < from.length && from[i] < millis; i++) {
            sum += Math.min(to[i], millis) - from[i];
        }
        return sum;
    }

    /**
     * The earliest instant at which {@code elapsedMillis} of this day's business time have elapsed.
     *
     * @param elapsedMillis 1..{@link #businessMillis}
     */
    long instantAfter(long elapsedMillis) {
        long left = elapsedMillis;
        for (int i = 0; i < from.length; i++) {
            long length = to[i] - from[i];
            if (left <= length) {
                return from[i] + left;
            }
            left -= length;
        }
        throw new IllegalArgumentException(
                "day " + epochDay + " has " + businessMillis + " ms of business time, asked for " + elapsedMillis);
    }

    boolean contains(long millis) {
        for (int i = 0; i < from.length && from[i] <= millis; i++) {
            if (millis < to[i]) {
                return true;
            }
        }
        return false;
    }
}
