package io.leadpulse.domain.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.FactBook.Acceptance;
import io.leadpulse.domain.event.FactBook.Bounds;
import io.leadpulse.domain.event.FactBook.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactBookTest {
    private static final long DAY_MILLIS = 86_400_000;
    private static final Bounds WIDE = new Bounds(100, 100);

    @Test
    void aNewFactIsCountedAndTakesItsPlaceByTime() {
        List<Fact> kept = kept(fact(1, 300), fact(2, 100), fact(3, 200));
        assertThat(kept).extracting(Fact::id).containsExactly(2L, 3L, 1L);
    }

    @Test
    void theSameFactOnceMoreIsADuplicate() {
        List<Fact> kept = kept(fact(1, 300));
        Acceptance again = FactBook.accept(kept, fact(1, 300).build(), WIDE);
        assertThat(again.verdict()).isEqualTo(Verdict.DUPLICATE);
        assertThat(again.kept()).isSameAs(kept);
    }

    @Test
    void aNewerVersionReplacesAndMoves() {
        List<Fact> kept = kept(fact(1, 300), fact(2, 400));
        Acceptance newer = FactBook.accept(kept, fact(1, 500).version(1).build(), WIDE);
        assertThat(newer.verdict()).isEqualTo(Verdict.SUPERSEDES);
        assertThat(newer.kept()).extracting(Fact::id).containsExactly(2L, 1L);
        assertThat(kept)
                .as("what was kept is not modified")
                .extracting(Fact::id)
                .containsExactly(1L, 2L);
    }

    @Test
    void anOlderVersionIsSupersededWhateverItSays() {
        List<Fact> kept = kept(fact(1, 300).version(5));
        Acceptance older = FactBook.accept(kept, fact(1, 100).version(4).build(), WIDE);
        assertThat(older.verdict()).isEqualTo(Verdict.SUPERSEDED);
        assertThat(older.kept()).isSameAs(kept);
    }

    @Test
    void ofTwoThatContradictTheEarlierStaysThenTheSmallerHash() {
        List<Fact> kept = kept(fact(1, 300).contentHash(5));
        Acceptance earlier = FactBook.accept(kept, fact(1, 299).contentHash(9).build(), WIDE);
        assertThat(earlier.verdict()).isEqualTo(Verdict.DUPLICATE_CONFLICT);
        assertThat(earlier.kept()).extracting(Fact::timeMillis).containsExactly(299L);

        Acceptance greater = FactBook.accept(kept, fact(1, 300).contentHash(6).build(), WIDE);
        assertThat(greater.verdict()).isEqualTo(Verdict.DUPLICATE_CONFLICT);
        assertThat(greater.kept()).isSameAs(kept);

        Acceptance smaller = FactBook.accept(kept, fact(1, 300).contentHash(4).build(), WIDE);
        assertThat(smaller.verdict()).isEqualTo(Verdict.DUPLICATE_CONFLICT);
        assertThat(smaller.kept()).extracting(Fact::contentHash).containsExactly(4L);
    }

    @Test
    void beyondTheBoundInAllANewFactIsRefusedButAKnownOneIsStillCorrected() {
        Bounds two = new Bounds(2, 2);
        List<Fact> kept = kept(fact(1, 0), fact(2, DAY_MILLIS));
        Acceptance third = FactBook.accept(kept, fact(3, 2 * DAY_MILLIS).build(), two);
        assertThat(third.verdict()).isEqualTo(Verdict.TOO_MANY);
        assertThat(third.kept()).isSameAs(kept);
        assertThat(FactBook.accept(kept, fact(1, 5).version(1).build(), two).verdict())
                .isEqualTo(Verdict.SUPERSEDES);
        assertThat(FactBook.accept(kept, fact(2, DAY_MILLIS).build(), two).verdict())
                .isEqualTo(Verdict.DUPLICATE);
    }

    /** Else a lead would be merged whose merge was refused, and could not be deleted for good. */
    @Test
    void whatIsAboutTheRecordIsBoundedApart() {
        Bounds one = new Bounds(1, 1);
        List<Fact> kept = kept(fact(1, 0));
        for (EventKind kind : List.of(EventKind.LEAD_MERGED, EventKind.LEAD_UNMERGED, EventKind.LEAD_DELETED)) {
            Acceptance record = FactBook.accept(kept, Fact.of(kept.size() + 1, "crm/" + kind, kept.size(), kind), one);
            assertThat(record.verdict()).as(kind.name()).isEqualTo(Verdict.COUNTED);
            kept = record.kept();
        }
        assertThat(FactBook.accept(kept.subList(1, 4), fact(9, 5).build(), one).verdict())
                .as("nor do such records take the place of others")
                .isEqualTo(Verdict.COUNTED);
        assertThat(FactBook.accept(kept, fact(9, 5).build(), one).verdict()).isEqualTo(Verdict.TOO_MANY);

        for (int id = 100; kept.size() < 3 + FactBook.MAX_DELETIONS; id++) {
            kept = FactBook.accept(kept, Fact.of(id, "crm/" + id, id, EventKind.LEAD_DELETED), one)
                    .kept();
        }
        assertThat(FactBook.accept(kept, Fact.of(999, "crm/999", 999, EventKind.LEAD_DELETED), one)
                        .verdict())
                .isEqualTo(Verdict.TOO_MANY);
    }

    @Test
    void theBoundPerDayCountsOneDayOnlyUpToItsLastMillisecond() {
        Bounds onePerDay = new Bounds(10, 1);
        List<Fact> kept = kept(fact(1, DAY_MILLIS));
        assertThat(FactBook.accept(kept, fact(2, 2 * DAY_MILLIS - 1).build(), onePerDay)
                        .verdict())
                .isEqualTo(Verdict.TOO_MANY);
        assertThat(FactBook.accept(kept, fact(2, 2 * DAY_MILLIS).build(), onePerDay)
                        .verdict())
                .isEqualTo(Verdict.COUNTED);
        assertThat(FactBook.accept(kept, fact(2, DAY_MILLIS - 1).build(), onePerDay)
                        .verdict())
                .isEqualTo(Verdict.COUNTED);
    }

    /** All facts of a lead are one value of state: fifty attributes a record are more than it can take. */
    @Test
    void beyondTheBoundOfTextANewFactIsRefusedAndALongerVersionToo() {
        Bounds wide = new Bounds(1_000, 1_000);
        List<Fact> kept = List.of();
        for (int id = 100; id < 356; id++) {
            kept = FactBook.accept(kept, ofCharacters(id, 32_768).build(), wide).kept();
        }
        assertThat(kept).hasSize(256);
        assertThat(kept.stream().mapToLong(Fact::characters).sum()).isEqualTo(FactBook.MAX_CHARACTERS);
        assertThat(FactBook.accept(kept, fact(1, 300).build(), wide)).isEqualTo(new Acceptance(Verdict.TOO_MANY, kept));
        assertThat(FactBook.accept(kept, ofCharacters(100, 32_769).version(1).build(), wide))
                .isEqualTo(new Acceptance(Verdict.TOO_MANY, kept));

        Acceptance corrected =
                FactBook.accept(kept, ofCharacters(100, 32_768).version(1).build(), wide);
        assertThat(corrected.verdict()).isEqualTo(Verdict.SUPERSEDES);
        Acceptance shorter = FactBook.accept(
                corrected.kept(), ofCharacters(100, 32_762).version(2).build(), wide);
        assertThat(shorter.verdict()).isEqualTo(Verdict.SUPERSEDES);
        assertThat(FactBook.accept(shorter.kept(), fact(1, 300).build(), wide).verdict())
                .isEqualTo(Verdict.COUNTED);
        assertThat(FactBook.accept(kept, Fact.of(4, "crm/4", 400, EventKind.LEAD_DELETED), wide)
                        .verdict())
                .isEqualTo(Verdict.COUNTED);
    }

    @Test
    void takingOneOutLeavesTheOthersAndTheListBefore() {
        List<Fact> kept = kept(fact(1, 100), fact(2, 200));
        assertThat(FactBook.without(kept, 1)).extracting(Fact::id).containsExactly(2L);
        assertThat(kept).hasSize(2);
        assertThat(FactBook.without(kept, 3)).isSameAs(kept);
    }

    private static List<Fact> kept(Fact.Builder... facts) {
        List<Fact> kept = List.of();
        for (Fact.Builder fact : facts) {
            Acceptance acceptance = FactBook.accept(kept, fact.build(), WIDE);
            assertThat(acceptance.verdict()).isEqualTo(Verdict.COUNTED);
            kept = acceptance.kept();
        }
        return kept;
    }

    private static Fact.Builder ofCharacters(long id, int characters) {
        String value = "x".repeat(characters - ("test/" + id).length() - "notes".length());
        return fact(id, 100 * id).attributes(Map.of("notes", value));
    }

    private static Fact.Builder fact(long id, long timeMillis) {
        return Fact.builder(id, "test/" + id, timeMillis, EventKind.CALL);
    }
}
