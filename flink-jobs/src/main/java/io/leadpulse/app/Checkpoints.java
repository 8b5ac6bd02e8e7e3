package io.leadpulse.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the checkpoint to go on from, whichever earlier run of the job wrote it. */
public final class Checkpoints {
    private static final String METADATA = "_metadata";
    /** Folder of a job, folder of a checkpoint, file. */
    private static final int DEPTH = 3;

    private Checkpoints() {}

    /**
     * The newest complete checkpoint under a folder: one that has its metadata, by the time at which that was written.
     *
     * @param folder the checkpoint directory of all runs; need not exist
     * @return empty if there is none
     */
    public static Optional<Path> newest(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            return files.filter(file -> file.getFileName().toString().equals(METADATA))
                    .map(Path::getParent)
                    .max(Comparator.comparingLong(Checkpoints::writtenMillis).thenComparingLong(Checkpoints::numberOf));
        }
    }

    private static long numberOf(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().replaceFirst("^chk-", ""));
    }

    private static long writtenMillis(Path checkpoint) {
        try {
            return Files.getLastModifiedTime(checkpoint.resolve(METADATA)).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
