package io.leadpulse.bench.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.bench.result.FoundAlert;
import io.leadpulse.bench.result.ResultSink;
import io.leadpulse.bench.workload.WorkloadSpec;
import io.leadpulse.kafka.EngineTopics;
import io.leadpulse.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** (e): Leadpulse. Its results are read from its own topics, as serving reads them. */
final class LeadpulseEngine implements Engine {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Other panes, such as the total of all time, are not asked for. */
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private static final int CENT_DIGITS = 2;

    @Override
    public String letter() {
        return "e";
    }

    @Override
    public String title() {
        return "Leadpulse";
    }

    @Override
    public String folder() {
        return "leadpulse";
    }

    @Override
    public String mainClass() {
        return "io.leadpulse.bench.leadpulse.LeadpulseProgram";
    }

    @Override
    public List<String> jvmOptions(Path home) {
        return List.of("@" + home.resolve("local/src/main/launcher/jvm.options"));
    }

    @Override
    public boolean isServed() {
        return true;
    }

    @Override
    public boolean isContinued() {
        return true;
    }

    @Override
    public List<NewTopic> resultTopics() {
        return EngineTopics.all(WorkloadSpec.PARTITIONS).stream()
                .filter(topic -> EngineTopics.RESULTS.contains(topic.name()))
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.settings()))
                .toList();
    }

    @Override
    public void translate(ConsumerRecord<byte[], byte[]> record, ResultSink results) {
        try {
            switch (record.topic()) {
                case Topics.PROFILES -> profile(record.value(), results);
                case Topics.ROLLUPS -> rollup(record, results);
                case Topics.ALERTS -> alert(JSON.readTree(record.value()), results);
                case Topics.DEAD_LETTERS -> deadLetter(record, results);
                default -> {
                    // The ledger, progress and the like: more than the task asks for.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a result of Leadpulse is no JSON", e);
        }
    }

    /** A profile is long: only the four fields on its top level are looked at. */
    private static void profile(byte[] value, ResultSink results) throws IOException {
        String lead = null;
        double score = 0;
        String band = null;
        long asOfMillis = 0;
        try (JsonParser json = FACTORY.createParser(value)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "lead" -> lead = json.getText();
                    case "score" -> score = json.getDoubleValue();
                    case "band" -> band = json.getText();
                    case "as_of" -> asOfMillis = Instant.parse(json.getText()).toEpochMilli();
                    default -> json.skipChildren();
                }
            }
        }
        results.score(lead, asOfMillis, score, band);
    }

    private static void rollup(ConsumerRecord<byte[], byte[]> record, ResultSink results) throws IOException {
        String[] key = new String(record.key(), StandardCharsets.UTF_8).split("\\|", -1);
        String measure = key[1];
        boolean isAmount = measure.equals("won_amount");
        boolean isOfDay = DAY.matcher(key[3]).matches();
        if (isOfDay && (isAmount || measure.equals("won_count"))) {
            String value = JSON.readTree(record.value()).get("value").asText();
            results.sum(
                    measure,
                    key[0],
                    key[3],
                    isAmount
                            ? new BigDecimal(value).movePointRight(CENT_DIGITS).longValueExact()
                            : Long.parseLong(value));
        }
    }

    private static void alert(JsonNode alert, ResultSink results) {
        if (!alert.get("cause").asText().equals("stuck") || alert.get("deal").isNull()) {
            return;
        }
        Long raised = null;
        Long escalated = null;
        Long left = null;
        for (JsonNode step : alert.get("transitions")) {
            long atMillis = millis(step.get("time"));
            switch (step.get("state").asText()) {
                case "raised" -> raised = atMillis;
                case "escalated" -> escalated = atMillis;
                case "resolved" -> left = atMillis;
                default -> {
                    // Withdrawn, which its state says, or what people did with it.
                }
            }
        }
        boolean isWithdrawn = alert.get("state").asText().equals("withdrawn") || raised == null;
        results.alert(
                alert.get("deal").asText(),
                alert.get("stage").asText(),
                millis(alert.get("since")),
                isWithdrawn
                        ? null
                        : new FoundAlert(
                                alert.get("owner").isNull()
                                        ? null
                                        : alert.get("owner").asText(),
                                raised,
                                escalated,
                                left));
    }

    private static long millis(JsonNode time) {
        return Instant.parse(time.asText()).toEpochMilli();
    }

    private static void deadLetter(ConsumerRecord<byte[], byte[]> record, ResultSink results) {
        results.deadLetter(
                header(record, "__connect.errors.topic")
                        + '/'
                        + header(record, "__connect.errors.partition")
                        + '/'
                        + header(record, "__connect.errors.offset"),
                header(record, "x-leadpulse-reason"));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null) {
            throw new IllegalArgumentException("a dead letter without header " + name);
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
