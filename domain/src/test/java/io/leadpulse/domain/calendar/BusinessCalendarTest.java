package io.leadpulse.domain.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BusinessCalendarTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");
    private static final ZoneId TEHRAN = ZoneId.of("Asia/Tehran");
    private static final ZoneId ST_JOHNS = ZoneId.of("America/St_Johns");
    private static final ZoneId APIA = ZoneId.of("Pacific/Apia");

    private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);
    private static final WorkingWeek WHOLE_WEEKDAYS = WorkingWeek.wholeDays(WEEKDAYS);
    private static final WorkingWeek WHOLE_DAYS = WorkingWeek.wholeDays(EVERY_DAY);
    private static final WorkingWeek NINE_TO_FIVE = WorkingWeek.on(WEEKDAYS, WorkingInterval.ofHours(9, 17));
    private static final WorkingWeek WITH_LUNCH =
            WorkingWeek.on(WEEKDAYS, WorkingInterval.ofHours(8, 12), WorkingInterval.ofHours(13, 17));

    private static final long MINUTE = 60_000L;
    private static final long HOUR = 60 * MINUTE;

    private static final BusinessCalendar UTC_WEEKDAYS = calendar(UTC, WHOLE_WEEKDAYS);
    private static final BusinessCalendar UTC_NINE_TO_FIVE = calendar(UTC, NINE_TO_FIVE);
    private static final BusinessCalendar UTC_LUNCH = calendar(UTC, WITH_LUNCH);

    private static BusinessCalendar calendar(ZoneId zone, WorkingWeek week) {
        return new BusinessCalendar(zone, week, Set.of());
    }

    /** A wall-clock time, such as {@code 2017-06-28T09:00}; the earlier instant where it comes twice. */
    private static long at(ZoneId zone, String wallClock) {
        return LocalDateTime.parse(wallClock).atZone(zone).toInstant().toEpochMilli();
    }

    private static long utc(String wallClock) {
        return at(UTC, wallClock);
    }

    private static long day(String date) {
        return LocalDate.parse(date).toEpochDay();
    }

    private static long days(double days) {
        return Math.round(days * 1_000);
    }

    /** 2017-06-26 is a Monday. */
    @Nested
    class DueAfterBusinessDays {

        @Test
        void sevenWholeDaysFromMondayMidnightEndWhenTheSecondTuesdayEnds() {
            assertThat(UTC_WEEKDAYS.dueAfterBusinessDays(utc("2017-06-26T00:00"), days(7)))
                    .isEqualTo(utc("2017-07-05T00:00"));
        }

        @Test
        void aLimitUsedUpWhenFridayEndsIsDueThenAndNotOnMonday() {
            assertThat(UTC_WEEKDAYS.dueAfterBusinessDays(utc("2017-06-26T00:00"), days(5)))
                    .isEqualTo(utc("2017-07-01T00:00"));
            assertThat(UTC_NINE_TO_FIVE.dueAfterBusinessDays(utc("2017-06-26T09:00"), days(5)))
                    .isEqualTo(utc("2017-06-30T17:00"));
        }

        @Test
        void aClockBegunOnAWeekendStartsWithTheNextBusinessDay() {
            long monday = UTC_NINE_TO_FIVE.dueAfterBusinessDays(utc("2017-07-03T09:00"), days(1.5));
            assertThat(monday).isEqualTo(utc("2017-07-04T13:00"));
            assertThat(UTC_NINE_TO_FIVE.dueAfterBusinessDays(utc("2017-07-01T11:11"), days(1.5)))
                    .isEqualTo(monday);
            assertThat(UTC_NINE_TO_FIVE.dueAfterBusinessDays(utc("2017-06-30T17:00"), days(1.5)))
                    .isEqualTo(monday);
        }

        @Test
        void tenAndAHalfDaysAreTenDaysAndHalfOfTheEleventhDaysWorkingTime() {
            assertThat(UTC_LUNCH.dueAfterBusinessDays(utc("2017-06-26T08:00"), 10_500))
                    .isEqualTo(utc("2017-07-10T12:00"));
        }

        @Test
        void reachingTheLimitAtNoonIsDueAtNoonAndNotAfterLunch() {
            assertThat(UTC_LUNCH.dueAfterBusinessDays(utc("2017-06-26T08:00"), 500))
                    .isEqualTo(utc("2017-06-26T12:00"));
            assertThat(UTC_LUNCH.dueAfterBusinessDays(utc("2017-06-26T08:00"), 501))
                    .isEqualTo(utc("2017-06-26T13:00") + 8 * HOUR / 1_000);
        }

        @Test
        void aBeginningInMidDayCountsThatDaysPartAndEndsAtTheSamePartOfTheLastDay() {
            assertThat(UTC_NINE_TO_FIVE.dueAfterBusinessDays(utc("2017-06-28T11:00"), days(7)))
                    .isEqualTo(utc("2017-07-07T11:00"));
        }

        @Test
        void daysOfUnequalLengthCountOneEach() {
            Map<DayOfWeek, List<WorkingInterval>> halfFriday = new EnumMap<>(DayOfWeek.class);
            WEEKDAYS.forEach(weekday -> halfFriday.put(weekday, List.of(WorkingInterval.ofHours(9, 17))));
            halfFriday.put(DayOfWeek.FRIDAY, List.of(WorkingInterval.ofHours(9, 13)));
            BusinessCalendar calendar = calendar(UTC, WorkingWeek.of(halfFriday));

            // Half of Thursday is left; the other half day is two hours of the short Friday.
            assertThat(calendar.dueAfterBusinessDays(utc("2017-06-29T13:00"), days(1)))
                    .isEqualTo(utc("2017-06-30T11:00"));
            assertThat(calendar.dueAfterBusinessDays(utc("2017-06-29T13:00"), days(1.5)))
                    .isEqualTo(utc("2017-06-30T13:00"));
            assertThat(calendar.dueAfterBusinessDays(utc("2017-06-30T12:00"), days(1)))
                    .isEqualTo(utc("2017-07-03T15:00"));
        }

        @Test
        void aDueTimeBetweenTwoMillisecondsIsRoundedUp() {
            BusinessCalendar calendar = UTC_NINE_TO_FIVE.withAbsences(
                    List.of(new Absence(utc("2017-06-26T09:01") + 1, utc("2017-06-26T17:00"))));
            assertThat(calendar.businessMillisOfDay(day("2017-06-26"))).isEqualTo(60_001);
            // A thousandth of 60,001 ms is 60.001 ms.
            assertThat(calendar.dueAfterBusinessDays(utc("2017-06-26T00:00"), 1))
                    .isEqualTo(utc("2017-06-26T09:00") + 61);
        }

        @Test
        void aLimitOfZeroIsReachedAtOnceEvenOnASunday() {
            assertThat(UTC_NINE_TO_FIVE.dueAfterBusinessDays(utc("2017-07-02T03:00"), 0))
                    .isEqualTo(utc("2017-07-02T03:00"));
            assertThat(UTC_NINE_TO_FIVE.dueAfterBusinessMillis(utc("2017-07-02T03:00"), 0))
                    .isEqualTo(utc("2017-07-02T03:00"));
        }

        @Test
        void holidaysAddNothing() {
            BusinessCalendar calendar =
                    new BusinessCalendar(UTC, NINE_TO_FIVE, Set.of(day("2017-06-28"), day("2017-07-01")));
            assertThat(calendar.dueAfterBusinessDays(utc("2017-06-27T09:00"), days(2)))
                    .isEqualTo(utc("2017-06-29T17:00"));
            assertThat(calendar.businessMillisOfDay(day("2017-06-28"))).isZero();
        }

        @Test
        void aPartlyAbsentDayCountsItsRestAsOneWholeDay() {
            BusinessCalendar calendar = UTC_NINE_TO_FIVE.withAbsences(
                    List.of(new Absence(utc("2017-06-27T11:00"), utc("2017-06-27T20:00"))));
            assertThat(calendar.dueAfterBusinessDays(utc("2017-06-26T09:00"), days(1.5)))
                    .isEqualTo(utc("2017-06-27T10:00"));
            assertThat(calendar.dueAfterBusinessDays(utc("2017-06-26T09:00"), days(2)))
                    .isEqualTo(utc("2017-06-27T11:00"));
            assertThat(calendar.dueAfterBusinessDays(utc("2017-06-26T09:00"), days(3)))
                    .isEqualTo(utc("2017-06-28T17:00"));
        }

        @Test
        void aWhollyAbsentDayAddsNothing() {
            BusinessCalendar calendar = UTC_NINE_TO_FIVE.withAbsences(
                    List.of(new Absence(utc("2017-06-27T09:00"), utc("2017-06-27T17:00"))));
            assertThat(calendar.dueAfterBusinessDays(utc("2017-06-26T09:00"), days(2)))
                    .isEqualTo(utc("2017-06-28T17:00"));
        }

        @Test
        void neverComesInAnEmptyWeekOrForAnOwnerWhoIsGone() {
            assertThat(calendar(UTC, WorkingWeek.of(Map.of())).dueAfterBusinessDays(0, 1))
                    .isEqualTo(BusinessCalendar.NEVER);
            BusinessCalendar gone =
                    UTC_NINE_TO_FIVE.withAbsences(List.of(new Absence(utc("2017-06-28T00:00"), Long.MAX_VALUE)));
            assertThat(gone.dueAfterBusinessDays(utc("2017-06-26T09:00"), days(2)))
                    .isEqualTo(utc("2017-06-27T17:00"));
            assertThat(gone.dueAfterBusinessDays(utc("2017-06-26T09:00"), days(2) + 1))
                    .isEqualTo(BusinessCalendar.NEVER);
            assertThat(gone.dueAfterBusinessMillis(utc("2017-06-26T09:00"), 16 * HOUR + 1))
                    .isEqualTo(BusinessCalendar.NEVER);
        }

        @Test
        void anAbsenceOfNearlyThreeYearsIsWaitedForAndALongerOneIsNever() {
            long from = utc("2017-06-26T09:00");
            long dayMillis = 24 * HOUR;
            BusinessCalendar back = UTC_NINE_TO_FIVE.withAbsences(
                    List.of(new Absence(from, from + (BusinessCalendar.MAX_IDLE_DAYS - 10) * dayMillis)));
            BusinessCalendar tooLate = UTC_NINE_TO_FIVE.withAbsences(
                    List.of(new Absence(from, from + (BusinessCalendar.MAX_IDLE_DAYS + 10) * dayMillis)));
            assertThat(back.dueAfterBusinessDays(from, 1)).isLessThan(BusinessCalendar.NEVER);
            assertThat(tooLate.dueAfterBusinessDays(from, 1)).isEqualTo(BusinessCalendar.NEVER);
        }

        @Test
        void aLimitOfMoreThanACenturyIsNever() {
            assertThat(UTC_WEEKDAYS.dueAfterBusinessDays(utc("2017-06-26T00:00"), days(27_000)))
                    .isEqualTo(BusinessCalendar.NEVER);
            assertThat(UTC_WEEKDAYS.dueAfterBusinessDays(utc("2017-06-26T00:00"), Long.MAX_VALUE))
                    .isEqualTo(BusinessCalendar.NEVER);
            assertThat(UTC_WEEKDAYS.dueAfterBusinessMillis(utc("2017-06-26T00:00"), Long.MAX_VALUE))
                    .isEqualTo(BusinessCalendar.NEVER);
        }

        @Test
        void refusesANegativeLimitAndAnInstantOutsideTheCalendar() {
            assertThatThrownBy(() -> UTC_WEEKDAYS.dueAfterBusinessDays(0, -1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("-1");
            assertThatThrownBy(() -> UTC_WEEKDAYS.dueAfterBusinessDays(Long.MAX_VALUE, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("outside the calendar");
            assertThatThrownBy(() -> UTC_WEEKDAYS.businessMillisBetween(0, Long.MAX_VALUE))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void worksAtBothEndsOfTheCalendar() {
            assertThat(UTC_WEEKDAYS.epochDay(BusinessCalendar.MIN_MILLIS))
                    .isEqualTo(LocalDate.of(1, 1, 3).toEpochDay());
            assertThat(UTC_WEEKDAYS.dueAfterBusinessDays(BusinessCalendar.MAX_MILLIS, days(10)))
                    .isEqualTo(BusinessCalendar.NEVER);
        }
    }

    @Nested
    class DueAfterBusinessMillis {

        @Test
        void fifteenBusinessMinutesSpanTheNight() {
            assertThat(UTC_NINE_TO_FIVE.dueAfterBusinessMillis(utc("2017-06-30T16:50"), 15 * MINUTE))
                    .isEqualTo(utc("2017-07-03T09:05"));
        }

        @Test
        void aLimitUsedUpAtClosingIsDueAtClosing() {
            assertThat(UTC_NINE_TO_FIVE.dueAfterBusinessMillis(utc("2017-06-30T16:00"), HOUR))
                    .isEqualTo(utc("2017-06-30T17:00"));
            assertThat(UTC_NINE_TO_FIVE.dueAfterBusinessMillis(utc("2017-06-30T16:00"), HOUR + 1))
                    .isEqualTo(utc("2017-07-03T09:00") + 1);
        }
    }

    @Nested
    class Elapsed {

        @Test
        void countsOnlyWorkingTime() {
            assertThat(UTC_NINE_TO_FIVE.businessMillisBetween(utc("2017-06-30T12:00"), utc("2017-07-03T10:30")))
                    .isEqualTo(5 * HOUR + 90 * MINUTE);
            assertThat(UTC_LUNCH.businessMillisBetween(utc("2017-06-30T11:30"), utc("2017-06-30T13:30")))
                    .isEqualTo(HOUR);
        }

        @Test
        void businessDaysAddWholeDaysAndParts() {
            assertThat(UTC_NINE_TO_FIVE.businessDaysBetween(utc("2017-06-29T13:00"), utc("2017-07-04T11:00")))
                    .isCloseTo(0.5 + 1 + 1 + 0.25, within(1e-12));
        }

        @Test
        void nothingHasElapsedWhereTheEndIsNotAfterTheBeginning() {
            long noon = utc("2017-06-28T12:00");
            assertThat(UTC_NINE_TO_FIVE.businessMillisBetween(noon, noon)).isZero();
            assertThat(UTC_NINE_TO_FIVE.businessMillisBetween(noon, noon - HOUR))
                    .isZero();
            assertThat(UTC_NINE_TO_FIVE.businessMillisBetween(noon, noon - 48 * HOUR))
                    .isZero();
            assertThat(UTC_NINE_TO_FIVE.businessDaysBetween(noon, noon)).isZero();
            assertThat(UTC_NINE_TO_FIVE.businessDaysBetween(noon, noon - HOUR)).isZero();
        }

        @Test
        void aWorkingIntervalIncludesItsBeginningAndNotItsEnd() {
            assertThat(UTC_NINE_TO_FIVE.isBusinessTime(utc("2017-06-28T09:00"))).isTrue();
            assertThat(UTC_NINE_TO_FIVE.isBusinessTime(utc("2017-06-28T09:00") - 1))
                    .isFalse();
            assertThat(UTC_NINE_TO_FIVE.isBusinessTime(utc("2017-06-28T17:00") - 1))
                    .isTrue();
            assertThat(UTC_NINE_TO_FIVE.isBusinessTime(utc("2017-06-28T17:00"))).isFalse();
            assertThat(UTC_NINE_TO_FIVE.isBusinessTime(utc("2017-07-01T12:00"))).isFalse();
        }

        @Test
        void businessDayCountSkipsFreeDays() {
            BusinessCalendar calendar = new BusinessCalendar(UTC, NINE_TO_FIVE, Set.of(day("2017-07-04")));
            assertThat(calendar.businessDayCount(day("2017-06-26"), day("2017-07-10")))
                    .isEqualTo(9);
        }

        @Test
        void aNightShiftWrittenAsTwoIntervalsBelongsToTwoDays() {
            Map<DayOfWeek, List<WorkingInterval>> nights = new EnumMap<>(DayOfWeek.class);
            nights.put(DayOfWeek.MONDAY, List.of(WorkingInterval.ofHours(22, 24)));
            nights.put(DayOfWeek.TUESDAY, List.of(WorkingInterval.ofHours(0, 6)));
            BusinessCalendar calendar = calendar(UTC, WorkingWeek.of(nights));
            assertThat(calendar.businessMillisBetween(utc("2017-06-26T00:00"), utc("2017-06-28T00:00")))
                    .isEqualTo(8 * HOUR);
            assertThat(calendar.dueAfterBusinessDays(utc("2017-06-26T22:00"), days(1)))
                    .isEqualTo(utc("2017-06-27T00:00"));
            assertThat(calendar.dueAfterBusinessDays(utc("2017-06-26T22:00"), days(1.5)))
                    .isEqualTo(utc("2017-06-27T03:00"));
        }

        @Test
        void theIranianWeekRunsFromSaturdayToWednesday() {
            BusinessCalendar calendar = calendar(
                    TEHRAN,
                    WorkingWeek.on(
                            EnumSet.of(
                                    DayOfWeek.SATURDAY,
                                    DayOfWeek.SUNDAY,
                                    DayOfWeek.MONDAY,
                                    DayOfWeek.TUESDAY,
                                    DayOfWeek.WEDNESDAY),
                            WorkingInterval.ofHours(8, 16)));
            // 2023-03-29 is a Wednesday.
            assertThat(calendar.dueAfterBusinessDays(at(TEHRAN, "2023-03-29T12:00"), days(1)))
                    .isEqualTo(at(TEHRAN, "2023-04-01T12:00"));
            assertThat(calendar.businessMillisOfDay(day("2023-03-31"))).isZero();
            assertThat(calendar.businessMillisOfDay(day("2023-04-01"))).isEqualTo(8 * HOUR);
        }
    }

    @Nested
    class Absences {

        @Test
        void overlappingAndTouchingAbsencesAreUnited() {
            BusinessCalendar calendar = UTC_NINE_TO_FIVE.withAbsences(
                    List.of(new Absence(50, 60), new Absence(0, 10), new Absence(10, 55)));
            assertThat(calendar.absences()).containsExactly(new Absence(0, 60));
        }

        @Test
        void newAbsencesReplaceTheOldOnes() {
            long from = utc("2017-06-26T09:00");
            BusinessCalendar absent = UTC_NINE_TO_FIVE.withAbsences(List.of(new Absence(from, from + HOUR)));
            assertThat(absent.businessMillisOfDay(day("2017-06-26"))).isEqualTo(7 * HOUR);
            assertThat(absent.withAbsences(List.of()).businessMillisOfDay(day("2017-06-26")))
                    .isEqualTo(8 * HOUR);
            assertThat(absent.withAbsences(List.of(new Absence(from, from + 2 * HOUR)))
                            .businessMillisOfDay(day("2017-06-26")))
                    .isEqualTo(6 * HOUR);
        }

        @Test
        void severalAbsencesOnOneDayCutItIntoPieces() {
            BusinessCalendar calendar = UTC_NINE_TO_FIVE.withAbsences(List.of(
                    new Absence(utc("2017-06-26T08:00"), utc("2017-06-26T10:00")),
                    new Absence(utc("2017-06-26T12:00"), utc("2017-06-26T13:00")),
                    new Absence(utc("2017-06-26T16:00"), utc("2017-06-27T10:00"))));
            assertThat(calendar.businessMillisOfDay(day("2017-06-26"))).isEqualTo(5 * HOUR);
            assertThat(calendar.isBusinessTime(utc("2017-06-26T12:30"))).isFalse();
            assertThat(calendar.isBusinessTime(utc("2017-06-26T13:00"))).isTrue();
            assertThat(calendar.dueAfterBusinessMillis(utc("2017-06-26T00:00"), 2 * HOUR))
                    .isEqualTo(utc("2017-06-26T12:00"));
            assertThat(calendar.dueAfterBusinessMillis(utc("2017-06-26T00:00"), 6 * HOUR))
                    .isEqualTo(utc("2017-06-27T11:00"));
        }

        @Test
        void anEmptyAbsenceIsRefused() {
            assertThatThrownBy(() -> new Absence(5, 5)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class DaylightSaving {

        @Test
        void aWholeDayHas23HoursWhenTheClockIsSetForwardInBerlin() {
            BusinessCalendar calendar = calendar(BERLIN, WHOLE_DAYS);
            assertThat(calendar.businessMillisOfDay(day("2017-03-26"))).isEqualTo(23 * HOUR);
            // Half of 23 hours after midnight: 11:30 elapsed is 12:30 on the clock.
            assertThat(calendar.dueAfterBusinessDays(at(BERLIN, "2017-03-26T00:00"), 500))
                    .isEqualTo(at(BERLIN, "2017-03-26T12:30"));
        }

        @Test
        void aWholeDayHas25HoursWhenTheClockIsSetBackInBerlin() {
            BusinessCalendar calendar = calendar(BERLIN, WHOLE_DAYS);
            assertThat(calendar.businessMillisOfDay(day("2017-10-29"))).isEqualTo(25 * HOUR);
            assertThat(calendar.dueAfterBusinessDays(at(BERLIN, "2017-10-29T00:00"), 500))
                    .isEqualTo(at(BERLIN, "2017-10-29T11:30"));
        }

        @Test
        void workingHoursOutsideTheChangedHourKeepTheirLength() {
            BusinessCalendar calendar = calendar(BERLIN, WorkingWeek.on(EVERY_DAY, WorkingInterval.ofHours(9, 17)));
            assertThat(calendar.businessMillisOfDay(day("2017-03-26"))).isEqualTo(8 * HOUR);
            assertThat(calendar.businessMillisOfDay(day("2017-10-29"))).isEqualTo(8 * HOUR);
            assertThat(calendar.isBusinessTime(ZonedDateTime.of(2017, 3, 26, 9, 0, 0, 0, ZoneOffset.ofHours(2))
                            .toInstant()
                            .toEpochMilli()))
                    .isTrue();
        }

        @Test
        void workingHoursInTheSkippedHourDoNotExistAndInTheRepeatedHourComeTwice() {
            BusinessCalendar calendar = calendar(BERLIN, WorkingWeek.on(EVERY_DAY, new WorkingInterval(120, 150)));
            assertThat(calendar.businessMillisOfDay(day("2017-03-25"))).isEqualTo(30 * MINUTE);
            assertThat(calendar.businessMillisOfDay(day("2017-03-26"))).isZero();
            assertThat(calendar.businessMillisOfDay(day("2017-10-29"))).isEqualTo(60 * MINUTE);
        }

        @Test
        void aShiftThatBeginsInTheSkippedHourBeginsAfterIt() {
            BusinessCalendar calendar = calendar(BERLIN, WorkingWeek.on(EVERY_DAY, new WorkingInterval(150, 360)));
            assertThat(calendar.businessMillisOfDay(day("2017-03-26"))).isEqualTo(3 * HOUR);
            assertThat(calendar.dueAfterBusinessMillis(at(BERLIN, "2017-03-26T00:00"), 1))
                    .isEqualTo(at(BERLIN, "2017-03-26T03:00") + 1);
        }

        @Test
        void aDayThatBeginsAtOneOClockInSaoPauloHas23Hours() {
            BusinessCalendar calendar = calendar(SAO_PAULO, WHOLE_DAYS);
            long epochDay = day("2017-10-15");
            assertThat(calendar.startOfDayMillis(epochDay)).isEqualTo(at(SAO_PAULO, "2017-10-15T01:00"));
            assertThat(calendar.businessMillisOfDay(epochDay)).isEqualTo(23 * HOUR);
            assertThat(calendar.epochDay(calendar.startOfDayMillis(epochDay))).isEqualTo(epochDay);
            assertThat(calendar.epochDay(calendar.startOfDayMillis(epochDay) - 1))
                    .isEqualTo(epochDay - 1);
        }

        @Test
        void aDayWhoseLastHourComesTwiceInSaoPauloHas25Hours() {
            BusinessCalendar calendar = calendar(SAO_PAULO, WHOLE_DAYS);
            long epochDay = day("2018-02-17");
            assertThat(calendar.businessMillisOfDay(epochDay)).isEqualTo(25 * HOUR);
            assertThat(calendar.epochDay(at(SAO_PAULO, "2018-02-17T23:30") + HOUR))
                    .isEqualTo(epochDay);
        }

        @Test
        void daysStayContiguousWhereTheClockWasSetBackAcrossMidnight() {
            BusinessCalendar calendar = calendar(ST_JOHNS, WHOLE_DAYS);
            // On 2010-11-07 at 00:01 the clock went back to 23:01 of the day before.
            long epochDay = day("2010-11-07");
            long start = calendar.startOfDayMillis(epochDay);
            assertThat(calendar.epochDay(start - 1)).isEqualTo(epochDay - 1);
            assertThat(calendar.epochDay(start + 30 * MINUTE)).isEqualTo(epochDay);
            assertThat(calendar.businessMillisOfDay(epochDay - 1)).isEqualTo(24 * HOUR);
            assertThat(calendar.businessMillisOfDay(epochDay)).isEqualTo(25 * HOUR);
        }

        @Test
        void aDateThatTheZoneSkippedIsAnEmptyDay() {
            BusinessCalendar calendar = calendar(APIA, WHOLE_DAYS);
            long skipped = day("2011-12-30");
            assertThat(calendar.startOfDayMillis(skipped)).isEqualTo(calendar.startOfDayMillis(skipped + 1));
            assertThat(calendar.businessMillisOfDay(skipped)).isZero();
            assertThat(calendar.epochDay(calendar.startOfDayMillis(skipped))).isEqualTo(skipped + 1);
            assertThat(calendar.dueAfterBusinessDays(calendar.startOfDayMillis(skipped - 1), days(2)))
                    .isEqualTo(calendar.startOfDayMillis(skipped + 2));
        }
    }

    @Nested
    class Spans {
        private final BusinessCalendar early = calendar(UTC, WorkingWeek.on(WEEKDAYS, WorkingInterval.ofHours(6, 10)));

        @Test
        void eachPartOfTheClockRunsInTheCalendarOfItsTime() {
            List<CalendarSpan> spans =
                    List.of(new CalendarSpan(0, UTC_NINE_TO_FIVE), new CalendarSpan(utc("2017-06-27T13:00"), early));
            // Monday 1, half of Tuesday at nine to five; the early shift of Tuesday is over; half of Wednesday's four
            // hours.
            assertThat(BusinessCalendar.dueAfterBusinessDays(spans, utc("2017-06-26T09:00"), days(2)))
                    .isEqualTo(utc("2017-06-28T08:00"));
            assertThat(BusinessCalendar.businessDaysBetween(spans, utc("2017-06-26T09:00"), utc("2017-06-28T08:00")))
                    .isCloseTo(2.0, within(1e-12));
            assertThat(BusinessCalendar.dueAfterBusinessMillis(spans, utc("2017-06-26T09:00"), 13 * HOUR))
                    .isEqualTo(utc("2017-06-28T07:00"));
            assertThat(BusinessCalendar.businessMillisBetween(spans, utc("2017-06-26T09:00"), utc("2017-06-28T07:00")))
                    .isEqualTo(13 * HOUR);
        }

        @Test
        void aLimitUsedUpAtTheHandoverIsDueThen() {
            List<CalendarSpan> spans =
                    List.of(new CalendarSpan(0, UTC_NINE_TO_FIVE), new CalendarSpan(utc("2017-06-27T13:00"), early));
            assertThat(BusinessCalendar.dueAfterBusinessDays(spans, utc("2017-06-26T09:00"), days(1.5)))
                    .isEqualTo(utc("2017-06-27T13:00"));
        }

        @Test
        void theFirstSpanAlsoRulesWhatLiesBeforeIt() {
            List<CalendarSpan> spans = List.of(new CalendarSpan(utc("2018-01-01T00:00"), UTC_NINE_TO_FIVE));
            assertThat(BusinessCalendar.dueAfterBusinessDays(spans, utc("2017-06-26T09:00"), days(1)))
                    .isEqualTo(utc("2017-06-26T17:00"));
        }

        @Test
        void aSpanOfAnOwnerWhoNeverWorksOnlyPausesTheClock() {
            List<CalendarSpan> spans = List.of(
                    new CalendarSpan(0, UTC_NINE_TO_FIVE),
                    new CalendarSpan(utc("2017-06-27T09:00"), calendar(UTC, WorkingWeek.of(Map.of()))),
                    new CalendarSpan(utc("2022-06-27T00:00"), UTC_NINE_TO_FIVE));
            assertThat(BusinessCalendar.dueAfterBusinessDays(spans, utc("2017-06-26T09:00"), days(2)))
                    .isEqualTo(utc("2022-06-27T17:00"));
        }

        @Test
        void spansMustBeGivenInOrder() {
            assertThatThrownBy(() -> BusinessCalendar.dueAfterBusinessDays(List.of(), 0, 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> BusinessCalendar.dueAfterBusinessDays(
                            List.of(new CalendarSpan(5, early), new CalendarSpan(4, early)), 0, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ascending");
        }
    }

    @Nested
    class Position {
        private final PeriodCalendar periods = new PeriodCalendar(DayOfWeek.MONDAY, 1, 1);

        @Test
        void isBusinessTimeElapsedOfThePeriodsBusinessTime() {
            Period week = periods.periodOf(PeriodKind.WEEK, day("2017-06-28"));
            assertThat(UTC_NINE_TO_FIVE.position(week, utc("2017-06-28T13:00"))).hasValue(0.5);
            assertThat(UTC_NINE_TO_FIVE.position(week, utc("2017-07-02T13:00"))).hasValue(1.0);
        }

        @Test
        void isZeroBeforeAndOneAfterThePeriod() {
            Period day = periods.periodOf(PeriodKind.DAY, day("2017-06-28"));
            assertThat(UTC_NINE_TO_FIVE.position(day, utc("2017-06-01T13:00"))).hasValue(0.0);
            assertThat(UTC_NINE_TO_FIVE.position(day, utc("2017-09-01T13:00"))).hasValue(1.0);
        }

        @Test
        void isMissingWithoutBusinessTimeAndForTheTotal() {
            assertThat(UTC_NINE_TO_FIVE.position(
                            periods.periodOf(PeriodKind.DAY, day("2017-07-01")), utc("2017-07-01T13:00")))
                    .isEmpty();
            assertThat(UTC_NINE_TO_FIVE.position(Period.TOTAL, utc("2017-07-01T13:00")))
                    .isEmpty();
        }
    }

    @Nested
    class Weeks {

        @Test
        void overlappingOrUnorderedIntervalsAreRefused() {
            assertThatThrownBy(() ->
                            WorkingWeek.on(WEEKDAYS, WorkingInterval.ofHours(9, 13), WorkingInterval.ofHours(12, 17)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("overlap");
            assertThatThrownBy(() ->
                            WorkingWeek.on(WEEKDAYS, WorkingInterval.ofHours(13, 17), WorkingInterval.ofHours(9, 12)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void touchingIntervalsAreOneStretchOfWork() {
            BusinessCalendar calendar = calendar(
                    UTC, WorkingWeek.on(WEEKDAYS, WorkingInterval.ofHours(9, 12), WorkingInterval.ofHours(12, 17)));
            assertThat(calendar.businessMillisOfDay(day("2017-06-28"))).isEqualTo(8 * HOUR);
        }

        @Test
        void anIntervalMustLieWithinOneDayAndNotBeEmpty() {
            assertThatThrownBy(() -> new WorkingInterval(600, 600)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new WorkingInterval(-1, 600)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new WorkingInterval(1_320, 1_560))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("two intervals");
        }

        @Test
        void weeksWithTheSameHoursAreEqual() {
            assertThat(WorkingWeek.on(WEEKDAYS, WorkingInterval.ofHours(0, 24)))
                    .isEqualTo(WHOLE_WEEKDAYS)
                    .hasSameHashCodeAs(WHOLE_WEEKDAYS)
                    .isNotEqualTo(WHOLE_DAYS);
        }
    }
}
