package io.leadpulse.bench.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A record as the task reads it; what it does not need is left out.
 *
 * @param id idempotency key within its lead, deal or visitor
 * @param kind what happened, as the rules name it
 * @param timeMillis event time, epoch milliseconds
 * @param lead the lead named; null if none is
 * @param visitor the visitor; null for activities
 * @param deal the deal; null if none is named
 * @param asset what it is about; null if it does not say
 * @param product which product; null if it does not say
 * @param owner the owner named; null if none is
 * @param stage the deal's stage named; null if none is
 * @param amountMinor amount in cents; null if none is named
 * @param automatic done by a machine
 * @param direction of a call
 * @param reached a call that reached a person who stayed for 30 seconds
 */
record OracleEvent(
        String id,
        String kind,
        long timeMillis,
        String lead,
        String visitor,
        String deal,
        String asset,
        String product,
        String owner,
        String stage,
        Long amountMinor,
        boolean automatic,
        String direction,
        boolean reached) {

    private static final ObjectReader JSON =
            new ObjectMapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,2})?");
    private static final int CONVERSATION_SECONDS = 30;
    private static final int CENT_DIGITS = 2;

    private static final Set<String> ACTIVITIES = Set.of(
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

    private static final Map<String, String> TRACKED = Map.of(
            "Asset Downloaded", "asset_downloaded",
            "Form Submitted", "form_submitted",
            "Demo Requested", "demo_requested",
            "Social Action", "social_action",
            "Event Visited", "event_visited",
            "Newsletter Signed Up", "newsletter_signed_up");

    /** Why a record cannot be counted. */
    static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1;

        BrokenException(String reason) {
            super(reason, null, false, false);
        }
    }

    /** An activity or an event of a deal. */
    static OracleEvent activity(byte[] value) throws BrokenException {
        JsonNode json = json(value);
        String kind = required(json, "kind");
        if (!ACTIVITIES.contains(kind)) {
            throw new BrokenException("unknown_kind");
        }
        String id = required(json, "source") + '/' + required(json, "id");
        long timeMillis = time(required(json, "time"));
        Long amountMinor = amount(text(json, "amount"));
        String lead = text(json, "lead");
        if (lead == null) {
            throw new BrokenException("no_lead");
        }
        return new OracleEvent(
                id,
                kind,
                timeMillis,
                lead,
                null,
                kind.startsWith("deal_") ? required(json, "deal") : null,
                text(json, "asset"),
                text(json, "product"),
                text(json, "owner"),
                text(json, "stage"),
                amountMinor,
                json.path("automatic").asBoolean(),
                text(json, "direction"),
                json.path("connected").asBoolean() && json.path("seconds").asInt() >= CONVERSATION_SECONDS);
    }

    /** What a visitor did. */
    static OracleEvent behaviour(byte[] value) throws BrokenException {
        JsonNode json = json(value);
        String type = required(json, "type");
        String id = required(json, "messageId");
        String lead = text(json, "userId");
        String visitor = text(json, "anonymousId");
        if (lead == null && visitor == null) {
            throw new BrokenException("no_lead");
        }
        JsonNode properties = json.path("properties");
        String kind = type.equals("identify") ? "identified" : type.equals("page") ? page(properties) : tracked(json);
        return new OracleEvent(
                id,
                kind,
                behaviourTime(json),
                lead,
                visitor,
                null,
                asset(kind, properties),
                text(properties, "product"),
                null,
                null,
                null,
                json.path("context").path("bot").asBoolean(),
                null,
                false);
    }

    private static String page(JsonNode properties) {
        String path = properties.path("path").asText();
        if (path.equals("/pricing") || path.startsWith("/pricing/")) {
            return "price_list_viewed";
        }
        return path.equals("/careers") || path.startsWith("/careers/") ? "careers_page_viewed" : "page_viewed";
    }

    private static String tracked(JsonNode json) {
        String kind = TRACKED.getOrDefault(json.path("event").asText(), "other_behaviour");
        boolean isDemo = json.path("properties").path("form").asText().equals("demo");
        return kind.equals("form_submitted") && isDemo ? "demo_requested" : kind;
    }

    private static String asset(String kind, JsonNode properties) {
        return switch (kind) {
            case "asset_downloaded" -> text(properties, "asset");
            case "form_submitted" -> text(properties, "form");
            case "event_visited" -> text(properties, "event_id");
            default -> null;
        };
    }

    /** The device's clock is corrected where the tracker says when it sent. */
    private static long behaviourTime(JsonNode json) throws BrokenException {
        String original = text(json, "originalTimestamp");
        String sent = text(json, "sentAt");
        String received = text(json, "receivedAt");
        if (original != null && sent != null && received != null) {
            return time(received) - (time(sent) - time(original));
        }
        return time(required(json, "timestamp"));
    }

    private static JsonNode json(byte[] value) throws BrokenException {
        try {
            return JSON.readValue(value);
        } catch (JsonProcessingException e) {
            throw new BrokenException("invalid_json");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    private static String required(JsonNode json, String name) throws BrokenException {
        String text = text(json, name);
        if (text == null) {
            throw new BrokenException("missing_field");
        }
        return text;
    }

    private static String text(JsonNode json, String name) {
        JsonNode node = json.get(name);
        return node == null || node.isNull() ? null : node.asText();
    }

    private static long time(String text) throws BrokenException {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw new BrokenException("invalid_time");
        }
    }

    private static Long amount(String text) throws BrokenException {
        if (text == null) {
            return null;
        }
        if (!AMOUNT.matcher(text).matches()) {
            throw new BrokenException("invalid_amount");
        }
        return new BigDecimal(text).movePointRight(CENT_DIGITS).longValueExact();
    }
}
