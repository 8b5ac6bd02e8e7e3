package io.leadpulse.serving.alert;

import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.AlertRecord.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A small sales force that works Monday to Friday, 9 to 18 UTC, and alerts about its leads. */
final class SalesForce {

    /** A Monday at 10:00, in everybody's working hours. */
    static final long MONDAY_10 = Instant.parse("2026-11-23T10:00:00Z").toEpochMilli();

    static final long SECOND = 1_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    /** Anna and Ben of team north are led by Lena, Carl of team south by Leo; Dora is on leave this week, Eva has left. */
    static final Directory DIRECTORY = Directory.of(ConfigReader.parse("""
                    company: {name: Example Pumps, zone: UTC, currency: EUR}
                    reps:
                      - {id: anna, name: Anna Ahrens, team: north, email: anna@example.com, team_lead: lena, deputy: ben}
                      - {id: ben, name: Ben Boll, team: north, email: ben@example.com, team_lead: lena}
                      - {id: carl, name: Carl Cohn, team: south, email: carl@example.com, team_lead: leo, products: [pump]}
                      - id: dora
                        name: Dora Dorn
                        team: north
                        email: dora@example.com
                        team_lead: lena
                        deputy: ben
                        absences: [{from: 2026-11-21T00:00:00Z, to: 2026-11-28T00:00:00Z}]
                      - {id: eva, team: north, active: false, team_lead: lena}
                      - {id: lena, name: Lena Lang, team: north, email: lena@example.com}
                      - {id: leo, name: Leo Lind, team: south, email: leo@example.com}
                    """), List.of());

    private SalesForce() {}

    static People at(long nowMillis) {
        return new People(DIRECTORY, nowMillis);
    }

    static Alert stuck(String lead, String owner, long raisedMillis) {
        return new Alert("stuck-" + lead, "stuck", lead, owner, raisedMillis);
    }

    static Alert goal(String cause, String id, String scope, long raisedMillis) {
        Alert alert = new Alert(id, cause, null, null, raisedMillis);
        alert.scope = scope;
        return alert;
    }

    static Alert alert(String cause, String lead, String owner, long raisedMillis) {
        return new Alert(cause + "-" + lead, cause, lead, owner, raisedMillis);
    }

    /** Builds the records of one alert. */
    static final class Alert {
        private final String id;
        private final String cause;
        private final String lead;
        private final String owner;
        private final List<Transition> transitions = new ArrayList<>();
        private final Map<String, String> details = new HashMap<>();
        private String scope;
        private Long turnedOutMillis;

        private Alert(String id, String cause, String lead, String owner, long raisedMillis) {
            this.id = id;
            this.cause = cause;
            this.lead = lead;
            this.owner = owner;
            transitions.add(new Transition("raised", raisedMillis, "warning", null));
        }

        Alert detail(String name, String value) {
            details.put(name, value);
            return this;
        }

        Alert amount(long minor) {
            return detail("amount_minor", Long.toString(minor));
        }

        Alert handRaised() {
            return detail("hand_raised", "true");
        }

        Alert escalated(long atMillis) {
            return then("escalated", atMillis);
        }

        /** When the engine found out; without it at the alert's last step. */
        Alert turnedOut(long atMillis) {
            turnedOutMillis = atMillis;
            return this;
        }

        Alert snoozed(long atMillis, long untilMillis) {
            return detail("snoozed_until", Instant.ofEpochMilli(untilMillis).toString())
                    .then("snoozed", atMillis);
        }

        Alert snoozedForEver(long atMillis) {
            return then("snoozed", atMillis);
        }

        Alert handled(long atMillis) {
            return then("handled", atMillis);
        }

        Alert resolved(long atMillis) {
            return then("resolved", atMillis);
        }

        Alert withdrawn(long atMillis) {
            return then("withdrawn", atMillis);
        }

        /** It is taken back because its lead was merged, or leads were taken apart. */
        Alert merged(long atMillis) {
            return then("withdrawn", atMillis, "merged");
        }

        private Alert then(String state, long atMillis) {
            return then(state, atMillis, null);
        }

        private Alert then(String state, long atMillis, String reason) {
            transitions.add(new Transition(state, atMillis, severity(state), reason));
            return this;
        }

        private String severity(String state) {
            boolean critical = state.equals("escalated")
                    || transitions.stream().anyMatch(step -> step.state().equals("escalated"));
            return critical ? "critical" : "warning";
        }

        AlertRecord asRecord() {
            Transition last = transitions.get(transitions.size() - 1);
            return new AlertRecord(
                    id,
                    cause,
                    scope,
                    lead,
                    lead == null ? null : "deal-of-" + lead,
                    owner,
                    "offer",
                    transitions.get(0).timeMillis() - Duration.ofDays(10).toMillis(),
                    "10 business days",
                    last.state(),
                    last.severity(),
                    List.copyOf(transitions),
                    Map.copyOf(details),
                    turnedOutMillis == null ? last.timeMillis() : turnedOutMillis);
        }

        AlertCase asCase() {
            return AlertCase.of(asRecord());
        }
    }
}
