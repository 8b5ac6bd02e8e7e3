package io.leadpulse.rollup;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.RatioFigure;
import io.leadpulse.domain.figure.WholeFigure;
import io.leadpulse.domain.goal.GoalLine;
import io.leadpulse.domain.goal.GoalMeasure;
import io.leadpulse.domain.goal.GoalProgress;
import io.leadpulse.domain.goal.GoalStanding;
import io.leadpulse.domain.goal.PeriodSales;
import io.leadpulse.domain.goal.ProgressBook;
import io.leadpulse.domain.goal.ScopeSums;
import io.leadpulse.domain.goal.ShareAt;
import io.leadpulse.domain.goal.ShareBasis;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.schemas.result.ProgressRecord;
import io.leadpulse.schemas.result.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes down how a scope goes in a period, as {@link ProgressBook} says it. */
final class ProgressCalculator {
    /** The name of the window that has no beginning of its own: as-of and the 89 days before. */
    static final String TRAILING = "trailing_90_days";

    private static final String CURRENT = "current";

    private static final String TRAILING_LABEL = "last 90 days";

    private final BusinessCalendar calendar;
    private final PeriodCalendar periods;
    private final ProgressBook book;

    ProgressCalculator(EngineContext engine) {
        this.calendar = engine.companyCalendar();
        this.periods = engine.periods();
        this.book = engine.progressBook();
    }

    /** One period of a scope. */
    ProgressRecord progress(String scope, Period period, ScopeSums sums, long asOfMillis) {
        Map<String, String> needs = new TreeMap<>();
        List<ProgressRecord.Goal> reached = new ArrayList<>();
        for (GoalStanding standing : book.standings(scope, period, sums, asOfMillis)) {
            reached.add(record(standing.line(), standing.progress(), needs));
        }
        boolean total = period.isTotal();
        return new ProgressRecord(
                scope,
                period.kind().wireName(),
                period.key().substring(period.key().indexOf(':') + 1),
                periods.label(period),
                total ? null : (Long) calendar.startOfDayMillis(period.startEpochDay()),
                total ? null : (Long) calendar.startOfDayMillis(period.endEpochDayExclusive()),
                sales(period, sums),
                reached,
                needs,
                asOfMillis);
    }

    /** The trailing window of a scope: as-of's day and the 89 days before. */
    ProgressRecord trailing(String scope, ScopeSums sums, long asOfMillis) {
        Period window = book.trailing(asOfMillis);
        return new ProgressRecord(
                scope,
                TRAILING,
                CURRENT,
                TRAILING_LABEL,
                calendar.startOfDayMillis(window.startEpochDay()),
                calendar.startOfDayMillis(window.endEpochDayExclusive()),
                sales(window, sums),
                List.of(),
                Map.of(),
                asOfMillis);
    }

    private static ProgressRecord.Sales sales(Period period, ScopeSums sums) {
        PeriodSales sales = PeriodSales.of(sums, period);
        return new ProgressRecord.Sales(
                sales.wonAmountMinor(),
                sales.wonCount(),
                sales.lostCount(),
                sales.openedCount(),
                sales.wonCount(),
                sales.cycleSumMillis(),
                sales.cycleMedianDays());
    }

    private static ProgressRecord.Goal record(GoalLine line, GoalProgress progress, Map<String, String> needs) {
        String measure = line.wireName();
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
