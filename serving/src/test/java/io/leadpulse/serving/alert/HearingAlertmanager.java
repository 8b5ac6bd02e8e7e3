package io.leadpulse.serving.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes posts as an Alertmanager does, remembers whom they are for, and tells nobody; it can be away. */
final class HearingAlertmanager implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int REFUSED = 400;
    private static final int UNAVAILABLE = 503;

    private final HttpServer http;
    private final List<String> heard = new ArrayList<>();
    private final List<Instant> starts = new ArrayList<>();
    private Instant startedAt;
    private boolean away;
    private boolean refusing;
    private String refusedRep = "";
    private int refusals;
    private boolean firing;

    HearingAlertmanager(long startedMillis) throws IOException {
        startedAt = Instant.ofEpochMilli(startedMillis);
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/api/v2/status", exchange -> answer(exchange, this::status));
        http.createContext("/api/v2/alerts", exchange -> answer(exchange, () -> alerts(exchange)));
        http.start();
    }

    URI url() {
        return URI.create("http://" + http.getAddress().getHostString() + ":"
                + http.getAddress().getPort());
    }

    /** Whom it heard of since it began, once for each alert in each post. */
    synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    /** When what it heard of began, once for each alert in each post. */
    synchronized List<Instant> starts() {
        return List.copyOf(starts);
    }

    /** It is gone, with all that it heard. */
    synchronized void die() {
        away = true;
        heard.clear();
        starts.clear();
    }

    /** It is there again. */
    synchronized void begin(long startedMillis) {
        startedAt = Instant.ofEpochMilli(startedMillis);
        away = false;
    }

    /** Whether it says that a source is silent. */
    synchronized void fire(boolean now) {
        firing = now;
    }

    /** Whether it takes no posts, though it is there. */
    synchronized void refuse(boolean now) {
        refusing = now;
    }

    /** For whom it takes no alert, nor any that comes with it in one post. */
    synchronized void refuseOf(String rep) {
        refusedRep = rep;
    }

    /** How often it refused a post for what stands in it. */
    synchronized int refusals() {
        return refusals;
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private interface Answer {
        /** The text; null where what was posted is refused. */
        String text() throws IOException;
    }

    private synchronized void answer(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            if (away || (refusing && exchange.getRequestMethod().equals("POST"))) {
                exchange.sendResponseHeaders(UNAVAILABLE, -1);
                return;
            }
            String text = answer.text();
            if (text == null) {
                refusals++;
                exchange.sendResponseHeaders(REFUSED, -1);
                return;
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(OK, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String status() {
        return "{\"uptime\": \"" + startedAt + "\"}";
    }

    private String alerts(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            JsonNode alerts = JSON.readTree(exchange.getRequestBody());
            for (JsonNode alert : alerts) {
                if (isRefused(alert)) {
                    return null;
                }
            }
            for (JsonNode alert : alerts) {
                heard.add(rep(alert));
                starts.add(time(alert, "startsAt"));
            }
        }
        return firing ? "[{\"labels\": {\"alertname\": \"SourceSilent\"}}]" : "[]";
    }

    private boolean isRefused(JsonNode alert) {
        return rep(alert).equals(refusedRep) || time(alert, "endsAt").isBefore(time(alert, "startsAt"));
    }

    private static String rep(JsonNode alert) {
        return alert.at("/labels/rep").textValue();
    }

    private static Instant time(JsonNode alert, String name) {
        return Instant.parse(alert.path(name).textValue());
    }
}
