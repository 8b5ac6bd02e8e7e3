package io.leadpulse.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.local.DataSets;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MavenCrmImporterTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final String HEADER =
            "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n";

    @TempDir
    private Path folder;

    @Test
    void theLookalikeGivesTheGoldenLines() throws IOException {
        ImportedHistory history = read(DataSets.lookalike(DataSets.MAVEN_CRM));

        assertThat(ImportedLines.text(history))
                .isEqualTo(Files.readString(DataSets.lookalike("maven_crm.golden.ndjson")));
    }

    @Test
    void theTrapsOfTheLookalikeAreCounted() throws IOException {
        ImportReport report = read(DataSets.lookalike(DataSets.MAVEN_CRM)).report();

        assertThat(report.files())
                .containsEntry("sales_pipeline.csv", new ImportReport.Rows(60, 4))
                .containsEntry("sales_teams.csv", new ImportReport.Rows(7, 0));
        assertThat(report.problemsByReason()).isEqualTo(Map.of(RowReason.NO_TIME, 4L));
        assertThat(report.notes())
                .containsEntry("rows whose product NovaPro was mended to Nova Pro", 8L)
                .containsEntry("rows without account", 8L)
                .containsEntry("open deals, whose amount is unknown", 9L);
        assertThat(report.recordsByKind())
                .isEqualTo(Map.of("org.reps.v1", 7L, "deal_opened", 56L, "deal_won", 30L, "deal_lost", 17L));
    }

    @Test
    void theRealSetGivesItsKnownAnswers() throws IOException {
        ImportedHistory history = read(DataSets.real(DataSets.MAVEN_CRM));

        ImportReport report = history.report();
        assertThat(report.files())
                .containsEntry("sales_pipeline.csv", new ImportReport.Rows(8800, 500))
                .containsEntry("sales_teams.csv", new ImportReport.Rows(35, 0));
        assertThat(report.problemsByReason()).isEqualTo(Map.of(RowReason.NO_TIME, 500L));
        assertThat(report.recordsByKind())
                .isEqualTo(Map.of("org.reps.v1", 35L, "deal_opened", 8300L, "deal_won", 4238L, "deal_lost", 2473L));
        assertThat(report.notes())
                .containsEntry("rows whose product GTXPro was mended to GTX Pro", 1480L)
                .containsEntry("rows without account", 1425L)
                .containsEntry("open deals, whose amount is unknown", 1589L);
        BigDecimal won = ImportedLines.values(history, "deal_won").stream()
                .map(value -> new BigDecimal(value.get("amount").textValue()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(won).isEqualByComparingTo("10005534");
        BigDecimal bestDay = ImportedLines.values(history, "deal_won").stream()
                .filter(value -> value.get("time").textValue().equals("2017-06-28T00:00:00Z"))
                .map(value -> new BigDecimal(value.get("amount").textValue()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(bestDay).isEqualByComparingTo("82280");
    }

    @Test
    void configurationStandsFirstAndEventsInTimeOrder() throws IOException {
        List<JsonNode> lines = ImportedLines.parsed(read(DataSets.lookalike(DataSets.MAVEN_CRM)));

        assertThat(lines.subList(0, 7))
                .allMatch(line -> line.get("topic").asText().equals("org.reps.v1"));
        List<OffsetDateTime> times = lines.subList(7, lines.size()).stream()
                .map(line -> OffsetDateTime.parse(line.get("value").get("time").asText()))
                .toList();
        assertThat(times).isSorted();
    }

    @Test
    void datesAreMidnightInTheZoneAndAmountsHaveTheCurrencysPlaces() throws IOException {
        write("D1,Ada,Lamp,Acme,Won,2017-03-25,2017-03-27,1054");
        ImportedHistory history =
                new MavenCrmImporter(folder, ZoneId.of("Europe/Berlin"), Currency.getInstance("JPY")).read(bytes -> {});

        JsonNode opened = ImportedLines.values(history, "deal_opened").get(0);
        JsonNode won = ImportedLines.values(history, "deal_won").get(0);
        assertThat(opened.get("time").asText()).isEqualTo("2017-03-25T00:00:00+01:00");
        assertThat(won.get("time").asText()).isEqualTo("2017-03-27T00:00:00+02:00");
        assertThat(won.get("amount").asText()).isEqualTo("1054");
        assertThat(won.get("currency").asText()).isEqualTo("JPY");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "D1,Ada,Lamp,Acme,Prospecting,,,            | NO_TIME",
                "D1,Ada,Lamp,Acme,Won,,2017-03-27,5         | NO_TIME",
                "D1,Ada,Lamp,Acme,Won,2017-02-30,2017-03-27,5 | INVALID_TIME",
                "D1,Ada,Lamp,Acme,Won,2017-03-28,2017-03-27,5 | INVALID_TIME",
                "D1,Ada,Lamp,Acme,Won,2017-03-26,,5         | MISSING_VALUE",
                "D1,Ada,Lamp,Acme,Won,2017-03-26,2017-03-27, | MISSING_VALUE",
                ",Ada,Lamp,Acme,Won,2017-03-26,2017-03-27,5 | MISSING_VALUE",
                "D1,,Lamp,Acme,Won,2017-03-26,2017-03-27,5  | MISSING_VALUE",
                "D1,Ada,Lamp,Acme,Won,2017-03-26,2017-03-27,5.001 | INVALID_AMOUNT",
                "D1,Ada,Lamp,Acme,Won,2017-03-26,2017-03-27,-5 | INVALID_AMOUNT",
                "D1,Ada,Lamp,Acme,Won,2017-03-26,2017-03-27,NaN | INVALID_AMOUNT",
                "D1,Ada,Lamp,Acme,Paused,2017-03-26,,       | UNKNOWN_VALUE",
                "D1,Ada,Lamp,Acme,Engaging,2017-03-26,2017-03-27, | INVALID_VALUE",
                "D1,Ada,Lamp,Acme,Won,2017-03-26,2017-03-27 | MALFORMED",
                "D\u00071,Ada,Lamp,Acme,Won,2017-03-26,2017-03-27,5 | REFUSED",
                "D1,Ada,Lamp,Acme,Won,2017-03-26,2017-03-27,999999999999999 | REFUSED",
            })
    void aRowThatCannotBecomeEventsIsReportedWithItsLine(String row, RowReason reason) throws IOException {
        write("D0,Ada,Lamp,Acme,Won,2017-03-26,2017-03-27,5", row);
        ImportedHistory history = new MavenCrmImporter(folder, UTC, USD).read(bytes -> {});

        assertThat(history.report().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(reason);
            assertThat(problem.file()).isEqualTo("sales_pipeline.csv");
            assertThat(problem.line()).isEqualTo(3);
        });
        assertThat(history.report().recordsByKind())
                .isEqualTo(Map.of("org.reps.v1", 1L, "deal_opened", 1L, "deal_won", 1L));
    }

    @Test
    void allRowsOfAnIdGivenTwiceAreReported() throws IOException {
        write(
                "D1,Ada,Lamp,,Engaging,2017-03-26,,",
                "D2,Ada,Lamp,,Engaging,2017-03-26,,",
                "D1,Bo,Lamp,,Lost,2017-03-26,2017-04-01,0");
        ImportReport report =
                new MavenCrmImporter(folder, UTC, USD).read(bytes -> {}).report();

        assertThat(report.problems()).extracting(ImportReport.Problem::line).containsExactly(2L, 4L);
        assertThat(report.problemsByReason()).isEqualTo(Map.of(RowReason.REUSED_ID, 2L));
    }

    @Test
    void agentsAndProductsThatNoFileExplainsAreConvertedAndCounted() throws IOException {
        write("D1,Bo,Sofa,Acme,Engaging,2017-03-26,,");
        ImportReport report =
                new MavenCrmImporter(folder, UTC, USD).read(bytes -> {}).report();

        assertThat(report.problems()).isEmpty();
        assertThat(report.notes())
                .containsEntry("deals of an agent who is not in sales_teams.csv", 1L)
                .containsEntry("rows whose product is not in products.csv: \"Sofa\"", 1L);
    }

    @Test
    void aCurrencyWithoutMinorUnitsIsRefused() {
        assertThatThrownBy(() -> new MavenCrmImporter(folder, UTC, Currency.getInstance("XAU")))
                .isInstanceOf(UnusableInputException.class)
                .hasMessage("currency XAU has no minor units");
    }

    @Test
    void aMissingFileAndAMissingColumnAreNamed() throws IOException {
        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("products.csv");
        write("D1,Ada,Lamp,Acme,Engaging,2017-03-26,,");
        Files.writeString(folder.resolve("sales_pipeline.csv"), "opportunity_id,product,account,deal_stage\n");
        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("missing columns sales_agent, engage_date, close_date, close_value");
    }

    private static ImportedHistory read(Path folder) throws IOException {
        return new MavenCrmImporter(folder, UTC, USD).read(bytes -> {});
    }

    private void write(String... rows) throws IOException {
        Files.writeString(folder.resolve("products.csv"), "product,series,sales_price\nLamp,L,5\n");
        Files.writeString(folder.resolve("sales_teams.csv"), "sales_agent,manager,regional_office\nAda,Max,North\n");
        Files.writeString(folder.resolve("sales_pipeline.csv"), HEADER + String.join("\n", rows) + "\n");
    }
}
