package io.leadpulse.serving.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.schemas.result.RollupRecord;
import io.leadpulse.schemas.result.Unit;
import io.leadpulse.serving.read.Await;
import io.leadpulse.serving.read.TestBroker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code /metrics} answers to those who ask for some of it, or in another format. */
class NamedMetricsITCase {
    private static final Instant NOON = Instant.parse("2025-03-05T12:00:00Z");
    private static final String WON = "leadpulse_sales_won_money";

    private final HttpClient client = HttpClient.newHttpClient();

    private TestBroker broker;
    private MetricsServer metrics;
    private HttpServer http;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        for (String topic : ServedResults.TOPICS) {
            broker.createTopic(topic, 1, Map.of());
        }
        RollupRecord won =
                new RollupRecord("company", "won_amount", "", "2025-03-05", Unit.MONEY, 100_00, NOON.toEpochMilli());
        broker.send(List.of(new ProducerRecord<>(
                Topics.ROLLUPS,
                "company|won_amount||2025-03-05".getBytes(UTF_8),
                new ResultCodecs("USD").rollups().encode(won))));
        metrics = new MetricsServer(
                ConfigReader.parse("company: {zone: UTC, currency: USD}"),
                broker.connection(),
                () -> NOON,
                MetricsServer.LabelLimits.DEFAULT,
                "test",
                true,
                new MetricsServer.Parts(null, null, null, null),
                new PrometheusRegistry());
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/metrics", metrics);
        http.start();
        metrics.start();
        Await.until("caught up", metrics::isCaughtUp, () -> "reading");
    }

    @AfterEach
    void stop() throws Exception {
        http.stop(0);
        metrics.close();
        broker.stop();
    }

    @Test
    void itAnswersWhatIsAskedForAsItStandsOnTheWholePage() throws Exception {
        String whole = text(get("", "text/plain", "identity"));
        assertThat(whole).contains(WON + "{level=\"company\",period=\"day\",rep=\"\",team=\"\"} 100.0\n");
        String ofWon = whole.lines()
                .filter(line -> line.startsWith(WON) || line.contains(' ' + WON + ' '))
                .collect(Collectors.joining("\n", "", "\n"));

        assertThat(text(get("?name[]=" + WON, "text/plain", "identity"))).isEqualTo(ofWon);
        assertThat(text(get("?name%5B%5D=" + WON, "text/plain", "gzip"))).isEqualTo(ofWon);
        assertThat(text(get("?name[]=no_such", "text/plain", "identity"))).isEmpty();
        HttpResponse<byte[]> openMetrics = get("?name[]=" + WON, "application/openmetrics-text", "identity");
        assertThat(openMetrics.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/openmetrics-text");
        assertThat(text(openMetrics)).contains(WON + "{").endsWith("# EOF\n");
        assertThat(text(get("", "text/plain", "gzip"))).isEqualTo(whole);
    }

    private HttpResponse<byte[]> get(String query, String format, String encoding) throws Exception {
        String encoded = query.replace("[]", "%5B%5D");
        URI uri = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/metrics" + encoded);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", format)
                .header("Accept-Encoding", encoding)
                .build();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }

    private static String text(HttpResponse<byte[]> response) throws Exception {
        boolean isZipped = response.headers().firstValue("Content-Encoding").isPresent();
        return isZipped
                ? new String(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes(), UTF_8)
                : new String(response.body(), UTF_8);
    }
}
