package io.leadpulse.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeadCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private HttpServer serving;

    @TempDir
    private Path folder;

    /** Answers as serving does: one lead, whose id has a slash and a space. */
    @BeforeEach
    void startServing() throws IOException {
        serving = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serving.createContext("/api/leads/", exchange -> {
            String path = exchange.getRequestURI().getRawPath();
            boolean text = "text/plain".equals(exchange.getRequestHeaders().getFirst("Accept"));
            int status = path.endsWith("/broken") ? 503 : path.equals("/api/leads/L%2F1%20%C3%A4") && text ? 200 : 404;
            String query = exchange.getRequestURI().getRawQuery();
            String body = status == 200
                    ? "lead L/1 ä\n" + (query == null ? "hot" : query) + "\n"
                    : status == 404 ? "There is no such lead.\n" : "Try again.\n";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        serving.start();
    }

    @AfterEach
    void stopServing() {
        serving.stop(0);
    }

    @Test
    void printsWhatServingSays() {
        assertThat(lead("L/1 ä", "--url", url() + "/")).isEqualTo(ExitCode.OK);
        assertThat(text(out)).isEqualTo("lead L/1 ä\nhot\n");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void asksForATimeInThePast() {
        assertThat(lead("L/1 ä", "--at", "2025-03-04T10:00:00+01:00", "--url", url()))
                .isEqualTo(ExitCode.OK);
        assertThat(text(out)).isEqualTo("lead L/1 ä\nat=2025-03-04T10%3A00%3A00%2B01%3A00\n");
    }

    @Test
    void findsTheDemo() throws IOException {
        Files.writeString(folder.resolve("endpoints.properties"), "serving=" + url() + "\n");
        assertThat(lead("L/1 ä", "--data", folder.toString())).isEqualTo(ExitCode.OK);
        assertThat(text(out)).startsWith("lead L/1 ä");
    }

    @Test
    void saysWhatIsWrongAndNeverTheId() throws IOException {
        assertThat(lead("secret-id", "--url", url())).isEqualTo(ExitCode.UNUSABLE);
        assertThat(text(err)).isEqualTo("leadpulse: There is no such lead.\n");
        err.reset();
        assertThat(lead("broken", "--url", url())).isEqualTo(ExitCode.FAILED);
        assertThat(text(err)).isEqualTo("leadpulse: serving answers with 503: Try again.\n");
        err.reset();
        assertThat(lead("secret-id", "--data", folder.toString())).isEqualTo(ExitCode.UNUSABLE);
        assertThat(text(err)).contains("no demo has been started on", "--url URL");
        err.reset();
        assertThat(lead("secret-id", "--url", "nonsense")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(text(err)).contains("--url = nonsense");
        err.reset();
        assertThat(lead("secret-id", "--url", "http://127.0.0.1:" + unusedPort()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(text(err)).contains("serving does not answer").doesNotContain("secret-id");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void aDiskThatIsFullIsSaid() {
        Console full = new Console(
                FailingOutput.saying("No space left on device"),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);

        assertThat(LeadpulseMain.run(full, "lead", "L/1 ä", "--url", url())).isEqualTo(ExitCode.FAILED);
        assertThat(text(err)).isEqualTo("leadpulse: cannot write: No space left on device" + System.lineSeparator());
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String url() {
        return "http://127.0.0.1:" + serving.getAddress().getPort();
    }

    private int lead(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "lead";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return LeadpulseMain.run(new Console(out, new PrintStream(err, true, StandardCharsets.UTF_8), false), all);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
