package io.leadpulse.local.replay;

import io.leadpulse.app.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.util.FileUtils;

/** The working folder of a replay, inside its output folder; it is gone when the replay has ended well. */
final class ReplayFolder {
    private static final String NAME = ".replay";

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
        return Checkpoints.newest(checkpoints());
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

    /** Flink may still be removing checkpoints that it no longer needs; what is gone already is as well. */
    private static void delete(Path folder) throws IOException {
        FileUtils.deleteDirectory(folder.toFile());
    }
}
