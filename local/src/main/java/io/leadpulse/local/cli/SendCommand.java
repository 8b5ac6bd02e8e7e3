package io.leadpulse.local.cli;

import io.leadpulse.local.send.EventSender;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code send}: recorded events go to their topics in Kafka; lines that are no record are named and left out. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = "Send events (NDJSON, as import writes them) to their topics in Kafka.")
final class SendCommand implements Callable<Integer> {
    private static final Path STANDARD_INPUT = Path.of("-");
    private static final int MAX_TOLD = 20;

    private final Console console;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            required = true,
            description = "the brokers to begin with")
    private String bootstrapServers;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "files of events, sent in their order; - is standard input")
    private List<Path> files;

    SendCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LeadpulseMain.tellFailuresOnce();
        long sent = 0;
        long refused = 0;
        try (EventSender sender = EventSender.to(bootstrapServers)) {
            for (Path file : files) {
                EventSender.Outcome outcome = send(sender, file);
                sent += outcome.sent();
                refused += outcome.refused().size();
                outcome.refused().stream().limit(MAX_TOLD).forEach(line -> console.err()
                        .println("leadpulse: " + line.source() + ":" + line.line() + ": " + line.reason()));
                if (outcome.refused().size() > MAX_TOLD) {
                    console.err()
                            .println("leadpulse: " + file + ": and "
                                    + (outcome.refused().size() - MAX_TOLD) + " more");
                }
            }
        } catch (NoSuchFileException e) {
            console.err().println("leadpulse: no such file: " + e.getMessage());
            return ExitCode.UNUSABLE;
        } catch (IOException e) {
            console.err()
                    .println("leadpulse: " + e.getMessage() + " (brokers: " + bootstrapServers
                            + "); send the same again: events are known by their ids");
            return ExitCode.FAILED;
        }
        console.err().println("sent: " + sent + " events, refused: " + refused + " lines");
        return refused == 0 ? ExitCode.OK : ExitCode.UNUSABLE;
    }

    private EventSender.Outcome send(EventSender sender, Path file) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return sender.send("standard input", new BufferedInputStream(System.in), bytes -> {});
        }
        try (InputStream in = Files.newInputStream(file);
                Progress progress = Progress.start(console, "Sending", Files.size(file), " KB", 1 << 10)) {
            return sender.send(file.getFileName().toString(), in, progress);
        }
    }
}
