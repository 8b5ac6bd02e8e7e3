package io.leadpulse.oracle;

import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;

/**
 * Business time by a second way, for tests: a predicate on instants, asked once between any two instants at which its
 * answer may change. Slow, and made of java.time and exact fractions only.
 *
 * <p>Days are local dates as java.time gives them, so zones that set the clock back across midnight are out of its
 * range. Minutes of the day are 0..1440.
 */
public final class OracleCalendar {
    private static final int MAX_DAYS = 4_000;

    private final ZoneId zone;
    private final Map<DayOfWeek, List<int[]>> minutesByWeekday;
    private final Set<LocalDate> holidays;
    private final List<long[]> absences;
    private final Map<LocalDate, Long> dayMillis = new HashMap<>();

    /**
     * @param minutesByWeekday {@code {startMinute, endMinute}} in order; weekdays not named are free
     * @param absences {@code {fromMillis, toMillis}}, in any order, may overlap
     */
    public OracleCalendar(
            ZoneId zone, Map<DayOfWeek, List<int[]>> minutesByWeekday, Set<LocalDate> holidays, List<long[]> absences) {
        this.zone = zone;
        this.minutesByWeekday = minutesByWeekday;
        this.holidays = holidays;
        this.absences = absences;
    }

    /** Whether business time passes at an instant. */
    public boolean isBusinessTime(long millis) {
        for (long[] absence : absences) {
            if (absence[0] <= millis && millis < absence[1]) {
                return false;
            }
        }
        LocalDateTime local = local(millis);
        if (holidays.contains(local.toLocalDate())) {
            return false;
        }
        long minute = local.toLocalTime().toSecondOfDay() / 60;
        for (int[] interval : minutesByWeekday.getOrDefault(local.getDayOfWeek(), List.of())) {
            if (interval[0] <= minute && minute < interval[1]) {
                return true;
            }
        }
        return false;
    }

    /** Business milliseconds in [fromMillis, toMillis). */
    public long businessMillis(long fromMillis, long toMillis) {
        long sum = 0;
        for (long[] piece : businessPieces(fromMillis, toMillis)) {
            sum += piece[1] - piece[0];
        }
        return sum;
    }

    /** Business milliseconds of a local date. */
    public long businessMillisOfDay(LocalDate date) {
        return dayMillis.computeIfAbsent(date, day -> businessMillis(startOfDay(day), startOfDay(day.plusDays(1))));
    }

    /** Business days in [fromMillis, toMillis) as an exact fraction {numerator, denominator}. */
    public BigInteger[] businessDays(long fromMillis, long toMillis) {
        return businessDays(new long[] {fromMillis}, List.of(this), fromMillis, toMillis);
    }

    /** Earliest instant at which the business days since fromMillis reach limitMilliDays / 1000, rounded up. */
    public long dueAfterBusinessDays(long fromMillis, long limitMilliDays) {
        return dueAfterBusinessDays(new long[] {fromMillis}, List.of(this), fromMillis, limitMilliDays);
    }

    /** Earliest instant at which the business milliseconds since fromMillis reach the limit. */
    public long dueAfterBusinessMillis(long fromMillis, long limitMillis) {
        return dueAfterBusinessMillis(new long[] {fromMillis}, List.of(this), fromMillis, limitMillis);
    }

    /** As {@link #businessDays(long, long)} where calendars.get(i) rules from fromMillisOf[i] on. */
    public static BigInteger[] businessDays(
            long[] fromMillisOf, List<OracleCalendar> calendars, long fromMillis, long toMillis) {
        BigInteger[] sum = {BigInteger.ZERO, BigInteger.ONE};
        for (int i = 0; i < calendars.size(); i++) {
            OracleCalendar calendar = calendars.get(i);
            long from = i == 0 ? fromMillis : Math.max(fromMillis, fromMillisOf[i]);
            long to = i + 1 < calendars.size() ? Math.min(toMillis, fromMillisOf[i + 1]) : toMillis;
            for (long[] piece : calendar.businessPieces(from, to)) {
                long wholeDay =
                        calendar.businessMillisOfDay(calendar.local(piece[0]).toLocalDate());
                sum = plus(sum, piece[1] - piece[0], wholeDay);
            }
        }
        return sum;
    }

    /** As {@link #dueAfterBusinessDays(long, long)} where calendars.get(i) rules from fromMillisOf[i] on. */
    public static long dueAfterBusinessDays(
            long[] fromMillisOf, List<OracleCalendar> calendars, long fromMillis, long limitMilliDays) {
        BigInteger[] limit = {BigInteger.valueOf(limitMilliDays), BigInteger.valueOf(1_000)};
        BigInteger[] sum = {BigInteger.ZERO, BigInteger.ONE};
        if (limitMilliDays == 0) {
            return fromMillis;
        }
        for (long[] piece : piecesFrom(fromMillisOf, calendars, fromMillis)) {
            OracleCalendar calendar = calendars.get((int) piece[2]);
            long wholeDay =
                    calendar.businessMillisOfDay(calendar.local(piece[0]).toLocalDate());
            BigInteger[] next = plus(sum, piece[1] - piece[0], wholeDay);
            if (compare(next, limit) >= 0) {
                // ceil((limit - sum) * wholeDay)
                BigInteger[] missing = {
                    limit[0].multiply(sum[1])
                            .subtract(sum[0].multiply(limit[1]))
                            .multiply(BigInteger.valueOf(wholeDay)),
                    limit[1].multiply(sum[1])
                };
                BigInteger[] parts = missing[0].divideAndRemainder(missing[1]);
                return piece[0] + parts[0].longValueExact() + (parts[1].signum() > 0 ? 1 : 0);
            }
            sum = next;
        }
        throw new IllegalStateException("limit not reached within " + MAX_DAYS + " days");
    }

    /** As {@link #dueAfterBusinessMillis(long, long)} where calendars.get(i) rules from fromMillisOf[i] on. */
    public static long dueAfterBusinessMillis(
            long[] fromMillisOf, List<OracleCalendar> calendars, long fromMillis, long limitMillis) {
        long left = limitMillis;
        if (left == 0) {
            return fromMillis;
        }
        for (long[] piece : piecesFrom(fromMillisOf, calendars, fromMillis)) {
            if (piece[1] - piece[0] >= left) {
                return piece[0] + left;
            }
            left -= piece[1] - piece[0];
        }
        throw new IllegalStateException("limit not reached within " + MAX_DAYS + " days");
    }

    /** Compares two fractions with positive denominators. */
    public static int compare(BigInteger[] left, BigInteger[] right) {
        return left[0].multiply(right[1]).compareTo(right[0].multiply(left[1]));
    }

    /** {from, to, index of the calendar} of business pieces within single days, lazily, week by week. */
    private static Iterable<long[]> piecesFrom(long[] fromMillisOf, List<OracleCalendar> calendars, long fromMillis) {
        return () -> new Iterator<>() {
            private final Deque<long[]> ready = new ArrayDeque<>();
            private long cursor = fromMillis;

            @Override
            public boolean hasNext() {
                long end = fromMillis + MAX_DAYS * 86_400_000L;
                while (ready.isEmpty() && cursor < end) {
                    long stop = cursor + 7 * 86_400_000L;
                    for (int i = 0; i < calendars.size(); i++) {
                        long from = i == 0 ? cursor : Math.max(cursor, fromMillisOf[i]);
                        long to = i + 1 < calendars.size() ? Math.min(stop, fromMillisOf[i + 1]) : stop;
                        for (long[] piece : calendars.get(i).businessPieces(from, to)) {
                            ready.add(new long[] {piece[0], piece[1], i});
                        }
                    }
                    cursor = stop;
                }
                return !ready.isEmpty();
            }

            @Override
            public long[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return ready.remove();
            }
        };
    }

    /** Ascending {from, to} of business time, each within one local date. */
    private List<long[]> businessPieces(long fromMillis, long toMillis) {
        List<long[]> pieces = new ArrayList<>();
        if (fromMillis >= toMillis) {
            return pieces;
        }
        TreeSet<Long> cuts = new TreeSet<>();
        cuts.add(fromMillis);
        cuts.add(toMillis);
        for (long[] absence : absences) {
            cuts.add(absence[0]);
            cuts.add(absence[1]);
        }
        Instant lastTransition = Instant.ofEpochMilli(toMillis);
        for (ZoneOffsetTransition transition = zone.getRules().nextTransition(Instant.ofEpochMilli(fromMillis));
                transition != null && transition.getInstant().isBefore(lastTransition);
                transition = zone.getRules().nextTransition(transition.getInstant())) {
            cuts.add(transition.getInstant().toEpochMilli());
        }
        LocalDate last = local(toMillis).toLocalDate();
        for (LocalDate date = local(fromMillis).toLocalDate(); !date.isAfter(last); date = date.plusDays(1)) {
            addInstants(cuts, date.atStartOfDay());
            for (int[] interval : minutesByWeekday.getOrDefault(date.getDayOfWeek(), List.of())) {
                addInstants(cuts, atMinute(date, interval[0]));
                addInstants(cuts, atMinute(date, interval[1]));
            }
        }
        Long from = null;
        for (long cut : cuts.subSet(fromMillis, true, toMillis, true)) {
            if (from != null && isBusinessTime(from)) {
                pieces.add(new long[] {from, cut});
            }
            from = cut;
        }
        return pieces;
    }

    /** Every instant at which the wall clock shows a time: none in a gap, two in an overlap. */
    private void addInstants(Set<Long> cuts, LocalDateTime wallClock) {
        for (ZoneOffset offset : zone.getRules().getValidOffsets(wallClock)) {
            cuts.add(wallClock.toInstant(offset).toEpochMilli());
        }
    }

    private static LocalDateTime atMinute(LocalDate date, int minute) {
        return minute == 1_440 ? date.plusDays(1).atStartOfDay() : date.atTime(LocalTime.of(minute / 60, minute % 60));
    }

    private long startOfDay(LocalDate date) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private LocalDateTime local(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone);
    }

    private static BigInteger[] plus(BigInteger[] sum, long numerator, long denominator) {
        BigInteger top =
                sum[0].multiply(BigInteger.valueOf(denominator)).add(sum[1].multiply(BigInteger.valueOf(numerator)));
        BigInteger bottom = sum[1].multiply(BigInteger.valueOf(denominator));
        BigInteger common = top.gcd(bottom);
        return new BigInteger[] {top.divide(common), bottom.divide(common)};
    }
}
