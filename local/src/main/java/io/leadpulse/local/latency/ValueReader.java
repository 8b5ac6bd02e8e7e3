package io.leadpulse.local.latency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.local.stack.MetricsReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/** Reads what the company has won today, from somewhere. */
interface ValueReader {
    String METRIC = "leadpulse_sales_won_money";
    Map<String, String> LABELS = Map.of("level", "company", "period", "day");
    int MINOR_DIGITS = 2;

    /** The value of now, minor units; empty if there is none. */
    OptionalLong read() throws InterruptedException;

    /** From the page that serving offers to Prometheus. */
    static ValueReader ofServing(String url) {
        MetricsReader metrics = new MetricsReader(url);
        return () -> metrics.read()
                .map(page -> page.value(METRIC, LABELS))
                .filter(value -> value.isPresent())
                .map(value -> OptionalLong.of(minor(BigDecimal.valueOf(value.getAsDouble()))))
                .orElse(OptionalLong.empty());
    }

    /** From Prometheus, as a board asks it. */
    static ValueReader ofPrometheus(String url) {
        String query = "%s{level=\"company\",period=\"day\"}".formatted(METRIC);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                .timeout(Duration.ofSeconds(3))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        ObjectMapper json = new ObjectMapper();
        return () -> {
            try {
                JsonNode result = json.readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .path("data")
                        .path("result");
                return result.size() == 1
                        ? OptionalLong.of(minor(
                                new BigDecimal(result.get(0).get("value").get(1).asText())))
                        : OptionalLong.empty();
            } catch (IOException e) {
                // Too busy to answer is what is measured; gone for good ends at the deadline.
                return OptionalLong.empty();
            }
        };
    }

    private static long minor(BigDecimal major) {
        return major.movePointRight(MINOR_DIGITS).longValueExact();
    }
}
