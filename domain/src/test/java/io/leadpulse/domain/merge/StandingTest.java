package io.leadpulse.domain.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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

        assertThat(together(
                        Member.root(List.of(CREATED, CALL)),
                        into("R", 30, earlier, corrected, fact(8, 30, EventKind.LEAD_MERGED))))
                .containsExactly(earlier, CREATED, corrected);
    }

    @Test
    void theDeletionOfWhatAllStandUnderWithdrawsWhatWasMergedIntoItByThen() {
        Fact before = fact(7, 5, EventKind.FORM_SUBMITTED);
        Fact after = fact(8, 60, EventKind.FORM_SUBMITTED);
        List<Fact> root = List.of(CREATED, fact(3, 50, EventKind.LEAD_DELETED));

        assertThat(together(Member.root(root), into("R", 30, before, fact(9, 30, EventKind.LEAD_MERGED), after)))
                .isEmpty();
        assertThat(together(Member.root(root), into("R", 70, before, after, fact(9, 70, EventKind.LEAD_MERGED))))
                .containsExactly(before, after);
    }

    /** A into B at 10, R deleted at 30 and created anew at 40, B into R at 50. */
    @Test
    void theDeletionWithdrawsNothingOfWhatCameUnderTheLeadLaterByWayOfAnother() {
        Fact ofA = fact(11, 5, EventKind.FORM_SUBMITTED);
        Fact ofB = fact(12, 6, EventKind.FORM_SUBMITTED);
        Fact anew = fact(13, 40, EventKind.LEAD_CREATED);

        assertThat(together(
                        Member.root(List.of(CREATED, fact(3, 30, EventKind.LEAD_DELETED), anew)),
                        into("B", 10, ofA, fact(14, 10, EventKind.LEAD_MERGED)),
                        into("R", 50, ofB, fact(15, 50, EventKind.LEAD_MERGED))))
                .containsExactly(ofA, ofB, anew);
    }

    /** A into B at 10, B deleted at 20 and created anew at 30, B into R at 50: what was A's by then was B's. */
    @Test
    void theDeletionOfALeadOnTheWayWithdrawsWhatWasMergedIntoIt() {
        Fact ofA = fact(11, 5, EventKind.FORM_SUBMITTED);
        Fact anew = fact(13, 30, EventKind.LEAD_CREATED);

        assertThat(together(
                        Member.root(List.of(CREATED)),
                        into("B", 10, ofA, fact(14, 10, EventKind.LEAD_MERGED)),
                        into(
                                "R",
                                50,
                                fact(12, 6, EventKind.FORM_SUBMITTED),
                                fact(15, 20, EventKind.LEAD_DELETED),
                                anew,
                                fact(16, 50, EventKind.LEAD_MERGED))))
                .containsExactly(CREATED, anew);
    }

    /** A into R at 10, R into A at 20: the newer does not hold, so R is no emptied record. */
    @Test
    void theLeadThatAllOfACircleStandUnderCanBeDeleted() {
        List<Fact> root = List.of(CREATED, fact(3, 20, EventKind.LEAD_MERGED), fact(4, 30, EventKind.LEAD_DELETED));

        assertThat(together(
                        Member.root(root),
                        into("R", 10, fact(11, 5, EventKind.FORM_SUBMITTED), fact(12, 10, EventKind.LEAD_MERGED))))
                .isEmpty();
        assertThat(Standing.deletedMillis(root, false)).isEqualTo(30);
        assertThat(Standing.deletedMillis(root)).isEqualTo(Fact.NO_TIME);
    }

    @Test
    void whatIsToldOfOneBeforeItIsToldOfAnotherIsReadToo() {
        Fact ofA = fact(11, 5, EventKind.FORM_SUBMITTED);

        assertThat(together(Member.root(List.of(CREATED)), into("B", 10, ofA), into("A", 20)))
                .containsExactly(ofA, CREATED);
    }

    /** The first is R, the others A and B. */
    private static List<Fact> together(Member... members) {
        SortedMap<String, Member> byLead = new TreeMap<>();
        for (int i = 0; i < members.length; i++) {
            byLead.put(List.of("R", "A", "B").get(i), members[i]);
        }
        return Standing.of(byLead);
    }

    private static Member into(String lead, long mergedMillis, Fact... facts) {
        return new Member(List.of(facts), lead, mergedMillis);
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
