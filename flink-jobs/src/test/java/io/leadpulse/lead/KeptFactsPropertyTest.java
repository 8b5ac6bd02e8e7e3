package io.leadpulse.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Which facts of a merged lead's parts are kept, when each part is told whole whenever it changes. */
class KeptFactsPropertyTest {
    private static final int LEADS = 4;
    private static final int MOST_KEPT = 12;
    private static final int MOST_READ = 6;

    /** A fact and whose it is. */
    private record Of(String lead, Fact fact) {}

    @Property(tries = 500, seed = "20261122")
    void theNewestOfAllAreKeptInWhateverOrderTheyCame(@ForAll long seed) {
        Random random = new Random(seed);
        Parts parts = new Parts();
        MergedLeadState merged = MergedLeadState.EMPTY;
        for (long id = 0; id < 40; id++) {
            merged = parts.add(merged, "L" + random.nextInt(LEADS), fact(random, id));
        }

        assertThat(merged.parts()).hasSizeGreaterThan(1);
        assertThat(kept(merged)).isEqualTo(parts.newest(MOST_KEPT));
    }

    /** Facts are taken back, those that are left out too, leads are taken out and come again. */
    @Property(tries = 500, seed = "20261122")
    void theNewestAreReadUntilMoreHaveGoneThanAreKeptBeyondThem(@ForAll long seed) {
        Random random = new Random(seed);
        Parts parts = new Parts();
        MergedLeadState merged = parts.add(MergedLeadState.EMPTY, "L0", fact(random, -1));
        int gone = 0;
        for (long id = 0; id < 80; id++) {
            String lead = "L" + random.nextInt(LEADS);
            List<Fact> facts = parts.of(lead);
            if (facts.isEmpty() || random.nextInt(5) > 0) {
                merged = parts.add(merged, lead, fact(random, id));
            } else if (random.nextInt(4) > 0 || lead.equals("L0")) {
                gone++;
                facts.remove(random.nextInt(facts.size()));
                merged = parts.tell(merged, lead);
            } else {
                gone += facts.size();
                parts.leave(lead);
                merged = merged.with(lead, null, MOST_KEPT);
            }
            assertThat(parts.newest(Integer.MAX_VALUE))
                    .as("what is kept is said")
                    .containsAll(kept(merged));
            if (gone <= MOST_KEPT - MOST_READ && merged.parts().size() > 1) {
                assertThat(read(merged)).as("after %s have gone", gone).isEqualTo(parts.newest(MOST_READ));
            }
        }
        for (String lead : List.copyOf(parts.ofLeads.keySet())) {
            merged = parts.tell(merged, lead);
        }
        if (merged.parts().size() > 1) {
            assertThat(kept(merged)).as("when all were told again").isEqualTo(parts.newest(MOST_KEPT));
        }
    }

    private static List<Of> kept(MergedLeadState merged) {
        return of(merged.parts());
    }

    private static List<Of> read(MergedLeadState merged) {
        return of(merged.newest(MOST_READ));
    }

    private static List<Of> of(List<LeadPart> parts) {
        return ordered(parts.stream()
                .flatMap(part -> part.facts().stream().map(fact -> new Of(part.lead(), fact)))
                .toList());
    }

    private static List<Of> ordered(List<Of> facts) {
        return facts.stream()
                .sorted(Comparator.comparing(Of::fact, Fact.CANONICAL_ORDER).thenComparing(Of::lead))
                .toList();
    }

    /** Some at one time, some with one id, some about the record. */
    private static Fact fact(Random random, long id) {
        EventKind kind = random.nextInt(12) == 0 ? EventKind.LEAD_MERGED : EventKind.PAGE_VIEWED;
        return Fact.of(id / 2, "test/" + id / 2, random.nextInt(30), kind);
    }

    /** The leads as they stand, of which nothing is left out. */
    private static final class Parts {
        private final Map<String, List<Fact>> ofLeads = new TreeMap<>();

        List<Fact> of(String lead) {
            return ofLeads.getOrDefault(lead, List.of());
        }

        MergedLeadState add(MergedLeadState merged, String lead, Fact fact) {
            List<Fact> facts = ofLeads.computeIfAbsent(lead, id -> new ArrayList<>());
            if (facts.stream().noneMatch(each -> each.id() == fact.id())) {
                facts.add(fact);
                facts.sort(Fact.CANONICAL_ORDER);
            }
            return tell(merged, lead);
        }

        MergedLeadState tell(MergedLeadState merged, String lead) {
            LeadPart part = new LeadPart(lead, List.copyOf(of(lead)), List.of(), 0, ConfigVersion.FILE, null, 0);
            return merged.with(lead, part, MOST_KEPT);
        }

        void leave(String lead) {
            ofLeads.remove(lead);
        }

        /** The newest, and all that is about the records. */
        List<Of> newest(int most) {
            List<Of> all = ordered(ofLeads.entrySet().stream()
                    .flatMap(each -> each.getValue().stream().map(fact -> new Of(each.getKey(), fact)))
                    .toList());
            List<Of> acts = all.stream()
                    .filter(each -> !each.fact().kind().isAboutRecord())
                    .toList();
            return ordered(Stream.concat(
                            all.stream().filter(each -> each.fact().kind().isAboutRecord()),
                            acts.subList(Math.max(0, acts.size() - most), acts.size()).stream())
                    .toList());
        }
    }
}
