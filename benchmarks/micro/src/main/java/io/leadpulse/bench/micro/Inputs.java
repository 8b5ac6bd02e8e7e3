package io.leadpulse.bench.micro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.bench.oracle.Oracle;
import io.leadpulse.bench.workload.Workload;
import io.leadpulse.bench.workload.WorkloadRecord;
import io.leadpulse.bench.workload.WorkloadSpec;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.SalesEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** Records of one kind of input, as a source gives them to the decoder. */
final class Inputs {
    /** A power of two, so that the next one is found without a division; too many for a processor to learn by heart. */
    static final int COUNT = 1_024;

    /** Company events are no part of the workload. */
    private static final String COMPANY = "company";

    private static final String BROKEN = "broken";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Inputs() {}

    /**
     * {@link #COUNT} records; of a rare kind some stand there several times.
     *
     * @param input {@code mix} (all, as they come, but the broken ones), {@code page}, {@code track}, {@code identify},
     *     {@code activity}, {@code deal}, {@code company} or {@code broken}
     */
    static RawRecord[] of(String input) {
        List<RawRecord> found = input.equals(COMPANY) ? company() : fromWorkload(input);
        RawRecord[] records = new RawRecord[COUNT];
        for (int i = 0; i < COUNT; i++) {
            records[i] = found.get(i % found.size());
        }
        return records;
    }

    private static List<RawRecord> fromWorkload(String input) {
        EventDecoder decoder = Task.decoder();
        List<RawRecord> found = new ArrayList<>();
        Workload.forEach(Task.SPEC, each -> {
            if (found.size() < COUNT) {
                RawRecord record = record(each.topic(), found.size(), each.key(), each.value());
                boolean isBroken = decoder.decode(record).deadLetter() != null;
                if (isBroken ? input.equals(BROKEN) : isOf(input, each)) {
                    found.add(record);
                }
            }
        });
        return found;
    }

    private static boolean isOf(String input, WorkloadRecord record) {
        String text = new String(record.value(), StandardCharsets.UTF_8);
        boolean isDeal = text.contains("\"kind\":\"deal_");
        return switch (input) {
            case "mix" -> true;
            case "activity" -> record.topic().equals(Topics.ACTIVITIES) && !isDeal;
            case "deal" -> isDeal;
            default -> text.contains("\"type\":\"" + input + '"');
        };
    }

    private static List<RawRecord> company() {
        SplittableRandom random = new SplittableRandom(Task.SPEC.seed());
        List<RawRecord> records = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            String json = """
                    {"source":"ads","id":"spend-%d","kind":"campaign_spend","time":"%s","subject":"fair-%d","amount":"%d.%02d","currency":"EUR","channel":"event"}""".formatted(
                            i,
                            Instant.ofEpochMilli(WorkloadSpec.START_MILLIS + random.nextLong(WorkloadSpec.SPAN_MILLIS)),
                            random.nextInt(40),
                            random.nextInt(10_000),
                            random.nextInt(100));
            records.add(record(Topics.COMPANY_EVENTS, i, "ads", json.getBytes(StandardCharsets.UTF_8)));
        }
        return records;
    }

    private static RawRecord record(String topic, int offset, String key, byte[] value) {
        return new RawRecord(
                topic, 0, offset, WorkloadSpec.CLOSING_MILLIS, key.getBytes(StandardCharsets.UTF_8), value, List.of());
    }

    /**
     * Holds what the decoder makes of these records against a plain reading of the same bytes; of broken ones their reasons
     * against the oracle's.
     *
     * @throws IllegalStateException if they are not the same
     */
    static void check(String input, RawRecord[] records, EventDecoder decoder) {
        if (input.equals(BROKEN)) {
            checkBroken(records, decoder);
            return;
        }
        for (RawRecord record : records) {
            SalesEvent event = decoder.decode(record).event();
            Task.require(event != null && says(event, record), "decoding " + record.id());
        }
    }

    private static boolean says(SalesEvent event, RawRecord record) {
        JsonNode json;
        try {
            json = JSON.readTree(record.value());
        } catch (IOException e) {
            throw new IllegalStateException("the workload has broken JSON", e);
        }
        if (record.topic().equals(Topics.BEHAVIOUR)) {
            String visitor = json.path("anonymousId").asText();
            return event.event()
                            .equals("web:" + visitor + '/'
                                    + json.path("messageId").asText())
                    && visitor.equals(event.anonymousId())
                    && json.path("userId").asText("").equals(event.lead() == null ? "" : event.lead())
                    && event.timeMillis() == behaviourMillis(json)
                    && (!json.path("type").asText().equals("page")
                            || json.at("/properties/path").asText().equals(event.asset()));
        }
        // All amounts have two decimals here.
        Long amountMinor =
                json.has("amount") ? Long.valueOf(json.path("amount").asText().replace(".", "")) : null;
        return event.event()
                        .equals(json.path("source").asText()
                                + '/'
                                + json.path("id").asText())
                && event.kind().wireName().equals(json.path("kind").asText())
                && event.timeMillis() == millis(json, "time")
                && json.path("lead").asText("").equals(event.lead() == null ? "" : event.lead())
                && json.path("deal").asText("").equals(event.deal() == null ? "" : event.deal())
                && json.path("stage").asText("").equals(event.stage() == null ? "" : event.stage())
                && Objects.equals(event.amountMinor(), amountMinor);
    }

    private static long behaviourMillis(JsonNode json) {
        return json.has("receivedAt")
                ? millis(json, "receivedAt") - (millis(json, "sentAt") - millis(json, "originalTimestamp"))
                : millis(json, "timestamp");
    }

    private static long millis(JsonNode json, String name) {
        return Instant.parse(json.path(name).asText()).toEpochMilli();
    }

    private static void checkBroken(RawRecord[] records, EventDecoder decoder) {
        Oracle oracle = new Oracle(WorkloadSpec.AS_OF_MILLIS, WorkloadSpec.teams());
        Map<String, Long> reasons = new HashMap<>();
        for (RawRecord record : records) {
            if (record.topic().equals(Topics.BEHAVIOUR)) {
                oracle.behaviour(record.value());
            } else {
                oracle.activity(record.value());
            }
            Decoded decoded = decoder.decode(record);
            Task.require(decoded.deadLetter() != null, "refusing " + record.id());
            reasons.merge(decoded.deadLetter().reason().wireName(), 1L, Long::sum);
        }
        Task.require(reasons.equals(oracle.expected().deadLetters()), "reasons " + reasons);
    }
}
