package io.leadpulse.local.boards;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.tools.DebianTool;
import io.leadpulse.tools.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A real Prometheus of its own: own folder, own free port on loopback, scraping what it is told to every second. */
final class PrometheusServer implements AutoCloseable {
    private static final Duration START_WITHIN = Duration.ofMinutes(2);
    private static final long BETWEEN_TRIES_NANOS = Duration.ofMillis(100).toNanos();

    private final Path log;
    private final PrometheusClient client;
    private final Process process;

    private PrometheusServer(Path log, int port, Process process) {
        this.log = log;
        this.client = new PrometheusClient("http://127.0.0.1:" + port);
        this.process = process;
    }

    /**
     * Starts one; skips the test when Prometheus is not installed, see {@link DebianTool#require}.
     *
     * @param folder an empty folder for its data, which the caller removes
     * @param targets what to scrape, {@code host:port}
     */
    static PrometheusServer start(Path folder, List<String> targets) throws IOException {
        Path program = DebianTool.PROMETHEUS.require();
        String quoted = targets.stream().map(target -> "'" + target + "'").collect(Collectors.joining(", "));
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global:
                  scrape_interval: 1s
                scrape_configs:
                  - job_name: leadpulse
                    static_configs:
                      - targets: [%s]
                """.formatted(quoted));
        int port = FreePort.any();
        Path log = folder.resolve("prometheus.log");
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new PrometheusServer(log, port, process);
    }

    /** Waits until a query has a result. */
    void await(String expression) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (!answers(expression)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("no result of " + expression + ":\n" + Files.readString(log));
            }
            LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
        }
    }

    private boolean answers(String expression) throws InterruptedException {
        try {
            return !query(expression, Instant.now()).isEmpty();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Result of an instant query: one element a series. */
    JsonNode query(String expression, Instant at) throws IOException, InterruptedException {
        return client.query(expression, at);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(START_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
    }
}
