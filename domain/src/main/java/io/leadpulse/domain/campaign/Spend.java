package io.leadpulse.domain.campaign;

import io.leadpulse.domain.event.FactBook.Verdict;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.organisation.Organisation;

/**
 * Money for a campaign, as one record says it: spent on a day, or a budget for a planned run, which is spread evenly over
 * its days and stands apart as estimated. Flat because it is also Flink state.
 *
 * @param timeMillis when it was spent, or when the run begins, epoch milliseconds
 * @param version the producer's version of the record, 0 when it gave none
 * @param contentHash hash of everything that the producer said; breaks ties between equal versions
 * @param campaign the campaign's name
 * @param channel the channel's name; null when none was named
 * @param amountMinor the amount, minor units of the company's currency
 * @param runUntilEpochDay last day of the run; null for money that was spent
 */
public record Spend(
        long timeMillis,
        long version,
        long contentHash,
        String campaign,
        String channel,
        long amountMinor,
        Long runUntilEpochDay) {
    private static final String NO_DIMENSION = "";

    /**
     * What a record that just came is to the one kept, by the rules of {@link io.leadpulse.domain.event.FactBook}.
     *
     * @param keptOrNull the record of the same id that is kept; null if there is none
     */
    public static Verdict verdict(Spend keptOrNull, Spend incoming) {
        if (keptOrNull == null) {
            return Verdict.COUNTED;
        }
        if (keptOrNull.version != incoming.version) {
            return incoming.version > keptOrNull.version ? Verdict.SUPERSEDES : Verdict.SUPERSEDED;
        }
        boolean same = keptOrNull.contentHash == incoming.contentHash && keptOrNull.timeMillis == incoming.timeMillis;
        return same ? Verdict.DUPLICATE : Verdict.DUPLICATE_CONFLICT;
    }

    /** Whether this replaces {@code other} of the same id: higher version, else earlier time, else smaller hash. */
    public boolean supersedes(Spend other) {
        if (version != other.version) {
            return version > other.version;
        }
        if (timeMillis != other.timeMillis) {
            return timeMillis < other.timeMillis;
        }
        return contentHash < other.contentHash;
    }

    /** What it adds to the sums of its campaign and channel. */
    public Contributions contributions(Organisation organisation) {
        Contributions to = new Contributions();
        int first = organisation.epochDayOf(timeMillis);
        if (runUntilEpochDay == null) {
            add(Measure.SPEND, first, amountMinor, to);
            return to;
        }
        long days = Math.max(1, runUntilEpochDay - first + 1);
        long spread = 0;
        for (int i = 0; i < days; i++) {
            // So that the days sum to the amount, to the last cent.
            long upTo = Math.multiplyExact(amountMinor, i + 1L) / days;
            add(Measure.SPEND_ESTIMATED, first + i, upTo - spread, to);
            spread = upTo;
        }
        return to;
    }

    private void add(Measure measure, int day, long valueMinor, Contributions to) {
        to.add(Scope.campaign(campaign), measure, NO_DIMENSION, day, valueMinor);
        if (channel != null) {
            to.add(Scope.channel(channel), measure, NO_DIMENSION, day, valueMinor);
        }
    }
}
