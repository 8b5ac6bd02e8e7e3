package io.leadpulse.serving.alert;

import static io.leadpulse.serving.alert.SalesForce.MONDAY_10;
import static io.leadpulse.serving.alert.SalesForce.alert;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.MoneyUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

    private static Map<String, String> said(SalesForce.Alert alert, String proposed) {
        return said(alert, proposed, null);
    }

    private static Map<String, String> said(SalesForce.Alert alert, String proposed, String chance) {
        AlertCase told = alert.asCase();
        Telling telling = new Telling(
                told.alert(),
                Severity.WARNING,
                MONDAY_10,
                Audience.OWNER,
                "anna",
                "anna",
                "message",
                MessageKind.LEAD,
                MONDAY_10,
                0,
                null);
        return new MessageWriter(
                        "http://leadpulse.example",
                        MoneyUnit.of("EUR"),
                        new LeadOutlook(lead -> proposed, lead -> chance))
                .posts(List.of(telling), id -> told, SalesForce.at(MONDAY_10), MONDAY_10)
                .get(0)
                .annotations();
    }
}
