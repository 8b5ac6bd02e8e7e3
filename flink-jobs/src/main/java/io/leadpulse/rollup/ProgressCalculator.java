package io.leadpulse.rollup;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.goal.ExpectedShare;
import io.leadpulse.domain.goal.GoalBook;
import io.leadpulse.domain.goal.GoalLine;
import io.leadpulse.domain.goal.GoalMeasure;
import io.leadpulse.domain.goal.GoalProgress;
import io.leadpulse.domain.goal.GoalSituation;
import io.leadpulse.domain.goal.Lack;
import io.leadpulse.domain.goal.Membership;
import io.leadpulse.domain.goal.Ratio;
import io.leadpulse.domain.goal.RatioFigure;
import io.leadpulse.domain.goal.ResolvedGoal;
import io.leadpulse.domain.goal.ShareAt;
import io.leadpulse.domain.goal.ShareBasis;
import io.leadpulse.domain.goal.WholeFigure;
import io.leadpulse.domain.goal.WonCurve;
import io.leadpulse.domain.goal.WonPane;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.schemas.result.ProgressRecord;
import io.leadpulse.schemas.result.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How a scope goes in a period: reads sums and goals, and lets the domain say what follows ({@link GoalProgress}).
 * Everything is a pure function of the sums as they stand, so a restated past day moves every period it lies in.
 */
final class ProgressCalculator {
    /** The name of the window that has no beginning of its own: as-of and the 89 days before. */
    static final String TRAILING = "trailing_90_days";

    private static final String CURRENT = "current";
    private static final String NO_DIMENSION = "";
    private static final int TRAILING_DAYS = 90;
    private static final long FIVE_MINUTES_MILLIS = 300_000;

    private final BusinessCalendar calendar;
    private final PeriodCalendar periods;
    private final GoalBook goals;
    private final EngineContext engine;

    ProgressCalculator(EngineContext engine) {
        this.engine = engine;
        this.calendar = engine.companyCalendar();
        this.periods = engine.periods();
        this.goals = engine.goals();
    }

    /** One period of a scope. */
    ProgressRecord progress(String scope, Period period, PaneReader sums, long asOfMillis) throws Exception {
        Map<String, String> needs = new TreeMap<>();
        List<ProgressRecord.Goal> reached = new ArrayList<>();
        for (GoalLine line : engine.goalLines(scope)) {
            ProgressRecord.Goal goal = goal(scope, line, period, sums, asOfMillis, needs);
            if (goal != null) {
                reached.add(goal);
            }
        }
        boolean total = period.isTotal();
        return new ProgressRecord(
                scope,
                period.kind().wireName(),
                period.key().substring(period.key().indexOf(':') + 1),
                total ? null : (Long) calendar.startOfDayMillis(period.startEpochDay()),
                total ? null : (Long) calendar.startOfDayMillis(period.endEpochDayExclusive()),
                sales(period, sums),
                reached,
                needs,
                asOfMillis);
    }

    /** The trailing window of a scope: as-of's day and the 89 days before. */
    ProgressRecord trailing(String scope, PaneReader sums, long asOfMillis) throws Exception {
        Period window = trailingWindow(asOfMillis);
        return new ProgressRecord(
                scope,
                TRAILING,
                CURRENT,
                calendar.startOfDayMillis(window.startEpochDay()),
                calendar.startOfDayMillis(window.endEpochDayExclusive()),
                sales(window, sums),
                List.of(),
                Map.of(),
                asOfMillis);
    }

    private Period trailingWindow(long asOfMillis) {
        long today = calendar.epochDay(asOfMillis);
        return new Period(PeriodKind.DAY, today - TRAILING_DAYS + 1, today + 1, TRAILING);
    }

    private static ProgressRecord.Sales sales(Period period, PaneReader sums) throws Exception {
        long won = sums.sumOver(Measure.WON_COUNT, period);
        return new ProgressRecord.Sales(
                sums.sumOver(Measure.WON_AMOUNT, period),
                won,
                sums.sumOver(Measure.LOST_COUNT, period),
                sums.sumOver(Measure.OPENED_COUNT, period),
                won,
                sums.sumOver(Measure.CYCLE_MILLIS, period),
                sums.histogramOver(Measure.CYCLE_HISTOGRAM, NO_DIMENSION, period)
                        .percentileDays(0.5));
    }

    /** How one goal of the period stands; null when none is given. */
    private ProgressRecord.Goal goal(
            String scope, GoalLine line, Period period, PaneReader sums, long asOfMillis, Map<String, String> needs)
            throws Exception {
        Optional<ResolvedGoal> resolved = resolve(scope, line, period, sums, asOfMillis);
        if (resolved.isEmpty()) {
            return null;
        }
        long startMillis = calendar.startOfDayMillis(period.startEpochDay());
        long endMillis = calendar.startOfDayMillis(period.endEpochDayExclusive());
        long nowMillis = Math.max(startMillis, Math.min(asOfMillis, endMillis));
        GoalProgress progress = GoalProgress.of(new GoalSituation(
                line.measure(),
                period.kind(),
                achieved(line, period, sums),
                resolved.get().amount(),
                share(line, period, sums, nowMillis),
                calendar.businessDaysBetween(nowMillis, endMillis),
                endMillis - nowMillis,
                wonAmountPerDeal(sums, asOfMillis),
                winRate(sums, asOfMillis),
                sums.sumOver(Measure.OPEN_DUE_COUNT, period),
                leadToSale(sums, asOfMillis),
                medianLeadToSaleMillis(sums, asOfMillis)));
        return record(line, progress, needs);
    }

    /** The goal of a period as of a time; a day that has none has its part of the month's. */
    Optional<ResolvedGoal> resolve(String scope, GoalLine line, Period period, PaneReader sums, long asOfMillis)
            throws Exception {
        if (period.isTotal()) {
            return Optional.empty();
        }
        List<Membership> memberships = engine.memberships(scope);
        if (period.kind() != PeriodKind.DAY) {
            return goals.resolve(scope, line.measure(), line.activity(), period, asOfMillis, calendar, memberships);
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
                memberships);
    }

    /** What is usually reached by now; null on a period without business time. */
    private ShareAt share(GoalLine line, Period period, PaneReader sums, long nowMillis) throws Exception {
        OptionalDouble position = calendar.position(period, nowMillis);
        return position.isEmpty() ? null : expectedShare(line, period, sums).at(position.getAsDouble());
    }

    private ExpectedShare expectedShare(GoalLine line, Period period, PaneReader sums) throws Exception {
        List<WonCurve> curves = new ArrayList<>();
        for (Period before : periods.likeBefore(period, ExpectedShare.likePeriods(period.kind()))) {
            WonCurve.of(calendar, before, panes(line, before, sums)).ifPresent(curves::add);
        }
        return ExpectedShare.of(period.kind(), curves);
    }

    private List<WonPane> panes(GoalLine line, Period period, PaneReader sums) throws Exception {
        boolean byFiveMinutes = period.kind() == PeriodKind.DAY && line.measure() == GoalMeasure.WON_AMOUNT;
        return byFiveMinutes ? fiveMinutePanes(period, sums) : dayPanes(line, period, sums);
    }

    private List<WonPane> dayPanes(GoalLine line, Period period, PaneReader sums) throws Exception {
        List<WonPane> panes = new ArrayList<>();
        for (long day = period.startEpochDay(); day < period.endEpochDayExclusive(); day++) {
            long amount = sums.sumOf(measureOf(line), dimensionOf(line), Math.toIntExact(day));
            if (amount != 0) {
                panes.add(new WonPane(calendar.startOfDayMillis(day), calendar.startOfDayMillis(day + 1), amount));
            }
        }
        return panes;
    }

    private List<WonPane> fiveMinutePanes(Period day, PaneReader sums) throws Exception {
        List<WonPane> panes = new ArrayList<>();
        int epochDay = Math.toIntExact(day.startEpochDay());
        PaneBlock block = sums.block(new BlockKey(Measure.WON_AMOUNT_FIVE_MINUTES, NO_DIMENSION, epochDay));
        for (int i = 0; i < block.panes().length; i++) {
            int slot = block.panes()[i] - epochDay * Measure.SLOTS_PER_DAY;
            long startMillis = engine.organisation().slotStartMillis(epochDay, slot);
            panes.add(new WonPane(startMillis, startMillis + FIVE_MINUTES_MILLIS, block.sums()[i]));
        }
        return panes;
    }

    /** The goal of a period as of a time; null when none is given. */
    Long goalOf(String scope, GoalLine line, Period period, PaneReader sums, long asOfMillis) throws Exception {
        Optional<ResolvedGoal> resolved = resolve(scope, line, period, sums, asOfMillis);
        return resolved.isEmpty() ? null : (Long) resolved.get().amount();
    }

    /** What is expected by a time, not rounded; null where the pace has no value. */
    Double expectedAt(String scope, GoalLine line, Period period, PaneReader sums, long nowMillis) throws Exception {
        Long goal = goalOf(scope, line, period, sums, nowMillis);
        ShareAt share = goal == null ? null : share(line, period, sums, nowMillis);
        return share == null || share.share() < GoalProgress.MIN_SHARE ? null : (Double) (goal * share.share());
    }

    /** What a period had reached by its positions; empty without business time. */
    Optional<WonCurve> curve(GoalLine line, Period period, PaneReader sums) throws Exception {
        return WonCurve.of(calendar, period, panes(line, period, sums));
    }

    /** What a day adds to a goal. */
    static long achievedOn(GoalLine line, int epochDay, PaneReader sums) throws Exception {
        return sums.sumOf(measureOf(line), dimensionOf(line), epochDay);
    }

    /** The name of what a goal is measured in. */
    static String nameOf(GoalLine line) {
        return measureOf(line).wireName()
                + (line.activity() == null ? "" : ":" + line.activity().wireName());
    }

    static long achieved(GoalLine line, Period period, PaneReader sums) throws Exception {
        return sums.sumOver(measureOf(line), dimensionOf(line), period);
    }

    private static Measure measureOf(GoalLine line) {
        return switch (line.measure()) {
            case WON_AMOUNT -> Measure.WON_AMOUNT;
            case DEALS_WON -> Measure.WON_COUNT;
            case QUALIFIED_LEADS -> Measure.LEADS_SALES_QUALIFIED;
            case ACTIVITIES -> Measure.ACTIVITIES;
        };
    }

    private static String dimensionOf(GoalLine line) {
        return line.activity() == null ? NO_DIMENSION : line.activity().wireName();
    }

    private Ratio wonAmountPerDeal(PaneReader sums, long asOfMillis) throws Exception {
        Period window = trailingWindow(asOfMillis);
        return new Ratio(sums.sumOver(Measure.WON_DEAL_AMOUNT, window), sums.sumOver(Measure.WON_COUNT, window));
    }

    private Ratio winRate(PaneReader sums, long asOfMillis) throws Exception {
        Period window = trailingWindow(asOfMillis);
        long won = sums.sumOver(Measure.WON_COUNT, window);
        return new Ratio(won, won + sums.sumOver(Measure.LOST_COUNT, window));
    }

    /** Only leads that have had the 90 days: those created in the 90 days before the trailing window. */
    private Ratio leadToSale(PaneReader sums, long asOfMillis) throws Exception {
        long mature = calendar.epochDay(asOfMillis) - TRAILING_DAYS + 1;
        Period cohort = new Period(PeriodKind.DAY, mature - TRAILING_DAYS, mature, TRAILING);
        return new Ratio(
                sums.sumOver(Measure.LEADS_SOLD_WITHIN_90_DAYS, cohort), sums.sumOver(Measure.LEADS_CREATED, cohort));
    }

    private Long medianLeadToSaleMillis(PaneReader sums, long asOfMillis) throws Exception {
        Double median = sums.histogramOver(Measure.LEAD_TO_SALE_HISTOGRAM, NO_DIMENSION, trailingWindow(asOfMillis))
                .percentileMillis(0.5);
        return median == null ? null : (Long) Math.round(median);
    }

    private static ProgressRecord.Goal record(GoalLine line, GoalProgress progress, Map<String, String> needs) {
        String measure = nameOf(line);
        Needs lacking = new Needs(measure, needs);
        ShareAt share = progress.share();
        return new ProgressRecord.Goal(
                measure,
                line.measure() == GoalMeasure.WON_AMOUNT ? Unit.MONEY : Unit.COUNT,
                progress.goal().value(),
                progress.won(),
                lacking.value("attainment", progress.attainment()),
                share == null ? null : (Double) share.share(),
                share == null || share.basis() != ShareBasis.LIKE_PERIODS,
                lacking.value("expected", progress.expected()),
                lacking.value("ahead", progress.ahead()),
                lacking.value("pace_index", progress.paceIndex()),
                lacking.value("projection", progress.projection()),
                lacking.value("required_per_day", progress.requiredPerBusinessDay()),
                progress.businessDaysLeft(),
                lacking.value("deals_needed", progress.dealsNeeded()),
                lacking.value("opportunities_needed", progress.opportunitiesNeeded()),
                progress.openOpportunitiesDue(),
                lacking.value("leads_needed", progress.leadsNeeded()));
    }

    /** Collects what missing numbers need, by the goal's measure and the number's name. */
    private record Needs(String measure, Map<String, String> texts) {
        Long value(String name, WholeFigure figure) {
            note(name, figure.lack());
            return figure.value();
        }

        Double value(String name, RatioFigure figure) {
            note(name, figure.lack());
            return figure.value();
        }

        private void note(String name, Lack lack) {
            if (lack != null) {
                texts.put(measure + '.' + name, lack.text());
            }
        }
    }
}
