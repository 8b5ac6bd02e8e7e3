package io.leadpulse.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.util.FileUtils;

/** Finds the checkpoint to go on from, whichever earlier run of the job wrote it, and clears away what it made needless. */
public final class Checkpoints {
    private static final String METADATA = "_metadata";
    private static final String PREFIX = "chk-";
    /** As Flink names the folder of a job: by its id. */
    private static final Pattern JOB = Pattern.compile("[0-9a-f]{32}");
    /** A job goes on counting where the one that it was restored from ended; clocks are set back. */
    private static final Comparator<Written> BY_AGE =
            Comparator.comparingLong(Written::number).thenComparingLong(Written::atMillis);

    private Checkpoints() {}

    /**
     * The newest complete checkpoint under a folder: the one with the highest number that has its metadata; of two with
     * one number, the one written last. The job that writes there may be running: a checkpoint that it removes meanwhile is passed over.
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

    /**
     * Deletes what other jobs have left beside a checkpoint's job: one that goes on from the checkpoint needs nothing else,
     * since each job's first checkpoint is a full copy. Whatever is not the folder of a job stays, and so does a job's folder
     * that the checkpoint names in its metadata. To be called only while no other job can write there.
     *
     * @param checkpoint complete, in the folder of its job
     * @return the folders that are gone
     */
    static List<Path> deleteOtherJobs(Path checkpoint) throws IOException {
        Path own = checkpoint.getParent();
        // Names of files stand in it as they are; every other byte may be anything.
        String metadata = Files.readString(checkpoint.resolve(METADATA), StandardCharsets.ISO_8859_1);
        List<Path> needless = new ArrayList<>();
        try (DirectoryStream<Path> jobs = Files.newDirectoryStream(own.getParent(), Checkpoints::isFolderOfAJob)) {
            for (Path job : jobs) {
                if (!job.equals(own) && !metadata.contains(job.getFileName().toString())) {
                    needless.add(job);
                }
            }
        }
        for (Path job : needless) {
            FileUtils.deleteDirectory(job.toFile());
        }
        return needless;
    }

    private static boolean isFolderOfAJob(Path folder) {
        return JOB.matcher(folder.getFileName().toString()).matches()
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
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
