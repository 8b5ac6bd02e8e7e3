package io.leadpulse.serving.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.leadpulse.schemas.config.KeyMetric;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.serving.read.ResultHandler;
import io.leadpulse.serving.read.ResultReader;
import io.leadpulse.serving.read.ResultUpdate;
import io.leadpulse.serving.read.TopicReading;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.TopicPartition;

/**
 * Serves how things stand now: reads results into memory and answers {@code /metrics}, with {@code ?name[]=} (once or more) only the
 * families of these names. Until everything that stood in the topics at start is in memory it answers 503, since half of the sums would
 * look like a fall of sales.
 *
 * <p>Sums are also read as soon as they are written, and shown until it is decided whether they are committed: from when all that is
 * committed has been read, so history is read once.
 */
public final class MetricsServer implements HttpHandler, AutoCloseable {
    private static final int OK = 200;
    private static final int NOT_ALLOWED = 405;
    private static final int NOT_YET = 503;
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final byte[] NOT_CAUGHT_UP = "not caught up yet\n".getBytes(StandardCharsets.UTF_8);

    /**
     * Most values that the labels of a metric may have; more are counted together as one.
     *
     * @param reps reps of a metric
     * @param teams teams of a metric
     * @param stages deal stages of a metric
     * @param others values of any other label
     */
    public record LabelLimits(int reps, int teams, int stages, int others) {
        /** What is enough for a company of some hundred. */
        public static final LabelLimits DEFAULT = new LabelLimits(200, 50, 30, 100);
    }

    private final ServedResults served;
    private final ResultReader reader;
    private final Map<String, ?> connection;
    private final boolean isProvisional;
    private final PrometheusRegistry registry;
    private final Parts parts;
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final Map<ExpositionFormatWriter, PageText> texts = new ConcurrentHashMap<>();

    /** Null until all that is committed has been read, and where nothing else is shown. */
    private ResultReader provisionalReader;

    private boolean closed;

    /**
     * A server that does not read yet.
     *
     * @param config the meaning of the numbers
     * @param connection how to reach the broker, by Kafka's names
     * @param clock what time it is
     * @param limits room for values of labels
     * @param version what runs
     * @param isProvisional whether sums are shown as soon as they are written, and not only when they are committed
     * @param parts what else metrics are made of
     * @param registry where all metrics are registered; other parts register theirs there too
     */
    public MetricsServer(
            LeadpulseConfig config,
            Map<String, ?> connection,
            InstantSource clock,
            LabelLimits limits,
            String version,
            boolean isProvisional,
            Parts parts,
            PrometheusRegistry registry) {
        this.served = new ServedResults(config, clock);
        this.reader = new ResultReader("metrics", connection, ServedResults.TOPICS, Map.of(), new Committed());
        this.connection = Map.copyOf(connection);
        this.isProvisional = isProvisional;
        this.registry = registry;
        this.parts = parts;
        registry.register(new MetricsCollector(
                new MetricsCollector.Sources(
                        served,
                        reader::readings,
                        reader::isCaughtUp,
                        parts.leads(),
                        parts.keySums(),
                        parts.sources(),
                        parts.store()),
                clock,
                new LabelBudget.Limits(limits.reps(), limits.teams(), limits.stages(), limits.others()),
                version));
    }

    /**
     * Parts that may be missing; their metrics are then absent.
     *
     * @param leads counts of leads; null without a read model
     * @param keySums what key metrics of the read model are made of; null without one
     * @param sources the topics of events; null if nobody watches them
     * @param store how far the read model is; null without one
     */
    public record Parts(LeadCounts leads, KeySums keySums, SourceWatch sources, StoreReading store) {}

    private final class Committed implements ResultHandler {
        @Override
        public void accept(List<ResultUpdate> updates, Map<TopicPartition, Long> next) {
            served.accept(updates, next);
        }

        @Override
        public void caughtUp() {
            served.caughtUp();
            startProvisional();
        }
    }

    private final class Written implements ResultHandler {
        @Override
        public void accept(List<ResultUpdate> updates, Map<TopicPartition, Long> next) {
            served.acceptProvisional(updates);
        }

        @Override
        public void caughtUp() {
            // There is no end of what is written.
        }
    }

    /** Begins to read. */
    public void start() {
        reader.start();
    }

    private synchronized void startProvisional() {
        if (isProvisional && !closed) {
            provisionalReader = ResultReader.ofAllWritten(
                    "metrics, provisional", connection, ServedResults.PROVISIONAL_TOPICS, served.next(), new Written());
            provisionalReader.start();
        }
    }

    /** Whether everything that stood in the topics at start is served. */
    public boolean isCaughtUp() {
        return reader.isCaughtUp();
    }

    /** Whether results are still being read. */
    public boolean isRunning() {
        return reader.isRunning();
    }

    /** The engine's clock when it last told of itself, epoch milliseconds; {@code Long.MIN_VALUE} before it did. */
    public long engineClockMillis() {
        return served.engineClockMillis();
    }

    /** What today is expected to bring, for the read model. */
    public ExpectedCurve expectedCurve() {
        return served;
    }

    /**
     * What the managers' daily digest tells.
     *
     * @param from first day of which it speaks
     * @param today the day on which it is told, which it does not speak of
     * @return empty while anything that it is made of is not there
     */
    public Optional<DayReport> dayReport(LocalDate from, LocalDate today) {
        LeadCounts.Counts counts = parts.leads() == null ? null : parts.leads().counts();
        Map<KeyMetric, KeySums.Sum> sums =
                parts.keySums() == null ? null : parts.keySums().sums();
        return !isCaughtUp() || counts == null || sums == null
                ? Optional.empty()
                : Optional.of(served.dayReport(from, today, counts, sums));
    }

    /** How far the results are read, by topic. */
    public Map<String, TopicReading> readings() {
        return reader.readings();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(NOT_ALLOWED, -1);
            } else if (!isCaughtUp()) {
                answer(exchange, NOT_YET, TEXT, List.of(NOT_CAUGHT_UP));
            } else {
                scrape(exchange);
            }
        }
    }

    private void scrape(HttpExchange exchange) throws IOException {
        Predicate<String> named = MetricNames.of(exchange.getRequestURI().getRawQuery());
        MetricSnapshots page = named == null ? registry.scrape() : registry.scrape(named);
        ExpositionFormatWriter writer =
                formats.findWriter(exchange.getRequestHeaders().getFirst("Accept"));
        List<byte[]> text = texts.computeIfAbsent(writer, PageText::new).of(page);
        String encodings = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        if (encodings != null && encodings.contains("gzip")) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            text = List.of(zipped(text));
        }
        answer(exchange, OK, writer.getContentType(), text);
    }

    private static byte[] zipped(List<byte[]> text) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            for (byte[] piece : text) {
                out.write(piece);
            }
        }
        return zipped.toByteArray();
    }

    private static void answer(HttpExchange exchange, int status, String type, List<byte[]> body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        int length = body.stream().mapToInt(piece -> piece.length).sum();
        // Of a length of 0 the server would send pieces of unknown length.
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        for (byte[] piece : body) {
            exchange.getResponseBody().write(piece);
        }
    }

    /** The next offset to read as committed, of every partition. */
    Map<TopicPartition, Long> next() {
        return served.next();
    }

    /** Stops reading. */
    @Override
    public void close() {
        reader.close();
        endProvisional();
    }

    private synchronized void endProvisional() {
        closed = true;
        if (provisionalReader != null) {
            provisionalReader.close();
        }
    }
}
