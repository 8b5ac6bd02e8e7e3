package io.leadpulse.domain.alert;

import static io.leadpulse.domain.alert.AlertState.ESCALATED;
import static io.leadpulse.domain.alert.AlertState.RAISED;
import static io.leadpulse.domain.alert.AlertState.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.calendar.Absence;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.WorkingInterval;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.domain.contact.PlannedActivity;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.stage.StageLimits;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** March 2024: the 1st is a Friday, the 4th a Monday. The limit of "offer" is 4 business days of 9 to 17 o'clock. */
class StuckClockTest {

    private static final BusinessCalendar OFFICE = new BusinessCalendar(
            ZoneOffset.UTC,
            WorkingWeek.on(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), WorkingInterval.ofHours(9, 17)),
            Set.of());
    private static final StageLimits LIMITS = new StageLimits(Map.of("offer", 4_000L, "new", 0L), 10_000L);

    private static final long MONDAY_9 = at("2024-03-04T09:00:00Z");
    private static final long LIMIT_REACHED = at("2024-03-07T17:00:00Z");
    private static final long CRITICAL_REACHED = at("2024-03-11T17:00:00Z");
    private static final long TWICE_REACHED = at("2024-03-13T17:00:00Z");
    private static final long MARCH_20 = at("2024-03-20T12:00:00Z");

    @Test
    void warnsAtTheLimitEscalatesAtOneAndAHalfAndResolvesWhenLeft() {
        Alert alert = only(alerts(new Stay("offer", MONDAY_9, MARCH_20)));

        assertThat(alert.transitions())
                .containsExactly(
                        step(RAISED, LIMIT_REACHED), step(ESCALATED, CRITICAL_REACHED), step(RESOLVED, MARCH_20));
        assertThat(alert.state()).isEqualTo(RESOLVED);
        assertThat(alert.dueMillis()).isEqualTo(LIMIT_REACHED);
        assertThat(alert.limitMilliDays()).isEqualTo(4_000);
        assertThat(alert.owner()).isEqualTo("ada");
        assertThat(alert.cause()).isEqualTo(AlertCause.STUCK);
    }

    @Test
    void weekendEntryStartsOnMonday() {
        Alert alert = only(alerts(new Stay("offer", at("2024-03-02T10:00:00Z"), Stay.OPEN)));

        assertThat(alert.raisedMillis()).isEqualTo(LIMIT_REACHED);
        assertThat(alert.transitions()).hasSize(2);
    }

    @Test
    void leftAtTheVeryInstantOfTheLimitGivesNoAlert() {
        assertThat(alerts(new Stay("offer", MONDAY_9, LIMIT_REACHED))).isEmpty();
        assertThat(only(alerts(new Stay("offer", MONDAY_9, LIMIT_REACHED + 1))).transitions())
                .containsExactly(step(RAISED, LIMIT_REACHED), step(RESOLVED, LIMIT_REACHED + 1));
    }

    @Test
    void leftAtTheVeryInstantOfCriticalDoesNotEscalate() {
        assertThat(only(alerts(new Stay("offer", MONDAY_9, CRITICAL_REACHED))).transitions())
                .containsExactly(step(RAISED, LIMIT_REACHED), step(RESOLVED, CRITICAL_REACHED));
    }

    @Test
    void stageWithoutALimitIsNeverStuck() {
        assertThat(alerts(new Stay("new", MONDAY_9, Stay.OPEN))).isEmpty();
    }

    @Test
    void unknownStageHasTheDefaultLimit() {
        assertThat(only(alerts(new Stay("legal", MONDAY_9, Stay.OPEN))).limitMilliDays())
                .isEqualTo(10_000);
    }

    @Test
    void everyStayHasItsOwnAlert() {
        List<Alert> alerts = alerts(
                new Stay("offer", MONDAY_9, MARCH_20),
                new Stay("demo", MARCH_20, MARCH_20 + 1),
                new Stay("offer", MARCH_20 + 1, Stay.OPEN));

        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(0).id()).isNotEqualTo(alerts.get(1).id());
    }

    @Test
    void ownersAbsenceStopsHisClockAndHandoverStartsTheOthers() {
        BusinessCalendar away =
                OFFICE.withAbsences(List.of(new Absence(at("2024-03-05T00:00:00Z"), at("2024-03-09T00:00:00Z"))));
        OwnerCalendars calendars = owner -> "ada".equals(owner) ? away : OFFICE;
        Stay stay = new Stay("offer", MONDAY_9, Stay.OPEN);
        List<Ownership> stays = List.of(new Ownership("ada", MONDAY_9));
        List<Ownership> handedOver =
                List.of(new Ownership("ada", MONDAY_9), new Ownership("bo", at("2024-03-07T00:00:00Z")));

        Alert away4 = only(StuckClock.alerts("L1", "D1", List.of(stay), stays, calendars, LIMITS::of, List.of()));
        Alert handed = only(StuckClock.alerts("L1", "D1", List.of(stay), handedOver, calendars, LIMITS::of, List.of()));

        assertThat(away4.raisedMillis()).isEqualTo(at("2024-03-13T17:00:00Z"));
        assertThat(handed.raisedMillis()).isEqualTo(at("2024-03-11T17:00:00Z"));
        assertThat(handed.owner()).isEqualTo("bo");
    }

    @Test
    void plannedActivityPutsTheWarningOffUntilItIsDue() {
        long due = at("2024-03-08T10:00:00Z");

        assertThat(only(alerts(plan(MONDAY_9, due))).transitions())
                .containsExactly(step(RAISED, due), step(ESCALATED, CRITICAL_REACHED));
    }

    @Test
    void warningPutOffKeepsTheInstantOfTheLimit() {
        assertThat(only(alerts(plan(MONDAY_9, LIMIT_REACHED + 5))).dueMillis()).isEqualTo(LIMIT_REACHED);
    }

    @Test
    void planDueAtTheLimitDelaysNothing() {
        assertThat(only(alerts(plan(MONDAY_9, LIMIT_REACHED))).raisedMillis()).isEqualTo(LIMIT_REACHED);
    }

    @Test
    void planDueAfterCriticalPutsBothOffToOneInstant() {
        long due = at("2024-03-12T10:00:00Z");

        assertThat(only(alerts(plan(MONDAY_9, due))).transitions())
                .containsExactly(step(RAISED, due), step(ESCALATED, due));
    }

    @Test
    void nothingIsPutOffBeyondOneFurtherLimit() {
        assertThat(only(alerts(plan(MONDAY_9, MARCH_20))).transitions())
                .containsExactly(step(RAISED, TWICE_REACHED), step(ESCALATED, TWICE_REACHED));
    }

    @Test
    void planEndedEarlyDelaysOnlyToItsEnd() {
        long cancelled = at("2024-03-08T09:30:00Z");
        PlannedActivity plan = new PlannedActivity("t1", EventKind.TASK_PLANNED, MONDAY_9, MARCH_20, cancelled);

        assertThat(only(alerts(plan)).raisedMillis()).isEqualTo(cancelled);
    }

    @Test
    void plansMadeInTimeFollowEachOther() {
        long first = at("2024-03-08T10:00:00Z");
        long second = at("2024-03-11T10:00:00Z");

        assertThat(only(alerts(plan(first, second), plan(MONDAY_9, first))).raisedMillis())
                .isEqualTo(second);
        assertThat(only(alerts(plan(first + 1, second), plan(MONDAY_9, first))).raisedMillis())
                .isEqualTo(first);
    }

    @Test
    void planMadeAfterTheWarningOnlyPutsOffTheEscalation() {
        long due = at("2024-03-12T10:00:00Z");

        assertThat(only(alerts(plan(LIMIT_REACHED + 1, due))).transitions())
                .containsExactly(step(RAISED, LIMIT_REACHED), step(ESCALATED, due));
    }

    @Test
    void leavingWhileTheWarningIsPutOffGivesNoAlert() {
        Stay stay = new Stay("offer", MONDAY_9, at("2024-03-08T09:00:00Z"));

        assertThat(StuckClock.alerts(
                        "L1",
                        "D1",
                        List.of(stay),
                        List.of(),
                        owner -> OFFICE,
                        LIMITS::of,
                        List.of(plan(MONDAY_9, at("2024-03-08T10:00:00Z")))))
                .isEmpty();
    }

    private static List<Alert> alerts(Stay... stays) {
        return StuckClock.alerts(
                "L1",
                "D1",
                List.of(stays),
                List.of(new Ownership("ada", MONDAY_9)),
                owner -> OFFICE,
                LIMITS::of,
                List.of());
    }

    private static List<Alert> alerts(PlannedActivity... planned) {
        return StuckClock.alerts(
                "L1",
                "D1",
                List.of(new Stay("offer", MONDAY_9, Stay.OPEN)),
                List.of(new Ownership("ada", MONDAY_9)),
                owner -> OFFICE,
                LIMITS::of,
                List.of(planned));
    }

    private static PlannedActivity plan(long plannedMillis, long dueMillis) {
        return new PlannedActivity("t1", EventKind.TASK_PLANNED, plannedMillis, dueMillis, PlannedActivity.STANDS);
    }

    private static AlertTransition step(AlertState kind, long atMillis) {
        return new AlertTransition(kind, atMillis);
    }

    private static Alert only(List<Alert> alerts) {
        assertThat(alerts).hasSize(1);
        return alerts.get(0);
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
