package io.leadpulse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.kafka.EngineTopics;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.ConservationRecord;
import io.leadpulse.schemas.result.DeadLetterRecord;
import io.leadpulse.schemas.result.LeadProfile;
import io.leadpulse.schemas.result.ProgressRecord;
import io.leadpulse.schemas.result.ResultCodecs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live engine between the topics of a real broker, on an embedded Flink with RocksDB. */
class LeadpulseJobITCase {
    private static final int PARTITIONS = 2;
    private static final int SALES = 40;
    private static final int LEFT_LYING = 999;
    private static final String CONFIG = """
            company:
              zone: UTC
              currency: USD
            retention_days: 3650
            lead_stages:
              contacted: {limit_business_days: 0.25}
            """;

    private static TestBroker broker;

    @TempDir
    private Path data;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.stop();
    }

    @Test
    void resultsAreRightAndGoOnFromTheCheckpointWithNothingDouble() throws Exception {
        try (Admin admin = broker.admin()) {
            assertThat(EngineTopics.create(admin, EngineTopics.all(PARTITIONS), (short) 1))
                    .isEmpty();
        }
        broker.send(List.of(LiveHistory.rep("R-1", "north")));
        LiveHistory history = new LiveHistory();
        for (int number = 1; number <= SALES; number++) {
            history.sale(number, 100 + number);
        }
        history.broken("{not json");
        history.activity(1, "call", Math.toIntExact(Duration.ofDays(20_000).toSeconds()), "'actor':'R-1'");
        long expectedMinor = SALES * 100 * 100L + SALES * (SALES + 1) / 2 * 100L;
        history.activity(LEFT_LYING, "lead_created", 30, "'direction':'inbound'")
                .activity(LEFT_LYING, "call", 31, "'actor':'R-1','direction':'outbound','connected':true");
        // Records of configuration have a fate too.
        int sent = 1 + send(history.records());

        assertThatThrownBy(() -> LeadpulseJob.start(config(false)))
                .isInstanceOf(RefusedStartException.class)
                .hasMessageContaining("--from-earliest");

        ResultCodecs codecs = new ResultCodecs("USD");
        try (CommittedTopic<ProgressRecord> progress = new CommittedTopic<>(broker, codecs.progress());
                CommittedTopic<LeadProfile> profiles = new CommittedTopic<>(broker, codecs.profiles());
                CommittedTopic<AlertRecord> alerts = new CommittedTopic<>(broker, codecs.alerts());
                CommittedTopic<DeadLetterRecord> deadLetters = CommittedTopic.deadLetters(broker);
                CommittedTopic<ConservationRecord> conservation = new CommittedTopic<>(broker, codecs.conservation())) {

            LeadpulseJob job = LeadpulseJob.start(config(true));
            assertThat(job.restoredFrom()).isEmpty();
            assertThatThrownBy(() -> LeadpulseJob.start(config(true)))
                    .isInstanceOf(RefusedStartException.class)
                    .hasMessageContaining("another job");

            sent += send(LiveHistory.clock("20:00:00", PARTITIONS));
            for (String scope : List.of("company", "team:north", "rep:R-1")) {
                awaitWon(progress, scope, "total", SALES, expectedMinor);
            }
            awaitWon(progress, "company", "day", SALES, expectedMinor);
            LeadProfile profile = profiles.await(
                    "L-7 won", each -> each.lead().equals("L-7") && each.deals().won() == 1);
            assertThat(profile.deals().wonAmountMinor()).isEqualTo(107_00);
            assertThat(profile.score().score()).isPositive();
            // No tick and no further record of configuration comes, and yet time goes on.
            alerts.await(
                    "the lead that is left lying",
                    each -> "L-999".equals(each.lead()) && each.cause().equals("stuck"));
            DeadLetterRecord broken =
                    deadLetters.await("the broken record", each -> each.reason().equals("invalid_json"));
            assertThat(broken.value()).isEqualTo("{not json".getBytes(StandardCharsets.UTF_8));
            assertThat(broken.topic()).isEqualTo(Topics.ACTIVITIES);
            deadLetters.await("the event of the future", each -> each.reason().equals("future"));
            sent += send(LiveHistory.clock("20:05:00", PARTITIONS));
            awaitAllIn(conservation, sent, 0);

            LiveHistory more = new LiveHistory().sale(SALES + 1, 1_000);
            for (int i = 0; i < 6; i++) {
                more.again(history.records().get(i * 7));
            }
            sent += send(more.records());
            job.stop();

            Path older = Files.createDirectories(data.resolve("checkpoints/0123456789abcdef0123456789abcdef/chk-0"));
            Files.createFile(older.resolve("_metadata"));
            assertThatThrownBy(() -> LeadpulseJob.start(config(false, CONFIG.replace("zone: UTC", "zone: Asia/Tokyo"))))
                    .isInstanceOf(RefusedStartException.class)
                    .hasMessageContaining("company.zone UTC");
            LeadpulseJob next = LeadpulseJob.start(config(false));
            assertThat(next.restoredFrom()).isPresent();
            assertThat(older.getParent()).doesNotExist();
            assertThat(next.restoredFrom().orElseThrow()).exists();
            sent += send(new LiveHistory().sale(SALES + 2, 2_000).records());
            sent += send(LiveHistory.clock("21:00:00", PARTITIONS));
            awaitWon(progress, "company", "total", SALES + 2, expectedMinor + 3_000_00);
            sent += send(LiveHistory.clock("21:05:00", PARTITIONS));
            ConservationRecord last = awaitAllIn(conservation, sent, 6);
            assertThat(last.sources().get(Topics.ACTIVITIES).lastEventMillis())
                    .isEqualTo(Instant.parse(LiveHistory.DAY + "T21:05:00Z").toEpochMilli());
            assertThat(last.sources().get(Topics.ACTIVITIES).lastAppendMillis()).isPositive();
            assertThat(last.configuration()).isEqualTo(1);
            assertThat(last.deadLettered()).containsEntry("invalid_json", 1L).containsEntry("future", 1L);
            next.stop();
            Path newest = Checkpoints.newest(data.resolve("checkpoints")).orElseThrow();
            assertThat(newest).isNotEqualTo(next.restoredFrom().orElseThrow());
            // The new job's checkpoints need no file of the one that it went on from.
            assertThat(Checkpoints.deleteOtherJobs(newest))
                    .containsExactly(next.restoredFrom().orElseThrow().getParent());

            assertThat(deadLetters.readToEnd().newest()).hasSize(2);
            assertThat(deadLetters.records()).isEqualTo(2);
            assertThat(profiles.readToEnd().newest()).hasSizeGreaterThanOrEqualTo(SALES);
        }
    }

    private static void awaitWon(
            CommittedTopic<ProgressRecord> progress, String scope, String periodKind, long count, long amountMinor) {
        ProgressRecord won = progress.await(
                "%s %s %d won".formatted(scope, periodKind, count),
                each -> each.scope().equals(scope)
                        && each.periodKind().equals(periodKind)
                        && each.sales().wonCount() == count);
        assertThat(won.sales().wonAmountMinor()).isEqualTo(amountMinor);
    }

    private static ConservationRecord awaitAllIn(
            CommittedTopic<ConservationRecord> conservation, long sent, long duplicates) {
        ConservationRecord all =
                conservation.await("a fate of all %d".formatted(sent), each -> each.in() == sent && each.isBalanced());
        assertThat(all.duplicate()).isEqualTo(duplicates);
        return all;
    }

    private static int send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        broker.send(new ArrayList<>(records));
        return records.size();
    }

    private LeadpulseJobConfig config(boolean fromEarliest) {
        return config(fromEarliest, CONFIG);
    }

    private LeadpulseJobConfig config(boolean fromEarliest, String yaml) {
        return new LeadpulseJobConfig(
                broker.address(),
                Map.of(),
                data,
                yaml,
                fromEarliest,
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
