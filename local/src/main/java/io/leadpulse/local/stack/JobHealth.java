package io.leadpulse.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Well when Flink says that the job runs and has completed a checkpoint, with which its results are committed. */
final class JobHealth implements HealthCheck {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String url;

    /** Of Flink's web server. */
    JobHealth(String url) {
        this.url = url;
    }

    @Override
    public Optional<String> problem() throws InterruptedException {
        try {
            JsonNode job = get("/jobs").path("jobs").path(0);
            String state = job.path("status").asText("not there yet");
            if (!state.equals("RUNNING")) {
                return Optional.of("the job is " + state);
            }
            int completed = get("/jobs/" + job.path("id").asText() + "/checkpoints")
                    .path("counts")
                    .path("completed")
                    .asInt();
            return completed > 0 ? Optional.empty() : Optional.of("the job has completed no checkpoint yet");
        } catch (IOException e) {
            return Optional.of("Flink does not answer");
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .GET()
                .build();
        return JSON.readTree(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
