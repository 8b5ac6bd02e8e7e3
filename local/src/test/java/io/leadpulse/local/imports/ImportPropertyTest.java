package io.leadpulse.local.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.local.DataSets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class ImportPropertyTest {
    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("leadpulse-import");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(ImportPropertyTest::delete);
        }
    }

    @Property(tries = 200, seed = "20261122")
    void cellsComeBackAsTheyWereWritten(@ForAll @Size(min = 1, max = 8) List<@Size(3) List<String>> table)
            throws IOException {
        List<List<String>> cells = table.stream()
                .map(row -> row.stream().map(ImportPropertyTest::plain).toList())
                .toList();
        Path file = folder.resolve("table.csv");
        Files.writeString(
                file,
                "a,b,c\n"
                        + cells.stream()
                                .map(row -> row.stream()
                                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                                        .collect(Collectors.joining(",")))
                                .collect(Collectors.joining("\n")));

        List<List<String>> read = new ArrayList<>();
        try (CsvFile csv = CsvFile.open(file, CsvLayout.STANDARD, List.of("a"), bytes -> {})) {
            for (CsvRow row = csv.next(); row != null; row = csv.next()) {
                assertThat(row.malformed()).isNull();
                read.add(row.cells());
            }
        }
        assertThat(read).isEqualTo(cells);
    }

    @Property(tries = 100, seed = "20261122")
    void damagedFilesGiveReportsNeverFailuresAndTheirRowsAddUp(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int damages) throws IOException {
        Random random = new Random(seed);
        Path source = DataSets.lookalike(DataSets.MAVEN_CRM);
        for (String name : List.of("products.csv", "sales_teams.csv")) {
            Files.copy(source.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        byte[] pipeline = Files.readAllBytes(source.resolve("sales_pipeline.csv"));
        int header = 0;
        while (pipeline[header] != '\n') {
            header++;
        }
        byte[] likely = "\",\n\r0-. \0\u007f".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int i = 0; i < damages; i++) {
            int at = header + 1 + random.nextInt(pipeline.length - header - 1);
            pipeline[at] = random.nextBoolean() ? likely[random.nextInt(likely.length)] : (byte) random.nextInt(256);
        }
        Files.write(folder.resolve("sales_pipeline.csv"), pipeline);

        ImportedHistory history =
                new MavenCrmImporter(folder, ZoneId.of("UTC"), Currency.getInstance("USD")).read(bytes -> {});

        ImportReport report = history.report();
        long reported = report.problems().size();
        long read = report.files().values().stream()
                .mapToLong(ImportReport.Rows::read)
                .sum();
        long converted = report.files().values().stream()
                .mapToLong(ImportReport.Rows::converted)
                .sum();
        assertThat(read).isEqualTo(converted + reported);
        long firstRecords = report.recordsByKind().getOrDefault("deal_opened", 0L)
                + report.recordsByKind().getOrDefault("org.reps.v1", 0L);
        assertThat(firstRecords).isEqualTo(converted);
        assertThat(ImportedLines.parsed(history)).hasSize((int) report.recordsByKind().values().stream()
                .mapToLong(Long::longValue)
                .sum());
    }

    /** What reading cannot give back on purpose: outer white space, kinds of line ends, half characters. */
    private static String plain(String cell) {
        return cell.replaceAll("[\\r\\x{D800}-\\x{DFFF}\\x{FFFD}\\x{FEFF}]", "_")
                .strip();
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
