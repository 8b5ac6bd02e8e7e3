package io.leadpulse.serving.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.serving.alert.AlertMetrics;
import io.leadpulse.serving.alert.DailyDigests;
import io.leadpulse.serving.alert.Dispatcher;
import io.leadpulse.serving.alert.LeadOutlook;
import io.leadpulse.serving.alert.PostgresDigestLog;
import io.leadpulse.serving.alert.PostgresSentLog;
import io.leadpulse.serving.learn.LearnMetrics;
import io.leadpulse.serving.learn.Learner;
import io.leadpulse.serving.learn.RulesWriter;
import io.leadpulse.serving.metrics.CurvePoint;
import io.leadpulse.serving.metrics.MetricsServer;
import io.leadpulse.serving.metrics.SourceWatch;
import io.leadpulse.serving.page.LeadPages;
import io.leadpulse.serving.store.Store;
import io.leadpulse.serving.store.StoreConfig;
import io.leadpulse.serving.tick.TickWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
    /** What comes in between two checkpoints of a running engine. */
    private static final long FEW_RECORDS = 200;
    /** So much longer than its grace the engine's clock may wait: for events out of order and to find a partition idle. */
    private static final Duration ENGINE_BEHIND = Duration.ofMinutes(1);

    private final Clock clock;
    /** How far the clock of a running engine may be behind. */
    private final Duration engineBehind;

    private final MetricsServer metrics;
    private final TickWriter ticks;
    /** Null without a read model. */
    private final Store store;
    /** Null without a read model. */
    private final LeadPages pages;
    /** Null without a read model. */
    private final Learner learner;

    private final RulesWriter rulesWriter;
    /** Null where alerts are not sent. */
    private final Dispatcher dispatcher;
    /** Null where alerts are not sent. */
    private final DailyDigests digests;

    private final Map<String, Object> connection;
    private boolean closed;
    private final HttpServer http;
    private final ExecutorService httpThreads = Executors.newFixedThreadPool(HTTP_THREADS);

    /**
     * Binds the port; nothing is read yet.
     *
     * @param config how it is started
     * @param configYaml the meaning of the numbers, as text; empty for the defaults
     * @param clock what time it is
     * @throws IOException if the port cannot be bound
     */
    public Serving(ServingConfig config, String configYaml, Clock clock) throws IOException {
        LeadpulseConfig company = ConfigReader.parse(configYaml);
        connection = config.connection();
        this.clock = clock;
        engineBehind = ENGINE_BEHIND.plusMinutes(company.graceMinutes());
        http = HttpServer.create(new InetSocketAddress(config.bind(), config.httpPort()), BACKLOG);
        http.setExecutor(httpThreads);
        PrometheusRegistry registry = new PrometheusRegistry();
        ticks = new TickWriter(company, connection, clock);
        store = config.postgresUrl() == null ? null : store(config, configYaml, clock);
        metrics = new MetricsServer(
                company,
                connection,
                clock,
                MetricsServer.LabelLimits.DEFAULT,
                version(),
                config.isProvisional(),
                new MetricsServer.Parts(
                        store == null ? null : store.leadCounts(),
                        store == null ? null : store.keySums(),
                        ticks,
                        store),
                registry);
        http.createContext("/metrics", metrics);
        http.createContext("/health", this::health);
        String publicUrl = config.publicUrl() == null ? url(http.getAddress()) : config.publicUrl();
        pages = store == null
                ? null
                : new LeadPages(
                        store.database(),
                        store::directory,
                        store::proposedOwner,
                        company,
                        connection,
                        config.publicUrl(),
                        clock);
        if (pages != null) {
            pages.addTo(http);
        }
        rulesWriter = new RulesWriter(connection);
        learner = store == null
                ? null
                : new Learner(
                        store.database(),
                        company,
                        store::wholeDirectory,
                        store::isLive,
                        rulesWriter,
                        new LearnMetrics(registry),
                        clock);
        AlertMetrics messages = store == null || config.alertmanagerUrl() == null ? null : new AlertMetrics(registry);
        dispatcher = messages == null
                ? null
                : new Dispatcher(
                        new ResultCodecs(company.company().currency()).alerts(),
                        company.alertDelivery(),
                        store::wholeDirectory,
                        new LeadOutlook(store::proposedOwner, learner::winProbability),
                        publicUrl,
                        config.grafanaUrl(),
                        company.moneyUnit(),
                        URI.create(config.alertmanagerUrl()),
                        new PostgresSentLog(store.database()),
                        messages,
                        new Dispatcher.Engine(store::isLive, engineBehind),
                        clock);
        digests = messages == null
                ? null
                : new DailyDigests(
                        company,
                        store::wholeDirectory,
                        metrics::dayReport,
                        new PostgresDigestLog(store.database()),
                        URI.create(config.alertmanagerUrl()),
                        config.grafanaUrl() == null ? publicUrl : config.grafanaUrl(),
                        messages,
                        () -> store.isLive() && store.isCaughtUp(),
                        clock);
    }

    private Store store(ServingConfig config, String configYaml, Clock clock) {
        StoreConfig settings = new StoreConfig(
                config.postgresUrl(),
                config.postgresUser() == null ? System.getProperty("user.name") : config.postgresUser(),
                config.postgresPassword(),
                connection,
                configYaml,
                config.publicUrl() == null ? url(http.getAddress()) : config.publicUrl());
        return new Store(settings, this::pointsOfToday, this::engineHasReadAll, clock);
    }

    private List<CurvePoint> pointsOfToday() {
        return metrics.expectedCurve().pointsOfToday();
    }

    /**
     * Whether the engine's last finished checkpoint lies behind everything that stood in the topics a moment ago. Where more
     * than a few records come between two checkpoints, its clock tells whether it lives in the present.
     */
    private boolean engineHasReadAll() {
        boolean lives = metrics.engineClockMillis() >= clock.millis() - engineBehind.toMillis();
        Collection<SourceWatch.Source> sources = ticks.sources().values();
        return !sources.isEmpty()
                && metrics.isCaughtUp()
                && sources.stream()
                        .allMatch(source -> source.lastAppendMillis() == null
                                || (source.begun() && (lives || source.lagRecords() < FEW_RECORDS)));
    }

    private static String url(InetSocketAddress address) {
        return "http://" + address.getHostString() + ":" + address.getPort();
    }

    /** Begins to read, to write ticks, and to answer. */
    public void start() {
        metrics.start();
        ticks.start();
        if (store != null) {
            // What was told before stands in a table, so nothing is told before the tables are there.
            store.start(this::tablesAreThere);
        }
        http.start();
    }

    private synchronized void tablesAreThere() {
        if (closed) {
            return;
        }
        learner.start();
        if (dispatcher != null) {
            dispatcher.start(connection);
            digests.start();
        }
    }

    private synchronized void endTelling() {
        closed = true;
        if (learner != null) {
            learner.close();
        }
        rulesWriter.close();
        if (dispatcher != null) {
            digests.close();
            dispatcher.close();
        }
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
        endTelling();
        if (pages != null) {
            pages.close();
        }
        if (store != null) {
            store.close();
        }
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
