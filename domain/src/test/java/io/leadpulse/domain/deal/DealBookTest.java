package io.leadpulse.domain.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.domain.deal.Deal.Outcome;
import io.leadpulse.domain.deal.DealBook.Acceptance;
import io.leadpulse.domain.deal.DealBook.Verdict;
import io.leadpulse.domain.event.EventKind;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DealBookTest {

    private static final long MARCH_1 = day(1);
    private static final long MARCH_5 = day(5);
    private static final long MARCH_8 = day(8);
    private static final long MARCH_12 = day(12);
    private static final long MARCH_20 = day(20);

    @Test
    void lastStageEndsAtTheClose() {
        Deal deal = resolve(
                at(MARCH_1, EventKind.DEAL_OPENED).stage("meeting").owner("ada"),
                at(MARCH_5, EventKind.DEAL_STAGE_CHANGED).stage("demo"),
                at(MARCH_12, EventKind.DEAL_WON).stage("won").amount(1_350_00L));

        assertThat(deal.outcome()).isEqualTo(Outcome.WON);
        assertThat(deal.openedMillis()).isEqualTo(MARCH_1);
        assertThat(deal.closedMillis()).isEqualTo(MARCH_12);
        assertThat(deal.amountMinor()).isEqualTo(1_350_00L);
        assertThat(deal.owners()).containsExactly(new Ownership("ada", MARCH_1));
        assertThat(deal.stays())
                .containsExactly(new Stay("meeting", MARCH_1, MARCH_5), new Stay("demo", MARCH_5, MARCH_12));
    }

    @Test
    void openedAndWonAtTheSameMidnightIsWon() {
        Deal deal = resolve(at(MARCH_5, EventKind.DEAL_WON), at(MARCH_5, EventKind.DEAL_OPENED));

        assertThat(deal.outcome()).isEqualTo(Outcome.WON);
        assertThat(deal.openedMillis()).isEqualTo(MARCH_5);
        assertThat(deal.closedMillis()).isEqualTo(MARCH_5);
    }

    @Test
    void withoutAnOpeningTheEarliestRecordOpens() {
        Deal deal = resolve(at(MARCH_8, EventKind.DEAL_WON), at(MARCH_5, EventKind.DEAL_UPDATED));

        assertThat(deal.openedMillis()).isEqualTo(MARCH_5);
    }

    @Test
    void theFirstOfSeveralOpeningsOpens() {
        Deal deal = resolve(
                at(MARCH_1, EventKind.DEAL_UPDATED),
                at(MARCH_8, EventKind.DEAL_OPENED),
                at(MARCH_5, EventKind.DEAL_OPENED));

        assertThat(deal.openedMillis()).isEqualTo(MARCH_5);
    }

    @Test
    void noStageNamedMeansNoStays() {
        assertThat(resolve(at(MARCH_1, EventKind.DEAL_OPENED), at(MARCH_5, EventKind.DEAL_LOST))
                        .stays())
                .isEmpty();
    }

    @Test
    void movingIntoAWonStageWins() {
        Deal deal = resolve(
                at(MARCH_1, EventKind.DEAL_OPENED).stage("offer"),
                at(MARCH_5, EventKind.DEAL_STAGE_CHANGED).stage("won"));

        assertThat(deal.outcome()).isEqualTo(Outcome.WON);
        assertThat(deal.closedMillis()).isEqualTo(MARCH_5);
        assertThat(deal.stays()).containsExactly(new Stay("offer", MARCH_1, MARCH_5));
    }

    @Test
    void anUpdateThatNamesALostStageLoses() {
        Deal deal = resolve(
                at(MARCH_1, EventKind.DEAL_OPENED),
                at(MARCH_5, EventKind.DEAL_UPDATED).stage("lost").reason("price"));

        assertThat(deal.outcome()).isEqualTo(Outcome.LOST);
        assertThat(deal.reason()).isEqualTo("price");
    }

    @Test
    void secondWinDoesNotRestamp() {
        Deal deal = resolve(
                at(MARCH_5, EventKind.DEAL_STAGE_CHANGED).stage("won"),
                at(MARCH_8, EventKind.DEAL_WON),
                at(MARCH_12, EventKind.DEAL_STAGE_CHANGED).stage("won"));

        assertThat(deal.closedMillis()).isEqualTo(MARCH_5);
    }

    @Test
    void laterAmountRestatesTheWonDay() {
        Deal deal = resolve(
                at(MARCH_5, EventKind.DEAL_WON).amount(100L),
                at(MARCH_20, EventKind.DEAL_UPDATED).amount(250L).product("GTX"));

        assertThat(deal.closedMillis()).isEqualTo(MARCH_5);
        assertThat(deal.amountMinor()).isEqualTo(250L);
        assertThat(deal.product()).isEqualTo("GTX");
    }

    @Test
    void lateRecordOfAnEarlierTimeDoesNotChangeTheNewestAmount() {
        Deal deal = resolve(
                at(MARCH_20, EventKind.DEAL_UPDATED).amount(250L).expectedClose(20_000L),
                at(MARCH_5, EventKind.DEAL_OPENED).amount(100L).expectedClose(19_000L));

        assertThat(deal.amountMinor()).isEqualTo(250L);
        assertThat(deal.expectedCloseEpochDay()).isEqualTo(20_000L);
    }

    @Test
    void refundIsListedAndIsNotTheAmount() {
        Deal deal = resolve(
                at(MARCH_5, EventKind.DEAL_WON).amount(100L),
                at(MARCH_8, EventKind.DEAL_REFUNDED).amount(40L));

        assertThat(deal.amountMinor()).isEqualTo(100L);
        assertThat(deal.refunds()).containsExactly(new Refund(MARCH_8, 40L));
    }

    @Test
    void whatWasGivenBackOfAWinIsGoneWithItAndNotTakenFromTheNext() {
        Deal deal = resolve(
                at(MARCH_1, EventKind.DEAL_WON).amount(100L),
                at(MARCH_5, EventKind.DEAL_REFUNDED).amount(100L),
                at(MARCH_8, EventKind.DEAL_REOPENED),
                at(MARCH_8 + 1, EventKind.DEAL_WON),
                at(MARCH_8 + 2, EventKind.DEAL_REFUNDED).amount(30L));

        assertThat(deal.outcome()).isEqualTo(Outcome.WON);
        assertThat(deal.refunds()).containsExactly(new Refund(MARCH_8 + 2, 30L));
    }

    @Test
    void whatIsGivenBackOfAWinAsItIsUndoneOrAfterIsNotTakenFromTheNext() {
        Deal deal = resolve(
                at(MARCH_1, EventKind.DEAL_WON).amount(100L),
                at(MARCH_5, EventKind.DEAL_REOPENED),
                at(MARCH_5, EventKind.DEAL_REFUNDED).amount(60L),
                at(MARCH_5 + 1, EventKind.DEAL_REFUNDED).amount(40L),
                at(MARCH_8, EventKind.DEAL_WON));

        assertThat(deal.refunds()).isEmpty();
    }

    @Test
    void whatWasGivenBackOfAWinIsGoneWhereALossReplacesIt() {
        Deal deal = resolve(
                at(MARCH_1, EventKind.DEAL_WON).amount(100L),
                at(MARCH_5, EventKind.DEAL_REFUNDED).amount(100L),
                at(MARCH_5 + 1, EventKind.DEAL_LOST),
                at(MARCH_8, EventKind.DEAL_WON));

        assertThat(deal.refunds()).isEmpty();
    }

    @Test
    void aRefundThatIsDatedBeforeTheOnlyWinIsOfThatWin() {
        Deal deal = resolve(
                at(MARCH_1, EventKind.DEAL_LOST),
                at(MARCH_5, EventKind.DEAL_REFUNDED).amount(40L),
                at(MARCH_5 + 1, EventKind.DEAL_REOPENED),
                at(MARCH_8, EventKind.DEAL_WON).amount(100L));

        assertThat(deal.refunds()).containsExactly(new Refund(MARCH_5, 40L));
    }

    @Test
    void reopeningClearsTheCloseAndStartsANewStayInTheOldStage() {
        Deal deal = resolve(
                at(MARCH_1, EventKind.DEAL_OPENED).stage("offer"),
                at(MARCH_5, EventKind.DEAL_LOST).reason("price").competitor("acme"),
                at(MARCH_8, EventKind.DEAL_REOPENED));

        assertThat(deal.outcome()).isEqualTo(Outcome.OPEN);
        assertThat(deal.closedMillis()).isEqualTo(Stay.OPEN);
        assertThat(deal.reason()).isNull();
        assertThat(deal.competitor()).isNull();
        assertThat(deal.stays())
                .containsExactly(new Stay("offer", MARCH_1, MARCH_5), new Stay("offer", MARCH_8, Stay.OPEN));
    }

    @Test
    void reopeningMayNameTheStage() {
        Deal deal = resolve(
                at(MARCH_1, EventKind.DEAL_OPENED).stage("offer"),
                at(MARCH_5, EventKind.DEAL_LOST),
                at(MARCH_8, EventKind.DEAL_REOPENED).stage("demo"));

        assertThat(deal.stays()).last().isEqualTo(new Stay("demo", MARCH_8, Stay.OPEN));
    }

    @Test
    void stageChangeIntoAnOpenStageReopens() {
        Deal deal = resolve(
                at(MARCH_5, EventKind.DEAL_WON),
                at(MARCH_8, EventKind.DEAL_STAGE_CHANGED).stage("offer"));

        assertThat(deal.outcome()).isEqualTo(Outcome.OPEN);
        assertThat(deal.stays()).containsExactly(new Stay("offer", MARCH_8, Stay.OPEN));
    }

    @Test
    void updateThatRepeatsTheOpenStageDoesNotReopen() {
        Deal deal = resolve(
                at(MARCH_1, EventKind.DEAL_OPENED).stage("offer"),
                at(MARCH_5, EventKind.DEAL_WON),
                at(MARCH_8, EventKind.DEAL_UPDATED).stage("offer").amount(10L));

        assertThat(deal.outcome()).isEqualTo(Outcome.WON);
        assertThat(deal.stays()).containsExactly(new Stay("offer", MARCH_1, MARCH_5));
    }

    @Test
    void winAgainAfterReopeningCountsAtItsOwnTime() {
        Deal deal = resolve(
                at(MARCH_5, EventKind.DEAL_WON),
                at(MARCH_8, EventKind.DEAL_REOPENED),
                at(MARCH_12, EventKind.DEAL_WON));

        assertThat(deal.closedMillis()).isEqualTo(MARCH_12);
    }

    @Test
    void laterOppositeOutcomeReplaces() {
        Deal lost = resolve(
                at(MARCH_5, EventKind.DEAL_WON),
                at(MARCH_8, EventKind.DEAL_LOST).reason("budget"));
        Deal won = resolve(at(MARCH_5, EventKind.DEAL_LOST).reason("budget"), at(MARCH_8, EventKind.DEAL_WON));

        assertThat(lost.outcome()).isEqualTo(Outcome.LOST);
        assertThat(lost.closedMillis()).isEqualTo(MARCH_8);
        assertThat(lost.reason()).isEqualTo("budget");
        assertThat(won.outcome()).isEqualTo(Outcome.WON);
        assertThat(won.closedMillis()).isEqualTo(MARCH_8);
        assertThat(won.reason()).isNull();
    }

    @Test
    void keepsWhatWasNotedAtTheWinUntilItIsReopened() {
        Deal won = resolve(
                at(MARCH_5, EventKind.DEAL_WON).reason("promised: training").competitor("acme"));
        Deal reopened = resolve(
                at(MARCH_5, EventKind.DEAL_WON).reason("promised: training"), at(MARCH_8, EventKind.DEAL_REOPENED));

        assertThat(won.reason()).isEqualTo("promised: training");
        assertThat(won.competitor()).isNull();
        assertThat(reopened.reason()).isNull();
    }

    @Test
    void deletionHoldsUntilTakenBack() {
        assertThat(resolve(at(MARCH_1, EventKind.DEAL_OPENED), at(MARCH_5, EventKind.DEAL_DELETED))
                        .deleted())
                .isTrue();
        assertThat(resolve(
                                at(MARCH_1, EventKind.DEAL_OPENED),
                                at(MARCH_5, EventKind.DEAL_DELETED),
                                at(MARCH_8, EventKind.DEAL_UPDATED))
                        .deleted())
                .isTrue();
        assertThat(resolve(
                                at(MARCH_1, EventKind.DEAL_OPENED),
                                at(MARCH_5, EventKind.DEAL_DELETED),
                                at(MARCH_8, EventKind.DEAL_OPENED))
                        .deleted())
                .isFalse();
        assertThat(resolve(
                                at(MARCH_1, EventKind.DEAL_WON),
                                at(MARCH_5, EventKind.DEAL_DELETED),
                                at(MARCH_8, EventKind.DEAL_REOPENED))
                        .deleted())
                .isFalse();
    }

    @Test
    void deletionEndsTheStayAndTakingItBackStartsANewOne() {
        Deal deleted = resolve(
                at(MARCH_1, EventKind.DEAL_OPENED).stage("demo"),
                at(MARCH_5, EventKind.DEAL_DELETED),
                at(MARCH_8, EventKind.DEAL_STAGE_CHANGED).stage("offer"));
        Deal restored = resolve(
                at(MARCH_1, EventKind.DEAL_OPENED).stage("demo"),
                at(MARCH_5, EventKind.DEAL_DELETED),
                at(MARCH_8, EventKind.DEAL_STAGE_CHANGED).stage("offer"),
                at(MARCH_12, EventKind.DEAL_OPENED));

        assertThat(deleted.stays()).containsExactly(new Stay("demo", MARCH_1, MARCH_5));
        assertThat(restored.stays())
                .containsExactly(new Stay("demo", MARCH_1, MARCH_5), new Stay("offer", MARCH_12, Stay.OPEN));
    }

    @Test
    void handoverAfterTheWinMovesNothing() {
        Deal deal = resolve(
                at(MARCH_1, EventKind.DEAL_OPENED).owner("ada"),
                at(MARCH_5, EventKind.DEAL_WON).owner("ada"),
                at(MARCH_8, EventKind.DEAL_UPDATED).owner("bo"));

        assertThat(deal.owners()).containsExactly(new Ownership("ada", MARCH_1), new Ownership("bo", MARCH_8));
        assertThat(deal.ownerAt(deal.closedMillis())).isEqualTo("ada");
    }

    @Test
    void lastOwnerNamedAtOneInstantOwns() {
        Deal deal = resolve(
                at(MARCH_1, EventKind.DEAL_OPENED).owner("ada"),
                at(MARCH_5, EventKind.DEAL_UPDATED).owner("bo"),
                at(MARCH_5, EventKind.DEAL_WON).owner("ada"));

        assertThat(deal.owners()).containsExactly(new Ownership("ada", MARCH_1));
    }

    @Test
    void newestRecordNamesTheLead() {
        Deal deal = resolve(
                at(MARCH_8, EventKind.DEAL_UPDATED).lead("L2"),
                at(MARCH_1, EventKind.DEAL_OPENED).lead("L1"));

        assertThat(deal.lead()).isEqualTo("L2");
    }

    @Test
    void repeatedStageIsOneStay() {
        Deal deal = resolve(
                at(MARCH_1, EventKind.DEAL_OPENED).stage("demo"),
                at(MARCH_5, EventKind.DEAL_UPDATED).stage("demo"),
                at(MARCH_8, EventKind.DEAL_STAGE_CHANGED).stage("demo"));

        assertThat(deal.stays()).containsExactly(new Stay("demo", MARCH_1, Stay.OPEN));
    }

    @Test
    void stageLeftAtTheInstantOfEnteringIsAStayOfZeroLength() {
        Deal deal = resolve(
                at(MARCH_1, EventKind.DEAL_OPENED).stage("meeting"),
                at(MARCH_1, EventKind.DEAL_STAGE_CHANGED).stage("demo"));

        assertThat(deal.stays())
                .containsExactly(new Stay("meeting", MARCH_1, MARCH_1), new Stay("demo", MARCH_1, Stay.OPEN));
    }

    @Test
    void dealWithoutARecordIsRefused() {
        assertThatThrownBy(() -> DealBook.resolve("D1", List.of(), DealStages.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("D1");
    }

    @Test
    void stageNameThatStandsTwiceIsRefused() {
        assertThatThrownBy(() -> new DealStages(List.of("demo", "won"), List.of("won"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("won");
    }

    @Test
    void repeatedRecordIsADuplicate() {
        DealEvent won = at(MARCH_5, EventKind.DEAL_WON).event(7, 1, 99);
        Acceptance first = DealBook.accept(List.of(), won);
        Acceptance second = DealBook.accept(first.kept(), won);

        assertThat(first.verdict()).isEqualTo(Verdict.COUNTED);
        assertThat(second).isEqualTo(new Acceptance(Verdict.DUPLICATE, List.of(won)));
    }

    @Test
    void higherVersionReplacesWhicheverComesFirst() {
        DealEvent older = at(MARCH_5, EventKind.DEAL_WON).event(7, 1, 99);
        DealEvent newer = at(MARCH_8, EventKind.DEAL_LOST).event(7, 2, 11);

        assertThat(DealBook.accept(List.of(older), newer))
                .isEqualTo(new Acceptance(Verdict.SUPERSEDES, List.of(newer)));
        assertThat(DealBook.accept(List.of(newer), older))
                .isEqualTo(new Acceptance(Verdict.SUPERSEDED, List.of(newer)));
    }

    @Test
    void conflictOfEqualVersionsKeepsTheEarlierWhicheverComesFirst() {
        DealEvent earlier = at(MARCH_5, EventKind.DEAL_WON).event(7, 1, 99);
        DealEvent later = at(MARCH_8, EventKind.DEAL_WON).event(7, 1, 11);

        assertThat(DealBook.accept(List.of(earlier), later))
                .isEqualTo(new Acceptance(Verdict.DUPLICATE_CONFLICT, List.of(earlier)));
        assertThat(DealBook.accept(List.of(later), earlier))
                .isEqualTo(new Acceptance(Verdict.DUPLICATE_CONFLICT, List.of(earlier)));
    }

    @Test
    void recordBeyondTheBoundIsRefusedAndKnownOnesStillCorrect() {
        List<DealEvent> kept = new ArrayList<>();
        for (int i = 0; i < DealBook.MAX_RECORDS; i++) {
            kept.add(at(MARCH_1, EventKind.DEAL_UPDATED).event(i, 0, i));
        }

        assertThat(DealBook.accept(kept, at(MARCH_5, EventKind.DEAL_WON).event(-1, 0, 0))
                        .verdict())
                .isEqualTo(Verdict.TOO_MANY);
        assertThat(DealBook.accept(kept, at(MARCH_5, EventKind.DEAL_WON).event(1, 1, 0))
                        .verdict())
                .isEqualTo(Verdict.SUPERSEDES);
    }

    private static long day(int dayOfMarch) {
        return LocalDate.of(2024, 3, dayOfMarch).atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1000;
    }

    private static DealEventBuilder at(long timeMillis, EventKind kind) {
        return new DealEventBuilder(timeMillis, kind);
    }

    /** Resolves the records in the order given and reversed: no rule may depend on it. */
    private static Deal resolve(DealEventBuilder... records) {
        List<DealEvent> events = new ArrayList<>();
        for (int i = 0; i < records.length; i++) {
            events.add(records[i].event(i, 0, i));
        }
        Deal deal = DealBook.resolve("D1", events, DealStages.DEFAULT);
        Collections.reverse(events);
        assertThat(DealBook.resolve("D1", events, DealStages.DEFAULT)).isEqualTo(deal);
        return deal;
    }
}
