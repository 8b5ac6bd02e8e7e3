package io.leadpulse.oracle;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How far a scope is with its goal in the period that as-of is in. Business time is the company's, for reps too: absences
 * and hours of their own neither lower what is expected of them nor shorten the days left.
 *
 * <p>Expected is what the 8 weeks, 6 months or 4 quarters before had won by the same position, where four of them won more
 * than they gave back, in what the goal is of; what was won on a day lies on a straight line through its business time,
 * or at one position on a day without. Else it is a straight line, as always for a year.
 */
final class GoalOracle {
    private static final MathContext DIGITS = MathContext.DECIMAL64;
    private static final BigDecimal LEAST_SHARE = new BigDecimal("0.1");
    private static final int PERIODS_THAT_TEACH = 4;
    private static final Map<String, Integer> PERIODS_BEFORE = Map.of("week", 8, "month", 6, "quarter", 4, "year", 0);

    private final OracleConfig config;
    private final OracleInput input;
    private final Map<String, Map<String, OracleResults.Sales>> sales;
    private final long asOfMillis;
    private final LocalDate today;

    GoalOracle(
            OracleConfig config,
            OracleInput input,
            Map<String, Map<String, OracleResults.Sales>> sales,
            long asOfMillis) {
        this.config = config;
        this.input = input;
        this.sales = sales;
        this.asOfMillis = asOfMillis;
        this.today = dayOf(asOfMillis);
    }

    private LocalDate dayOf(long millis) {
        return Instant.ofEpochMilli(millis).atZone(config.zone()).toLocalDate();
    }

    OracleResults.GoalProgress progress(OracleConfig.Goal goal) {
        LocalDate start = start(goal.periodKind(), today);
        long achieved = won(goal, period(goal.periodKind(), today));
        BigDecimal daysLeft = decimal(WorkCalendar.days(clock(asOfMillis, millis(end(goal.periodKind(), start)))));
        BigDecimal position = position(goal.periodKind(), start, asOfMillis);
        List<LocalDate> teachers = teachers(goal);
        BigDecimal share = teachers.isEmpty() ? position : usualShare(goal, teachers, position);
        long expected = whole(share.multiply(BigDecimal.valueOf(goal.goal())));
        return new OracleResults.GoalProgress(
                goal.scope()
                        + ' '
                        + period(goal.periodKind(), today)
                        + ' '
                        + (goal.isMoney() ? "won_amount" : "won_count"),
                goal.goal(),
                achieved,
                BigDecimal.valueOf(achieved).divide(BigDecimal.valueOf(goal.goal()), DIGITS),
                teachers.isEmpty(),
                share,
                expected,
                share.compareTo(LEAST_SHARE) < 0 ? null : (Long) (achieved - expected),
                daysLeft,
                required(goal.goal() - achieved, daysLeft));
    }

    private long won(OracleConfig.Goal goal, String period) {
        OracleResults.Sales sold =
                sales.getOrDefault(goal.scope(), Map.of()).getOrDefault(period, OracleResults.Sales.NONE);
        return goal.isMoney() ? sold.wonAmountMinor() : sold.wonCount();
    }

    /** What is missing for each business day left, at least 1; null when no time is left for it. */
    private static Long required(long missing, BigDecimal daysLeft) {
        if (missing <= 0) {
            return 0L;
        }
        return daysLeft.signum() == 0
                ? null
                : (Long) Math.max(1, whole(BigDecimal.valueOf(missing).divide(daysLeft, DIGITS)));
    }

    /** Business time of a period up to a time, of all that it has. */
    private BigDecimal position(String kind, LocalDate start, long millis) {
        long whole = WorkCalendar.businessMillis(clock(millis(start), millis(end(kind, start))));
        long past = WorkCalendar.businessMillis(clock(millis(start), millis));
        return BigDecimal.valueOf(past).divide(BigDecimal.valueOf(whole), DIGITS);
    }

    /** Goals run in the company's calendar, those of reps too. */
    private List<WorkCalendar.Governed> clock(long fromMillis, long toMillis) {
        return input.clock(fromMillis, toMillis, List.of());
    }

    /** Starts of the periods before, if enough of them have sales; else none. */
    private List<LocalDate> teachers(OracleConfig.Goal goal) {
        List<LocalDate> starts = new ArrayList<>();
        LocalDate start = start(goal.periodKind(), today);
        for (int before = 0; before < PERIODS_BEFORE.get(goal.periodKind()); before++) {
            start = start(goal.periodKind(), start.minusDays(1));
            starts.add(start);
        }
        List<Long> won = starts.stream()
                .map(each -> won(goal, period(goal.periodKind(), each)))
                .toList();
        boolean isEnough = won.stream().filter(each -> each > 0).count() >= PERIODS_THAT_TEACH
                && won.stream().mapToLong(Long::longValue).sum() > 0;
        return isEnough ? starts : List.of();
    }

    /** Of what was won in earlier periods, what was won there up to a position. */
    private BigDecimal usualShare(OracleConfig.Goal goal, List<LocalDate> starts, BigDecimal position) {
        BigDecimal byThen = BigDecimal.ZERO;
        BigDecimal inAll = BigDecimal.ZERO;
        for (LocalDate start : starts) {
            LocalDate end = end(goal.periodKind(), start);
            for (LocalDate day = start; day.isBefore(end); day = day.plusDays(1)) {
                BigDecimal won = BigDecimal.valueOf(won(goal, "day:" + day));
                inAll = inAll.add(won);
                if (won.signum() != 0) {
                    BigDecimal from = position(goal.periodKind(), start, millis(day));
                    BigDecimal to = position(goal.periodKind(), start, millis(day.plusDays(1)));
                    byThen = byThen.add(won.multiply(part(from, to, position)));
                }
            }
        }
        return byThen.divide(inAll, DIGITS);
    }

    /** How far a position is from one to another, 0 to 1; where these are one, what is there is over. */
    private static BigDecimal part(BigDecimal from, BigDecimal to, BigDecimal position) {
        if (position.compareTo(to) >= 0) {
            return BigDecimal.ONE;
        }
        return position.compareTo(from) <= 0
                ? BigDecimal.ZERO
                : position.subtract(from).divide(to.subtract(from), DIGITS);
    }

    private String period(String kind, LocalDate day) {
        return SalesOracle.periods(config, day).stream()
                .filter(key -> key.startsWith(kind + ":"))
                .findFirst()
                .orElseThrow();
    }

    /** First day of the period that a day is in; quarters and years are calendar ones here. */
    private LocalDate start(String kind, LocalDate day) {
        if (!config.fiscalYearStart().equals(MonthDay.of(1, 1))) {
            throw new IllegalArgumentException("fiscal year from " + config.fiscalYearStart() + ", not from January");
        }
        LocalDate month = day.withDayOfMonth(1);
        return switch (kind) {
            case "week" -> day.with(TemporalAdjusters.previousOrSame(config.weekStart()));
            case "month" -> month;
            case "quarter" -> month.minusMonths((month.getMonthValue() - 1) % 3);
            case "year" -> day.withDayOfYear(1);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static LocalDate end(String kind, LocalDate start) {
        return switch (kind) {
            case "week" -> start.plusWeeks(1);
            case "month" -> start.plusMonths(1);
            case "quarter" -> start.plusMonths(3);
            default -> start.plusYears(1);
        };
    }

    private long millis(LocalDate day) {
        return day.atStartOfDay(config.zone()).toInstant().toEpochMilli();
    }

    private static BigDecimal decimal(Fraction fraction) {
        return new BigDecimal(fraction.over()).divide(new BigDecimal(fraction.under()), DIGITS);
    }

    private static long whole(BigDecimal value) {
        return value.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
