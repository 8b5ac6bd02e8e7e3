package io.leadpulse.local.boards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.app.ClusterCommands;
import io.leadpulse.kafka.EngineTopics;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.BrokenInputs;
import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.result.DeadLetterRecord;
import io.leadpulse.serving.app.Serving;
import io.leadpulse.serving.app.ServingConfig;
import io.leadpulse.serving.read.Await;
import io.leadpulse.serving.read.TestBroker;
import io.leadpulse.tools.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The corpus of broken input as raw bytes through a real broker, among good events, to the engine's own processes: none of
 * it restarts the job, every record has its fate, and the board says how many of what were refused.
 */
class DeadLetterPanelITCase {
    private static final int PARTITIONS = 2;
    private static final int DUPLICATES = 3;
    private static final int HELD = 4;
    private static final Duration LETTERS_WITHIN = Duration.ofSeconds(90);
    /** More than the largest record of the corpus; a topic may have been given that much. */
    private static final String LARGE = String.valueOf(4 << 20);

    private static final RawHeader TRACE = new RawHeader("trace", new byte[] {0, (byte) 0xff});
    private static final String CONFIG = """
            company:
              zone: UTC
              currency: EUR
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();
    private final Map<String, Sent> sent = new HashMap<>();
    private TestBroker broker;

    @TempDir
    private Path folder;

    /** A record that was sent, and why it must be refused; null when it is good. */
    private record Sent(ProducerRecord<byte[], byte[]> record, String reasonOrNull) {
        Sent again() {
            return new Sent(new ProducerRecord<>(record.topic(), null, record.key(), record.value()), reasonOrNull);
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (Process each : processes) {
            each.destroyForcibly().waitFor();
        }
        if (broker != null) {
            broker.stop();
        }
    }

    @Test
    void brokenInputStopsNothingIsAccountedForAndShowsOnTheBoard() throws Exception {
        broker = TestBroker.start();
        createTopics();
        List<Integer> ports = FreePort.any(4);
        ClusterCommands commands = new ClusterCommands(
                folder.resolve("data"),
                "127.0.0.1",
                ports.get(0),
                ports.get(1),
                ports.get(2),
                ports.get(3),
                PARTITIONS,
                options());
        List<Sent> input = input(Instant.now());
        // Some is there before the job, the rest comes while it runs.
        int before = input.size() / 3;
        send(input.subList(0, before));
        start(commands.jobManager());
        start(commands.taskManager());
        ServingConfig config =
                ServingConfig.of(List.of("--bootstrap-servers", broker.address(), "--http-port", "0"), Map.of());
        try (Serving serving = new Serving(config, CONFIG, Clock.systemUTC())) {
            serving.start();
            String served = "127.0.0.1:" + serving.address().getPort();
            try (PrometheusServer prometheus = PrometheusServer.start(
                    Files.createDirectory(folder.resolve("prometheus")),
                    List.of(served, "127.0.0.1:" + commands.jobManagerMetricsPort()))) {
                await(served, fate("in", before));
                send(input.subList(before, input.size()));
                await(served, fate("in", input.size()));

                Map<String, Long> reasons = reasons(input);
                long refused =
                        reasons.values().stream().mapToLong(Long::longValue).sum();
                long good = input.size() - refused;
                assertThat(get(served).lines())
                        .contains(
                                fate("configuration", 1),
                                fate("duplicate", DUPLICATES),
                                fate("superseded", 1),
                                fate("held", HELD),
                                fate("counted", good - 1 - DUPLICATES - 1 - HELD),
                                fate("dead_lettered", refused),
                                "leadpulse_conservation_difference 0.0");
                assertThat(get("127.0.0.1:" + commands.jobManagerMetricsPort()).lines())
                        .filteredOn(line -> line.startsWith("flink_jobmanager_job_numRestarts{"))
                        .singleElement()
                        .asString()
                        .endsWith(" 0.0");
                lettersAreTheRecordsThemselves(refused);
                prometheus.await("leadpulse_records{fate='in'} == " + input.size());
                assertThat(panel(prometheus)).isEqualTo(reasons);
            }
        }
    }

    /** What the board's panel shows: dead letters by reason. */
    private static Map<String, Long> panel(PrometheusServer prometheus) throws Exception {
        Board.Query query = Board.all().stream()
                .flatMap(board -> board.queries().stream())
                .filter(each -> each.panel().equals("Dead letters by reason"))
                .findAny()
                .orElseThrow();
        Map<String, Long> shown = new TreeMap<>();
        for (JsonNode series : prometheus.query(query.text(), Instant.now())) {
            shown.put(series.path("metric").path("reason").asText(), (long)
                    series.path("value").get(1).asDouble());
        }
        return shown;
    }

    /** Each dead letter is the record that was sent, byte for byte, and says where from and why. */
    private void lettersAreTheRecordsThemselves(long expected) throws Exception {
        Map<String, Object> properties = new HashMap<>(broker.connection());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        List<String> seen = new ArrayList<>();
        long beganNanos = System.nanoTime();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.DEAD_LETTERS).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            // Fates and letters are of one checkpoint, and yet the one may be seen before the other.
            while (seen.size() < expected || !isAtEnd(consumer)) {
                assertThat(System.nanoTime() - beganNanos)
                        .as("%d letters in time", seen.size())
                        .isLessThan(LETTERS_WITHIN.toNanos());
                for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofMillis(200))) {
                    Map<String, byte[]> headers = new HashMap<>();
                    letter.headers().forEach(each -> headers.put(each.key(), each.value()));
                    String place = text(headers, DeadLetterRecord.TOPIC_HEADER)
                            + '/'
                            + text(headers, DeadLetterRecord.PARTITION_HEADER)
                            + '/'
                            + text(headers, DeadLetterRecord.OFFSET_HEADER);
                    seen.add(place);
                    Sent original = sent.get(place);
                    assertThat(original).as(place).isNotNull();
                    assertThat(letter.value())
                            .as(place)
                            .isEqualTo(original.record().value());
                    assertThat(letter.key())
                            .as(place)
                            .isEqualTo(original.record().key());
                    assertThat(headers.get(TRACE.name())).as(place).isEqualTo(TRACE.value());
                    assertThat(text(headers, DeadLetterRecord.REASON_HEADER)).isEqualTo(original.reasonOrNull());
                    assertThat(text(headers, DeadLetterRecord.MESSAGE_HEADER)).isNotBlank();
                }
            }
        }
        assertThat(seen).doesNotHaveDuplicates().hasSize((int) expected);
    }

    private static boolean isAtEnd(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** The corpus with a good event after each of its records, and good ones that are not simply counted. */
    private static List<Sent> input(Instant now) {
        String time = now.minus(Duration.ofHours(1)).toString();
        List<Sent> input = new ArrayList<>();
        input.add(good(Topics.REPS, "R-1", "{'id':'R-1','effective_from':'2025-01-01T00:00:00Z','team':'north'}"));
        for (BrokenInputs.BrokenInput each : BrokenInputs.live(now.toEpochMilli())) {
            int number = input.size();
            // No UTF-8, as a key may be.
            byte[] key = {(byte) 0xfe, (byte) number};
            input.add(new Sent(
                    new ProducerRecord<>(
                            each.record().topic(), null, key, each.record().value()),
                    each.reason().wireName()));
            input.add(call(number, time, 1));
        }
        for (int number = 0; number < DUPLICATES; number++) {
            input.add(input.get(2 + 2 * number).again());
        }
        input.add(call(7, time, 2));
        for (int number = 0; number < HELD; number++) {
            input.add(good(
                    Topics.BEHAVIOUR,
                    "v-9",
                    "{'type':'page','messageId':'m-%d','anonymousId':'v-9','timestamp':'%s'}".formatted(number, time)));
        }
        return input;
    }

    private static Sent call(int number, String time, int version) {
        return good(
                Topics.ACTIVITIES,
                "L-" + number,
                "{'source':'crm','id':'call-%d','kind':'call','time':'%s','lead':'L-%d','version':%d}"
                        .formatted(number, time, number, version));
    }

    private static Sent good(String topic, String key, String value) {
        return new Sent(
                new ProducerRecord<>(
                        topic,
                        null,
                        key.getBytes(StandardCharsets.UTF_8),
                        value.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                null);
    }

    private static Map<String, Long> reasons(List<Sent> input) {
        Map<String, Long> reasons = new TreeMap<>();
        for (Sent each : input) {
            if (each.reasonOrNull() != null) {
                reasons.merge(each.reasonOrNull(), 1L, Long::sum);
            }
        }
        return reasons;
    }

    private void send(List<Sent> records) throws Exception {
        Map<String, Object> properties = new HashMap<>(broker.connection());
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGE);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Sent each : records) {
                each.record().headers().add(TRACE.name(), TRACE.value());
                RecordMetadata place = producer.send(each.record()).get();
                sent.put(place.topic() + '/' + place.partition() + '/' + place.offset(), each);
            }
        }
    }

    private void createTopics() throws Exception {
        try (Admin admin = broker.admin()) {
            assertThat(EngineTopics.create(admin, EngineTopics.all(PARTITIONS), (short) 1))
                    .isEmpty();
            for (String topic : EngineTopics.EVENTS) {
                admin.incrementalAlterConfigs(Map.of(
                                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                                List.of(new AlterConfigOp(
                                        new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, LARGE),
                                        AlterConfigOp.OpType.SET))))
                        .all()
                        .get();
            }
        }
    }

    private List<String> options() throws IOException {
        return List.of(
                "--bootstrap-servers",
                broker.address(),
                "--config",
                Files.writeString(folder.resolve("leadpulse.yaml"), CONFIG).toString(),
                "--from-earliest",
                "--checkpoint-interval",
                "1 s",
                "--idleness",
                "1 s");
    }

    private void start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.addAll(arguments);
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "dead-letter-panel-" + processes.size() + ".log")
                        .toFile())
                .start());
    }

    private void await(String address, String line) throws Exception {
        Await.until(line, () -> get(address).lines().anyMatch(line::equals), () -> get(address)
                .lines()
                .filter(each -> each.startsWith("leadpulse_records"))
                .toList());
    }

    private String get(String address) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://" + address + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("no answer of " + address, e);
        }
    }

    private static String fate(String name, long count) {
        return "leadpulse_records{fate=\"" + name + "\"} " + (double) count;
    }

    private static String text(Map<String, byte[]> headers, String name) {
        return new String(headers.get(name), StandardCharsets.UTF_8);
    }
}
