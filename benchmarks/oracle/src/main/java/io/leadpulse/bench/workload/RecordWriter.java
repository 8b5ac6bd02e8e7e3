package io.leadpulse.bench.workload;

import io.leadpulse.schemas.Topics;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Writes events as the JSON of the contracts, as a CRM and a tracker on a web site send them. */
final class RecordWriter {
    private static final String[] STAGES = {"meeting", "demo", "offer", "negotiation"};
    private static final String[] PRODUCTS = {"pump", "valve", "service"};
    private static final String[] BROWSERS = {
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile"
    };
    /** A tracker sends what happened some moments later. */
    private static final int SENT_AFTER_MILLIS = 350;

    /** By how much devices' clocks are wrong, at most. */
    private static final int MAX_SKEW_MILLIS = 90_000;

    private static final int BROWSER_PART = 7;
    private static final int AMOUNTS = 500_000;
    private static final int CENT_DIGITS = 2;

    private final WorkloadSpec spec;
    private final StringBuilder json = new StringBuilder(512);

    RecordWriter(WorkloadSpec spec) {
        this.spec = spec;
    }

    WorkloadRecord write(Draft draft) {
        json.setLength(0);
        String lead = lead(draft.lead());
        if (draft.act().isWeb()) {
            String visitor = "V" + draft.lead() + '-' + draft.place();
            behaviour(draft, lead, visitor);
            return record(Topics.BEHAVIOUR, WorkloadRecord.BY_KEY, draft.lead(), visitor);
        }
        activity(draft, lead);
        return record(Topics.ACTIVITIES, WorkloadRecord.BY_KEY, draft.lead(), lead);
    }

    /** The latest event of a partition, of a lead of its own. */
    WorkloadRecord closing(String topic, int partition) {
        json.setLength(0);
        boolean isWeb = topic.equals(Topics.BEHAVIOUR);
        String name = (isWeb ? "closing-web-" : "closing-") + partition;
        String time = Instant.ofEpochMilli(WorkloadSpec.CLOSING_MILLIS).toString();
        if (isWeb) {
            json.append('{');
            text("type", "page");
            text("messageId", name);
            text("anonymousId", name);
            text("userId", name);
            text("timestamp", time);
            json.append("\"properties\":{\"path\":\"/closing\"}}");
        } else {
            json.append('{');
            text("source", "crm");
            text("id", name);
            text("kind", "event_visited");
            text("time", time);
            text("lead", name);
            last("asset", "closing");
        }
        return record(topic, partition, partition, name);
    }

    /** What a probe does: its lead sends a form, and a deal of it is opened and won at once. */
    List<WorkloadRecord> probe(int probe, long millis) {
        String lead = Probes.lead(probe);
        String time = time(millis);
        json.setLength(0);
        json.append('{');
        text("type", "track");
        text("messageId", lead);
        text("anonymousId", lead);
        text("userId", lead);
        text("originalTimestamp", time);
        text("sentAt", time);
        text("receivedAt", time);
        text("event", "Form Submitted");
        json.append("\"properties\":{\"form\":\"contact-0\"}}");
        WorkloadRecord form = record(Topics.BEHAVIOUR, WorkloadRecord.BY_KEY, probe, lead);
        dealOfProbe("deal_opened", lead, time);
        text("owner", Probes.rep(probe));
        text("stage", STAGES[0]);
        text("currency", "EUR");
        last(
                "amount",
                BigDecimal.valueOf(Probes.amountMinor(probe), CENT_DIGITS).toPlainString());
        WorkloadRecord opened = record(Topics.ACTIVITIES, WorkloadRecord.BY_KEY, probe, lead);
        dealOfProbe("deal_won", lead, time);
        last("actor", Probes.rep(probe));
        return List.of(form, opened, record(Topics.ACTIVITIES, WorkloadRecord.BY_KEY, probe, lead));
    }

    private void dealOfProbe(String kind, String lead, String time) {
        json.setLength(0);
        json.append('{');
        text("source", "crm");
        text("id", kind + '-' + lead);
        text("kind", kind);
        text("time", time);
        text("lead", lead);
        text("deal", lead);
    }

    private WorkloadRecord record(String topic, int partition, int lead, String key) {
        return new WorkloadRecord(topic, partition, lead, key, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String lead(int lead) {
        return "L" + lead;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private void activity(Draft draft, String lead) {
        int detail = draft.detail();
        String rep = spec.owner(draft.lead());
        json.append('{');
        text("source", "crm");
        if (draft.act() != Act.BROKEN_NO_ID) {
            text("id", "e" + draft.serial());
        }
        text("kind", kind(draft.act()));
        text("time", draft.act() == Act.BROKEN_TIME ? "yesterday" : time(draft.timeMillis()));
        if (draft.act() != Act.BROKEN_NO_LEAD) {
            text("lead", lead);
        }
        switch (draft.act()) {
            case LEAD_CREATED -> {
                text("owner", rep);
                text("channel", detail % 2 == 0 ? "search" : "fair");
                last("direction", "inbound");
            }
            case EMAIL_SENT, EMAIL_OPENED, EMAIL_CLICKED, EMAIL_REPLIED, EMAIL_UNSUBSCRIBED -> {
                text("actor", rep);
                last("asset", "mail-" + detail % 20);
            }
            case EMAIL_SCANNED -> {
                text("asset", "mail-" + detail % 20);
                flag("automatic");
            }
            case CALL_OUTBOUND -> {
                text("actor", rep);
                text("direction", "outbound");
                json.append("\"seconds\":").append(detail % 120).append(',');
                json.append("\"connected\":").append(detail % 3 != 0).append('}');
            }
            case CALL_INBOUND -> {
                text("direction", "inbound");
                flag("connected");
            }
            case MEETING_COMPLETED, MEETING_NO_SHOW -> {
                text("actor", rep);
                last("asset", "meeting-" + draft.serial());
            }
            case DEAL_OPENED -> {
                deal(draft);
                text("owner", rep);
                text("stage", STAGES[0]);
                text("product", PRODUCTS[detail % PRODUCTS.length]);
                amount(detail);
            }
            case DEAL_STAGE_CHANGED -> {
                deal(draft);
                text("actor", rep);
                last("stage", STAGES[detail]);
            }
            case DEAL_AMOUNT -> {
                deal(draft);
                amount(detail);
            }
            case DEAL_HANDOVER -> {
                deal(draft);
                last("owner", spec.owner(detail));
            }
            case DEAL_WON -> {
                deal(draft);
                last("actor", rep);
            }
            case DEAL_LOST -> {
                deal(draft);
                last("reason", detail % 2 == 0 ? "price" : "no budget");
            }
            case BROKEN_AMOUNT -> {
                text("deal", "broken-" + draft.serial());
                last("amount", "12,50");
            }
            case BROKEN_JSON -> json.append("\"asset\":\"cut of");
            default -> last("channel", "search");
        }
    }

    private static String kind(Act act) {
        return switch (act) {
            case EMAIL_SCANNED -> "email_opened";
            case CALL_OUTBOUND, CALL_INBOUND -> "call";
            case DEAL_AMOUNT, DEAL_HANDOVER, BROKEN_AMOUNT -> "deal_updated";
            case BROKEN_KIND -> "deal_teleported";
            case BROKEN_JSON, BROKEN_NO_LEAD, BROKEN_TIME, BROKEN_NO_ID -> "lead_updated";
            default -> act.name().toLowerCase(Locale.ROOT);
        };
    }

    private void deal(Draft draft) {
        text("deal", "D" + draft.lead() + '-' + draft.place());
    }

    private void amount(int detail) {
        int cents = detail % 100;
        text("currency", "EUR");
        last("amount", 100 + detail % AMOUNTS + (cents < 10 ? ".0" : ".") + cents);
    }

    private void behaviour(Draft draft, String lead, String visitor) {
        int detail = draft.detail();
        long skewMillis = detail % MAX_SKEW_MILLIS - MAX_SKEW_MILLIS / 2L;
        json.append('{');
        text("type", type(draft.act()));
        text("messageId", "m" + draft.serial());
        if (draft.act() != Act.BROKEN_NO_VISITOR) {
            text("anonymousId", visitor);
        }
        if (draft.named()) {
            text("userId", lead);
        }
        text("originalTimestamp", time(draft.timeMillis() + skewMillis));
        text("sentAt", time(draft.timeMillis() + skewMillis + SENT_AFTER_MILLIS));
        text("receivedAt", time(draft.timeMillis() + SENT_AFTER_MILLIS));
        switch (draft.act()) {
            case IDENTIFY -> json.append("\"traits\":{\"industry\":\"steel\",\"country\":\"DE\"},");
            case PAGE, BROKEN_NO_VISITOR -> page("/products/p" + detail % 40);
            case PRICE_PAGE -> page("/pricing");
            case CAREERS_PAGE -> page("/careers/engineer");
            case DOWNLOAD -> track("Asset Downloaded", "asset", "guide-" + detail % 12);
            case FORM -> track("Form Submitted", "form", "contact-" + detail % 4);
            case DEMO_FORM -> track("Form Submitted", "form", "demo");
            case DEMO_REQUEST -> track("Demo Requested", "product", PRODUCTS[detail % PRODUCTS.length]);
            case SOCIAL -> track("Social Action", "post", "post-" + detail % 30);
            case EVENT -> track("Event Visited", "event_id", "fair-" + detail % 3);
            case NEWSLETTER -> track("Newsletter Signed Up", "list", "news");
            case VIDEO -> track("Video Played", "video", "v" + detail % 9);
            default -> throw new IllegalArgumentException(draft.act() + " is no behaviour");
        }
        json.append("\"context\":{\"userAgent\":\"")
                .append(BROWSERS[detail / BROWSER_PART % BROWSERS.length])
                .append("\",\"locale\":\"de-DE\"}}");
    }

    private static String type(Act act) {
        return switch (act) {
            case IDENTIFY -> "identify";
            case PAGE, PRICE_PAGE, CAREERS_PAGE, BROKEN_NO_VISITOR -> "page";
            default -> "track";
        };
    }

    private void page(String path) {
        json.append("\"properties\":{\"path\":\"").append(path).append("\",\"title\":\"Pumps and valves\"},");
    }

    private void track(String event, String property, String value) {
        text("event", event);
        json.append("\"properties\":{\"")
                .append(property)
                .append("\":\"")
                .append(value)
                .append("\"},");
    }

    private void text(String name, String value) {
        json.append('"').append(name).append("\":\"").append(value).append("\",");
    }

    private void last(String name, String value) {
        json.append('"').append(name).append("\":\"").append(value).append("\"}");
    }

    private void flag(String name) {
        json.append('"').append(name).append("\":true}");
    }
}
