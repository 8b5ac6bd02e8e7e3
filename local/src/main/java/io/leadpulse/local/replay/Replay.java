package io.leadpulse.local.replay;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.local.FileFailure;
import io.leadpulse.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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

    /** How every file of gzip begins. */
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};

    /**
     * What to replay.
     *
     * @param out folder of the results; made if it is not there
     * @param files events, in the order to be read
     * @param configYaml the configuration's text; empty for the defaults
     * @param asOf end of time; empty for the latest event that is not later than {@code machineTime}
     * @param machineTime the machine's clock at the start
     * @param watermarkPerRecord whether the clock moves with every record, or only at the end of the input
     * @param checkpointInterval time between checkpoints
     */
    public record Request(
            Path out,
            List<Path> files,
            String configYaml,
            Optional<Instant> asOf,
            Instant machineTime,
            boolean watermarkPerRecord,
            Duration checkpointInterval) {}

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
    public static ReplaySummary run(Request request, LongConsumer progress) throws Exception {
        for (Path file : request.files()) {
            refuseUnreadable(file);
        }
        if (Files.exists(request.out()) && !Files.isDirectory(request.out())) {
            throw new RefusedReplayException(request.out() + " is a file; --out needs a folder");
        }
        ReplayFolder folder = new ReplayFolder(request.out());
        try (FileChannel channel = openLock(request.out(), folder);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new RefusedReplayException("another replay is writing to " + request.out());
            }
            ReplaySummary summary = runLocked(request, folder, progress);
            folder.delete();
            return summary;
        } catch (OverlappingFileLockException e) {
            throw new RefusedReplayException("another replay is writing to " + request.out());
        }
    }

    /** Says what is wrong with a file before anything is written. */
    private static void refuseUnreadable(Path file) throws IOException, RefusedReplayException {
        if (Files.isDirectory(file)) {
            throw new RefusedReplayException(file + " is a folder; replay reads files");
        }
        if (!Files.exists(file)) {
            throw new RefusedReplayException("no such file: " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw new RefusedReplayException(file + " can be read only once, as a pipe; replay needs a file");
        }
        if (!Files.isReadable(file)) {
            throw new RefusedReplayException("no permission to read " + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            // As it is, each of its bytes would end in a dead letter, which looks like a replay that went well.
            if (Arrays.equals(in.readNBytes(GZIP.length), GZIP)) {
                throw new RefusedReplayException(file + " is compressed (gzip); unpack it first");
            }
        }
    }

    private static FileChannel openLock(Path out, ReplayFolder folder) throws IOException, RefusedReplayException {
        try {
            Files.createDirectories(folder.lock().getParent());
            return FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (FileSystemException e) {
            throw new RefusedReplayException("cannot write to " + out + ": " + FileFailure.reason(e));
        }
    }

    private static ReplaySummary runLocked(Request request, ReplayFolder folder, LongConsumer progress)
            throws Exception {
        long limitMillis = request.machineTime().toEpochMilli();
        EngineSettings unlimited = new EngineSettings(request.configYaml(), List.of(), Fact.NO_TIME, true);
        ReplayScan scan = ReplayScan.of(
                request.files(), EngineContext.of(unlimited).scanningDecoder(limitMillis), limitMillis, progress);
        long asOfMillis = request.asOf()
                .map(Instant::toEpochMilli)
                .orElse(scan.latestMillis() == Long.MIN_VALUE ? limitMillis : scan.latestMillis());
        EngineSettings settings = new EngineSettings(request.configYaml(), scan.configuration(), asOfMillis, true);
        Optional<Path> checkpoint = checkpointOf(request, folder, scan, asOfMillis);
        long startNanos = System.nanoTime();
        try (ReplayProgress told = new ReplayProgress(progress)) {
            new ReplayJob(
                            request.files().stream()
                                    .map(file -> file.toAbsolutePath().toString())
                                    .toList(),
                            settings,
                            request.watermarkPerRecord() ? ReplayWatermarks.perRecord() : ReplayWatermarks.atEnd(),
                            folder,
                            checkpoint.orElse(null),
                            told.name(),
                            request.checkpointInterval())
                    .run();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        // From here on a checkpoint would only mislead: it goes with results that are about to be removed.
        folder.deleteCheckpoints();
        Map<String, Long> keys = new ResultReducer(folder.results()).reduceTo(request.out(), RESULT_TOPICS);
        return ReplaySummary.read(
                request.out(),
                scan.lines(),
                Instant.ofEpochMilli(asOfMillis),
                checkpoint.map(path -> path.getFileName().toString()).orElse(null),
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
                        "%s holds an unfinished replay of other input, as-of or configuration (%s); finish that, or remove the folder .replay in it"
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
