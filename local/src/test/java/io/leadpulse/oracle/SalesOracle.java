package io.leadpulse.oracle;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Sales by scope and period, and time in stage. */
final class SalesOracle {
    private final OracleConfig config;
    private final OracleInput input;
    private final List<OracleDeal> deals;

    SalesOracle(OracleConfig config, OracleInput input, List<OracleDeal> deals) {
        this.config = config;
        this.input = input;
        this.deals = deals;
    }

    Map<String, Map<String, OracleResults.Sales>> sales() {
        Map<String, Map<String, OracleResults.Sales>> sales = new TreeMap<>();
        for (OracleDeal deal : deals) {
            add(sales, deal, deal.openedMillis(), deal.openedMillis(), OracleResults.Sales::withOpened);
            if (deal.lostMillis() != null) {
                add(sales, deal, deal.lostMillis(), deal.lostMillis(), OracleResults.Sales::withLost);
            }
            if (deal.wonMillis() == null) {
                continue;
            }
            long cycleMillis = deal.wonMillis() - deal.openedMillis();
            add(sales, deal, deal.wonMillis(), deal.wonMillis(), sum -> sum.withWon(deal.amountMinor(), cycleMillis));
            for (OracleDeal.Refund refund : deal.refunds()) {
                add(sales, deal, refund.timeMillis(), deal.wonMillis(), sum -> sum.withRefund(refund.amountMinor()));
            }
        }
        return sales;
    }

    /** Adds to all periods of one time, for the company and for whose deal it was at another time. */
    private void add(
            Map<String, Map<String, OracleResults.Sales>> sales,
            OracleDeal deal,
            long dayMillis,
            long ownedMillis,
            UnaryOperator<OracleResults.Sales> change) {
        String rep = deal.ownerAt(ownedMillis);
        String team = input.team(rep, ownedMillis);
        List<String> scopes = new ArrayList<>(List.of("company"));
        if (rep != null) {
            scopes.add("rep:" + rep);
        }
        if (team != null) {
            scopes.add("team:" + team);
        }
        LocalDate day = Instant.ofEpochMilli(dayMillis).atZone(config.zone()).toLocalDate();
        for (String scope : scopes) {
            for (String period : periods(config, day)) {
                sales.computeIfAbsent(scope, key -> new TreeMap<>())
                        .merge(period, change.apply(OracleResults.Sales.NONE), (one, other) -> change.apply(one));
            }
        }
    }

    /** Keys of the periods that a day is in. A fiscal year and its quarters bear the year in which it began. */
    static List<String> periods(OracleConfig config, LocalDate day) {
        DayOfWeek weekStart = config.weekStart();
        LocalDate yearStart = config.fiscalYearStart().atYear(day.getYear());
        if (yearStart.isAfter(day)) {
            yearStart = config.fiscalYearStart().atYear(day.getYear() - 1);
        }
        int quarter = 1;
        while (!yearStart.plusMonths(quarter * 3L).isAfter(day)) {
            quarter++;
        }
        return List.of(
                "day:" + day,
                "week:" + day.with(TemporalAdjusters.previousOrSame(weekStart)),
                "month:" + day.toString().substring(0, 7),
                "quarter:" + yearStart.getYear() + "-Q" + quarter,
                "year:" + yearStart.getYear(),
                "total");
    }

    Map<String, OracleResults.Dwell> dwell() {
        Map<String, OracleResults.Dwell> dwell = new TreeMap<>();
        for (OracleDeal deal : deals) {
            Map<String, Long> byStage = new TreeMap<>();
            for (OracleDeal.Stay stay : deal.stays()) {
                if (stay.leftMillis() != null) {
                    byStage.merge(stay.stage(), stay.leftMillis() - stay.enteredMillis(), Long::sum);
                }
            }
            byStage.forEach((stage, millis) -> dwell.merge(
                    stage,
                    new OracleResults.Dwell(1, millis),
                    (one, other) -> new OracleResults.Dwell(
                            one.dealCount() + other.dealCount(), one.sumMillis() + other.sumMillis())));
        }
        return dwell;
    }
}
