package io.leadpulse.local.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what the simulator wrote, by the events alone: an independent count of what the story tells. */
final class Story {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Simulator simulator;
    private final List<JsonNode> activities = new ArrayList<>();
    private final Map<String, Deal> deals = new TreeMap<>();

    /** A deal as its events say it. */
    static final class Deal {
        String owner;
        String stage;
        long stageSince;
        long amount;
        String product;
        String end;
        long closed;
        final List<String> stages = new ArrayList<>();

        boolean isOpen() {
            return end == null;
        }
    }

    Story(Simulator simulator, List<SimulatedRecord> records) {
        this.simulator = simulator;
        for (SimulatedRecord record : records) {
            if (record.topic().equals(Topics.ACTIVITIES)) {
                JsonNode value = json(record);
                activities.add(value);
                if (value.has("deal")) {
                    read(value);
                }
            }
        }
    }

    static JsonNode json(SimulatedRecord record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "not JSON: " + new String(record.value(), java.nio.charset.StandardCharsets.UTF_8), e);
        }
    }

    private void read(JsonNode value) {
        Deal deal = deals.computeIfAbsent(value.get("deal").asText(), id -> new Deal());
        if (value.has("owner")) {
            deal.owner = value.get("owner").asText();
        }
        if (value.has("product")) {
            deal.product = value.get("product").asText();
        }
        if (value.has("amount")) {
            deal.amount = Long.parseLong(value.get("amount").asText().replace(".00", ""));
        }
        if (value.has("stage")) {
            deal.stage = value.get("stage").asText();
            deal.stageSince = millis(value);
            deal.stages.add(deal.stage);
        }
        switch (value.get("kind").asText()) {
            case "deal_won", "deal_lost" -> {
                deal.end = value.get("kind").asText();
                deal.closed = millis(value);
            }
            default -> {
                // Says nothing of the end.
            }
        }
    }

    static long millis(JsonNode value) {
        return Instant.parse(value.get("time").asText()).toEpochMilli();
    }

    LocalDate day(long millis) {
        return Instant.ofEpochMilli(millis).atZone(simulator.company().zone()).toLocalDate();
    }

    LocalDate today() {
        return day(simulator.liveStart().toEpochMilli());
    }

    List<JsonNode> activities(String kind) {
        return activities.stream()
                .filter(value -> value.get("kind").asText().equals(kind))
                .toList();
    }

    List<Deal> deals() {
        return List.copyOf(deals.values());
    }

    /** Sales in euros by day. */
    Map<LocalDate, Long> won() {
        Map<LocalDate, Long> won = new TreeMap<>();
        for (Deal deal : deals.values()) {
            if ("deal_won".equals(deal.end)) {
                won.merge(day(deal.closed), deal.amount, Long::sum);
            }
        }
        return won;
    }

    long ended(String end) {
        return deals.values().stream().filter(deal -> end.equals(deal.end)).count();
    }
}
