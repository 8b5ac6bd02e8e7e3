package io.leadpulse.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One event line, read by the input contract alone.
 *
 * @param line its number among the lines, from 0
 * @param key idempotency key, {@code source/id}; of web behaviour {@code web:anonymousId/messageId}, as two
 *     visitors may have one message id; without visitor {@code web/messageId}
 * @param isWeb whether it is web behaviour
 * @param kind kind on the wire; of web behaviour the kind that it counts as
 * @param timeMillis event time; of web behaviour with the error of the device's clock taken out
 * @param version the producer's version; 0 when there is none
 * @param lead lead that it names; null when it names none
 * @param anonymousId visitor; null when it names none
 * @param value the whole value
 */
record OracleEvent(
        int line,
        String key,
        boolean isWeb,
        String kind,
        long timeMillis,
        long version,
        String lead,
        String anonymousId,
        JsonNode value) {

    /** The contract's order of kinds, which breaks ties of time. */
    private static final List<String> KINDS = List.of(
            "lead_created",
            "lead_updated",
            "lead_assigned",
            "lead_accepted",
            "lead_rejected",
            "lead_status_changed",
            "lead_merged",
            "lead_unmerged",
            "lead_converted",
            "lead_deleted",
            "call",
            "email_sent",
            "email_delivered",
            "email_opened",
            "email_clicked",
            "email_replied",
            "email_bounced",
            "email_unsubscribed",
            "sms_sent",
            "sms_delivered",
            "sms_replied",
            "sms_failed",
            "meeting_scheduled",
            "meeting_rescheduled",
            "meeting_completed",
            "meeting_declined",
            "meeting_cancelled",
            "meeting_no_show",
            "demo_held",
            "task_planned",
            "task_done",
            "nurture_touch",
            "alert_snoozed",
            "alert_handled",
            "deal_opened",
            "deal_updated",
            "deal_stage_changed",
            "deal_won",
            "deal_lost",
            "deal_reopened",
            "deal_deleted",
            "deal_refunded",
            "page_viewed",
            "careers_page_viewed",
            "price_list_viewed",
            "asset_downloaded",
            "form_viewed",
            "form_started",
            "form_submitted",
            "social_action",
            "event_visited",
            "newsletter_signed_up",
            "site_signed_up",
            "demo_requested",
            "quote_requested",
            "callback_requested",
            "identified",
            "other_behaviour");

    private static final Map<String, String> TRACKED = Map.ofEntries(
            Map.entry("Price List Viewed", "price_list_viewed"),
            Map.entry("Asset Downloaded", "asset_downloaded"),
            Map.entry("Form Viewed", "form_viewed"),
            Map.entry("Form Started", "form_started"),
            Map.entry("Form Submitted", "form_submitted"),
            Map.entry("Demo Requested", "demo_requested"),
            Map.entry("Quote Requested", "quote_requested"),
            Map.entry("Callback Requested", "callback_requested"),
            Map.entry("Newsletter Signed Up", "newsletter_signed_up"),
            Map.entry("Signed Up", "site_signed_up"),
            Map.entry("Social Action", "social_action"),
            Map.entry("Event Visited", "event_visited"));

    private static final Set<String> DEMO_FORMS = Set.of("demo", "demo-request", "request-demo");

    private static final List<String> WEB_ASSETS = List.of("asset", "event_id", "post", "form");

    /** Event time, kind, version (deals only have several), key. */
    static final Comparator<OracleEvent> ORDER = Comparator.comparingLong(OracleEvent::timeMillis)
            .thenComparingInt(event -> KINDS.indexOf(event.kind()))
            .thenComparingLong(OracleEvent::version)
            .thenComparing(OracleEvent::key);

    static OracleEvent activity(int line, JsonNode value) {
        return new OracleEvent(
                line,
                text(value, "source") + "/" + text(value, "id"),
                false,
                text(value, "kind"),
                OracleTime.millis(text(value, "time")),
                version(value),
                text(value, "lead"),
                null,
                value);
    }

    static OracleEvent behaviour(int line, JsonNode value) {
        String visitor = text(value, "anonymousId");
        return new OracleEvent(
                line,
                (visitor == null ? "web/" : "web:" + visitor + "/") + text(value, "messageId"),
                true,
                webKind(value),
                webTime(value),
                version(value),
                text(value, "userId"),
                visitor,
                value);
    }

    private static long version(JsonNode value) {
        if (value.hasNonNull("version")) {
            return value.get("version").longValue();
        }
        String updated = text(value, "updated_at");
        return updated == null ? 0 : OracleTime.millis(updated);
    }

    private static long webTime(JsonNode value) {
        String original = text(value, "originalTimestamp");
        String sent = text(value, "sentAt");
        String received = text(value, "receivedAt");
        if (original != null && sent != null && received != null) {
            return OracleTime.millis(received) - (OracleTime.millis(sent) - OracleTime.millis(original));
        }
        String stated = text(value, "timestamp");
        return OracleTime.millis(stated != null ? stated : original);
    }

    private static String webKind(JsonNode value) {
        String path = text(value.path("properties"), "path");
        return switch (text(value, "type")) {
            case "identify" -> text(value, "userId") == null ? "other_behaviour" : "identified";
            case "page", "screen" -> pageKind(path == null ? "" : path);
            case "track" -> trackedKind(value);
            default -> "other_behaviour";
        };
    }

    private static String pageKind(String path) {
        if (path.matches("/(careers|jobs)(/.*)?")) {
            return "careers_page_viewed";
        }
        return path.matches("/(pricing|price-list)(/.*)?") ? "price_list_viewed" : "page_viewed";
    }

    private static String trackedKind(JsonNode value) {
        String kind = TRACKED.getOrDefault(text(value, "event"), "other_behaviour");
        String form = text(value.path("properties"), "form");
        boolean isDemo = kind.equals("form_submitted") && form != null && DEMO_FORMS.contains(form);
        return isDemo ? "demo_requested" : kind;
    }

    boolean isDeal() {
        return kind.startsWith("deal_");
    }

    /** By which a contact is asked for; it qualifies on its own. */
    boolean isHandRaise() {
        return Set.of("demo_requested", "quote_requested", "callback_requested").contains(kind);
    }

    boolean isAutomatic() {
        return isWeb
                ? value.path("context").path("bot").asBoolean()
                        || value.path("properties").path("automatic").asBoolean()
                : value.path("automatic").asBoolean();
    }

    /** A connected call: somebody answered, no voicemail, at least 30 seconds. */
    boolean isConnectedCall() {
        return kind.equals("call")
                && value.path("connected").asBoolean()
                && value.path("seconds").asInt() >= 30;
    }

    boolean is(String... kinds) {
        return Arrays.asList(kinds).contains(kind);
    }

    /** A text field of an activity; null when it is not given. */
    String text(String field) {
        return text(value, field);
    }

    /** What it happened to, of a page its path; null when nothing is named. */
    String asset() {
        if (!isWeb) {
            return text("asset");
        }
        JsonNode properties = value.path("properties");
        if (List.of("page", "screen").contains(text("type"))) {
            return text(properties, "path");
        }
        return WEB_ASSETS.stream()
                .filter(properties::hasNonNull)
                .map(name -> text(properties, name))
                .findFirst()
                .orElse(null);
    }

    String product() {
        return isWeb ? text(value.path("properties"), "product") : text("product");
    }

    private static String text(JsonNode object, String field) {
        JsonNode node = object.path(field);
        return node.isMissingNode() || node.isNull() || node.asText().isEmpty() ? null : node.asText();
    }
}
