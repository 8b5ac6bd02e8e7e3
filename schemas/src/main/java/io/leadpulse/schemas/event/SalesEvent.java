package io.leadpulse.schemas.event;

import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.Map;

/**
 * One decoded event of any stream, flat: what the records of {@code crm.activities.v1}, {@code web.behaviour.v1} and
 * {@code company.events.v1} have in common once they are valid. A field that the record does not have is null, 0, false
 * or {@link Fact#NO_TIME}.
 *
 * @param id 64-bit hash of {@code event}
 * @param event the idempotency key, {@code source/id}; of a visitor's behaviour {@code web:anonymousId/messageId}
 * @param kind what happened
 * @param timeMillis event time, epoch milliseconds; a device's clock already corrected
 * @param version {@code version}, else {@code updated_at} in epoch milliseconds, else 0
 * @param contentHash 64-bit hash of the value's meaning (equal for equal content whatever the order of its fields)
 * @param lead lead id; null only for behaviour that is still anonymous and for company events
 * @param anonymousId visitor id of web behaviour; null otherwise
 * @param deal deal id; null otherwise
 * @param subject what a company event is about (campaign or process id), or the lead that a merged lead goes into; null
 *     otherwise
 * @param actor the rep who did it
 * @param owner the owner that the record states
 * @param stage the stage that the record states
 * @param status the lead status that the record states
 * @param reason why (lost, rejected, refunded, cancelled)
 * @param competitor who won it instead
 * @param amountMinor amount in minor units of its currency
 * @param currency ISO 4217 code of the currency of a deal's amount; null for the company's
 * @param product product
 * @param expectedCloseEpochDay day on which the deal is expected to close
 * @param runUntilEpochDay last day of the planned run over which a budget is spread; null for money that was spent
 * @param asset page, form, asset, mail, fair, meeting or task id
 * @param campaign campaign of the touch
 * @param channel channel of the touch
 * @param direction who began the contact
 * @param automatic done by a machine
 * @param cold marked as a cold call
 * @param connected the call reached a person
 * @param seconds duration in seconds
 * @param dueMillis planned time, or end of a snooze
 * @param alert alert id of a snooze or handling
 * @param attributes attributes of the lead that the record states; never null
 * @param template what a mail or SMS was made from
 * @param record the record as it arrived
 */
public record SalesEvent(
        long id,
        String event,
        EventKind kind,
        long timeMillis,
        long version,
        long contentHash,
        String lead,
        String anonymousId,
        String deal,
        String subject,
        String actor,
        String owner,
        String stage,
        String status,
        String reason,
        String competitor,
        Long amountMinor,
        String currency,
        String product,
        Long expectedCloseEpochDay,
        Long runUntilEpochDay,
        String asset,
        String campaign,
        String channel,
        Direction direction,
        boolean automatic,
        boolean cold,
        boolean connected,
        int seconds,
        long dueMillis,
        String alert,
        Map<String, String> attributes,
        String template,
        RawRecord record) {

    /** Starts an event with what every event has. */
    public static Builder builder(long id, String event, EventKind kind, long timeMillis, RawRecord record) {
        return builder().begin(id, event, kind, timeMillis, record);
    }

    /** A builder for one event after the other. */
    static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link SalesEvent} by name; what is not set is absent. */
    public static final class Builder {
        private long id;
        private String event;
        private EventKind kind;
        private long timeMillis;
        private RawRecord record;
        private long version;
        private long contentHash;
        private String lead;
        private String anonymousId;
        private String deal;
        private String subject;
        private String actor;
        private String owner;
        private String stage;
        private String status;
        private String reason;
        private String competitor;
        private Long amountMinor;
        private String currency;
        private String product;
        private Long expectedCloseEpochDay;
        private Long runUntilEpochDay;
        private String asset;
        private String campaign;
        private String channel;
        private Direction direction;
        private boolean automatic;
        private boolean cold;
        private boolean connected;
        private int seconds;
        private long dueMillis;
        private String alert;
        private Map<String, String> attributes;
        private String template;

        private Builder() {}

        /** Begins the next event; nothing of the last one is left. */
        Builder begin(long newId, String newEvent, EventKind newKind, long newTimeMillis, RawRecord newRecord) {
            id = newId;
            event = newEvent;
            kind = newKind;
            timeMillis = newTimeMillis;
            record = newRecord;
            version = 0;
            contentHash = 0;
            lead = null;
            anonymousId = null;
            deal = null;
            subject = null;
            actor = null;
            owner = null;
            stage = null;
            status = null;
            reason = null;
            competitor = null;
            amountMinor = null;
            currency = null;
            product = null;
            expectedCloseEpochDay = null;
            runUntilEpochDay = null;
            asset = null;
            campaign = null;
            channel = null;
            direction = Direction.UNKNOWN;
            automatic = false;
            cold = false;
            connected = false;
            seconds = 0;
            dueMillis = Fact.NO_TIME;
            alert = null;
            attributes = Map.of();
            template = null;
            return this;
        }

        public Builder version(long value) {
            version = value;
            return this;
        }

        public Builder contentHash(long value) {
            contentHash = value;
            return this;
        }

        public Builder lead(String value) {
            lead = value;
            return this;
        }

        public Builder anonymousId(String value) {
            anonymousId = value;
            return this;
        }

        public Builder deal(String value) {
            deal = value;
            return this;
        }

        public Builder subject(String value) {
            subject = value;
            return this;
        }

        public Builder actor(String value) {
            actor = value;
            return this;
        }

        public Builder owner(String value) {
            owner = value;
            return this;
        }

        public Builder stage(String value) {
            stage = value;
            return this;
        }

        public Builder status(String value) {
            status = value;
            return this;
        }

        public Builder reason(String value) {
            reason = value;
            return this;
        }

        public Builder competitor(String value) {
            competitor = value;
            return this;
        }

        public Builder amountMinor(Long value) {
            amountMinor = value;
            return this;
        }

        public Builder currency(String value) {
            currency = value;
            return this;
        }

        public Builder product(String value) {
            product = value;
            return this;
        }

        public Builder expectedCloseEpochDay(Long value) {
            expectedCloseEpochDay = value;
            return this;
        }

        public Builder runUntilEpochDay(Long value) {
            runUntilEpochDay = value;
            return this;
        }

        public Builder asset(String value) {
            asset = value;
            return this;
        }

        public Builder campaign(String value) {
            campaign = value;
            return this;
        }

        public Builder channel(String value) {
            channel = value;
            return this;
        }

        public Builder direction(Direction value) {
            direction = value;
            return this;
        }

        public Builder automatic(boolean value) {
            automatic = value;
            return this;
        }

        public Builder cold(boolean value) {
            cold = value;
            return this;
        }

        public Builder connected(boolean value) {
            connected = value;
            return this;
        }

        public Builder seconds(int value) {
            seconds = value;
            return this;
        }

        public Builder dueMillis(long value) {
            dueMillis = value;
            return this;
        }

        public Builder alert(String value) {
            alert = value;
            return this;
        }

        public Builder attributes(Map<String, String> value) {
            attributes = value;
            return this;
        }

        public Builder template(String value) {
            template = value;
            return this;
        }

        /** The event. */
        public SalesEvent build() {
            return new SalesEvent(
                    id,
                    event,
                    kind,
                    timeMillis,
                    version,
                    contentHash,
                    lead,
                    anonymousId,
                    deal,
                    subject,
                    actor,
                    owner,
                    stage,
                    status,
                    reason,
                    competitor,
                    amountMinor,
                    currency,
                    product,
                    expectedCloseEpochDay,
                    runUntilEpochDay,
                    asset,
                    campaign,
                    channel,
                    direction,
                    automatic,
                    cold,
                    connected,
                    seconds,
                    dueMillis,
                    alert,
                    attributes,
                    template,
                    record);
        }
    }
}
