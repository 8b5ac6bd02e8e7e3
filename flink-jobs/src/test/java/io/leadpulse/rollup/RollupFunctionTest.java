package io.leadpulse.rollup;

import static io.leadpulse.rollup.RollupHarness.at;
import static io.leadpulse.rollup.RollupHarness.day;
import static io.leadpulse.rollup.RollupHarness.delta;
import static io.leadpulse.rollup.RollupHarness.epochDay;
import static io.leadpulse.rollup.RollupHarness.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.control.Control;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.HistoryPace;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.result.DwellRecord;
import io.leadpulse.schemas.result.ProgressRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Closing a harness may throw anything.
class RollupFunctionTest {
    private static final String AS_OF = "2025-06-30T12:00:00Z";
    private static final EngineSettings LIVE = TestSettings.live();
    private static final EngineSettings REPLAY = TestSettings.replay(AS_OF);

    @Nested
    class Sums {

        @Test
        void daysWeeksMonthsQuartersAndTotalAreReadFromTheSamePanes() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(REPLAY)) {
                rollup.send(
                                won("company", "2025-02-28", 0, 1_000, 10, 1),
                                won("company", "2025-03-01", 0, 2_000, 20, 1),
                                won("company", "2025-03-31", 287, 4_000, 60, 1),
                                won("company", "2025-04-01", 0, 8_000, 5, 1),
                                delta("company", day(Measure.LOST_COUNT, "2025-03-15", 3)))
                        .watermark(Long.MAX_VALUE);

                assertThat(rollup.progress("company", "month 2025-03").sales().wonAmountMinor())
                        .isEqualTo(6_000);
                assertThat(rollup.progress("company", "month 2025-03").sales().lostCount())
                        .isEqualTo(3);
                assertThat(rollup.progress("company", "quarter 2025-Q1").sales().wonAmountMinor())
                        .isEqualTo(7_000);
                assertThat(rollup.progress("company", "day 2025-03-31").sales().wonAmountMinor())
                        .isEqualTo(4_000);
                assertThat(rollup.progress("company", "week 2025-03-31").sales().wonAmountMinor())
                        .isEqualTo(12_000);
                assertThat(rollup.progress("company", "year 2025").sales().wonCount())
                        .isEqualTo(4);
                assertThat(rollup.progress("company", "total total").sales().wonAmountMinor())
                        .isEqualTo(15_000);
                assertThat(rollup.sums())
                        .containsEntry("company won_amount  2025-03-31", 4_000L)
                        .containsEntry("company won_amount  total", 15_000L)
                        .containsEntry("company lost_count  2025-03-15", 3L);
            }
        }

        @Test
        void theTrailingWindowIsTheDayOfAsOfAndThe89Before() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(REPLAY)) {
                rollup.send(
                                won("company", "2025-04-01", 0, 1, 10, 1),
                                won("company", "2025-04-02", 0, 10, 10, 1),
                                won("company", "2025-06-30", 0, 100, 10, 1))
                        .watermark(Long.MAX_VALUE);

                ProgressRecord trailing = rollup.progress("company", "trailing_90_days current");
                assertThat(trailing.sales().wonAmountMinor()).isEqualTo(110);
                assertThat(trailing.startMillis()).isEqualTo(TestSettings.millis("2025-04-02T00:00:00Z"));
                assertThat(trailing.endMillis()).isEqualTo(TestSettings.millis("2025-07-01T00:00:00Z"));
            }
        }

        @Test
        void aRefundIsOnItsOwnDayAndMayMakeItNegative() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(REPLAY)) {
                rollup.send(
                                won("company", "2025-03-03", 0, 5_000, 10, 1),
                                delta("company", day(Measure.WON_AMOUNT, "2025-05-05", -2_000)))
                        .watermark(Long.MAX_VALUE);

                assertThat(rollup.progress("company", "day 2025-05-05").sales().wonAmountMinor())
                        .isEqualTo(-2_000);
                assertThat(rollup.progress("company", "day 2025-03-03").sales().wonAmountMinor())
                        .isEqualTo(5_000);
                assertThat(rollup.progress("company", "total total").sales().wonAmountMinor())
                        .isEqualTo(3_000);
            }
        }

        @Test
        void meanAndPercentilesOfACycleAndADwellSurviveARetraction() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(REPLAY)) {
                for (int days : new int[] {2, 4, 8, 90}) {
                    rollup.send(won("company", "2025-03-03", 0, 100, days, 1), dwell("demo", "2025-03-03", days, 1));
                }
                rollup.send(won("company", "2025-03-03", 0, 100, 90, -1), dwell("demo", "2025-03-03", 90, -1));
                rollup.watermark(Long.MAX_VALUE);

                ProgressRecord.Sales sales =
                        rollup.progress("company", "month 2025-03").sales();
                assertThat(sales.cycleCount()).isEqualTo(3);
                assertThat(sales.cycleSumMillis()).isEqualTo(14 * 86_400_000L);
                assertThat(sales.cycleMedianDays()).isCloseTo(4, within(0.04));
                DwellRecord dwell = rollup.dwell("demo");
                assertThat(dwell.count()).isEqualTo(3);
                assertThat(dwell.sumMillis()).isEqualTo(14 * 86_400_000L);
                assertThat(dwell.medianDays()).isCloseTo(4, within(0.04));
                assertThat(dwell.percentile90Days()).isCloseTo(8, within(0.08));
            }
        }

        @Test
        void howThingsStandNowHasNoDayAndNoTotal() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(REPLAY)) {
                rollup.send(
                                delta("company", new PaneDelta(Measure.OPEN_COUNT, "", 0, 2)),
                                delta("company", new PaneDelta(Measure.OPEN_COUNT, "", 0, -1)))
                        .watermark(Long.MAX_VALUE);

                assertThat(rollup.sums()).isEqualTo(Map.of("company open_count  now", 1L));
            }
        }

        @Test
        void scopesDoNotMeet() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(REPLAY)) {
                rollup.send(won("rep:ann", "2025-03-03", 0, 5, 1, 1), won("rep:bob", "2025-03-03", 0, 7, 1, 1))
                        .watermark(Long.MAX_VALUE);

                assertThat(rollup.progress("rep:ann", "total total").sales().wonAmountMinor())
                        .isEqualTo(5);
                assertThat(rollup.progress("rep:bob", "total total").sales().wonAmountMinor())
                        .isEqualTo(7);
            }
        }
    }

    @Nested
    class Replay {

        @Test
        void saysEverythingOnceAsOfTheEnd() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(REPLAY)) {
                rollup.send(won("company", "2025-03-03", 0, 5, 1, 1)).watermark("2025-03-04T00:00:00Z");
                rollup.send(won("company", "2025-04-03", 0, 5, 1, 1)).watermark("2025-06-29T00:00:00Z");
                assertThat(rollup.said()).isZero();

                rollup.watermark(Long.MAX_VALUE);

                assertThat(rollup.finalResults()).hasSize(rollup.said());
                assertThat(rollup.progress("company", "total total").asOfMillis())
                        .isEqualTo(TestSettings.millis(AS_OF));
            }
        }

        @Test
        void whatWasTakenBackLeavesNoTrace() throws Exception {
            Map<String, String> never;
            try (RollupHarness rollup = RollupHarness.of(REPLAY)) {
                never = rollup.send(won("company", "2025-03-03", 0, 5, 1, 1))
                        .watermark(Long.MAX_VALUE)
                        .finalResults();
            }
            try (RollupHarness rollup = RollupHarness.of(REPLAY)) {
                rollup.send(
                                won("rep:ann", "2025-01-03", 0, 5, 1, 1),
                                won("company", "2025-01-03", 0, 5, 1, 1),
                                won("company", "2025-03-03", 0, 5, 1, 1),
                                won("company", "2025-01-03", 0, 5, 1, -1),
                                won("rep:ann", "2025-01-03", 0, 5, 1, -1))
                        .watermark(Long.MAX_VALUE);
                assertThat(rollup.finalResults()).isEqualTo(never);
            }
        }

        @Test
        void theCourseOfADayIsToldOfTheSameDaysHoweverLateItsEventsCame() throws Exception {
            RollupDelta old = won("company", "2025-01-13", 100, 5, 1, 1);
            RollupDelta recent = won("company", "2025-06-20", 100, 7, 1, 1);
            Map<String, String> inTime;
            try (RollupHarness rollup = RollupHarness.of(REPLAY)) {
                inTime = rollup.send(old)
                        .watermark("2025-01-14T00:00:00Z")
                        .send(recent)
                        .watermark(Long.MAX_VALUE)
                        .finalResults();
                assertThat(rollup.sums())
                        .containsEntry("company won_amount_five_minutes  2025-06-20T08:20", 7L)
                        .doesNotContainKey("company won_amount_five_minutes  2025-01-13T08:20");
            }
            try (RollupHarness rollup = RollupHarness.of(REPLAY)) {
                assertThat(rollup.watermark("2025-06-01T00:00:00Z")
                                .send(recent, old)
                                .watermark(Long.MAX_VALUE)
                                .finalResults())
                        .isEqualTo(inTime);
            }
        }

        @Test
        void givesTheSameInAnyOrderAndOnRocksDbAfterASnapshot() throws Exception {
            List<RollupDelta> deltas = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                deltas.add(
                        won(i % 2 == 0 ? "company" : "team:north", "2025-0" + (1 + i % 6) + "-1" + i % 10, i, i, i, 1));
            }
            deltas.add(won("company", "2025-02-12", 32, 32, 32, -1));
            Map<String, String> expected = null;
            for (int run = 0; run < 6; run++) {
                OperatorSubtaskState snapshot = null;
                try (RollupHarness rollup = RollupHarness.onRocksDb(REPLAY, null)) {
                    for (RollupDelta delta : deltas.subList(0, 30)) {
                        rollup.send(delta);
                    }
                    rollup.watermark("2025-04-0" + (run + 1) + "T00:00:00Z");
                    snapshot = rollup.snapshot();
                }
                try (RollupHarness rollup = RollupHarness.onRocksDb(REPLAY, snapshot)) {
                    for (RollupDelta delta : deltas.subList(30, deltas.size())) {
                        rollup.send(delta);
                    }
                    rollup.watermark(Long.MAX_VALUE);
                    expected = expected == null ? rollup.finalResults() : expected;
                    assertThat(rollup.finalResults()).as("run %d", run).isEqualTo(expected);
                }
                Collections.shuffle(deltas, new Random(run));
            }
        }
    }

    @Nested
    class Live {

        @Test
        void saysChangesSoonByTheMachinesClockWhateverEventTimeDoes() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(LIVE)) {
                rollup.watermark("2025-03-03T10:00:00.200Z").send(won("company", "2025-03-03", 120, 5, 1, 1));
                rollup.watermark("2025-03-03T11:00:00Z").passes(RollupOperator.SOON_MILLIS - 1);
                rollup.send(won("company", "2025-03-03", 121, 7, 1, 1));
                assertThat(rollup.said()).isZero();

                rollup.passes(1);

                assertThat(rollup.progress("company", "day 2025-03-03").sales().wonAmountMinor())
                        .isEqualTo(12);
            }
        }

        @Test
        void saysAScopeThatWasJustSaidAgainAfterAnIntervalAndAQuietOneSoon() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(LIVE)) {
                rollup.watermark("2025-03-03T10:00:00Z").send(won("company", "2025-03-03", 120, 5, 1, 1));
                rollup.passes(RollupOperator.SOON_MILLIS);
                int said = rollup.said();

                rollup.passes(RollupOperator.SOON_MILLIS).send(won("company", "2025-03-03", 121, 7, 1, 1));
                rollup.passes(RollupOperator.COLLECT_MILLIS - RollupOperator.SOON_MILLIS - 1);
                assertThat(rollup.said()).as("just said").isEqualTo(said);
                rollup.passes(1);
                assertThat(rollup.progress("company", "day 2025-03-03").sales().wonAmountMinor())
                        .isEqualTo(12);

                rollup.passes(RollupOperator.COLLECT_MILLIS).send(won("company", "2025-03-03", 122, 9, 1, 1));
                rollup.passes(RollupOperator.SOON_MILLIS);
                assertThat(rollup.progress("company", "day 2025-03-03").sales().wonAmountMinor())
                        .isEqualTo(21);
            }
        }

        @Test
        void aScopeThatWasJustSaidKeepsNoOtherWaiting() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(LIVE)) {
                rollup.watermark("2025-03-03T10:00:00Z").send(won("company", "2025-03-03", 120, 5, 1, 1));
                rollup.passes(RollupOperator.SOON_MILLIS);
                rollup.send(won("company", "2025-03-03", 121, 7, 1, 1), won("rep:ann", "2025-03-03", 121, 7, 1, 1))
                        .passes(RollupOperator.SOON_MILLIS);
                assertThat(rollup.progress("rep:ann", "day 2025-03-03").sales().wonAmountMinor())
                        .isEqualTo(7);
                assertThat(rollup.progress("company", "day 2025-03-03").sales().wonAmountMinor())
                        .isEqualTo(5);
            }
        }

        @Test
        void saysWhatFollowsFromHistoryLessOftenUntilSomethingHappensNow() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(LIVE)) {
                rollup.wallClock("2025-03-03T12:00:00Z").watermark("2025-02-03T10:00:00Z");
                for (int i = 0; i < 100; i++) {
                    rollup.send(at("2025-02-03T10:00:00Z", won("company", "2025-02-03", 120, 5, 1, 1)));
                }
                rollup.published();
                int said = rollup.said();

                rollup.send(at("2025-02-03T10:00:00Z", won("company", "2025-02-03", 120, 5, 1, 1)))
                        .passes(HistoryPace.SUMS_MILLIS - 1);
                assertThat(rollup.said()).isEqualTo(said);
                rollup.passes(1);
                assertThat(rollup.progress("company", "day 2025-02-03").sales().wonAmountMinor())
                        .isEqualTo(505);

                for (int i = 0; i < 100; i++) {
                    rollup.send(at("2025-02-03T10:00:00Z", won("company", "2025-02-03", 120, 5, 1, 1)));
                }
                rollup.send(at("2025-03-03T12:00:00Z", won("company", "2025-03-03", 144, 7, 1, 1)))
                        .published();
                assertThat(rollup.progress("company", "day 2025-03-03").sales().wonAmountMinor())
                        .isEqualTo(7);
            }
        }

        @Test
        void saysAllBeforeABarrierAndAgainOnlyWhatHasChangedSince() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(LIVE)) {
                rollup.watermark("2025-03-03T10:00:00Z")
                        .send(won("company", "2025-03-03", 120, 5, 1, 1))
                        .barrier();
                assertThat(rollup.progress("company", "day 2025-03-03").sales().wonAmountMinor())
                        .isEqualTo(5);

                int said = rollup.said();
                rollup.published().barrier();
                assertThat(rollup.said()).isEqualTo(said);
            }
        }

        @Test
        void saysSoonWhatChangesInAScopeWhileOthersWaitWithTheirHistory() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(LIVE)) {
                rollup.wallClock("2025-03-03T12:00:00Z").watermark("2025-02-03T10:00:00Z");
                for (int i = 0; i < 100; i++) {
                    rollup.send(at("2025-02-03T10:00:00Z", won("rep:bob", "2025-02-03", 120, 5, 1, 1)));
                }
                rollup.published();
                int said = rollup.said();
                rollup.send(
                                at("2025-02-03T10:00:00Z", won("rep:bob", "2025-02-03", 120, 5, 1, 1)),
                                at("2025-03-03T12:00:00Z", won("rep:ann", "2025-03-03", 144, 7, 1, 1)))
                        .published();
                assertThat(rollup.progress("rep:ann", "day 2025-03-03").sales().wonAmountMinor())
                        .isEqualTo(7);
                assertThat(rollup.progress("rep:bob", "total total").sales().wonAmountMinor())
                        .isEqualTo(500);
                assertThat(rollup.said()).isGreaterThan(said);

                rollup.barrier();
                assertThat(rollup.progress("rep:bob", "total total").sales().wonAmountMinor())
                        .isEqualTo(505);
            }
        }

        @Test
        void theFirstSaleOfADayShowsInItsProgressThoughTheWatermarkIsInTheDayBefore() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(LIVE)) {
                rollup.watermark("2025-03-03T23:59:58Z")
                        .send(at("2025-03-04T00:00:03Z", won("company", "2025-03-04", 0, 5, 1, 1)))
                        .published();

                assertThat(rollup.progress("company", "day 2025-03-04").sales().wonAmountMinor())
                        .isEqualTo(5);
                assertThat(rollup.progress("company", "day 2025-03-04").asOfMillis())
                        .isEqualTo(TestSettings.millis("2025-03-04T00:00:03Z"));
            }
        }

        @Test
        void beforeTheFirstWatermarkTheLatestChangeSaysWhenItIs() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(LIVE)) {
                rollup.send(
                                at("2025-03-04T00:00:03Z", won("company", "2025-03-04", 0, 5, 1, 1)),
                                at("2025-03-03T00:00:03Z", won("company", "2025-03-03", 0, 6, 1, 1)))
                        .published();

                assertThat(rollup.progress("company", "month 2025-03").sales().wonAmountMinor())
                        .isEqualTo(11);
                assertThat(rollup.progress("company", "day 2025-03-03").asOfMillis())
                        .isEqualTo(TestSettings.millis("2025-03-04T00:00:03Z"));
            }
        }

        @Test
        void aGoalGivenWhileItRunsIsMeasuredAtOnceInEveryScopeAndAfterARestart() throws Exception {
            String goal = """
                    {"scope":"company","measure":"won_amount","period_kind":"day","amount":"10.00","currency":"USD",
                    "effective_from":"2025-01-01T00:00:00Z"}""";
            OperatorSubtaskState snapshot;
            try (RollupHarness rollup = RollupHarness.onRocksDb(LIVE, null)) {
                rollup.watermark("2025-03-03T10:00:00Z")
                        .send(won("company", "2025-03-03", 120, 500, 1, 1))
                        .published();
                assertThat(rollup.progress("company", "day 2025-03-03").goals()).isEmpty();

                rollup.control(Control.of(new ConfigurationRecord(Topics.GOALS, "company|day", 0, goal)));
                assertThat(rollup.progress("company", "day 2025-03-03").goals()).isEmpty();
                rollup.control(Control.SETTLED);

                assertThat(rollup.progress("company", "day 2025-03-03").goals())
                        .singleElement()
                        .satisfies(each -> assertThat(each.attainment()).isEqualTo(0.5));
                snapshot = rollup.snapshot();
            }
            try (RollupHarness rollup = RollupHarness.onRocksDb(LIVE, snapshot)) {
                rollup.watermark("2025-03-03T10:00:01Z")
                        .send(won("company", "2025-03-03", 121, 250, 1, 1))
                        .published();

                assertThat(rollup.progress("company", "day 2025-03-03").goals())
                        .singleElement()
                        .satisfies(each -> assertThat(each.attainment()).isEqualTo(0.75));

                rollup.control(
                        Control.of(new ConfigurationRecord(Topics.GOALS, "company|day", 1, null)), Control.SETTLED);

                assertThat(rollup.progress("company", "day 2025-03-03").goals()).isEmpty();
            }
        }

        @Test
        void saysASumThatBecomesZeroAndThenKeepsNothingButTheMark() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(LIVE)) {
                rollup.watermark("2025-03-03T10:00:00Z")
                        .send(won("company", "2025-03-03", 120, 5, 1, 1))
                        .published()
                        .send(won("company", "2025-03-03", 120, 5, 1, -1))
                        .published();

                assertThat(rollup.sums())
                        .containsEntry("company won_amount  2025-03-03", 0L)
                        .containsEntry("company won_amount  total", 0L);
                assertThat(rollup.progress("company", "day 2025-03-03").sales().wonCount())
                        .isZero();
                assertThat(rollup.keyedStates())
                        .as("five-minutes-from, latest, and when rates are looked at")
                        .isEqualTo(3);
            }
        }

        @Test
        void aCorrectionOfThePastRestatesEveryPeriodItLiesIn() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(LIVE)) {
                rollup.watermark("2025-06-03T10:00:00Z")
                        .send(won("company", "2024-12-31", 120, 5, 1, 1))
                        .published();

                for (String period : List.of("day 2024-12-31", "week 2024-12-30", "month 2024-12", "quarter 2024-Q4")) {
                    assertThat(rollup.progress("company", period).sales().wonAmountMinor())
                            .as(period)
                            .isEqualTo(5);
                }
            }
        }

        @Test
        void theCourseOfADayIsDroppedAfter160DaysAndNotSaidToBeZero() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(LIVE)) {
                rollup.watermark("2025-03-03T10:00:00Z")
                        .send(won("company", "2025-03-03", 120, 5, 1, 1))
                        .published();
                int states = rollup.keyedStates();

                rollup.send(won("company", "2025-03-03", 120, 5, 1, 1))
                        .watermark("2025-08-12T00:00:00Z")
                        .published();
                rollup.send(won("company", "2025-03-03", 121, 5, 1, 1)).published();

                assertThat(rollup.sums())
                        .containsEntry("company won_amount_five_minutes  2025-03-03T10:00", 5L)
                        .containsEntry("company won_amount  2025-03-03", 15L)
                        .doesNotContainKey("company won_amount_five_minutes  2025-03-03T10:05");
                assertThat(rollup.keyedStates()).isLessThanOrEqualTo(states);
            }
        }

        @Test
        void theCourseOfADroppedDayDoesNotComeBackAfterARestart() throws Exception {
            OperatorSubtaskState snapshot;
            try (RollupHarness rollup = RollupHarness.onRocksDb(LIVE, null)) {
                rollup.watermark("2025-06-03T10:00:00Z")
                        .send(won("company", "2025-06-03", 120, 5, 1, 1))
                        .published();
                snapshot = rollup.snapshot();
            }
            try (RollupHarness rollup = RollupHarness.onRocksDb(LIVE, snapshot)) {
                rollup.watermark("2025-06-03T10:00:02Z")
                        .send(won("company", "2024-12-03", 120, 5, 1, 1))
                        .published();

                assertThat(rollup.sums()).containsEntry("company won_amount  2024-12-03", 5L);
                assertThat(rollup.sums().keySet()).noneMatch(key -> key.contains("five_minutes  2024"));
            }
        }
    }

    /** Anybody can make up the name of a campaign. */
    @Nested
    class Sources {
        private static final String SOURCE = "campaign:made-up";
        private static final String NOW = "2025-06-03T10:00:00Z";

        @Test
        void aSourceThatAFewUnknownVisitorsNamedIsNotSaid() throws Exception {
            for (EngineSettings settings : List.of(LIVE, REPLAY)) {
                try (RollupHarness rollup = RollupHarness.of(settings).watermark(NOW)) {
                    for (int i = 0; i < 100; i++) {
                        rollup.send(visitors(SOURCE + i, "2025-03-03", 4), visitors(SOURCE + i, "2025-03-04", 5));
                    }
                    rollup.passes(HistoryPace.SUMS_MILLIS).watermark(Long.MAX_VALUE);

                    assertThat(rollup.said()).isZero();
                }
            }
        }

        @Test
        void itIsSaidInFullWhenMoreIsKnownOfIt() throws Exception {
            List<PaneDelta> more = List.of(
                    day(Measure.VISITORS, "2025-04-03", 1),
                    day(Measure.VISITORS_IDENTIFIED, "2025-03-03", 1),
                    day(Measure.TOUCHED_LEADS, "2025-04-03", 1),
                    day(Measure.SPEND, "2025-04-03", 100));
            for (PaneDelta each : more) {
                try (RollupHarness rollup = RollupHarness.of(LIVE).watermark(NOW)) {
                    rollup.send(visitors(SOURCE, "2025-03-03", 4), visitors(SOURCE, "2025-04-04", 5))
                            .published();
                    rollup.send(delta(SOURCE, each)).published();

                    assertThat(rollup.sums())
                            .as(each.toString())
                            .containsEntry(SOURCE + " visitors  2025-03-03", 4L)
                            .containsEntry(SOURCE + " visitors  2025-04-04", 5L)
                            .hasSize(3);
                }
            }
        }

        @Test
        void whatWasSaidIsTakenBackWhenNoMoreIsKnownAndComesBack() throws Exception {
            OperatorSubtaskState snapshot;
            try (RollupHarness rollup = RollupHarness.onRocksDb(LIVE, null).watermark(NOW)) {
                rollup.send(visitors(SOURCE, "2025-03-03", 4), visitors(SOURCE, "2025-04-04", 6))
                        .published();
                assertThat(shown(rollup)).hasSize(2);
                snapshot = rollup.snapshot();
            }
            try (RollupHarness rollup = RollupHarness.onRocksDb(LIVE, snapshot).watermark(NOW)) {
                rollup.send(visitors(SOURCE, "2025-04-04", -1)).published();
                assertThat(rollup.sums())
                        .isEqualTo(Map.of(SOURCE + " visitors  2025-03-03", 0L, SOURCE + " visitors  2025-04-04", 0L));
                int said = rollup.said();
                rollup.send(visitors(SOURCE, "2025-03-03", -1)).published();
                assertThat(rollup.said()).as("nothing more").isEqualTo(said);

                rollup.send(visitors(SOURCE, "2025-05-05", 2)).published();
                assertThat(shown(rollup))
                        .isEqualTo(Map.of(
                                SOURCE + " visitors  2025-03-03", 3L,
                                SOURCE + " visitors  2025-04-04", 5L,
                                SOURCE + " visitors  2025-05-05", 2L));
            }
        }

        /** Changes of many sources in any order, published in between or not: what is seen at the end is the same. */
        @Test
        void theOrderOfChangesLeavesNoTrace() throws Exception {
            Random random = new Random(20261122);
            List<RollupDelta> deltas = new ArrayList<>();
            for (int i = 0; i < 240; i++) {
                int number = random.nextInt(12);
                String source = "campaign:" + number;
                String day = "2025-03-%02d".formatted(1 + random.nextInt(20));
                deltas.add(visitors(source, day, 1));
                if (random.nextInt(3) > 0) {
                    deltas.add(visitors(source, day, random.nextInt(5) == 0 ? 1 : -1));
                }
                if (number < 4) {
                    deltas.add(delta(source, day(Measure.TOUCHED_LEADS, day, 1)));
                    deltas.add(delta(source, day(Measure.TOUCHED_LEADS, day, -1)));
                }
            }
            Map<String, Long> expected = null;
            for (int turn = 0; turn < 6; turn++) {
                Collections.shuffle(deltas, random);
                try (RollupHarness rollup =
                        RollupHarness.of(turn == 0 ? REPLAY : LIVE).watermark(NOW)) {
                    for (RollupDelta delta : deltas) {
                        rollup.send(delta);
                        if (random.nextInt(1 + turn) == 0) {
                            rollup.passes(HistoryPace.SUMS_MILLIS);
                        }
                    }
                    rollup.passes(HistoryPace.SUMS_MILLIS);
                    if (turn == 0) {
                        rollup.watermark(Long.MAX_VALUE);
                        expected = shown(rollup);
                    }
                    assertThat(shown(rollup)).as("turn " + turn).isEqualTo(expected);
                }
            }
            assertThat(expected.keySet().stream()
                            .map(key -> key.split(" ", 2)[0])
                            .distinct())
                    .as("some are seen, some are not")
                    .hasSizeBetween(2, 10);
        }

        private static RollupDelta visitors(String source, String day, long value) {
            return delta(source, day(Measure.VISITORS, day, value));
        }

        private static Map<String, Long> shown(RollupHarness rollup) {
            Map<String, Long> sums = rollup.sums();
            sums.values().removeIf(value -> value == 0);
            return sums;
        }
    }

    /** The numbers of goals themselves are tested in the domain; here, that the right sums reach them. */
    @Nested
    class Goals {
        private static final String GOALS = """
                goals:
                  - {scope: company, period_kind: month, period: "2025-06", amount: "200.00"}
                  - {scope: "rep:ann", measure: won_count, period_kind: month, period: "2025-06", count: 4}
                """;

        /** In another order of arrival the day would not have been touched. */
        @Test
        void aDayOfWhichAllWasTakenBackIsAsOneThatNeverWas() throws Exception {
            EngineSettings settings = TestSettings.replay("2025-06-16T12:00:00Z", GOALS);
            Map<String, String> neverWas;
            try (RollupHarness rollup = RollupHarness.of(settings)) {
                rollup.send(won("company", "2025-06-02", 120, 1_000, 1, 1)).watermark(Long.MAX_VALUE);
                neverWas = rollup.finalResults();
            }
            try (RollupHarness rollup = RollupHarness.of(settings)) {
                rollup.send(won("company", "2025-06-02", 120, 1_000, 1, 1), won("company", "2025-06-05", 120, 7, 1, 1));
                rollup.barrier();
                rollup.send(won("company", "2025-06-05", 120, 7, 1, -1)).watermark(Long.MAX_VALUE);

                assertThat(rollup.finalResults()).isEqualTo(neverWas);
            }
        }

        @Test
        void achievedAttainmentAndDealsNeededComeFromTheSums() throws Exception {
            // As of the middle of Monday the 16th: 10.5 of 21 business days have passed.
            EngineSettings settings = TestSettings.replay("2025-06-16T12:00:00Z", GOALS);
            try (RollupHarness rollup = RollupHarness.of(settings)) {
                for (String day : List.of("2025-06-02", "2025-06-03", "2025-06-04", "2025-06-05", "2025-06-06")) {
                    rollup.send(won("company", day, 120, 1_000, 1, 1), won("rep:ann", day, 120, 1_000, 1, 1));
                }
                rollup.send(delta("company", day(Measure.LOST_COUNT, "2025-06-10", 5)));
                rollup.send(delta("company", day(Measure.OPEN_DUE_COUNT, "2025-06-27", 9)));
                rollup.watermark(Long.MAX_VALUE);

                ProgressRecord.Goal goal =
                        rollup.progress("company", "month 2025-06").goals().get(0);
                assertThat(goal.measure()).isEqualTo("won_amount");
                assertThat(goal.goal()).isEqualTo(20_000);
                assertThat(goal.achieved()).isEqualTo(5_000);
                assertThat(goal.attainment()).isEqualTo(0.25);
                assertThat(goal.isLinear()).isTrue();
                assertThat(goal.expectedShare()).isCloseTo(0.5, within(1e-9));
                assertThat(goal.expected()).isEqualTo(10_000);
                assertThat(goal.ahead()).isEqualTo(-5_000);
                assertThat(goal.paceIndex()).isCloseTo(0.5, within(1e-9));
                assertThat(goal.businessDaysLeft()).isCloseTo(10.5, within(1e-9));
                assertThat(goal.dealsNeeded()).isEqualTo(15);
                assertThat(goal.opportunitiesNeeded()).isEqualTo(30);
                assertThat(goal.openOpportunities()).isEqualTo(9);

                ProgressRecord.Goal count =
                        rollup.progress("rep:ann", "month 2025-06").goals().get(0);
                assertThat(count.measure()).isEqualTo("won_count");
                assertThat(count.achieved()).isEqualTo(5);
                assertThat(count.attainment()).isEqualTo(1.25);
            }
        }

        @Test
        void withoutAGoalNothingIsExpected() throws Exception {
            try (RollupHarness rollup = RollupHarness.of(TestSettings.replay("2025-07-16T12:00:00Z", GOALS))) {
                rollup.send(won("company", "2025-07-02", 120, 1_000, 1, 1)).watermark(Long.MAX_VALUE);
                assertThat(rollup.progress("company", "month 2025-07").goals()).isEmpty();
            }
        }
    }

    private static RollupDelta dwell(String stage, String day, long days, int sign) {
        long millis = days * 86_400_000;
        return delta(
                "company",
                new PaneDelta(Measure.DWELL_COUNT, stage, epochDay(day), sign),
                new PaneDelta(Measure.DWELL_MILLIS, stage, epochDay(day), sign * millis),
                new PaneDelta(Measure.DWELL_HISTOGRAM, stage, Measure.histogramPane(epochDay(day), millis), sign));
    }
}
