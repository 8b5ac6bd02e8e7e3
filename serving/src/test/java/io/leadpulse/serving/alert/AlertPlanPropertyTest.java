package io.leadpulse.serving.alert;

import static io.leadpulse.serving.alert.SalesForce.DAY;
import static io.leadpulse.serving.alert.SalesForce.HOUR;
import static io.leadpulse.serving.alert.SalesForce.MINUTE;
import static io.leadpulse.serving.alert.SalesForce.MONDAY_10;
import static io.leadpulse.serving.alert.SalesForce.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

    @Property(tries = 60, seed = "20261122")
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
        List<Telling> log = office.log();
        assertThat(log)
                .filteredOn(telling -> (telling.outcome() == Outcome.ESCALATED || telling.outcome() == Outcome.REMINDED)
                        && telling.kind() == MessageKind.LEAD)
                .as("a message that goes on as another is none that is over")
                .allMatch(telling -> log.stream()
                        .anyMatch(next -> next.sentMillis() == telling.endedMillis()
                                && next.recipient().equals(telling.recipient())
                                && next.messageId().equals(telling.messageId())));
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

    @Property(tries = 40, seed = "20261122")
    void whatIsForgottenChangesNothingOfWhatIsTold(@ForAll long seed) {
        Random random = new Random(seed);
        Duration remembered = Duration.ofHours(6);
        Office forgets = Office.open(MONDAY_10, remembered);
        Office forgetsNothing = Office.open(MONDAY_10, Duration.ofDays(10_000));
        Map<String, SalesForce.Alert> open = new LinkedHashMap<>();
        Map<String, Long> withdrawn = new LinkedHashMap<>();
        Set<String> changed = new HashSet<>();
        for (int round = 0; round < 40; round++) {
            long now = forgets.now();
            // What stood until it was taken back may return, for as long as it is remembered that it was told.
            withdrawn.values().removeIf(at -> at + remembered.toMillis() <= now);
            List<String> before = List.copyOf(open.keySet());
            int burst = random.nextInt(6) == 0 ? 12 : random.nextInt(4);
            for (int each = 0; each < burst; each++) {
                String lead = !withdrawn.isEmpty() && random.nextInt(3) == 0
                        ? withdrawn.keySet().iterator().next()
                        : "l" + round + "-" + each;
                if (withdrawn.remove(lead) != null) {
                    changed.add(lead);
                }
                SalesForce.Alert alert = SalesForce.stuck(lead, REPS[random.nextInt(REPS.length)], now);
                open.put(lead, alert);
                put(alert, forgets, forgetsNothing);
            }
            for (String lead : before) {
                SalesForce.Alert alert = open.get(lead);
                int change = random.nextInt(12);
                if (change < 3) {
                    changed.add(lead);
                }
                switch (change) {
                    case 0 -> put(alert.escalated(now), forgets, forgetsNothing);
                    case 1 -> put(alert.snoozed(now, now + random.nextInt(20) * HOUR), forgets, forgetsNothing);
                    case 2 -> put(alert.handled(now), forgets, forgetsNothing);
                    case 3, 4 -> {
                        open.remove(lead);
                        put(alert.resolved(now), forgets, forgetsNothing);
                    }
                    case 5 -> {
                        open.remove(lead);
                        if (!changed.contains(lead)) {
                            withdrawn.put(lead, now);
                        }
                        put(alert.withdrawn(now), forgets, forgetsNothing);
                    }
                    default -> {
                        // It stands as it was.
                    }
                }
            }
            long until = now + random.nextInt(10) * HOUR + 10 * SECOND;
            forgets.until(now + 40 * SECOND, 5 * SECOND).until(until, 10 * MINUTE);
            forgetsNothing.until(now + 40 * SECOND, 5 * SECOND).until(until, 10 * MINUTE);
            assertThat(forgets.plan().posted(until))
                    .containsExactlyElementsOf(forgetsNothing.plan().posted(until));
        }
        for (Office office : List.of(forgets, forgetsNothing)) {
            open.values().forEach(alert -> office.put(alert.resolved(office.now())));
            office.until(MONDAY_10 + 28 * DAY, HOUR);
            office.put(SalesForce.stuck("last", "anna", office.now())).after(MINUTE);
        }

        assertThat(forgets.messages()).isEqualTo(forgetsNothing.messages());
        assertThat(forgets.log()).isEqualTo(forgetsNothing.log());
        assertThat(forgetsNothing.plan().remembers())
                .isEqualTo(forgetsNothing.log().size());
        assertThat(forgets.plan().remembers()).as("of the last one alone").isEqualTo(1);
    }

    /** The member's alert goes and the root's comes in any order, at any distance; the root's may go and return. */
    @Property(tries = 200, seed = "20261122")
    void whoeverWasToldOfAMemberKnowsOfTheRootAndIsNotToldTwice(@ForAll long seed) {
        Random random = new Random(seed);
        boolean isCritical = random.nextInt(4) == 0;
        SalesForce.Alert root = merged("root", isCritical).detail("replaces", "stuck-member");
        List<SalesForce.Alert> changes = new ArrayList<>();
        SalesForce.Alert gone = merged("member", isCritical).withdrawn(MONDAY_10 + HOUR);
        changes.add(gone);
        changes.add(random.nextInt(2), root);
        if (random.nextBoolean()) {
            changes.add(merged("root", isCritical).withdrawn(MONDAY_10 + 2 * HOUR));
            changes.add(root);
        }
        boolean isMergedAtOnce = random.nextInt(3) == 0;
        Map<String, SalesForce.Alert> topic = new LinkedHashMap<>();
        topic.put("member", merged("member", isCritical));
        Office office = Office.open(MONDAY_10).put(topic.get("member")).after(MINUTE);
        List<String> said = new ArrayList<>();
        boolean heardBefore = false;
        for (int at = 0; at < changes.size(); at++) {
            SalesForce.Alert change = changes.get(at);
            if (change == root && !topic.containsKey("root")) {
                heardBefore = said.contains("anna lead stuck-member withdrawn")
                        || office.said().contains("anna lead stuck-member withdrawn");
            }
            topic.put(change == gone ? "member" : "root", change);
            if (at == 0 && isMergedAtOnce) {
                continue;
            }
            office.put(topic.values().toArray(SalesForce.Alert[]::new)).after(random.nextInt(120) * SECOND);
            if (random.nextInt(3) == 0) {
                said.addAll(office.said());
                office = office.restarted(topic.values().toArray(SalesForce.Alert[]::new));
            }
        }
        said.addAll(office.after(MINUTE).said());

        List<String> toAnna =
                said.stream().filter(words -> words.startsWith("anna ")).toList();
        String ofRoot = "anna lead stuck-root " + (isCritical ? "critical" : "warning");
        assertThat(toAnna).doesNotHaveDuplicates();
        assertThat(toAnna.contains(ofRoot))
                .as("told of the root if she had heard that it is over: %s", toAnna)
                .isEqualTo(heardBefore);
    }

    private static SalesForce.Alert merged(String lead, boolean isCritical) {
        SalesForce.Alert alert = SalesForce.stuck(lead, "anna", MONDAY_10);
        return isCritical ? alert.escalated(MONDAY_10) : alert;
    }

    private static void put(SalesForce.Alert alert, Office... offices) {
        for (Office office : offices) {
            office.put(alert);
        }
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
