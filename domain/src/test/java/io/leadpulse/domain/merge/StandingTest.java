package io.leadpulse.domain.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final Fact CREATED = fact(1, 10, EventKind.LEAD_CREATED);
    private static final Fact CALL = fact(2, 20, EventKind.CALL);

    @Test
    void whatWasNeverMergedNorDeletedIsLeftAlone() {
        List<Fact> facts = List.of(CREATED, CALL);

        assertThat(Standing.of(facts)).isSameAs(facts);
        assertThat(Standing.deletedMillis(facts)).isEqualTo(Fact.NO_TIME);
    }

    @Test
    void nothingOfADeletedLeadStandsAndAVisitorDoesNotBringItBack() {
        List<Fact> facts =
                List.of(CREATED, CALL, fact(3, 30, EventKind.LEAD_DELETED), fact(4, 40, EventKind.PAGE_VIEWED));

        assertThat(Standing.of(facts)).isEmpty();
        assertThat(Standing.deletedMillis(facts)).isEqualTo(30);
    }

    @Test
    void createdAnewItBeginsAnew() {
        Fact anew = fact(5, 50, EventKind.LEAD_CREATED);
        Fact callAnew = fact(6, 60, EventKind.CALL);
        List<Fact> facts = List.of(
                CREATED, CALL, fact(3, 30, EventKind.LEAD_DELETED), fact(4, 40, EventKind.PAGE_VIEWED), anew, callAnew);

        assertThat(Standing.of(facts)).containsExactly(anew, callAnew);
        assertThat(Standing.deletedMillis(facts)).isEqualTo(Fact.NO_TIME);
    }

    @Test
    void deletedAgainNothingStandsOfEitherLife() {
        List<Fact> facts = List.of(
                CREATED,
                fact(3, 30, EventKind.LEAD_DELETED),
                fact(4, 40, EventKind.LEAD_CREATED),
                fact(5, 50, EventKind.CALL),
                fact(6, 60, EventKind.LEAD_DELETED));

        assertThat(Standing.of(facts)).isEmpty();
        assertThat(Standing.deletedMillis(facts)).isEqualTo(60);
    }

    @Test
    void theDeletionOfAMergedRecordWithdrawsNothing() {
        for (int at : new int[] {25, 30, 40}) {
            List<Fact> facts =
                    inOrder(CREATED, CALL, fact(3, 30, EventKind.LEAD_MERGED), fact(4, at, EventKind.LEAD_DELETED));

            assertThat(Standing.of(facts)).as("deleted at %d", at).containsExactly(CREATED, CALL);
        }
    }

    @Test
    void takenOutAgainItCanBeDeleted() {
        List<Fact> facts = List.of(
                CREATED,
                fact(3, 30, EventKind.LEAD_MERGED),
                fact(4, 40, EventKind.LEAD_UNMERGED),
                fact(5, 50, EventKind.LEAD_DELETED));

        assertThat(Standing.of(facts)).isEmpty();
    }

    @Test
    void allFactsOfAMergedLeadStandInOneOrderAndOneEventOnce() {
        Fact earlier = fact(7, 5, EventKind.FORM_SUBMITTED);
        Fact corrected = Fact.builder(2, "crm/2", 22, EventKind.CALL).version(2).build();

        assertThat(Standing.of(
                        "R",
                        Map.of(
                                "R", List.of(CREATED, CALL),
                                "A", List.of(earlier, corrected, fact(8, 30, EventKind.LEAD_MERGED)))))
                .containsExactly(earlier, CREATED, corrected);
    }

    @Test
    void theDeletionOfWhatAllStandUnderWithdrawsWhatWasMergedIntoItByThen() {
        Fact before = fact(7, 5, EventKind.FORM_SUBMITTED);
        Fact after = fact(8, 60, EventKind.FORM_SUBMITTED);
        List<Fact> root = List.of(CREATED, fact(3, 50, EventKind.LEAD_DELETED));

        assertThat(Standing.of("R", Map.of("R", root, "A", List.of(before, fact(9, 30, EventKind.LEAD_MERGED), after))))
                .isEmpty();
        assertThat(Standing.of("R", Map.of("R", root, "A", List.of(before, after, fact(9, 70, EventKind.LEAD_MERGED)))))
                .containsExactly(before, after);
    }

    private static List<Fact> inOrder(Fact... facts) {
        List<Fact> ordered = new ArrayList<>(Arrays.asList(facts));
        ordered.sort(Fact.CANONICAL_ORDER);
        return ordered;
    }

    private static Fact fact(long id, long millis, EventKind kind) {
        return Fact.of(id, "crm/" + id, millis, kind);
    }
}
