package io.leadpulse.domain.goal;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.organisation.Organisation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How scopes go in their periods: reads sums and goals, and lets {@link GoalProgress} say what follows.
 *
 * <p>Everything is a pure function of the sums as they stand and of the time asked for, so a restated past day moves
 * every period it lies in, and the passing of time alone moves what is expected.
 */
public final class ProgressBook {
    private static final int TRAILING_DAYS = 90;
    private static final long FIVE_MINUTES_MILLIS = 300_000;

    private final BusinessCalendar calendar;
    private final PeriodCalendar periods;
    private final GoalBook goals;
    private final Organisation organisation;
    private final Function<String, List<Membership>> memberships;

    /**
     * @param calendar the company's working time
     * @param periods the company's periods
     * @param goals all goals ever given
     * @param organisation knows the company's local time
     * @param memberships when a scope belongs to the sales force; always, for the company and teams
     */
    public ProgressBook(
            BusinessCalendar calendar,
            PeriodCalendar periods,
            GoalBook goals,
            Organisation organisation,
            Function<String, List<Membership>> memberships) {
        this.calendar = calendar;
        this.periods = periods;
        this.goals = goals;
        this.organisation = organisation;
        this.memberships = memberships;
    }

    /** The trailing window: the day of a time, epoch milliseconds, and the 89 days before. */
    public Period trailing(long asOfMillis) {
        long today = calendar.epochDay(asOfMillis);
        return new Period(PeriodKind.DAY, today - TRAILING_DAYS + 1, today + 1, "trailing");
    }

    /** How all goals of a scope for a period stand; those not given for it are left out. */
    public List<GoalStanding> standings(String scope, Period period, ScopeSums sums, long asOfMillis) {
        List<GoalStanding> standings = new ArrayList<>();
        for (GoalLine line : goals.lines(scope)) {
            resolve(scope, line, period, sums, asOfMillis)
                    .map(goal -> situation(line, period, goal.amount(), sums, asOfMillis))
                    .ifPresent(at -> standings.add(new GoalStanding(line, GoalProgress.of(at), Landing.of(at))));
        }
        return standings;
    }

    /** The goal of a line in a period; a day's that is not given is a part of its month's. */
    public Optional<ResolvedGoal> resolve(String scope, GoalLine line, Period period, ScopeSums sums, long asOfMillis) {
        if (period.isTotal()) {
            return Optional.empty();
        }
        List<Membership> member = memberships.apply(scope);
        if (period.kind() != PeriodKind.DAY) {
            return goals.resolve(scope, line.measure(), line.activity(), period, asOfMillis, calendar, member);
        }
        Period month = periods.periodOf(PeriodKind.MONTH, period.startEpochDay());
        return goals.resolveDay(
                scope,
                line.measure(),
                line.activity(),
                period,
                month,
                expectedShare(line, month, sums),
                asOfMillis,
                calendar,
                member);
    }

    /** What of a period is usually reached by when. */
    public ExpectedShare expectedShare(GoalLine line, Period period, ScopeSums sums) {
        return sums.expectedShare(line, period, () -> likePeriods(line, period, sums));
    }

    /** What a period had reached by its positions, in the line's unit; empty without business time. */
    public Optional<WonCurve> curve(GoalLine line, Period period, ScopeSums sums) {
        return WonCurve.of(calendar, period, panes(line, period, sums));
    }

    /** What is expected by a time, epoch milliseconds, not rounded; null where the pace has no value. */
    public Double expectedAt(String scope, GoalLine line, Period period, ScopeSums sums, long nowMillis) {
        Optional<ResolvedGoal> goal = resolve(scope, line, period, sums, nowMillis);
        ShareAt share = goal.isEmpty() ? null : share(line, period, sums, nowMillis);
        return share == null || share.share() < GoalProgress.MIN_SHARE
                ? null
                : (Double) (goal.get().amount() * share.share());
    }

    private GoalSituation situation(GoalLine line, Period period, long goal, ScopeSums sums, long asOfMillis) {
        long startMillis = calendar.startOfDayMillis(period.startEpochDay());
        long endMillis = calendar.startOfDayMillis(period.endEpochDayExclusive());
        long nowMillis = Math.max(startMillis, Math.min(asOfMillis, endMillis));
        Period window = trailing(asOfMillis);
        long won = sums.sumOver(Measure.WON_COUNT, window);
        return new GoalSituation(
                line.measure(),
                period.kind(),
                sums.sumOver(line.summed(), line.dimension(), period),
                goal,
                share(line, period, sums, nowMillis),
                calendar.businessDaysBetween(nowMillis, endMillis),
                endMillis - nowMillis,
                new Ratio(sums.sumOver(Measure.WON_DEAL_AMOUNT, window), won),
                new Ratio(won, won + sums.sumOver(Measure.LOST_COUNT, window)),
                sums.sumOver(Measure.OPEN_DUE_COUNT, period),
                leadToSale(sums, asOfMillis),
                medianLeadToSaleMillis(sums, window));
    }

    /** What is usually reached by now; null on a period without business time. */
    private ShareAt share(GoalLine line, Period period, ScopeSums sums, long nowMillis) {
        OptionalDouble position = calendar.position(period, nowMillis);
        return position.isEmpty() ? null : expectedShare(line, period, sums).at(position.getAsDouble());
    }

    private ExpectedShare likePeriods(GoalLine line, Period period, ScopeSums sums) {
        List<WonCurve> curves = new ArrayList<>();
        for (Period before : periods.likeBefore(period, ExpectedShare.likePeriods(period.kind()))) {
            WonCurve.of(calendar, before, panes(line, before, sums)).ifPresent(curves::add);
        }
        return ExpectedShare.of(period.kind(), curves);
    }

    private List<WonPane> panes(GoalLine line, Period period, ScopeSums sums) {
        boolean byFiveMinutes = period.kind() == PeriodKind.DAY && line.measure() == GoalMeasure.WON_AMOUNT;
        return byFiveMinutes ? fiveMinutePanes(period, sums) : dayPanes(line, period, sums);
    }

    private List<WonPane> dayPanes(GoalLine line, Period period, ScopeSums sums) {
        List<WonPane> panes = new ArrayList<>();
        for (long day = period.startEpochDay(); day < period.endEpochDayExclusive(); day++) {
            long amount = sums.sumOfDay(line.summed(), line.dimension(), day);
            if (amount != 0) {
                panes.add(new WonPane(calendar.startOfDayMillis(day), calendar.startOfDayMillis(day + 1), amount));
            }
        }
        return panes;
    }

    private List<WonPane> fiveMinutePanes(Period day, ScopeSums sums) {
        List<WonPane> panes = new ArrayList<>();
        int epochDay = Math.toIntExact(day.startEpochDay());
        for (Map.Entry<Integer, Long> slot : sums.wonBySlot(epochDay).entrySet()) {
            long startMillis = organisation.slotStartMillis(epochDay, slot.getKey());
            panes.add(new WonPane(startMillis, startMillis + FIVE_MINUTES_MILLIS, slot.getValue()));
        }
        return panes;
    }

    /**
     * Sales / leads created, of leads that have had the 90 days to buy: those created in the 90 days before the trailing
     * window.
     */
    public Ratio leadToSale(ScopeSums sums, long asOfMillis) {
        Period window = trailing(asOfMillis);
        Period cohort = new Period(
                PeriodKind.DAY, window.startEpochDay() - TRAILING_DAYS, window.startEpochDay(), window.key());
        return new Ratio(
                sums.sumOver(Measure.LEADS_SOLD_WITHIN_90_DAYS, cohort), sums.sumOver(Measure.LEADS_CREATED, cohort));
    }

    /**
     * What is expected of a day by each of its five minutes, as the curve of a board: nothing but the goal's expectation at
     * other times of the day. Empty on a day without business time or without a goal.
     *
     * @return by instant, epoch milliseconds, from the first of the day to the first of the next; in the line's unit
     */
    public NavigableMap<Long, Long> expectedCurve(
            String scope, GoalLine line, Period day, ScopeSums sums, long asOfMillis) {
        NavigableMap<Long, Long> curve = new TreeMap<>();
        Optional<ResolvedGoal> goal = resolve(scope, line, day, sums, asOfMillis);
        if (goal.isEmpty()) {
            return curve;
        }
        ExpectedShare expected = expectedShare(line, day, sums);
        long endMillis = calendar.startOfDayMillis(day.endEpochDayExclusive());
        for (long at = calendar.startOfDayMillis(day.startEpochDay()); at <= endMillis; at += FIVE_MINUTES_MILLIS) {
            OptionalDouble position = calendar.position(day, at);
            if (position.isPresent()) {
                curve.put(at, expected.at(position.getAsDouble()).of(goal.get().amount()));
            }
        }
        return curve;
    }

    private static Long medianLeadToSaleMillis(ScopeSums sums, Period window) {
        Double median = sums.histogramOver(Measure.LEAD_TO_SALE_HISTOGRAM, ScopeSums.NO_DIMENSION, window)
                .percentileMillis(0.5);
        return median == null ? null : (Long) Math.round(median);
    }
}
