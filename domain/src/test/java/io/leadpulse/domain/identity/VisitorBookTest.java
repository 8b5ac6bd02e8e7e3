package io.leadpulse.domain.identity;

import static io.leadpulse.domain.identity.VisitorBook.IDENTIFY_WITHIN_MILLIS;
import static io.leadpulse.domain.identity.VisitorBook.KEEP_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.event.FactBook.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisitorBookTest {
    private static final long DAY = 86_400_000L;
    private static final long NOON = 20_000 * DAY + DAY / 2;
    private static final long HORIZON = 800 * DAY;

    private Visitor visitor = Visitor.UNKNOWN;

    @Test
    void anEventBelongsToTheLatestIdentificationAtOrBeforeIt() {
        identify(1, NOON - 2, "ada");
        identify(2, NOON, "bo");
        view(3, NOON - 1);
        view(4, NOON);
        view(5, NOON + 700 * DAY);

        assertThat(owners()).containsExactly("ada", "ada", "bo", "bo", "bo");
    }

    @Test
    void elseToTheFirstAfterItWithinThirtyDays() {
        view(1, NOON);
        view(2, NOON - 1);
        identify(3, NOON + IDENTIFY_WITHIN_MILLIS, "ada");
        identify(4, NOON + IDENTIFY_WITHIN_MILLIS + 1, "bo");

        assertThat(owners()).containsExactly(null, "ada", "ada", "bo");
    }

    @Test
    void theFirstAfterItIsNotPassedOver() {
        view(1, NOON);
        identify(2, NOON + 1, "ada");
        identify(3, NOON + 2, "bo");

        assertThat(owners()).containsExactly("ada", "ada", "bo");
    }

    @Test
    void anEventThatNamesItsLeadBelongsToItAndIdentifiesWhatFollows() {
        identify(1, NOON, "ada");
        named(2, NOON + 1, "bo");
        view(3, NOON + 2);

        assertThat(owners()).containsExactly("ada", "bo", "bo");
    }

    @Test
    void aLateIdentificationMovesWhatLiesBetweenItAndTheNext() {
        identify(1, NOON, "ada");
        view(2, NOON + 10);
        view(3, NOON + 20);
        identify(4, NOON + 30, "ada");
        view(5, NOON + 40);
        VisitorBook.Acceptance late = identify(6, NOON + 15, "bo");

        assertThat(late.verdict()).isEqualTo(Verdict.COUNTED);
        assertThat(late.moves())
                .extracting(
                        move -> move.after().fact().id(),
                        move -> move.before() == null ? "new" : move.before().owner(),
                        move -> move.after().owner())
                .containsExactly(tuple(6L, "new", "bo"), tuple(3L, "ada", "bo"));
    }

    @Test
    void aCorrectionCanTakeTheLeadAway() {
        view(1, NOON);
        identify(2, NOON + 1, "ada");
        VisitorBook.Acceptance correction = accept(fact(2, NOON + 1, EventKind.IDENTIFIED, 1), null);

        assertThat(correction.verdict()).isEqualTo(Verdict.SUPERSEDES);
        assertThat(correction.moves()).extracting(VisitorBook.Move::isReplaced).containsExactly(false, true);
        assertThat(owners()).containsExactly(null, null);
    }

    @Test
    void anOlderVersionAndARepetitionChangeNothing() {
        accept(fact(1, NOON, EventKind.IDENTIFIED, 2), "ada");
        Visitor before = visitor;

        assertThat(accept(fact(1, NOON, EventKind.IDENTIFIED, 1), "bo").verdict())
                .isEqualTo(Verdict.SUPERSEDED);
        assertThat(accept(fact(1, NOON, EventKind.IDENTIFIED, 2), "ada").verdict())
                .isEqualTo(Verdict.DUPLICATE);
        assertThat(visitor).isSameAs(before);
    }

    @Test
    void anEventLeavesSixtyDaysAfterItsTimeToTheMillisecond() {
        view(1, NOON);
        view(2, NOON + 1);

        assertThat(leave(NOON + KEEP_MILLIS - 1)).isEmpty();
        assertThat(VisitorBook.nextMillis(visitor, HORIZON)).isEqualTo(NOON + KEEP_MILLIS);
        assertThat(leave(NOON + KEEP_MILLIS))
                .extracting(left -> left.fact().id(), VisitorRecord::owner)
                .containsExactly(tuple(1L, null));
        assertThat(VisitorBook.nextMillis(visitor, HORIZON)).isEqualTo(NOON + 1 + KEEP_MILLIS);
    }

    @Test
    void beyondTheBoundTheOldestLeaves() {
        for (int i = 0; i < VisitorBook.MAX_RECORDS; i++) {
            view(i, NOON + i);
        }
        assertThat(leave(NOON)).isEmpty();
        view(900, NOON + 900);

        assertThat(leave(NOON)).extracting(left -> left.fact().id()).containsExactly(0L);
        assertThat(visitor.records()).hasSize(VisitorBook.MAX_RECORDS);
    }

    @Test
    void anIdentificationThatLeftStillNamesLaterEvents() {
        identify(1, NOON, "ada");
        leave(NOON + KEEP_MILLIS);
        view(2, NOON + KEEP_MILLIS);

        assertThat(visitor.records()).extracting(VisitorRecord::owner).containsExactly("ada");
    }

    @Test
    void anIdentificationThatLeftIsRecognisedAndCorrectable() {
        identify(1, NOON, "ada");
        leave(NOON + KEEP_MILLIS);
        view(2, NOON + KEEP_MILLIS);

        assertThat(identify(1, NOON, "ada").verdict()).isEqualTo(Verdict.DUPLICATE);
        VisitorBook.Acceptance correction = accept(fact(1, NOON, EventKind.IDENTIFIED, 1), "bo");
        assertThat(correction.moves())
                .extracting(move -> move.before().owner(), move -> move.after().owner(), VisitorBook.Move::isReplaced)
                .containsExactly(tuple("ada", "bo", true), tuple("ada", "bo", false));
        assertThat(visitor.remembered()).isEmpty();
    }

    @Test
    void ofIdentificationsAsOneLeadTheFirstAndTheLastAreRemembered() {
        for (int i = 0; i < 10; i++) {
            identify(i, NOON + i, i < 7 ? "ada" : "bo");
        }
        leave(NOON + 9 + KEEP_MILLIS);

        assertThat(visitor.remembered()).extracting(each -> each.fact().id()).containsExactly(0L, 6L, 7L, 9L);
    }

    @Test
    void theNewestIdentificationsAreRemembered() {
        int all = VisitorBook.MAX_REMEMBERED + 5;
        for (int i = 0; i < all; i++) {
            identify(i, NOON + i, "lead" + i);
        }
        leave(NOON + all + KEEP_MILLIS);

        assertThat(visitor.remembered()).hasSize(VisitorBook.MAX_REMEMBERED);
        assertThat(visitor.remembered().get(0).fact().id()).isEqualTo(5);
    }

    @Test
    void aVisitorIsForgottenAHorizonAfterHisNewestIdentification() {
        identify(1, NOON, "ada");
        assertThat(VisitorBook.isForgotten(visitor, NOON + HORIZON, HORIZON)).isFalse();
        leave(NOON + KEEP_MILLIS);

        assertThat(VisitorBook.nextMillis(visitor, HORIZON)).isEqualTo(NOON + HORIZON);
        assertThat(VisitorBook.isForgotten(visitor, NOON + HORIZON - 1, HORIZON))
                .isFalse();
        assertThat(VisitorBook.isForgotten(visitor, NOON + HORIZON, HORIZON)).isTrue();
    }

    @Test
    void beforeAnyTimeHasPassedNothingLeaves() {
        view(1, 0);

        assertThat(leave(Long.MIN_VALUE)).isEmpty();
    }

    private VisitorBook.Acceptance identify(long id, long timeMillis, String lead) {
        return accept(fact(id, timeMillis, EventKind.IDENTIFIED, 0), lead);
    }

    private void named(long id, long timeMillis, String lead) {
        accept(fact(id, timeMillis, EventKind.FORM_SUBMITTED, 0), lead);
    }

    private void view(long id, long timeMillis) {
        accept(fact(id, timeMillis, EventKind.PAGE_VIEWED, 0), null);
    }

    private VisitorBook.Acceptance accept(Fact fact, String lead) {
        VisitorBook.Acceptance acceptance = VisitorBook.accept(visitor, fact, lead);
        visitor = acceptance.after();
        return acceptance;
    }

    private List<VisitorRecord> leave(long nowMillis) {
        VisitorBook.Departure departure = VisitorBook.leave(visitor, nowMillis);
        visitor = departure.after();
        return departure.left();
    }

    private List<String> owners() {
        return visitor.records().stream().map(VisitorRecord::owner).toList();
    }

    private static Fact fact(long id, long timeMillis, EventKind kind, long version) {
        return Fact.builder(id, "web/" + id, timeMillis, kind).version(version).build();
    }
}
