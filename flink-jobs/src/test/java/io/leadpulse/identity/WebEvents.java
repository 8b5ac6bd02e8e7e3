package io.leadpulse.identity;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.SalesEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Web behaviour of the visitor {@code v1} for tests; the offset of an event's record is its id. */
final class WebEvents {
    private WebEvents() {}

    static SalesEvent view(long id, long timeMillis) {
        return event(id, timeMillis, EventKind.PAGE_VIEWED).build();
    }

    static SalesEvent identify(long id, long timeMillis, String lead) {
        return event(id, timeMillis, EventKind.IDENTIFIED).lead(lead).build();
    }

    static SalesEvent view(long id, long timeMillis, long version) {
        return event(id, timeMillis, EventKind.PAGE_VIEWED).version(version).build();
    }

    static SalesEvent identify(long id, long timeMillis, String lead, long version) {
        return event(id, timeMillis, EventKind.IDENTIFIED)
                .lead(lead)
                .version(version)
                .build();
    }

    static SalesEvent.Builder event(long id, long timeMillis, EventKind kind) {
        RawRecord record = new RawRecord(
                Topics.BEHAVIOUR,
                0,
                id,
                timeMillis,
                "v1".getBytes(StandardCharsets.UTF_8),
                ("{\"messageId\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8),
                List.of(new RawHeader("empty", null)));
        return SalesEvent.builder(id, "web/" + id, kind, timeMillis, record)
                .anonymousId("v1")
                .attributes(Map.of("country", "de"));
    }
}
