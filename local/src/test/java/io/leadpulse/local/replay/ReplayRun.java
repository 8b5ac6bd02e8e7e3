package io.leadpulse.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs a replay in this JVM, as the command does, and reads its results. */
public final class ReplayRun {
    /** Later than everything that tests replay. */
    static final Instant MACHINE_TIME = Instant.parse("2026-01-01T00:00:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private String configYaml = "";
    private Optional<Instant> asOf = Optional.empty();
    private boolean watermarkPerRecord = true;
    private ReplaySummary summary;

    /** A run that writes below {@code folder}. */
    public ReplayRun(Path folder) {
        this.folder = folder;
    }

    public ReplayRun config(String yaml) {
        configYaml = yaml;
        return this;
    }

    public ReplayRun asOf(Instant time) {
        asOf = Optional.of(time);
        return this;
    }

    public ReplayRun watermarkAtEnd() {
        watermarkPerRecord = false;
        return this;
    }

    /** Where the results are. */
    Path out() {
        return folder.resolve("out");
    }

    /** Replays these lines. */
    public ReplaySummary lines(List<String> lines) throws Exception {
        Files.createDirectories(folder);
        Path file = folder.resolve("events.ndjson");
        Files.write(file, lines);
        return files(List.of(file));
    }

    /** Replays these files. */
    public ReplaySummary files(List<Path> files) throws Exception {
        summary = Replay.run(
                new Replay.Request(
                        out(), files, configYaml, asOf, MACHINE_TIME, watermarkPerRecord, Duration.ofSeconds(2)),
                bytes -> {});
        return summary;
    }

    /** What came of the last replay. */
    ReplaySummary summary() {
        return summary;
    }

    /** The lines of a result file. */
    List<String> result(String topic) throws IOException {
        return Files.readAllLines(out().resolve(topic + ".ndjson"));
    }

    /** The values of a result file by key. */
    public Map<String, JsonNode> values(String topic) throws IOException {
        Map<String, JsonNode> values = new TreeMap<>();
        for (String line : result(topic)) {
            JsonNode node = JSON.readTree(line);
            values.put(node.get("key").asText(), node.get("value"));
        }
        return values;
    }

    /** The lines of a result file that still hold: without withdrawn alerts and ledger entries taken back. */
    List<String> standing(String topic) throws IOException {
        List<String> standing = new ArrayList<>();
        for (String line : result(topic)) {
            // Most lines say nothing of it, and need not be parsed.
            if (!line.contains("withdrawn") || !isWithdrawn(JSON.readTree(line).get("value"))) {
                standing.add(line);
            }
        }
        return standing;
    }

    private static boolean isWithdrawn(JsonNode value) {
        boolean alert = value.path("state").asText().equals("withdrawn");
        boolean entry = value.hasNonNull("withdrawn");
        return alert || entry;
    }
}
