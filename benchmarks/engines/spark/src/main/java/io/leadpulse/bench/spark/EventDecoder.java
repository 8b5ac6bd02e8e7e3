package io.leadpulse.bench.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads records with Jackson; one that cannot be counted is an event that says why. */
final class EventDecoder {
    static final String ACTIVITIES = "crm.activities.v1";
    static final String BEHAVIOUR = "web.behaviour.v1";

    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,2})?");
    private static final int CENT_DIGITS = 2;
    private static final Set<String> KINDS = Set.of(
            "lead_created",
            "lead_updated",
            "email_sent",
            "email_opened",
            "email_clicked",
            "email_replied",
            "email_unsubscribed",
            "call",
            "meeting_completed",
            "meeting_no_show",
            "event_visited",
            "deal_opened",
            "deal_updated",
            "deal_stage_changed",
            "deal_won",
            "deal_lost");

    private final ObjectReader reader =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final BusinessHours hours;

    EventDecoder(BusinessHours hours) {
        this.hours = hours;
    }

    /** Why a record cannot be counted. */
    private static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1;

        BrokenException(String reason) {
            super(reason, null, false, false);
        }
    }

    /** What records say, one after the other. */
    Iterator<Event> decodeAll(Iterator<KafkaRecord> records) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public Event next() {
                return decode(records.next());
            }
        };
    }

    private Event decode(KafkaRecord kafka) {
        String record = kafka.topic() + '/' + kafka.partition() + '/' + kafka.offset();
        try {
            return kafka.topic().equals(BEHAVIOUR)
                    ? behaviour(record, read(kafka.value(), BehaviourJson.class))
                    : activity(record, read(kafka.value(), ActivityJson.class));
        } catch (BrokenException e) {
            return Event.broken(record, e.getMessage());
        }
    }

    private Event activity(String record, ActivityJson json) throws BrokenException {
        String kind = required(json.kind());
        if (!KINDS.contains(kind)) {
            throw new BrokenException("unknown_kind");
        }
        String id = required(json.source()) + '/' + required(json.id());
        long timeMillis = time(required(json.time()));
        Long amountMinor = json.amount() == null ? null : (Long) amount(json.amount());
        if (json.lead() == null) {
            throw new BrokenException("no_lead");
        }
        Rule rule = Rule.of(json);
        return new Event(
                kind.startsWith("deal_") ? Event.OF_DEAL + required(json.deal()) : Event.OF_LEAD + json.lead(),
                record,
                null,
                id,
                timeMillis,
                json.lead(),
                kind,
                json.owner(),
                json.stage(),
                amountMinor,
                rule,
                rule == null ? null : rule.place(hours.day(timeMillis), json.asset(), json.product()));
    }

    private Event behaviour(String record, BehaviourJson json) throws BrokenException {
        required(json.type());
        String id = required(json.messageId());
        if (json.userId() == null && json.anonymousId() == null) {
            throw new BrokenException("no_lead");
        }
        long timeMillis = time(json);
        Rule rule = Rule.of(json);
        return new Event(
                json.anonymousId() == null ? Event.OF_LEAD + json.userId() : Event.OF_VISITOR + json.anonymousId(),
                record,
                null,
                id,
                timeMillis,
                json.userId(),
                null,
                null,
                null,
                null,
                rule,
                rule == null
                        ? null
                        : rule.place(
                                hours.day(timeMillis),
                                rule.assetOf(json),
                                json.at("properties", "product").asText(null)));
    }

    /** The device's clock is corrected where the tracker says when it sent. */
    private static long time(BehaviourJson json) throws BrokenException {
        if (json.originalTimestamp() != null && json.sentAt() != null && json.receivedAt() != null) {
            return time(json.receivedAt()) - (time(json.sentAt()) - time(json.originalTimestamp()));
        }
        return time(required(json.timestamp()));
    }

    private <T> T read(byte[] value, Class<T> type) throws BrokenException {
        try {
            return reader.readValue(value, type);
        } catch (JsonProcessingException e) {
            throw new BrokenException("invalid_json");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    private static String required(String text) throws BrokenException {
        if (text == null) {
            throw new BrokenException("missing_field");
        }
        return text;
    }

    private static long time(String text) throws BrokenException {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw new BrokenException("invalid_time");
        }
    }

    private static long amount(String text) throws BrokenException {
        if (!AMOUNT.matcher(text).matches()) {
            throw new BrokenException("invalid_amount");
        }
        return new BigDecimal(text).movePointRight(CENT_DIGITS).longValueExact();
    }
}
