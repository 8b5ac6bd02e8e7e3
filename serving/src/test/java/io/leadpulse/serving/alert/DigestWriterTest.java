package io.leadpulse.serving.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.KeyMetric;
import io.leadpulse.schemas.result.Unit;
import io.leadpulse.serving.metrics.DayReport;
import io.leadpulse.serving.metrics.KeyFigure;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DigestWriterTest {
    private static final LocalDate FRIDAY = LocalDate.parse("2026-11-20");
    private static final LocalDate SATURDAY = FRIDAY.plusDays(1);
    private static final LocalDate MONDAY = LocalDate.parse("2026-11-23");

    /** A Friday of 15,240 against 15,500, and a Saturday on which somebody bought. */
    static DayReport report() {
        return new DayReport(
                FRIDAY,
                List.of(
                        figure(KeyMetric.SALES_TODAY, 15_240.0, null, 15_500.0),
                        figure(KeyMetric.WIN_RATE, 119 / 331.0, new Ratio(119, 331), 0.35),
                        figure(KeyMetric.SALES_CYCLE, 24.5 * 86_400, null, 24.0 * 86_400),
                        figure(KeyMetric.FIRST_CONTACT_TIME, 5_400.0, null, 9 * 3_600.0),
                        figure(KeyMetric.COST_PER_SQL, 261.4, new Ratio(12_800_00, 49), null),
                        figure(KeyMetric.PIPELINE_VELOCITY, 10_791.2, null, null),
                        figure(KeyMetric.SALES_THIS_MONTH, 231_000.0, null, null),
                        figure(KeyMetric.STUCK_LEADS, 1_011.0, null, 0.0),
                        new KeyFigure(KeyMetric.REPLY_RATE, null, null, 0.08, "10 cases, has 4")),
                List.of(
                        new DayReport.Day(FRIDAY, 15_240_00, 15_500_00L, 6, 4, 12, 120, 23, 18, 14, 9),
                        new DayReport.Day(SATURDAY, 410_49, null, 1, 0, 0, 3, 0, 0, 0, 0)),
                List.of(
                        new DayReport.Standing(
                                PeriodKind.WEEK,
                                "week of 16 November 2026",
                                70_000_00,
                                77_500_00,
                                null,
                                null,
                                "10 % expected so far, has 0 %"),
                        new DayReport.Standing(
                                PeriodKind.MONTH, "November 2026", 231_000_00, 340_000_00, -12_400_00L, 0.949, null),
                        new DayReport.Standing(
                                PeriodKind.YEAR, "2026", 3_400_000_00L, 3_000_000_00L, 1_000_00L, 1.0, null)),
                new DayReport.Waiting(1_011, 3, 61_400_00, 2, 4, 0));
    }

    @Test
    void aMondaySpeaksOfFridayAndTheWeekend() {
        DigestTimes.Occasion occasion = new DigestTimes.Occasion(FRIDAY, MONDAY);
        Corrections corrections = new Corrections(
                7,
                List.of(
                        new Corrections.Correction(
                                "won_amount", LocalDate.parse("2026-11-15"), 18_400_00, 1_840_00, Unit.MONEY),
                        new Corrections.Correction("won_count", FRIDAY, 5, 6, Unit.COUNT)));

        assertThat(contents("EUR", occasion, corrections))
                .containsExactly(
                        entry("what", "Sales since Fri 20 November 2026: 15,650 EUR, 101.0 % of the goal"),
                        entry("daily", "Fri 20 November 2026 to Sun 22 November 2026"),
                        entry("key_01", "Sales, Fri 20 November 2026: 15,240 EUR; goal 15,500 EUR, not reached"),
                        entry("key_02", "Win rate (90 days): 36.0 % (119 of 331); goal 35.0 %, reached"),
                        entry("key_03", "Sales cycle (90 days): 24.5 days; limit 24.0 days, PASSED"),
                        entry(
                                "key_04",
                                "First-contact time (90 days): 1.5 business hours; limit 9.0 business hours, kept"),
                        entry("key_05", "Cost per SQL (90 days): 261 EUR (12,800 EUR / 49)"),
                        entry("key_06", "Pipeline velocity (90 days): 10,791 EUR a day"),
                        entry("key_07", "Sales this month: 231,000 EUR"),
                        entry("key_08", "Stuck leads (now): 1,011; limit 0, PASSED"),
                        entry("key_09", "Reply rate (90 days): needs 10 cases, has 4"),
                        entry(
                                "day_01",
                                "Fri 20 November 2026: won 15,240 EUR of 15,500 EUR (98.3 %), deals won 6, lost 4,"
                                        + " opened 12; leads 120, MQL 23, SQL 18; meetings 14, demos 9"),
                        entry(
                                "day_02",
                                "Sat 21 November 2026: won 410 EUR, deals won 1, lost 0, opened 0; leads 3, MQL 0,"
                                        + " SQL 0; meetings 0, demos 0"),
                        entry(
                                "goal_01",
                                "week of 16 November 2026: 70,000 EUR of 77,500 EUR (90.3 %); pace needs 10 % expected"
                                        + " so far, has 0 %"),
                        entry(
                                "goal_02",
                                "November 2026: 231,000 EUR of 340,000 EUR (67.9 %), 12,400 EUR behind, pace 0.95"),
                        entry("goal_03", "2026: 3,400,000 EUR of 3,000,000 EUR (113.3 %), 1,000 EUR ahead, pace 1.00"),
                        entry("wait_01", "Stuck: 1,011, of these critical 3; 61,400 EUR at stake"),
                        entry("wait_02", "Unassigned: 2"),
                        entry("wait_03", "Waiting for our answer: 4"),
                        entry("wait_04", "Asked for us and not contacted: 0"),
                        entry("fix_01", "won amount of Sun 15 November 2026: 18,400 EUR, now 1,840 EUR"),
                        entry("fix_02", "won count of Fri 20 November 2026: 5, now 6"),
                        entry("corrections", "7"));
    }

    @Test
    void anOrdinaryDaySpeaksOfYesterdayAlone() {
        Map<String, String> said = contents("EUR", new DigestTimes.Occasion(FRIDAY, SATURDAY), Corrections.NONE);

        assertThat(said)
                .containsEntry("daily", "Fri 20 November 2026")
                .containsEntry("corrections", "none")
                .doesNotContainKey("fix_01");
        assertThat(said.get("what")).startsWith("Sales Fri 20 November 2026: ");
    }

    @Test
    void aCurrencyWithoutDecimalsIsToldInItsUnits() {
        assertThat(contents("JPY", new DigestTimes.Occasion(FRIDAY, SATURDAY), Corrections.NONE))
                .containsEntry(
                        "goal_02",
                        "November 2026: 23,100,000 JPY of 34,000,000 JPY (67.9 %),"
                                + " 1,240,000 JPY behind, pace 0.95");
    }

    private static Map<String, String> contents(
            String currency, DigestTimes.Occasion occasion, Corrections corrections) {
        return new DigestWriter(ConfigReader.parse("company: {zone: UTC, currency: " + currency + "}"))
                .contents(occasion, report(), corrections);
    }

    private static KeyFigure figure(KeyMetric metric, Double value, Ratio parts, Double target) {
        return new KeyFigure(metric, value, parts, target, null);
    }
}
