package io.leadpulse.lead;

import static io.leadpulse.lead.LeadInputs.call;
import static io.leadpulse.lead.LeadInputs.created;
import static io.leadpulse.lead.LeadInputs.deal;
import static io.leadpulse.lead.LeadInputs.fact;
import static io.leadpulse.lead.LeadInputs.minus;
import static io.leadpulse.lead.LeadInputs.moved;
import static io.leadpulse.lead.LeadInputs.opened;
import static io.leadpulse.lead.LeadInputs.plus;
import static io.leadpulse.lead.LeadInputs.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.control.Control;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.rollup.PaneDelta;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.LeadProfile;
import io.leadpulse.schemas.result.LedgerRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The deal of these tests enters "meeting" on Monday 2025-03-03 at 10:00 UTC. Its limit is 7 whole business days, Monday
 * to Friday: reached on Wednesday the 12th at 10:00; critical after 10.5, on Monday the 17th at 22:00.
 */
@SuppressWarnings("try") // Closing a harness may throw anything.
class LeadFunctionTest {
    private static final String ENTERED = "2025-03-03T10:00:00Z";
    private static final String BEFORE_DUE = "2025-03-12T09:59:59.999Z";
    private static final String DUE = "2025-03-12T10:00:00Z";
    private static final String CRITICAL = "2025-03-17T22:00:00Z";
    private static final String AS_OF = "2025-06-30T00:00:00Z";

    private static final EngineSettings LIVE = TestSettings.live();
    private static final EngineSettings REPLAY = TestSettings.replay(AS_OF);

    /** What is published of a lead for others to be judged by. */
    @Nested
    class Learning {

        @Test
        void aWonLeadSaysWhatHadBeenAndAReopenedOneTakesItBack() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.watermark("2025-03-21T00:00:00Z")
                        .send(plus(created(1, "2025-03-03T09:00:00Z")), deal(opened(ENTERED, "ann", "meeting")));
                assertThat(lead.newestProfile().outcome()).isNull();

                lead.send(deal(
                        opened(ENTERED, "ann", "meeting"),
                        moved(2, "2025-03-10T10:00:00Z", "offer"),
                        won(3, "2025-03-20T10:00:00Z")));
                LeadProfile.Outcome outcome = lead.newestProfile().outcome();
                assertThat(outcome.won()).isTrue();
                assertThat(outcome.closedMillis()).isEqualTo(TestSettings.millis("2025-03-20T10:00:00Z"));
                assertThat(outcome.stageBefore()).isEqualTo("offer");
                assertThat(outcome.passed())
                        .extracting(LeadProfile.Passed::stage)
                        .containsExactly("new", "meeting", "offer");

                lead.send(deal(opened(ENTERED, "ann", "meeting"), moved(2, "2025-03-10T10:00:00Z", "offer")));
                assertThat(lead.newestProfile().outcome()).isNull();
            }
        }

        @Test
        void aCandidateIsReadBesideTheRulesInForceAndEndsWithoutATrace() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.watermark(ENTERED)
                        .send(plus(created(1, ENTERED)), plus(fact(7, ENTERED, EventKind.DEMO_REQUESTED)));
                LeadProfile alone = lead.newestProfile();
                assertThat(alone.candidate()).isNull();

                lead.control(rules(0, "\"candidate\":true,\"score\":{\"points\":{\"demo_requested\":90}}"))
                        .send(plus(fact(8, ENTERED, EventKind.EMAIL_OPENED)));
                LeadProfile beside = lead.newestProfile();
                assertThat(beside.candidate().version()).isEqualTo(2);
                assertThat(beside.candidate().band()).isEqualTo("hot");
                assertThat(beside.candidate().score() - beside.score().score()).isEqualTo(40);
                assertThat(beside.candidate().marketingQualifiedMillis())
                        .isEqualTo(beside.milestones().marketingQualifiedMillis());
                assertThat(beside.score().band()).isEqualTo(alone.score().band());

                lead.control(rules(1, "\"candidate\":true,\"withdrawn\":true"))
                        .send(plus(fact(9, ENTERED, EventKind.EMAIL_OPENED)));
                assertThat(lead.newestProfile().candidate()).isNull();
            }
        }

        private Control rules(long offset, String fields) {
            return Control.of(new ConfigurationRecord(
                    Topics.RULES,
                    "2|2025-01-01T00:00:00Z",
                    offset,
                    "{\"version\":2,\"effective_from\":\"2025-01-01T00:00:00Z\"," + fields + "}"));
        }
    }

    /** 1,000 euros of a company that counts in dollars; the rate changes on Monday the 10th. */
    @Nested
    class Currencies {
        private static final String RATES = """
                exchange_rates:
                  - {currency: EUR, from: 2025-03-01, rate: 1.05}
                  - {currency: EUR, from: 2025-03-10, rate: 1.08}
                  - {currency: EUR, from: 2025-07-01, rate: 2}
                """;
        private static final String IN_APRIL = "2025-04-30T12:00:00Z";
        private static final String OPEN = "company OPEN_AMOUNT  0";
        private static final String WON_ON_THE_EIGHTH = "company WON_AMOUNT  20155";

        @Test
        void anOpenDealIsWorthSomethingElseFromTheInstantOfANewRate() throws Exception {
            try (LeadHarness lead = LeadHarness.of(TestSettings.live(RATES))) {
                lead.watermark(ENTERED).send(deal(opened(ENTERED, "ann", "meeting", 100_000, "EUR")));
                assertThat(lead.sums()).containsEntry(OPEN, 105_000L);

                lead.watermark("2025-03-09T23:59:59.999Z");
                assertThat(lead.sums()).containsEntry(OPEN, 105_000L);

                lead.watermark("2025-03-10T00:00:00Z");
                assertThat(lead.sums())
                        .containsEntry(OPEN, 108_000L)
                        .containsEntry("team:north OPEN_AMOUNT_BY_STAGE meeting 0", 108_000L);
                LeadProfile.DealState deal = lead.newestProfile().dealList().get(0);
                assertThat(deal.amountMinor()).isEqualTo(108_000);
                assertThat(deal.conversion()).isEqualTo(new LeadProfile.Conversion("EUR", 100_000, "1.08", 20_157));
                assertThat(lead.newestProfile().deals().openAmountMinor()).isEqualTo(108_000);
            }
        }

        @Test
        void aWinToldLateHasTheRateOfItsDay() throws Exception {
            try (LeadHarness lead = LeadHarness.of(TestSettings.live(RATES))) {
                lead.watermark(ENTERED)
                        .send(deal(opened(ENTERED, "ann", "meeting", 100_000, "EUR")))
                        .watermark("2025-03-12T00:00:00Z")
                        .send(deal(opened(ENTERED, "ann", "meeting", 100_000, "EUR"), won(2, "2025-03-08T10:00:00Z")));

                assertThat(lead.sums())
                        .containsEntry(WON_ON_THE_EIGHTH, 105_000L)
                        .doesNotContainKey(OPEN);
                lead.watermark("2025-08-01T00:00:00Z");
                assertThat(lead.sums()).containsEntry(WON_ON_THE_EIGHTH, 105_000L);
            }
        }

        @Test
        void aSnapshotGoesOnWithTheRateThatWasSaid() throws Exception {
            OperatorSubtaskState snapshot;
            Map<String, Long> sums;
            try (LeadHarness lead = LeadHarness.onRocksDb(TestSettings.live(RATES), null)) {
                lead.watermark(ENTERED).send(deal(opened(ENTERED, "ann", "meeting", 100_000, "EUR")));
                snapshot = lead.snapshot();
                sums = new TreeMap<>(lead.sums());
            }
            // A line for a day to come was added before the engine was started again.
            EngineSettings more = TestSettings.live(RATES + "  - {currency: EUR, from: 2025-03-05, rate: 1.1}\n");
            try (LeadHarness lead = LeadHarness.onRocksDb(more, snapshot)) {
                lead.watermark("2025-03-06T00:00:00Z");
                lead.sums().forEach((key, sum) -> sums.merge(key, sum, Math::addExact));
            }
            assertThat(sums).containsEntry(OPEN, 110_000L);
        }

        @Test
        void aDealOfABurstOfThePastIsWorthWhatItIsWorthNowAndCountsOnce() throws Exception {
            try (LeadHarness lead = LeadHarness.of(TestSettings.live(RATES))) {
                lead.wallClock(IN_APRIL)
                        .watermark(IN_APRIL)
                        .send(deal(opened(ENTERED, "ann", "meeting", 100_000, "EUR")));
                assertThat(lead.sums()).containsEntry(OPEN, 108_000L);
                assertThat(lead.newestProfile().deals().openAmountMinor()).isEqualTo(108_000);

                lead.wallClock("2025-04-30T12:00:10Z");

                assertThat(lead.allAlerts()).as("judged").isNotEmpty();
                assertThat(lead.sums()).containsEntry(OPEN, 108_000L);
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
        void whateverComesInABurstAndWhereverTimeIsSumsAreThoseOfWhatIsThere(long seed) throws Exception {
            EngineSettings settings = TestSettings.live(RATES);
            Random random = new Random(seed);
            LeadInput[] past = {
                deal(opened(ENTERED, "ann", "meeting", 100_000, "EUR")),
                deal(opened(ENTERED, "bob", "meeting", 70_001, "EUR")),
                deal(opened(ENTERED, "ann", "meeting", 100_000, "EUR"), won(2, "2025-03-08T10:00:00Z")),
                LeadInput.minus(LeadInputs.LEAD, "d1"),
                plus(call(7, "2025-03-02T09:00:00Z"))
            };
            long time = TestSettings.millis(ENTERED);
            OperatorSubtaskState snapshot = null;
            LeadInput newest = past[0];
            Map<String, Long> sums = new TreeMap<>();
            for (int run = 0; run < 3; run++) {
                try (LeadHarness lead = LeadHarness.restored(settings, snapshot)) {
                    lead.wallClock(IN_APRIL);
                    for (int step = 0; step < 20; step++) {
                        LeadInput input = past[random.nextInt(past.length)];
                        newest = input.dealId() == null ? newest : input;
                        lead.send(input);
                        if (random.nextInt(3) == 0) {
                            time += random.nextInt(8) * 86_400_000L;
                            lead.watermark(time);
                        }
                        lead.wallClock(Instant.ofEpochMilli(lead.wallMillis() + random.nextInt(4_000))
                                .toString());
                    }
                    snapshot = lead.snapshot();
                    if (run == 2) {
                        lead.send(past[4], newest).watermark(time).wallClock("2025-05-01T00:00:00Z");
                    }
                    lead.sums().forEach((key, sum) -> sums.merge(key, sum, Math::addExact));
                }
            }
            sums.values().removeIf(sum -> sum == 0);
            try (LeadHarness lead = LeadHarness.of(settings)) {
                lead.watermark(time).send(past[4], newest);
                assertThat(sums).isEqualTo(lead.sums());
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"2025-03-03T10:00:00Z", "2025-03-12T00:00:00Z", "2025-06-01T00:00:00Z"})
        void aReplayValuesByItsEndWheneverTheDealCame(String watermark) throws Exception {
            try (LeadHarness lead = LeadHarness.of(TestSettings.replay(AS_OF, RATES))) {
                lead.watermark(watermark)
                        .send(deal(opened(ENTERED, "ann", "meeting", 100_000, "EUR")))
                        .watermark(Long.MAX_VALUE);

                assertThat(lead.sums()).containsEntry(OPEN, 108_000L);
                assertThat(lead.newestProfile().dealList().get(0).amountMinor()).isEqualTo(108_000);
            }
        }
    }

    @Nested
    class Alerts {

        @Test
        void isRaisedWhenTheWatermarkReachesExactlyTheDueInstant() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.watermark(ENTERED).send(deal(opened(ENTERED, "ann", "meeting")));

                lead.watermark(BEFORE_DUE);
                assertThat(lead.alerts()).isEmpty();

                lead.watermark(DUE);
                assertThat(lead.newestAlertLife()).containsExactly("raised@2025-03-12T10:00:00Z");
                AlertRecord alert = lead.alerts().get(0);
                assertThat(alert.owner()).isEqualTo("ann");
                assertThat(alert.stage()).isEqualTo("meeting");
                assertThat(alert.severity()).isEqualTo("warning");
                assertThat(alert.sinceMillis()).isEqualTo(TestSettings.millis(ENTERED));
            }
        }

        @Test
        void isEscalatedAtItsOwnInstantAndToldOnce() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.send(deal(opened(ENTERED, "ann", "meeting")));
                lead.watermark(DUE).watermark("2025-03-14T00:00:00Z").watermark("2025-03-17T21:59:59.999Z");
                assertThat(lead.alerts()).hasSize(1);

                lead.watermark(CRITICAL).watermark("2025-03-20T00:00:00Z");

                assertThat(lead.alerts()).hasSize(2);
                assertThat(lead.newestAlertLife())
                        .containsExactly("raised@2025-03-12T10:00:00Z", "escalated@2025-03-17T22:00:00Z");
                assertThat(lead.alerts().get(1).severity()).isEqualTo("critical");
            }
        }

        @Test
        void isNotRaisedWhenTheStageIsLeftAtTheVeryInstantOfTheLimit() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.send(deal(opened(ENTERED, "ann", "meeting")));
                lead.watermark(BEFORE_DUE);
                lead.send(deal(opened(ENTERED, "ann", "meeting"), moved(2, DUE, "offer")));
                lead.watermark(CRITICAL);

                assertThat(lead.alerts()).isEmpty();
            }
        }

        @Test
        void isNotCancelledByAnEventBeyondTheWatermarkThatCameEarly() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.send(deal(opened(ENTERED, "ann", "meeting")));
                lead.watermark("2025-03-10T00:00:00Z");
                lead.send(deal(opened(ENTERED, "ann", "meeting"), moved(2, "2025-03-13T08:00:00Z", "offer")));
                assertThat(lead.alerts()).isEmpty();

                lead.watermark(DUE);
                assertThat(lead.newestAlertLife()).containsExactly("raised@2025-03-12T10:00:00Z");

                lead.watermark("2025-03-13T08:00:00Z");
                assertThat(lead.newestAlertLife())
                        .containsExactly("raised@2025-03-12T10:00:00Z", "resolved@2025-03-13T08:00:00Z");
            }
        }

        @Test
        void tellsTheWholeLifeWhenOneWatermarkPassesAllOfIt() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.send(deal(opened(ENTERED, "ann", "meeting"), moved(2, "2025-03-18T08:00:00Z", "offer")));

                lead.watermark("2025-03-19T00:00:00Z");

                assertThat(lead.newestAlertLife())
                        .containsExactly(
                                "raised@2025-03-12T10:00:00Z",
                                "escalated@2025-03-17T22:00:00Z",
                                "resolved@2025-03-18T08:00:00Z");
            }
        }

        @Test
        void isWithdrawnWhenALateEventSaysThatTheStageWasLeftInTime() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.send(deal(opened(ENTERED, "ann", "meeting"))).watermark("2025-03-13T00:00:00Z");

                lead.send(deal(opened(ENTERED, "ann", "meeting"), moved(2, "2025-03-11T08:00:00Z", "offer")));
                lead.wallClock("2025-03-13T00:00:10Z");

                assertThat(lead.alerts()).hasSize(2);
                assertThat(lead.alerts().get(1).state()).isEqualTo("withdrawn");
                assertThat(lead.alerts().get(1).alert())
                        .isEqualTo(lead.alerts().get(0).alert());
                assertThat(lead.newestAlertLife())
                        .containsExactly("raised@2025-03-12T10:00:00Z", "withdrawn@2025-03-13T00:00:00Z");
            }
        }

        @Test
        void isToldAgainWhenTheCorrectionIsTakenBack() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.send(deal(opened(ENTERED, "ann", "meeting"))).watermark("2025-03-13T00:00:00Z");
                lead.send(deal(opened(ENTERED, "ann", "meeting"), moved(2, "2025-03-11T08:00:00Z", "offer")))
                        .wallClock("2025-03-13T00:00:10Z");
                assertThat(lead.newestAlertLife()).contains("withdrawn@2025-03-13T00:00:00Z");

                lead.send(deal(opened(ENTERED, "ann", "meeting"))).wallClock("2025-03-13T00:00:20Z");

                assertThat(lead.newestAlertLife()).containsExactly("raised@2025-03-12T10:00:00Z");
            }
        }

        @Test
        void ofATaskNamesItsKindAndDueTimeAndIsSnoozedByItsId() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.watermark(ENTERED)
                        .send(
                                plus(created(1, ENTERED).owner("ann")),
                                plus(fact(2, ENTERED, EventKind.TASK_PLANNED)
                                        .asset("t1")
                                        .dueMillis(TestSettings.millis("2025-03-03T15:00:00Z"))));
                lead.watermark("2025-03-03T15:00:00Z");

                AlertRecord overdue = lead.alerts("planned_overdue").get(0);
                assertThat(overdue.owner()).isEqualTo("ann");
                assertThat(overdue.details())
                        .containsEntry("kind", "task_planned")
                        .containsEntry("due", "2025-03-03T15:00:00.000Z")
                        .containsEntry("hand_raised", "false")
                        .containsEntry("next_step", "Do it, or plan it anew");

                lead.watermark("2025-03-03T15:30:00Z")
                        .send(plus(fact(3, "2025-03-03T15:20:00Z", EventKind.ALERT_SNOOZED)
                                .alert(overdue.alert())
                                .dueMillis(TestSettings.millis("2025-03-04T09:00:00Z"))));

                assertThat(lead.newestAlertLife("planned_overdue"))
                        .containsExactly("raised@2025-03-03T15:00:00Z", "snoozed@2025-03-03T15:20:00Z");
                assertThat(lead.alerts("planned_overdue").get(1).details())
                        .containsEntry("snoozed_until", "2025-03-04T09:00:00.000Z");
            }
        }

        @Test
        void ofAnUnownedLeadEndsWhenItIsAssigned() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.watermark(ENTERED).send(plus(created(1, ENTERED)));
                assertThat(lead.newestProfile().work().unassignedSinceMillis()).isEqualTo(TestSettings.millis(ENTERED));
                lead.watermark("2025-03-03T10:30:00Z")
                        .send(plus(fact(2, "2025-03-03T10:40:00Z", EventKind.LEAD_ASSIGNED)
                                .owner("ann")));
                lead.watermark("2025-03-03T10:40:00Z");

                assertThat(lead.newestAlertLife("unassigned"))
                        .containsExactly("raised@2025-03-03T10:30:00Z", "resolved@2025-03-03T10:40:00Z");
                assertThat(lead.newestProfile().work().unassignedSinceMillis()).isNull();
                assertThat(lead.newestProfile().work().team()).isEqualTo("north");
            }
        }

        @Test
        void isWithdrawnWhenTheDealMovesToAnotherLead() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.send(deal(opened(ENTERED, "ann", "meeting"))).watermark(DUE);

                lead.send(LeadInput.minus(LeadInputs.LEAD, "d1"));

                assertThat(lead.newestAlertLife())
                        .containsExactly("raised@2025-03-12T10:00:00Z", "withdrawn@2025-03-12T10:00:00Z");
                assertThat(lead.sums()).isEmpty();
            }
        }

        @Test
        void isNotWithdrawnByAnInputBeforeTheFirstWatermarkAfterARestore() throws Exception {
            OperatorSubtaskState snapshot;
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.send(deal(opened(ENTERED, "ann", "meeting"))).watermark(DUE);
                assertThat(lead.alerts()).hasSize(1);
                snapshot = lead.snapshot();
            }
            try (LeadHarness lead = LeadHarness.restored(LIVE, snapshot)) {
                lead.send(plus(call(7, "2025-03-12T09:00:00Z")));
                assertThat(lead.newestAlertLife()).containsExactly("raised@2025-03-12T10:00:00Z");
                assertThat(lead.alerts().get(0).details()).containsEntry("last_contact_kind", "call");

                lead.watermark(CRITICAL);
                assertThat(lead.newestAlertLife())
                        .containsExactly("raised@2025-03-12T10:00:00Z", "escalated@2025-03-17T22:00:00Z");
            }
        }
    }

    @Nested
    class AtTheEndOfAReplay {

        @Test
        void everyLeadHasOneProfileAsOfTheEnd() throws Exception {
            try (LeadHarness lead = LeadHarness.of(REPLAY)) {
                lead.send(plus(created(1, "2025-03-01T09:00:00Z")), plus(call(2, "2025-03-02T09:00:00Z")));
                assertThat(lead.profiles()).isEmpty();

                lead.watermark(Long.MAX_VALUE);

                assertThat(lead.profiles()).hasSize(1);
                assertThat(lead.profiles().get(0).asOfMillis()).isEqualTo(TestSettings.millis(AS_OF));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "2025-03-12T09:00:00Z", "2025-03-13T00:00:00Z", "2025-03-18T00:00:00Z"})
        void aLeadWithAlertsAheadHasItsProfileToo(String watermarkBefore) throws Exception {
            try (LeadHarness lead = LeadHarness.of(REPLAY)) {
                lead.send(deal(opened(ENTERED, "ann", "meeting")));
                if (!watermarkBefore.isEmpty()) {
                    lead.watermark(watermarkBefore);
                }

                lead.watermark(Long.MAX_VALUE);

                assertThat(lead.profiles()).hasSize(1);
                assertThat(lead.newestAlertLife())
                        .containsExactly("raised@2025-03-12T10:00:00Z", "escalated@2025-03-17T22:00:00Z");
            }
        }

        @Test
        void alertsAreToldOnceAndNoneThatACorrectionHasTakenBackByThen() throws Exception {
            try (LeadHarness lead = LeadHarness.of(REPLAY)) {
                lead.send(deal(opened(ENTERED, "ann", "meeting")))
                        .watermark(DUE)
                        .watermark(CRITICAL);
                assertThat(lead.allAlerts()).isEmpty();
                assertThat(lead.timers()).isEqualTo(1);

                lead.send(deal(opened(ENTERED, "ann", "meeting"), moved(2, "2025-03-11T08:00:00Z", "offer")))
                        .watermark(Long.MAX_VALUE);

                assertThat(lead.alerts()).singleElement().satisfies(alert -> assertThat(alert.stage())
                        .isEqualTo("offer"));
                assertThat(lead.timers()).isZero();
            }
        }

        @Test
        void nothingIsToldThatLiesBeyondTheEnd() throws Exception {
            EngineSettings untilDue = TestSettings.replay(BEFORE_DUE);
            try (LeadHarness lead = LeadHarness.of(untilDue)) {
                lead.send(deal(opened(ENTERED, "ann", "meeting"))).watermark(Long.MAX_VALUE);
                assertThat(lead.alerts()).isEmpty();
            }
            EngineSettings atDue = TestSettings.replay(DUE);
            try (LeadHarness lead = LeadHarness.of(atDue)) {
                lead.send(deal(opened(ENTERED, "ann", "meeting"))).watermark(Long.MAX_VALUE);
                assertThat(lead.newestAlertLife()).containsExactly("raised@2025-03-12T10:00:00Z");
                assertThat(lead.profiles()).hasSize(1);
            }
        }

        @Test
        void aLeadThatLostEverythingIsNotSpokenOf() throws Exception {
            try (LeadHarness lead = LeadHarness.of(REPLAY)) {
                lead.send(
                        deal(opened(ENTERED, "ann", "meeting")),
                        plus(created(1, "2025-03-01T09:00:00Z")),
                        LeadInput.minus(LeadInputs.LEAD, "d1"),
                        minus(created(1, "2025-03-01T09:00:00Z")));

                lead.watermark(Long.MAX_VALUE);

                assertThat(lead.finalResults()).isEmpty();
                assertThat(lead.sums()).isEmpty();
            }
        }

        @Test
        void theLedgerHasOnlyEntriesThatCount() throws Exception {
            Fact.Builder later =
                    fact(1, "2025-03-04T12:00:00Z", EventKind.FORM_SUBMITTED).asset("contact");
            Fact.Builder earlier =
                    fact(2, "2025-03-04T11:00:00Z", EventKind.FORM_SUBMITTED).asset("contact");
            Map<String, String> inOrder;
            try (LeadHarness lead = LeadHarness.of(REPLAY)) {
                inOrder = lead.send(plus(earlier), plus(later))
                        .watermark(Long.MAX_VALUE)
                        .finalResults();
                assertThat(lead.ledger()).hasSize(1);
            }
            try (LeadHarness lead = LeadHarness.of(REPLAY)) {
                assertThat(lead.send(plus(later), plus(earlier))
                                .watermark(Long.MAX_VALUE)
                                .finalResults())
                        .isEqualTo(inOrder);
            }
        }

        @Test
        void givesTheSameWhateverTheOrderDuplicatesVersionsAndBackend() throws Exception {
            List<LeadInput> history = new ArrayList<>(List.of(
                    plus(created(1, "2025-03-01T09:00:00Z").owner("ann")),
                    plus(call(2, "2025-03-02T09:00:00Z").connected(true).seconds(60)),
                    plus(fact(3, "2025-03-02T10:00:00Z", EventKind.DEMO_REQUESTED)
                            .product("crm")),
                    plus(fact(3, "2025-03-02T11:00:00Z", EventKind.DEMO_REQUESTED)
                            .product("crm")
                            .version(2)
                            .contentHash(33)),
                    plus(fact(4, "2025-03-02T12:00:00Z", EventKind.FORM_SUBMITTED)
                            .asset("contact")),
                    plus(fact(5, "2025-03-02T13:00:00Z", EventKind.FORM_SUBMITTED)
                            .asset("contact")),
                    plus(fact(6, "2025-03-05T13:00:00Z", EventKind.LEAD_ASSIGNED)
                            .owner("bob")),
                    plus(fact(7, "2025-03-06T13:00:00Z", EventKind.LEAD_STATUS_CHANGED)
                            .status("qualified")),
                    plus(fact(7, "2025-03-06T13:00:00Z", EventKind.LEAD_STATUS_CHANGED)
                            .status("working")
                            .contentHash(-7)),
                    deal(
                            opened("2025-03-07T10:00:00Z", "bob", "meeting"),
                            moved(2, "2025-03-25T10:00:00Z", "offer"),
                            won(3, "2025-04-20T10:00:00Z", 125_000))));
            String asSent = history.toString();
            Map<String, String> expected = null;
            Map<String, Long> expectedSums = null;
            for (int run = 0; run < 12; run++) {
                Random random = new Random(run);
                if (run == 1) {
                    assertThat(history.toString())
                            .as("object reuse changed an input")
                            .isEqualTo(asSent);
                }
                if (run > 0) {
                    history.add(history.get(random.nextInt(10)));
                    Collections.shuffle(history, random);
                }
                try (LeadHarness lead = run % 4 == 3 ? LeadHarness.onRocksDb(REPLAY, null) : LeadHarness.of(REPLAY)) {
                    lead.send(history.toArray(LeadInput[]::new)).watermark(Long.MAX_VALUE);
                    if (expected == null) {
                        expected = lead.finalResults();
                        expectedSums = lead.sums();
                        assertThat(expected.keySet()).anyMatch(key -> key.startsWith(Topics.ALERTS));
                    }
                    assertThat(lead.finalResults()).as("run %d", run).isEqualTo(expected);
                    assertThat(lead.sums()).as("run %d", run).isEqualTo(expectedSums);
                    assertThat(lead.accountedFor()).isEqualTo(facts(history));
                }
            }
        }

        private long facts(List<LeadInput> history) {
            return history.stream().filter(input -> input.fact() != null).count();
        }

        @Test
        void stateGoesOnFromASnapshotOnRocksDb() throws Exception {
            LeadInput[] first = {
                plus(created(1, "2025-03-01T09:00:00Z").owner("ann")), deal(opened(ENTERED, "ann", "meeting"))
            };
            LeadInput[] second = {
                plus(call(2, "2025-03-20T09:00:00Z")),
                deal(opened(ENTERED, "ann", "meeting"), won(3, "2025-03-21T10:00:00Z", 99))
            };
            Map<String, String> unbroken;
            Map<String, Long> sums;
            try (LeadHarness lead = LeadHarness.onRocksDb(REPLAY, null)) {
                unbroken = lead.send(first)
                        .watermark("2025-03-14T00:00:00Z")
                        .send(second)
                        .watermark(Long.MAX_VALUE)
                        .finalResults();
                sums = lead.sums();
            }
            OperatorSubtaskState snapshot;
            Map<String, String> broken = new TreeMap<>();
            Map<String, Long> brokenSums = new TreeMap<>();
            try (LeadHarness lead = LeadHarness.onRocksDb(REPLAY, null)) {
                lead.send(first).watermark("2025-03-14T00:00:00Z");
                snapshot = lead.snapshot();
                broken.putAll(lead.finalResults());
                brokenSums.putAll(lead.sums());
            }
            try (LeadHarness lead = LeadHarness.onRocksDb(REPLAY, snapshot)) {
                lead.send(second).watermark(Long.MAX_VALUE);
                broken.putAll(lead.finalResults());
                lead.sums().forEach((key, sum) -> brokenSums.merge(key, sum, Math::addExact));
            }
            brokenSums.values().removeIf(sum -> sum == 0);
            assertThat(broken).isEqualTo(unbroken);
            assertThat(brokenSums).isEqualTo(sums);
            assertThat(unbroken.keySet()).anyMatch(key -> key.startsWith(Topics.ALERTS));
        }
    }

    @Nested
    class Live {

        @Test
        void whileASourceIsSilentNothingIsRaisedAlsoAfterARestartAndThenWhatWasDue() throws Exception {
            OperatorSubtaskState snapshot;
            try (LeadHarness lead = LeadHarness.onRocksDb(LIVE, null)) {
                lead.watermark(ENTERED).send(deal(opened(ENTERED, "ann", "meeting")));
                lead.control(Control.silence(Topics.ACTIVITIES, TestSettings.millis(BEFORE_DUE)));
                lead.watermark(DUE).watermark("2025-03-12T10:10:00Z");
                assertThat(lead.alerts()).isEmpty();
                snapshot = lead.snapshot();
            }
            try (LeadHarness lead = LeadHarness.onRocksDb(LIVE, snapshot)) {
                lead.watermark("2025-03-12T10:20:00Z");
                lead.send(plus(fact(9, "2025-03-12T10:19:00Z", EventKind.PAGE_VIEWED)));
                assertThat(lead.alerts()).isEmpty();
                assertThat(lead.profiles()).as("values are not held").isNotEmpty();

                lead.control(Control.silence(Topics.ACTIVITIES, Control.NOT_SILENT));
                lead.watermark("2025-03-12T10:22:00Z");

                assertThat(lead.newestAlertLife()).containsExactly("raised@2025-03-12T10:00:00Z");
            }
        }

        @Test
        void nothingIsRaisedBeyondWhatTheSourcesWereHeardOfAndThatIsLookedAtAgainSoon() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.control(Control.silence(Control.ALL_SOURCES, TestSettings.millis(BEFORE_DUE)));
                lead.watermark(ENTERED).send(deal(opened(ENTERED, "ann", "meeting")));
                lead.watermark(DUE).watermark("2025-03-12T10:00:05Z");
                assertThat(lead.alerts()).isEmpty();

                lead.control(Control.silence(Control.ALL_SOURCES, TestSettings.millis("2025-03-12T10:00:05Z")));
                lead.watermark("2025-03-12T10:00:11Z");

                assertThat(lead.newestAlertLife()).containsExactly("raised@2025-03-12T10:00:00Z");
            }
        }

        @Test
        void whatWasHeardAMomentAgoIsLookedAtAgainAMomentLater() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.control(Control.silence(Control.ALL_SOURCES, TestSettings.millis("2025-03-12T09:59:58Z")));
                lead.watermark(ENTERED).send(deal(opened(ENTERED, "ann", "meeting")));
                lead.watermark(DUE);
                lead.control(Control.silence(Control.ALL_SOURCES, TestSettings.millis(DUE)));
                lead.watermark("2025-03-12T10:00:01.999Z");
                assertThat(lead.alerts()).isEmpty();

                lead.watermark("2025-03-12T10:00:02Z");

                assertThat(lead.newestAlertLife()).containsExactly("raised@2025-03-12T10:00:00Z");
            }
        }

        @Test
        void whatIsHeldInThePastIsLookedAtAgainInThePresent() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.wallClock("2025-03-12T18:00:00Z");
                lead.control(Control.silence(Control.ALL_SOURCES, TestSettings.millis(BEFORE_DUE)));
                lead.watermark(ENTERED).send(deal(opened(ENTERED, "ann", "meeting")));
                lead.wallClock("2025-03-12T18:00:10Z").watermark(DUE);
                lead.control(Control.silence(Control.ALL_SOURCES, TestSettings.millis("2025-03-12T18:00:00Z")));
                lead.watermark("2025-03-12T16:00:09.999Z");
                assertThat(lead.alerts()).isEmpty();

                lead.watermark("2025-03-12T16:00:10Z");

                assertThat(lead.newestAlertLife()).containsExactly("raised@2025-03-12T10:00:00Z");
            }
        }

        @Test
        void aLeadIsPublishedAgainWhenWhatItDidIsADayAWeekAndAMonthOld() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.watermark(ENTERED)
                        .send(
                                plus(created(1, ENTERED)),
                                plus(fact(2, ENTERED, EventKind.LEAD_STATUS_CHANGED)
                                        .status("customer")),
                                plus(fact(3, ENTERED, EventKind.ASSET_DOWNLOADED)
                                        .campaign("spring")),
                                plus(fact(4, ENTERED, EventKind.LEAD_UPDATED)
                                        .attributes(
                                                Map.of("project_end", "2025-12-31", "organisation", "Example Ltd"))));
                assertThat(downloads(lead)).containsExactly(1L, 1L, 1L, 1L);
                long doneMillis = TestSettings.millis(ENTERED);
                for (int days : List.of(1, 7, 30)) {
                    long leavesMillis = doneMillis + days * 86_400_000L;
                    int published = lead.watermark(leavesMillis - 1).profiles().size();
                    assertThat(lead.watermark(leavesMillis).profiles()).hasSizeGreaterThan(published);
                    assertThat(downloads(lead)).containsExactly(0L, days < 7 ? 1L : 0L, days < 30 ? 1L : 0L, 1L);
                }
                LeadProfile newest = lead.newestProfile();
                assertThat(newest.behaviour().projectEndEpochDay())
                        .isEqualTo(LocalDate.parse("2025-12-31").toEpochDay());
                assertThat(newest.organisation()).isEqualTo("Example Ltd");
                assertThat(newest.behaviour().journey()).isNotEmpty();
                assertThat(lead.timers()).isZero();
            }
        }

        private List<Long> downloads(LeadHarness lead) throws Exception {
            LeadProfile.ActCount count = lead.newestProfile().behaviour().acts().get(0);
            assertThat(count.act()).isEqualTo("download");
            return List.of(count.last24h(), count.last7d(), count.last30d(), count.inAll());
        }

        @Test
        void whatWasRaisedBeforeASourceFellSilentIsNotTakenBack() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.watermark(ENTERED).send(deal(opened(ENTERED, "ann", "meeting")));
                lead.watermark(DUE);
                lead.control(Control.silence(Topics.ACTIVITIES, TestSettings.millis(ENTERED)));
                lead.watermark("2025-03-12T10:10:00Z");
                lead.send(plus(fact(9, "2025-03-12T10:09:00Z", EventKind.PAGE_VIEWED)));

                assertThat(lead.newestAlertLife()).containsExactly("raised@2025-03-12T10:00:00Z");
            }
        }

        @Test
        void whatComesInFromThePastIsJudgedOnceWhenItIsIn() throws Exception {
            Map<String, List<String>> inOrder;
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                for (LeadInput input : past()) {
                    lead.watermark(input.fact().timeMillis()).send(input);
                }
                inOrder = lives(lead.watermark(PRESENT).allAlerts());
                assertThat(inOrder).hasSizeGreaterThan(2);
            }
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.wallClock(PRESENT).watermark(PRESENT);
                for (LeadInput input : past()) {
                    lead.send(input).wallClock(later(lead, 1));
                }
                assertThat(lead.allAlerts()).isEmpty();
                assertThat(lead.profiles()).as("values are not held").hasSize(past().size());

                lead.wallClock(later(lead, 10));

                assertThat(lives(lead.allAlerts())).isEqualTo(inOrder);
                assertThat(lead.allAlerts()).as("each once").hasSameSizeAs(inOrder.keySet());
            }
        }

        @Test
        void whatComesInFromThePastIsJudgedAlsoAfterARestart() throws Exception {
            OperatorSubtaskState snapshot;
            try (LeadHarness lead = LeadHarness.onRocksDb(LIVE, null)) {
                lead.wallClock(PRESENT).watermark(PRESENT).send(past().toArray(LeadInput[]::new));
                assertThat(lead.allAlerts()).isEmpty();
                snapshot = lead.snapshot();
            }
            try (LeadHarness lead = LeadHarness.onRocksDb(LIVE, snapshot)) {
                lead.watermark(PRESENT).wallClock("2025-04-30T12:00:10Z");

                assertThat(lead.allAlerts()).isNotEmpty();
            }
        }

        @Test
        void whileThePastComesInWhatFallsDueWaitsToo() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.wallClock(DUE).watermark(BEFORE_DUE).send(deal(opened(ENTERED, "ann", "meeting")));
                lead.wallClock("2025-03-12T10:00:10Z");
                lead.send(plus(call(5, "2025-03-03T12:00:00Z"))).watermark(DUE);
                assertThat(lead.alerts()).isEmpty();

                lead.wallClock("2025-03-12T10:00:20Z");

                assertThat(lead.newestAlertLife()).containsExactly("raised@2025-03-12T10:00:00Z");
            }
        }

        @Test
        void whatWasToldOfALeadThatThePastLeavesEmptyIsTakenBackAlsoAfterARestart() throws Exception {
            OperatorSubtaskState snapshot;
            String raised;
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.wallClock(DUE)
                        .watermark(ENTERED)
                        .send(deal(opened(ENTERED, "ann", "meeting")))
                        .watermark(DUE);
                assertThat(lead.newestAlertLife()).containsExactly("raised@2025-03-12T10:00:00Z");
                raised = lead.alerts().get(0).alert();

                lead.send(
                        plus(call(5, "2025-03-03T12:00:00Z")),
                        minus(call(5, "2025-03-03T12:00:00Z")),
                        LeadInput.minus(LeadInputs.LEAD, "d1"));
                assertThat(lead.sums()).isEmpty();
                assertThat(lead.alerts()).as("not judged yet").hasSize(1);
                snapshot = lead.snapshot();
            }
            try (LeadHarness lead = LeadHarness.restored(LIVE, snapshot)) {
                lead.wallClock("2025-03-12T10:00:10Z");

                assertThat(lead.newestAlertLife())
                        .containsExactly("raised@2025-03-12T10:00:00Z", "withdrawn@2025-03-12T10:00:00Z");
                assertThat(lead.alerts().get(0).alert()).isEqualTo(raised);
                assertThat(lead.keyedStates()).isZero();
            }
        }

        @Test
        void aSourceThatAlwaysTellsOfThePastKeepsNothingFromBeingToldForLong() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.wallClock(PRESENT).watermark(PRESENT).send(past().toArray(LeadInput[]::new));
                for (int second = 1; second < 300; second++) {
                    lead.wallClock(later(lead, 1)).send(visit(second));
                }
                assertThat(lead.allAlerts()).isEmpty();

                for (int second = 300; second < 310; second++) {
                    lead.wallClock(later(lead, 1)).send(visit(second));
                }

                assertThat(lead.allAlerts()).anyMatch(alert -> alert.lead().equals(LeadInputs.LEAD));
            }
        }

        private static final String PRESENT = "2025-04-30T12:00:00Z";

        /** Contacted late, asked for a demo, called in time, and idle ever since. */
        private static List<LeadInput> past() {
            return List.of(
                    plus(created(1, "2025-03-03T10:00:00Z").owner("ann")),
                    plus(call(2, "2025-03-05T10:00:00Z")),
                    plus(fact(3, "2025-04-01T10:00:00Z", EventKind.DEMO_REQUESTED)),
                    plus(call(4, "2025-04-01T10:05:00Z")));
        }

        /** Of another lead each time: none has too many. */
        private static LeadInput visit(int second) {
            LeadInput visit = plus(fact(second, "2025-04-02T10:00:00Z", EventKind.PAGE_VIEWED));
            return LeadInput.plus("visitor-" + second, visit.fact(), visit.record());
        }

        private static String later(LeadHarness lead, int seconds) {
            return Instant.ofEpochMilli(lead.wallMillis() + seconds * 1_000L).toString();
        }

        /** The newest life of each alert. */
        private static Map<String, List<String>> lives(List<AlertRecord> alerts) {
            Map<String, List<String>> lives = new TreeMap<>();
            alerts.forEach(alert -> lives.put(alert.cause() + ' ' + alert.alert(), LeadHarness.life(alert)));
            return lives;
        }

        @Test
        void whatALeadContributesFollowsANewConfigurationExactlyAlsoAfterARestart() throws Exception {
            OperatorSubtaskState snapshot;
            Map<String, Long> sums = new TreeMap<>();
            try (LeadHarness lead = LeadHarness.onRocksDb(LIVE, null)) {
                lead.watermark(ENTERED).send(deal(opened(ENTERED, "ann", "meeting")));
                assertThat(lead.sums().keySet()).anyMatch(key -> key.startsWith("team:north"));
                lead.control(Control.of(new ConfigurationRecord(
                        Topics.REPS,
                        "ann",
                        0,
                        "{\"id\":\"ann\",\"team\":\"east\",\"effective_from\":\"2020-01-01T00:00:00Z\"}")));
                sums.putAll(lead.sums());
                snapshot = lead.snapshot();
            }
            try (LeadHarness lead = LeadHarness.onRocksDb(LIVE, snapshot)) {
                lead.send(plus(call(2, "2025-03-05T09:00:00Z")));
                lead.sums().forEach((key, value) -> sums.merge(key, value, Math::addExact));
                sums.values().removeIf(sum -> sum == 0);

                assertThat(sums.keySet()).noneMatch(key -> key.startsWith("team:north"));
                assertThat(sums.keySet()).anyMatch(key -> key.startsWith("team:east"));
                assertThat(lead.deltas()).isPositive();

                int deltas = lead.deltas();
                lead.watermark("2025-03-06T00:00:00Z").send(plus(call(2, "2025-03-05T09:00:00Z")));
                assertThat(lead.deltas()).as("told once").isEqualTo(deltas);
            }
        }

        @Test
        void saysTheProfileAfterEveryChangeAndNotAfterADuplicate() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.watermark(ENTERED).send(plus(created(1, "2025-03-01T09:00:00Z")));
                lead.send(plus(call(2, "2025-03-02T09:00:00Z")));
                assertThat(lead.profiles()).hasSize(2);

                lead.send(plus(call(2, "2025-03-02T09:00:00Z")));

                assertThat(lead.profiles()).hasSize(2);
                assertThat(lead.profiles().get(1).asOfMillis()).isEqualTo(TestSettings.millis(ENTERED));
            }
        }

        @Test
        void takesLedgerEntriesBackWithZeroPointsAndTheReason() throws Exception {
            Fact.Builder form =
                    fact(1, "2025-03-04T12:00:00Z", EventKind.FORM_SUBMITTED).asset("contact");
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.watermark("2025-03-05T00:00:00Z").send(plus(form), minus(form));

                assertThat(lead.ledger()).extracting(LedgerRecord::points).containsExactly(20.0, 0.0);
                assertThat(lead.ledger().get(1).withdrawn()).isEqualTo("event corrected or moved");
            }
        }

        @Test
        void anOpenLeadWakesEveryQuarterOfAnHourAndAClosedOneDoesNot() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.watermark("2025-03-04T12:00:00Z")
                        .send(plus(created(1, "2025-03-04T12:00:00Z").owner("ann")));
                lead.watermark("2025-03-04T12:14:59.999Z");
                assertThat(lead.profiles()).hasSize(1);
                lead.watermark("2025-03-04T12:15:00Z");
                assertThat(lead.newestProfile().asOfMillis()).isEqualTo(TestSettings.millis("2025-03-04T12:15:00Z"));
                lead.watermark("2025-03-04T12:30:00Z").watermark("2025-03-04T12:45:00Z");
                assertThat(lead.profiles()).hasSize(4);

                lead.send(plus(fact(2, "2025-03-04T12:45:00Z", EventKind.LEAD_REJECTED)));
                lead.watermark("2025-03-04T13:00:00Z").watermark("2025-03-04T13:15:00Z");

                assertThat(lead.profiles()).hasSize(6);
                assertThat(lead.timers()).isZero();
            }
        }

        @Test
        void aLeadDoesNotWakeForEveryQuarterOfAnHourOfHistory() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.wallClock("2025-03-04T18:00:00Z")
                        .watermark("2025-03-04T12:00:00Z")
                        .send(plus(created(1, "2025-03-04T12:00:00Z").owner("ann")));
                lead.watermark("2025-03-04T13:00:00Z").watermark("2025-03-04T15:59:59.999Z");
                assertThat(lead.profiles()).hasSize(1);

                lead.watermark("2025-03-04T16:00:00Z").watermark("2025-03-04T16:15:00Z");

                assertThat(lead.profiles()).hasSize(3);
            }
        }

        @Test
        void saysWhenTheBandFallsByDecayAlone() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.watermark("2025-03-04T12:00:00Z")
                        .send(plus(fact(1, "2025-03-04T12:00:00Z", EventKind.DEMO_REQUESTED)
                                .product("crm")));
                assertThat(lead.profiles().get(0).score().band()).isEqualTo("warm");

                // 50 points fall below 30 after 14 d * log2(50 / 30) = 10 d 7 h 37 min 13.583 s.
                lead.watermark("2025-03-14T19:37:13.582Z");
                assertThat(lead.newestProfile().score().band()).isEqualTo("warm");
                int said = lead.profiles().size();
                lead.watermark("2025-03-14T19:37:13.583Z");
                assertThat(lead.profiles()).hasSize(said + 1);
                assertThat(lead.newestProfile().score().band()).isEqualTo("cold");
            }
        }
    }

    @Nested
    class Accounting {

        @Test
        void aDuplicateAConflictAndAnOlderVersionChangeNothingAndAreCounted() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                Fact.Builder call = call(2, "2025-03-02T09:00:00Z").version(3);
                lead.send(plus(call));
                int deltas = lead.deltas();
                lead.send(
                        plus(call),
                        plus(call(2, "2025-03-02T09:00:00Z").version(3).contentHash(99)),
                        plus(call(2, "2025-03-02T09:30:00Z").version(2)));

                assertThat(lead.deltas()).isEqualTo(deltas);
                assertThat(lead.outcomes())
                        .isEqualTo(Map.of("COUNTED", 1L, "DUPLICATE", 1L, "DUPLICATE:conflict", 1L, "SUPERSEDED", 1L));
            }
        }

        @Test
        void aNewerVersionMovesWhatTheOlderAdded() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.send(
                        plus(call(2, "2025-03-02T09:00:00Z")),
                        plus(call(2, "2025-03-03T09:00:00Z").version(1).actor("bob")));

                long day = TestSettings.millis("2025-03-03T00:00:00Z") / 86_400_000;
                assertThat(lead.sums())
                        .containsEntry("rep:bob ACTIVITIES call " + day, 1L)
                        .containsEntry("team:south ACTIVITIES call " + day, 1L)
                        .containsEntry("company ACTIVITIES call " + day, 1L)
                        .doesNotContainKey("rep:ann ACTIVITIES call " + day);
                assertThat(lead.sums().keySet()).noneMatch(key -> key.startsWith("rep:ann"));
                assertThat(lead.outcomes()).isEqualTo(Map.of("COUNTED", 1L, "SUPERSEDED", 1L));
            }
        }

        @Test
        void factsBeyondTheBoundsAreDeadLettersAndTheSumStaysExact() throws Exception {
            try (LeadHarness lead = LeadHarness.of(REPLAY)) {
                for (int id = 0; id < 25; id++) {
                    lead.send(plus(call(id, "2025-03-02T09:00:00Z")));
                }
                assertThat(lead.outcomes()).isEqualTo(Map.of("COUNTED", 10L));
                assertThat(lead.deadLetters()).hasSize(15).allSatisfy(letter -> {
                    assertThat(letter.reason()).isEqualTo(Reason.TOO_MANY);
                    assertThat(letter.record().topic()).isEqualTo("crm.activities.v1");
                    assertThat(letter.message()).contains("100").contains("10");
                });
                assertThat(lead.accountedFor()).isEqualTo(25);

                lead.send(minus(call(3, "2025-03-02T09:00:00Z")), plus(call(99, "2025-03-02T10:00:00Z")));
                assertThat(lead.outcomes()).isEqualTo(Map.of("COUNTED", 10L));
                assertThat(lead.accountedFor()).isEqualTo(25);
            }
        }

        @Test
        void moreTextThanALeadMayHaveIsADeadLetterAndTheSumStaysExact() throws Exception {
            Map<String, String> attributes = Map.of("notes", "x".repeat(32_700));
            EngineSettings live = new EngineSettings("", List.of(), Long.MAX_VALUE, false);
            try (LeadHarness lead = LeadHarness.of(live)) {
                for (int id = 0; id < 257; id++) {
                    lead.send(plus(call(id, "2025-03-02T09:00:00Z").attributes(attributes)));
                }
                lead.send(plus(call(1, "2025-03-02T09:00:00Z").version(1)));
                lead.send(LeadInput.minus(
                        LeadInputs.LEAD, call(0, "2025-03-02T09:00:00Z").build()));

                assertThat(lead.deadLetters()).singleElement().satisfies(letter -> {
                    assertThat(letter.reason()).isEqualTo(Reason.TOO_MANY);
                    assertThat(letter.message()).contains("characters");
                });
                assertThat(lead.outcomes()).isEqualTo(Map.of("COUNTED", 255L, "SUPERSEDED", 1L));
                assertThat(lead.accountedFor()).isEqualTo(257);
            }
        }

        @Test
        void aRefusedFactThatMovesToAnotherLeadKeepsTheSumExact() throws Exception {
            try (LeadHarness lead = LeadHarness.of(REPLAY)) {
                for (int id = 0; id < 11; id++) {
                    lead.send(plus(call(id, "2025-03-02T09:00:00Z")));
                }
                Fact refused = call(10, "2025-03-02T09:00:00Z").build();
                lead.send(
                        LeadInput.minus(LeadInputs.LEAD, refused),
                        LeadInput.plus("lead-2", refused, LeadInputs.record(refused)));

                assertThat(lead.accountedFor()).isEqualTo(11);
                assertThat(lead.outcomes()).containsEntry("COUNTED", 11L);
            }
        }

        @Test
        void takingEverythingBackLeavesNothing() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.watermark(ENTERED)
                        .send(
                                plus(created(1, "2025-03-01T09:00:00Z").owner("ann")),
                                plus(call(2, "2025-03-02T09:00:00Z")),
                                deal(opened(ENTERED, "ann", "meeting"), won(3, "2025-03-04T10:00:00Z", 500)));
                assertThat(lead.sums()).isNotEmpty();

                lead.send(
                        LeadInput.minus(LeadInputs.LEAD, "d1"),
                        minus(call(2, "2025-03-02T09:00:00Z")),
                        minus(created(1, "2025-03-01T09:00:00Z")));

                assertThat(lead.sums()).isEmpty();
                assertThat(lead.outcomes()).isEqualTo(Map.of("COUNTED", 0L));
                assertThat(lead.keyedStates()).isZero();
            }
        }

        @Test
        void oneInputSaysEachScopeOnceAndEachPaneOnce() throws Exception {
            try (LeadHarness lead = LeadHarness.of(LIVE)) {
                lead.send(deal(opened(ENTERED, "ann", "meeting"), won(3, "2025-03-04T10:00:00Z", 500)));

                assertThat(lead.deltaRecords())
                        .extracting(RollupDelta::scope)
                        .containsExactly("company", "rep:ann", "team:north");
                for (RollupDelta delta : lead.deltaRecords()) {
                    List<String> panes =
                            delta.panes().stream().map(LeadFunctionTest::name).toList();
                    assertThat(panes).doesNotHaveDuplicates();
                }
            }
        }
    }

    private static String name(PaneDelta pane) {
        return pane.measure() + pane.dimension() + pane.pane();
    }
}
