package io.leadpulse.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Well when an address answers 200. */
final class HttpHealth implements HealthCheck {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final HttpRequest request;

    HttpHealth(String url) {
        this.request =
                HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).GET().build();
    }

    @Override
    public Optional<String> problem() throws InterruptedException {
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == OK ? Optional.empty() : Optional.of("%s answers %d".formatted(request.uri(), status));
        } catch (IOException e) {
            return Optional.of("%s does not answer".formatted(request.uri()));
        }
    }
}
