package io.leadpulse.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder in which one job keeps its checkpoints, locked as long as this is open, also against other processes. */
final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel channel;

    private DataDirectory(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * Makes the folder if need be and locks it.
     *
     * @throws RefusedStartException if another job has it
     */
    static DataDirectory lock(Path root) throws IOException, RefusedStartException {
        Files.createDirectories(root);
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw new RefusedStartException("another job is running in " + root);
        }
        return new DataDirectory(root, channel);
    }

    Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** Closing the channel releases the lock. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Whether nobody else, in this process or another, has locked the file; if so, it is locked. */
    static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // This very process has it.
            return false;
        }
    }
}
