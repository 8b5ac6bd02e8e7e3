package io.leadpulse.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.kafka.EngineTopics;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.result.DeadLetterRecord;
import io.leadpulse.schemas.result.ResultCodecs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The main job on a broker of its own, and what it says: the newest result of each topic and key since a moment. */
final class GoldenRun {
    /**
     * After so long without a result all is said: alerts wait for the end of a burst of the past, at most 7 s, and results
     * for some checkpoints.
     */
    static final Duration ALL_IS_SAID = Duration.ofSeconds(12);

    /** Key of the record of conservation. */
    static final String FATES = Topics.CONSERVATION + " engine";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final String config;
    private final TestBroker broker;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, JsonNode> results = new TreeMap<>();
    private long sent;
    private long activities;
    private LeadpulseJob job;

    GoldenRun(String config) throws Exception {
        this.config = config;
        broker = TestBroker.start();
        try (Admin admin = broker.admin()) {
            EngineTopics.create(admin, EngineTopics.all(1), (short) 1);
        }
        Properties properties = broker.properties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(
                        Topics.PROFILES,
                        Topics.LEDGER,
                        Topics.ALERTS,
                        Topics.ROLLUPS,
                        Topics.PROGRESS,
                        Topics.DWELL,
                        Topics.DEAD_LETTERS,
                        Topics.CONSERVATION)
                .map(topic -> new TopicPartition(topic, 0))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        broker.send(records);
        // A tick is not an event; it has no fate.
        sent += records.stream()
                .filter(each -> !each.topic().equals(Topics.TICKS))
                .count();
        activities += records.stream()
                .filter(each -> each.topic().equals(Topics.ACTIVITIES))
                .count();
    }

    /** Starts the job with nothing. */
    void start(Path data) throws Exception {
        job = LeadpulseJob.start(config(data, true));
    }

    /** Starts the job as an upgrade does: with the newest checkpoint of its data directory, which here is the savepoint. */
    void startFrom(Path savepoint, Path data) throws Exception {
        Path checkpoint = data.resolve("checkpoints").resolve("golden").resolve("chk-1");
        Files.createDirectories(checkpoint);
        try (Stream<Path> files = Files.list(savepoint)) {
            for (Path file : files.toList()) {
                Files.copy(file, checkpoint.resolve(file.getFileName()));
            }
        }
        job = LeadpulseJob.start(config(data, false));
    }

    LeadpulseJob job() {
        return job;
    }

    void stop() throws Exception {
        if (job != null) {
            job.stop();
            job = null;
        }
    }

    /** Forgets what was said so far and skips what is still to be read. */
    void forget() {
        readAll();
        results.clear();
    }

    /** Waits until everything sent has met its fate, and reads what was said by then. */
    void awaitFates() {
        await("a fate of all " + sent, this::hasFates);
        readAll();
    }

    /** Waits until a record that is the last one of activities, and broken, is a dead letter, and for all fates. */
    void awaitLast() {
        String key = Topics.DEAD_LETTERS + ' ' + Topics.ACTIVITIES + "/0/" + (activities - 1);
        await(key, () -> results.containsKey(key));
        awaitFates();
    }

    boolean hasFates() {
        JsonNode fates = results.get(FATES);
        return fates != null
                && fates.get("in").asLong() == sent
                && fates.get("balanced").asBoolean();
    }

    /** Waits, reading on, until something holds. */
    void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > DEADLINE.toNanos()) {
                throw new AssertionError(what + " did not come");
            }
            readOn();
        }
    }

    /** Reads on until nothing has come for a while. */
    void awaitQuiet(Duration quiet) {
        for (long since = System.nanoTime(); System.nanoTime() - since < quiet.toNanos(); ) {
            if (readOn()) {
                since = System.nanoTime();
            }
        }
    }

    /** What was said, newest of each key; the key is the topic and the record's. */
    Map<String, JsonNode> results() {
        return results;
    }

    private void readAll() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        await("the end of the results", () -> ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue()));
    }

    /** Reads what is there, or what comes in a moment; whether there was anything. */
    boolean readOn() {
        ConsumerRecords<byte[], byte[]> messages = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> message : messages) {
            try {
                JsonNode value = message.topic().equals(Topics.DEAD_LETTERS)
                        ? deadLetter(message)
                        : JSON.readTree(message.value());
                String key = message.topic().equals(Topics.DEAD_LETTERS)
                        ? value.get("id").asText()
                        : new String(message.key(), StandardCharsets.UTF_8);
                results.put(message.topic() + ' ' + key, lasting(message.topic(), value));
            } catch (IOException e) {
                throw new AssertionError("not JSON in " + message.topic(), e);
            }
        }
        return !messages.isEmpty();
    }

    private static JsonNode deadLetter(ConsumerRecord<byte[], byte[]> message) throws IOException {
        List<RawHeader> headers = new ArrayList<>();
        message.headers().forEach(header -> headers.add(new RawHeader(header.key(), header.value())));
        DeadLetterRecord record =
                DeadLetterRecord.ofKafka(message.key(), message.value(), headers, message.timestamp());
        ObjectNode json =
                (ObjectNode) JSON.readTree(new ResultCodecs("EUR").deadLetters().encode(record));
        return json.put("id", record.topic() + '/' + record.partition() + '/' + record.offset());
    }

    /** Without what depends on the machine's clock rather than on the input: when it was said, when it arrived. */
    private static JsonNode lasting(String topic, JsonNode value) {
        ObjectNode lasting = value.deepCopy();
        lasting.remove(List.of("as_of", "timestamp"));
        if (topic.equals(Topics.CONSERVATION)) {
            // Release 1 did not tell kinds apart: what it counted is of none.
            lasting.remove("kinds");
            lasting.get("sources").forEach(each -> ((ObjectNode) each).remove(List.of("last_append_at", "late")));
        }
        return lasting;
    }

    /** Stops the job and the broker. */
    void end() throws Exception {
        try {
            stop();
        } finally {
            consumer.close();
            broker.stop();
        }
    }

    private LeadpulseJobConfig config(Path data, boolean fromEarliest) {
        return new LeadpulseJobConfig(
                broker.address(),
                Map.of(),
                data,
                config,
                fromEarliest,
                2,
                1,
                (short) 1,
                Duration.ofMillis(500),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }
}
