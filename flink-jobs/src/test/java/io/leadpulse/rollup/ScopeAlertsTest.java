package io.leadpulse.rollup;

import static io.leadpulse.rollup.RollupHarness.day;
import static io.leadpulse.rollup.RollupHarness.delta;
import static io.leadpulse.rollup.RollupHarness.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.control.Control;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.result.AlertRecord;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The company works Monday to Friday around the clock, UTC. Each of the days before has sold 10.00 in the five minutes
 * from 9 o'clock; the goal of a day is 10.00, so by 11 o'clock all of it is expected.
 */
@SuppressWarnings("try") // Closing a harness may throw anything.
class ScopeAlertsTest {
    private static final String GOALS = """
            goals:
              - {scope: company, measure: won_amount, period_kind: day, amount: "10.00"}
              - {scope: "rep:ann", measure: won_count, period_kind: month, count: 10}
            """;
    private static final String MONTHLY = """
            goals:
              - {scope: company, measure: won_amount, period_kind: month, amount: "1000.00"}
            """;
    private static final int NINE = 9 * 12;
    private static final long TEN = 1_000;
    /** A Thursday. */
    private static final String TODAY = "2025-06-26";

    private static final String TODAYS_LABEL = "26 June 2025";

    @Nested
    class Milestone {

        @Test
        void isToldFiveSecondsAfterTheChangeWithTheTimeOfTheSale() throws Exception {
            try (RollupHarness company = RollupHarness.of(TestSettings.live(GOALS))) {
                company.watermark(TODAY + "T09:10:00Z").send(won("company", TODAY, NINE, 500, 1, 1));
                company.watermark(TODAY + "T09:10:04.999Z");
                assertThat(company.alerts("milestone")).isEmpty();

                company.watermark(TODAY + "T09:10:05Z");

                AlertRecord half = only(company.alerts("milestone"));
                assertThat(half.scope()).isEqualTo("company");
                assertThat(half.state()).isEqualTo("raised");
                assertThat(half.sinceMillis()).isEqualTo(TestSettings.millis(TODAY + "T09:05:00Z"));
                assertThat(half.details())
                        .containsEntry("step", "50")
                        .containsEntry("period_kind", "day")
                        .containsEntry("period", TODAY)
                        .containsEntry("period_label", TODAYS_LABEL)
                        .containsEntry("measure", "won_amount")
                        .containsEntry("achieved_minor", "500")
                        .containsEntry("goal_minor", "1000");
            }
        }

        /** So that an engine whose clock stands while it reads its history does not take that for news. */
        @Test
        void turnsOutWhenItWasToBeToldHoweverFarTheClockSteps() throws Exception {
            try (RollupHarness company = RollupHarness.of(TestSettings.live(GOALS))) {
                company.watermark(TODAY + "T09:10:00Z").send(won("company", TODAY, NINE, 500, 1, 1));
                company.watermark(TODAY + "T09:12:30Z");

                assertThat(only(company.alerts("milestone")).asOfMillis())
                        .isEqualTo(TestSettings.millis(TODAY + "T09:10:05Z"));
            }
        }

        /** As while history comes in: some of its sums are there before the clock is. */
        @Test
        void ofADayAheadOfTheClockIsToldWhenThatDayHasBegun() throws Exception {
            try (RollupHarness company = RollupHarness.of(TestSettings.live(GOALS))) {
                company.watermark("2025-06-24T09:10:00Z").send(won("company", TODAY, NINE, 500, 1, 1));
                company.watermark("2025-06-24T09:10:05Z");
                assertThat(company.alerts("milestone")).isEmpty();

                company.watermark(TODAY + "T18:00:00Z");

                AlertRecord half = only(company.alerts("milestone"));
                assertThat(half.sinceMillis()).isEqualTo(TestSettings.millis(TODAY + "T09:05:00Z"));
                assertThat(half.asOfMillis())
                        .as("no news of the evening")
                        .isEqualTo(TestSettings.millis(TODAY + "T09:05:00Z"));
            }
        }

        @Test
        void isToldOnceWhateverCorrectionsDo() throws Exception {
            try (RollupHarness company = RollupHarness.of(TestSettings.live(GOALS))) {
                company.watermark(TODAY + "T09:10:00Z").send(won("company", TODAY, NINE, 500, 1, 1));
                company.watermark(TODAY + "T09:11:00Z").send(won("company", TODAY, NINE, 500, 1, -1));
                company.watermark(TODAY + "T09:12:00Z").send(won("company", TODAY, NINE, 500, 1, 1));
                company.watermark(TODAY + "T09:13:00Z");

                assertThat(company.alerts("milestone")).hasSize(1);
            }
        }

        @Test
        void isNotToldOfWhatWasTakenBackWithinFiveSeconds() throws Exception {
            try (RollupHarness company = RollupHarness.of(TestSettings.live(GOALS))) {
                company.watermark(TODAY + "T09:10:00Z").send(won("company", TODAY, NINE, 500, 1, 1));
                company.watermark(TODAY + "T09:10:04Z").send(won("company", TODAY, NINE, 500, 1, -1));
                company.watermark(TODAY + "T09:10:06Z").watermark(TODAY + "T09:20:00Z");

                assertThat(company.alerts("milestone")).isEmpty();
            }
        }

        @Test
        void isJudgedAfterAMinuteWhereAScopeIsNeverCalm() throws Exception {
            try (RollupHarness company = RollupHarness.of(TestSettings.live(GOALS))) {
                company.watermark(TODAY + "T09:10:00Z").send(won("company", TODAY, NINE, 500, 1, 1));
                for (int seconds = 3; seconds < 60; seconds += 3) {
                    company.watermark(TODAY + "T09:10:%02dZ".formatted(seconds))
                            .send(delta("company", day(Measure.OPENED_COUNT, TODAY, 1)));
                }
                assertThat(company.alerts("milestone")).isEmpty();

                company.watermark(TODAY + "T09:11:00Z");

                assertThat(company.alerts("milestone")).hasSize(1);
            }
        }

        @Test
        void ofThePastIsToldOnceWhenABackDatedSaleReachesIt() throws Exception {
            try (RollupHarness company = RollupHarness.of(TestSettings.live(GOALS))) {
                company.watermark(TODAY + "T09:10:00Z").send(won("company", "2025-06-24", NINE, 1_000, 1, 1));
                company.watermark(TODAY + "T09:11:00Z");

                assertThat(company.alerts("milestone"))
                        .extracting(alert -> alert.details().get("period")
                                + ' '
                                + alert.details().get("step"))
                        .containsExactlyInAnyOrder("2025-06-24 50", "2025-06-24 90", "2025-06-24 100");
                assertThat(company.alerts("milestone"))
                        .allMatch(alert -> alert.sinceMillis() == TestSettings.millis("2025-06-24T09:05:00Z"));
            }
        }

        @Test
        void ofDealsHasTheDayAsItsTimeAndIsOfTheRep() throws Exception {
            try (RollupHarness rep = RollupHarness.of(TestSettings.live(GOALS))) {
                rep.watermark(TODAY + "T09:10:00Z");
                for (int deal = 0; deal < 5; deal++) {
                    rep.send(won("rep:ann", "2025-06-0" + (2 + deal), NINE, 5, 1, 1));
                }
                rep.watermark(TODAY + "T09:10:05Z");

                AlertRecord half = only(rep.alerts("milestone"));
                assertThat(half.owner()).isEqualTo("ann");
                assertThat(half.sinceMillis()).isEqualTo(TestSettings.millis("2025-06-07T00:00:00Z"));
                assertThat(half.details()).containsEntry("measure", "won_count").containsEntry("period", "2025-06");
            }
        }

        @Test
        void isRememberedOverARestart() throws Exception {
            EngineSettings settings = TestSettings.live(GOALS);
            OperatorSubtaskState snapshot;
            try (RollupHarness company = RollupHarness.onRocksDb(settings, null)) {
                company.watermark(TODAY + "T09:10:00Z").send(won("company", TODAY, NINE, 500, 1, 1));
                company.watermark(TODAY + "T09:11:00Z");
                assertThat(company.alerts("milestone")).hasSize(1);
                snapshot = company.snapshot();
            }
            try (RollupHarness company = RollupHarness.onRocksDb(settings, snapshot)) {
                company.watermark(TODAY + "T09:12:00Z").send(won("company", TODAY, NINE, 10, 1, 1));
                company.watermark(TODAY + "T09:13:00Z");
                assertThat(company.alerts("milestone")).isEmpty();
            }
        }

        /** Flink's own clock begins anew; a sale that is dated back must not seem to have turned out when it was made. */
        @Test
        void turnsOutAfterARestartAlthoughTheWatermarkIsNotYetKnownAgain() throws Exception {
            EngineSettings settings = TestSettings.live(GOALS);
            OperatorSubtaskState snapshot;
            try (RollupHarness company = RollupHarness.onRocksDb(settings, null)) {
                company.watermark(TODAY + "T09:00:00Z").send(won("company", TODAY, NINE, 10, 1, 1));
                // Nothing happens then but that it becomes later.
                company.watermark(TODAY + "T09:05:00Z");
                company.watermark(TODAY + "T09:10:00Z").control(Control.PULSE);
                snapshot = company.snapshot();
            }
            try (RollupHarness company = RollupHarness.onRocksDb(settings, snapshot)) {
                company.send(won("company", "2025-06-25", NINE, 500, 1, 1));
                company.watermark(TODAY + "T09:15:00Z");

                AlertRecord half = only(company.alerts("milestone"));
                assertThat(half.sinceMillis()).isEqualTo(TestSettings.millis("2025-06-25T09:05:00Z"));
                assertThat(half.asOfMillis()).isEqualTo(TestSettings.millis(TODAY + "T09:10:05Z"));
            }
        }

        @Test
        void isSaidAtTheEndOfAReplayInAnyOrder() throws Exception {
            for (int sign : new int[] {1, -1}) {
                try (RollupHarness company = RollupHarness.of(TestSettings.replay(TODAY + "T12:00:00Z", GOALS))) {
                    RollupDelta first = won("company", "2025-06-24", NINE, 400, 1, 1);
                    RollupDelta second = won("company", "2025-06-24", NINE + 1, 200, 1, 1);
                    company.send(sign > 0 ? first : second, sign > 0 ? second : first);
                    company.watermark(Long.MAX_VALUE);

                    AlertRecord half = only(company.alerts("milestone"));
                    assertThat(half.sinceMillis()).isEqualTo(TestSettings.millis("2025-06-24T09:10:00Z"));
                }
            }
        }
    }

    @Nested
    class BehindPace {

        @Test
        void ofADayIsToldAtElevenWhenHardlyAnyDayWasSoPoor() throws Exception {
            try (RollupHarness company = after(60, 2)) {
                company.send(won("company", TODAY, NINE, 800, 1, 1));
                company.watermark(TODAY + "T10:59:59.999Z");
                assertThat(company.alerts("behind_pace")).isEmpty();

                company.watermark(TODAY + "T11:00:00Z");

                AlertRecord behind = only(company.alerts("behind_pace"));
                assertThat(behind.sinceMillis()).isEqualTo(TestSettings.millis(TODAY + "T11:00:00Z"));
                assertThat(behind.scope()).isEqualTo("company");
                assertThat(behind.details())
                        .containsEntry("achieved_minor", "800")
                        .containsEntry("goal_minor", "1000")
                        .containsEntry("expected_minor", "1000")
                        .containsEntry("pace_index", "0.800");
            }
        }

        @Test
        void isNotToldWhenThreeDaysWereAsPoor() throws Exception {
            try (RollupHarness company = after(60, 3)) {
                company.send(won("company", TODAY, NINE, 800, 1, 1));
                company.watermark(TODAY + "T17:00:00Z");
                assertThat(company.alerts("behind_pace")).isEmpty();
            }
        }

        @Test
        void isOffUntilThereAreSixtyBusinessDays() throws Exception {
            try (RollupHarness company = after(59, 0)) {
                company.send(won("company", TODAY, NINE, 800, 1, 1));
                company.watermark(TODAY + "T17:00:00Z");
                assertThat(company.alerts("behind_pace")).isEmpty();
            }
        }

        @Test
        void isNotToldAtTheIndexItselfNorOfARep() throws Exception {
            try (RollupHarness company = after(60, 0)) {
                company.send(won("company", TODAY, NINE, 850, 1, 1), won("rep:ann", TODAY, NINE, 1, 1, 1));
                company.watermark(TODAY + "T17:00:00Z");
                assertThat(company.alerts("behind_pace")).isEmpty();
            }
        }

        @Test
        void isClearedByASaleThatBringsItToNineTenthsAndNotToldAgainThatDay() throws Exception {
            try (RollupHarness company = after(60, 0)) {
                company.send(won("company", TODAY, NINE, 800, 1, 1)).watermark(TODAY + "T11:00:00Z");
                company.send(won("company", TODAY, 11 * 12 + 1, 99, 1, 1)).watermark(TODAY + "T11:20:00Z");
                assertThat(newest(company)).isEqualTo("raised");

                company.send(won("company", TODAY, 11 * 12 + 6, 1, 1, 1)).watermark(TODAY + "T11:40:00Z");

                AlertRecord cleared = company.alerts("behind_pace").get(1);
                assertThat(cleared.state()).isEqualTo("resolved");
                assertThat(cleared.transitions().get(1).timeMillis())
                        .isEqualTo(TestSettings.millis(TODAY + "T11:35:00Z"));
                company.send(won("company", TODAY, 11 * 12 + 6, 1, 1, -1)).watermark(TODAY + "T11:50:00Z");
                company.watermark(TODAY + "T14:30:00Z").watermark(TODAY + "T17:00:00Z");
                assertThat(company.alerts("behind_pace").stream()
                                .map(AlertRecord::alert)
                                .distinct())
                        .hasSize(1);
            }
        }

        @Test
        void endsWithTheDay() throws Exception {
            try (RollupHarness company = after(60, 0)) {
                company.send(won("company", TODAY, NINE, 800, 1, 1)).watermark(TODAY + "T11:00:00Z");
                company.watermark(TODAY + "T23:59:59.999Z");
                assertThat(newest(company)).isEqualTo("raised");

                company.watermark("2025-06-27T00:00:00Z");

                AlertRecord ended = company.alerts("behind_pace").get(1);
                assertThat(ended.state()).isEqualTo("resolved");
                assertThat(ended.transitions().get(1).timeMillis())
                        .isEqualTo(TestSettings.millis("2025-06-27T00:00:00Z"));
            }
        }

        @Test
        void isWithdrawnWhenALateSaleSaysThatItNeverWas() throws Exception {
            try (RollupHarness company = after(60, 0)) {
                company.send(won("company", TODAY, NINE, 800, 1, 1)).watermark(TODAY + "T11:00:00Z");
                assertThat(newest(company)).isEqualTo("raised");

                company.send(won("company", TODAY, NINE + 2, 300, 1, 1)).watermark(TODAY + "T11:10:00Z");

                assertThat(newest(company)).isEqualTo("withdrawn");
            }
        }

        @Test
        void whatIsSoldAfterElevenDoesNotCountAtEleven() throws Exception {
            try (RollupHarness company = after(60, 0)) {
                company.send(won("company", TODAY, NINE, 800, 1, 1), won("company", TODAY, 11 * 12, 500, 1, 1));
                company.watermark(TODAY + "T11:00:00Z");
                assertThat(newest(company)).isEqualTo("raised");
            }
        }

        @Test
        void ofAMonthIsToldAtNoonWhenNoneOfSixWasSoPoor() throws Exception {
            try (RollupHarness company = RollupHarness.of(TestSettings.live(MONTHLY))) {
                for (int month = 12; month <= 17; month++) {
                    LocalDate first = LocalDate.of(2024, 1, 1).plusMonths(month - 1);
                    company.send(won("company", first.toString(), NINE, 100_000, 1, 1));
                }
                // All of a month's goal is expected after the first of its 21 business days or so, Monday the 2nd.
                company.watermark("2025-06-01T09:00:00Z").send(won("company", "2025-06-01", NINE, 89_999, 1, 1));
                company.watermark("2025-06-03T11:59:59.999Z");
                assertThat(company.alerts("behind_pace")).isEmpty();

                company.watermark("2025-06-03T12:00:00Z");

                AlertRecord behind = only(company.alerts("behind_pace"));
                assertThat(behind.details())
                        .containsEntry("period_kind", "month")
                        .containsEntry("period", "2025-06");
            }
        }

        /** After so many business days of 10.00 before today, so many of which sold 1.00 only. */
        private RollupHarness after(int businessDays, int poor) throws Exception {
            RollupHarness company = RollupHarness.of(TestSettings.live(GOALS));
            List<LocalDate> days = new ArrayList<>();
            for (LocalDate day = LocalDate.parse(TODAY).minusDays(1);
                    days.size() < businessDays;
                    day = day.minusDays(1)) {
                if (day.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue()) {
                    days.add(day);
                }
            }
            for (int i = 0; i < days.size(); i++) {
                long amount = i % 5 == 1 && i / 5 < poor ? 100 : TEN;
                company.send(won("company", days.get(i).toString(), NINE, amount, 1, 1));
            }
            return company.watermark(TODAY + "T09:00:00Z");
        }

        private String newest(RollupHarness company) {
            List<AlertRecord> alerts = company.alerts("behind_pace");
            return alerts.get(alerts.size() - 1).state();
        }
    }

    private static AlertRecord only(List<AlertRecord> alerts) {
        assertThat(alerts).hasSize(1);
        return alerts.get(0);
    }
}
