package io.leadpulse.domain.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.oracle.OracleCalendar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The calendar against {@link OracleCalendar}, around changes of the clock in several zones. */
class BusinessCalendarPropertyTest {
    private static final long DAY = 86_400_000L;
    private static final int TRIES = 200;

    /** Zones with changes at 02:00, at midnight in both directions, of half an hour, and none. */
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "America/Sao_Paulo",
            "Asia/Tehran",
            "Australia/Lord_Howe",
            "Pacific/Apia");

    /** The same calendar twice: the domain's and the oracle's. */
    record Pair(BusinessCalendar domain, OracleCalendar oracle, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    @Property(tries = TRIES, seed = "20261122")
    void businessTimeAndDaysEqualTheOracle(
            @ForAll("calendars") Pair pair, @ForAll("instants") long from, @ForAll("lengths") long length) {
        long to = from + length;
        assertThat(pair.domain().businessMillisBetween(from, to))
                .isEqualTo(pair.oracle().businessMillis(from, to));
        assertThat(pair.domain().businessDaysBetween(from, to))
                .isCloseTo(asDouble(pair.oracle().businessDays(from, to)), within(1e-9));
        assertThat(pair.domain().isBusinessTime(from)).isEqualTo(pair.oracle().isBusinessTime(from));
    }

    @Property(tries = TRIES, seed = "20261122")
    void dueAfterBusinessDaysEqualsTheOracleAndIsTheEarliestInstant(
            @ForAll("calendars") Pair pair, @ForAll("instants") long from, @ForAll("limits") long limitMilliDays) {
        long due = pair.domain().dueAfterBusinessDays(from, limitMilliDays);
        assertThat(due).isEqualTo(pair.oracle().dueAfterBusinessDays(from, limitMilliDays));

        BigInteger[] limit = {BigInteger.valueOf(limitMilliDays), BigInteger.valueOf(1_000)};
        assertThat(OracleCalendar.compare(pair.oracle().businessDays(from, due), limit))
                .isNotNegative();
        if (due > from) {
            assertThat(OracleCalendar.compare(pair.oracle().businessDays(from, due - 1), limit))
                    .isNegative();
        }
    }

    @Property(tries = TRIES, seed = "20261122")
    void dueAfterBusinessMillisIsTheEarliestInstant(
            @ForAll("calendars") Pair pair, @ForAll("instants") long from, @ForAll("lengths") long limitMillis) {
        long due = pair.domain().dueAfterBusinessMillis(from, limitMillis);
        assertThat(due).isEqualTo(pair.oracle().dueAfterBusinessMillis(from, limitMillis));
        assertThat(pair.domain().businessMillisBetween(from, due)).isEqualTo(limitMillis);
        if (due > from) {
            assertThat(pair.domain().businessMillisBetween(from, due - 1)).isEqualTo(limitMillis - 1);
        }
    }

    @Property(tries = TRIES, seed = "20261122")
    void businessTimeIsAdditiveAndNeverFalls(
            @ForAll("calendars") Pair pair,
            @ForAll("instants") long from,
            @ForAll("lengths") long first,
            @ForAll("lengths") long second) {
        BusinessCalendar calendar = pair.domain();
        long middle = from + first;
        long to = middle + second;
        assertThat(calendar.businessMillisBetween(from, to))
                .isEqualTo(calendar.businessMillisBetween(from, middle) + calendar.businessMillisBetween(middle, to));
        assertThat(calendar.businessDaysBetween(from, to))
                .isCloseTo(
                        calendar.businessDaysBetween(from, middle) + calendar.businessDaysBetween(middle, to),
                        within(1e-9));
        assertThat(calendar.businessMillisBetween(from, to)).isBetween(0L, to - from);
    }

    @Property(tries = TRIES, seed = "20261122")
    void aHigherLimitOrALaterBeginningIsNeverDueEarlier(
            @ForAll("calendars") Pair pair,
            @ForAll("instants") long from,
            @ForAll("lengths") long later,
            @ForAll("limits") long limit,
            @ForAll("limits") long more) {
        BusinessCalendar calendar = pair.domain();
        long due = calendar.dueAfterBusinessDays(from, limit);
        assertThat(due).isGreaterThanOrEqualTo(from);
        assertThat(calendar.dueAfterBusinessDays(from, limit + more)).isGreaterThanOrEqualTo(due);
        assertThat(calendar.dueAfterBusinessDays(from + later, limit)).isGreaterThanOrEqualTo(due);
    }

    @Property(tries = TRIES, seed = "20261122")
    void daysFollowEachOtherAndContainTheirInstants(@ForAll("calendars") Pair pair, @ForAll("instants") long instant) {
        BusinessCalendar calendar = pair.domain();
        long epochDay = calendar.epochDay(instant);
        LocalDate date = Instant.ofEpochMilli(instant).atZone(calendar.zone()).toLocalDate();
        assertThat(epochDay).isEqualTo(date.toEpochDay());
        assertThat(calendar.startOfDayMillis(epochDay)).isLessThanOrEqualTo(instant);
        assertThat(calendar.startOfDayMillis(epochDay + 1)).isGreaterThan(instant);
        assertThat(calendar.businessMillisOfDay(epochDay))
                .isEqualTo(pair.oracle().businessMillisOfDay(date));
    }

    @Property(tries = TRIES, seed = "20261122")
    void spansEqualTheOracle(
            @ForAll("calendars") Pair first,
            @ForAll("calendars") Pair second,
            @ForAll("calendars") Pair third,
            @ForAll("instants") long from,
            @ForAll("handovers") long toSecond,
            @ForAll("handovers") long toThird,
            @ForAll("limits") long limitMilliDays,
            @ForAll("lengths") long limitMillis) {
        long secondFrom = from + 1 + Math.min(toSecond, toThird);
        long thirdFrom = from + 1 + Math.max(toSecond, toThird);
        List<CalendarSpan> spans = List.of(
                new CalendarSpan(from + 1, first.domain()),
                new CalendarSpan(secondFrom, second.domain()),
                new CalendarSpan(thirdFrom, third.domain()));
        long[] starts = {from + 1, secondFrom, thirdFrom};
        List<OracleCalendar> oracles = List.of(first.oracle(), second.oracle(), third.oracle());

        long due = BusinessCalendar.dueAfterBusinessDays(spans, from, limitMilliDays);
        assertThat(due).isEqualTo(OracleCalendar.dueAfterBusinessDays(starts, oracles, from, limitMilliDays));
        assertThat(BusinessCalendar.businessDaysBetween(spans, from, due))
                .isCloseTo(asDouble(OracleCalendar.businessDays(starts, oracles, from, due)), within(1e-9));

        long dueByMillis = BusinessCalendar.dueAfterBusinessMillis(spans, from, limitMillis);
        assertThat(dueByMillis).isEqualTo(OracleCalendar.dueAfterBusinessMillis(starts, oracles, from, limitMillis));
        assertThat(BusinessCalendar.businessMillisBetween(spans, from, dueByMillis))
                .isEqualTo(limitMillis);
    }

    @Property(tries = TRIES, seed = "20261122")
    void spansOfOneCalendarEqualThatCalendar(
            @ForAll("calendars") Pair pair,
            @ForAll("instants") long from,
            @ForAll("handovers") long handover,
            @ForAll("limits") long limitMilliDays,
            @ForAll("lengths") long length) {
        List<CalendarSpan> spans =
                List.of(new CalendarSpan(from, pair.domain()), new CalendarSpan(from + handover, pair.domain()));
        assertThat(BusinessCalendar.dueAfterBusinessDays(spans, from, limitMilliDays))
                .isEqualTo(pair.domain().dueAfterBusinessDays(from, limitMilliDays));
        assertThat(BusinessCalendar.dueAfterBusinessMillis(spans, from, length))
                .isEqualTo(pair.domain().dueAfterBusinessMillis(from, length));
        assertThat(BusinessCalendar.businessDaysBetween(spans, from, from + length))
                .isCloseTo(pair.domain().businessDaysBetween(from, from + length), within(1e-9));
        assertThat(BusinessCalendar.businessMillisBetween(spans, from, from + length))
                .isEqualTo(pair.domain().businessMillisBetween(from, from + length));
    }

    @Provide
    Arbitrary<Pair> calendars() {
        Arbitrary<List<Integer>> bounds =
                Arbitraries.integers().between(0, 1_440).list().ofMinSize(0).ofMaxSize(4);
        Arbitrary<List<List<Integer>>> week = Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.just(List.of(0, 1_440))),
                        Tuple.of(1, Arbitraries.just(List.of(540, 1_020))),
                        Tuple.of(4, bounds))
                .list()
                .ofSize(7);
        Arbitrary<List<Long>> holidays = days().list().ofMaxSize(6);
        Arbitrary<List<long[]>> absences = Combinators.combine(
                        instants(), Arbitraries.longs().between(1, 9 * DAY))
                .as((from, length) -> new long[] {from, from + length})
                .list()
                .ofMaxSize(5);
        return Combinators.combine(Arbitraries.of(ZONES), week, holidays, absences)
                .as(BusinessCalendarPropertyTest::pair);
    }

    /** Around the changes of the clock of 2011 to 2018; often on a whole minute, often at midnight UTC. */
    @Provide
    Arbitrary<Long> instants() {
        return Combinators.combine(
                        days(),
                        Arbitraries.oneOf(
                                Arbitraries.longs().between(0, DAY - 1),
                                Arbitraries.longs().between(0, 1_439).map(minute -> minute * 60_000),
                                Arbitraries.just(0L)))
                .as((day, millis) -> day * DAY + millis);
    }

    private static Arbitrary<Long> days() {
        return Arbitraries.of(
                        "2017-03-26",
                        "2017-10-29",
                        "2017-10-15",
                        "2018-02-18",
                        "2011-12-30",
                        "2017-03-22",
                        "2017-06-28")
                .flatMap(date -> Arbitraries.longs()
                        .between(-12, 12)
                        .map(offset -> LocalDate.parse(date).toEpochDay() + offset));
    }

    @Provide
    Arbitrary<Long> lengths() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 20 * DAY),
                Arbitraries.longs().between(0, 480).map(h -> h * 3_600_000));
    }

    @Provide
    Arbitrary<Long> handovers() {
        return Arbitraries.longs().between(0, 15 * DAY);
    }

    @Provide
    Arbitrary<Long> limits() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 21_000),
                Arbitraries.longs().between(0, 21).map(days -> days * 1_000));
    }

    private static int minutesOf(List<Integer> bounds) {
        int minutes = 0;
        for (int i = 0; i + 1 < bounds.size(); i += 2) {
            minutes += bounds.get(i + 1) - bounds.get(i);
        }
        return minutes;
    }

    /** Builds both calendars; each has an hour on Wednesday at least, so that every limit is reached before long. */
    private static Pair pair(
            String zone, List<List<Integer>> boundsByWeekday, List<Long> holidays, List<long[]> absences) {
        Map<DayOfWeek, List<WorkingInterval>> intervals = new EnumMap<>(DayOfWeek.class);
        Map<DayOfWeek, List<int[]>> minutes = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek weekday : DayOfWeek.values()) {
            List<Integer> bounds = new ArrayList<>(new TreeSet<>(boundsByWeekday.get(weekday.getValue() - 1)));
            if (weekday == DayOfWeek.WEDNESDAY && minutesOf(bounds) < 60) {
                bounds = List.of(480, 1_000);
            }
            intervals.put(weekday, new ArrayList<>());
            minutes.put(weekday, new ArrayList<>());
            for (int i = 0; i + 1 < bounds.size(); i += 2) {
                intervals.get(weekday).add(new WorkingInterval(bounds.get(i), bounds.get(i + 1)));
                minutes.get(weekday).add(new int[] {bounds.get(i), bounds.get(i + 1)});
            }
        }
        Set<LocalDate> holidayDates = new HashSet<>();
        holidays.forEach(day -> holidayDates.add(LocalDate.ofEpochDay(day)));
        List<Absence> domainAbsences =
                absences.stream().map(a -> new Absence(a[0], a[1])).toList();
        BusinessCalendar domain = new BusinessCalendar(
                        ZoneId.of(zone), WorkingWeek.of(intervals), new HashSet<>(holidays))
                .withAbsences(domainAbsences);
        return new Pair(
                domain,
                new OracleCalendar(ZoneId.of(zone), minutes, holidayDates, absences),
                zone + " " + domain.week() + " holidays " + holidayDates + " absences " + domainAbsences);
    }

    private static double asDouble(BigInteger[] fraction) {
        return new BigDecimal(fraction[0])
                .divide(new BigDecimal(fraction[1]), MathContext.DECIMAL64)
                .doubleValue();
    }
}
