package io.leadpulse.rollup;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.measure.DurationHistogram;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.Results;
import io.leadpulse.schemas.result.DwellRecord;
import io.leadpulse.schemas.result.ProgressRecord;
import io.leadpulse.schemas.result.RollupRecord;
import io.leadpulse.schemas.result.Unit;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.util.Collector;

/**
 * Publishes what changed in a scope: the sums themselves, time in stage, and progress of every period that the changes
 * touch, the periods of as-of always among them.
 */
final class ScopePublisher {
    private final BusinessCalendar calendar;
    private final PeriodCalendar periods;
    private final ProgressCalculator calculator;
    private final Results results;
    private final boolean once;

    /**
     * Publishes sums of this engine.
     *
     * @param once nothing of a scope was published before, so that a sum which is 0 again need not be said
     */
    ScopePublisher(EngineContext engine, boolean once) {
        this.once = once;
        calendar = engine.companyCalendar();
        periods = engine.periods();
        calculator = new ProgressCalculator(engine);
        results = engine.results();
    }

    void publish(String scope, List<PaneKey> changed, PaneReader sums, long asOfMillis, Collector<ResultRecord> out) {
        sums(scope, changed, sums, asOfMillis, sum -> {
            if (!once || sum.value() != 0) {
                out.collect(results.rollup(sum));
            }
        });
        if (Scope.isSource(scope)) {
            // Where leads come from has neither stages nor goals; what is sold there is a matter of cohorts.
            return;
        }
        long today = calendar.epochDay(asOfMillis);
        Set<Period> current = new LinkedHashSet<>(periods.periodsOf(today).values());
        Set<Period> touched = new LinkedHashSet<>(current);
        Set<Integer> days = new HashSet<>();
        Set<String> stages = new LinkedHashSet<>();
        for (PaneKey pane : changed) {
            if (pane.measure().pane() == Measure.Pane.DAY && pane.pane() <= today && days.add(pane.pane())) {
                touched.addAll(periods.periodsOf(pane.pane()).values());
            }
            if (pane.measure() == Measure.DWELL_COUNT || pane.measure() == Measure.DWELL_HISTOGRAM) {
                stages.add(pane.dimension());
            }
        }
        for (String stage : stages) {
            DwellRecord dwell = dwell(scope, stage, sums, asOfMillis);
            if (!once || dwell.count() != 0) {
                out.collect(results.dwell(dwell));
            }
        }
        for (Period period : touched) {
            ProgressRecord progress = calculator.progress(scope, period, sums, asOfMillis);
            if (!once || current.contains(period) || !progress.isEmpty()) {
                out.collect(results.progress(progress));
            }
        }
        out.collect(results.progress(calculator.trailing(scope, sums, asOfMillis)));
    }

    /** Says of sums that were said that they are 0, whatever they are: the scope is not to be seen any more. */
    void withdraw(String scope, List<PaneKey> said, PaneReader sums, long asOfMillis, Collector<ResultRecord> out) {
        sums(
                scope,
                said,
                sums,
                asOfMillis,
                sum -> out.collect(results.rollup(new RollupRecord(
                        sum.scope(), sum.measure(), sum.dimension(), sum.pane(), sum.unit(), 0, sum.asOfMillis()))));
    }

    private static void sums(
            String scope, List<PaneKey> changed, PaneReader sums, long asOfMillis, Consumer<RollupRecord> out) {
        Set<PaneKey> totals = new LinkedHashSet<>();
        for (PaneKey pane : changed) {
            out.accept(sum(scope, pane, sums, asOfMillis));
            if (pane.measure().pane() == Measure.Pane.DAY && pane.measure().hasTotal()) {
                totals.add(new PaneKey(pane.measure(), pane.dimension(), 0));
            }
        }
        for (PaneKey total : totals) {
            out.accept(total(scope, total, sums, asOfMillis));
        }
    }

    private static RollupRecord sum(String scope, PaneKey pane, PaneReader sums, long asOfMillis) {
        String dimension = pane.dimension();
        if (pane.measure().pane() == Measure.Pane.DAY_HISTOGRAM) {
            dimension = (dimension.isEmpty() ? "" : dimension + '/') + Measure.bucketOf(pane.pane());
        }
        return new RollupRecord(
                scope,
                pane.measure().wireName(),
                dimension,
                name(pane),
                unitOf(pane.measure()),
                sums.sumOf(pane.measure(), pane.dimension(), pane.pane()),
                asOfMillis);
    }

    private static RollupRecord total(String scope, PaneKey total, PaneReader sums, long asOfMillis) {
        return new RollupRecord(
                scope,
                total.measure().wireName(),
                total.dimension(),
                RollupRecord.TOTAL,
                unitOf(total.measure()),
                sums.totalOf(total.measure(), total.dimension()),
                asOfMillis);
    }

    private static DwellRecord dwell(String scope, String stage, PaneReader sums, long asOfMillis) {
        DurationHistogram histogram = sums.histogramOfTotal(Measure.DWELL_HISTOGRAM, stage);
        return new DwellRecord(
                scope,
                stage,
                sums.totalOf(Measure.DWELL_COUNT, stage),
                sums.totalOf(Measure.DWELL_MILLIS, stage),
                histogram.percentileDays(0.5),
                histogram.percentileDays(0.9),
                asOfMillis);
    }

    private static String name(PaneKey pane) {
        return switch (pane.measure().pane()) {
            case DAY -> LocalDate.ofEpochDay(pane.pane()).toString();
            case DAY_HISTOGRAM ->
                LocalDate.ofEpochDay(Math.floorDiv(pane.pane(), Measure.BUCKETS_PER_DAY))
                        .toString();
            case FIVE_MINUTES ->
                LocalDate.ofEpochDay(Math.floorDiv(pane.pane(), Measure.SLOTS_PER_DAY))
                        .atTime(LocalTime.ofSecondOfDay(Math.floorMod(pane.pane(), Measure.SLOTS_PER_DAY) * 300L))
                        .toString();
            case NOW -> RollupRecord.NOW;
            case FIVE_SECONDS -> throw new IllegalArgumentException(pane.measure() + " is not published");
        };
    }

    static Unit unitOf(Measure measure) {
        return switch (measure) {
            case WON_AMOUNT,
                    WON_AMOUNT_FIVE_MINUTES,
                    WON_DEAL_AMOUNT,
                    OPEN_AMOUNT,
                    OPEN_AMOUNT_BY_STAGE,
                    LOST_AMOUNT,
                    LOST_CAUSES_AMOUNT,
                    WON_AMOUNT_BY_PRODUCT,
                    OPEN_AMOUNT_BY_PRODUCT,
                    OPEN_DUE_AMOUNT,
                    OPEN_PUSHED_AMOUNT,
                    REPEAT_WON_AMOUNT,
                    TOUCHED_REVENUE,
                    SPEND,
                    SPEND_ESTIMATED,
                    OPENED_AMOUNT -> Unit.MONEY;
            case CYCLE_MILLIS,
                    DWELL_MILLIS,
                    FIRST_CONTACT_MILLIS,
                    LEAD_TO_SALE_MILLIS,
                    CONVERSATION_MILLIS,
                    TIME_SPENT -> Unit.MILLISECONDS;
            default -> Unit.COUNT;
        };
    }
}
