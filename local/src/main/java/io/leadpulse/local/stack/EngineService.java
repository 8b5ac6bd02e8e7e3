package io.leadpulse.local.stack;

import io.leadpulse.app.Checkpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The engine as one process. It is well when it has completed a checkpoint since it was started: then its results are
 * read. What it goes on from is its own matter; it may read all events anew when there is no checkpoint, because here
 * the topics are ours and hold the whole history.
 */
final class EngineService implements Service {
    private static final String MAIN = "io.leadpulse.app.LeadpulseJob";

    private final StackContext context;
    private volatile Instant startedAt = Instant.MAX;

    EngineService(StackContext context) {
        this.context = context;
    }

    @Override
    public Role role() {
        return Role.TASKMANAGER;
    }

    @Override
    public void prepare(Spawner spawner) throws IOException {
        Files.createDirectories(directory());
        startedAt = Instant.now();
    }

    @Override
    public Launch launch() {
        return context.java()
                .launch(
                        role(),
                        directory(),
                        MAIN,
                        List.of(
                                "--bootstrap-servers",
                                context.ports().address(Ports.Name.KAFKA),
                                "--config",
                                context.configFile().toString(),
                                "--data",
                                directory().toString(),
                                "--from-earliest"));
    }

    @Override
    public List<Integer> listensOn() {
        return List.of();
    }

    @Override
    public HealthCheck health() {
        return this::problem;
    }

    /** Restoring takes as long as the state is large. */
    @Override
    public Duration startDeadline() {
        return Duration.ofSeconds(240);
    }

    private Optional<String> problem() {
        try {
            Optional<Path> newest = Checkpoints.newest(directory().resolve("checkpoints"));
            if (newest.isPresent()) {
                FileTime written = Files.getLastModifiedTime(newest.get().resolve("_metadata"));
                if (written.toInstant().isAfter(startedAt)) {
                    return Optional.empty();
                }
            }
            return Optional.of("it has completed no checkpoint yet");
        } catch (IOException | UncheckedIOException e) {
            // A checkpoint that was just replaced by a newer one.
            return Optional.of("its checkpoints cannot be read: " + e.getMessage());
        }
    }

    private Path directory() {
        return context.folder().of("engine");
    }
}
