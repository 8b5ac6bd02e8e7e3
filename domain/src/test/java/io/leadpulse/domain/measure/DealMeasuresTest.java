package io.leadpulse.domain.measure;

import static io.leadpulse.domain.measure.NewYorkCompany.day;
import static io.leadpulse.domain.measure.NewYorkCompany.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealBook;
import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.event.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The company is in New York: 2025-03-04T03:00Z is still the evening of the 3rd there. */
class DealMeasuresTest {
    private static final String OPENED = "2025-03-04T03:00:00Z";
    private static final String WON = "2025-03-20T14:07:00Z";

    @Test
    void aWinCountsOnItsLocalDayForCompanyTeamAndRepOfThatMoment() {
        Map<String, Long> sums = sums(opened("ann", null), won(2, WON, 150_000L));

        assertThat(sums)
                .containsEntry(key("company", Measure.OPENED_COUNT, day("2025-03-03")), 1L)
                .containsEntry(key("team:north", Measure.OPENED_COUNT, day("2025-03-03")), 1L)
                .containsEntry(key("rep:ann", Measure.OPENED_COUNT, day("2025-03-03")), 1L)
                .containsEntry(key("company", Measure.WON_COUNT, day("2025-03-20")), 1L)
                .containsEntry(key("team:south", Measure.WON_COUNT, day("2025-03-20")), 1L)
                .containsEntry(key("rep:ann", Measure.WON_AMOUNT, day("2025-03-20")), 150_000L)
                .containsEntry(key("rep:ann", Measure.WON_DEAL_AMOUNT, day("2025-03-20")), 150_000L)
                .containsEntry(key("company", Measure.CYCLE_MILLIS, day("2025-03-20")), millis(WON) - millis(OPENED));
        assertThat(sums.keySet())
                .noneMatch(key -> key.startsWith("team:north WON"))
                .noneMatch(key -> key.contains("OPEN_COUNT") || key.contains("OPEN_AMOUNT"));
    }

    @Test
    void fiveMinutesAreThoseOfTheLocalClock() {
        Map<String, Long> sums = sums(opened("ann", null), won(2, WON, 150_000L));
        // 14:07 UTC is 10:07 in New York in daylight saving time.
        int slot = (10 * 60 + 5) / 5;
        assertThat(sums)
                .containsEntry(
                        key(
                                "company",
                                Measure.WON_AMOUNT_FIVE_MINUTES,
                                day("2025-03-20") * Measure.SLOTS_PER_DAY + slot),
                        150_000L);
    }

    @Test
    void aHandoverAfterTheWinMovesNothing() {
        Map<String, Long> before = sums(opened("ann", null), won(2, WON, 150_000L));
        Map<String, Long> after = sums(
                opened("ann", null),
                won(2, WON, 150_000L),
                event(3, "2025-03-21T10:00:00Z", EventKind.DEAL_UPDATED, "bob", null, null));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aHandoverBeforeTheWinGivesTheWinToTheNewOwnerAndLeavesTheOpening() {
        Map<String, Long> sums = sums(
                opened("ann", null),
                event(3, "2025-03-05T10:00:00Z", EventKind.DEAL_UPDATED, "bob", null, null),
                won(2, WON, 150_000L));
        assertThat(sums)
                .containsEntry(key("rep:ann", Measure.OPENED_COUNT, day("2025-03-03")), 1L)
                .containsEntry(key("rep:bob", Measure.WON_COUNT, day("2025-03-20")), 1L);
        assertThat(sums.keySet()).noneMatch(key -> key.startsWith("rep:ann WON"));
    }

    @Test
    void anAmountSaidAfterTheWinRestatesTheWonDay() {
        Map<String, Long> sums = sums(
                opened("ann", null),
                won(2, WON, 150_000L),
                event(3, "2025-04-02T10:00:00Z", EventKind.DEAL_UPDATED, null, null, 99_000L));
        assertThat(sums).containsEntry(key("company", Measure.WON_AMOUNT, day("2025-03-20")), 99_000L);
        assertThat(sums.keySet()).noneMatch(key -> key.endsWith(" " + day("2025-04-02")));
    }

    @Test
    void aRefundIsNegativeOnItsOwnDayAndLeavesTheMeanWonAmount() {
        Map<String, Long> sums = sums(
                opened("ann", null),
                won(2, WON, 150_000L),
                event(3, "2025-04-02T10:00:00Z", EventKind.DEAL_REFUNDED, null, null, 40_000L));
        assertThat(sums)
                .containsEntry(key("company", Measure.WON_AMOUNT, day("2025-03-20")), 150_000L)
                .containsEntry(key("company", Measure.WON_AMOUNT, day("2025-04-02")), -40_000L)
                .containsEntry(key("rep:ann", Measure.WON_AMOUNT, day("2025-04-02")), -40_000L)
                .containsEntry(key("company", Measure.WON_DEAL_AMOUNT, day("2025-03-20")), 150_000L)
                .containsEntry(
                        key(
                                "company",
                                Measure.WON_AMOUNT_FIVE_MINUTES,
                                day("2025-04-02") * Measure.SLOTS_PER_DAY + 6 * 12),
                        -40_000L);
        assertThat(sums.keySet())
                .noneMatch(key -> key.contains("WON_DEAL_AMOUNT") && key.endsWith(" " + day("2025-04-02")));
    }

    @Test
    void aReopenedDealIsNeitherWonNorLostBeforeAndCountsAsOpen() {
        Map<String, Long> sums = sums(
                opened("ann", "demo"),
                won(2, WON, 150_000L),
                event(3, "2025-04-02T10:00:00Z", EventKind.DEAL_REOPENED, null, null, null));
        assertThat(sums.keySet()).noneMatch(key -> key.contains(" WON_") || key.contains(" CYCLE_"));
        assertThat(sums)
                .containsEntry(key("company", Measure.OPEN_COUNT, 0), 1L)
                .containsEntry(key("company", Measure.OPEN_AMOUNT, 0), 150_000L)
                .containsEntry("rep:ann OPEN_AMOUNT_BY_STAGE demo 0", 150_000L);
    }

    @Test
    void aDeletedDealAddsNothingAtAll() {
        assertThat(sums(
                        opened("ann", "demo"),
                        won(2, WON, 150_000L),
                        event(3, "2025-03-25T10:00:00Z", EventKind.DEAL_REFUNDED, null, null, 1L),
                        event(4, "2025-04-02T10:00:00Z", EventKind.DEAL_DELETED, null, null, null)))
                .isEmpty();
    }

    @Test
    void aWinOfUnknownAmountCountsAsAWinWithoutMoney() {
        Map<String, Long> sums = sums(opened("ann", null), won(2, WON, null));
        assertThat(sums).containsEntry(key("company", Measure.WON_COUNT, day("2025-03-20")), 1L);
        assertThat(sums.keySet()).noneMatch(key -> key.contains("WON_AMOUNT") || key.contains("WON_DEAL_AMOUNT"));
    }

    @Test
    void anOpenDealOfUnknownAmountIsShownAsSuch() {
        Map<String, Long> sums = sums(opened("ann", null));
        assertThat(sums)
                .containsEntry(key("company", Measure.OPEN_COUNT, 0), 1L)
                .containsEntry(key("company", Measure.OPEN_WITHOUT_AMOUNT, 0), 1L)
                .as("now Ann is in the south")
                .containsEntry(key("team:south", Measure.OPEN_COUNT, 0), 1L);
        assertThat(sums.keySet()).noneMatch(key -> key.contains("OPEN_AMOUNT"));
    }

    @Test
    void anOpenDealIsDueOnItsExpectedDay() {
        DealEvent due = new DealEvent(
                9,
                "test/9",
                millis("2025-03-05T10:00:00Z"),
                EventKind.DEAL_UPDATED,
                0,
                9,
                "lead-1",
                null,
                null,
                null,
                null,
                null,
                null,
                (long) day("2025-04-15"));
        assertThat(sums(opened("ann", null), due))
                .containsEntry(key("rep:ann", Measure.OPEN_DUE_COUNT, day("2025-04-15")), 1L);
        assertThat(sums(opened("ann", null), due, won(2, WON, 1L)).keySet())
                .noneMatch(key -> key.contains("OPEN_DUE_COUNT"));
    }

    @Test
    void aLossCountsByItsReason() {
        DealEvent lost = new DealEvent(
                2,
                "test/2",
                millis(WON),
                EventKind.DEAL_LOST,
                0,
                2,
                "lead-1",
                null,
                null,
                "price",
                null,
                null,
                null,
                null);
        assertThat(sums(opened("ann", null), lost))
                .containsEntry(key("company", Measure.LOST_COUNT, day("2025-03-20")), 1L)
                .containsEntry("company LOST_BY_REASON price " + day("2025-03-20"), 1L);
    }

    @Test
    void aRepWithoutATeamCountsForTheCompanyAndHimself() {
        assertThat(sums(opened("carl", null)).keySet())
                .anyMatch(key -> key.startsWith("rep:carl"))
                .noneMatch(key -> key.startsWith("team:"));
    }

    @Test
    void aDealThatNobodyOwnsCountsForTheCompanyOnly() {
        assertThat(sums(opened(null, null), won(2, WON, 5L)).keySet()).allMatch(key -> key.startsWith("company "));
    }

    @Test
    void timeInAStageIsTheSumOfAllItsStaysOnTheDayItWasLeftLast() {
        Map<String, Long> sums = sums(
                opened("ann", "meeting"),
                moved(2, "2025-03-05T03:00:00Z", "demo"),
                moved(3, "2025-03-06T03:00:00Z", "meeting"),
                moved(4, "2025-03-13T03:00:00Z", "offer"));
        // One day, then seven more; the 13th at 03:00 UTC is the evening of the 12th.
        assertThat(sums)
                .containsEntry("company DWELL_COUNT meeting " + day("2025-03-12"), 1L)
                .containsEntry("company DWELL_MILLIS meeting " + day("2025-03-12"), 8 * 86_400_000L)
                .containsEntry("team:south DWELL_COUNT meeting " + day("2025-03-12"), 1L)
                .containsEntry("company DWELL_COUNT demo " + day("2025-03-05"), 1L);
        assertThat(sums.keySet()).noneMatch(key -> key.contains("DWELL") && key.contains("offer"));
        assertThat(sums)
                .containsEntry("company OPEN_COUNT_BY_STAGE offer 0", 1L)
                .doesNotContainKey("company OPEN_COUNT_BY_STAGE meeting 0");
    }

    private static Map<String, Long> sums(DealEvent... events) {
        Deal deal = DealBook.resolve("deal-1", new ArrayList<>(List.of(events)), DealStages.DEFAULT);
        Contributions contributions = new Contributions();
        new DealMeasures(new NewYorkCompany()).contribute(deal, contributions);
        Map<String, Long> sums = new TreeMap<>();
        contributions
                .values()
                .forEach((key, value) ->
                        sums.put(key.scope() + ' ' + key.measure() + ' ' + key.dimension() + ' ' + key.pane(), value));
        return sums;
    }

    private static String key(String scope, Measure measure, int pane) {
        return scope + ' ' + measure + "  " + pane;
    }

    private static DealEvent opened(String owner, String stage) {
        return event(1, OPENED, EventKind.DEAL_OPENED, owner, stage, null);
    }

    private static DealEvent moved(long id, String time, String stage) {
        return event(id, time, EventKind.DEAL_STAGE_CHANGED, null, stage, null);
    }

    private static DealEvent won(long id, String time, Long amountMinor) {
        return event(id, time, EventKind.DEAL_WON, null, null, amountMinor);
    }

    private static DealEvent event(long id, String time, EventKind kind, String owner, String stage, Long amountMinor) {
        return new DealEvent(
                id,
                "test/" + id,
                millis(time),
                kind,
                0,
                id,
                "lead-1",
                owner,
                stage,
                null,
                null,
                amountMinor,
                null,
                null);
    }
}
