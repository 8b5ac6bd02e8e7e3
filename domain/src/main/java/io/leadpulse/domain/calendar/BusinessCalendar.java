package io.leadpulse.domain.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * When one owner (the company, or a rep with his absences) works: the one place where business time is computed.
 *
 * <p><b>Business time.</b> An instant is business time if the wall clock of the zone stands within a working interval of
 * that weekday, the day is no holiday, and no absence covers it. What counts is the time that really elapses: a day
 * worked from 00:00 to 24:00 has 23 hours when the clock is set forward over it and 25 when it is set back; working
 * hours within the skipped hour do not exist, those within the repeated hour come twice.
 *
 * <p><b>Days</b> follow each other without gap or overlap: a day lasts from the first instant at which the clock shows
 * its date to the first instant of the next. (Where the clock was set back across midnight, the repeated minutes belong
 * to the day that had begun.) A date that the zone skipped is an empty day.
 *
 * <p><b>Business days</b> elapsed are the sum over days of (business time elapsed that day / business time of that
 * day), so a day cut short by an absence still counts as one whole day, and a day without business time adds nothing.
 * Due times are the earliest instant at which a sum reaches its limit, computed exactly and rounded up to the
 * millisecond; a limit that is used up when a Friday ends is due then, not on Monday.
 *
 * <p>All instants are epoch milliseconds in {@link #MIN_MILLIS}..{@link #MAX_MILLIS}; others are refused with an
 * {@link IllegalArgumentException}. The calendar is immutable to its users and thread-safe: it remembers recent days in
 * a cache of bounded size whose entries are immutable. It is not serializable; build it where it is used.
 */
public final class BusinessCalendar {

    /** No due time: no business time comes, see {@link #MAX_IDLE_DAYS} and {@link #MAX_SEARCH_DAYS}. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The search for a due time gives up after so many days in a row without business time: three years. */
    public static final int MAX_IDLE_DAYS = 3 * 366;

    /** No due time later than so many days after its beginning is looked for: a hundred years. */
    public static final int MAX_SEARCH_DAYS = 36_525;

    /** The earliest instant that a calendar can place: the year 1 began everywhere. */
    public static final long MIN_MILLIS = LocalDate.of(1, 1, 3).toEpochDay() * 86_400_000L;

    /** The latest instant that a calendar can place: the year 9999 has not ended anywhere. */
    public static final long MAX_MILLIS = LocalDate.of(9999, 12, 29).toEpochDay() * 86_400_000L;

    private static final long DAY_MILLIS = 86_400_000L;
    private static final long MINUTE_MILLIS = 60_000L;
    /** A power of two; some five and a half years, more than the events of a replay usually jump about in. */
    private static final int CACHED_DAYS = 2_048;

    private final ZoneId zone;
    private final ZoneRules rules;
    private final WorkingWeek week;
    private final Set<Long> holidayEpochDays;
    private final List<Absence> absences;
    /** The same calendar without absences, whose days are shared; null if this is it. */
    private final BusinessCalendar unabsent;

    private final BusinessDay[] cache = new BusinessDay[CACHED_DAYS];

    /**
     * A calendar without absences.
     *
     * @param zone the zone of the wall clock and of the days
     * @param week working hours by weekday
     * @param holidayEpochDays local dates without work, as epoch days
     */
    public BusinessCalendar(ZoneId zone, WorkingWeek week, Set<Long> holidayEpochDays) {
        this.zone = Objects.requireNonNull(zone, "zone");
        this.rules = zone.getRules();
        this.week = Objects.requireNonNull(week, "week");
        this.holidayEpochDays = Set.copyOf(holidayEpochDays);
        this.absences = List.of();
        this.unabsent = null;
    }

    private BusinessCalendar(BusinessCalendar unabsent, List<Absence> absences) {
        this.zone = unabsent.zone;
        this.rules = unabsent.rules;
        this.week = unabsent.week;
        this.holidayEpochDays = unabsent.holidayEpochDays;
        this.absences = absences;
        this.unabsent = unabsent;
    }

    /**
     * The same working hours and holidays with these absences instead of the present ones.
     *
     * @param replacement in any order; they may overlap
     */
    public BusinessCalendar withAbsences(List<Absence> replacement) {
        BusinessCalendar plain = unabsent == null ? this : unabsent;
        return replacement.isEmpty() ? plain : new BusinessCalendar(plain, united(replacement));
    }

    public ZoneId zone() {
        return zone;
    }

    public WorkingWeek week() {
        return week;
    }

    public Set<Long> holidayEpochDays() {
        return holidayEpochDays;
    }

    /** The absences in order, united where they overlapped or touched. */
    public List<Absence> absences() {
        return absences;
    }

    /** The day, as epoch day of its local date, that an instant belongs to. */
    public long epochDay(long millis) {
        return dayAt(millis).epochDay;
    }

    /** The first instant of a day; the end of the day before. */
    public long startOfDayMillis(long epochDay) {
        return day(checkedDay(epochDay)).startMillis;
    }

    /** Business time of a day, milliseconds; 0 on a weekend, holiday or day of full absence. */
    public long businessMillisOfDay(long epochDay) {
        return day(checkedDay(epochDay)).businessMillis;
    }

    /** Whether business time passes at this instant; a working interval includes its beginning and not its end. */
    public boolean isBusinessTime(long millis) {
        return dayAt(millis).contains(millis);
    }

    /** Business time in {@code [fromMillis, toMillis)}, milliseconds; 0 if {@code toMillis} is not after it. */
    public long businessMillisBetween(long fromMillis, long toMillis) {
        checkedInstant(toMillis);
        long sum = 0;
        for (BusinessDay day = dayAt(fromMillis); day.startMillis < toMillis; day = day(day.epochDay + 1)) {
            sum += Math.max(0, day.businessMillisBefore(toMillis) - day.businessMillisBefore(fromMillis));
        }
        return sum;
    }

    /**
     * Business days in {@code [fromMillis, toMillis)}; 0 if {@code toMillis} is not after it. For display: whether a
     * limit is reached is decided by {@link #dueAfterBusinessDays(long, long)}, which is exact.
     */
    public double businessDaysBetween(long fromMillis, long toMillis) {
        checkedInstant(toMillis);
        long wholeDays = 0;
        double parts = 0;
        for (BusinessDay day = dayAt(fromMillis); day.startMillis < toMillis; day = day(day.epochDay + 1)) {
            long elapsed = day.businessMillisBefore(toMillis) - day.businessMillisBefore(fromMillis);
            if (elapsed <= 0) {
                continue;
            }
            if (elapsed == day.businessMillis) {
                wholeDays++;
            } else {
                parts += (double) elapsed / day.businessMillis;
            }
        }
        return wholeDays + parts;
    }

    /** As {@link #businessDaysBetween(long, long)} where the calendar changes; see {@link CalendarSpan}. */
    public static double businessDaysBetween(List<CalendarSpan> spans, long fromMillis, long toMillis) {
        checkedSpans(spans);
        double sum = 0;
        for (int i = 0; i < spans.size(); i++) {
            long from = Math.max(fromMillis, startOf(spans, i));
            long to = Math.min(toMillis, endOf(spans, i));
            if (from < to) {
                sum += spans.get(i).calendar().businessDaysBetween(from, to);
            }
        }
        return sum;
    }

    /** As {@link #businessMillisBetween(long, long)} where the calendar changes; see {@link CalendarSpan}. */
    public static long businessMillisBetween(List<CalendarSpan> spans, long fromMillis, long toMillis) {
        checkedSpans(spans);
        long sum = 0;
        for (int i = 0; i < spans.size(); i++) {
            long from = Math.max(fromMillis, startOf(spans, i));
            long to = Math.min(toMillis, endOf(spans, i));
            if (from < to) {
                sum += spans.get(i).calendar().businessMillisBetween(from, to);
            }
        }
        return sum;
    }

    /**
     * The number of days in {@code [fromEpochDay, toEpochDayExclusive)} that have business time.
     */
    public int businessDayCount(long fromEpochDay, long toEpochDayExclusive) {
        int count = 0;
        for (long epochDay = fromEpochDay; epochDay < toEpochDayExclusive; epochDay++) {
            if (businessMillisOfDay(epochDay) > 0) {
                count++;
            }
        }
        return count;
    }

    /**
     * The earliest instant, not before {@code fromMillis}, at which the business days elapsed since then reach a limit.
     *
     * @param limitMilliDays thousandths of a business day, so that 10.5 days are 10,500; at 0 the limit is reached at
     *     once, business time or not
     * @return epoch milliseconds, rounded up; {@link #NEVER} if no business time comes
     */
    public long dueAfterBusinessDays(long fromMillis, long limitMilliDays) {
        checkedLimit(limitMilliDays);
        checkedInstant(fromMillis);
        return limitMilliDays == 0
                ? fromMillis
                : due(fromMillis, NEVER, fromMillis, Countdown.ofMilliDays(limitMilliDays));
    }

    /** As {@link #dueAfterBusinessDays(long, long)} with a limit of business time as such, in milliseconds. */
    public long dueAfterBusinessMillis(long fromMillis, long limitMillis) {
        checkedLimit(limitMillis);
        checkedInstant(fromMillis);
        return limitMillis == 0 ? fromMillis : due(fromMillis, NEVER, fromMillis, Countdown.ofMillis(limitMillis));
    }

    /**
     * As {@link #dueAfterBusinessDays(long, long)} for a clock whose owner changes: each part of it runs in the
     * calendar of its time, and a day's part counts against that day in that calendar.
     *
     * @param spans ascending, at least one; see {@link CalendarSpan}
     */
    public static long dueAfterBusinessDays(List<CalendarSpan> spans, long fromMillis, long limitMilliDays) {
        checkedLimit(limitMilliDays);
        checkedInstant(fromMillis);
        checkedSpans(spans);
        return limitMilliDays == 0 ? fromMillis : due(spans, fromMillis, Countdown.ofMilliDays(limitMilliDays));
    }

    /** As {@link #dueAfterBusinessDays(List, long, long)} with a limit of business time as such, in milliseconds. */
    public static long dueAfterBusinessMillis(List<CalendarSpan> spans, long fromMillis, long limitMillis) {
        checkedLimit(limitMillis);
        checkedInstant(fromMillis);
        checkedSpans(spans);
        return limitMillis == 0 ? fromMillis : due(spans, fromMillis, Countdown.ofMillis(limitMillis));
    }

    /**
     * How far a period has gone in business time: that elapsed before {@code atMillis} / that of the whole period; 0
     * before it begins, 1 after its end.
     *
     * @return 0..1; empty for the total, which has no end, and for a period without business time
     */
    public OptionalDouble position(Period period, long atMillis) {
        if (period.isTotal()) {
            return OptionalDouble.empty();
        }
        long startMillis = startOfDayMillis(period.startEpochDay());
        long endMillis = startOfDayMillis(period.endEpochDayExclusive());
        long wholeMillis = businessMillisBetween(startMillis, endMillis);
        if (wholeMillis == 0) {
            return OptionalDouble.empty();
        }
        long elapsedMillis = businessMillisBetween(startMillis, Math.min(atMillis, endMillis));
        return OptionalDouble.of((double) elapsedMillis / wholeMillis);
    }

    private static long due(List<CalendarSpan> spans, long fromMillis, Countdown countdown) {
        for (int i = 0; i < spans.size(); i++) {
            long from = Math.max(fromMillis, startOf(spans, i));
            long until = endOf(spans, i);
            if (from < until) {
                long due = spans.get(i).calendar().due(from, until, fromMillis, countdown);
                if (due != NEVER) {
                    return due;
                }
            }
        }
        return NEVER;
    }

    /**
     * Runs the countdown through this calendar in {@code [fromMillis, untilMillis)}.
     *
     * @param untilMillis {@link #NEVER} if no other calendar follows
     * @param clockStartMillis where the whole clock began, for the bound of the search
     */
    private long due(long fromMillis, long untilMillis, long clockStartMillis, Countdown countdown) {
        if (week.isEmpty()) {
            return NEVER;
        }
        long lastSearched = Math.min(MAX_MILLIS, clockStartMillis + MAX_SEARCH_DAYS * DAY_MILLIS);
        long searchEnd = Math.min(untilMillis, lastSearched);
        int idleDays = 0;
        if (fromMillis >= searchEnd) {
            return NEVER;
        }
        for (BusinessDay day = dayAt(fromMillis); day.startMillis < searchEnd; day = day(day.epochDay + 1)) {
            long before = day.businessMillisBefore(fromMillis);
            long available = day.businessMillisBefore(untilMillis) - before;
            if (available > 0) {
                idleDays = 0;
                long needed = countdown.take(available, day.businessMillis);
                if (needed != Countdown.NOT_REACHED) {
                    return day.instantAfter(before + needed);
                }
            } else if (++idleDays > MAX_IDLE_DAYS && untilMillis == NEVER) {
                return NEVER;
            }
        }
        return NEVER;
    }

    private BusinessDay dayAt(long millis) {
        BusinessDay day = day(Math.floorDiv(checkedInstant(millis), DAY_MILLIS));
        while (millis < day.startMillis) {
            day = day(day.epochDay - 1);
        }
        while (millis >= day.endMillis) {
            day = day(day.epochDay + 1);
        }
        return day;
    }

    /** Racing threads may build a day twice; the entries are immutable and equal, so that does not matter. */
    private BusinessDay day(long epochDay) {
        int slot = (int) (epochDay & (CACHED_DAYS - 1));
        BusinessDay day = cache[slot];
        if (day == null || day.epochDay != epochDay) {
            day = unabsent == null ? build(epochDay) : unabsent.day(epochDay).without(absences);
            cache[slot] = day;
        }
        return day;
    }

    private BusinessDay build(long epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        long start = date.atStartOfDay(zone).toInstant().toEpochMilli();
        long end = date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
        List<WorkingInterval> intervals = week.intervals(date.getDayOfWeek());
        if (intervals.isEmpty() || start == end || holidayEpochDays.contains(epochDay)) {
            return BusinessDay.free(epochDay, start, end);
        }
        List<long[]> pieces = new ArrayList<>();
        long pieceStart = start;
        while (pieceStart < end) {
            Instant at = Instant.ofEpochMilli(pieceStart);
            ZoneOffsetTransition next = rules.nextTransition(at);
            long pieceEnd = next == null ? end : Math.min(end, next.toEpochSecond() * 1_000);
            long midnight = epochDay * DAY_MILLIS - rules.getOffset(at).getTotalSeconds() * 1_000L;
            for (WorkingInterval interval : intervals) {
                // 00:00 and 24:00 are the ends of the day itself, wherever the clock was moved.
                long from = interval.startMinute() == 0
                        ? pieceStart
                        : Math.max(pieceStart, midnight + interval.startMinute() * MINUTE_MILLIS);
                long to = interval.endMinute() == WorkingInterval.MINUTES_OF_DAY
                        ? pieceEnd
                        : Math.min(pieceEnd, midnight + interval.endMinute() * MINUTE_MILLIS);
                if (from < to) {
                    pieces.add(new long[] {from, to});
                }
            }
            pieceStart = pieceEnd;
        }
        return BusinessDay.of(
                epochDay,
                start,
                end,
                pieces.stream().mapToLong(piece -> piece[0]).toArray(),
                pieces.stream().mapToLong(piece -> piece[1]).toArray(),
                pieces.size());
    }

    private static List<Absence> united(List<Absence> absences) {
        List<Absence> ascending = new ArrayList<>(absences);
        ascending.sort(Comparator.comparingLong(Absence::fromMillis));
        List<Absence> united = new ArrayList<>();
        for (Absence absence : ascending) {
            int last = united.size() - 1;
            if (last >= 0 && absence.fromMillis() <= united.get(last).toMillis()) {
                united.set(
                        last,
                        new Absence(
                                united.get(last).fromMillis(),
                                Math.max(united.get(last).toMillis(), absence.toMillis())));
            } else {
                united.add(absence);
            }
        }
        return List.copyOf(united);
    }

    private static long startOf(List<CalendarSpan> spans, int index) {
        return index == 0 ? Long.MIN_VALUE : spans.get(index).fromMillis();
    }

    private static long endOf(List<CalendarSpan> spans, int index) {
        return index + 1 < spans.size() ? spans.get(index + 1).fromMillis() : NEVER;
    }

    private static void checkedSpans(List<CalendarSpan> spans) {
        if (spans.isEmpty()) {
            throw new IllegalArgumentException("a clock needs at least one calendar span");
        }
        for (int i = 1; i < spans.size(); i++) {
            if (spans.get(i).fromMillis() < spans.get(i - 1).fromMillis()) {
                throw new IllegalArgumentException("calendar spans must be in ascending order, but "
                        + spans.get(i).fromMillis() + " follows "
                        + spans.get(i - 1).fromMillis());
            }
        }
    }

    private static void checkedLimit(long limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("a limit of " + limit + " is not allowed: 0 or more");
        }
    }

    private static long checkedInstant(long millis) {
        if (millis < MIN_MILLIS || millis > MAX_MILLIS) {
            throw new IllegalArgumentException("instant " + millis + " is outside the calendar: " + MIN_MILLIS + ".."
                    + MAX_MILLIS + " (epoch milliseconds, years 1 to 9999)");
        }
        return millis;
    }

    private static long checkedDay(long epochDay) {
        checkedInstant(Math.multiplyExact(epochDay, DAY_MILLIS));
        return epochDay;
    }
}
