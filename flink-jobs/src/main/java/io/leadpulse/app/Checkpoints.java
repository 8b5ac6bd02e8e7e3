package io.leadpulse.app;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** Finds the checkpoint to go on from, whichever earlier run of the job wrote it. */
public final class Checkpoints {
    private static final String METADATA = "_metadata";
    private static final String PREFIX = "chk-";
    private static final Comparator<Written> BY_AGE =
            Comparator.comparingLong(Written::atMillis).thenComparingLong(Written::number);

    private Checkpoints() {}

    /**
     * The newest complete checkpoint under a folder: one that has its metadata, by the time at which that was written.
     * The job that writes there may be running: a checkpoint that it removes meanwhile is passed over.
     *
     * @param folder the checkpoint directory of all runs; need not exist
     * @return empty if there is none
     */
    public static Optional<Path> newest(Path folder) throws IOException {
        Written newest = null;
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> jobs = Files.newDirectoryStream(folder, Files::isDirectory)) {
                for (Path job : jobs) {
                    newest = newer(newest, newestOf(job));
                }
            }
        }
        return newest == null ? Optional.empty() : Optional.of(newest.folder());
    }

    private static Written newestOf(Path job) throws IOException {
        Written newest = null;
        try (DirectoryStream<Path> checkpoints = Files.newDirectoryStream(job, PREFIX + "*")) {
            for (Path checkpoint : checkpoints) {
                newest = newer(newest, read(checkpoint));
            }
        } catch (NoSuchFileException e) {
            // The folder of a job that has just ended well and has taken it away.
            return null;
        }
        return newest;
    }

    /** Null if the checkpoint is not complete, or no longer. */
    private static Written read(Path checkpoint) throws IOException {
        try {
            long atMillis =
                    Files.getLastModifiedTime(checkpoint.resolve(METADATA)).toMillis();
            String number = checkpoint.getFileName().toString().substring(PREFIX.length());
            return new Written(checkpoint, atMillis, Long.parseLong(number));
        } catch (NoSuchFileException e) {
            // Not written to its end, or removed since a newer one is complete.
            return null;
        }
    }

    private static Written newer(Written one, Written other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return BY_AGE.compare(one, other) >= 0 ? one : other;
    }

    private record Written(Path folder, long atMillis, long number) {}
}
