package io.leadpulse.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks a server for its metrics. */
public final class MetricsReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final HttpRequest request;

    /**
     * Asks a server.
     *
     * @param url its base address
     * @param names of the families to ask for; none for all
     */
    public MetricsReader(String url, String... names) {
        String query = Arrays.stream(names).map("name%5B%5D="::concat).collect(Collectors.joining("&"));
        this.request = HttpRequest.newBuilder(URI.create(url + "/metrics" + (query.isEmpty() ? "" : "?" + query)))
                .timeout(TIMEOUT)
                .GET()
                .build();
    }

    /** The page of now; empty while the server does not answer or says that its numbers are not ready. */
    public Optional<MetricsPage> read() throws InterruptedException {
        return text().map(MetricsPage::parse);
    }

    /** The page of now as it was answered, like {@link #read}. */
    public Optional<String> text() throws InterruptedException {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == OK ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException e) {
            // Not there yet, or just being restarted: the state of its process says so.
            return Optional.empty();
        }
    }
}
