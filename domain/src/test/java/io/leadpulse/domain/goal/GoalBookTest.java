package io.leadpulse.domain.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.calendar.WorkingInterval;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.domain.event.EventKind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GoalBookTest {
    private static final BusinessCalendar CALENDAR = new BusinessCalendar(
            ZoneId.of("UTC"),
            WorkingWeek.on(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), WorkingInterval.ofHours(9, 17)),
            Set.of());
    private static final PeriodCalendar PERIODS = new PeriodCalendar(DayOfWeek.MONDAY, 1, 1);
    private static final ExpectedShare LINEAR = ExpectedShare.of(PeriodKind.MONTH, List.of());
    private static final List<Membership> ALWAYS = List.of(new Membership(Long.MIN_VALUE, Long.MAX_VALUE));
    private static final long ALWAYS_EFFECTIVE = Long.MIN_VALUE;

    /** 22 business days. */
    private static final Period JUNE = PERIODS.periodOf(PeriodKind.MONTH, day("2017-06-01"));

    private static long day(String date) {
        return LocalDate.parse(date).toEpochDay();
    }

    private static long at(String utc) {
        return LocalDateTime.parse(utc).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static Goal monthly(long amount, long effectiveFromMillis) {
        return Goal.recurring("company", GoalMeasure.WON_AMOUNT, PeriodKind.MONTH, amount, effectiveFromMillis);
    }

    private static Goal june(Long amount, long effectiveFromMillis) {
        return new Goal(
                "company",
                GoalMeasure.WON_AMOUNT,
                null,
                PeriodKind.MONTH,
                JUNE.startEpochDay(),
                amount,
                effectiveFromMillis);
    }

    private static Optional<ResolvedGoal> resolve(List<Goal> goals, Period period, String asOf) {
        return GoalBook.of(goals).resolve("company", GoalMeasure.WON_AMOUNT, null, period, at(asOf), CALENDAR);
    }

    private static Optional<ResolvedGoal> resolveDay(
            List<Goal> goals, String date, ExpectedShare share, String asOf, List<Membership> memberships) {
        Period day = PERIODS.periodOf(PeriodKind.DAY, day(date));
        Period month = PERIODS.periodOf(PeriodKind.MONTH, day(date));
        return GoalBook.of(goals)
                .resolveDay(
                        "company", GoalMeasure.WON_AMOUNT, null, day, month, share, at(asOf), CALENDAR, memberships);
    }

    @Test
    void theNewestEffectiveGoalRulesAndTheOlderOnesAreListed() {
        List<Goal> goals = List.of(
                june(300L, at("2017-06-20T00:00")), june(100L, ALWAYS_EFFECTIVE), june(200L, at("2017-06-10T00:00")));
        ResolvedGoal onThe15th = resolve(goals, JUNE, "2017-06-15T12:00").orElseThrow();
        assertThat(onThe15th.amount()).isEqualTo(200);
        assertThat(onThe15th.basis()).isEqualTo(GoalBasis.GIVEN);
        assertThat(onThe15th.effectiveFromMillis()).isEqualTo(at("2017-06-10T00:00"));
        assertThat(onThe15th.earlier()).containsExactly(new GoalChange(ALWAYS_EFFECTIVE, 100L));

        assertThat(resolve(goals, JUNE, "2017-06-20T00:00").orElseThrow().amount())
                .isEqualTo(300);
        assertThat(resolve(goals, JUNE, "2017-06-09T00:00").orElseThrow().earlier())
                .isEmpty();
    }

    @Test
    void aGoalGivenAfterThePeriodDoesNotChangeIt() {
        List<Goal> goals = List.of(monthly(100, ALWAYS_EFFECTIVE), monthly(500, at("2017-07-01T00:00")));
        assertThat(resolve(goals, JUNE, "2017-08-01T00:00").orElseThrow().amount())
                .isEqualTo(100);
        assertThat(resolve(goals, PERIODS.periodOf(PeriodKind.MONTH, day("2017-07-01")), "2017-08-01T00:00")
                        .orElseThrow()
                        .amount())
                .isEqualTo(500);
    }

    @Test
    void aGoalForThisVeryPeriodRulesBeforeANewerRecurringOne() {
        List<Goal> goals = List.of(june(700L, ALWAYS_EFFECTIVE), monthly(100, at("2017-06-05T00:00")));
        assertThat(resolve(goals, JUNE, "2017-06-15T00:00").orElseThrow().amount())
                .isEqualTo(700);
    }

    @Test
    void aWithdrawnGoalIsNone() {
        List<Goal> goals = List.of(
                june(700L, ALWAYS_EFFECTIVE), june(null, at("2017-06-05T00:00")), monthly(100, ALWAYS_EFFECTIVE));
        assertThat(resolve(goals, JUNE, "2017-06-04T00:00")).isPresent();
        assertThat(resolve(goals, JUNE, "2017-06-15T00:00")).isEmpty();
    }

    @Test
    void goalsOfOtherScopesMeasuresAndKindsDoNotRule() {
        Goal calls = new Goal(
                "company", GoalMeasure.ACTIVITIES, EventKind.CALL, PeriodKind.MONTH, null, 40L, ALWAYS_EFFECTIVE);
        List<Goal> goals = List.of(
                Goal.recurring("rep:17", GoalMeasure.WON_AMOUNT, PeriodKind.MONTH, 1, ALWAYS_EFFECTIVE),
                Goal.recurring("company", GoalMeasure.DEALS_WON, PeriodKind.MONTH, 2, ALWAYS_EFFECTIVE),
                Goal.recurring("company", GoalMeasure.WON_AMOUNT, PeriodKind.WEEK, 3, ALWAYS_EFFECTIVE),
                calls);
        assertThat(resolve(goals, JUNE, "2017-06-15T00:00")).isEmpty();
        assertThat(resolve(goals, Period.TOTAL, "2017-06-15T00:00")).isEmpty();
        assertThat(GoalBook.of(goals)
                        .resolve(
                                "company",
                                GoalMeasure.ACTIVITIES,
                                EventKind.CALL,
                                JUNE,
                                at("2017-06-15T00:00"),
                                CALENDAR))
                .map(ResolvedGoal::amount)
                .hasValue(40L);
    }

    @Test
    void theOrderOfTheRecordsDoesNotMatter() {
        List<Goal> goals = new ArrayList<>(List.of(
                june(300L, at("2017-06-20T00:00")),
                monthly(5, ALWAYS_EFFECTIVE),
                june(100L, ALWAYS_EFFECTIVE),
                june(200L, at("2017-06-10T00:00"))));
        Optional<ResolvedGoal> expected = resolve(goals, JUNE, "2017-06-25T00:00");
        Collections.reverse(goals);
        assertThat(resolve(goals, JUNE, "2017-06-25T00:00")).isEqualTo(expected);
    }

    @Test
    void aRepWhoJoinsOrLeavesHasTheGoalProRataByBusinessDays() {
        GoalBook book = GoalBook.of(
                List.of(Goal.recurring("rep:17", GoalMeasure.WON_AMOUNT, PeriodKind.MONTH, 10_001, ALWAYS_EFFECTIVE)));
        // Joins on Saturday the 17th: 10 of the 22 business days are left; leaves on Wednesday the 28th at noon.
        List<Membership> memberships = List.of(new Membership(at("2017-06-17T00:00"), at("2017-06-28T12:00")));
        ResolvedGoal goal = book.resolve(
                        "rep:17", GoalMeasure.WON_AMOUNT, null, JUNE, at("2017-06-20T00:00"), CALENDAR, memberships)
                .orElseThrow();
        assertThat(goal.memberBusinessDays()).isEqualTo(8);
        assertThat(goal.periodBusinessDays()).isEqualTo(22);
        assertThat(goal.wholeAmount()).isEqualTo(10_001);
        assertThat(goal.amount()).isEqualTo(3_637); // 3,636.73
    }

    @Test
    void oneWhoIsNoMemberInThePeriodHasNoGoal() {
        GoalBook book = GoalBook.of(List.of(monthly(100, ALWAYS_EFFECTIVE)));
        List<Membership> later = List.of(new Membership(at("2017-07-03T00:00"), Long.MAX_VALUE));
        assertThat(book.resolve("company", GoalMeasure.WON_AMOUNT, null, JUNE, at("2017-06-20T00:00"), CALENDAR, later))
                .isEmpty();
        assertThat(book.resolve(
                        "company", GoalMeasure.WON_AMOUNT, null, JUNE, at("2017-06-20T00:00"), CALENDAR, List.of()))
                .isEmpty();
    }

    @Test
    void aDaysGoalNotGivenIsItsExpectedPartOfTheMonths() {
        List<Goal> goals = List.of(monthly(22_000, ALWAYS_EFFECTIVE));
        ResolvedGoal goal = resolveDay(goals, "2017-06-28", LINEAR, "2017-06-28T12:00", ALWAYS)
                .orElseThrow();
        assertThat(goal.amount()).isEqualTo(1_000);
        assertThat(goal.basis()).isEqualTo(GoalBasis.DERIVED_FROM_MONTH);
    }

    @Test
    void aGivenDaysGoalRulesBeforeTheMonthsPart() {
        List<Goal> goals = List.of(
                monthly(22_000, ALWAYS_EFFECTIVE),
                Goal.recurring("company", GoalMeasure.WON_AMOUNT, PeriodKind.DAY, 77, ALWAYS_EFFECTIVE));
        ResolvedGoal goal = resolveDay(goals, "2017-06-28", LINEAR, "2017-06-28T12:00", ALWAYS)
                .orElseThrow();
        assertThat(goal.amount()).isEqualTo(77);
        assertThat(goal.basis()).isEqualTo(GoalBasis.RECURRING);
    }

    @Test
    void aDayWithoutBusinessTimeOrMembershipHasNoDerivedGoal() {
        List<Goal> goals = List.of(monthly(22_000, ALWAYS_EFFECTIVE));
        assertThat(resolveDay(goals, "2017-06-25", LINEAR, "2017-06-28T12:00", ALWAYS))
                .isEmpty();
        List<Membership> untilMidMonth = List.of(new Membership(Long.MIN_VALUE, at("2017-06-15T00:00")));
        assertThat(resolveDay(goals, "2017-06-15", LINEAR, "2017-06-28T12:00", untilMidMonth))
                .isEmpty();
        assertThat(resolveDay(goals, "2017-06-14", LINEAR, "2017-06-28T12:00", untilMidMonth))
                .map(ResolvedGoal::amount)
                .hasValue(1_000L);
    }

    @Test
    void aPassedDayKeepsTheMonthsGoalThatRuledWhenItEnded() {
        List<Goal> goals = List.of(monthly(22_000, ALWAYS_EFFECTIVE), monthly(44_000, at("2017-06-15T00:00")));
        assertThat(resolveDay(goals, "2017-06-14", LINEAR, "2017-06-28T12:00", ALWAYS))
                .map(ResolvedGoal::amount)
                .hasValue(1_000L);
        assertThat(resolveDay(goals, "2017-06-15", LINEAR, "2017-06-28T12:00", ALWAYS))
                .map(ResolvedGoal::amount)
                .hasValue(2_000L);
    }

    @Test
    void derivedDaysGoalsSumToTheMonthsGoalEvenWhereWeekendsSell() {
        // April 2017 begins on a Saturday; every month before sold on each of its days, weekends included.
        Period april = PERIODS.periodOf(PeriodKind.MONTH, day("2017-04-01"));
        List<WonCurve> curves = new ArrayList<>();
        for (Period month : PERIODS.likeBefore(april, 6)) {
            List<WonPane> panes = new ArrayList<>();
            for (long day = month.startEpochDay(); day < month.endEpochDayExclusive(); day++) {
                panes.add(new WonPane(
                        CALENDAR.startOfDayMillis(day), CALENDAR.startOfDayMillis(day + 1), 1_000 + day % 13));
            }
            curves.add(WonCurve.of(CALENDAR, month, panes).orElseThrow());
        }
        ExpectedShare share = ExpectedShare.of(PeriodKind.MONTH, curves);
        long sum = 0;
        for (long day = april.startEpochDay(); day < april.endEpochDayExclusive(); day++) {
            sum += resolveDay(
                            List.of(monthly(1_000_003, ALWAYS_EFFECTIVE)),
                            LocalDate.ofEpochDay(day).toString(),
                            share,
                            "2017-04-01T00:00",
                            ALWAYS)
                    .map(ResolvedGoal::amount)
                    .orElse(0L);
        }
        assertThat(share.at(0.0).share()).isGreaterThan(0);
        assertThat(sum).isEqualTo(1_000_003);
    }

    @Test
    void impossibleGoalsAreRefused() {
        assertThatThrownBy(() -> monthly(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
        assertThatThrownBy(() -> Goal.recurring("company", GoalMeasure.WON_AMOUNT, PeriodKind.TOTAL, 5, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("total");
        assertThatThrownBy(() -> Goal.recurring("company", GoalMeasure.ACTIVITIES, PeriodKind.DAY, 5, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ACTIVITIES");
    }
}
