package io.leadpulse.local.cli;

import io.leadpulse.local.imports.ImportedHistory;
import io.leadpulse.local.imports.Importer;
import io.leadpulse.local.imports.MappedCsvImporter;
import io.leadpulse.local.imports.MavenCrmImporter;
import io.leadpulse.local.imports.PipedriveChangelogImporter;
import io.leadpulse.local.imports.UnusableInputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code import}: a CRM export becomes events on standard output, in time order; the report about its rows goes to
 * standard error.
 */
@Command(
        name = "import",
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
        return runOnFolder(folder, () -> new MavenCrmImporter(folder, zone, currency));
    }

    @Command(
            name = "pipedrive-changelog",
            description = "A change log of deals and the activities, as exported from Pipedrive.")
    int pipedriveChangelog(
            @Parameters(paramLabel = "DIR", description = "folder with deal_changes.csv") Path folder,
            @Option(
                            names = "--zone",
                            paramLabel = "Z",
                            defaultValue = "UTC",
                            description = "zone of the times (default: ${DEFAULT-VALUE})")
                    ZoneId zone) {
        return runOnFolder(folder, () -> new PipedriveChangelogImporter(folder, zone));
    }

    @Command(name = "csv", description = "Any CSV files, by a mapping of columns to events.")
    int csv(
            @Option(
                            names = "--mapping",
                            paramLabel = "MAPPING.yaml",
                            required = true,
                            description = "what to make of the columns")
                    Path mapping,
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "CSV files of the same layout")
                    List<Path> files) {
        return run(() -> new MappedCsvImporter(mapping, files));
    }

    private int runOnFolder(Path folder, ImporterMaker maker) {
        if (!Files.isDirectory(folder)) {
            return unusable("no such folder: " + folder);
        }
        return run(maker);
    }

    /** Makes an importer, which may find its arguments or mapping unusable. */
    private interface ImporterMaker {
        Importer make() throws IOException;
    }

    private int run(ImporterMaker maker) {
        ImportedHistory history;
        try {
            history = read(maker.make());
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
            return console.cannotWrite(e);
        }
        history.report().print(console.err());
        return ExitCode.OK;
    }

    private ImportedHistory read(Importer importer) throws IOException {
        long totalBytes = 0;
        for (Path file : importer.files()) {
            totalBytes += Files.size(file);
        }
        try (Progress progress = Progress.start(console, "Reading", totalBytes, " KB", 1 << 10)) {
            return importer.read(progress);
        }
    }

    private int unusable(String message) {
        message.lines().forEach(line -> console.err().println("leadpulse: " + line));
        return ExitCode.UNUSABLE;
    }
}
