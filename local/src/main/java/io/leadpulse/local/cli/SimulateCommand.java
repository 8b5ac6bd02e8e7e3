package io.leadpulse.local.cli;

import io.leadpulse.local.simulator.LiveScript;
import io.leadpulse.local.simulator.SimulatedFile;
import io.leadpulse.local.simulator.SimulatedRecord;
import io.leadpulse.local.simulator.Simulator;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.InvalidConfigException;
import io.leadpulse.schemas.config.LeadpulseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code simulate}: writes the simulator's story to files, for anybody to replay. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description =
                "Write 90 days of an invented company to DIR/events.ndjson and its configuration to DIR/config.yaml.")
final class SimulateCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder to write to")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + Simulator.DEFAULT_SEED,
            description = "of what is left to chance (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--now",
            paramLabel = "TIME",
            converter = ReplayCommand.TimeConverter.class,
            description = "when history ends and live begins (default: this minute)")
    private Instant now;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            converter = ZoneConverter.class,
            description = "the company's zone (default: one in which it is about 13:30)")
    private ZoneId zone;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "take currency, display unit, months and fiscal year of this configuration; it needs an"
                    + " exchange rate of EUR, in which the story is written")
    private Path config;

    @Option(
            names = "--live",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description =
                    "add so many seconds of what happens live (the beats end at " + LiveScript.BEATS_END_SECOND + ")")
    private int liveSeconds;

    /** A zone of the time zone database. */
    static final class ZoneConverter implements ITypeConverter<ZoneId> {
        @Override
        public ZoneId convert(String text) {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "\"" + text + "\" is no time zone, such as Europe/Berlin or Etc/GMT-3");
            }
        }
    }

    SimulateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Instant liveStart = now == null ? Instant.now().truncatedTo(ChronoUnit.MINUTES) : now;
        Simulator simulator;
        try {
            LeadpulseConfig like = config == null ? LeadpulseConfig.defaults() : ConfigReader.read(config);
            simulator = Simulator.of(seed, liveStart, Optional.ofNullable(zone), like.company());
        } catch (IllegalArgumentException | InvalidConfigException e) {
            console.err().println("leadpulse: " + e.getMessage());
            return ExitCode.UNUSABLE;
        }
        List<SimulatedRecord> records = new ArrayList<>(simulator.configuration());
        records.addAll(simulator.history());
        long from = liveStart.toEpochMilli();
        records.addAll(simulator
                .live(false)
                .between(from, from + Duration.ofSeconds(liveSeconds).toMillis()));
        Files.createDirectories(out);
        Files.writeString(out.resolve("config.yaml"), simulator.configYaml());
        SimulatedFile.write(out.resolve("events.ndjson"), records);
        console.err().println("seed %d, %s".formatted(seed, simulator.company().describe()));
        console.err().println("%,d records in %s".formatted(records.size(), out.resolve("events.ndjson")));
        return ExitCode.OK;
    }
}
