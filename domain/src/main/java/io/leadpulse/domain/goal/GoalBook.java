package io.leadpulse.domain.goal;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.event.EventKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All goals ever given, with their history; immutable.
 *
 * <p>A goal given for a very period rules it before a recurring one, whichever is newer. Among the goals of a period
 * the newest that is effective rules, as of the time asked for but not later than the period's last instant: what is
 * given afterwards does not change a period that is over. Which records came first does not matter, except that of two
 * records with the same scope, measure, period and effective time the later in the collection replaces the other.
 */
public final class GoalBook {

    /** The goals of one owner, measure and kind of period, by effective time. */
    private record Line(String scope, GoalMeasure measure, EventKind activity, PeriodKind periodKind) {}

    private final Map<Line, NavigableMap<Long, Goal>> recurring = new HashMap<>();
    /** By a day of the period, then by effective time. */
    private final Map<Line, NavigableMap<Long, NavigableMap<Long, Goal>>> given = new HashMap<>();

    private GoalBook() {}

    /** Every goal in the book, in no particular order. */
    public List<Goal> goals() {
        List<Goal> goals = new ArrayList<>();
        recurring.values().forEach(byEffectiveTime -> goals.addAll(byEffectiveTime.values()));
        given.values().forEach(byDay -> byDay.values().forEach(each -> goals.addAll(each.values())));
        return List.copyOf(goals);
    }

    /** What the goals of a scope were ever measured in, in a fixed order. */
    public Set<GoalLine> lines(String scope) {
        Set<GoalLine> lines = new TreeSet<>(Comparator.comparing(GoalLine::measure)
                .thenComparing(GoalLine::activity, Comparator.nullsFirst(Comparator.naturalOrder())));
        for (Line line : recurring.keySet()) {
            addIfOf(scope, line, lines);
        }
        for (Line line : given.keySet()) {
            addIfOf(scope, line, lines);
        }
        return lines;
    }

    private static void addIfOf(String scope, Line line, Set<GoalLine> lines) {
        if (line.scope().equals(scope)) {
            lines.add(new GoalLine(line.measure(), line.activity()));
        }
    }

    /** A book of these goals. */
    public static GoalBook of(Collection<Goal> goals) {
        GoalBook book = new GoalBook();
        for (Goal goal : goals) {
            Line line = new Line(goal.scope(), goal.measure(), goal.activity(), goal.periodKind());
            NavigableMap<Long, Goal> byEffectiveTime = goal.isRecurring()
                    ? book.recurring.computeIfAbsent(line, unused -> new TreeMap<>())
                    : book.given
                            .computeIfAbsent(line, unused -> new TreeMap<>())
                            .computeIfAbsent(goal.periodEpochDay(), unused -> new TreeMap<>());
            byEffectiveTime.put(goal.effectiveFromMillis(), goal);
        }
        return book;
    }

    /**
     * The goal of the company or a team; see {@link #resolve(String, GoalMeasure, EventKind, Period, long,
     * BusinessCalendar, List)}.
     */
    public Optional<ResolvedGoal> resolve(
            String scope,
            GoalMeasure measure,
            EventKind activity,
            Period period,
            long asOfMillis,
            BusinessCalendar calendar) {
        return resolve(
                scope,
                measure,
                activity,
                period,
                asOfMillis,
                calendar,
                List.of(new Membership(Long.MIN_VALUE, Long.MAX_VALUE)));
    }

    /**
     * The goal of a scope and period as of a time, pro rata by the business days of the period on which the rep is a
     * member for at least a part of the working time, rounded half up.
     *
     * @param activity the kind of activity for {@link GoalMeasure#ACTIVITIES}, null otherwise
     * @param asOfMillis epoch milliseconds
     * @param calendar the company's calendar: a rep's absences do not lower his goal
     * @param memberships when the rep belongs to the sales force
     * @return empty if no goal is effective, it was withdrawn, or the rep is no member in the period
     */
    public Optional<ResolvedGoal> resolve(
            String scope,
            GoalMeasure measure,
            EventKind activity,
            Period period,
            long asOfMillis,
            BusinessCalendar calendar,
            List<Membership> memberships) {
        if (period.isTotal()) {
            return Optional.empty();
        }
        Line line = new Line(scope, measure, activity, period.kind());
        long lastMillis = calendar.startOfDayMillis(period.endEpochDayExclusive()) - 1;
        NavigableMap<Long, Goal> candidates = effective(givenFor(line, period), Math.min(asOfMillis, lastMillis));
        if (candidates.isEmpty()) {
            candidates = effective(recurring.getOrDefault(line, new TreeMap<>()), Math.min(asOfMillis, lastMillis));
        }
        if (candidates.isEmpty() || candidates.lastEntry().getValue().amount() == null) {
            return Optional.empty();
        }
        Goal ruling = candidates.lastEntry().getValue();
        int periodDays = calendar.businessDayCount(period.startEpochDay(), period.endEpochDayExclusive());
        int memberDays = memberDays(period, calendar, memberships);
        if (memberDays == 0 && (periodDays > 0 || !isMember(period, calendar, memberships))) {
            return Optional.empty();
        }
        long amount = periodDays == 0 ? ruling.amount() : proRata(ruling.amount(), memberDays, periodDays);
        if (amount == 0) {
            return Optional.empty();
        }
        List<GoalChange> earlier = new ArrayList<>();
        candidates
                .headMap(candidates.lastKey(), false)
                .forEach((fromMillis, goal) -> earlier.add(new GoalChange(fromMillis, goal.amount())));
        return Optional.of(new ResolvedGoal(
                amount,
                ruling.amount(),
                ruling.isRecurring() ? GoalBasis.RECURRING : GoalBasis.GIVEN,
                memberDays,
                periodDays,
                ruling.effectiveFromMillis(),
                List.copyOf(earlier)));
    }

    /**
     * A day's goal: the one given, else the whole month's goal x (expected share of the month at the day's end - at its
     * start), on days on which the rep is a member. The days' goals of a month sum to the month's,
     * to the minor unit, where no refunds bend the curve down.
     *
     * <p>A day that has passed keeps the month's goal that ruled when it ended.
     *
     * @param day the day
     * @param month the month that it lies in
     * @param monthShare the expected share of that month
     * @return empty if neither is given, or the day has no business time or no expected part of the month
     */
    public Optional<ResolvedGoal> resolveDay(
            String scope,
            GoalMeasure measure,
            EventKind activity,
            Period day,
            Period month,
            ExpectedShare monthShare,
            long asOfMillis,
            BusinessCalendar calendar,
            List<Membership> memberships) {
        Optional<ResolvedGoal> given = resolve(scope, measure, activity, day, asOfMillis, calendar, memberships);
        if (given.isPresent()) {
            return given;
        }
        long startMillis = calendar.startOfDayMillis(day.startEpochDay());
        long endMillis = calendar.startOfDayMillis(day.endEpochDayExclusive());
        Optional<ResolvedGoal> monthGoal =
                resolve(scope, measure, activity, month, Math.min(asOfMillis, endMillis - 1), calendar, memberships);
        OptionalDouble end = calendar.position(month, endMillis);
        if (monthGoal.isEmpty() || end.isEmpty() || memberDays(day, calendar, memberships) == 0) {
            return Optional.empty();
        }
        ResolvedGoal whole = monthGoal.get();
        double start = calendar.position(month, startMillis).orElse(0);
        // What was sold before the first business minute belongs to the first business day, or no day would have it.
        double shareAtStart = start == 0 ? 0 : monthShare.at(start).share();
        long amount = monthShare.at(end.getAsDouble()).of(whole.wholeAmount())
                - ShareAt.part(whole.wholeAmount(), shareAtStart);
        return amount < 1
                ? Optional.empty()
                : Optional.of(new ResolvedGoal(
                        amount, amount, GoalBasis.DERIVED_FROM_MONTH, 1, 1, whole.effectiveFromMillis(), List.of()));
    }

    private NavigableMap<Long, Goal> givenFor(Line line, Period period) {
        NavigableMap<Long, Goal> found = new TreeMap<>();
        given.getOrDefault(line, new TreeMap<>())
                .subMap(period.startEpochDay(), true, period.endEpochDayExclusive(), false)
                .values()
                .forEach(found::putAll);
        return found;
    }

    private static NavigableMap<Long, Goal> effective(NavigableMap<Long, Goal> goals, long asOfMillis) {
        return goals.headMap(asOfMillis, true);
    }

    private static boolean isMember(Period period, BusinessCalendar calendar, List<Membership> memberships) {
        long startMillis = calendar.startOfDayMillis(period.startEpochDay());
        long endMillis = calendar.startOfDayMillis(period.endEpochDayExclusive());
        return memberships.stream()
                .anyMatch(membership ->
                        Math.max(startMillis, membership.fromMillis()) < Math.min(endMillis, membership.toMillis()));
    }

    private static int memberDays(Period period, BusinessCalendar calendar, List<Membership> memberships) {
        int days = 0;
        for (long day = period.startEpochDay(); day < period.endEpochDayExclusive(); day++) {
            long startMillis = calendar.startOfDayMillis(day);
            long endMillis = calendar.startOfDayMillis(day + 1);
            for (Membership membership : memberships) {
                long from = Math.max(startMillis, membership.fromMillis());
                long to = Math.min(endMillis, membership.toMillis());
                if (from < to && calendar.businessMillisBetween(from, to) > 0) {
                    days++;
                    break;
                }
            }
        }
        return days;
    }

    private static long proRata(long amount, int memberDays, int periodDays) {
        return new BigDecimal(BigInteger.valueOf(amount).multiply(BigInteger.valueOf(memberDays)))
                .divide(BigDecimal.valueOf(periodDays), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
