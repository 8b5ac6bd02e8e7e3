package io.leadpulse.local.cli;

import io.leadpulse.local.FileFailure;
import io.leadpulse.schemas.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The command line; {@code ./leadpulse} calls it. */
@Command(
        name = "leadpulse",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = LeadpulseMain.Version.class,
        description = "Streaming sales metrics: live lead scores, sales against goals, stall alerts.",
        synopsisSubcommandLabel = "COMMAND")
public final class LeadpulseMain {
    /** Set to {@code true}, a failure also prints its stack trace. */
    private static final String TRACE_PROPERTY = "leadpulse.trace";

    /** Read by {@code log4j2.properties}: the level at which libraries log what we tell ourselves. */
    private static final String OWN_FAILURES_PROPERTY = "leadpulse.own.failures";

    private LeadpulseMain() {}

    public static void main(String[] args) {
        // Flink writes sizes and we write numbers in the default locale: digits must be those that everybody reads.
        Locale.setDefault(Locale.ROOT);
        System.exit(run(Console.ofProcess(), args));
    }

    /** Runs one command and returns what the process shall exit with ({@link ExitCode}). */
    public static int run(Console console, String... args) {
        return commandLine(console).execute(args);
    }

    /** All commands; a new one is added here, and to the usage text of the launcher. */
    static CommandLine commandLine(Console console) {
        PrintWriter err = new PrintWriter(console.err(), true, StandardCharsets.UTF_8);
        PrintWriter out = new PrintWriter(console.out(), true, StandardCharsets.UTF_8);
        return new CommandLine(new LeadpulseMain())
                .addSubcommand(new ImportCommand(console))
                .addSubcommand(new ReplayCommand(console))
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(new DemoCommand(console))
                .addSubcommand(new LatencyCommand(console))
                .addSubcommand(new SimulateCommand(console))
                .addSubcommand(new SendCommand(console))
                .addSubcommand(new LeadCommand(console))
                .addSubcommand(ApplyCommand.of(console, "rules", Topics.RULES, "Versions of the rules of the score."))
                .addSubcommand(ApplyCommand.of(console, "goals", Topics.GOALS, "Goals of the company, teams and reps."))
                .addSubcommand(
                        ApplyCommand.of(console, "reps", Topics.REPS, "Who works here, in which team, and when."))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(console, failure))
                .registerConverter(ZoneId.class, LeadpulseMain::zone)
                .registerConverter(Currency.class, LeadpulseMain::currency)
                .registerConverter(Path.class, LeadpulseMain::path)
                .setOut(out)
                .setErr(err);
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = LeadpulseMain.class.getPackage().getImplementationVersion();
            return new String[] {"leadpulse " + (version == null ? "(not from a jar)" : version)};
        }
    }

    /** Keeps libraries from logging the failure that the command is about to tell in a line; before anything is logged. */
    static void tellFailuresOnce() {
        if (!Boolean.getBoolean(TRACE_PROPERTY)) {
            System.setProperty(OWN_FAILURES_PROPERTY, "off");
        }
    }

    /** One line that says why: the deepest cause, which is what really went wrong. */
    private static int failed(Console console, Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        console.err().println("leadpulse: failed: " + reason(cause));
        if (Boolean.getBoolean(TRACE_PROPERTY)) {
            failure.printStackTrace(console.err());
        }
        return ExitCode.FAILED;
    }

    /** Without the name of a class where the rest says all. */
    private static String reason(Throwable cause) {
        if (cause instanceof FileSystemException file) {
            return file.getFile() + ": " + FileFailure.reason(file);
        }
        return cause.getClass() == IOException.class && cause.getMessage() != null
                ? cause.getMessage()
                : cause.toString();
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new TypeConversionException("\"" + name + "\" is no time zone, such as Europe/Berlin or UTC");
        }
    }

    /** An empty one would be the folder in which the command was started, which nobody means by it. */
    private static Path path(String name) {
        if (name.isEmpty()) {
            throw new TypeConversionException("\"\"; allowed: the name of a file or folder (. is this one)");
        }
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("\"" + name + "\" is no name of a file or folder");
        }
    }

    private static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("\"" + code + "\" is no currency of ISO 4217, such as EUR");
        }
    }
}
