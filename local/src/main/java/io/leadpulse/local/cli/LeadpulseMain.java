package io.leadpulse.local.cli;

import io.leadpulse.schemas.Topics;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

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

    /** One line that says why: the deepest cause, which is what really went wrong. */
    private static int failed(Console console, Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        console.err().println("leadpulse: failed: " + cause);
        if (Boolean.getBoolean(TRACE_PROPERTY)) {
            failure.printStackTrace(console.err());
        }
        return ExitCode.FAILED;
    }
}
