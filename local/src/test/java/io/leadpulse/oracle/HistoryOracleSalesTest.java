package io.leadpulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryOracleSalesTest {
    private static final Instant AS_OF = Instant.parse("2025-12-31T00:00:00Z");
    private static final long DAY = 86_400_000;

    private final OracleLines lines = new OracleLines();

    @Test
    void winCountsForOwnerAndTeamAtItsTimeWithTheNewestAmount() {
        lines.rep("R", "2020-01-01T00:00:00Z", ",'team':'north'").rep("R", "2025-03-01T00:00:00Z", ",'team':'south'");
        lines.activity("deal_opened", "2025-02-01T00:00:00Z", "'deal':'D','owner':'Q','amount':'10.00'")
                .activity("deal_updated", "2025-02-05T00:00:00Z", "'deal':'D','owner':'R'")
                .activity("deal_won", "2025-02-11T00:00:00Z", "'deal':'D','amount':'20.00'")
                .activity("deal_updated", "2025-03-20T00:00:00Z", "'deal':'D','owner':'Q','amount':'30.00'");
        Map<String, Map<String, OracleResults.Sales>> sales = sales();
        // 30.00 on the day of winning, ten days after opening.
        OracleResults.Sales won = new OracleResults.Sales(3_000, 1, 0, 0, 10 * DAY);
        assertThat(sales.get("company").get("day:2025-02-11")).isEqualTo(won);
        assertThat(sales.get("rep:R").get("total")).isEqualTo(won);
        assertThat(sales.get("team:north").get("week:2025-02-10")).isEqualTo(won);
        assertThat(sales).doesNotContainKey("team:south");
        assertThat(sales.get("rep:Q").get("total")).isEqualTo(new OracleResults.Sales(0, 0, 0, 1, 0));
    }

    @Test
    void refundIsNegativeOnItsOwnDay() {
        lines.activity("deal_opened", "2025-02-01T00:00:00Z", "'deal':'D'")
                .activity("deal_won", "2025-02-02T00:00:00Z", "'deal':'D','amount':'20.00'")
                .activity("deal_refunded", "2025-03-05T00:00:00Z", "'deal':'D','amount':'4.50'");
        Map<String, OracleResults.Sales> company = sales().get("company");
        assertThat(company.get("month:2025-02").wonAmountMinor()).isEqualTo(2_000);
        assertThat(company.get("day:2025-03-05")).isEqualTo(new OracleResults.Sales(-450, 0, 0, 0, 0));
        assertThat(company.get("total").wonAmountMinor()).isEqualTo(1_550);
    }

    @Test
    void refundOfAWinThatWasUndoneIsNotTakenFromTheNext() {
        lines.activity("deal_opened", "2025-02-01T00:00:00Z", "'deal':'D','amount':'20.00'")
                .activity("deal_won", "2025-02-02T00:00:00Z", "'deal':'D'")
                .activity("deal_refunded", "2025-02-03T00:00:00Z", "'deal':'D','amount':'20.00'")
                .activity("deal_reopened", "2025-02-04T00:00:00Z", "'deal':'D'")
                .activity("deal_won", "2025-02-09T00:00:00Z", "'deal':'D'");
        assertThat(sales().get("company").get("total").wonAmountMinor()).isEqualTo(2_000);
    }

    @Test
    void reopenedDealIsNeitherWonNorLostBefore() {
        lines.activity("deal_opened", "2025-02-01T00:00:00Z", "'deal':'D','amount':'20.00'")
                .activity("deal_won", "2025-02-02T00:00:00Z", "'deal':'D'")
                .activity("deal_reopened", "2025-02-03T00:00:00Z", "'deal':'D'")
                .activity("deal_lost", "2025-02-09T00:00:00Z", "'deal':'D'");
        assertThat(sales().get("company").get("total")).isEqualTo(new OracleResults.Sales(0, 0, 1, 1, 0));
        assertThat(sales().get("company")).doesNotContainKey("day:2025-02-02");
    }

    @Test
    void secondWinDoesNotRestamp() {
        lines.activity("deal_opened", "2025-02-01T00:00:00Z", "'deal':'D','amount':'20.00'")
                .activity("deal_won", "2025-02-02T00:00:00Z", "'deal':'D'")
                .activity("deal_won", "2025-02-08T00:00:00Z", "'deal':'D'");
        assertThat(sales().get("company").get("day:2025-02-02").wonCount()).isEqualTo(1);
        assertThat(sales().get("company").get("total").wonCount()).isEqualTo(1);
    }

    @Test
    void deletedDealStandsNowhere() {
        lines.activity("deal_opened", "2025-02-01T00:00:00Z", "'deal':'D','stage':'meeting'")
                .activity("deal_won", "2025-02-02T00:00:00Z", "'deal':'D','amount':'1.00'")
                .activity("deal_deleted", "2025-02-05T00:00:00Z", "'deal':'D'");
        assertThat(sales()).isEmpty();
        assertThat(oracle().dwell()).isEmpty();
    }

    @Test
    void dwellIsTheSumOfAllStaysThatEnded() {
        lines.activity("deal_opened", "2025-02-01T00:00:00Z", "'deal':'D','stage':'meeting'")
                .activity("deal_stage_changed", "2025-02-04T00:00:00Z", "'deal':'D','stage':'demo'")
                .activity("deal_stage_changed", "2025-02-05T00:00:00Z", "'deal':'D','stage':'meeting'")
                .activity("deal_stage_changed", "2025-02-06T00:00:00Z", "'deal':'D','stage':'meeting'")
                .activity("deal_lost", "2025-02-07T00:00:00Z", "'deal':'D'")
                .activity("deal_opened", "2025-02-01T00:00:00Z", "'deal':'E','stage':'demo'");
        // D: meeting 3 + 2 days, demo 1 day; E is still in demo.
        assertThat(oracle().dwell())
                .isEqualTo(Map.of(
                        "meeting", new OracleResults.Dwell(1, 5 * DAY), "demo", new OracleResults.Dwell(1, DAY)));
    }

    @Test
    void trailingDaysAreThatOfAsOfAndTheEightyNineBefore() {
        // 31 December less 89 days is 3 October.
        lines.activity("deal_opened", "2025-10-02T23:59:59Z", "'deal':'D'")
                .activity("deal_opened", "2025-10-03T00:00:00Z", "'deal':'E'")
                .activity("deal_won", "2025-12-30T00:00:00Z", "'deal':'D','amount':'5.00'");
        OracleResults.Sales trailing = oracle().trailing90Days().get("company");
        assertThat(trailing.openedCount()).isEqualTo(1);
        assertThat(trailing.wonAmountMinor()).isEqualTo(500);
        assertThat(oracle().lead("L").status()).isEqualTo("customer");
    }

    @Test
    void higherVersionOfAnIdCounts() {
        lines.activity("opening", "deal_opened", "2025-02-01T00:00:00Z", "'deal':'D'")
                .activity("w", "deal_won", "2025-02-03T00:00:00Z", "'deal':'D','amount':'9.00','version':2")
                .activity("w", "deal_won", "2025-02-02T00:00:00Z", "'deal':'D','amount':'1.00','version':1")
                .activity("w", "deal_won", "2025-02-03T00:00:00Z", "'deal':'D','amount':'9.00','version':2");
        assertThat(sales().get("company").get("day:2025-02-03").wonAmountMinor())
                .isEqualTo(900);
        assertThat(oracle().fates()).isEqualTo(new OracleResults.Fates(2, 1, 1, 0, 0));
        assertThat(oracle().fateByLine())
                .isEqualTo(Map.of(0, "COUNTED", 1, "COUNTED", 2, "SUPERSEDED", 3, "DUPLICATE"));
    }

    @Test
    void laterThanAsOfDoesNotCount() {
        lines.activity("deal_opened", "2025-02-01T00:00:00Z", "'deal':'D'")
                .activity("deal_won", "2026-02-01T00:00:00Z", "'deal':'D','amount':'9.00'");
        assertThat(sales().get("company").get("total").wonCount()).isZero();
        assertThat(oracle().fates().future()).isEqualTo(1);
    }

    @Test
    void periodsAreThoseOfTheCompanysZoneAndYear() {
        OracleConfig config = new OracleConfig(
                ZoneId.of("Asia/Tokyo"),
                Map.of(),
                Set.of(),
                Map.of(),
                null,
                Map.of(),
                0,
                java.time.DayOfWeek.SUNDAY,
                MonthDay.of(4, 1),
                OracleConfig.defaultScore());
        lines.activity("deal_opened", "2025-03-31T15:30:00Z", "'deal':'D'");
        // In Tokyo it is 1 April, 00:30, a Tuesday, the first day of the fiscal year; the week began on 30 March.
        assertThat(new HistoryOracle(lines.lines(), AS_OF, config).sales().get("company"))
                .containsOnlyKeys(
                        "day:2025-04-01", "week:2025-03-30", "month:2025-04", "quarter:2025-Q1", "year:2025", "total");
        assertThat(SalesOracle.periods(config, LocalDate.of(2025, 3, 31))).contains("quarter:2024-Q4", "year:2024");
    }

    private Map<String, Map<String, OracleResults.Sales>> sales() {
        return oracle().sales();
    }

    private HistoryOracle oracle() {
        OracleConfig config = OracleConfig.of(ZoneOffset.UTC, OracleConfig.weekdays(List.of()), Set.of());
        return new HistoryOracle(lines.lines(), AS_OF, config);
    }
}
