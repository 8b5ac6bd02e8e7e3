package io.leadpulse.domain.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.FactBook.Acceptance;
import io.leadpulse.domain.event.FactBook.Bounds;
import io.leadpulse.domain.event.FactBook.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Versions, conflicts and duplicates in any order leave the same facts. */
class FactBookPropertyTest {
    private static final Bounds UNBOUNDED = new Bounds(Integer.MAX_VALUE, Integer.MAX_VALUE);
    private static final EventKind[] KINDS = {EventKind.CALL, EventKind.EMAIL_SENT, EventKind.LEAD_CREATED};

    @Property(tries = 300, seed = "20261122")
    void keepsTheSameFactsInWhateverOrderTheyCome(@ForAll("records") List<Fact> records, @ForAll Random random) {
        List<Fact> inOrder = keep(records, new EnumMap<>(Verdict.class));
        List<Fact> other = new ArrayList<>(records);
        Collections.shuffle(other, random);
        other.addAll(records.subList(0, records.size() / 2));

        assertThat(keep(other, new EnumMap<>(Verdict.class))).isEqualTo(inOrder);
    }

    @Property(tries = 200, seed = "20261122")
    void keepsOneFactPerIdInCanonicalOrderAndOneVerdictPerRecord(@ForAll("records") List<Fact> records) {
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        List<Fact> kept = keep(records, verdicts);

        assertThat(kept).isSortedAccordingTo(Fact.CANONICAL_ORDER);
        assertThat(kept).extracting(Fact::id).doesNotHaveDuplicates();
        assertThat(kept).hasSize(verdicts.getOrDefault(Verdict.COUNTED, 0));
        assertThat(verdicts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(records.size());
        for (Fact fact : kept) {
            assertThat(records).filteredOn(other -> other.id() == fact.id()).noneMatch(other -> other.supersedes(fact));
        }
    }

    @Property(tries = 100, seed = "20261122")
    void neverKeepsMoreThanTheBoundsWithoutCorrections(@ForAll("records") List<Fact> records) {
        List<Fact> kept = List.of();
        for (Fact fact : records) {
            kept = FactBook.accept(kept, fact, new Bounds(4, 2)).kept();
        }
        assertThat(kept).hasSizeLessThanOrEqualTo(4);
    }

    private static List<Fact> keep(List<Fact> records, Map<Verdict, Integer> verdicts) {
        List<Fact> kept = List.of();
        for (Fact record : records) {
            Acceptance acceptance = FactBook.accept(kept, record, UNBOUNDED);
            verdicts.merge(acceptance.verdict(), 1, Integer::sum);
            kept = acceptance.kept();
        }
        return kept;
    }

    /** Few ids, versions, times and hashes, so that they meet. */
    @Provide
    Arbitrary<List<Fact>> records() {
        Arbitrary<Fact> record = Combinators.combine(
                        Arbitraries.longs().between(1, 6),
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.longs().between(0, 4),
                        Arbitraries.longs().between(0, 3))
                .as((id, version, time, hash) -> Fact.builder(
                                id, "test/" + id, time * 1_000, KINDS[(int) ((hash + time) % KINDS.length)])
                        .version(version)
                        .contentHash(hash)
                        .build());
        return record.list().ofMaxSize(30);
    }
}
