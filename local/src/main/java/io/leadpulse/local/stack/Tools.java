package io.leadpulse.local.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs: on the path, and PostgreSQL's where Debian puts them. */
public final class Tools {
    private static final Path DEBIAN_POSTGRESQL = Path.of("/usr/lib/postgresql");

    private final List<Path> folders;

    private Tools(List<Path> folders) {
        this.folders = folders;
    }

    /** Looks in a path such as {@code $PATH}, then in the newest of Debian's folders of PostgreSQL. */
    public static Tools on(String path) {
        Stream<Path> given = Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
        return new Tools(Stream.concat(given, debianPostgresql().stream()).toList());
    }

    /** The program, if it is there and can be run. */
    public Optional<Path> find(String program) {
        return folders.stream()
                .map(folder -> folder.resolve(program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** The program that {@link #find} is known to find. */
    String require(String program) {
        return find(program)
                .orElseThrow(() -> new IllegalStateException(program + " was there a moment ago"))
                .toString();
    }

    private static List<Path> debianPostgresql() {
        if (!Files.isDirectory(DEBIAN_POSTGRESQL)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(DEBIAN_POSTGRESQL)) {
            return versions.filter(version -> version.getFileName().toString().matches("\\d+"))
                    .sorted(Comparator.comparingInt((Path version) ->
                                    Integer.parseInt(version.getFileName().toString()))
                            .reversed())
                    .map(version -> version.resolve("bin"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
