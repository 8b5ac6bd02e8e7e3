package io.leadpulse.local.cli;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.local.replay.Replay;
import io.leadpulse.local.replay.ReplaySummary;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.config.ConfigFile;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code replay}: runs recorded events through the engine and writes one file of results a topic. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Run recorded events through the engine; results go to one file a topic.")
final class ReplayCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder of the results")
    private Path out;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "end of time, such as 2017-12-31T18:00:00+01:00; later events are refused"
                    + " (default: the latest event)")
    private Instant asOf;

    @Option(names = "--config", paramLabel = "FILE", description = "configuration (default: the built-in one)")
    private Path config;

    @Option(names = "--watermark-at-end", hidden = true, description = "move the clock only at the end of the input")
    private boolean watermarkAtEnd;

    @Option(names = "--checkpoint-interval-ms", hidden = true, defaultValue = "10000")
    private long checkpointIntervalMillis;

    @Parameters(arity = "1..*", paramLabel = "FILE.ndjson", description = "events, in the order to be read")
    private List<Path> files;

    /** A time with its offset, as events carry it. */
    static final class TimeConverter implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            long millis = Rfc3339.millis(text);
            if (millis == Fact.NO_TIME) {
                throw new TypeConversionException("\"" + text
                        + "\" is no time with an offset, such as 2017-12-31T18:00:00+01:00 or ...T17:00:00Z");
            }
            return Instant.ofEpochMilli(millis);
        }
    }

    ReplayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        LeadpulseMain.tellFailuresOnce();
        try {
            Replay.Request request = new Replay.Request(
                    out,
                    files,
                    configYaml(),
                    Optional.ofNullable(asOf),
                    Instant.now(),
                    !watermarkAtEnd,
                    Duration.ofMillis(checkpointIntervalMillis));
            replay(request).print(console.err());
            return ExitCode.OK;
        } catch (Replay.RefusedReplayException | InvalidConfigException e) {
            console.err().println("leadpulse: " + e.getMessage());
            return ExitCode.UNUSABLE;
        }
    }

    private ReplaySummary replay(Replay.Request request) throws Exception {
        // Every byte is read twice: once for the as-of time and the configuration, once by the engine.
        try (Progress progress = Progress.start(console, "Replaying", 2 * totalBytes(), " MB", 1 << 20)) {
            return Replay.run(request, progress);
        }
    }

    /** The configuration's text, which the engine reads again where it is used. */
    private String configYaml() {
        String yaml = config == null ? "" : ConfigFile.text(config);
        ConfigReader.parse(yaml);
        return yaml;
    }

    private long totalBytes() throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
        }
        return bytes;
    }
}
