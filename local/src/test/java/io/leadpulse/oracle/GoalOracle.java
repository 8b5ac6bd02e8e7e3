package io.leadpulse.oracle;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far a scope is with its goal in the period that as-of is in. Business time is the company's, for reps too: absences
 * and hours of their own neither lower what is expected of them nor shorten the days left.
 *
 * <p>Only the straight line in business time is known to it: a scope that has won deals in four of the periods before,
 * which gives another expectation, it answers without one.
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
        String period = period(goal.periodKind(), today);
        OracleResults.Sales sold = sold(goal.scope(), period);
        long achieved = goal.isMoney() ? sold.wonAmountMinor() : sold.wonCount();
        long missing = goal.goal() - achieved;
        BigDecimal daysLeft = decimal(WorkCalendar.days(clock(asOfMillis, millis(end(goal)))));
        BigDecimal share = share(goal);
        boolean isLinear = wonPeriodsBefore(goal) < PERIODS_THAT_TEACH;
        Long expected = isLinear ? (Long) whole(share.multiply(BigDecimal.valueOf(goal.goal()))) : null;
        return new OracleResults.GoalProgress(
                goal.scope() + ' ' + period + ' ' + (goal.isMoney() ? "won_amount" : "won_count"),
                goal.goal(),
                achieved,
                BigDecimal.valueOf(achieved).divide(BigDecimal.valueOf(goal.goal()), DIGITS),
                isLinear,
                isLinear ? share : null,
                expected,
                expected == null || share.compareTo(LEAST_SHARE) < 0 ? null : (Long) (achieved - expected),
                daysLeft,
                required(missing, daysLeft));
    }

    private OracleResults.Sales sold(String scope, String period) {
        return sales.getOrDefault(scope, Map.of()).getOrDefault(period, OracleResults.Sales.NONE);
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

    /** Business time of the period up to as-of, of all that it has. */
    private BigDecimal share(OracleConfig.Goal goal) {
        long startMillis = millis(start(goal.periodKind(), today));
        long whole = WorkCalendar.businessMillis(clock(startMillis, millis(end(goal))));
        long past = WorkCalendar.businessMillis(clock(startMillis, asOfMillis));
        return BigDecimal.valueOf(past).divide(BigDecimal.valueOf(whole), DIGITS);
    }

    /** Goals run in the company's calendar, those of reps too. */
    private List<WorkCalendar.Governed> clock(long fromMillis, long toMillis) {
        return input.clock(fromMillis, toMillis, List.of());
    }

    private long wonPeriodsBefore(OracleConfig.Goal goal) {
        Set<String> won = new HashSet<>();
        LocalDate start = start(goal.periodKind(), today);
        for (int before = 0; before < PERIODS_BEFORE.get(goal.periodKind()); before++) {
            start = start(goal.periodKind(), start.minusDays(1));
            String period = period(goal.periodKind(), start);
            if (sold(goal.scope(), period).wonCount() > 0) {
                won.add(period);
            }
        }
        return won.size();
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

    private LocalDate end(OracleConfig.Goal goal) {
        LocalDate start = start(goal.periodKind(), today);
        return switch (goal.periodKind()) {
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
