package io.leadpulse.rollup;

import io.leadpulse.domain.alert.AlertCause;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.goal.GoalBasis;
import io.leadpulse.domain.goal.GoalLine;
import io.leadpulse.domain.goal.Milestones;
import io.leadpulse.domain.goal.PaceLife;
import io.leadpulse.domain.goal.PaceRule;
import io.leadpulse.domain.goal.ProgressBook;
import io.leadpulse.domain.goal.ResolvedGoal;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.Results;
import io.leadpulse.schemas.Hash64;
import io.leadpulse.schemas.result.AlertRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.Collector;

/**
 * Tells milestones of goals, and goals that are behind their pace. What it tells follows from the sums and goals alone:
 *
 * <ul>
 *   <li><b>Milestone</b>: half, nine tenths and all of a goal of a day, month, quarter or year; of the company, teams and
 *       reps (a day's part of a month's goal: of money only); once for each scope, period, measure and step, whatever corrections do afterwards. A period of the past that
 *       reaches one by a back-dated sale is told, once. Its time is the end of the five minutes (of the day, for what has no
 *       course of the day) that reached it.
 *   <li><b>Behind pace</b>: money won of the running day and month, of the company and teams, by {@link PaceRule}: the day
 *       at 11:00, 14:00 and 16:00 of a business day, the month at noon, company time. It is over at the end of the first
 *       five minutes with a sale that bring the index up again, or at a later look, and at the latest with the period. Only
 *       money has a course of the day, which the comparison at the same position needs, so counts are not judged.
 * </ul>
 */
final class ScopeAlerts {
    private static final LocalTime NOON = LocalTime.of(12, 0);
    private static final List<LocalTime> DAY_CHECKS =
            List.of(LocalTime.of(11, 0), LocalTime.of(14, 0), LocalTime.of(16, 0));
    private static final Set<PeriodKind> MILESTONE_PERIODS =
            EnumSet.of(PeriodKind.DAY, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR);
    private static final long FIVE_MINUTES_MILLIS = 300_000;
    private static final String WARNING = "warning";

    private final EngineContext engine;
    private final BusinessCalendar calendar;
    private final ZoneId zone;
    private final ProgressBook book;
    private final Results results;

    ScopeAlerts(EngineContext engine) {
        this.engine = engine;
        calendar = engine.companyCalendar();
        zone = calendar.zone();
        book = engine.progressBook();
        results = engine.results();
    }

    /** Whether there is anything to judge in a scope. */
    boolean concerns(String scope) {
        return !engine.goalLines(scope).isEmpty();
    }

    /** Whether a day of the company has begun at a time. */
    boolean hasBegun(int day, long nowMillis) {
        return day <= calendar.epochDay(nowMillis);
    }

    /** The next time after one at which the pace is looked at, or a day and what was told of it ends. */
    long nextCheckAfter(long nowMillis) {
        long next = JudgeTimes.NONE;
        long today = calendar.epochDay(nowMillis);
        for (long day = today; day <= today + 1; day++) {
            List<Long> times = new ArrayList<>(dayChecks(day));
            times.add(at(day, NOON));
            times.add(calendar.startOfDayMillis(day));
            for (long timeMillis : times) {
                if (timeMillis > nowMillis) {
                    next = Math.min(next, timeMillis);
                }
            }
        }
        return next;
    }

    /**
     * Tells what is new.
     *
     * @param days days of which sums have changed since the last time
     * @param keptFrom first day of which the course is kept
     * @param told what was told before; bounded by the periods of the retention
     * @param dueMillis when this was to be told; before now if the clock has made a great step. By it a milestone turns out
     */
    void judge(
            String scope,
            Set<Integer> days,
            PaneReader sums,
            int keptFrom,
            MapState<String, ToldScopeAlert> told,
            long dueMillis,
            long nowMillis,
            Collector<ResultRecord> out)
            throws Exception {
        forget(told, nowMillis);
        milestones(scope, days, sums, told, dueMillis, nowMillis, out);
        if (Scope.repOf(scope) == null && engine.goalLines(scope).contains(GoalLine.MONEY)) {
            endLasting(told, nowMillis, out);
            long today = calendar.epochDay(nowMillis);
            PeriodKind[] judged = {PeriodKind.DAY, PeriodKind.MONTH};
            for (PeriodKind kind : judged) {
                pace(scope, engine.periods().periodOf(kind, today), sums, keptFrom, told, nowMillis, out);
            }
        }
    }

    private void forget(MapState<String, ToldScopeAlert> told, long nowMillis) throws Exception {
        List<String> old = new ArrayList<>();
        for (Map.Entry<String, ToldScopeAlert> each : told.entries()) {
            if (each.getValue().periodEndMillis() + engine.horizonMillis() < nowMillis) {
                old.add(each.getKey());
            }
        }
        for (String id : old) {
            told.remove(id);
        }
    }

    private void milestones(
            String scope,
            Set<Integer> days,
            PaneReader sums,
            MapState<String, ToldScopeAlert> told,
            long dueMillis,
            long nowMillis,
            Collector<ResultRecord> out)
            throws Exception {
        long today = calendar.epochDay(nowMillis);
        Map<String, Period> touched = new TreeMap<>();
        for (int day : days) {
            if (day <= today) {
                engine.periods().periodsOf(day).values().stream()
                        .filter(period -> MILESTONE_PERIODS.contains(period.kind()))
                        .forEach(period -> touched.put(period.key(), period));
            }
        }
        for (GoalLine line : engine.goalLines(scope)) {
            for (Period period : touched.values()) {
                Optional<ResolvedGoal> resolved = book.resolve(scope, line, period, sums, nowMillis);
                if (resolved.isEmpty() || !isWhole(line, resolved.get())) {
                    continue;
                }
                long goal = resolved.get().amount();
                long achieved = sums.sumOver(line.summed(), line.dimension(), period);
                for (int step : Milestones.reached(achieved, goal)) {
                    String id = id(AlertCause.MILESTONE, scope, period, line, step);
                    if (!told.contains(id)) {
                        long atMillis = Math.min(nowMillis, reachedMillis(line, period, goal, step, sums));
                        told.put(id, new ToldScopeAlert(endOf(period), null, atMillis, Long.MAX_VALUE));
                        Map<String, String> details = details(line, period, achieved, goal);
                        details.put("step", Integer.toString(step));
                        long asOfMillis = Math.max(atMillis, Math.min(dueMillis, nowMillis));
                        out.collect(results.alert(
                                alert(id, AlertCause.MILESTONE, scope, step + " %", atMillis, details, asOfMillis)));
                    }
                }
            }
        }
    }

    /** A day's part of a month's goal is told of for money only: of "0.4 deals a day" every deal would be more than all. */
    private static boolean isWhole(GoalLine line, ResolvedGoal goal) {
        return line.equals(GoalLine.MONEY) || goal.basis() == GoalBasis.GIVEN || goal.basis() == GoalBasis.RECURRING;
    }

    /** The end of the five minutes, or of the day, in which a step was first reached. */
    private long reachedMillis(GoalLine line, Period period, long goal, int step, PaneReader sums) throws Exception {
        long before = 0;
        for (long day = period.startEpochDay(); day < period.endEpochDayExclusive(); day++) {
            long sum = sums.sumOfDay(line.summed(), line.dimension(), day);
            if (Milestones.reached(before + sum, goal).contains(step)) {
                return line.equals(GoalLine.MONEY) ? reachedMillis(day, before, goal, step, sums) : endOf(day);
            }
            before += sum;
        }
        // By sums that stand for no single day.
        return endOf(period);
    }

    private long reachedMillis(long day, long before, long goal, int step, PaneReader sums) throws Exception {
        long sum = before;
        for (Slot slot : slots(day, sums)) {
            sum += slot.amount();
            if (Milestones.reached(sum, goal).contains(step)) {
                return slot.endMillis();
            }
        }
        // The course of a day long ago is not kept.
        return endOf(day);
    }

    /** What lasts of a period that is over ends with it. */
    private void endLasting(MapState<String, ToldScopeAlert> told, long nowMillis, Collector<ResultRecord> out)
            throws Exception {
        Map<String, ToldScopeAlert> over = new TreeMap<>();
        for (Map.Entry<String, ToldScopeAlert> each : told.entries()) {
            if (each.getValue().lasts() && each.getValue().periodEndMillis() <= nowMillis) {
                over.put(each.getKey(), each.getValue());
            }
        }
        for (Map.Entry<String, ToldScopeAlert> each : over.entrySet()) {
            ToldScopeAlert alert = each.getValue();
            tell(each.getKey(), alert, results.alert(alert.record()), alert.periodEndMillis(), told, nowMillis, out);
        }
    }

    private void pace(
            String scope,
            Period period,
            PaneReader sums,
            int keptFrom,
            MapState<String, ToldScopeAlert> told,
            long nowMillis,
            Collector<ResultRecord> out)
            throws Exception {
        PaceRule rule = period.kind() == PeriodKind.DAY ? PaceRule.DAY : PaceRule.MONTH;
        Course course = new Course(scope, period, sums, keptFrom);
        List<PaceLife.Mark> marks = course.marks(rule, nowMillis);
        PaceLife life = PaceLife.of(rule, marks, endOf(period), nowMillis);
        String id = id(AlertCause.BEHIND_PACE, scope, period, GoalLine.MONEY, 0);
        ToldScopeAlert before = told.get(id);
        if (life == null) {
            if (before != null) {
                told.remove(id);
                out.collect(results.alert(
                        with(results.alert(before.record()), "withdrawn", nowMillis, "corrected", nowMillis)));
            }
            return;
        }
        if (before != null
                && before.raisedMillis() == life.raisedMillis()
                && before.resolvedMillis() == life.resolvedMillis()) {
            return;
        }
        AlertRecord raised = course.alert(id, rule, life.raisedMillis(), nowMillis);
        ToldScopeAlert now =
                new ToldScopeAlert(endOf(period), results.alert(raised).value(), life.raisedMillis(), PaceLife.LASTS);
        if (life.resolvedMillis() == PaceLife.LASTS) {
            told.put(id, now);
            out.collect(results.alert(raised));
        } else {
            tell(id, now, raised, life.resolvedMillis(), told, nowMillis, out);
        }
    }

    private void tell(
            String id,
            ToldScopeAlert alert,
            AlertRecord record,
            long resolvedMillis,
            MapState<String, ToldScopeAlert> told,
            long nowMillis,
            Collector<ResultRecord> out)
            throws Exception {
        told.put(id, new ToldScopeAlert(alert.periodEndMillis(), alert.record(), alert.raisedMillis(), resolvedMillis));
        out.collect(results.alert(with(record, "resolved", resolvedMillis, null, nowMillis)));
    }

    /** A period as it goes: what is won and expected at any of its moments. */
    private final class Course {
        private final String scope;
        private final Period period;
        private final PaneReader sums;
        private final int keptFrom;

        Course(String scope, Period period, PaneReader sums, int keptFrom) {
            this.scope = scope;
            this.period = period;
            this.sums = sums;
            this.keptFrom = keptFrom;
        }

        /** The looks at it until it is found behind, then also the ends of five minutes with a sale. */
        List<PaceLife.Mark> marks(PaceRule rule, long nowMillis) throws Exception {
            List<PaceLife.Mark> marks = new ArrayList<>();
            TreeMap<Long, Boolean> later = new TreeMap<>();
            for (long checkMillis : checks(nowMillis)) {
                if (later.isEmpty()) {
                    PaceLife.Mark mark = look(rule, checkMillis);
                    marks.add(mark);
                    if (mark.earlier() != null && rule.isBehind(mark.index(), mark.won(), mark.earlier())) {
                        saleEnds(checkMillis, nowMillis).forEach(each -> later.put(each, true));
                        later.put(Long.MAX_VALUE, true);
                    }
                } else {
                    later.put(checkMillis, true);
                }
            }
            for (long timeMillis : later.keySet()) {
                if (timeMillis != Long.MAX_VALUE) {
                    long won = wonBy(timeMillis);
                    marks.add(new PaceLife.Mark(timeMillis, index(timeMillis, won), won, null));
                }
            }
            return marks;
        }

        private PaceLife.Mark look(PaceRule rule, long timeMillis) throws Exception {
            long won = wonBy(timeMillis);
            double index = index(timeMillis, won);
            return new PaceLife.Mark(
                    timeMillis, index, won, index < rule.below() ? earlier(rule, timeMillis) : List.of());
        }

        private List<Long> checks(long nowMillis) {
            List<Long> times = new ArrayList<>();
            for (long day = period.startEpochDay();
                    day < period.endEpochDayExclusive() && calendar.startOfDayMillis(day) <= nowMillis;
                    day++) {
                times.addAll(period.kind() == PeriodKind.DAY ? dayChecks(day) : List.of(at(day, NOON)));
            }
            times.removeIf(timeMillis -> timeMillis > nowMillis);
            return times;
        }

        private List<Long> saleEnds(long fromMillis, long nowMillis) throws Exception {
            List<Long> ends = new ArrayList<>();
            for (long day = calendar.epochDay(fromMillis);
                    day < period.endEpochDayExclusive() && calendar.startOfDayMillis(day) <= nowMillis;
                    day++) {
                for (Slot slot : slots(day, sums)) {
                    if (slot.amount() > 0 && slot.endMillis() > fromMillis && slot.endMillis() <= nowMillis) {
                        ends.add(slot.endMillis());
                    }
                }
            }
            return ends;
        }

        private long wonBy(long timeMillis) throws Exception {
            long today = calendar.epochDay(timeMillis);
            long won = 0;
            for (long day = period.startEpochDay(); day < today && day < period.endEpochDayExclusive(); day++) {
                won += sums.sumOfDay(GoalLine.MONEY.summed(), GoalLine.MONEY.dimension(), day);
            }
            for (Slot slot : slots(today, sums)) {
                won += slot.endMillis() <= timeMillis && period.contains(today) ? slot.amount() : 0;
            }
            return won;
        }

        /** Won / expected; NaN without a goal, without business time, and before a tenth is expected. */
        private double index(long timeMillis, long won) throws Exception {
            Double expected = book.expectedAt(scope, GoalLine.MONEY, period, sums, timeMillis);
            return expected == null ? Double.NaN : won / expected;
        }

        /** What the periods before had won at this position; as many as there are, at most those that the rule wants. */
        private List<Double> earlier(PaceRule rule, long timeMillis) throws Exception {
            long first = sums.firstDayOf(Measure.WON_COUNT);
            double position = calendar.position(period, timeMillis).orElse(0);
            List<Double> earlier = new ArrayList<>();
            Period before = period;
            while (earlier.size() < rule.earlierPeriods()) {
                before = engine.periods().previous(before);
                boolean isKnown = before.startEpochDay() >= first
                        && (before.kind() != PeriodKind.DAY || before.startEpochDay() >= keptFrom);
                if (!isKnown) {
                    break;
                }
                book.curve(GoalLine.MONEY, before, sums).ifPresent(curve -> earlier.add(curve.wonAt(position)));
            }
            return earlier;
        }

        AlertRecord alert(String id, PaceRule rule, long timeMillis, long nowMillis) throws Exception {
            long won = wonBy(timeMillis);
            Long goal = book.resolve(scope, GoalLine.MONEY, period, sums, timeMillis)
                    .map(ResolvedGoal::amount)
                    .orElse(null);
            Double expected = book.expectedAt(scope, GoalLine.MONEY, period, sums, timeMillis);
            Map<String, String> details = details(GoalLine.MONEY, period, won, goal);
            details.put("expected_minor", Long.toString(Math.round(expected)));
            details.put(
                    "pace_index",
                    BigDecimal.valueOf(won / expected)
                            .setScale(3, RoundingMode.HALF_UP)
                            .toPlainString());
            return ScopeAlerts.alert(
                    id,
                    AlertCause.BEHIND_PACE,
                    scope,
                    "%s of what is expected".formatted(rule.below()),
                    timeMillis,
                    details,
                    nowMillis);
        }
    }

    /** Five minutes with sales. */
    private record Slot(long endMillis, long amount) {}

    private List<Slot> slots(long day, PaneReader sums) throws Exception {
        List<Slot> slots = new ArrayList<>();
        int epochDay = Math.toIntExact(day);
        for (Map.Entry<Integer, Long> slot : sums.wonBySlot(day).entrySet()) {
            long startMillis = engine.organisation().slotStartMillis(epochDay, slot.getKey());
            slots.add(new Slot(startMillis + FIVE_MINUTES_MILLIS, slot.getValue()));
        }
        return slots;
    }

    private List<Long> dayChecks(long day) {
        return calendar.businessMillisOfDay(day) == 0
                ? List.of()
                : DAY_CHECKS.stream().map(time -> at(day, time)).toList();
    }

    private long at(long day, LocalTime time) {
        return LocalDate.ofEpochDay(day).atTime(time).atZone(zone).toInstant().toEpochMilli();
    }

    private long endOf(Period period) {
        return calendar.startOfDayMillis(period.endEpochDayExclusive());
    }

    private long endOf(long day) {
        return calendar.startOfDayMillis(day + 1);
    }

    private static String id(AlertCause cause, String scope, Period period, GoalLine line, int step) {
        return Hash64.hex(
                Hash64.of(String.join("\u0000", cause.name(), scope, period.key(), line.wireName(), "" + step)));
    }

    private Map<String, String> details(GoalLine line, Period period, long achieved, long goal) {
        Map<String, String> details = new TreeMap<>();
        details.put("period_kind", period.kind().wireName());
        details.put("period", period.key().substring(period.key().indexOf(':') + 1));
        details.put("period_label", engine.periods().label(period));
        details.put("measure", line.wireName());
        details.put("achieved_minor", Long.toString(achieved));
        details.put("goal_minor", Long.toString(goal));
        return details;
    }

    static AlertRecord alert(
            String id,
            AlertCause cause,
            String scope,
            String limit,
            long raisedMillis,
            Map<String, String> details,
            long nowMillis) {
        return new AlertRecord(
                id,
                cause.wireName(),
                scope,
                null,
                null,
                Scope.repOf(scope),
                null,
                raisedMillis,
                limit,
                "raised",
                WARNING,
                List.of(new AlertRecord.Transition("raised", raisedMillis, WARNING, null)),
                details,
                nowMillis);
    }

    static AlertRecord with(AlertRecord alert, String state, long timeMillis, String reason, long nowMillis) {
        List<AlertRecord.Transition> transitions = new ArrayList<>(alert.transitions());
        transitions.add(new AlertRecord.Transition(state, timeMillis, WARNING, reason));
        return new AlertRecord(
                alert.alert(),
                alert.cause(),
                alert.scope(),
                alert.lead(),
                alert.deal(),
                alert.owner(),
                alert.stage(),
                alert.sinceMillis(),
                alert.limit(),
                state,
                alert.severity(),
                transitions,
                alert.details(),
                nowMillis);
    }
}
