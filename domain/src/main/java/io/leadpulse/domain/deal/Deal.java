package io.leadpulse.domain.deal;

import java.util.List;

/**
 * A deal as all its records together say it is: what the deals operator tells the lead operator. Flat lists of flat
 * records because it crosses an edge and is state there.
 *
 * @param id the deal's id
 * @param lead whose deal it is, by the newest record
 * @param openedMillis when it was opened: the first {@code deal_opened}, else its first record
 * @param closedMillis when it was won or lost, or {@link Stay#OPEN}
 * @param outcome open, won or lost
 * @param deleted withdrawn from everything by a deletion
 * @param amountMinor newest amount known, in minor units of its currency; null when none was ever said
 * @param currency ISO 4217 code of the currency of the amount; null for the company's, and without an amount
 * @param product newest product known; null when none was ever said
 * @param reason why it was lost, or what was noted when it was won; null while it is open or when not given
 * @param competitor who won it instead; null when not given
 * @param expectedCloses on which day it was expected to close, from when on, in order of time; adjacent ones differ
 * @param stays stays in stages in order of time; adjacent, the last one open exactly while the deal is open and not
 *     deleted
 * @param owners owners in order of time
 * @param refunds refunds in order of time
 * @param openSpans when it was open, in order of time and apart from each other
 * @param lastChangeMillis event time of its last record
 */
public record Deal(
        String id,
        String lead,
        long openedMillis,
        long closedMillis,
        Outcome outcome,
        boolean deleted,
        Long amountMinor,
        String currency,
        String product,
        String reason,
        String competitor,
        List<ExpectedClose> expectedCloses,
        List<Stay> stays,
        List<Ownership> owners,
        List<Refund> refunds,
        List<OpenSpan> openSpans,
        long lastChangeMillis) {

    /** A deal in the company's currency. */
    public Deal(
            String id,
            String lead,
            long openedMillis,
            long closedMillis,
            Outcome outcome,
            boolean deleted,
            Long amountMinor,
            String product,
            String reason,
            String competitor,
            List<ExpectedClose> expectedCloses,
            List<Stay> stays,
            List<Ownership> owners,
            List<Refund> refunds,
            List<OpenSpan> openSpans,
            long lastChangeMillis) {
        this(
                id,
                lead,
                openedMillis,
                closedMillis,
                outcome,
                deleted,
                amountMinor,
                null,
                product,
                reason,
                competitor,
                expectedCloses,
                stays,
                owners,
                refunds,
                openSpans,
                lastChangeMillis);
    }

    /** The same deal with these amounts, which are in the company's currency. */
    Deal inCompanyCurrency(Long otherAmountMinor, List<Refund> otherRefunds) {
        return new Deal(
                id,
                lead,
                openedMillis,
                closedMillis,
                outcome,
                deleted,
                otherAmountMinor,
                null,
                product,
                reason,
                competitor,
                expectedCloses,
                stays,
                owners,
                otherRefunds,
                openSpans,
                lastChangeMillis);
    }

    /** The same deal as that of another lead, into which its own was merged. */
    public Deal ofLead(String other) {
        return new Deal(
                id,
                other,
                openedMillis,
                closedMillis,
                outcome,
                deleted,
                amountMinor,
                currency,
                product,
                reason,
                competitor,
                expectedCloses,
                stays,
                owners,
                refunds,
                openSpans,
                lastChangeMillis);
    }

    /** How a deal stands. */
    public enum Outcome {
        OPEN,
        WON,
        LOST
    }

    /** The owner at a time; null before the first. */
    public String ownerAt(long timeMillis) {
        return Ownership.at(owners, timeMillis);
    }

    /** The newest expected day of closing, days since 1970-01-01; null when none was ever said. */
    public Long expectedCloseEpochDay() {
        return expectedCloses.isEmpty()
                ? null
                : (Long) expectedCloses.get(expectedCloses.size() - 1).epochDay();
    }

    /** How often the expected day of closing was put off to a later one. */
    public int expectedCloseMoves() {
        int moves = 0;
        for (int i = 1; i < expectedCloses.size(); i++) {
            if (expectedCloses.get(i).epochDay() > expectedCloses.get(i - 1).epochDay()) {
                moves++;
            }
        }
        return moves;
    }

    /** By how many days the expected day of closing was put off in all, each time to a later one. */
    public long expectedCloseMovedDays() {
        long days = 0;
        for (int i = 1; i < expectedCloses.size(); i++) {
            days += Math.max(
                    0,
                    expectedCloses.get(i).epochDay() - expectedCloses.get(i - 1).epochDay());
        }
        return days;
    }
}
