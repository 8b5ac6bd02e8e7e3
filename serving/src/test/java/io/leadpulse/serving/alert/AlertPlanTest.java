package io.leadpulse.serving.alert;

import static io.leadpulse.serving.alert.SalesForce.DAY;
import static io.leadpulse.serving.alert.SalesForce.HOUR;
import static io.leadpulse.serving.alert.SalesForce.MINUTE;
import static io.leadpulse.serving.alert.SalesForce.MONDAY_10;
import static io.leadpulse.serving.alert.SalesForce.SECOND;
import static io.leadpulse.serving.alert.SalesForce.alert;
import static io.leadpulse.serving.alert.SalesForce.goal;
import static io.leadpulse.serving.alert.SalesForce.stuck;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.config.AlertDelivery;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.Directory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlertPlanTest {

    private static final long TUESDAY_0 = Instant.parse("2026-11-24T00:00:00Z").toEpochMilli();

    @Test
    void aStuckLeadIsToldToItsOwnerOnce() {
        Office office =
                Office.open(MONDAY_10).put(stuck("l1", "anna", MONDAY_10)).after(HOUR);

        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning");
    }

    @Test
    void allCausesOfALeadAreOneMessage() {
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10), alert("idle", "l1", "anna", MONDAY_10))
                .after(HOUR);

        assertThat(office.said()).containsExactly("anna lead idle-l1 warning, stuck-l1 warning");
    }

    @Test
    void aNewCauseOfAToldLeadIsTheSameMessageAgain() {
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(alert("idle", "l1", "anna", MONDAY_10 + MINUTE))
                .after(MINUTE);

        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning", "anna lead idle-l1 warning");
        assertThat(office.messages())
                .extracting(Office.Message::messageId)
                .containsOnly(office.messages().get(0).messageId());
    }

    @Test
    void escalationIsToldAndEndsTheWarningInTheSameStepAndTellsTheTeamLead() {
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("l1", "anna", MONDAY_10).escalated(MONDAY_10 + MINUTE))
                .after(MINUTE);

        assertThat(office.said())
                .containsExactlyInAnyOrder(
                        "anna lead stuck-l1 warning",
                        "anna lead stuck-l1 critical",
                        "lena team_lead stuck-l1 critical");
        Telling warning = office.log().stream()
                .filter(telling -> telling.severity() == Severity.WARNING)
                .findFirst()
                .orElseThrow();
        Telling critical = office.log().stream()
                .filter(telling -> telling.severity() == Severity.CRITICAL
                        && telling.recipient().equals("anna"))
                .findFirst()
                .orElseThrow();
        assertThat(warning.outcome()).isEqualTo(Outcome.ESCALATED);
        assertThat(warning.endedMillis()).isEqualTo(critical.sentMillis());
    }

    @Test
    void aLeadThatQualifiesIsToldToItsOwnerOnceAndToNobodyElse() {
        Office office = Office.open(MONDAY_10)
                .put(alert("marketing_qualified", "l1", "anna", MONDAY_10))
                .after(MINUTE)
                // A correction moves the moment and takes it back for a while.
                .put(alert("marketing_qualified", "l1", "anna", MONDAY_10 - HOUR))
                .after(MINUTE)
                .put(alert("marketing_qualified", "l1", "anna", MONDAY_10 - HOUR)
                        .withdrawn(MONDAY_10 + MINUTE))
                .after(MINUTE)
                .put(alert("marketing_qualified", "l1", "anna", MONDAY_10 - HOUR))
                .until(MONDAY_10 + 3 * DAY, MINUTE);

        assertThat(office.said())
                .containsExactly(
                        "anna lead marketing_qualified-l1 warning", "anna lead marketing_qualified-l1 withdrawn");
    }

    @Test
    void aLeadThatQualifiedBeforeTheFirstStartIsHistoryHoweverLateItIsSaid() {
        Office office = Office.first(
                        MONDAY_10,
                        alert("marketing_qualified", "old", "anna", MONDAY_10 - HOUR),
                        alert("marketing_qualified", "again", "anna", MONDAY_10 - HOUR))
                .after(MINUTE)
                .put(alert("marketing_qualified", "again", "anna", MONDAY_10 - HOUR)
                        .amount(100)
                        .turnedOut(MONDAY_10 + MINUTE))
                .put(alert("marketing_qualified", "new", "anna", MONDAY_10 + 30 * SECOND))
                .until(MONDAY_10 + DAY, MINUTE);

        assertThat(office.said()).containsExactly("anna lead marketing_qualified-new warning");
    }

    @Test
    void aLeadThatQualifiedAWeekAgoIsNoNewsThoughNobodyWasTold() {
        long week = AlertPlan.QUALIFYING_IS_NEWS.toMillis();
        Office office = Office.open(MONDAY_10)
                .put(
                        alert("marketing_qualified", "old", "anna", MONDAY_10 - week - SECOND),
                        alert("marketing_qualified", "recent", "anna", MONDAY_10 - week + HOUR))
                .after(MINUTE);

        assertThat(office.said()).containsExactly("anna lead marketing_qualified-recent warning");
    }

    @Test
    void whatQualifiedAndIsLateByTheSameMomentIsOneMessage() {
        Office office = Office.open(MONDAY_10)
                .put(
                        alert("marketing_qualified", "l1", "anna", MONDAY_10).handRaised(),
                        alert("first_contact", "l1", "anna", MONDAY_10).handRaised())
                .after(MINUTE);

        assertThat(office.said()).containsExactly("anna lead first_contact-l1 warning, marketing_qualified-l1 warning");
    }

    @Test
    void whatIsResolvedIsToldIfItWasRaised() {
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("l1", "anna", MONDAY_10).resolved(MONDAY_10 + MINUTE))
                .put(stuck("l2", "anna", MONDAY_10).resolved(MONDAY_10 + MINUTE))
                .after(HOUR);

        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning", "anna lead stuck-l1 resolved");
    }

    @Test
    void whatIsWithdrawnIsTakenBackAndNotToldAgainWhenItReturns() {
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("l1", "anna", MONDAY_10).withdrawn(MONDAY_10 + MINUTE))
                .after(MINUTE)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(HOUR);

        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning", "anna lead stuck-l1 withdrawn");
    }

    /** Lead l1 is merged into root: the same cause now stands there. */
    @Test
    void whatWasToldOfALeadIsNotToldAgainOfTheLeadThatItIsMergedInto() {
        SalesForce.Alert merged = stuck("root", "anna", MONDAY_10).detail("replaces", "stuck-l0 stuck-l1");
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("l1", "anna", MONDAY_10).withdrawn(MONDAY_10 + MINUTE), merged)
                .after(HOUR);
        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning");

        office.put(stuck("root", "anna", MONDAY_10).resolved(MONDAY_10 + HOUR)).after(HOUR);
        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning", "anna lead stuck-l1 resolved");
    }

    /** The engine judges the root some time after the member, when a burst of the past is over. */
    @Test
    void whatWasTakenBackBeforeTheRootsAlertCameIsToldOfTheRootOnce() {
        SalesForce.Alert merged = stuck("root", "anna", MONDAY_10).detail("replaces", "stuck-l1");
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("l1", "anna", MONDAY_10).withdrawn(MONDAY_10 + MINUTE))
                .after(MINUTE)
                .put(merged)
                .after(HOUR);
        assertThat(office.said())
                .containsExactly(
                        "anna lead stuck-l1 warning", "anna lead stuck-l1 withdrawn", "anna lead stuck-root warning");

        Office restarted = office.restarted(stuck("l1", "anna", MONDAY_10).withdrawn(MONDAY_10 + MINUTE), merged)
                .after(HOUR);
        assertThat(restarted.said()).isEmpty();
    }

    @Test
    void whatTheRootsAlertTookOverIsNotToldAgainWhenThatIsTakenBackAndReturns() {
        SalesForce.Alert gone = stuck("l1", "anna", MONDAY_10).withdrawn(MONDAY_10 + MINUTE);
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(gone, stuck("root", "anna", MONDAY_10).detail("replaces", "stuck-l1"))
                .after(MINUTE)
                .put(stuck("root", "anna", MONDAY_10).withdrawn(MONDAY_10 + 2 * MINUTE))
                .after(MINUTE);
        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning", "anna lead stuck-l1 withdrawn");

        SalesForce.Alert back = stuck("root", "anna", MONDAY_10).detail("replaces", "stuck-l1");
        assertThat(office.put(back).after(HOUR).said()).hasSize(2);
        assertThat(office.restarted(gone, back).after(HOUR).said()).isEmpty();
    }

    /** Lead l1 is merged into root, and root into top, whose alert is said before root's ends. */
    @Test
    void whatStandsForTheLastOfAChainOfMergesIsNotToldAsTakenBack() {
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(
                        stuck("l1", "anna", MONDAY_10).withdrawn(MONDAY_10 + MINUTE),
                        stuck("root", "anna", MONDAY_10).detail("replaces", "stuck-l1"))
                .after(MINUTE)
                .put(stuck("top", "anna", MONDAY_10).detail("replaces", "stuck-l1 stuck-root"))
                .after(MINUTE)
                .put(stuck("root", "anna", MONDAY_10)
                        .detail("replaces", "stuck-l1")
                        .withdrawn(MONDAY_10 + 2 * MINUTE))
                .after(HOUR);

        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning");
    }

    /** Lead l1 is merged into root, and that into top, whose alert is said after root's ended: she has heard that it is over. */
    @Test
    void whatWasTakenBackInTheMidstOfAChainOfMergesIsToldOfTheLastOnce() {
        SalesForce.Alert gone = stuck("l1", "anna", MONDAY_10).merged(MONDAY_10 + MINUTE);
        SalesForce.Alert root = stuck("root", "anna", MONDAY_10).detail("replaces", "stuck-l1");
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(gone, root)
                .after(MINUTE)
                .put(root.merged(MONDAY_10 + 2 * MINUTE))
                .after(MINUTE);
        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning", "anna lead stuck-l1 withdrawn");

        SalesForce.Alert top = stuck("top", "anna", MONDAY_10).detail("replaces", "stuck-l1 stuck-root");
        assertThat(office.put(top).after(HOUR).said()).hasSize(3).contains("anna lead stuck-top warning");
        assertThat(office.restarted(top, root, gone).after(HOUR).said()).isEmpty();
    }

    @Test
    void whatAMergeTookBackIsToldAgainWhenTheLeadIsTakenOutAndStillStands() {
        SalesForce.Alert gone = stuck("l1", "anna", MONDAY_10).merged(MONDAY_10 + MINUTE);
        SalesForce.Alert root = stuck("root", "anna", MONDAY_10).detail("replaces", "stuck-l1");
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(gone)
                .after(MINUTE)
                .put(root)
                .after(MINUTE)
                .put(root.merged(MONDAY_10 + 3 * MINUTE), stuck("l1", "anna", MONDAY_10))
                .after(HOUR);

        assertThat(office.said())
                .containsExactlyInAnyOrder(
                        "anna lead stuck-l1 warning",
                        "anna lead stuck-l1 withdrawn",
                        "anna lead stuck-root warning",
                        "anna lead stuck-root withdrawn",
                        "anna lead stuck-l1 warning");
        assertThat(office.restarted(stuck("l1", "anna", MONDAY_10), root)
                        .after(HOUR)
                        .said())
                .isEmpty();
    }

    /** What the merged lead's alert brought to an end is none of the lead's own once it is taken out. */
    @Test
    void whatWasResolvedOfTheMergedLeadIsToldAgainOfTheOneThatIsTakenOut() {
        SalesForce.Alert root = stuck("root", "anna", MONDAY_10).detail("replaces", "stuck-l1");
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("l1", "anna", MONDAY_10).merged(MONDAY_10 + MINUTE), root)
                .after(MINUTE)
                .put(stuck("root", "anna", MONDAY_10).resolved(MONDAY_10 + 2 * MINUTE))
                .after(MINUTE)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(HOUR);

        assertThat(office.said())
                .containsExactly(
                        "anna lead stuck-l1 warning", "anna lead stuck-l1 resolved", "anna lead stuck-l1 warning");
    }

    /** Nobody was told of the root by itself; after a restart nobody would know that it was ever merged. */
    @Test
    void aRootThatStandsOnItsOwnAgainIsToldByItself() {
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(
                        stuck("l1", "anna", MONDAY_10).merged(MONDAY_10 + MINUTE),
                        stuck("root", "anna", MONDAY_10).detail("replaces", "stuck-l1"))
                .after(MINUTE)
                .put(stuck("l1", "anna", MONDAY_10), stuck("root", "anna", MONDAY_10))
                .after(HOUR);

        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning", "anna lead stuck-root warning");
    }

    /** Lead l1 was merged into the wrong lead; a newer version of the record says into which. */
    @Test
    void whatIsResolvedOfTheLeadOfACorrectedMergeIsToldThoughTheWrongOneIsStillSaidToStand() {
        SalesForce.Alert wrong = stuck("wrong", "anna", MONDAY_10).detail("replaces", "stuck-l1");
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("l1", "anna", MONDAY_10).merged(MONDAY_10 + MINUTE), wrong)
                .after(MINUTE)
                .put(stuck("right", "anna", MONDAY_10).detail("replaces", "stuck-l1"), wrong.amount(100))
                .after(MINUTE)
                .put(stuck("wrong", "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("right", "anna", MONDAY_10).resolved(MONDAY_10 + HOUR))
                .after(HOUR);

        assertThat(office.said())
                .containsExactly(
                        "anna lead stuck-l1 warning", "anna lead stuck-wrong warning", "anna lead stuck-l1 resolved");
    }

    /** What nothing stands of any more, the Alertmanager tells as over. */
    @Test
    void whatGetsWorseEndsNoMessageButItsOwn() {
        Office merged = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(
                        stuck("l1", "anna", MONDAY_10).merged(MONDAY_10 + MINUTE),
                        stuck("root", "anna", MONDAY_10)
                                .detail("replaces", "stuck-l1")
                                .escalated(MONDAY_10 + MINUTE))
                .after(MINUTE);
        assertThat(merged.messages())
                .filteredOn(message -> message.recipient().equals("anna"))
                .hasSize(2)
                .extracting(Office.Message::messageId)
                .containsOnly(merged.messages().get(0).messageId());

        Office handedOver = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("l1", "carl", MONDAY_10).escalated(MONDAY_10 + MINUTE))
                .after(MINUTE);
        assertThat(handedOver.log())
                .filteredOn(telling -> telling.recipient().equals("anna"))
                .allMatch(Telling::active);
        assertThat(handedOver
                        .put(stuck("l1", "carl", MONDAY_10)
                                .escalated(MONDAY_10 + MINUTE)
                                .resolved(MONDAY_10 + HOUR))
                        .after(HOUR)
                        .said())
                .contains("anna lead stuck-l1 resolved", "carl lead stuck-l1 resolved");
    }

    /** That a part of a digest is over is not told: who read it still takes the cause for standing. */
    @Test
    void whatADigestToldIsNotToldOfTheRootThoughTheMembersAlertWasTakenBackBefore() {
        SalesForce.Alert[] storm = IntStream.range(0, 10)
                .mapToObj(each -> stuck("l" + each, "anna", MONDAY_10))
                .toArray(SalesForce.Alert[]::new);
        Office office = Office.open(MONDAY_10)
                .put(storm)
                .after(MINUTE)
                .put(stuck("l1", "anna", MONDAY_10).withdrawn(MONDAY_10 + MINUTE))
                .after(MINUTE)
                .put(stuck("root", "anna", MONDAY_10).detail("replaces", "stuck-l1"))
                .after(HOUR);

        assertThat(office.said()).containsExactly("anna digest of 10");
    }

    @Test
    void whatNobodyWasToldOfBeforeTheMergeIsToldOfTheRootAndSoIsItsEscalation() {
        SalesForce.Alert merged = stuck("root", "anna", MONDAY_10).detail("replaces", "stuck-l1");
        Office office = Office.open(MONDAY_10).put(merged).after(MINUTE);
        assertThat(office.said()).containsExactly("anna lead stuck-root warning");

        Office told = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(
                        stuck("l1", "anna", MONDAY_10).withdrawn(MONDAY_10 + MINUTE),
                        stuck("root", "anna", MONDAY_10)
                                .detail("replaces", "stuck-l1")
                                .escalated(MONDAY_10 + MINUTE))
                .after(HOUR);
        assertThat(told.said()).contains("anna lead stuck-l1 warning", "anna lead stuck-root critical");
    }

    @Test
    void handledEndsItAndTheTeamLeadIsNotTold() {
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("l1", "anna", MONDAY_10).handled(MONDAY_10 + MINUTE))
                .until(MONDAY_10 + 4 * DAY, MINUTE);

        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning", "anna lead stuck-l1 handled");
    }

    @Test
    void whatNobodyHandledForABusinessDayIsToldToTheTeamLeadToo() {
        Office office =
                Office.open(MONDAY_10).put(stuck("l1", "anna", MONDAY_10)).until(MONDAY_10 + 23 * HOUR, MINUTE);
        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning");

        office.until(MONDAY_10 + 25 * HOUR, MINUTE);

        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning", "lena team_lead stuck-l1 warning");
        assertThat(office.messages().get(1).atMillis()).isBetween(MONDAY_10 + DAY, MONDAY_10 + DAY + 2 * MINUTE);
    }

    @Test
    void itWaitsForTheOwnersWorkingHours() {
        long evening = MONDAY_10 + 9 * HOUR;
        Office office =
                Office.open(evening).put(stuck("l1", "anna", evening)).until(TUESDAY_0 + 9 * HOUR - MINUTE, MINUTE);
        assertThat(office.said()).isEmpty();
        assertThat(office.lastStep().waiting()).isEqualTo(1);

        office.until(TUESDAY_0 + 9 * HOUR + MINUTE, SECOND);

        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning");
    }

    @Test
    void whatIsOverAtNightIsToldInTheMorning() {
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .until(MONDAY_10 + 9 * HOUR, MINUTE)
                .put(stuck("l1", "anna", MONDAY_10).resolved(MONDAY_10 + 9 * HOUR))
                .until(TUESDAY_0 + 8 * HOUR, MINUTE);
        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning");

        office.until(TUESDAY_0 + 9 * HOUR, MINUTE);

        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning", "anna lead stuck-l1 resolved");
    }

    @Test
    void aHandRaisedLeadGoesToWhoeverIsOnDuty() {
        Office office = Office.open(MONDAY_10)
                .put(
                        alert("first_contact", "l1", "dora", MONDAY_10).handRaised(),
                        alert("first_contact", "l2", "eva", MONDAY_10).handRaised(),
                        alert("first_contact", "l3", "anna", MONDAY_10).handRaised())
                .after(MINUTE);

        assertThat(office.said())
                .containsExactlyInAnyOrder(
                        "ben lead first_contact-l1 warning",
                        "lena lead first_contact-l2 warning",
                        "anna lead first_contact-l3 warning");
    }

    @Test
    void whileTheOwnerIsAwayTheDeputyIsTold() {
        Office office =
                Office.open(MONDAY_10).put(stuck("l1", "dora", MONDAY_10)).after(HOUR);

        assertThat(office.said()).containsExactly("ben lead stuck-l1 warning");
    }

    @Test
    void forAnOwnerWhoLeftWithoutDeputyTheTeamLeadIsTold() {
        Office office =
                Office.open(MONDAY_10).put(stuck("l1", "eva", MONDAY_10)).after(HOUR);

        assertThat(office.said()).containsExactly("lena lead stuck-l1 warning");
    }

    @Test
    void aTeamLeadToldInSomebodysPlaceIsNotToldTwice() {
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "eva", MONDAY_10).escalated(MONDAY_10))
                .after(HOUR);

        assertThat(office.messages()).extracting(Office.Message::recipient).containsExactly("lena");
    }

    @Test
    void aLeadThatNobodyOwnsIsToldToTheLeadsOfThoseWhoSellIt() {
        Office office = Office.open(MONDAY_10)
                .put(
                        alert("unassigned", "l1", null, MONDAY_10),
                        alert("unassigned", "l2", null, MONDAY_10).detail("product", "valve"))
                .after(MINUTE);

        assertThat(office.said())
                .containsExactlyInAnyOrder(
                        "lena team_lead unassigned-l1 warning",
                        "leo team_lead unassigned-l1 warning",
                        "lena team_lead unassigned-l2 warning");
    }

    @Test
    void aSnoozedAlertIsSilentUntilThenAndToldOnceMore() {
        long until = MONDAY_10 + 3 * HOUR;
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("l1", "anna", MONDAY_10)
                        .snoozed(MONDAY_10 + MINUTE, until)
                        .escalated(MONDAY_10 + HOUR));
        office.until(until - SECOND, SECOND);
        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning");

        office.until(until + 2 * HOUR, MINUTE);

        assertThat(office.said())
                .containsExactlyInAnyOrder(
                        "anna lead stuck-l1 warning",
                        "anna lead stuck-l1 critical",
                        "lena team_lead stuck-l1 critical");
    }

    @Test
    void fiveAtOnceAreFiveMessagesAndSixAreADigest() {
        Office five =
                Office.open(MONDAY_10).put(stuckLeads(5, "anna", MONDAY_10)).after(HOUR);
        Office six =
                Office.open(MONDAY_10).put(stuckLeads(6, "anna", MONDAY_10)).after(HOUR);

        assertThat(five.messages()).hasSize(5).extracting(Office.Message::kind).containsOnly(MessageKind.LEAD);
        assertThat(six.said()).containsExactly("anna digest of 6");
    }

    @Test
    void aStormThatTricklesInIsADigestToo() {
        Office office = Office.open(MONDAY_10);
        for (int lead = 0; lead < 40; lead++) {
            office.put(stuck("l" + lead, "anna", office.now())).after(2 * SECOND);
        }
        office.after(HOUR);

        assertThat(office.messages()).extracting(Office.Message::kind).containsOnly(MessageKind.DIGEST);
        assertThat(toldAlerts(office)).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void afterFiveMessagesTheNextWaitsForTenMinutes() {
        Office office = Office.open(MONDAY_10)
                .put(stuckLeads(5, "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("late", "anna", MONDAY_10 + MINUTE))
                .after(8 * MINUTE);
        assertThat(office.messages()).hasSize(5);

        office.after(2 * MINUTE);

        assertThat(office.said()).hasSize(6).last().isEqualTo("anna lead stuck-late warning");
    }

    @Test
    void aHandRaisedLeadDoesNotWaitBehindAStorm() {
        Office office = Office.open(MONDAY_10)
                .put(stuckLeads(30, "anna", MONDAY_10))
                .put(alert("first_contact", "hot", "anna", MONDAY_10).handRaised())
                .after(MINUTE);

        assertThat(office.said()).containsExactlyInAnyOrder("anna digest of 30", "anna lead first_contact-hot warning");
    }

    @Test
    void aFirstStartIsSilentOnHistoryAndDigestsWhatIsOld() {
        Office office = Office.first(
                MONDAY_10,
                stuck("old1", "anna", MONDAY_10 - 9 * DAY),
                stuck("old2", "anna", MONDAY_10 - 2 * DAY),
                stuck("over", "anna", MONDAY_10 - 9 * DAY).resolved(MONDAY_10 - DAY),
                stuck("young", "anna", MONDAY_10 - 23 * HOUR));
        office.after(HOUR).until(MONDAY_10 + DAY, MINUTE);

        assertThat(office.said()).containsExactly("anna lead stuck-young warning", "anna digest of 2");
        assertThat(office.messages().get(1).atMillis())
                .as("at work again the next morning")
                .isEqualTo(MONDAY_10 + 23 * HOUR);
    }

    @Test
    void beforeWorkTheOldOnesComeWhenItBegins() {
        Office office = Office.first(MONDAY_10 - 3 * HOUR, stuckLeads(2, "anna", MONDAY_10 - 9 * DAY))
                .until(MONDAY_10, MINUTE);

        assertThat(office.said()).containsExactly("anna digest of 2");
        assertThat(office.messages().get(0).atMillis()).isEqualTo(MONDAY_10 - HOUR);
    }

    @Test
    void theOldOnesWaitOverRestartsAndAreNotLost() {
        SalesForce.Alert[] old = stuckLeads(7, "anna", MONDAY_10 - 9 * DAY);
        Office office = Office.first(MONDAY_10, old).after(HOUR).restarted(old);
        office.until(MONDAY_10 + 22 * HOUR, MINUTE);
        assertThat(office.said()).isEmpty();

        Office next = office.restarted(old).until(MONDAY_10 + 24 * HOUR, MINUTE);

        assertThat(next.said()).containsExactly("anna digest of 7");
    }

    @Test
    void whatTurnsCriticalAfterAFirstStartComesInOneDigestWithTheOldOnes() {
        Office office = Office.first(MONDAY_10, stuckLeads(10, "anna", MONDAY_10 - 9 * DAY))
                .put(stuck("big", "anna", MONDAY_10 - 9 * DAY).amount(1_840_000))
                .after(3 * HOUR);
        assertThat(office.said()).isEmpty();

        office.put(stuck("big", "anna", MONDAY_10 - 9 * DAY).amount(1_840_000).escalated(office.now()))
                .until(MONDAY_10 + 2 * DAY, MINUTE);

        // When nobody has acted the next day, the team lead hears of the others, too.
        assertThat(office.said().subList(0, 2))
                .containsExactlyInAnyOrder("anna digest of 11", "lena team_lead stuck-big critical");
        assertThat(office.said())
                .filteredOn(message -> message.startsWith("anna"))
                .hasSize(1);
    }

    @Test
    void anImportOfOldOnesIsADigest() {
        Office office = Office.open(MONDAY_10);
        SalesForce.Alert[] imported = stuckLeads(3, "anna", MONDAY_10 - 40 * DAY);
        office.put(imported[0]).after(MINUTE).put(imported[1], imported[2]).after(HOUR);

        assertThat(office.said()).containsExactly("anna digest of 3");
        assertThat(office.messages().get(0).atMillis()).isEqualTo(MONDAY_10 + 5 * MINUTE);
    }

    @Test
    void tenThousandAtOnceAreOneDigestARepAndTwentyMessagesAMinute() {
        Office office = Office.open(MONDAY_10);
        String[] reps = {"anna", "ben", "carl"};
        for (int lead = 0; lead < 10_000; lead++) {
            office.put(stuck("l" + lead, reps[lead % reps.length], MONDAY_10).amount(lead));
        }
        office.after(MINUTE).until(MONDAY_10 + 2 * HOUR, MINUTE);

        assertThat(office.messages())
                .hasSize(3)
                .extracting(Office.Message::kind)
                .containsOnly(MessageKind.DIGEST);
        assertThat(toldAlerts(office)).hasSize(10_000).doesNotHaveDuplicates();
    }

    @Test
    void atMostTwentyMessagesLeaveInAnyMinuteTheMostUrgentFirst() {
        Office office = Office.open(MONDAY_10);
        // A team's milestone goes to each of its reps: many messages that no digest can gather.
        for (int goal = 0; goal < 30; goal++) {
            office.put(goalReached(goal));
        }
        office.put(alert("first_contact", "hot", "anna", MONDAY_10).handRaised());
        office.after(10 * MINUTE);

        List<Long> times =
                office.messages().stream().map(Office.Message::atMillis).toList();
        for (long from : times) {
            assertThat(times).filteredOn(at -> at >= from && at < from + MINUTE).hasSizeLessThanOrEqualTo(20);
        }
        assertThat(office.messages()).hasSize(2 * 30 + 1);
        assertThat(times.get(19) - times.get(0)).isLessThan(MINUTE);
        assertThat(office.messages().stream()
                        .filter(message -> message.recipient().equals("anna"))
                        .map(Office.Message::atMillis))
                .containsExactly(MONDAY_10 + MINUTE);
    }

    private static SalesForce.Alert goalReached(int goal) {
        return goal("milestone", "milestone-" + goal, "team:south", MONDAY_10);
    }

    @Test
    void ofWhatWaitsTheHandRaisedThenTheCriticalThenTheValuableComesFirst() {
        Office office = Office.open(MONDAY_10 - HOUR);
        for (int goal = 0; goal < 10; goal++) {
            office.put(goalReached(goal));
        }
        office.until(MONDAY_10 - HOUR, SECOND);
        office.put(
                        stuck("small", "anna", MONDAY_10 - HOUR).amount(100),
                        stuck("big", "anna", MONDAY_10 - HOUR).amount(9_999),
                        stuck("bad", "ben", MONDAY_10 - HOUR).amount(1).escalated(MONDAY_10 - HOUR),
                        alert("reply_owed", "asked", "carl", MONDAY_10 - HOUR).handRaised())
                .after(3 * MINUTE);

        assertThat(office.said().subList(20, 25))
                .containsExactly(
                        "carl lead reply_owed-asked warning",
                        "ben lead stuck-bad critical",
                        "lena team_lead stuck-bad critical",
                        "anna lead stuck-big warning",
                        "anna lead stuck-small warning");
    }

    @Test
    void aPoorCampaignIsToldToTheTeamLeadsWhereNobodyIsMarketing() {
        Office office = Office.open(MONDAY_10)
                .put(goal("poor_campaign", "video", "campaign:video", MONDAY_10))
                .after(MINUTE);

        assertThat(office.said()).isNotEmpty().allMatch(said -> said.endsWith(" scope video warning"));
        assertThat(office.said()).contains("lena scope video warning");
        assertThat(office.said()).doesNotContain("anna scope video warning");
    }

    @Test
    void aPoorCampaignIsToldToMarketing() {
        AlertDelivery policy = new AlertDelivery(5, 20, 1_000, List.of("ben"));
        Office office = Office.open(MONDAY_10, policy, SentLog.MATTERS)
                .put(goal("poor_campaign", "video", "campaign:video", MONDAY_10))
                .after(MINUTE);

        assertThat(office.said()).containsExactly("ben scope video warning");
    }

    @Test
    void whatWorksWorseIsToldToTheTeamLeadsAndOfACampaignToMarketing() {
        AlertDelivery policy = new AlertDelivery(5, 20, 1_000, List.of("ben"));
        Office office = Office.open(MONDAY_10, policy, SentLog.MATTERS)
                .put(
                        goal("works_worse", "calls", "company", MONDAY_10),
                        goal("works_worse", "stage", "company", MONDAY_10)
                                .detail("part_kind", "stage")
                                .detail("part", "offer"),
                        goal("works_worse", "spring", "company", MONDAY_10)
                                .detail("part_kind", "campaign")
                                .detail("part", "spring"))
                .after(MINUTE);

        assertThat(office.said())
                .contains("lena scope calls warning", "lena scope stage warning", "ben scope spring warning")
                .doesNotContain("ben scope calls warning", "lena scope spring warning");
    }

    @Test
    void aRateThatIsFoundWorseAgainSoonAfterIsNotToldAgain() {
        Office office = Office.open(MONDAY_10)
                .put(goal("works_worse", "calls", "company", MONDAY_10))
                .after(MINUTE);
        int told = office.said().size();
        office.put(goal("works_worse", "calls", "company", MONDAY_10).resolved(MONDAY_10 + MINUTE))
                .after(HOUR);
        office.put(goal("works_worse", "calls", "company", MONDAY_10 + HOUR)).after(HOUR);

        assertThat(told).isPositive();
        assertThat(office.said()).hasSize(told);
    }

    @Test
    void behindPaceIsToldToTheTeamLeadAndAMilestoneToTheTeam() {
        Office office = Office.open(MONDAY_10)
                .put(
                        goal("behind_pace", "pace", "team:north", MONDAY_10),
                        goal("milestone", "half", "team:north", MONDAY_10))
                .after(MINUTE);

        assertThat(office.said())
                .containsExactlyInAnyOrder(
                        "lena scope pace warning",
                        "anna scope half warning",
                        "ben scope half warning",
                        "lena scope half warning");
        assertThat(office.lastStep().waiting())
                .as("Dora is on leave and has a deputy, who was told himself")
                .isZero();
    }

    @Test
    void aFirstStartTellsNoMilestonesAndNotLaterEither() {
        SalesForce.Alert[] reached = {
            goal("milestone", "last-month", "team:north", MONDAY_10 - 20 * DAY),
            goal("milestone", "yesterday", "company", MONDAY_10 - 17 * HOUR),
            goal("milestone", "today", "rep:anna", MONDAY_10 - 30 * MINUTE)
        };
        Office office = Office.first(MONDAY_10, reached).after(HOUR).restarted(reached);
        office.until(MONDAY_10 + 2 * DAY, MINUTE);

        assertThat(office.said()).isEmpty();
        assertThat(office.lastStep().waiting()).isZero();
    }

    @Test
    void aMilestoneThatTurnsOutAfterAFirstStartIsToldOnceHoweverLongAgoItWasReached() {
        SalesForce.Alert late =
                goal("milestone", "late", "rep:carl", MONDAY_10 - 20 * DAY).turnedOut(MONDAY_10);
        Office office = Office.first(MONDAY_10).put(late).after(HOUR);
        assertThat(office.said()).containsExactlyInAnyOrder("carl scope late warning", "leo scope late warning");

        Office next = office.restarted(late);
        next.until(MONDAY_10 + DAY, MINUTE);

        assertThat(next.said()).isEmpty();
    }

    /** An engine that reads hours of its history at once judges them as of their end. */
    @Test
    void whatWasReachedInHistoryIsNoNewsThoughItIsJudgedAtItsEnd() {
        SalesForce.Alert[] reached = {
            goal("milestone", "yesterday", "company", MONDAY_10 - 17 * HOUR).turnedOut(MONDAY_10 - MINUTE),
            goal("milestone", "today", "rep:anna", MONDAY_10 - 30 * MINUTE).turnedOut(MONDAY_10 - SECOND)
        };
        Office office = Office.first(MONDAY_10).put(reached).after(HOUR).restarted(reached);
        office.until(MONDAY_10 + DAY, MINUTE);

        assertThat(office.said()).isEmpty();
    }

    @Test
    void aGoalThatIsBehindWhenAllBeginsIsTold() {
        Office office = Office.first(MONDAY_10, goal("behind_pace", "pace", "team:south", MONDAY_10 - HOUR))
                .after(MINUTE);

        assertThat(office.said()).containsExactly("leo scope pace warning");
    }

    @Test
    void aMilestoneOfTheNightIsToldInTheMorning() {
        long night = MONDAY_10 - 2 * HOUR - 6 * SECOND;
        Office office = Office.open(night).put(goal("milestone", "half", "team:south", night));
        office.until(MONDAY_10 - HOUR - SECOND, SECOND);
        assertThat(office.said()).isEmpty();
        assertThat(office.lastStep().waiting()).isEqualTo(2);

        office.after(SECOND);

        assertThat(office.said()).containsExactlyInAnyOrder("carl scope half warning", "leo scope half warning");
    }

    @Test
    void nothingIsToldWhileMutedAndWhatStillStandsAfterwards() {
        Office office = Office.open(MONDAY_10)
                .mute(true)
                .put(stuck("l1", "anna", MONDAY_10), alert("idle", "l2", "anna", MONDAY_10))
                .after(10 * MINUTE);
        assertThat(office.said()).isEmpty();
        assertThat(office.lastStep().muted()).containsEntry("stuck", 1).containsEntry("idle", 1);

        office.put(alert("idle", "l2", "anna", MONDAY_10).withdrawn(office.now()))
                .mute(false)
                .after(MINUTE);

        assertThat(office.said()).containsExactly("anna lead stuck-l1 warning");
    }

    @Test
    void aRestartTellsNothingTwiceAndKeepsTheMinute() {
        SalesForce.Alert[] alerts = stuckLeads(5, "anna", MONDAY_10);
        Office before = Office.open(MONDAY_10).put(alerts).after(MINUTE);

        Office after = before.restarted(alerts).after(2 * HOUR);

        assertThat(after.said()).isEmpty();
        assertThat(after.plan().posted(after.now())).hasSize(5);
    }

    @Test
    void aRestartKeepsTheMinuteEvenOfWhatWasToldAndResolvedInOneMoment() {
        SalesForce.Alert[] alerts = IntStream.range(0, 15)
                .mapToObj(
                        lead -> stuck("l" + lead, List.of("anna", "ben", "carl").get(lead % 3), MONDAY_10))
                .toArray(SalesForce.Alert[]::new);
        Office before = Office.open(MONDAY_10).put(alerts).after(AlertPlan.GATHER.toMillis());
        assertThat(before.messages()).hasSize(15);
        for (SalesForce.Alert alert : alerts) {
            alert.resolved(before.now());
        }
        before.put(alerts).after(0);
        assertThat(before.messages()).hasSize(20);

        Office after = before.restarted(alerts).after(MINUTE - SECOND);
        assertThat(after.messages()).isEmpty();

        assertThat(after.after(SECOND).messages()).hasSize(10);
    }

    @Test
    void theTeamLeadWaitsByTheCalendarThatIsKnownNow() {
        Office office =
                Office.open(MONDAY_10).put(stuck("l1", "anna", MONDAY_10)).after(MINUTE);
        long wednesday10 = MONDAY_10 + 2 * DAY;
        AlertPlan plan = office.plan();
        assertThat(audiences(plan.step(MONDAY_10 + HOUR, SalesForce.at(MONDAY_10 + HOUR), false)))
                .isEmpty();
        // It became known that she is on leave since noon.
        Directory away = Directory.of(ConfigReader.parse("""
                company: {zone: UTC, currency: EUR}
                reps:
                  - id: anna
                    team: north
                    team_lead: lena
                    absences: [{from: 2026-11-23T12:00:00Z, to: 2026-11-25T12:00:00Z}]
                  - {id: lena, team: north}
                """), List.of());

        assertThat(audiences(plan.step(wednesday10, new People(away, wednesday10), false)))
                .isEmpty();
        long minuteLater = wednesday10 + MINUTE;
        assertThat(audiences(plan.step(minuteLater, new People(away, minuteLater), false)))
                .isEmpty();
        assertThat(audiences(plan.step(minuteLater, SalesForce.at(minuteLater), false)))
                .as("it is gathered first")
                .isEmpty();
        long nextMinute = minuteLater + MINUTE;
        assertThat(audiences(plan.step(nextMinute, SalesForce.at(nextMinute), false)))
                .containsExactly(Audience.TEAM_LEAD);
    }

    private static List<Audience> audiences(AlertPlan.Step step) {
        return step.begun().stream().map(Telling::audience).toList();
    }

    @Test
    void nothingEndsBeforeTheTopicWasRead() {
        Office before =
                Office.open(MONDAY_10).put(stuck("l1", "anna", MONDAY_10)).after(MINUTE);
        AlertPlan plan = new AlertPlan(io.leadpulse.schemas.config.AlertDelivery.DEFAULT, Office.ENGINE_BEHIND);
        plan.restore(before.log(), MONDAY_10);

        assertThat(plan.step(before.now(), SalesForce.at(before.now()), false).isEmpty())
                .isTrue();
    }

    @Test
    void whatLapsedIsNotRaisedAgainButItsEscalationIs() {
        Office office =
                Office.open(MONDAY_10).put(stuck("l1", "anna", MONDAY_10)).after(MINUTE);
        office.plan().lapse(office.plan().lapsed(office.now(), office.now()));
        assertThat(office.plan().posted(office.now())).isEmpty();

        office.after(HOUR)
                .put(stuck("l1", "anna", MONDAY_10).escalated(office.now()))
                .after(MINUTE);

        assertThat(office.said())
                .containsExactlyInAnyOrder(
                        "anna lead stuck-l1 warning",
                        "anna lead stuck-l1 critical",
                        "lena team_lead stuck-l1 critical");
    }

    @Test
    void onlyWhatWasStillConfirmedAfterTheGroupWaitLapses() {
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("l2", "anna", MONDAY_10 + MINUTE))
                .after(MINUTE);
        long toldOfSecond = office.messages().get(1).atMillis();
        long groupWait = AlertPlan.GROUP_WAIT.toMillis();
        long later = toldOfSecond + 5 * HOUR;

        assertThat(office.plan().lapsed(later, toldOfSecond + groupWait + 1))
                .extracting(Telling::alert)
                .containsExactly("stuck-l1", "stuck-l2");
        List<Telling> lapsed = office.plan().lapsed(later, toldOfSecond + groupWait);
        assertThat(lapsed).extracting(Telling::alert).containsExactly("stuck-l1");
        office.plan().lapse(lapsed);
        assertThat(office.plan().posted(later)).extracting(Telling::alert).containsExactly("stuck-l2");
    }

    @Test
    void theGroupWaitIsTheAlertmanagers() throws IOException {
        assertThat(Files.readString(Repository.file("alertmanager/render.sh")))
                .contains("LEADPULSE_GROUP_WAIT:=" + AlertPlan.GROUP_WAIT.toSeconds() + "s}");
    }

    @Test
    void whatEndedIsForgottenAndWhatStandsIsKept() {
        Office office = Office.open(MONDAY_10)
                .put(stuck("l1", "anna", MONDAY_10), stuck("l2", "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("l1", "anna", MONDAY_10).resolved(MONDAY_10 + MINUTE))
                .after(HOUR);

        assertThat(office.plan().alert("stuck-l1")).isNull();
        assertThat(office.plan().alert("stuck-l2")).isNotNull();
        assertThat(office.plan().posted(office.now()))
                .extracting(Telling::alert)
                .containsExactly("stuck-l2");
    }

    @Test
    void ofADigestThatStandsAllPartsArePosted() {
        Office office = Office.open(MONDAY_10)
                .put(stuckLeads(6, "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("l2", "anna", MONDAY_10).resolved(MONDAY_10 + MINUTE))
                .after(HOUR)
                .put(stuck("l3", "anna", MONDAY_10).resolved(MONDAY_10 + HOUR))
                .after(MINUTE);

        assertThat(office.plan().posted(office.now()))
                .extracting(Telling::alert)
                .containsExactlyInAnyOrder("stuck-l0", "stuck-l1", "stuck-l2", "stuck-l3", "stuck-l4", "stuck-l5");
    }

    @Test
    void whatWasToldIsForgottenWhenTheLogWouldAndNothingOfAnOpenAlert() {
        long thirteenWeeks = 91 * DAY;
        assertThat(SentLog.MATTERS.toMillis()).isLessThan(thirteenWeeks);
        Office office = Office.open(MONDAY_10)
                .put(stuck("over", "anna", MONDAY_10), stuck("open", "anna", MONDAY_10))
                .after(MINUTE)
                .put(stuck("over", "anna", MONDAY_10).resolved(MONDAY_10 + MINUTE))
                .put(stuck("open", "anna", MONDAY_10).escalated(MONDAY_10 + MINUTE))
                .until(MONDAY_10 + SentLog.MATTERS.toMillis() - DAY, 6 * HOUR);
        assertThat(office.plan().remembers())
                .as("two warnings, and that one turned critical, which the team lead was told, too")
                .isEqualTo(4);

        office.until(MONDAY_10 + thirteenWeeks, 6 * HOUR)
                .put(stuck("new", "anna", office.now()))
                .after(MINUTE);

        assertThat(office.plan().remembers())
                .as("the new one instead of the one that is over")
                .isEqualTo(4);
        assertThat(office.messages()).hasSize(6);
    }

    /** An old alert, which is told in digests of its own, goes on as critical under two other leads and comes back each time. */
    @Test
    void whatIsToldAgainIsAnotherThanWhatWasToldOfItAlsoWhereTheFirstIsForgotten() {
        SalesForce.Alert alone = stuck("l1", "anna", MONDAY_10 - 40 * DAY);
        SalesForce.Alert back = stuck("l1", "anna", MONDAY_10 - 40 * DAY).merged(MONDAY_10);
        Office office = Office.open(MONDAY_10, Duration.ofHours(2));
        office.put(alone).after(10 * MINUTE);
        escalatedUnder("l2", office, back);
        office.put(alone).after(10 * MINUTE);
        office.until(MONDAY_10 + 150 * MINUTE, MINUTE);
        escalatedUnder("l3", office, back);
        // Nothing of it stands, and the first was over more than two hours ago.
        office.after(HOUR);

        office.put(alone).after(10 * MINUTE);

        List<Telling> told = office.log().stream()
                .filter(telling -> telling.alert().equals("stuck-l1"))
                .toList();
        assertThat(told).extracting(Telling::kind).containsOnly(MessageKind.DIGEST);
        assertThat(told).extracting(Telling::nth).containsExactly(1, 2, 3);
        assertThat(told).extracting(Telling::messageId).doesNotHaveDuplicates();
        assertThat(office.plan().remembers())
                .as("its second and third, and two as critical of the second lead")
                .isEqualTo(4);
        assertThat(office.plan().posted(office.now())).contains(told.get(2));
    }

    private static void escalatedUnder(String root, Office office, SalesForce.Alert member) {
        SalesForce.Alert merged = stuck(root, "anna", MONDAY_10 - 40 * DAY)
                .detail("replaces", "stuck-l1")
                .escalated(office.now());
        office.put(member, merged)
                .after(MINUTE)
                .put(merged.merged(office.now()))
                .after(MINUTE);
    }

    @Test
    void withoutATeamLeadItWaitsAndIsCounted() {
        Office office = Office.open(MONDAY_10)
                .put(goal("behind_pace", "pace", "team:nobody", MONDAY_10))
                .after(MINUTE);

        assertThat(office.said()).isEmpty();
        assertThat(office.lastStep().waiting()).isEqualTo(1);
    }

    private static SalesForce.Alert[] stuckLeads(int leads, String owner, long raisedMillis) {
        return IntStream.range(0, leads)
                .mapToObj(lead -> stuck("l" + lead, owner, raisedMillis))
                .toArray(SalesForce.Alert[]::new);
    }

    private static List<String> toldAlerts(Office office) {
        return office.messages().stream()
                .flatMap(message -> message.alerts().stream())
                .toList();
    }
}
