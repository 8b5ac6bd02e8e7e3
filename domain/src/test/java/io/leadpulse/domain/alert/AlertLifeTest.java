package io.leadpulse.domain.alert;

import static io.leadpulse.domain.alert.AlertState.ESCALATED;
import static io.leadpulse.domain.alert.AlertState.HANDLED;
import static io.leadpulse.domain.alert.AlertState.RAISED;
import static io.leadpulse.domain.alert.AlertState.RESOLVED;
import static io.leadpulse.domain.alert.AlertState.SNOOZED;
import static io.leadpulse.domain.alert.AlertState.WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertLifeTest {

    private static final String ID = Alert.idOf("L1", "D1", AlertCause.STUCK, "offer", 10);

    @Test
    void beforeTheRaiseNothingIsTold() {
        assertThat(AlertLife.asOf(List.of(alert(100, 150, 200)), 99)).isEmpty();
    }

    @Test
    void stepsUpToTheWatermarkAreTold() {
        List<Alert> whole = List.of(alert(100, 150, 200));

        assertThat(kinds(AlertLife.asOf(whole, 100))).containsExactly(RAISED);
        assertThat(AlertLife.asOf(whole, 100).get(0).state()).isEqualTo(RAISED);
        assertThat(kinds(AlertLife.asOf(whole, 150))).containsExactly(RAISED, ESCALATED);
        assertThat(kinds(AlertLife.asOf(whole, 199))).containsExactly(RAISED, ESCALATED);
        assertThat(AlertLife.asOf(whole, 200)).isEqualTo(whole);
    }

    @Test
    void nextStepIsTheFirstAfterTheWatermark() {
        List<Alert> whole = List.of(alert(100, 150, 200), alert(90, 130, AlertLife.NEVER));

        assertThat(AlertLife.nextAfter(whole, 0)).isEqualTo(90);
        assertThat(AlertLife.nextAfter(whole, 90)).isEqualTo(100);
        assertThat(AlertLife.nextAfter(whole, 150)).isEqualTo(200);
        assertThat(AlertLife.nextAfter(whole, 200)).isEqualTo(AlertLife.NEVER);
    }

    @Test
    void snoozeAndHandlingStandInTheLifeFromTheirTimeOn() {
        List<Alert> whole = AlertLife.withActs(
                List.of(alert(100, 150, 200)),
                List.of(act(2, 160, EventKind.ALERT_HANDLED, ID), snooze(1, 120, ID, 140)));

        assertThat(kinds(whole)).containsExactly(RAISED, SNOOZED, ESCALATED, HANDLED, RESOLVED);
        assertThat(AlertLife.asOf(whole, 120).get(0).state()).isEqualTo(SNOOZED);
        assertThat(AlertLife.asOf(whole, 120).get(0).snoozedUntilMillis()).isEqualTo(140);
        assertThat(AlertLife.asOf(whole, 119).get(0).snoozedUntilMillis()).isEqualTo(AlertTransition.NO_TIME);
        assertThat(AlertLife.asOf(whole, 160).get(0).state()).isEqualTo(HANDLED);
    }

    @Test
    void actsOnOtherAlertsOrOutsideTheLifeAreIgnored() {
        List<Alert> whole = List.of(alert(100, 150, 200));

        assertThat(AlertLife.withActs(
                        whole,
                        List.of(
                                act(1, 120, EventKind.ALERT_HANDLED, "other"),
                                act(2, 99, EventKind.ALERT_HANDLED, ID),
                                act(3, 200, EventKind.ALERT_HANDLED, ID))))
                .isEqualTo(whole);
    }

    @Test
    void idNamesLeadDealCauseStageAndEntry() {
        assertThat(ID).matches("[0-9a-f]{16}").isEqualTo(Alert.idOf("L1", "D1", AlertCause.STUCK, "offer", 10));
        assertThat(List.of(
                        ID,
                        Alert.idOf("L2", "D1", AlertCause.STUCK, "offer", 10),
                        Alert.idOf("L1", null, AlertCause.STUCK, "offer", 10),
                        Alert.idOf("L1", "D1", AlertCause.IDLE, "offer", 10),
                        Alert.idOf("L1", "D1", AlertCause.STUCK, null, 10),
                        Alert.idOf("L1", "D1", AlertCause.STUCK, "offer", 11)))
                .doesNotHaveDuplicates();
    }

    @Test
    void newAndChangedAlertsAreToldOnce() {
        List<Alert> raised = AlertLife.asOf(List.of(alert(100, 150, 200)), 100);
        List<Alert> escalated = AlertLife.asOf(List.of(alert(100, 150, 200)), 150);

        AlertDiff first = AlertDiff.of(List.of(), raised, 100);
        AlertDiff again = AlertDiff.of(first.told(), raised, 120);
        AlertDiff worse = AlertDiff.of(again.told(), escalated, 150);

        assertThat(first.publish()).isEqualTo(raised);
        assertThat(again.publish()).isEmpty();
        assertThat(worse.publish()).isEqualTo(escalated);
    }

    @Test
    void alertThatIsGoneIsWithdrawnOnceAndToldAnewWhenItComesBack() {
        List<Alert> raised = AlertLife.asOf(List.of(alert(100, 150, 200)), 100);
        AlertDiff told = AlertDiff.of(List.of(), raised, 100);

        AlertDiff gone = AlertDiff.of(told.told(), List.of(), 130);
        AlertDiff stillGone = AlertDiff.of(gone.told(), List.of(), 140);
        AlertDiff back = AlertDiff.of(stillGone.told(), raised, 150);

        assertThat(gone.publish()).hasSize(1);
        assertThat(gone.publish().get(0).state()).isEqualTo(WITHDRAWN);
        assertThat(gone.publish().get(0).transitions())
                .containsExactly(new AlertTransition(RAISED, 100), new AlertTransition(WITHDRAWN, 130));
        assertThat(stillGone.publish()).isEmpty();
        assertThat(back.publish()).isEqualTo(raised);
    }

    private static List<AlertState> kinds(List<Alert> alerts) {
        return alerts.get(0).transitions().stream().map(AlertTransition::kind).toList();
    }

    private static Alert alert(long raisedMillis, long escalatedMillis, long endMillis) {
        AlertLife life = new AlertLife(endMillis);
        life.raise(raisedMillis);
        life.escalate(escalatedMillis);
        return life.alert("L1", "D1", AlertCause.STUCK, "offer", 10, 4_000, 0, raisedMillis, List.of());
    }

    private static Fact snooze(long id, long timeMillis, String alert, long untilMillis) {
        return Fact.builder(id, "test/" + id, timeMillis, EventKind.ALERT_SNOOZED)
                .alert(alert)
                .dueMillis(untilMillis)
                .build();
    }

    private static Fact act(long id, long timeMillis, EventKind kind, String alert) {
        return Fact.builder(id, "test/" + id, timeMillis, kind).alert(alert).build();
    }
}
