package io.leadpulse.local.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;

/** Sets as the import commands write them, line by line. */
public final class Imported {
    private Imported() {}

    /** Maven Analytics' CRM set. */
    public static List<String> mavenCrm(Path folder) throws IOException {
        return lines(new MavenCrmImporter(folder, ZoneOffset.UTC, Currency.getInstance("USD")));
    }

    /** Pipedrive's change log. */
    public static List<String> pipedriveChangelog(Path folder) throws IOException {
        return lines(new PipedriveChangelogImporter(folder, ZoneOffset.UTC));
    }

    private static List<String> lines(Importer importer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        importer.read(bytes -> {}).writeTo(out);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
