package io.leadpulse.local.cli;

import io.leadpulse.local.replay.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay}: runs recorded events through the engine and writes one file of results a topic. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Run recorded events through the engine; results go to one file a topic.")
final class ReplayCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder of the results")
    private Path out;

    @Option(names = "--as-of", paramLabel = "TIME", description = "end of time (default: the latest event)")
    private Instant asOf;

    @Option(names = "--config", paramLabel = "FILE", description = "configuration (default: the built-in one)")
    private Path config;

    @Option(names = "--checkpoint-interval-ms", hidden = true, defaultValue = "10000")
    private long checkpointIntervalMillis;

    @Parameters(arity = "1..*", paramLabel = "FILE.ndjson", description = "events, in the order to be read")
    private List<Path> files;

    ReplayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        String yaml = config == null ? "" : Files.readString(config);
        Replay.Request request = new Replay.Request(
                out,
                files,
                yaml,
                Optional.ofNullable(asOf),
                Instant.now(),
                true,
                Duration.ofMillis(checkpointIntervalMillis));
        Replay.Summary summary;
        try (Progress progress = Progress.start(console, "Reading", totalBytes(), " MB", 1 << 20)) {
            summary = Replay.run(request, progress);
        } catch (Replay.RefusedReplayException e) {
            console.err().println("leadpulse: " + e.getMessage());
            return ExitCode.UNUSABLE;
        }
        console.err().println(summary);
        return ExitCode.OK;
    }

    private long totalBytes() throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }
}
