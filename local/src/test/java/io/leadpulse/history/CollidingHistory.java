package io.leadpulse.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes up what no company does, to be held against itself in another order: few leads, deals and visitors that everything
 * happens to, at few instants around a change to summer time, many of them the same to the millisecond. Leads are merged in
 * circles, deals move to and fro, visitors are several leads, and a third of all records come once more with another version,
 * time, lead or owner, or contradict the first with the same version. One visitor has more than 500 events, never so many in 60
 * days. The same seed and number give the same lines.
 *
 * <p>{@link HistoryGenerator} avoids all that, because a second computation would need more than the definitions for it.
 */
public final class CollidingHistory {
    private static final Instant END = Instant.parse("2025-04-20T10:00:00Z");
    private static final Duration APART = Duration.ofHours(5);
    private static final int INSTANTS = 600;
    private static final int LEADS = 40;
    private static final int VISITORS = 60;
    private static final int EVENTS_OF_THE_BUSY = 900;

    private static final List<String> ABOUT_DEALS = List.of(
            "deal_opened",
            "deal_updated",
            "deal_stage_changed",
            "deal_stage_changed",
            "deal_won",
            "deal_lost",
            "deal_reopened",
            "deal_deleted",
            "deal_refunded");
    private static final List<String> STAGES = List.of("meeting", "demo", "offer", "negotiation", "won", "lost", "odd");
    private static final List<String> ABOUT_RECORDS =
            List.of("lead_merged", "lead_merged", "lead_unmerged", "lead_deleted");
    private static final List<String> ABOUT_LEADS = List.of(
            "lead_created",
            "lead_assigned",
            "lead_accepted",
            "lead_rejected",
            "lead_status_changed",
            "call",
            "email_sent",
            "email_replied",
            "meeting_scheduled",
            "meeting_completed",
            "meeting_no_show",
            "task_planned",
            "task_done",
            "lead_updated",
            "demo_held",
            "nurture_touch",
            "callback_requested",
            "email_unsubscribed");
    private static final List<String> STATUS =
            List.of("new", "working", "nurture", "qualified", "disqualified", "customer");
    private static final List<String> TRACKED = List.of(
            "Form Submitted",
            "Demo Requested",
            "Asset Downloaded",
            "Price List Viewed",
            "Newsletter Signed Up",
            "Form Viewed");

    private final Random random;
    private final List<ObjectNode> records = new ArrayList<>();

    private CollidingHistory(long seed) {
        this.random = new Random(seed);
    }

    /** The lines in no order. */
    public static List<String> lines(long seed, int events) {
        CollidingHistory history = new CollidingHistory(seed);
        for (int i = 0; i < events; i++) {
            history.tell();
        }
        for (int i = 0; i < EVENTS_OF_THE_BUSY; i++) {
            history.visit("busy", i % 50 == 0);
        }
        for (int i = 0; i < events / 3; i++) {
            history.correct();
        }
        return history.records.stream().map(ObjectNode::toString).toList();
    }

    private void tell() {
        int kind = random.nextInt(100);
        if (kind < 35) {
            aboutDeal();
        } else if (kind < 39) {
            ObjectNode value = activity(any(ABOUT_RECORDS), lead());
            if (value.get("kind").asText().equals("lead_merged")) {
                value.put("into", otherThan(value.get("lead").asText()));
            }
        } else if (kind < 65) {
            aboutLead();
        } else {
            visit("v" + random.nextInt(VISITORS), random.nextInt(7) == 0);
        }
    }

    private void aboutDeal() {
        ObjectNode value = activity(any(ABOUT_DEALS), lead());
        value.put("deal", "D" + random.nextInt(LEADS)).put("owner", owner());
        String kind = value.get("kind").asText();
        if (kind.equals("deal_refunded") || random.nextBoolean()) {
            value.put("amount", 1 + random.nextInt(999) + ".05").put("currency", "USD");
        }
        if (kind.equals("deal_stage_changed") || random.nextInt(3) == 0) {
            value.put("stage", any(STAGES));
        }
        if (random.nextInt(3) == 0) {
            value.put("expected_close", "2025-04-%02d".formatted(1 + random.nextInt(28)));
        }
    }

    private void aboutLead() {
        ObjectNode value = activity(any(ABOUT_LEADS), lead());
        String kind = value.get("kind").asText();
        switch (kind) {
            case "lead_assigned" -> value.put("owner", owner());
            case "lead_created", "lead_updated" -> {
                value.put("owner", owner()).put("campaign", random.nextBoolean() ? "fair" : "video");
                value.putObject("attributes").put("industry", random.nextBoolean() ? "steel" : "paper");
            }
            case "lead_status_changed" -> value.put("status", any(STATUS));
            case "call" ->
                value.put("actor", owner())
                        .put("direction", random.nextBoolean() ? "inbound" : "outbound")
                        .put("connected", random.nextBoolean())
                        .put("seconds", random.nextBoolean() ? 29 : 30);
            case "meeting_scheduled", "task_planned" -> value.put("due", time());
            default -> value.put("actor", owner()).put("asset", random.nextBoolean() ? "a" : "b");
        }
    }

    private ObjectNode activity(String kind, String lead) {
        ObjectNode value = record("crm.activities.v1");
        value.put("source", random.nextBoolean() ? "crm" : "mail").put("id", "e" + records.size());
        value.put("kind", kind).put("time", time()).put("lead", lead);
        if (random.nextBoolean()) {
            value.put("version", random.nextInt(4));
        }
        return value;
    }

    private void visit(String visitor, boolean namesLead) {
        ObjectNode value = record("web.behaviour.v1");
        value.put("messageId", "m" + records.size()).put("anonymousId", visitor).put("timestamp", time());
        if (namesLead) {
            value.put("userId", lead()).put("type", "identify");
        } else if (random.nextBoolean()) {
            value.put("type", "page").putObject("properties").put("path", random.nextBoolean() ? "/" : "/pricing");
            value.putObject("context")
                    .putObject("campaign")
                    .put("name", "video")
                    .put("medium", "ad");
        } else {
            value.put("type", "track").put("event", any(TRACKED));
            value.putObject("properties").put("form", "f1").put("asset", "x").put("product", "pump");
        }
    }

    /** Of one that was told, corrected ones among them. */
    private void correct() {
        ObjectNode line = records.get(random.nextInt(records.size())).deepCopy();
        records.add(line);
        ObjectNode value = (ObjectNode) line.get("value");
        if (random.nextInt(5) < 2) {
            value.put("version", random.nextInt(5));
        }
        if (random.nextBoolean()) {
            value.put(value.has("timestamp") ? "timestamp" : "time", time());
        }
        if (random.nextInt(5) >= 2) {
            return;
        }
        if (value.has("messageId")) {
            value.put("userId", lead());
        } else if (value.has("deal")) {
            value.put("lead", lead()).put("owner", owner());
        } else if (value.has("into")) {
            value.put("into", otherThan(value.get("lead").asText()));
        }
    }

    private ObjectNode record(String topic) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("topic", topic);
        records.add(line);
        return line.putObject("value");
    }

    private String time() {
        int instant = random.nextInt(INSTANTS + INSTANTS / 10);
        return END.minus(APART.multipliedBy(Math.max(0, instant - INSTANTS / 10)))
                .minusMillis(random.nextInt(3) == 0 ? 1 : 0)
                .toString();
    }

    private String lead() {
        return "L" + random.nextInt(LEADS);
    }

    private String otherThan(String lead) {
        String other = lead();
        return other.equals(lead) ? "L" + LEADS : other;
    }

    private String owner() {
        return any(List.of("olivia", "paul", "quentin"));
    }

    private String any(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }
}
