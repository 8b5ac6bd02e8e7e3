package io.leadpulse.serving.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.serving.metrics.MetricsServer;
import io.leadpulse.serving.tick.TickWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * All parts of serving and the one HTTP server before them. It listens from the start and answers 503 until it has caught
 * up, so that whoever waits for it can tell "not yet" from "not there".
 */
public final class Serving implements AutoCloseable {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int HTTP_THREADS = 4;
    private static final int BACKLOG = 64;
    private static final int STOP_SECONDS = 2;

    private final MetricsServer metrics;
    private final TickWriter ticks;
    private final HttpServer http;
    private final ExecutorService httpThreads = Executors.newFixedThreadPool(HTTP_THREADS);

    /**
     * Binds the port; nothing is read yet.
     *
     * @param config how it is started
     * @param company the meaning of the numbers
     * @param clock what time it is
     * @throws IOException if the port cannot be bound
     */
    public Serving(ServingConfig config, LeadpulseConfig company, InstantSource clock) throws IOException {
        http = HttpServer.create(new InetSocketAddress(config.bind(), config.httpPort()), BACKLOG);
        http.setExecutor(httpThreads);
        ticks = new TickWriter(company, config.connection(), clock);
        metrics = new MetricsServer(
                company,
                config.connection(),
                clock,
                MetricsServer.LabelLimits.DEFAULT,
                version(),
                new MetricsServer.Parts(null, ticks, null),
                new PrometheusRegistry());
        http.createContext("/metrics", metrics);
        http.createContext("/health", this::health);
    }

    /** Begins to read, to write ticks, and to answer. */
    public void start() {
        metrics.start();
        ticks.start();
        http.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return http.getAddress();
    }

    /** Whether everything that stood in the topics at start is served. */
    public boolean isCaughtUp() {
        return metrics.isCaughtUp();
    }

    private void health(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean healthy = metrics.isCaughtUp() && metrics.isRunning();
            byte[] body = "{\"caught_up\":%b,\"reading\":%b}\n"
                    .formatted(metrics.isCaughtUp(), metrics.isRunning())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(healthy ? OK : UNAVAILABLE, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** The version in the jar; {@code unreleased} when it runs from classes. */
    private static String version() {
        String version = Serving.class.getPackage().getImplementationVersion();
        return version == null ? "unreleased" : version;
    }

    /** Answers what is being asked, then stops all parts, the last started first. */
    @Override
    public void close() {
        http.stop(STOP_SECONDS);
        httpThreads.shutdown();
        ticks.close();
        metrics.close();
        try {
            if (!httpThreads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                httpThreads.shutdownNow();
            }
        } catch (InterruptedException e) {
            httpThreads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
