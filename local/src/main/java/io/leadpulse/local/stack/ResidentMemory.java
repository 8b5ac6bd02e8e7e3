package io.leadpulse.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How much memory processes keep resident, as Linux says. What several processes share is divided among them, so that a
 * sum is what really is in use.
 */
public final class ResidentMemory {
    /** The kernel's own sum over all mappings; then, where that may not be read, the coarser one. */
    private static final List<String> SOURCES = List.of("smaps_rollup", "status");

    private static final Pattern KIBIBYTES = Pattern.compile("(?m)^(?:Pss|VmRSS):\\s+(\\d+) kB$");

    private ResidentMemory() {}

    /** Bytes of a process and its descendants; 0 if it is gone. */
    public static long bytes(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(handle -> kibibytes(handle.pid()) << 10)
                .sum();
    }

    /** Bytes of this process alone, without its descendants. */
    public static long own() {
        return kibibytes(ProcessHandle.current().pid()) << 10;
    }

    private static long kibibytes(long pid) {
        for (String source : SOURCES) {
            Matcher found = KIBIBYTES.matcher(textOf(Path.of("/proc", String.valueOf(pid), source)));
            if (found.find()) {
                return Long.parseLong(found.group(1));
            }
        }
        return 0;
    }

    private static String textOf(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            // The process is gone, or another user's: it tells nothing.
            return "";
        }
    }
}
