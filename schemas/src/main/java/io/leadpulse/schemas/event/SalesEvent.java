package io.leadpulse.schemas.event;

import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import java.util.Map;

/**
 * One decoded event of any stream, flat: what the records of {@code crm.activities.v1}, {@code web.behaviour.v1} and
 * {@code company.events.v1} have in common once they are valid. A field that the record does not have is null, 0, false
 * or {@link io.leadpulse.domain.event.Fact#NO_TIME}.
 *
 * @param id 64-bit hash of {@code event}
 * @param event the idempotency key, {@code source/id}
 * @param kind what happened
 * @param timeMillis event time, epoch milliseconds; a device's clock already corrected
 * @param version {@code version}, else {@code updated_at} in epoch milliseconds, else 0
 * @param contentHash 64-bit hash of the value's meaning (equal for equal content whatever the order of its fields)
 * @param lead lead id; null only for behaviour that is still anonymous and for company events
 * @param anonymousId visitor id of web behaviour; null otherwise
 * @param deal deal id; null otherwise
 * @param subject what a company event is about (campaign or process id); null otherwise
 * @param actor the rep who did it
 * @param owner the owner that the record states
 * @param stage the stage that the record states
 * @param status the lead status that the record states
 * @param reason why (lost, rejected, refunded, cancelled)
 * @param competitor who won it instead
 * @param amountMinor amount in minor units of the company's currency
 * @param product product
 * @param expectedCloseEpochDay day on which the deal is expected to close
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
        String product,
        Long expectedCloseEpochDay,
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
        RawRecord record) {}
