package io.leadpulse.local.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/** The working folder of a replay, inside its output folder; it is gone when the replay has ended well. */
final class ReplayFolder {
    private static final String NAME = ".replay";
    private static final String METADATA = "_metadata";

    private final Path root;

    ReplayFolder(Path out) {
        root = out.resolve(NAME);
    }

    Path checkpoints() {
        return root.resolve("checkpoints");
    }

    Path results() {
        return root.resolve("results");
    }

    Path lock() {
        return root.resolve("lock");
    }

    /** What the unfinished replay in this folder reads, as one line of text. */
    Path description() {
        return root.resolve("description");
    }

    /** The newest complete checkpoint. */
    Optional<Path> newestCheckpoint() throws IOException {
        if (!Files.isDirectory(checkpoints())) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(checkpoints(), 3)) {
            return files.filter(file -> file.getFileName().toString().equals(METADATA))
                    .map(Path::getParent)
                    .max(Comparator.comparingLong(ReplayFolder::writtenMillis)
                            .thenComparingLong(ReplayFolder::numberOf));
        }
    }

    /** Removes checkpoints, results and description, but not the folder and its lock. */
    void clear() throws IOException {
        delete(checkpoints());
        delete(results());
        Files.deleteIfExists(description());
    }

    /** Removes the checkpoints, so that the next run begins at the beginning. */
    void deleteCheckpoints() throws IOException {
        delete(checkpoints());
    }

    /** Removes everything. */
    void delete() throws IOException {
        delete(root);
    }

    private static long numberOf(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().replaceFirst("^chk-", ""));
    }

    private static long writtenMillis(Path checkpoint) {
        try {
            return Files.getLastModifiedTime(checkpoint.resolve(METADATA)).toMillis();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Flink may still be removing checkpoints that it no longer needs; what is gone already is as well. */
    private static void delete(Path folder) throws IOException {
        FileUtils.deleteDirectory(folder.toFile());
    }
}
