package io.leadpulse.rollup;

import static io.leadpulse.rollup.RollupHarness.delta;
import static io.leadpulse.rollup.RollupHarness.epochDay;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.measure.Dimension;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.result.AlertRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Closing a harness may throw anything.
class WorseAlertsTest {
    private static final String WORSE = "works_worse";
    /** The mails of the 9th have had their day when the 11th begins. */
    private static final String LOOK = "2025-06-11T00:00:00Z";

    private static final String BEFORE_LOOK = "2025-06-10T23:59:59.999Z";

    @Test
    void aRateThatHasBecomeWorseIsToldAsTheDayBegins() throws Exception {
        try (RollupHarness company = live()) {
            company.watermark("2025-06-10T12:00:00Z").send(mails("", 40, 20)).watermark("2025-06-10T12:00:05Z");
            company.watermark(BEFORE_LOOK);
            assertThat(company.alerts(WORSE)).isEmpty();

            company.watermark(LOOK);

            AlertRecord worse = only(company.alerts(WORSE));
            assertThat(worse.scope()).isEqualTo("company");
            assertThat(worse.lead()).isNull();
            assertThat(worse.state()).isEqualTo("raised");
            assertThat(worse.sinceMillis()).isEqualTo(TestSettings.millis(LOOK));
            assertThat(worse.details())
                    .containsEntry("rate", "mail_replied")
                    .containsEntry("words", "mails answered within 24 hours")
                    .containsEntry("from", "2025-06-03")
                    .containsEntry("until", "2025-06-09")
                    .containsEntry("before_from", "2025-04-08")
                    .containsEntry("now_successes", "40")
                    .containsEntry("now_cases", "200")
                    .containsEntry("now_rate", "0.2000")
                    .containsEntry("before_successes", "224")
                    .containsEntry("before_cases", "560")
                    .containsEntry("before_rate", "0.4000")
                    .doesNotContainKey("part")
                    .hasEntrySatisfying(
                            "z", z -> assertThat(Double.parseDouble(z)).isLessThan(-2.6));
            company.watermark("2025-06-11T20:00:00Z");
            assertThat(company.alerts(WORSE)).as("told once").hasSize(1);
        }
    }

    @Test
    void aCampaignIsToldOfUnlessAllOfThemAreWorse() throws Exception {
        try (RollupHarness company = live()) {
            company.watermark("2025-06-10T12:00:00Z").send(mails("spring", 40, 20));
            assertThat(only(company.watermark(LOOK).alerts(WORSE)).details()).doesNotContainKey("part");
        }
        try (RollupHarness company = live()) {
            company.watermark("2025-06-10T12:00:00Z").send(mails("spring", 40, 20));
            company.send(steady("autumn", 2_000));
            assertThat(only(company.watermark(LOOK).alerts(WORSE)).details())
                    .containsEntry("part_kind", "campaign")
                    .containsEntry("part", "spring");
        }
    }

    @Test
    void aNewTemplateIsComparedWithAllMailsAndNamed() throws Exception {
        List<PaneDelta> panes = new ArrayList<>(steady("", 1_000).panes());
        String template = Dimension.of("", "offer-2");
        panes.add(mail("delivered", template, epochDay("2025-06-09"), 300));
        panes.add(mail("replied_soon", template, epochDay("2025-06-09"), 30));
        try (RollupHarness company = live()) {
            company.watermark("2025-06-10T12:00:00Z").send(delta(Scope.COMPANY, panes.toArray(PaneDelta[]::new)));
            assertThat(only(company.watermark(LOOK).alerts(WORSE)).details())
                    .as("of 10 % where all have 20 %")
                    .containsEntry("rate", "mail_template_replied")
                    .containsEntry("part_kind", "template")
                    .containsEntry("part", "offer-2")
                    .containsEntry("now_cases", "300")
                    .containsEntry("before_cases", "56000")
                    .containsEntry("before_of", "all");
        }
    }

    @Test
    void answersThatComeToLightTakeItBackAndItEndsByItself() throws Exception {
        try (RollupHarness company = live()) {
            company.watermark("2025-06-10T12:00:00Z").send(mails("", 40, 20)).watermark(LOOK);
            company.send(replied("", "2025-06-05", 40)).watermark("2025-06-11T16:00:00Z");
            assertThat(company.alerts(WORSE)).extracting(AlertRecord::state).containsExactly("raised", "withdrawn");
        }
        try (RollupHarness company = live()) {
            company.watermark("2025-06-10T12:00:00Z").send(mails("", 40, 20)).watermark(LOOK);
            company.watermark("2025-06-20T00:00:00Z");
            assertThat(company.alerts(WORSE)).extracting(AlertRecord::state).containsExactly("raised", "resolved");
        }
    }

    @Test
    void aReplayFindsTheSameInAnyOrder() throws Exception {
        AlertRecord live;
        try (RollupHarness company = live()) {
            company.watermark("2025-06-10T12:00:00Z").send(mails("spring", 40, 20));
            live = only(company.watermark(LOOK).alerts(WORSE));
        }
        List<PaneDelta> panes = new ArrayList<>(mails("spring", 40, 20).panes());
        Collections.shuffle(panes, new Random(1));
        try (RollupHarness company = RollupHarness.of(TestSettings.replay("2025-06-11T18:00:00Z"))) {
            for (PaneDelta pane : panes) {
                company.send(delta(Scope.COMPANY, pane));
            }
            AlertRecord replayed = only(company.watermark(Long.MAX_VALUE).alerts(WORSE));
            assertThat(replayed.alert()).isEqualTo(live.alert());
            assertThat(replayed.sinceMillis()).isEqualTo(live.sinceMillis());
            assertThat(replayed.details()).isEqualTo(live.details());
        }
    }

    @Test
    void aRepOrTeamIsNotJudged() throws Exception {
        try (RollupHarness rep = live()) {
            rep.watermark("2025-06-10T12:00:00Z");
            rep.send(delta("rep:ann", mails("", 40, 20).panes().toArray(PaneDelta[]::new)));
            assertThat(rep.watermark(LOOK).alerts(WORSE)).isEmpty();
        }
    }

    private static RollupHarness live() throws Exception {
        return RollupHarness.of(TestSettings.live(""));
    }

    /** Ten mails on each day of eight weeks, then 200 on the 9th of June, of which as many percent were answered. */
    private static RollupDelta mails(String campaign, int percentBefore, int percentNow) {
        List<PaneDelta> panes = new ArrayList<>();
        for (int day = epochDay("2025-04-08"); day < epochDay("2025-06-03"); day++) {
            panes.add(mail("delivered", campaign, day, 10));
            panes.add(mail("replied_soon", campaign, day, percentBefore / 10));
        }
        panes.add(mail("delivered", campaign, epochDay("2025-06-09"), 200));
        panes.add(mail("replied_soon", campaign, epochDay("2025-06-09"), percentNow * 2L));
        return delta(Scope.COMPANY, panes.toArray(PaneDelta[]::new));
    }

    private static RollupDelta steady(String campaign, int aDay) {
        List<PaneDelta> panes = new ArrayList<>();
        for (int day = epochDay("2025-04-08"); day < epochDay("2025-06-10"); day++) {
            panes.add(mail("delivered", campaign, day, aDay));
            panes.add(mail("replied_soon", campaign, day, aDay / 5));
        }
        return delta(Scope.COMPANY, panes.toArray(PaneDelta[]::new));
    }

    private static RollupDelta replied(String campaign, String day, int more) {
        return delta(
                Scope.COMPANY,
                mail("replied_soon", campaign, epochDay("2025-06-09"), more),
                mail("delivered", campaign, epochDay(day), 1));
    }

    private static PaneDelta mail(String became, String campaign, int day, long count) {
        return new PaneDelta(Measure.MAILS, Dimension.of(became, "person", campaign), day, count);
    }

    private static <T> T only(List<T> all) {
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
