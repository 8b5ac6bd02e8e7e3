package io.leadpulse.serving.alert;

import static io.leadpulse.serving.alert.SalesForce.HOUR;
import static io.leadpulse.serving.alert.SalesForce.MONDAY_10;
import static io.leadpulse.serving.alert.SalesForce.alert;
import static io.leadpulse.serving.alert.SalesForce.goal;
import static io.leadpulse.serving.alert.SalesForce.stuck;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AlertCaseTest {

    @Test
    void escalationEndsWhatWasHandledAndASnoozeWithoutEnd() {
        AlertCase handled = stuck("l", "anna", MONDAY_10)
                .handled(MONDAY_10 + HOUR)
                .escalated(MONDAY_10 + 2 * HOUR)
                .asCase();
        AlertCase snoozed =
                stuck("l", "anna", MONDAY_10).snoozedForEver(MONDAY_10 + HOUR).asCase();
        AlertCase escalated = stuck("l", "anna", MONDAY_10)
                .snoozedForEver(MONDAY_10 + HOUR)
                .escalated(MONDAY_10 + 2 * HOUR)
                .asCase();

        assertThat(handled.handled()).isFalse();
        assertThat(snoozed.snoozedAt(MONDAY_10 + 1_000 * HOUR)).isTrue();
        assertThat(escalated.snoozedAt(MONDAY_10 + 2 * HOUR)).isFalse();
    }

    @Test
    void aSnoozeWithAnEndOutlastsAnEscalation() {
        AlertCase alert = stuck("l", "anna", MONDAY_10)
                .snoozed(MONDAY_10, MONDAY_10 + 3 * HOUR)
                .escalated(MONDAY_10 + HOUR)
                .asCase();

        assertThat(alert.critical()).isTrue();
        assertThat(alert.snoozedAt(MONDAY_10 + 3 * HOUR - 1)).isTrue();
        assertThat(alert.snoozedAt(MONDAY_10 + 3 * HOUR)).isFalse();
    }

    @Test
    void onlyWhoWaitsForUsIsHandRaised() {
        assertThat(alert("first_contact", "l", "anna", MONDAY_10)
                        .handRaised()
                        .asCase()
                        .handRaised())
                .isTrue();
        assertThat(stuck("l", "anna", MONDAY_10).handRaised().asCase().handRaised())
                .isFalse();
    }

    @Test
    void whatCannotBeToldIsRefusedAtOnce() {
        assertThatThrownBy(() -> stuck("l", "anna", MONDAY_10)
                        .detail("amount_minor", "much")
                        .asCase())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stuck("l", "anna", MONDAY_10)
                        .detail("last_contact_at", "yesterday")
                        .asCase())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("last_contact_at");
        assertThatThrownBy(() -> goal("milestone", "m", null, MONDAY_10).asCase())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a lead or a scope");
    }
}
