package io.leadpulse.serving.alert;

import static io.leadpulse.serving.alert.SalesForce.HOUR;
import static io.leadpulse.serving.alert.SalesForce.MINUTE;
import static io.leadpulse.serving.alert.SalesForce.MONDAY_10;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Leads that are merged, merged on and taken apart: in every order in which what the engine says of them may come, with
 * people told, or the dispatcher begun anew, after any of it. Whenever people are told, they know of what stands, by
 * exactly one word of it that was not taken back, and of nothing else; nobody is told what he knows.
 */
class MergedTellingsTest {
    /** Longer than messages about single leads count as at once, so that none waits for the others. */
    private static final long PAUSE = 11 * MINUTE;

    /**
     * @param acts {@code AB}: A is merged into B; {@code A}: A is taken out; in the order in which the engine hears of them
     * @param leads those of whose facts the cause comes
     */
    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "AB, A",
        "AB, B",
        "AB, AB",
        // A chain, from its beginning and from its end.
        "AB BC, A",
        "AB BC, B",
        "AB BC, C",
        "AB BC, AB",
        "AB BC, AC",
        "AB BC, ABC",
        "BC AB, A",
        "BC AB, B",
        "BC AB, C",
        "BC AB, AB",
        "BC AB, AC",
        "BC AB, ABC",
        // Two into one.
        "AC BC, A",
        "AC BC, AB",
        "AC BC, ABC",
        // Taken apart: all, the middle of a chain with what is merged into it, its beginning.
        "AB A, A",
        "AB A, B",
        "AB A, AB",
        "AB BC B, A",
        "AB BC B, AB",
        "AB BC B, ABC",
        "AB BC A, A",
        "AB BC A, AC",
        "AB BC A, ABC",
        // Merged again, and elsewhere.
        "AB A AB, A",
        "AB A AB, AB",
        "AB A AC, A",
        "AB A AC, AB",
        "AB AC, A",
        "AB AC, ABC"
    })
    void whoIsToldKnowsWhatStandsOnceWhateverTheOrder(String acts, String leads) {
        String[] each = acts.split(" ", -1);
        // Three acts of three leads have thousands of orders: who was told before is then all or nobody.
        for (String told : each.length > 2 ? List.of("", leads) : subsets(leads)) {
            walk(new Story(each, leads), told, false);
            if (each.length <= 2 || told.equals(leads)) {
                walk(new Story(each, leads), told, true);
            }
        }
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({"AB BC CD, A", "AB BC CD, AC", "CD BC AB, A", "CD BC AB, BD"})
    void andSoInAChainOfThree(String acts, String leads) {
        for (String told : List.of("", leads)) {
            walk(new Story(acts.split(" ", -1), leads), told, false);
        }
    }

    private static List<String> each(String leads) {
        return leads.chars().mapToObj(Character::toString).toList();
    }

    private static List<String> subsets(String leads) {
        List<String> subsets = new ArrayList<>();
        for (int bits = 0; bits < 1 << leads.length(); bits++) {
            StringBuilder subset = new StringBuilder();
            for (int lead = 0; lead < leads.length(); lead++) {
                subset.append((bits >> lead & 1) == 1 ? leads.substring(lead, lead + 1) : "");
            }
            subsets.add(subset.toString());
        }
        return subsets;
    }

    /** What the engine says: of each lead's alert all versions, one after the other. */
    private static final class Story {
        private final String leads;
        private final List<List<Version>> ofLeads = new ArrayList<>();

        Story(String[] acts, String leads) {
            this.leads = leads;
            Map<String, String> into = new HashMap<>();
            Map<String, List<Version>> versions = new TreeMap<>();
            Set<String> all = new TreeSet<>();
            Stream.of(acts).forEach(act -> all.addAll(each(act)));
            all.forEach(
                    lead -> versions.put(lead, new ArrayList<>(List.of(new Version(lead, leads.contains(lead), "")))));
            for (String act : acts) {
                into.remove(act.substring(0, 1));
                if (act.length() > 1) {
                    into.put(act.substring(0, 1), act.substring(1));
                }
                all.forEach(lead -> said(lead, all, into, versions.get(lead)));
            }
            versions.values().forEach(each -> ofLeads.add(each.subList(1, each.size())));
        }

        private void said(String lead, Set<String> all, Map<String, String> into, List<Version> versions) {
            Version last = versions.get(versions.size() - 1);
            String members = all.stream()
                    .filter(each -> !each.equals(lead) && root(each, into).equals(lead))
                    .reduce("", String::concat);
            boolean isOpen = root(lead, into).equals(lead)
                    && (leads.contains(lead) || each(members).stream().anyMatch(leads::contains));
            Version now = isOpen ? new Version(lead, true, members) : new Version(lead, false, last.members());
            if (!now.equals(last)) {
                versions.add(now);
            }
        }

        private static String root(String lead, Map<String, String> into) {
            return into.containsKey(lead) ? root(into.get(lead), into) : lead;
        }
    }

    /** A lead's alert as it is said once, and whose alerts of the same cause it takes the place of. */
    private record Version(String lead, boolean isOpen, String members) {
        String id() {
            return "stuck-" + lead;
        }

        boolean standsFor(String alert) {
            return isOpen
                    && (alert.equals(id())
                            || each(members).stream().anyMatch(member -> alert.equals("stuck-" + member)));
        }

        SalesForce.Alert alert() {
            SalesForce.Alert alert = SalesForce.stuck(lead, "anna", MONDAY_10);
            if (!members.isEmpty()) {
                alert.detail("replaces", "stuck-" + String.join(" stuck-", each(members)));
            }
            return isOpen ? alert : alert.merged(MONDAY_10 + HOUR);
        }
    }

    /** Goes through all orders of what is said, and in each through all ways to tell people in between. */
    private static void walk(Story story, String told, boolean begunAnew) {
        int count = story.ofLeads.stream().mapToInt(List::size).sum();
        List<List<Version>> orders = new ArrayList<>();
        orders(story.ofLeads, new int[story.ofLeads.size()], new ArrayList<>(), orders);
        for (List<Version> order : orders) {
            for (int tellAfter = 0; tellAfter < 1 << (count - 1); tellAfter++) {
                Walk walk = new Walk(story.leads, told);
                for (int at = 0; at < count; at++) {
                    walk.said(order.get(at));
                    if ((tellAfter >> at & 1) == 1 || at == count - 1) {
                        walk.tell(begunAnew);
                    }
                }
                walk.ends();
            }
        }
    }

    private static void orders(
            List<List<Version>> ofLeads, int[] places, List<Version> begun, List<List<Version>> orders) {
        boolean isWhole = true;
        for (int lead = 0; lead < places.length; lead++) {
            if (places[lead] < ofLeads.get(lead).size()) {
                isWhole = false;
                begun.add(ofLeads.get(lead).get(places[lead]++));
                orders(ofLeads, places, begun, orders);
                begun.remove(begun.size() - 1);
                places[lead]--;
            }
        }
        if (isWhole) {
            orders.add(List.copyOf(begun));
        }
    }

    /** One order, with what people were told in it. */
    private static final class Walk {
        private final Map<String, Version> topic = new LinkedHashMap<>();
        private final List<Object> happened = new ArrayList<>();
        private final List<String> heard = new ArrayList<>();
        private Office office = Office.open(MONDAY_10);

        Walk(String leads, String told) {
            for (String lead : each(leads)) {
                Version version = new Version(lead, true, "");
                if (told.contains(lead)) {
                    said(version);
                }
            }
            tell(false);
            for (String lead : each(leads)) {
                if (!told.contains(lead)) {
                    said(new Version(lead, true, ""));
                }
            }
        }

        private void said(Version version) {
            topic.remove(version.id());
            topic.put(version.id(), version);
            office.put(version.alert());
            happened.add(version);
        }

        private void tell(boolean begunAnew) {
            if (begunAnew) {
                beginAnew();
            }
            Map<Telling.Key, Telling> before = byKey();
            int heardBefore = office.messages().size();
            office.until(office.now() + PAUSE, PAUSE);
            office.messages().stream().skip(heardBefore).forEach(message -> {
                happened.add("told " + message.alerts());
                heard.addAll(message.alerts());
            });
            byKey().forEach((key, telling) -> check(before.get(key), telling, before.values()));
            topic.values().stream()
                    .filter(Version::isOpen)
                    .forEach(version -> holds(
                            office.log().stream()
                                    .anyMatch(telling -> telling.active() && version.standsFor(telling.alert())),
                            version.id(),
                            "is known"));
        }

        /** The plan has the log, and reads the topic, in any order. */
        private void beginAnew() {
            List<Version> versions = new ArrayList<>(topic.values());
            Collections.reverse(versions);
            office = office.restarted(versions.stream().map(Version::alert).toArray(SalesForce.Alert[]::new));
        }

        private Map<Telling.Key, Telling> byKey() {
            Map<Telling.Key, Telling> byKey = new HashMap<>();
            office.log().forEach(telling -> byKey.put(telling.key(), telling));
            return byKey;
        }

        private void check(Telling before, Telling telling, Collection<Telling> knownBefore) {
            if (before == null) {
                Version version = topic.get(telling.alert());
                holds(
                        knownBefore.stream().noneMatch(known -> known.active() && version.standsFor(known.alert())),
                        telling.alert(),
                        "was not known already");
            }
            if (before == null || before.active()) {
                boolean stands = topic.values().stream().anyMatch(version -> version.standsFor(telling.alert()));
                holds(stands == telling.active(), telling.alert(), "stands, or is over, as was told");
            }
        }

        private void ends() {
            Set<String> standing = new HashSet<>();
            for (String words : heard) {
                String alert = words.substring(0, words.indexOf(' '));
                holds(words.endsWith(" warning") ? standing.add(alert) : standing.remove(alert), words, "is new");
            }
            List<Telling> log = List.copyOf(office.log());
            beginAnew();
            office.until(office.now() + PAUSE, PAUSE);
            holds(office.messages().isEmpty(), "nothing", "is new");
            assertThat(office.log()).containsExactlyInAnyOrderElementsOf(log);
        }

        /** Asks a million times: what happened is put into words only where something does not hold. */
        private void holds(boolean is, String what, String how) {
            if (!is) {
                fail("not so: %s %s after %s", what, how, happened);
            }
        }
    }
}
