package io.leadpulse.serving.alert;

import static io.leadpulse.serving.alert.SalesForce.MONDAY_10;
import static io.leadpulse.serving.alert.SalesForce.alert;
import static io.leadpulse.serving.alert.SalesForce.goal;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.MoneyUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageWriterTest {

    @Test
    void aLeadThatNobodyOwnsNamesTheProposedOwner() {
        assertThat(said(alert("unassigned", "l1", null, MONDAY_10), "ben"))
                .containsEntry("what", "Nobody owns this lead")
                .containsEntry("proposed_owner", "Ben Boll");
        assertThat(said(alert("unassigned", "l1", null, MONDAY_10), null)).doesNotContainKey("proposed_owner");
        assertThat(said(alert("idle", "l1", "anna", MONDAY_10), "ben")).doesNotContainKey("proposed_owner");
    }

    @Test
    void aLeadThatIsAboutToFallOffNamesTheSign() {
        assertThat(said(alert("fall_off", "l1", "anna", MONDAY_10).detail("sign", "unsubscribed"), null))
                .containsEntry("what", "About to fall off: unsubscribed");
        assertThat(said(
                        alert("fall_off", "l1", "anna", MONDAY_10)
                                .detail("sign", "loss_act")
                                .detail("act", "meeting_cancelled"),
                        null))
                .containsEntry("what", "About to fall off: did what goes with losing (meeting cancelled)");
        assertThat(said(alert("fall_off", "l1", "anna", MONDAY_10).detail("sign", "of_a_later_version"), null))
                .containsEntry("what", "About to fall off: of a later version");
    }

    @Test
    void whatWorksWorseSaysTheFiguresAndWhatToDo() {
        assertThat(said(
                        goal("works_worse", "r", "company", MONDAY_10)
                                .detail("words", "views of a form that end with its sending")
                                .detail("part_kind", "form")
                                .detail("part", "trial")
                                .detail("from", "2026-10-25")
                                .detail("until", "2026-10-31")
                                .detail("now_rate", "0.0500")
                                .detail("now_successes", "5")
                                .detail("now_cases", "100")
                                .detail("before_rate", "0.2000")
                                .detail("before_successes", "160")
                                .detail("before_cases", "800"),
                        null))
                .containsEntry("what", "Works worse than before: views of a form that end with its sending, form trial")
                .containsEntry(
                        "progress",
                        "5.0 % (5 of 100) from 25 Oct 2026 to 31 Oct 2026, 20.0 % (160 of 800) in the eight weeks before")
                .containsEntry(
                        "next_step",
                        "Find what changed since 25 Oct 2026: the form and the page that it is on; undo it, or record the"
                                + " change so that its effect is measured")
                .containsEntry("url", "http://boards.example/d/leadpulse-activity");
    }

    @Test
    void aNewTemplateThatWorksWorseSaysWhatItIsComparedWith() {
        assertThat(said(
                        goal("works_worse", "r", "company", MONDAY_10)
                                .detail("words", "mails answered within 24 hours")
                                .detail("part_kind", "template")
                                .detail("part", "offer-2")
                                .detail("from", "2026-10-25")
                                .detail("until", "2026-10-31")
                                .detail("now_rate", "0.0500")
                                .detail("now_successes", "5")
                                .detail("now_cases", "100")
                                .detail("before_rate", "0.2000")
                                .detail("before_successes", "160")
                                .detail("before_cases", "800")
                                .detail("before_of", "all"),
                        null))
                .containsEntry("what", "Works worse than before: mails answered within 24 hours, template offer-2")
                .containsEntry(
                        "progress",
                        "5.0 % (5 of 100) from 25 Oct 2026 to 31 Oct 2026, 20.0 % (160 of 800 with any template) in the"
                                + " eight weeks before")
                .containsEntry(
                        "next_step",
                        "Find what changed since 25 Oct 2026: its text and subject, and to whom it is sent; undo it, or"
                                + " record the change so that its effect is measured");
    }

    @Test
    void aPoorCampaignSaysTheFiguresAndWhatToDo() {
        assertThat(said(
                        goal("poor_campaign", "c", "campaign:video", MONDAY_10)
                                .detail("campaign", "video")
                                .detail("channel", "paid")
                                .detail("window_hours", "24")
                                .detail("leads", "1252")
                                .detail("qualified", "28")
                                .detail("rate", "0.0224")
                                .detail("rate_at_most", "0.0321")
                                .detail("usual_rate", "0.0643"),
                        null))
                .containsEntry("what", "Campaign video: its leads do not qualify")
                .containsEntry(
                        "progress",
                        "28 of 1252 leads touched from 25 Oct 2026 to 22 Nov 2026 qualified within 24 hours (2.2 %, at most"
                                + " 3.2 %); usual in paid are 6.4 %")
                .containsEntry(
                        "next_step",
                        "See on the board what sales says of its leads; narrow or pause it until they qualify")
                .containsEntry("url", "http://boards.example/d/leadpulse-campaigns");
    }

    @Test
    void whatHasNoBoardLinksToThePages() {
        assertThat(said(goal("behind_pace", "p", "company", MONDAY_10), null))
                .containsEntry("url", "http://leadpulse.example")
                .doesNotContainKey("next_step");
    }

    @Test
    void aLeadThatQualifiedSaysByWhat() {
        assertThat(said(alert("marketing_qualified", "l1", "anna", MONDAY_10), null))
                .containsEntry("what", "Qualified: its score reached the threshold");
        assertThat(said(alert("marketing_qualified", "l1", "anna", MONDAY_10).handRaised(), null))
                .containsEntry("what", "Qualified: it asked for us");
    }

    @Test
    void theMessageSaysHowLikelyItIsWonOrWhatThatNeeds() {
        assertThat(said(alert("idle", "l1", "anna", MONDAY_10), null, "34.2 %")).containsEntry("probability", "34.2 %");
        assertThat(said(alert("idle", "l1", "anna", MONDAY_10), null, "needs 1 won deal, has 0"))
                .containsEntry("probability", "needs 1 won deal, has 0");
        assertThat(said(alert("idle", "l1", "anna", MONDAY_10), null, null)).doesNotContainKey("probability");
    }

    /** As where the clock was set back in between; the Alertmanager refuses what ends before it starts. */
    @ParameterizedTest
    @EnumSource(
            value = MessageKind.class,
            names = {"LEAD", "DIGEST"})
    void nothingEndsBeforeItStarts(MessageKind kind) {
        AlertCase told = alert("idle", "l1", "anna", MONDAY_10).asCase();
        Telling telling = telling(told, kind).ended(MONDAY_10 - 1, Outcome.RESOLVED, told.alert());

        Post post = writer(null, null)
                .posts(List.of(telling), id -> told, SalesForce.at(MONDAY_10), MONDAY_10)
                .get(0);

        assertThat(post.startsMillis()).isEqualTo(MONDAY_10);
        assertThat(post.endsMillis()).isEqualTo(MONDAY_10);
    }

    private static Map<String, String> said(SalesForce.Alert alert, String proposed) {
        return said(alert, proposed, null);
    }

    private static Map<String, String> said(SalesForce.Alert alert, String proposed, String chance) {
        AlertCase told = alert.asCase();
        return writer(proposed, chance)
                .posts(List.of(telling(told, MessageKind.LEAD)), id -> told, SalesForce.at(MONDAY_10), MONDAY_10)
                .get(0)
                .annotations();
    }

    private static MessageWriter writer(String proposed, String chance) {
        return new MessageWriter(
                "http://leadpulse.example",
                "http://boards.example",
                MoneyUnit.of("EUR"),
                new LeadOutlook(lead -> proposed, lead -> chance));
    }

    private static Telling telling(AlertCase told, MessageKind kind) {
        return new Telling(
                told.alert(),
                Severity.WARNING,
                MONDAY_10,
                Audience.OWNER,
                "anna",
                1,
                "anna",
                "message",
                kind,
                MONDAY_10,
                0,
                null,
                null);
    }
}
