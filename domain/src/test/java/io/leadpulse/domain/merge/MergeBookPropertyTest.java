package io.leadpulse.domain.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Under which lead each stands, against a reading that is as slow as it is plain, whatever the order of arrival. */
class MergeBookPropertyTest {

    /** A record as it comes. */
    private record Said(String lead, MergeEvent event) {}

    @Property(tries = 1000, seed = "20261122")
    void rootsAreThoseOfThePlainReadingInWhateverOrderTheRecordsCome(@ForAll long seed) {
        Random random = new Random(seed);
        List<Said> said = said(random);
        Map<String, String> roots = rootsOf(said);

        assertThat(roots).isEqualTo(plainRoots(said));

        List<Said> disturbed = new ArrayList<>(said);
        disturbed.addAll(said.subList(0, said.size() / 2));
        Collections.shuffle(disturbed, random);
        assertThat(rootsOf(disturbed)).isEqualTo(roots);
    }

    @Property(tries = 300, seed = "20261122")
    void aRootStandsUnderItself(@ForAll long seed) {
        Map<String, String> roots = rootsOf(said(new Random(seed)));

        roots.values().forEach(root -> assertThat(roots.get(root)).isEqualTo(root));
    }

    @Test
    void ofACircleTheNewestMergeDoesNotHold() {
        List<Said> circle = List.of(merged("a", "b", 1, 10), merged("b", "c", 2, 30), merged("c", "a", 3, 20));

        assertThat(rootsOf(circle)).isEqualTo(Map.of("a", "b", "b", "b", "c", "b"));
    }

    @Test
    void takingOutTheMiddleOfAChainLeavesWhatWasMergedIntoItThere() {
        List<Said> chain = List.of(
                merged("a", "b", 1, 10), merged("b", "c", 2, 20), new Said("b", new MergeEvent(3, null, 30, 0, 0)));

        assertThat(rootsOf(chain)).isEqualTo(Map.of("a", "b", "b", "b"));
    }

    @Test
    void aNewerVersionSaysIntoWhatItWasMerged() {
        List<Said> corrected = List.of(
                new Said("a", new MergeEvent(1, "c", 10, 2, 7)), new Said("a", new MergeEvent(1, "b", 10, 1, 8)));

        assertThat(rootsOf(corrected)).isEqualTo(Map.of("a", "c", "c", "c"));
    }

    private static Said merged(String lead, String into, long id, long millis) {
        return new Said(lead, new MergeEvent(id, into, millis, 0, id));
    }

    /** Few leads, few times and few ids, so that chains, circles, ties, corrections and conflicts are frequent. */
    private static List<Said> said(Random random) {
        List<Said> said = new ArrayList<>();
        int leads = 2 + random.nextInt(7);
        int records = 1 + random.nextInt(12);
        for (int i = 0; i < records; i++) {
            int lead = random.nextInt(leads);
            int into = (lead + 1 + random.nextInt(leads - 1)) % leads;
            said.add(new Said(
                    "L" + lead,
                    new MergeEvent(
                            random.nextInt(8),
                            random.nextInt(4) == 0 ? null : "L" + into,
                            random.nextInt(6),
                            random.nextInt(3),
                            random.nextInt(1000))));
        }
        return said;
    }

    private static Map<String, String> rootsOf(List<Said> said) {
        Map<String, List<MergeEvent>> kept = new TreeMap<>();
        for (Said each : said) {
            kept.put(each.lead(), MergeBook.accept(kept.getOrDefault(each.lead(), List.of()), each.event()));
        }
        Map<String, MergeEvent> holding = new HashMap<>();
        kept.forEach((lead, events) -> {
            if (MergeBook.holding(events) != null) {
                holding.put(lead, MergeBook.holding(events));
            }
        });
        return MergeBook.roots(holding);
    }

    /** Takes away, as long as there is a circle, the newest merge of all merges that lie on one; then follows each lead. */
    private static Map<String, String> plainRoots(List<Said> said) {
        Map<String, MergeEvent> holding = plainHolding(said);
        Set<String> named = new TreeSet<>(holding.keySet());
        holding.values().forEach(event -> named.add(event.into()));
        for (Set<String> circle = circle(holding); !circle.isEmpty(); circle = circle(holding)) {
            String newest = null;
            for (String lead : circle) {
                MergeEvent event = holding.get(lead);
                MergeEvent before = newest == null ? null : holding.get(newest);
                boolean isNewer = before == null
                        || event.timeMillis() > before.timeMillis()
                        || (event.timeMillis() == before.timeMillis() && event.id() > before.id())
                        || (event.timeMillis() == before.timeMillis()
                                && event.id() == before.id()
                                && lead.compareTo(newest) > 0);
                newest = isNewer ? lead : newest;
            }
            holding.remove(newest);
        }
        Map<String, String> roots = new TreeMap<>();
        for (String lead : named) {
            String at = lead;
            while (holding.containsKey(at)) {
                at = holding.get(at).into();
            }
            roots.put(lead, at);
        }
        return roots;
    }

    /** The leads of one circle; empty when there is none. */
    private static Set<String> circle(Map<String, MergeEvent> holding) {
        for (String lead : holding.keySet()) {
            Set<String> passed = new HashSet<>();
            String at = lead;
            while (holding.containsKey(at) && passed.add(at)) {
                at = holding.get(at).into();
                if (at.equals(lead)) {
                    return passed;
                }
            }
        }
        return Set.of();
    }

    /** Of each record the version that counts, of each lead the newest of these. */
    private static Map<String, MergeEvent> plainHolding(List<Said> said) {
        Map<String, MergeEvent> newest = new TreeMap<>();
        for (Said each : said) {
            boolean counts = said.stream()
                    .filter(other -> other.lead().equals(each.lead())
                            && other.event().id() == each.event().id())
                    .noneMatch(other -> rank(other.event()).compareTo(rank(each.event())) > 0);
            MergeEvent before = newest.get(each.lead());
            boolean isNewer = before == null || later(each.event()).compareTo(later(before)) > 0;
            if (counts && isNewer) {
                newest.put(each.lead(), each.event());
            }
        }
        newest.values().removeIf(event -> event.into() == null);
        return newest;
    }

    private static String rank(MergeEvent event) {
        return "%03d %03d %04d".formatted(event.version(), 999 - event.timeMillis(), 9999 - event.contentHash());
    }

    private static String later(MergeEvent event) {
        return "%03d %d %03d".formatted(event.timeMillis(), event.into() == null ? 1 : 0, event.id());
    }
}
