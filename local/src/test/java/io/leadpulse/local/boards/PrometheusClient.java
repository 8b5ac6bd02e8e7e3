package io.leadpulse.local.boards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Asks a Prometheus as Grafana does. */
final class PrometheusClient {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    /** Of the Prometheus at this address. */
    PrometheusClient(String url) {
        this.url = url;
    }

    /** Result of an instant query: one element a series. */
    JsonNode query(String expression, Instant at) throws IOException, InterruptedException {
        return get("query?query=" + encoded(expression) + "&time=" + at.getEpochSecond());
    }

    /** Result of a range query over the last minutes, in steps of 5 seconds. */
    JsonNode queryRange(String expression, Instant until, Duration range) throws IOException, InterruptedException {
        return get("query_range?query=" + encoded(expression) + "&start="
                + until.minus(range).getEpochSecond() + "&end=" + until.getEpochSecond() + "&step=5");
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1/" + path))
                .timeout(ANSWER_WITHIN)
                .build();
        JsonNode answer = json.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        if (!answer.path("status").asText().equals("success")) {
            throw new IOException(answer.path("error").asText("no answer"));
        }
        return answer.path("data").path("result");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
