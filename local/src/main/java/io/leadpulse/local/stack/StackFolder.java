package io.leadpulse.local.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder in which one stack keeps everything, locked while this is open, also against other processes. */
public final class StackFolder implements AutoCloseable {
    private final Path root;
    private final FileChannel channel;

    private StackFolder(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * Makes the folder if need be and locks it.
     *
     * @throws StackException if another stack has it
     */
    public static StackFolder lock(Path root) throws IOException, StackException {
        Path absolute = root.toAbsolutePath().normalize();
        Files.createDirectories(absolute);
        FileChannel channel =
                FileChannel.open(absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw new StackException(
                    "another demo is running on %s; stop it, or give this one its own folder with --data"
                            .formatted(absolute));
        }
        StackFolder folder = new StackFolder(absolute, channel);
        Files.createDirectories(folder.logs());
        return folder;
    }

    /** The folder itself, absolute. */
    public Path root() {
        return root;
    }

    /** A folder or file in it; need not exist. */
    public Path of(String name) {
        return root.resolve(name);
    }

    /** One log file a process. */
    Path logs() {
        return of("logs");
    }

    Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /** Closing the channel releases the lock. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // This very process has it.
            return false;
        }
    }
}
