package io.leadpulse.serving.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.measure.Measure;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.result.RollupRecord;
import io.leadpulse.schemas.result.Unit;
import java.time.LocalDate;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What shows of sums of which it is not yet decided whether they are committed. */
class ProvisionalSumsTest {
    private static final TopicPartition FIRST = new TopicPartition(Topics.ROLLUPS, 0);
    private static final TopicPartition SECOND = new TopicPartition(Topics.ROLLUPS, 1);
    private static final int DAY = Math.toIntExact(LocalDate.parse("2025-03-05").toEpochDay());

    private final SumBook shown = new SumBook();
    private final ProvisionalSums provisional = new ProvisionalSums(shown);

    @Test
    void whatIsWrittenShowsAtOnceAndStaysWhenItIsCommitted() {
        provisional.takeCommitted(won("company", 100));
        provisional.passed(Map.of(FIRST, 1L));
        provisional.take(won("company", 150), FIRST, 1);
        assertThat(shownWon("company")).isEqualTo(150);

        provisional.takeCommitted(won("company", 150));
        assertThat(shownWon("company")).isEqualTo(150);
        provisional.passed(Map.of(FIRST, 3L));
        assertThat(shownWon("company")).isEqualTo(150);
        assertThat(provisional.size()).isZero();
    }

    @Test
    void whatIsAbortedShowsUntilTheCommittedPositionHasPassedIt() {
        provisional.takeCommitted(won("company", 100));
        provisional.passed(Map.of(FIRST, 1L));
        provisional.take(won("company", 150), FIRST, 1);
        provisional.take(won("rep:R-1", 50), FIRST, 2);

        provisional.passed(Map.of(FIRST, 2L));
        assertThat(shownWon("company")).isEqualTo(100);
        assertThat(shownWon("rep:R-1")).isEqualTo(50);
        provisional.passed(Map.of(FIRST, 4L));
        assertThat(shownWon("rep:R-1")).isZero();
        assertThat(shown.scopes()).as("of the rep nothing was ever committed").containsExactly("company");
        assertThat(provisional.size()).isZero();
    }

    @Test
    void whatIsWrittenAgainAfterAnAbortionShowsThroughout() {
        provisional.passed(Map.of(FIRST, 0L));
        provisional.take(won("company", 150), FIRST, 0);
        provisional.take(won("company", 120), FIRST, 2);
        assertThat(shownWon("company")).isEqualTo(120);
        // The first was aborted, the second is still open.
        provisional.passed(Map.of(FIRST, 2L));
        assertThat(shownWon("company")).isEqualTo(120);
        provisional.takeCommitted(won("company", 120));
        provisional.passed(Map.of(FIRST, 4L));
        assertThat(shownWon("company")).isEqualTo(120);
    }

    @Test
    void whatIsCommittedBeforeALaterOneDoesNotShowInItsPlace() {
        provisional.passed(Map.of(FIRST, 0L));
        provisional.take(won("company", 150), FIRST, 0);
        provisional.take(won("company", 180), FIRST, 2);
        provisional.takeCommitted(won("company", 150));
        provisional.passed(Map.of(FIRST, 2L));
        assertThat(shownWon("company")).isEqualTo(180);
        // Now the later one is aborted.
        provisional.passed(Map.of(FIRST, 4L));
        assertThat(shownWon("company")).isEqualTo(150);
    }

    @Test
    void whatIsReadBehindTheCommittedPositionIsNotShown() {
        provisional.takeCommitted(won("company", 180));
        provisional.passed(Map.of(FIRST, 5L, SECOND, 0L));
        provisional.take(won("company", 150), FIRST, 4);
        assertThat(shownWon("company")).isEqualTo(180);
        assertThat(provisional.isAhead(FIRST, 4)).isFalse();
        assertThat(provisional.isAhead(FIRST, 5)).isTrue();
        assertThat(provisional.isAhead(SECOND, 0)).isTrue();
    }

    @Test
    void whatIsReadAgainDoesNotBringAnOlderValueBack() {
        provisional.passed(Map.of(FIRST, 0L));
        provisional.take(won("company", 150), FIRST, 0);
        provisional.take(won("company", 180), FIRST, 1);
        provisional.take(won("company", 150), FIRST, 0);
        assertThat(shownWon("company")).isEqualTo(180);
    }

    @Test
    void aTopicThatBeginsAnewTakesWhatWasShownOfTheOldOneWithIt() {
        provisional.takeCommitted(won("company", 100));
        provisional.passed(Map.of(FIRST, 50L));
        provisional.take(won("company", 150), FIRST, 50);
        provisional.passed(Map.of(FIRST, 1L));
        assertThat(shownWon("company")).isEqualTo(100);
        assertThat(provisional.size()).isZero();
    }

    @Test
    void questionsAboutWhatIsCommittedDoNotSeeIt() {
        provisional.takeCommitted(won("company", 100));
        provisional.passed(Map.of(FIRST, 1L));
        provisional.take(won("company", 150), FIRST, 1);
        provisional.take(won("rep:R-1", 50), FIRST, 2);
        assertThat(provisional.<Long>without(() -> shownWon("company"))).isEqualTo(100);
        assertThat(provisional.without(shown::scopes)).containsExactly("company");
        assertThat(shownWon("company")).isEqualTo(150);
        assertThat(shownWon("rep:R-1")).isEqualTo(50);
    }

    @Test
    void noMoreThanTheBoundIsKeptAndTheRestShowsWhenItIsCommitted() {
        provisional.passed(Map.of(FIRST, 0L));
        for (int rep = 0; rep <= ProvisionalSums.MOST; rep++) {
            provisional.take(won("rep:R-" + rep, 7), FIRST, rep);
        }
        assertThat(provisional.size()).isEqualTo(ProvisionalSums.MOST);
        assertThat(shownWon("rep:R-" + ProvisionalSums.MOST)).isZero();
        provisional.take(won("rep:R-0", 9), FIRST, ProvisionalSums.MOST + 1);
        assertThat(shownWon("rep:R-0")).isEqualTo(9);
        provisional.takeCommitted(won("rep:R-" + ProvisionalSums.MOST, 7));
        assertThat(shownWon("rep:R-" + ProvisionalSums.MOST)).isEqualTo(7);
    }

    @Test
    void sumsThatAreNotKeptAreNotKeptHere() {
        provisional.passed(Map.of(FIRST, 0L));
        provisional.take(new RollupRecord("company", "won_amount", "", RollupRecord.TOTAL, Unit.MONEY, 5, 0), FIRST, 0);
        assertThat(provisional.size()).isZero();
    }

    private long shownWon(String scope) {
        return won(shown, scope);
    }

    private static long won(SumBook book, String scope) {
        return book.of(scope).sumOfDay(Measure.WON_AMOUNT, "", DAY);
    }

    private static RollupRecord won(String scope, long value) {
        return new RollupRecord(scope, "won_amount", "", "2025-03-05", Unit.MONEY, value, 0);
    }
}
