package io.leadpulse.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs of Debian that tests run. A test whose program is missing is skipped and says which package has it; where
 * the environment says {@code CI=true} it fails, so that nothing goes untested unseen.
 */
public enum DebianTool {
    INITDB("postgresql", "initdb"),
    POSTGRES("postgresql", "postgres"),
    PSQL("postgresql-client", "psql"),
    PROMETHEUS("prometheus", "prometheus"),
    PROMTOOL("prometheus", "promtool"),
    ALERTMANAGER("prometheus-alertmanager", "prometheus-alertmanager"),
    AMTOOL("prometheus-alertmanager", "amtool"),
    CHROMIUM("chromium", "chromium");

    private static final Path POSTGRES_VERSIONS = Path.of("/usr/lib/postgresql");

    private final String debianPackage;
    private final String program;

    DebianTool(String debianPackage, String program) {
        this.debianPackage = debianPackage;
        this.program = program;
    }

    /** Where it is; empty when it is not installed. Of several PostgreSQL servers the newest. */
    public Optional<Path> find() {
        return folders().stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Where it is; when it is not installed, skips the running test, or fails it where CI=true. */
    public Path require() {
        return find().orElseGet(() -> {
            String missing = program + " is not installed (Debian package " + debianPackage + ")";
            if ("true".equals(System.getenv("CI"))) {
                return Assertions.fail(missing);
            }
            return Assumptions.abort(missing);
        });
    }

    private static List<Path> folders() {
        Stream<Path> onPath =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of);
        return Stream.of(postgresFolders(), onPath, Stream.of(Path.of("/usr/bin"), Path.of("/usr/sbin")))
                .flatMap(each -> each)
                .toList();
    }

    /** Debian keeps the server's programs beside the path, one folder a major version. */
    private static Stream<Path> postgresFolders() {
        if (!Files.isDirectory(POSTGRES_VERSIONS)) {
            return Stream.empty();
        }
        try (Stream<Path> versions = Files.list(POSTGRES_VERSIONS)) {
            return versions
                    .sorted(Comparator.comparing((Path version) -> majorOf(version))
                            .reversed())
                    .map(version -> version.resolve("bin"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + POSTGRES_VERSIONS, e);
        }
    }

    private static int majorOf(Path version) {
        String name = version.getFileName().toString();
        return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
    }
}
