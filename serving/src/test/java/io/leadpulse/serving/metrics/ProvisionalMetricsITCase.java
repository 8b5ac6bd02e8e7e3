package io.leadpulse.serving.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.result.ResultCodec;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.schemas.result.RollupRecord;
import io.leadpulse.schemas.result.Unit;
import io.leadpulse.serving.read.Await;
import io.leadpulse.serving.read.TestBroker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code /metrics} says of transactions on a real broker, before and after they end. */
class ProvisionalMetricsITCase {
    private static final Instant NOON = Instant.parse("2025-03-05T12:00:00Z");
    private static final String TODAY = "2025-03-05";
    private static final int NOT_YET = 503;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ResultCodec<RollupRecord> codec = new ResultCodecs("USD").rollups();

    private TestBroker broker;

    @BeforeEach
    void startBroker() throws Exception {
        broker = TestBroker.start();
        for (String topic : ServedResults.TOPICS) {
            broker.createTopic(topic, 1, Map.of());
        }
    }

    @AfterEach
    void stopBroker() throws Exception {
        threads.shutdownNow();
        broker.stop();
    }

    @Test
    void whatIsWrittenShowsStaysWhenItIsCommittedAndGoesWhenItIsAborted() throws Exception {
        broker.send(List.of(won(100_00)));
        try (Served served = new Served(true);
                KafkaProducer<byte[], byte[]> engine = broker.transactional("engine")) {
            served.awaitWon(100);

            engine.beginTransaction();
            write(engine, won(150_00));
            served.awaitWon(150);
            assertThat(served.committed()).isEqualTo(1);
            engine.commitTransaction();
            served.awaitCommitted(3);
            assertThat(served.won()).isEqualTo(150);

            // The engine dies; the one that is started in its place ends what it left open.
            engine.beginTransaction();
            write(engine, won(190_00));
            served.awaitWon(190);
            try (KafkaProducer<byte[], byte[]> restarted = broker.transactional("engine")) {
                served.awaitWon(150);
                restarted.beginTransaction();
                write(restarted, won(170_00));
                served.awaitWon(170);
                restarted.commitTransaction();
                // Four records and three ends of transactions.
                served.awaitCommitted(7);
                assertThat(served.won()).isEqualTo(170);
            }
        }
    }

    @Test
    void aSumThatWasTakenBackIsGoneToo() throws Exception {
        broker.send(List.of(won(100_00)));
        try (Served served = new Served(true);
                KafkaProducer<byte[], byte[]> engine = broker.transactional("engine")) {
            served.awaitWon(100);
            engine.beginTransaction();
            write(engine, won(0));
            served.awaitWon(0);
            engine.abortTransaction();
            served.awaitWon(100);
        }
    }

    @Test
    void itIsReadyByWhatIsCommittedAloneAndWhatStoodOpenThenShows() throws Exception {
        broker.send(List.of(won(100_00)));
        try (KafkaProducer<byte[], byte[]> engine = broker.transactional("engine")) {
            engine.beginTransaction();
            write(engine, won(150_00));
            try (Served served = new Served(true)) {
                served.awaitWon(150);
                assertThat(served.committed()).isEqualTo(1);
            }
            engine.abortTransaction();
        }
    }

    @Test
    void switchedOffItShowsOnlyWhatIsCommitted() throws Exception {
        broker.send(List.of(won(100_00)));
        try (Served served = new Served(false);
                Served provisional = new Served(true);
                KafkaProducer<byte[], byte[]> engine = broker.transactional("engine")) {
            served.awaitWon(100);
            engine.beginTransaction();
            write(engine, won(150_00));
            provisional.awaitWon(150);
            assertThat(served.won()).isEqualTo(100);
            engine.commitTransaction();
            served.awaitWon(150);
        }
    }

    /** Waits until the broker has it, so that what is seen later is not just not there yet. */
    private static void write(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record)
            throws Exception {
        producer.send(record).get();
    }

    private ProducerRecord<byte[], byte[]> won(long cents) {
        return new ProducerRecord<>(
                Topics.ROLLUPS,
                "company|won_amount||2025-03-05".getBytes(UTF_8),
                codec.encode(
                        new RollupRecord("company", "won_amount", "", TODAY, Unit.MONEY, cents, NOON.toEpochMilli())));
    }

    /** A server of metrics at its own port. */
    private final class Served implements AutoCloseable {
        private static final String WON =
                "leadpulse_sales_won_money{level=\"company\",period=\"day\",rep=\"\",team=\"\"} ";

        private final MetricsServer metrics;
        private final HttpServer http;

        Served(boolean isProvisional) throws Exception {
            metrics = new MetricsServer(
                    ConfigReader.parse("company: {zone: UTC, currency: USD}"),
                    broker.connection(),
                    () -> NOON,
                    MetricsServer.LabelLimits.DEFAULT,
                    "test",
                    isProvisional,
                    new MetricsServer.Parts(null, null, null, null),
                    new PrometheusRegistry());
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.setExecutor(threads);
            http.createContext("/metrics", metrics);
            http.start();
            assertThat(get().statusCode()).isEqualTo(NOT_YET);
            metrics.start();
        }

        private HttpResponse<String> get() throws Exception {
            URI uri = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/metrics");
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }

        /** Major units; -1 while it does not answer. */
        double won() throws Exception {
            HttpResponse<String> response = get();
            return response.statusCode() == NOT_YET
                    ? -1
                    : response.body()
                            .lines()
                            .filter(line -> line.startsWith(WON))
                            .mapToDouble(line -> Double.parseDouble(line.substring(WON.length())))
                            .findFirst()
                            .orElse(0);
        }

        /** How far what is committed has been taken: records, and ends of transactions. */
        long committed() {
            return metrics.next().getOrDefault(new TopicPartition(Topics.ROLLUPS, 0), 0L);
        }

        void awaitCommitted(long offset) throws Exception {
            Await.until("position " + offset, () -> committed() == offset, this::committed);
        }

        @Override
        public void close() {
            http.stop(0);
            metrics.close();
        }

        void awaitWon(double expected) throws Exception {
            Await.until(
                    expected + " won",
                    () -> won() == expected,
                    () -> "another sum, with what is committed read up to " + committed());
        }
    }
}
