package io.leadpulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.oracle.OracleConfig.Hours;
import io.leadpulse.oracle.WorkCalendar.Governed;
import io.leadpulse.oracle.WorkCalendar.Stretch;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkCalendarTest {
    private static final WorkCalendar AROUND_THE_CLOCK =
            new WorkCalendar(ZoneOffset.UTC, OracleConfig.weekdays(List.of(new Hours(0, 1440))), Set.of(), List.of());
    /** Monday to Thursday 8 hours, Friday 4 hours. */
    private static final WorkCalendar SHORT_FRIDAYS = new WorkCalendar(
            ZoneOffset.UTC,
            Map.of(
                    DayOfWeek.MONDAY,
                    List.of(new Hours(540, 1020)),
                    DayOfWeek.THURSDAY,
                    List.of(new Hours(540, 1020)),
                    DayOfWeek.FRIDAY,
                    List.of(new Hours(540, 780))),
            Set.of(),
            List.of());

    @Test
    void limitReachedWithTheLastMomentOfADayIsDueThen() {
        // Monday and Tuesday are two whole days; the second ends with Tuesday.
        assertThat(reach(AROUND_THE_CLOCK, "2025-03-03T00:00:00Z", 2)).hasValue(millis("2025-03-05T00:00:00Z"));
    }

    @Test
    void weekendAddsNothing() {
        // From Saturday the clock stands until Monday 00:00.
        assertThat(reach(AROUND_THE_CLOCK, "2025-03-01T10:00:00Z", 1)).hasValue(millis("2025-03-04T00:00:00Z"));
    }

    @Test
    void shortDayIsAWholeBusinessDay() {
        // Thursday 13:00 is half of the day (4 of 8 h), Friday's 4 hours a whole one, then half of Monday: 13:00.
        assertThat(reach(SHORT_FRIDAYS, "2025-03-06T13:00:00Z", 2)).hasValue(millis("2025-03-10T13:00:00Z"));
        // Half of Thursday and half of Friday (2 of 4 h): Friday 11:00.
        assertThat(reach(SHORT_FRIDAYS, "2025-03-06T13:00:00Z", 1)).hasValue(millis("2025-03-07T11:00:00Z"));
    }

    @Test
    void holidayAndAbsenceAddNothing() {
        WorkCalendar calendar = new WorkCalendar(
                ZoneOffset.UTC,
                OracleConfig.weekdays(List.of(new Hours(0, 1440))),
                Set.of(LocalDate.of(2025, 3, 4)),
                List.of(new Stretch(millis("2025-03-05T00:00:00Z"), millis("2025-03-05T18:00:00Z"))));
        // Monday is one; Tuesday a holiday; of Wednesday 6 h are left and are a whole day, so half of it is 21:00.
        assertThat(WorkCalendar.reach(List.of(all(calendar, "2025-03-03T00:00:00Z")), Fraction.of(3, 2)))
                .hasValue(millis("2025-03-05T21:00:00Z"));
    }

    @Test
    void dayOfSummerTimeIsShorterByTheHourThatIsMissing() {
        WorkCalendar sundays = new WorkCalendar(
                ZoneId.of("Europe/Berlin"), Map.of(DayOfWeek.SUNDAY, List.of(new Hours(0, 720))), Set.of(), List.of());
        // 30 March 2025, 00:00 to 12:00 is 11 hours; half is 5.5 h after 00:00+01:00, which is 06:30+02:00.
        assertThat(WorkCalendar.reach(List.of(all(sundays, "2025-03-29T00:00:00Z")), Fraction.of(1, 2)))
                .hasValue(millis("2025-03-30T06:30:00+02:00"));
    }

    @Test
    void eachCalendarCountsItsOwnPart() {
        long handover = millis("2025-03-06T13:00:00Z");
        // Thursday to 13:00 is half a day of short Fridays, the rest of Thursday 11 of 24 h around the clock; one whole
        // day is reached 1/24 of a day into Friday.
        assertThat(WorkCalendar.reach(
                        List.of(
                                new Governed(new Stretch(millis("2025-03-06T09:00:00Z"), handover), SHORT_FRIDAYS),
                                all(AROUND_THE_CLOCK, "2025-03-06T13:00:00Z")),
                        Fraction.of(1, 1)))
                .hasValue(millis("2025-03-07T01:00:00Z"));
    }

    @Test
    void limitThatIsNotReachedHasNoTime() {
        assertThat(WorkCalendar.reach(
                        List.of(new Governed(
                                new Stretch(millis("2025-03-03T00:00:00Z"), millis("2025-03-03T23:59:59.999Z")),
                                AROUND_THE_CLOCK)),
                        Fraction.of(1, 1)))
                .isEmpty();
    }

    private static OptionalLong reach(WorkCalendar calendar, String from, int days) {
        return WorkCalendar.reach(List.of(all(calendar, from)), Fraction.of(days, 1));
    }

    private static Governed all(WorkCalendar calendar, String from) {
        return new Governed(new Stretch(millis(from), millis("2025-12-31T00:00:00Z")), calendar);
    }

    private static long millis(String time) {
        return OracleTime.millis(time);
    }
}
