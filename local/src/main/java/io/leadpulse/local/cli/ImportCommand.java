package io.leadpulse.local.cli;

import io.leadpulse.local.imports.ImportedHistory;
import io.leadpulse.local.imports.Importer;
import io.leadpulse.local.imports.MavenCrmImporter;
import io.leadpulse.local.imports.UnusableInputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Currency;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code import}: a CRM export becomes events on standard output, in time order; the report about its rows goes to
 * standard error.
 */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Turn a CRM export into events (NDJSON on standard output, the report on standard error).",
        synopsisSubcommandLabel = "SOURCE")
final class ImportCommand {
    private static final int OUTPUT_BUFFER_BYTES = 1 << 16;

    private final Console console;

    ImportCommand(Console console) {
        this.console = console;
    }

    @Command(name = "maven-crm", description = "Maven Analytics, CRM Sales Opportunities.")
    int mavenCrm(
            @Parameters(paramLabel = "DIR", description = "folder with sales_pipeline.csv") Path folder,
            @Option(
                            names = "--zone",
                            paramLabel = "Z",
                            defaultValue = "UTC",
                            description = "zone of the dates (default: ${DEFAULT-VALUE})")
                    ZoneId zone,
            @Option(
                            names = "--currency",
                            paramLabel = "C",
                            defaultValue = "USD",
                            description = "currency of the amounts (default: ${DEFAULT-VALUE})")
                    Currency currency) {
        return runOnFolder(folder, new MavenCrmImporter(folder, zone, currency));
    }

    private int runOnFolder(Path folder, Importer importer) {
        if (!Files.isDirectory(folder)) {
            return unusable("no such folder: " + folder);
        }
        return run(importer);
    }

    private int run(Importer importer) {
        ImportedHistory history;
        try {
            history = read(importer);
        } catch (UnusableInputException e) {
            return unusable(e.getMessage());
        } catch (NoSuchFileException e) {
            return unusable("no such file: " + e.getMessage());
        } catch (IOException e) {
            return unusable("cannot read: " + e.getMessage());
        }
        try {
            history.writeTo(new BufferedOutputStream(console.out(), OUTPUT_BUFFER_BYTES));
        } catch (IOException e) {
            if ("Broken pipe".equals(e.getMessage())) {
                return ExitCode.BROKEN_PIPE;
            }
            console.err().println("leadpulse: cannot write: " + e.getMessage());
            return ExitCode.FAILED;
        }
        history.report().print(console.err());
        return ExitCode.OK;
    }

    private ImportedHistory read(Importer importer) throws IOException {
        long totalBytes = 0;
        for (Path file : importer.files()) {
            totalBytes += Files.size(file);
        }
        try (Progress progress = Progress.start(console, "Reading", totalBytes, " MB", 1 << 20)) {
            return importer.read(progress);
        }
    }

    private int unusable(String message) {
        console.err().println("leadpulse: " + message);
        return ExitCode.UNUSABLE;
    }
}
