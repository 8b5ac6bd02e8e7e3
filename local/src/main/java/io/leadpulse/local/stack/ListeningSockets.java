package io.leadpulse.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who listens on a TCP port, as Linux says in {@code /proc}. So the server that answers is known to be the one that was
 * started, whatever protocol it speaks.
 */
final class ListeningSockets {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private ListeningSockets() {}

    /** Whether a process or one of its descendants listens on a port. */
    static boolean isOwned(ProcessHandle process, int port) {
        Set<String> sockets = sockets(port);
        return !sockets.isEmpty()
                && Stream.concat(Stream.of(process), process.descendants())
                        .anyMatch(handle -> holdsAny(handle.pid(), sockets));
    }

    /** What {@code /proc/PID/fd} points to for the sockets that listen on a port. */
    private static Set<String> sockets(int port) {
        String suffix = ":%04X".formatted(port);
        Set<String> sockets = new HashSet<>();
        for (Path table : TABLES) {
            for (String line : lines(table)) {
                String[] columns = line.strip().split("\\s+", -1);
                if (columns.length > INODE
                        && columns[LOCAL_ADDRESS].toUpperCase(Locale.ROOT).endsWith(suffix)
                        && columns[STATE].equals(LISTENING)) {
                    sockets.add("socket:[" + columns[INODE] + "]");
                }
            }
        }
        return sockets;
    }

    private static List<String> lines(Path table) {
        try {
            // Without IPv6 there is no table of it.
            return Files.exists(table) ? Files.readAllLines(table) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holdsAny(long pid, Set<String> sockets) {
        for (Path descriptor : descriptors(Path.of("/proc", String.valueOf(pid), "fd"))) {
            if (sockets.contains(targetOf(descriptor))) {
                return true;
            }
        }
        return false;
    }

    private static String targetOf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException | AccessDeniedException e) {
            // Closed meanwhile, or another user's: it is none of ours.
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> descriptors(Path folder) {
        List<Path> descriptors = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(descriptors::add);
        } catch (NoSuchFileException | AccessDeniedException | DirectoryIteratorException e) {
            // Gone, or another user's: it is not ours.
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return descriptors;
    }
}
