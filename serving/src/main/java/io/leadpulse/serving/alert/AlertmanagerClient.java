package io.leadpulse.serving.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Speaks with one Alertmanager by its API, version 2. Every failure is an {@link IOException}; nothing is retried here. */
final class AlertmanagerClient {

    /** Posts of a storm go in pieces, each far below what a server takes. */
    private static final int POSTS_AT_ONCE = 200;

    private static final int OK = 200;

    /** What is posted is wrong, cannot be understood, or is too large. Any other answer says nothing of it. */
    private static final Set<Integer> REFUSED = Set.of(400, 413, 422);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI alerts;
    private final URI status;

    /**
     * A client; connects when it is used.
     *
     * @param url base address, such as {@code http://127.0.0.1:9093}
     */
    AlertmanagerClient(URI url) {
        String base = url.toString().replaceAll("/+$", "");
        this.alerts = URI.create(base + "/api/v2/alerts");
        this.status = URI.create(base + "/api/v2/status");
        this.http = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * Hands alerts over, and gives those that are refused. What is wrong with one keeps no other from being taken. After a
     * failure some of them may have arrived.
     */
    List<Post> post(List<Post> posts) throws IOException, InterruptedException {
        List<Post> refused = new ArrayList<>();
        for (int from = 0; from < posts.size(); from += POSTS_AT_ONCE) {
            post(posts.subList(from, Math.min(posts.size(), from + POSTS_AT_ONCE)), refused);
        }
        return refused;
    }

    /** An answer does not say which alert it refuses: a piece is halved until it is one. */
    private void post(List<Post> piece, List<Post> refused) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = ask(HttpRequest.newBuilder(alerts)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(piece))));
        if (!REFUSED.contains(response.statusCode())) {
            taken(response);
        } else if (piece.size() == 1) {
            refused.addAll(piece);
        } else {
            int half = piece.size() / 2;
            post(piece.subList(0, half), refused);
            post(piece.subList(half, piece.size()), refused);
        }
    }

    /** Since when it runs: another instant than before means that it has lost its alerts. */
    Instant startedAt() throws IOException, InterruptedException {
        JsonNode uptime = JSON.readTree(send(HttpRequest.newBuilder(status))).path("uptime");
        if (!uptime.isTextual()) {
            throw new IOException("the Alertmanager's status does not say since when it runs");
        }
        return Instant.parse(uptime.textValue());
    }

    /** Which of these alerts fire there, by name; silenced ones do not count. */
    Set<String> firing(Collection<String> names) throws IOException, InterruptedException {
        String filter = URLEncoder.encode("alertname=~\"" + String.join("|", names) + "\"", StandardCharsets.UTF_8);
        URI query = URI.create(alerts + "?active=true&silenced=false&inhibited=true&filter=" + filter);
        Set<String> firing = new TreeSet<>();
        for (JsonNode alert : JSON.readTree(send(HttpRequest.newBuilder(query)))) {
            firing.add(alert.path("labels").path("alertname").asText());
        }
        return firing;
    }

    private byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return taken(ask(request));
    }

    private HttpResponse<byte[]> ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static byte[] taken(HttpResponse<byte[]> response) throws IOException {
        if (response.statusCode() != OK) {
            // Not the answer itself: it may repeat an address.
            throw new IOException("the Alertmanager answers " + response.statusCode());
        }
        return response.body();
    }

    private static byte[] body(List<Post> posts) throws IOException {
        long nowMillis = System.currentTimeMillis();
        ArrayNode body = JSON.createArrayNode();
        for (Post post : posts) {
            ObjectNode alert = body.addObject();
            ObjectNode labels = alert.putObject("labels");
            post.labels().forEach(labels::put);
            ObjectNode annotations = alert.putObject("annotations");
            post.annotations().forEach(annotations::put);
            alert.put(
                    "startsAt",
                    Instant.ofEpochMilli(startsMillis(post, nowMillis)).toString());
            alert.put("endsAt", Instant.ofEpochMilli(post.endsMillis()).toString());
            alert.put("generatorURL", post.url());
        }
        return JSON.writeValueAsBytes(body);
    }

    /**
     * What stands starts, for the Alertmanager, when it is handed over, by the clock that the Alertmanager goes by too: of
     * an alert that started longer ago than {@code group_wait} it tells at once, before it has taken the others of the same
     * message. Handed over again it keeps its first start.
     */
    private static long startsMillis(Post post, long nowMillis) {
        return post.endsMillis() > nowMillis ? nowMillis : post.startsMillis();
    }
}
