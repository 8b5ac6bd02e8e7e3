package io.leadpulse.domain.deal;

import io.leadpulse.domain.event.EventKind;

/** Writes a deal's records in tests by name. */
final class DealEventBuilder {
    private final long timeMillis;
    private final EventKind kind;
    private String lead = "L1";
    private String owner;
    private String stage;
    private String reason;
    private String competitor;
    private Long amountMinor;
    private String currency;
    private String product;
    private Long expectedCloseEpochDay;

    DealEventBuilder(long timeMillis, EventKind kind) {
        this.timeMillis = timeMillis;
        this.kind = kind;
    }

    DealEventBuilder lead(String value) {
        lead = value;
        return this;
    }

    DealEventBuilder owner(String value) {
        owner = value;
        return this;
    }

    DealEventBuilder stage(String value) {
        stage = value;
        return this;
    }

    DealEventBuilder reason(String value) {
        reason = value;
        return this;
    }

    DealEventBuilder competitor(String value) {
        competitor = value;
        return this;
    }

    DealEventBuilder amount(Long value) {
        amountMinor = value;
        return this;
    }

    DealEventBuilder amount(long value, String of) {
        amountMinor = value;
        currency = of;
        return this;
    }

    DealEventBuilder product(String value) {
        product = value;
        return this;
    }

    DealEventBuilder expectedClose(Long value) {
        expectedCloseEpochDay = value;
        return this;
    }

    DealEvent event(long id, long version, long contentHash) {
        return new DealEvent(
                id,
                "test/" + id,
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
                currency,
                product,
                expectedCloseEpochDay);
    }
}
