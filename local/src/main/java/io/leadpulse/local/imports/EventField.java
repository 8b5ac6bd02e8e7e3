package io.leadpulse.local.imports;

import io.leadpulse.domain.event.EventKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields that a mapping can fill besides source, id, kind and time, by their name on the wire. */
enum EventField {
    LEAD(Type.TEXT),
    DEAL(Type.TEXT),
    SUBJECT(Type.TEXT),
    ACTOR(Type.TEXT),
    OWNER(Type.TEXT),
    STAGE(Type.TEXT),
    STATUS(Type.STATUS),
    INTO(Type.TEXT),
    REASON(Type.TEXT),
    COMPETITOR(Type.TEXT),
    AMOUNT(Type.AMOUNT),
    PRODUCT(Type.TEXT),
    EXPECTED_CLOSE(Type.DAY),
    ASSET(Type.TEXT),
    CAMPAIGN(Type.TEXT),
    CHANNEL(Type.TEXT),
    DIRECTION(Type.DIRECTION),
    AUTOMATIC(Type.FLAG),
    COLD(Type.FLAG),
    CONNECTED(Type.FLAG),
    SECONDS(Type.WHOLE),
    DUE(Type.TIME),
    UNTIL(Type.TIME),
    ALERT(Type.TEXT),
    VERSION(Type.WHOLE),
    UPDATED_AT(Type.TIME),
    RUN_UNTIL(Type.DAY);

    /** What a field holds. */
    enum Type {
        TEXT,
        AMOUNT,
        /** A point in time. */
        TIME,
        /** A calendar day. */
        DAY,
        /** A whole number, not negative. */
        WHOLE,
        /** true or false. */
        FLAG,
        DIRECTION,
        STATUS
    }

    private static final Map<String, EventField> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(EventField::wireName, Function.identity()));

    private final Type type;

    EventField(Type type) {
        this.type = type;
    }

    Type type() {
        return type;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<EventField> ofWireName(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }

    /** The fields without which a record of this kind would be a dead letter. */
    static Set<EventField> requiredBy(EventKind kind) {
        Set<EventField> required =
                switch (kind) {
                    case DEAL_STAGE_CHANGED -> EnumSet.of(STAGE);
                    case DEAL_REFUNDED, CAMPAIGN_SPEND -> EnumSet.of(AMOUNT);
                    case LEAD_STATUS_CHANGED -> EnumSet.of(STATUS);
                    case LEAD_ASSIGNED -> EnumSet.of(OWNER);
                    case LEAD_MERGED -> EnumSet.of(INTO);
                    case MEETING_SCHEDULED, MEETING_RESCHEDULED, TASK_PLANNED -> EnumSet.of(DUE);
                    case ALERT_SNOOZED -> EnumSet.of(ALERT, UNTIL);
                    case ALERT_HANDLED -> EnumSet.of(ALERT);
                    default -> EnumSet.noneOf(EventField.class);
                };
        if (kind.stream() == EventKind.Stream.COMPANY) {
            required.add(SUBJECT);
        } else {
            required.add(LEAD);
        }
        if (kind.stream() == EventKind.Stream.DEAL) {
            required.add(DEAL);
        }
        return required;
    }
}
