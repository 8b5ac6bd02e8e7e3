package io.leadpulse.local.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.app.LeadpulseJob;
import io.leadpulse.app.LeadpulseJobConfig;
import io.leadpulse.kafka.EngineTopics;
import io.leadpulse.schemas.Topics;
import io.leadpulse.serving.app.Serving;
import io.leadpulse.serving.app.ServingConfig;
import io.leadpulse.serving.read.Await;
import io.leadpulse.serving.read.TestBroker;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: an event goes into a real broker, through the live engine, and comes out as a value of a metric. */
class FirstMetricITCase {
    private static final Instant AFTERNOON = Instant.parse("2025-03-03T15:00:00Z");
    private static final String COMPANY = """
            company:
              zone: UTC
              currency: USD
            retention_days: 3650
            goals:
              - {scope: company, period_kind: month, amount: "1000.00"}
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private TestBroker broker;

    @TempDir
    private Path directory;

    @BeforeEach
    void startBroker() throws Exception {
        broker = TestBroker.start();
        try (Admin admin = broker.admin()) {
            assertThat(EngineTopics.create(admin, EngineTopics.all(1), (short) 1))
                    .isEmpty();
        }
    }

    @AfterEach
    void stopBroker() throws Exception {
        broker.stop();
    }

    @Test
    void aWonDealShowsInTheSalesOfTodayAndInItsGoal() throws Exception {
        broker.send(List.of(
                record(Topics.REPS, "R-1", "{'id':'R-1','effective_from':'2025-01-01T00:00:00Z','team':'north'}"),
                activity("deal_opened", "2025-03-03T14:00:00Z", "'stage':'offer'"),
                activity("deal_won", "2025-03-03T14:30:00Z", "'stage':'won'")));
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), AFTERNOON));
        ServingConfig config =
                ServingConfig.of(List.of("--bootstrap-servers", broker.address(), "--http-port", "0"), Map.of());
        LeadpulseJob job = LeadpulseJob.start(job());
        try (Serving serving = new Serving(config, COMPANY, clock)) {
            serving.start();
            Await.until("caught up", serving::isCaughtUp, () -> "503");
            assertThat(get(serving, "/health").statusCode()).isEqualTo(200);

            awaitLines(
                    serving,
                    "leadpulse_sales_won_money{level=\"company\",period=\"day\",rep=\"\",team=\"\"} 250.0",
                    "leadpulse_sales_won_money{level=\"team\",period=\"day\",rep=\"\",team=\"north\"} 250.0",
                    "leadpulse_sales_won_deals{level=\"rep\",period=\"month\",rep=\"R-1\",team=\"north\"} 1.0",
                    "leadpulse_goal_attainment_ratio{level=\"company\",measure=\"won_amount\",period=\"month\","
                            + "rep=\"\",team=\"\"} 0.25",
                    // Two events and a record of a rep.
                    "leadpulse_records{fate=\"in\"} 3.0",
                    "leadpulse_conservation_difference 0.0");

            broker.send(List.of(
                    record(
                            Topics.GOALS,
                            "company|2025-01-02",
                            "{'scope':'company','measure':'won_amount','period_kind':'month','amount':'500.00',"
                                    + "'currency':'USD','effective_from':'2025-01-02T00:00:00Z'}"),
                    activity("deal_reopened", "2025-03-03T14:40:00Z", "'stage':'offer'")));
            awaitLines(
                    serving,
                    "leadpulse_goal{level=\"company\",measure=\"won_amount\",period=\"month\",rep=\"\",team=\"\"} 500.0",
                    "leadpulse_sales_won_money{level=\"company\",period=\"day\",rep=\"\",team=\"\"} 0.0",
                    "leadpulse_open_deals{deal_stage=\"offer\",level=\"rep\",rep=\"R-1\",team=\"north\"} 1.0");
        } finally {
            job.stop();
        }
    }

    private void awaitLines(Serving serving, String... lines) throws Exception {
        for (String line : lines) {
            Await.until(
                    line, () -> get(serving, "/metrics").body().lines().anyMatch(line::equals), () -> body(serving));
        }
    }

    private String body(Serving serving) {
        try {
            return get(serving, "/metrics").body();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private HttpResponse<String> get(Serving serving, String path) throws Exception {
        InetSocketAddress address = serving.address();
        URI uri = URI.create("http://" + address.getHostString() + ":" + address.getPort() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private LeadpulseJobConfig job() {
        return new LeadpulseJobConfig(
                broker.address(),
                Map.of(),
                directory,
                COMPANY,
                true,
                1,
                1,
                (short) 1,
                Duration.ofMillis(500),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }

    private static ProducerRecord<byte[], byte[]> activity(String kind, String time, String more) {
        return record(
                Topics.ACTIVITIES,
                "L-1",
                ("{'source':'crm','id':'%s','kind':'%s','time':'%s','lead':'L-1','deal':'D-1','owner':'R-1',"
                                + "'amount':'250.00','currency':'USD',%s}")
                        .formatted(kind, kind, time, more));
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, String value) {
        return new ProducerRecord<>(topic, bytes(key), bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
