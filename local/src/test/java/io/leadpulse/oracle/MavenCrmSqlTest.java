package io.leadpulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.local.DataSets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenCrmSqlTest {
    private static final LocalDate FIRST_DAY = LocalDate.of(2016, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2017, 12, 31);

    @TempDir
    private Path folder;

    @Test
    void answersTheKnownTotalsOfTheRealSet() throws Exception {
        try (MavenCrmSql sql = new MavenCrmSql(DataSets.real(DataSets.MAVEN_CRM))) {
            OracleResults.Sales total = sql.sales().get("company").get("total");
            assertThat(total.wonCount()).isEqualTo(4_238);
            assertThat(total.lostCount()).isEqualTo(2_473);
            assertThat(total.wonAmountMinor()).isEqualTo(1_000_553_400L);
            // 8,800 deals less the 500 without any date.
            assertThat(total.openedCount()).isEqualTo(8_300);
            MavenCrmSql.Decided all = sql.decided("company", FIRST_DAY, LAST_DAY);
            assertThat(all.winRate()).isCloseTo(0.6315005, within(1e-7));
            assertThat(all.meanCycleDays()).isCloseTo(51.781973, within(1e-6));
        }
    }

    @Test
    void answersTheKnownDaysAndTrailingDaysOfTheRealSet() throws Exception {
        try (MavenCrmSql sql = new MavenCrmSql(DataSets.real(DataSets.MAVEN_CRM))) {
            Map<String, OracleResults.Sales> company = sql.sales().get("company");
            assertThat(company.get("day:2017-06-28").wonAmountMinor()).isEqualTo(8_228_000);
            assertThat(company.entrySet().stream()
                            .filter(period -> period.getKey().startsWith("day:")
                                    && period.getValue().wonCount() > 0))
                    .hasSize(306)
                    .allMatch(period -> period.getValue().wonAmountMinor() <= 8_228_000);
            MavenCrmSql.Decided trailing = sql.trailing90Days("company", LAST_DAY);
            assertThat(trailing.wonCount()).isEqualTo(1_181);
            assertThat(trailing.lostCount()).isEqualTo(777);
            assertThat(trailing.winRate()).isCloseTo(0.60316650, within(1e-8));
            assertThat(trailing.meanCycleDays()).isCloseTo(50.086367, within(1e-6));
        }
    }

    @Test
    void countsEachDealOnceForCompanyRegionAndAgent() throws Exception {
        Files.write(
                folder.resolve("sales_teams.csv"),
                List.of("sales_agent,manager,regional_office", "Ann,M,West", "Bob,M,East"));
        Files.write(
                folder.resolve("sales_pipeline.csv"),
                List.of(
                        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
                        "A,Ann,P,,Won,2017-03-28,2017-04-02,100",
                        "B,Ann,P,,Won,2017-03-01,2017-04-03,50",
                        "C,Bob,P,,Lost,2017-03-01,2017-04-03,0",
                        "D,Bob,P,,Prospecting,,,",
                        "E,Bob,P,,Engaging,2017-04-03,,"));
        try (MavenCrmSql sql = new MavenCrmSql(folder)) {
            Map<String, Map<String, OracleResults.Sales>> sales = sql.sales();
            // 2 April 2017 is a Sunday: another week than the 3rd.
            assertThat(sales.get("team:West").get("week:2017-03-27").wonAmountMinor())
                    .isEqualTo(10_000);
            assertThat(sales.get("team:West").get("week:2017-04-03").wonAmountMinor())
                    .isEqualTo(5_000);
            assertThat(sales.get("rep:Ann").get("quarter:2017-Q2").wonCount()).isEqualTo(2);
            assertThat(sales.get("company").get("month:2017-04"))
                    .isEqualTo(new OracleResults.Sales(15_000, 2, 1, 1, (5 + 33) * 86_400_000L));
            assertThat(sales.get("company").get("total").openedCount()).isEqualTo(4);
            assertThat(sales.get("team:East").get("total").lostCount()).isEqualTo(1);
        }
    }
}
