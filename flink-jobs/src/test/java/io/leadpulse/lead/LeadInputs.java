package io.leadpulse.lead;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealBook;
import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.event.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a lead's inputs in tests by name. */
final class LeadInputs {
    static final String LEAD = "lead-1";

    private LeadInputs() {}

    /** A fact that its lead is told of. */
    static LeadInput plus(Fact.Builder fact) {
        Fact built = fact.build();
        return LeadInput.plus(LEAD, built, record(built));
    }

    static LeadInput minus(Fact.Builder fact) {
        return LeadInput.minus(LEAD, fact.build());
    }

    static Fact.Builder fact(long id, String time, EventKind kind) {
        return Fact.builder(id, "test/" + id, TestSettings.millis(time), kind).contentHash(id);
    }

    static Fact.Builder created(long id, String time) {
        return fact(id, time, EventKind.LEAD_CREATED).direction(Direction.INBOUND);
    }

    static Fact.Builder call(long id, String time) {
        return fact(id, time, EventKind.CALL).actor("ann").direction(Direction.OUTBOUND);
    }

    static RawRecord record(Fact fact) {
        return new RawRecord(
                "crm.activities.v1",
                0,
                fact.id(),
                Fact.NO_TIME,
                null,
                fact.event().getBytes(StandardCharsets.UTF_8),
                List.of());
    }

    /** The deal {@code d1} of {@link #LEAD} as these records say it. */
    static LeadInput deal(DealEvent... events) {
        Deal deal = DealBook.resolve("d1", List.of(events), DealStages.DEFAULT);
        return LeadInput.plus(deal.lead(), deal);
    }

    static DealEvent opened(String time, String owner, String stage) {
        return event(1, time, EventKind.DEAL_OPENED, owner, stage, null);
    }

    /** The same with an amount in another currency than the company's. */
    static DealEvent opened(String time, String owner, String stage, long amountMinor, String currency) {
        return new DealEvent(
                1,
                "test/1",
                TestSettings.millis(time),
                EventKind.DEAL_OPENED,
                0,
                1,
                LEAD,
                owner,
                stage,
                null,
                null,
                amountMinor,
                currency,
                null,
                null);
    }

    /** Won without another word on the amount. */
    static DealEvent won(long id, String time) {
        return event(id, time, EventKind.DEAL_WON, null, null, null);
    }

    static DealEvent moved(long id, String time, String stage) {
        return event(id, time, EventKind.DEAL_STAGE_CHANGED, null, stage, null);
    }

    static DealEvent won(long id, String time, long amountMinor) {
        return event(id, time, EventKind.DEAL_WON, null, null, amountMinor);
    }

    static DealEvent event(long id, String time, EventKind kind, String owner, String stage, Long amountMinor) {
        return new DealEvent(
                id,
                "test/" + id,
                TestSettings.millis(time),
                kind,
                0,
                id,
                LEAD,
                owner,
                stage,
                null,
                null,
                amountMinor,
                null,
                null);
    }
}
