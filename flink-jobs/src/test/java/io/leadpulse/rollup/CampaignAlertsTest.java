package io.leadpulse.rollup;

import static io.leadpulse.rollup.RollupHarness.day;
import static io.leadpulse.rollup.RollupHarness.delta;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.measure.Measure;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.result.AlertRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Closing a harness may throw anything.
class CampaignAlertsTest {
    private static final String CHANNEL = "channel:paid";
    private static final String TOUCHED = "2025-06-10T09:00:02Z";
    /** The end of the five seconds, and a day. */
    private static final String MATURE = "2025-06-11T09:00:05Z";

    private static final String JUST_BEFORE = "2025-06-11T09:00:04.999Z";

    @Test
    void aPoorCampaignIsToldWhenItsLeadsAreOldEnough() throws Exception {
        try (RollupHarness channel = RollupHarness.of(TestSettings.live(""))) {
            channel.watermark("2025-06-10T09:00:00Z").send(social(), leads("video", TOUCHED, 100));
            channel.watermark(JUST_BEFORE);
            assertThat(channel.alerts("poor_campaign")).isEmpty();

            channel.watermark(MATURE);

            AlertRecord poor = only(channel.alerts("poor_campaign"));
            assertThat(poor.scope()).isEqualTo("campaign:video");
            assertThat(poor.lead()).isNull();
            assertThat(poor.state()).isEqualTo("raised");
            assertThat(poor.sinceMillis()).isEqualTo(TestSettings.millis(MATURE));
            assertThat(poor.details())
                    .containsEntry("campaign", "video")
                    .containsEntry("channel", "paid")
                    .containsEntry("window_hours", "24")
                    .containsEntry("leads", "100")
                    .containsEntry("qualified", "0")
                    .containsEntry("rate", "0.0000")
                    .containsEntry("rate_at_most", "0.0370")
                    .containsEntry("usual_leads", "200")
                    .containsEntry("usual_qualified", "40")
                    .containsEntry("usual_rate", "0.2000");
        }
    }

    @Test
    void itIsResolvedWhenMoreQualifyAndOpenAgainWhenItIsPoorAgain() throws Exception {
        try (RollupHarness channel = RollupHarness.of(TestSettings.live(""))) {
            channel.watermark("2025-06-10T09:00:00Z").send(social(), leads("video", TOUCHED, 100));
            channel.watermark(MATURE).watermark("2025-06-11T12:00:00Z");
            channel.send(
                    leads("video", "2025-06-10T20:00:00Z", 100), qualified("video", "2025-06-10T20:00:00Z", "60", 40));
            channel.watermark("2025-06-11T20:00:05Z").watermark("2025-06-12T20:00:00Z");

            List<AlertRecord> told = channel.alerts("poor_campaign");
            assertThat(told).extracting(AlertRecord::state).containsExactly("raised", "resolved");
            assertThat(told.get(1).sinceMillis()).isEqualTo(TestSettings.millis(MATURE));
            assertThat(told.get(1).transitions().get(1).timeMillis())
                    .isEqualTo(TestSettings.millis("2025-06-11T20:00:05Z"));

            channel.send(leads("video", "2025-06-12T20:00:00Z", 5_000)).watermark("2025-06-14T20:00:00Z");
            List<AlertRecord> again = channel.alerts("poor_campaign");
            assertThat(again).as("the same alert, of which people were told").hasSize(3);
            assertThat(again.get(2).alert()).isEqualTo(told.get(0).alert());
        }
    }

    @Test
    void leadsThatTurnOutToHaveQualifiedTakeItBack() throws Exception {
        try (RollupHarness channel = RollupHarness.of(TestSettings.live(""))) {
            channel.watermark("2025-06-10T09:00:00Z").send(social(), leads("video", TOUCHED, 100));
            channel.watermark(MATURE);
            channel.send(qualified("video", TOUCHED, "1440", 20)).watermark("2025-06-11T09:00:10Z");

            assertThat(channel.alerts("poor_campaign"))
                    .extracting(AlertRecord::state)
                    .containsExactly("raised", "withdrawn");
        }
    }

    @Test
    void whatQualifiesLaterThanTheWindowDoesNotCountInIt() throws Exception {
        try (RollupHarness channel = RollupHarness.of(TestSettings.live(""))) {
            channel.watermark("2025-06-10T09:00:00Z")
                    .send(social(), leads("video", TOUCHED, 100), qualified("video", TOUCHED, "2880", 60));
            channel.watermark(MATURE);

            assertThat(channel.alerts("poor_campaign")).hasSize(1);
        }
    }

    @Test
    void aChannelHasItsOwnWindow() throws Exception {
        String config = "campaigns: {channel_window_hours: {paid: 48}}";
        try (RollupHarness channel = RollupHarness.of(TestSettings.live(config))) {
            channel.watermark("2025-06-10T09:00:00Z").send(social(), leads("video", TOUCHED, 100));
            channel.watermark("2025-06-12T09:00:04.999Z");
            assertThat(channel.alerts("poor_campaign")).isEmpty();
            channel.watermark("2025-06-12T09:00:05Z");
            assertThat(only(channel.alerts("poor_campaign")).details()).containsEntry("window_hours", "48");
        }
    }

    @Test
    void aReplayFindsTheSameAtItsEnd() throws Exception {
        AlertRecord live;
        try (RollupHarness channel = RollupHarness.of(TestSettings.live(""))) {
            channel.watermark("2025-06-10T09:00:00Z").send(social(), leads("video", TOUCHED, 100));
            live = only(channel.watermark(MATURE).alerts("poor_campaign"));
        }
        try (RollupHarness channel = RollupHarness.of(TestSettings.replay("2025-06-20T00:00:00Z"))) {
            channel.send(leads("video", TOUCHED, 100), social()).watermark(Long.MAX_VALUE);
            AlertRecord replayed = only(channel.alerts("poor_campaign"));
            assertThat(replayed.alert()).isEqualTo(live.alert());
            assertThat(replayed.sinceMillis()).isEqualTo(live.sinceMillis());
            assertThat(replayed.details()).isEqualTo(live.details());
        }
    }

    @Test
    void whereLeadsComeFromSaysItsSumsAndNothingElse() throws Exception {
        try (RollupHarness channel = RollupHarness.of(TestSettings.live(""))) {
            channel.watermark("2025-06-10T09:00:00Z")
                    .send(leads("video", TOUCHED, 1), delta(CHANNEL, day(Measure.TOUCHED_LEADS, "2025-06-10", 1)))
                    .published();

            assertThat(channel.sums()).containsOnlyKeys(CHANNEL + " touched_leads  2025-06-10");
            assertThat(channel.finalResults().keySet()).allMatch(key -> key.startsWith(Topics.ROLLUPS));
        }
    }

    /** A lead more costs an instant or two, not the months before it. */
    @Test
    void thePastIsJudgedOnce() throws Exception {
        try (RollupHarness channel = RollupHarness.of(TestSettings.live(""))) {
            channel.watermark("2025-06-10T09:00:00Z").send(social());
            for (int i = 0; i < 2_000; i++) {
                channel.send(leads("video", "2025-06-09T%02d:%02d:%02dZ".formatted(i / 3_600, i / 60 % 60, i % 60), 1));
            }
            channel.watermark("2025-06-10T09:00:30Z");
            long past = channel.instantsJudged();
            assertThat(past).as("a first look at all of it").isBetween(400L, 500L);

            for (int minute = 1; minute <= 50; minute++) {
                String touched = "2025-06-10T09:%02d:00Z".formatted(minute);
                channel.watermark(touched).send(leads("video", touched, 1));
                channel.watermark("2025-06-10T09:%02d:10Z".formatted(minute));
            }
            assertThat(channel.instantsJudged() - past)
                    .as("nothing has become old enough")
                    .isZero();
            channel.watermark("2025-06-11T09:30:05Z");
            assertThat(channel.instantsJudged() - past).isEqualTo(30);
        }
    }

    /** A lead that turns up late is of an instant that was judged long ago, even before the last spell began. */
    @Test
    void whatComesLateIsJudgedAsIfItHadBeenThere() throws Exception {
        RollupDelta late = leads("video", "2025-06-08T09:00:02Z", 90);
        RollupDelta lateToo = qualified("social", "2025-06-01T09:00:00Z", "60", -30);
        try (RollupHarness channel = RollupHarness.of(TestSettings.live(""));
                RollupHarness inOrder = RollupHarness.of(TestSettings.live(""))) {
            channel.watermark("2025-06-10T09:00:00Z").send(social(), leads("video", TOUCHED, 100));
            channel.watermark(MATURE).watermark("2025-06-11T12:00:00Z");
            channel.send(late).watermark("2025-06-11T12:00:05Z");
            channel.send(lateToo).watermark("2025-06-11T13:00:00Z");
            inOrder.watermark("2025-06-10T09:00:00Z").send(social(), leads("video", TOUCHED, 100), late, lateToo);
            inOrder.watermark("2025-06-11T13:00:00Z");

            List<AlertRecord> told = channel.alerts("poor_campaign");
            List<AlertRecord> expected = inOrder.alerts("poor_campaign");
            assertThat(told.get(1).sinceMillis())
                    .as("raised when its late leads were old enough")
                    .isEqualTo(TestSettings.millis("2025-06-09T09:00:05Z"));
            assertThat(last(told).state()).isEqualTo(last(expected).state());
            assertThat(last(told).transitions()).isEqualTo(last(expected).transitions());
            assertThat(last(told).details()).isEqualTo(last(expected).details());
        }
    }

    private static AlertRecord last(List<AlertRecord> alerts) {
        return alerts.get(alerts.size() - 1);
    }

    private static RollupDelta social() {
        RollupDelta leads = leads("social", "2025-06-01T09:00:00Z", 200);
        RollupDelta qualified = qualified("social", "2025-06-01T09:00:00Z", "1440", 40);
        return delta(CHANNEL, leads.panes().get(0), qualified.panes().get(0));
    }

    private static RollupDelta leads(String campaign, String touched, long count) {
        return delta(CHANNEL, new PaneDelta(Measure.COHORT_LEADS, campaign, pane(touched), count));
    }

    private static RollupDelta qualified(String campaign, String touched, String age, long count) {
        return delta(CHANNEL, new PaneDelta(Measure.COHORT_QUALIFIED, age + '/' + campaign, pane(touched), count));
    }

    private static int pane(String time) {
        return Measure.fiveSecondsPane(TestSettings.millis(time));
    }

    private static <T> T only(List<T> all) {
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
