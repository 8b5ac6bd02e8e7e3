package io.leadpulse.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Collects the lines of a generated history: gives every event a time of its own, drops what lies beyond the end, repeats
 * a few lines, and counts the features that were written.
 */
final class HistoryWriter {
    private static final DateTimeFormatter RFC_3339 = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    private static final double REPEATED_SHARE = 0.03;

    private record Line(long timeMillis, String json) {}

    private final SplittableRandom random;
    private final long endMillis;
    private final List<String> configuration = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Set<Long> taken = new HashSet<>();
    private final Map<String, Integer> features = new TreeMap<>();
    private int messages;
    private boolean isLastWritten;

    HistoryWriter(SplittableRandom random, long endMillis) {
        this.random = random;
        this.endMillis = endMillis;
    }

    /** The configuration, then all events in order of time. */
    List<String> lines() {
        List<String> all = new ArrayList<>(configuration);
        lines.stream().sorted(Comparator.comparingLong(Line::timeMillis)).forEach(line -> all.add(line.json()));
        return all;
    }

    /** How often each feature was written. */
    Map<String, Integer> features() {
        return features;
    }

    /** Counts a feature, if the line last written, which completes it, was not beyond the end. */
    void count(String feature) {
        if (isLastWritten) {
            features.merge(feature, 1, Integer::sum);
        }
    }

    void rep(ObjectNode rep) {
        String key = rep.get("id").asText() + "|" + rep.get("effective_from").asText();
        configuration.add(line("org.reps.v1", key, rep));
    }

    /** A time from {@code millis} on that no event has yet. */
    long free(long millis) {
        long time = millis;
        while (!taken.add(time)) {
            time++;
        }
        return time;
    }

    boolean isWithin(long millis) {
        return millis < endMillis;
    }

    /** An activity with what every one has. */
    ObjectNode activity(String kind, String id, long timeMillis, String lead) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.put("source", "crm").put("id", id).put("kind", kind);
        return value.put("time", time(timeMillis)).put("lead", lead);
    }

    /** Writes an activity, unless it lies beyond the end; now and then twice. */
    void write(ObjectNode activity, long timeMillis) {
        write("crm.activities.v1", activity.get("lead").asText(), activity, timeMillis);
    }

    /** Another version of an activity that was written. */
    ObjectNode corrected(ObjectNode activity, long timeMillis, long version) {
        return activity.deepCopy().put("time", time(timeMillis)).put("version", version);
    }

    /** The number that the id of the next web message has. */
    int nextMessage() {
        return messages;
    }

    /** Gives the web messages written by {@code others} the ids from a number on, as another visitor's have them. */
    void sameMessagesFrom(int first, Runnable others) {
        int next = messages;
        messages = first;
        others.run();
        messages = Math.max(next, messages);
    }

    /**
     * Web behaviour; half of it with a device's clock that is wrong.
     *
     * @param anonymousId visitor, or null
     * @param lead lead that it names, or null
     */
    void behaviour(String type, long timeMillis, String anonymousId, String lead, ObjectNode fields) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.put("type", type).put("messageId", "w-" + messages++);
        if (anonymousId != null) {
            value.put("anonymousId", anonymousId);
        }
        if (lead != null) {
            value.put("userId", lead);
        }
        value.setAll(fields);
        boolean isClockWrong = random.nextBoolean();
        if (isClockWrong) {
            long errorMillis = random.nextLong(-3_600_000, 3_600_000);
            long onTheWayMillis = random.nextLong(10, 30_000);
            value.put("originalTimestamp", time(timeMillis + errorMillis));
            value.put("sentAt", time(timeMillis + errorMillis + onTheWayMillis));
            value.put("receivedAt", time(timeMillis + onTheWayMillis));
        } else {
            value.put("timestamp", time(timeMillis));
        }
        write("web.behaviour.v1", anonymousId == null ? lead : anonymousId, value, timeMillis);
        if (isClockWrong) {
            count("device clock");
        }
    }

    private void write(String topic, String key, ObjectNode value, long timeMillis) {
        boolean isRepeated = random.nextDouble() < REPEATED_SHARE;
        isLastWritten = isWithin(timeMillis);
        if (!isLastWritten) {
            return;
        }
        String json = line(topic, key, value);
        lines.add(new Line(timeMillis, json));
        if (isRepeated) {
            lines.add(new Line(timeMillis, json));
            count("duplicate");
        }
    }

    private static String line(String topic, String key, ObjectNode value) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("topic", topic).put("key", key).putObject("headers");
        line.set("value", value);
        return line.toString();
    }

    private String time(long millis) {
        ZoneId zone = Math.floorMod(millis, 2) == 0 ? ZoneOffset.UTC : GeneratedCompany.ZONE;
        return RFC_3339.format(Instant.ofEpochMilli(millis).atZone(zone));
    }

    /** A time after another one: between two numbers of days later, and free. */
    long later(long millis, double fromDays, double toDays) {
        double days = random.nextDouble(fromDays, toDays);
        return free(millis + (long) (days * Duration.ofDays(1).toMillis()));
    }
}
