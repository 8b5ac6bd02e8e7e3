package io.leadpulse.local.boards;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leadpulse.tools.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A written story: rows by {@code story.sql} and an exposition by {@code story.prom}, both as the contracts of the read
 * model and of the metrics say. In the exposition {@code @now-3@} stands for the time less 3 seconds, {@code @scrape*2@} for
 * twice the number of scrapes so far.
 */
final class StoryFiller implements BoardFiller {
    private static final Pattern NOW = Pattern.compile("@now-(\\d+)@");
    private static final Pattern SCRAPE = Pattern.compile("@scrape\\*(\\d+)@");

    private final AtomicInteger scrapes = new AtomicInteger();
    private final String exposition = resource("/boards/story.prom");
    private HttpServer server;

    @Override
    public List<String> fill(PostgresServer postgres) throws Exception {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(resource("/boards/story.sql"));
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", this::expose);
        server.start();
        return List.of("127.0.0.1:" + server.getAddress().getPort());
    }

    private void expose(HttpExchange exchange) throws IOException {
        int scrape = scrapes.incrementAndGet();
        long now = Instant.now().getEpochSecond();
        String timed = NOW.matcher(exposition).replaceAll(ago -> String.valueOf(now - Long.parseLong(ago.group(1))));
        String body = SCRAPE.matcher(timed).replaceAll(each -> String.valueOf(scrape * Long.parseLong(each.group(1))));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(StoryFiller.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
    }
}
