package io.leadpulse.serving.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.serving.read.Await;
import io.leadpulse.tools.DebianTool;
import io.leadpulse.tools.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real Alertmanager on loopback with the configuration of this project, rendered as for every installation. It can be
 * stopped in order, killed like a crash, and started again on the same data.
 */
public final class AlertmanagerProcess implements AutoCloseable {
    private static final long END_SECONDS = 30;

    private final Path folder;
    private final Path configuration;
    private final int port;
    private Process process;

    private AlertmanagerProcess(Path folder, Path configuration, int port) {
        this.folder = folder;
        this.configuration = configuration;
        this.port = port;
        // A test that is killed must not leave one behind.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop alertmanager"));
    }

    /** One that has not been started; skips the test when the Alertmanager is not installed. */
    public static AlertmanagerProcess in(Path folder, Map<String, String> environment) throws Exception {
        DebianTool.ALERTMANAGER.require();
        return new AlertmanagerProcess(folder, rendered(folder, environment), FreePort.any());
    }

    /** The configuration that {@code render.sh} makes of this environment. */
    static Path rendered(Path folder, Map<String, String> environment) throws Exception {
        Path file = folder.resolve("alertmanager.yml");
        ProcessBuilder render = new ProcessBuilder(
                        "sh", Repository.file("alertmanager/render.sh").toString())
                .redirectOutput(file.toFile())
                .redirectError(folder.resolve("render.log").toFile());
        render.environment().keySet().removeIf(name -> name.startsWith("LEADPULSE_"));
        render.environment().putAll(environment);
        int code = render.start().waitFor();
        assertThat(code).as(Files.readString(folder.resolve("render.log"))).isZero();
        return file;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Starts it and returns when it is ready, and is the one that was started. */
    public void start() throws Exception {
        process = new ProcessBuilder(
                        DebianTool.ALERTMANAGER.require().toString(),
                        "--config.file=" + configuration,
                        "--storage.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=",
                        "--data.retention=2160h",
                        "--data.maintenance-interval=1s")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("alertmanager.log").toFile()))
                .start();
        Await.until("the Alertmanager's answer", this::isReady, this::log);
        assertThat(process.isAlive()).as(log()).isTrue();
    }

    /** Ends it as a restart of its service would. */
    void stop() throws Exception {
        process.destroy();
        assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** Kills it as a crash would. */
    void kill() throws Exception {
        process.destroyForcibly();
        assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** The notification log on its disk. */
    Path notificationLog() {
        return folder.resolve("data").resolve("nflog");
    }

    public String log() {
        try {
            return Files.readString(folder.resolve("alertmanager.log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly()
                    .onExit()
                    .orTimeout(END_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(url().resolve("/api/v2/status"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains("leadpulse.subject");
        } catch (IOException notYet) {
            assertThat(process.isAlive()).as(log()).isTrue();
            return false;
        }
    }
}
