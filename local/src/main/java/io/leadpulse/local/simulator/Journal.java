package io.leadpulse.local.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where stories write what happens; what lies after its end has not happened yet and is left out. Ids count up by lead
 * or visitor, whether left out or not, so that they are the same for every end.
 */
final class Journal {
    private static final String SOURCE = "crm";

    private final long endMillis;
    private final SimulatedMoney money;
    private final List<SimulatedRecord> records = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** A journal up to and with an instant. */
    Journal(long endMillis, SimulatedMoney money) {
        this.endMillis = endMillis;
        this.money = money;
    }

    List<SimulatedRecord> records() {
        return records;
    }

    /** Begins an activity or an event of a deal; {@link Act#add} ends it. */
    Act act(String kind, String lead, long millis) {
        return act(kind, lead, millis, nextId(lead));
    }

    /** The same, with an id of its own. */
    Act act(String kind, String lead, long millis, String id) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.put("source", SOURCE);
        value.put("id", id);
        value.put("kind", kind);
        value.put("time", Rfc3339.text(millis));
        value.put("lead", lead);
        return new Act(Topics.ACTIVITIES, lead, millis, value);
    }

    /** Begins an event of the company. */
    Act company(String kind, String subject, long millis) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.put("source", SOURCE);
        value.put("id", kind + '-' + nextId(subject));
        value.put("kind", kind);
        value.put("time", Rfc3339.text(millis));
        value.put("subject", subject);
        return new Act(Topics.COMPANY_EVENTS, subject, millis, value);
    }

    /** A page that a visitor views. */
    void page(String visitor, long millis, String path, LeadSource source) {
        page(visitor, millis, path, source, nextId(visitor));
    }

    /** The same, with an id of its own; the source may be null. */
    void page(String visitor, long millis, String path, LeadSource source, String id) {
        ObjectNode value = web("page", visitor, millis, id);
        value.putObject("properties").put("path", path);
        touch(value, source);
        add(Topics.BEHAVIOUR, visitor, millis, value);
    }

    /** An act of a visitor by its name, with one property. */
    void track(String visitor, long millis, String event, String property, String content, Product product) {
        track(visitor, millis, event, property, content, product, nextId(visitor));
    }

    /** A demo requested, with an id of its own. */
    void demoRequest(String visitor, long millis, Product product, String id) {
        track(visitor, millis, "Demo Requested", "form", "demo", product, id);
    }

    private void track(
            String visitor, long millis, String event, String property, String content, Product product, String id) {
        ObjectNode value = web("track", visitor, millis, id);
        value.put("event", event);
        ObjectNode properties = value.putObject("properties");
        properties.put(property, content);
        if (product != null) {
            properties.put("product", product.title());
        }
        add(Topics.BEHAVIOUR, visitor, millis, value);
    }

    /** A visitor says who he is. */
    void identify(String visitor, long millis, String lead, String industry, int employees) {
        ObjectNode value = web("identify", visitor, millis, nextId(visitor));
        value.put("userId", lead);
        value.putObject("traits").put("industry", industry).put("employees", employees);
        add(Topics.BEHAVIOUR, visitor, millis, value);
    }

    private String nextId(String visitor) {
        return visitor + '-' + numbers.merge(visitor, 1, Integer::sum);
    }

    private static ObjectNode web(String type, String visitor, long millis, String id) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.put("type", type);
        value.put("messageId", id);
        value.put("anonymousId", visitor);
        value.put("timestamp", Rfc3339.text(millis));
        return value;
    }

    private static void touch(ObjectNode value, LeadSource source) {
        if (source != null) {
            value.putObject("context")
                    .putObject("campaign")
                    .put("name", source.campaign())
                    .put("medium", source.channel());
        }
    }

    private void add(String topic, String key, long millis, JsonNode value) {
        if (millis <= endMillis) {
            records.add(new SimulatedRecord(
                    topic, key, value.toString().getBytes(StandardCharsets.UTF_8), millis, SimulatedRecord.Kind.EVENT));
        }
    }

    /** An event that is being written. */
    final class Act {
        private final String topic;
        private final String key;
        private final long millis;
        private final ObjectNode value;

        private Act(String topic, String key, long millis, ObjectNode value) {
            this.topic = topic;
            this.key = key;
            this.millis = millis;
            this.value = value;
        }

        Act put(String field, String text) {
            value.put(field, text);
            return this;
        }

        Act put(String field, long number) {
            value.put(field, number);
            return this;
        }

        Act put(String field, boolean flag) {
            value.put(field, flag);
            return this;
        }

        Act time(String field, long timeMillis) {
            return put(field, Rfc3339.text(timeMillis));
        }

        /** An amount of the story, in whole euros; written in the company's currency. */
        Act euros(long amount) {
            return put("amount", money.amount(amount)).put("currency", money.currency());
        }

        Act from(LeadSource source) {
            return put("campaign", source.campaign()).put("channel", source.channel());
        }

        Act attribute(String name, String text) {
            value.withObjectProperty("attributes").put(name, text);
            return this;
        }

        void add() {
            Journal.this.add(topic, key, millis, value);
        }

        /** The same, but it comes only then: with a list that is uploaded after the event. */
        void addLate(long arrivalMillis) {
            if (arrivalMillis <= endMillis) {
                records.add(record(arrivalMillis, SimulatedRecord.Kind.EVENT));
            }
        }

        /** The record, whatever the journal's end. */
        SimulatedRecord record(long arrivalMillis, SimulatedRecord.Kind kind) {
            return new SimulatedRecord(
                    topic, key, value.toString().getBytes(StandardCharsets.UTF_8), arrivalMillis, kind);
        }
    }
}
