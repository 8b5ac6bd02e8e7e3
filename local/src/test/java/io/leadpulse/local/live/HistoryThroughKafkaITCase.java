package io.leadpulse.local.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.app.LeadpulseJob;
import io.leadpulse.app.LeadpulseJobConfig;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.kafka.EngineTopics;
import io.leadpulse.local.DataSets;
import io.leadpulse.local.imports.Imported;
import io.leadpulse.local.replay.Configurations;
import io.leadpulse.local.replay.ReplayRun;
import io.leadpulse.local.replay.ReplaySummary;
import io.leadpulse.local.send.EventSender;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.tick.Tick;
import io.leadpulse.schemas.tick.TickCodec;
import io.leadpulse.serving.read.TestBroker;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A whole history two ways: replayed from its file, and sent through a real broker and the live engine. What lasts of the
 * results is the same to the last field. What differs by design stands in {@link LastingResults}.
 *
 * <p>Live, time is some seconds behind the latest event; ticks then move it to exactly that event, which is as-of of the
 * replay. So no alert that is due by the end is left out.
 */
class HistoryThroughKafkaITCase {
    private static final int PARTITIONS = 2;
    private static final int LIMIT_DAYS = 7;

    /** As long as can be kept. */
    private static final String CONFIG = Configurations.acceptance(LIMIT_DAYS) + "retention_days: 3650\n";

    /** Maven's set begins in 2016; a live engine refuses what is older than ten years. Whole weeks keep every weekday. */
    private static final int WEEKS_LATER = 261;

    private static final Pattern DAY = Pattern.compile("\\b20\\d\\d-\\d\\d-\\d\\d(?=[T\"])");
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final String CONSUMER_GROUP = "leadpulse";

    private final List<String> compared = new ArrayList<>(LastingResults.TOPICS);

    private TestBroker broker;
    private Admin admin;

    @TempDir
    private Path folder;

    @BeforeEach
    void startBroker() throws Exception {
        broker = TestBroker.start();
        admin = broker.admin();
        assertThat(EngineTopics.create(admin, EngineTopics.all(PARTITIONS), (short) 1))
                .isEmpty();
    }

    @AfterEach
    void stopBroker() throws Exception {
        admin.close();
        broker.stop();
    }

    @ParameterizedTest
    @MethodSource("io.leadpulse.local.DataSets#realOrLookalike")
    void theMavenSetComesOutAsReplayed(DataSets.Which which) throws Exception {
        comesOutAsReplayed(moved(Imported.mavenCrm(which.of(DataSets.MAVEN_CRM))));
    }

    @ParameterizedTest
    @MethodSource("io.leadpulse.local.DataSets#realOrLookalike")
    void thePipedriveSetComesOutAsReplayed(DataSets.Which which) throws Exception {
        comesOutAsReplayed(Imported.pipedriveChangelog(which.of(DataSets.PIPEDRIVE_CHANGELOG)));
    }

    private void comesOutAsReplayed(List<String> lines) throws Exception {
        ReplayRun replay = new ReplayRun(folder.resolve("replay")).config(CONFIG);
        ReplaySummary summary = replay.lines(lines);
        LastingResults lasting = new LastingResults(summary.asOf());
        Map<String, Map<String, JsonNode>> expected = new HashMap<>();
        for (String topic : LastingResults.TOPICS) {
            expected.put(topic, lasting.of(topic, replay.values(topic)));
        }
        assertThat(expected.get(Topics.ROLLUPS)).isNotEmpty();
        assertThat(expected.get(Topics.PROGRESS)).isNotEmpty();
        assertThat(expected.get(Topics.PROFILES)).isNotEmpty();

        long sent = send(lines);
        LeadpulseJob job = LeadpulseJob.start(job());
        try (ResultsOfJob results = new ResultsOfJob(broker.connection(), LastingResults.TOPICS)) {
            awaitSame(results, lasting, expected, sent, summary.asOf());
        } finally {
            job.stop();
        }
    }

    /**
     * Waits until every record has met its fate, the clock stands at the end and its offsets are committed. Sums are
     * published a moment after that, so what is compared may still come, until the deadline.
     */
    private void awaitSame(
            ResultsOfJob results,
            LastingResults lasting,
            Map<String, Map<String, JsonNode>> expected,
            long sent,
            Instant end)
            throws Exception {
        long startNanos = System.nanoTime();
        List<String> missing = List.of("nothing was published");
        while (!missing.isEmpty()) {
            if (System.nanoTime() - startNanos > DEADLINE.toNanos()) {
                throw new AssertionError("not the same in time: " + String.join("\n", missing));
            }
            tick(end);
            if (results.readOn()) {
                missing = missing(results, lasting, expected, sent, end);
            }
        }
    }

    private List<String> missing(
            ResultsOfJob results,
            LastingResults lasting,
            Map<String, Map<String, JsonNode>> expected,
            long sent,
            Instant end)
            throws Exception {
        JsonNode fates = results.values(Topics.CONSERVATION).get("engine");
        if (fates == null
                || fates.get("in").asLong() != sent
                || !fates.get("balanced").asBoolean()
                || Instant.parse(fates.get("as_of").asText()).isBefore(end)
                || !offsetsAreCommitted()) {
            return List.of("not all have met their fate: sent %d, end %s, %s".formatted(sent, end, fates));
        }
        for (String topic : compared) {
            List<String> differences =
                    LastingResults.differences(topic, lasting.of(topic, results.values(topic)), expected.get(topic));
            if (!differences.isEmpty()) {
                // What is said last is looked at first from now on: all of it is much to compare again and again.
                compared.remove(topic);
                compared.add(0, topic);
                return differences;
            }
        }
        return List.of();
    }

    /** The same history some years later: what is compared are two ways of the same lines. */
    private static List<String> moved(List<String> lines) {
        return lines.stream()
                .map(line -> DAY.matcher(line).replaceAll(day -> LocalDate.parse(day.group())
                        .plusWeeks(WEEKS_LATER)
                        .toString()))
                .toList();
    }

    private boolean offsetsAreCommitted() throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        admin.describeTopics(EngineTopics.EVENTS).allTopicNames().get().forEach((name, topic) -> topic.partitions()
                .forEach(each -> latest.put(new TopicPartition(name, each.partition()), OffsetSpec.latest())));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                admin.listOffsets(latest).all().get();
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(CONSUMER_GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream()
                .filter(each -> each.getValue().offset() > 0)
                .allMatch(each -> committed.containsKey(each.getKey())
                        && committed.get(each.getKey()).offset()
                                == each.getValue().offset());
    }

    private long send(List<String> lines) throws Exception {
        byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        try (EventSender sender = EventSender.to(broker.address())) {
            EventSender.Outcome outcome = sender.send("history", new ByteArrayInputStream(bytes), read -> {});
            assertThat(outcome.refused()).isEmpty();
            return outcome.sent();
        }
    }

    /** Says that it is the end of the history, a grace later. While events are still read nobody listens. */
    private void tick(Instant end) throws Exception {
        Tick tick = new Tick(end.toEpochMilli() + graceMillis(), Set.of());
        broker.send(List.of(
                new ProducerRecord<>(Topics.TICKS, "tick".getBytes(StandardCharsets.UTF_8), TickCodec.encode(tick))));
    }

    private static long graceMillis() {
        return EngineContext.of(EngineSettings.live(CONFIG, List.of())).graceMillis();
    }

    private LeadpulseJobConfig job() {
        return new LeadpulseJobConfig(
                broker.address(),
                Map.of(),
                folder.resolve("live"),
                CONFIG,
                true,
                2,
                PARTITIONS,
                (short) 1,
                Duration.ofMillis(500),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }
}
