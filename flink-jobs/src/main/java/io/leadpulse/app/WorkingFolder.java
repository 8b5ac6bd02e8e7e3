package io.leadpulse.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.flink.util.FileUtils;

/**
 * The folder of one process's temporary files, such as RocksDB's. A process that is killed leaves them behind, so the next one
 * begins with an empty folder; a lock beside it, held as long as this is open, keeps two from working in one.
 */
final class WorkingFolder implements AutoCloseable {
    private final FileChannel channel;

    private WorkingFolder(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the folder if need be, locks it and deletes all that is in it.
     *
     * @throws RefusedStartException if a process that lives works there; nothing is deleted then
     */
    static WorkingFolder take(Path folder) throws IOException, RefusedStartException {
        Files.createDirectories(folder);
        FileChannel channel = FileChannel.open(
                folder.resolveSibling(folder.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        try {
            if (!DataDirectory.tryLock(channel)) {
                throw new RefusedStartException("another process is working in " + folder);
            }
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
                for (Path each : left) {
                    FileUtils.deleteFileOrDirectory(each.toFile());
                }
            }
        } catch (IOException | RefusedStartException e) {
            channel.close();
            throw e;
        }
        return new WorkingFolder(channel);
    }

    /** Closing the channel releases the lock. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
