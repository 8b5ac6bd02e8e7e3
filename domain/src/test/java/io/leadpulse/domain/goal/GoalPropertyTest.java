package io.leadpulse.domain.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.calendar.WorkingInterval;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.domain.figure.Ratio;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class GoalPropertyTest {
    private static final int TRIES = 150;
    private static final BusinessCalendar CALENDAR = new BusinessCalendar(
            ZoneId.of("Europe/Berlin"),
            WorkingWeek.on(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), WorkingInterval.ofHours(9, 17)),
            Set.of(LocalDate.parse("2017-05-01").toEpochDay()));
    private static final PeriodCalendar PERIODS = new PeriodCalendar(DayOfWeek.MONDAY, 1, 1);
    private static final Period JUNE =
            PERIODS.periodOf(PeriodKind.MONTH, LocalDate.parse("2017-06-01").toEpochDay());

    /** Six months before June, each with the given amounts on its first days. */
    private static List<WonCurve> curves(List<Long> amounts) {
        List<WonCurve> curves = new ArrayList<>();
        int month = 0;
        for (Period period : PERIODS.likeBefore(JUNE, ExpectedShare.likePeriods(PeriodKind.MONTH))) {
            List<WonPane> panes = new ArrayList<>();
            for (int i = 0; i < amounts.size(); i++) {
                long day = period.startEpochDay() + i;
                panes.add(new WonPane(
                        CALENDAR.startOfDayMillis(day),
                        CALENDAR.startOfDayMillis(day + 1),
                        amounts.get((i + month) % amounts.size())));
            }
            curves.add(WonCurve.of(CALENDAR, period, panes).orElseThrow());
            month++;
        }
        return curves;
    }

    @Property(tries = TRIES, seed = "20261122")
    void theShareRisesFromZeroToOneAndIsTheRatioOfSums(
            @ForAll @Size(28) List<@LongRange(min = 0, max = 1_000_000) Long> amounts,
            @ForAll @DoubleRange(min = 0, max = 1) double position,
            @ForAll @DoubleRange(min = 0, max = 1) double later) {
        List<WonCurve> curves = curves(amounts);
        ExpectedShare share = ExpectedShare.of(PeriodKind.MONTH, curves);
        double first = share.at(Math.min(position, later)).share();
        double second = share.at(Math.max(position, later)).share();
        assertThat(first).isBetween(0.0, 1.0 + 1e-12);
        assertThat(second).isGreaterThanOrEqualTo(first - 1e-12);
        assertThat(share.at(1).share()).isEqualTo(1.0);
        if (share.at(position).basis() == ShareBasis.LIKE_PERIODS) {
            double then =
                    curves.stream().mapToDouble(curve -> curve.wonAt(position)).sum();
            double all = curves.stream().mapToLong(WonCurve::total).sum();
            assertThat(share.at(position).share()).isCloseTo(then / all, within(1e-12));
        } else {
            assertThat(share.at(position).share()).isEqualTo(position);
        }
    }

    @Property(tries = 40, seed = "20261122")
    void derivedDaysGoalsSumToTheMonthsGoal(
            @ForAll @Size(28) List<@LongRange(min = 0, max = 1_000_000) Long> amounts,
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long goal) {
        GoalBook book = GoalBook.of(
                List.of(Goal.recurring("company", GoalMeasure.WON_AMOUNT, PeriodKind.MONTH, goal, Long.MIN_VALUE)));
        ExpectedShare share = ExpectedShare.of(PeriodKind.MONTH, curves(amounts));
        long sum = 0;
        for (long day = JUNE.startEpochDay(); day < JUNE.endEpochDayExclusive(); day++) {
            sum += book.resolveDay(
                            "company",
                            GoalMeasure.WON_AMOUNT,
                            null,
                            PERIODS.periodOf(PeriodKind.DAY, day),
                            JUNE,
                            share,
                            CALENDAR.startOfDayMillis(day),
                            CALENDAR,
                            List.of(new Membership(Long.MIN_VALUE, Long.MAX_VALUE)))
                    .map(ResolvedGoal::amount)
                    .orElse(0L);
        }
        assertThat(sum).isEqualTo(goal);
    }

    @Property(tries = TRIES, seed = "20261122")
    void whoLeavesAndWhoFollowsShareTheGoal(
            @ForAll @LongRange(min = 1_000, max = 1_000_000_000) long goal,
            @ForAll @IntRange(max = 30) int dayOfChange) {
        GoalBook book = GoalBook.of(
                List.of(Goal.recurring("rep:1", GoalMeasure.WON_AMOUNT, PeriodKind.MONTH, goal, Long.MIN_VALUE)));
        long change = CALENDAR.startOfDayMillis(JUNE.startEpochDay() + dayOfChange);
        long sum = 0;
        for (Membership membership :
                List.of(new Membership(Long.MIN_VALUE, change), new Membership(change, Long.MAX_VALUE))) {
            sum += book.resolve("rep:1", GoalMeasure.WON_AMOUNT, null, JUNE, change, CALENDAR, List.of(membership))
                    .map(ResolvedGoal::amount)
                    .orElse(0L);
        }
        assertThat(sum).isBetween(goal, goal + 1);
    }

    @Property(tries = TRIES, seed = "20261122")
    void whatIsNeededReachesTheGoalAndOneLessDoesNot(
            @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long won,
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long goal,
            @ForAll @LongRange(min = 1, max = 100_000_000_000L) long wonAmount,
            @ForAll @IntRange(min = 5, max = 5_000) int deals) {
        GoalProgress progress = GoalProgress.of(new GoalSituation(
                GoalMeasure.WON_AMOUNT,
                PeriodKind.MONTH,
                won,
                goal,
                new ShareAt(0.5, null, null, 0, ShareBasis.LINEAR_TOO_FEW_PERIODS),
                5,
                0,
                new Ratio(wonAmount, deals),
                Ratio.NONE,
                0,
                Ratio.NONE,
                null));
        double needed = progress.dealsNeeded().value();
        double mean = (double) wonAmount / deals;
        double missing = Math.max(0, goal - won);
        assertThat(needed * mean).isGreaterThanOrEqualTo(missing * (1 - 1e-12));
        if (needed > 0) {
            assertThat((needed - 1) * mean).isLessThan(missing * (1 + 1e-12));
        }
        assertThat(progress.gap().value() + won).isEqualTo(goal);
    }
}
