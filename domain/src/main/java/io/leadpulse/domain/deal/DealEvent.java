package io.leadpulse.domain.deal;

import io.leadpulse.domain.event.EventKind;
import java.util.Comparator;

/**
 * One record about a deal, as the deals operator keeps it. Flat because it is also Flink state.
 *
 * @param id 64-bit hash of the idempotency key (source and event id); unique within a deal
 * @param event the idempotency key itself, {@code source/id}
 * @param timeMillis event time, epoch milliseconds
 * @param kind one of the {@link EventKind.Stream#DEAL} kinds
 * @param version the producer's version of this record, 0 when it gave none; the higher one wins
 * @param contentHash hash of everything that the producer said; breaks ties between equal versions
 * @param lead whose deal it is, as this record says it; never null
 * @param owner owner of the deal from this time on; null when the record does not say
 * @param stage stage of the deal from this time on; null when the record does not say
 * @param reason why it was lost or refunded, or what was noted when it was won; null when not given
 * @param competitor who won it instead; null when not given
 * @param amountMinor amount in minor units of its currency; null when the record does not say
 * @param currency ISO 4217 code of the currency of the amount; null for the company's, and without an amount
 * @param product product sold; null when the record does not say
 * @param expectedCloseEpochDay day on which it is expected to close; null when the record does not say
 */
public record DealEvent(
        long id,
        String event,
        long timeMillis,
        EventKind kind,
        long version,
        long contentHash,
        String lead,
        String owner,
        String stage,
        String reason,
        String competitor,
        Long amountMinor,
        String currency,
        String product,
        Long expectedCloseEpochDay) {

    /** A record in the company's currency. */
    public DealEvent(
            long id,
            String event,
            long timeMillis,
            EventKind kind,
            long version,
            long contentHash,
            String lead,
            String owner,
            String stage,
            String reason,
            String competitor,
            Long amountMinor,
            String product,
            Long expectedCloseEpochDay) {
        this(
                id,
                event,
                timeMillis,
                kind,
                version,
                contentHash,
                lead,
                owner,
                stage,
                reason,
                competitor,
                amountMinor,
                null,
                product,
                expectedCloseEpochDay);
    }

    /** Event time, then kind, then version, then id: the one order in which a deal's records are read. */
    public static final Comparator<DealEvent> CANONICAL_ORDER = Comparator.comparingLong(DealEvent::timeMillis)
            .thenComparing(DealEvent::kind)
            .thenComparingLong(DealEvent::version)
            .thenComparingLong(DealEvent::id);

    /**
     * Whether this record replaces {@code other}, which has the same id: the higher version wins, else the earlier
     * time, else the smaller content hash.
     */
    public boolean supersedes(DealEvent other) {
        if (version != other.version) {
            return version > other.version;
        }
        if (timeMillis != other.timeMillis) {
            return timeMillis < other.timeMillis;
        }
        return contentHash < other.contentHash;
    }
}
