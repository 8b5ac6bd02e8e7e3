package io.leadpulse.local.replay;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.schemas.Topics;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * One replay: files of events in, files of results out. A replay that was killed goes on from its newest checkpoint when
 * it is started again with the same input.
 */
public final class Replay {
    /** The result topics, each of which becomes a file. */
    static final List<String> RESULT_TOPICS = List.of(
            Topics.PROFILES,
            Topics.LEDGER,
            Topics.ALERTS,
            Topics.ROLLUPS,
            Topics.PROGRESS,
            Topics.DWELL,
            Topics.DEAD_LETTERS,
            Topics.CONSERVATION);

    /** What to replay. */
    public record Request(
            Path out,
            List<Path> files,
            String configYaml,
            Optional<Instant> asOf,
            Instant machineTime,
            boolean watermarkPerRecord,
            Duration checkpointInterval) {}

    /** What came of it. */
    public record Summary(
            long lines, Instant asOf, Optional<String> restoredFrom, Duration took, Map<String, Long> keysByTopic) {}

    /** The replay cannot start; the message says why. */
    public static final class RefusedReplayException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedReplayException(String message) {
            super(message);
        }
    }

    private Replay() {}

    /**
     * Runs a replay to its end.
     *
     * @param progress is told how many bytes of input were looked at since the last call
     * @throws RefusedReplayException if it cannot start
     */
    public static Summary run(Request request, LongConsumer progress) throws Exception {
        Files.createDirectories(request.out());
        ReplayFolder folder = new ReplayFolder(request.out());
        Files.createDirectories(folder.lock().getParent());
        try (FileChannel channel =
                        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new RefusedReplayException("another replay is writing to " + request.out());
            }
            Summary summary = runLocked(request, folder, progress);
            folder.delete();
            return summary;
        }
    }

    private static Summary runLocked(Request request, ReplayFolder folder, LongConsumer progress) throws Exception {
        long limitMillis = request.machineTime().toEpochMilli();
        EngineSettings unlimited = new EngineSettings(request.configYaml(), List.of(), Fact.NO_TIME, true);
        ReplayScan scan =
                ReplayScan.of(request.files(), EngineContext.of(unlimited).decoder(), limitMillis, progress);
        long asOfMillis = request.asOf()
                .map(Instant::toEpochMilli)
                .orElse(scan.latestMillis() == Long.MIN_VALUE ? limitMillis : scan.latestMillis());
        EngineSettings settings = new EngineSettings(request.configYaml(), scan.configuration(), asOfMillis, true);
        Optional<Path> checkpoint = checkpointOf(request, folder, scan, asOfMillis);
        long startNanos = System.nanoTime();
        new ReplayJob(
                        request.files().stream()
                                .map(file -> file.toAbsolutePath().toString())
                                .toList(),
                        settings,
                        request.watermarkPerRecord() ? ReplayWatermarks.perRecord() : ReplayWatermarks.atEnd(),
                        folder,
                        checkpoint.orElse(null),
                        request.checkpointInterval())
                .run();
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        Map<String, Long> keys = new ResultReducer(folder.results()).reduceTo(request.out(), RESULT_TOPICS);
        return new Summary(
                scan.lines(),
                Instant.ofEpochMilli(asOfMillis),
                checkpoint.map(path -> path.getFileName().toString()),
                took,
                keys);
    }

    private static Optional<Path> checkpointOf(Request request, ReplayFolder folder, ReplayScan scan, long asOfMillis)
            throws IOException, RefusedReplayException {
        String description = "input %s, as of %s, configuration %08x"
                .formatted(
                        scan.fingerprint(),
                        Instant.ofEpochMilli(asOfMillis),
                        request.configYaml().hashCode());
        Optional<Path> checkpoint = folder.newestCheckpoint();
        if (checkpoint.isPresent()) {
            String unfinished = Files.readString(folder.description());
            if (!unfinished.equals(description)) {
                throw new RefusedReplayException(
                        "%s holds an unfinished replay of other input (%s); finish that, or remove the folder .replay in it"
                                .formatted(request.out(), unfinished));
            }
            return checkpoint;
        }
        folder.clear();
        Files.createDirectories(folder.checkpoints());
        Files.createDirectories(folder.results());
        Files.write(folder.description(), description.getBytes(StandardCharsets.UTF_8));
        return Optional.empty();
    }
}
