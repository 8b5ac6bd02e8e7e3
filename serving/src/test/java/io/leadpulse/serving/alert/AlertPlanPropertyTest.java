package io.leadpulse.serving.alert;

import static io.leadpulse.serving.alert.SalesForce.DAY;
import static io.leadpulse.serving.alert.SalesForce.HOUR;
import static io.leadpulse.serving.alert.SalesForce.MINUTE;
import static io.leadpulse.serving.alert.SalesForce.MONDAY_10;
import static io.leadpulse.serving.alert.SalesForce.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens in whatever order, with restarts and silences in between: what must hold of being told. */
class AlertPlanPropertyTest {

    private static final String[] REPS = {"anna", "ben", "carl", "dora", "eva", null};

    @Property(tries = 60)
    void neverTwiceNeverTooManyAndInTheEndEverything(@ForAll long seed) {
        Random random = new Random(seed);
        Map<String, SalesForce.Alert> topic = new LinkedHashMap<>();
        Set<String> closed = new HashSet<>();
        Office office = Office.first(MONDAY_10);
        List<Office.Message> messages = new ArrayList<>();
        for (int round = 0; round < 25; round++) {
            change(random, topic, closed, office);
            office.mute(random.nextInt(6) == 0);
            office.until(office.now() + random.nextInt(90) * SECOND, 3 * SECOND);
            if (random.nextInt(4) == 0) {
                messages.addAll(office.messages());
                office = office.restarted(topic.values().toArray(SalesForce.Alert[]::new));
            }
        }
        office.mute(false).until(office.now() + HOUR, 10 * SECOND).until(MONDAY_10 + 5 * DAY, 5 * MINUTE);
        messages.addAll(office.messages());

        Set<String> said = new HashSet<>();
        for (Office.Message message : messages) {
            assertThat(SalesForce.at(message.atMillis()).atWork(message.recipient()))
                    .as("%s is at work", message)
                    .isTrue();
            for (String alert : message.alerts()) {
                assertThat(said.add(message.recipient() + ' ' + alert))
                        .as("%s is told of %s once", message.recipient(), alert)
                        .isTrue();
            }
        }
        List<Long> times =
                messages.stream().map(Office.Message::atMillis).sorted().toList();
        for (int at = 20; at < times.size(); at++) {
            assertThat(times.get(at) - times.get(at - 20)).isGreaterThanOrEqualTo(MINUTE);
        }
        Set<String> told = messages.stream()
                .flatMap(message -> message.alerts().stream())
                .map(alert -> alert.substring(0, alert.indexOf(' ')))
                .collect(Collectors.toSet());
        assertThat(told)
                .containsAll(topic.keySet().stream()
                        .filter(id -> !closed.contains(id) || id.startsWith("milestone"))
                        .toList());
    }

    private static void change(Random random, Map<String, SalesForce.Alert> topic, Set<String> closed, Office office) {
        int burst = random.nextInt(8) == 0 ? 30 : random.nextInt(4);
        for (int each = 0; each < burst; each++) {
            String lead = "l" + random.nextInt(200);
            String cause = random.nextBoolean() ? "stuck" : "reply_owed";
            SalesForce.Alert alert = SalesForce.alert(
                    cause,
                    lead,
                    REPS[random.nextInt(REPS.length)],
                    office.now() - (random.nextInt(5) == 0 ? 9 * DAY : 0));
            if (random.nextInt(10) == 0) {
                alert.handRaised();
            }
            if (topic.putIfAbsent(cause + "-" + lead, alert.amount(random.nextInt(100_000))) == null) {
                office.put(alert);
            }
        }
        if (random.nextInt(10) == 0) {
            String id = "milestone-" + topic.size();
            SalesForce.Alert reached = SalesForce.goal("milestone", id, "team:north", office.now());
            topic.put(id, reached);
            closed.add(id);
            office.put(reached);
        }
        topic.forEach((id, alert) -> {
            if (closed.contains(id)) {
                return;
            }
            switch (random.nextInt(40)) {
                case 0 -> office.put(alert.escalated(office.now()));
                case 1 -> {
                    closed.add(id);
                    office.put(alert.resolved(office.now()));
                }
                case 2 -> {
                    closed.add(id);
                    office.put(alert.withdrawn(office.now()));
                }
                case 3 -> {
                    closed.add(id);
                    office.put(alert.handled(office.now()));
                }
                default -> {
                    // It stands as it was.
                }
            }
        });
    }
}
