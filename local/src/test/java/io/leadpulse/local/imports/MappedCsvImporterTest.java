package io.leadpulse.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.local.DataSets;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedCsvImporterTest {
    private static final Path EXAMPLES = DataSets.projectRoot().resolve("docs/examples");
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final String REFERENCE_HEADER =
            "Nr;Kunde;Betreuer;Phase;Wert;Angelegt;Ende;Ziel;Größe;Storno;Grund;Gegner;Anruf\r\n";

    @TempDir
    private Path folder;

    @Test
    void theExampleMappingDoesWhatTheBuiltInImporterDoesOnTheLookalike() throws IOException {
        sameEvents(DataSets.lookalike(DataSets.MAVEN_CRM), "values: {GTXPro: GTX Pro}", "values: {NovaPro: Nova Pro}");
    }

    @Test
    void theExampleMappingDoesWhatTheBuiltInImporterDoesOnTheRealSet() throws IOException {
        sameEvents(DataSets.real(DataSets.MAVEN_CRM), "", "");
    }

    @Test
    void everyKeyOfTheReferenceMappingDoesWhatItSays() throws IOException {
        ImportedHistory history = readReference(
                "17;K1;Uta;Gewonnen;'1.350,50';03.04.2024 09:30;01.05.2024;2024/30/04;k;;;;05.04.2024 10:00",
                "18;K2;Uta;Verloren;;03.04.2024;02.05.2024;30. April 2024;x;;'zu; teuer';Konkurrenz;");

        assertThat(history.report().problems()).isEmpty();
        assertThat(ImportedLines.text(history)).isEqualTo("""
                        {"topic":"crm.activities.v1","key":"K2","headers":{},"value":{"source":"example-crm","id":"opened:18","kind":"deal_opened","time":"2024-04-03T00:00:00+02:00","lead":"K2","deal":"18","owner":"Uta","stage":"meeting","expected_close":"2024-04-30","attributes":{"size":"large"}}}
                        {"topic":"crm.activities.v1","key":"K1","headers":{},"value":{"source":"example-crm","id":"opened:17","kind":"deal_opened","time":"2024-04-03T09:30:00+02:00","lead":"K1","deal":"17","owner":"Uta","stage":"meeting","amount":"1350.50","currency":"EUR","expected_close":"2024-04-30","attributes":{"size":"small"}}}
                        {"topic":"crm.activities.v1","key":"K1","headers":{},"value":{"source":"example-crm","id":"call:deals.csv:2","kind":"call","time":"2024-04-05T10:00:00+02:00","lead":"K1","actor":"Uta","direction":"outbound","connected":true,"seconds":95}}
                        {"topic":"crm.activities.v1","key":"K1","headers":{},"value":{"source":"example-crm","id":"closed:17","kind":"deal_won","time":"2024-05-01T00:00:00Z","lead":"K1","deal":"17","owner":"Uta","amount":"1350.50","currency":"EUR"}}
                        {"topic":"crm.activities.v1","key":"K2","headers":{},"value":{"source":"example-crm","id":"closed:18","kind":"deal_lost","time":"2024-05-02T00:00:00+02:00","lead":"K2","deal":"18","reason":"zu; teuer","competitor":"Konkurrenz"}}
                        """);
    }

    @Test
    void aRowGivesAllOfItsEventsOrNone() throws IOException {
        ImportedHistory history = readReference(
                "1;K1;Uta;Gewonnen;'1350,5';03.04.2024;gestern;;k;;;;",
                "2;K1;Uta;Gewonnen;13,505;03.04.2024;01.05.2024;;k;;;;",
                "3;K1;Uta;Gewonnen;5;03.04.2024;;;k;;;;",
                "4;K1;Uta;Geträumt;5;03.04.2024;;;k;;;;",
                "5;;Uta;Termin;5;03.04.2024;;;k;;;;",
                ";K1;Uta;Termin;5;03.04.2024;;;k;;;;",
                "7;K1;Uta;Termin;5;;;;k;;;;",
                "8;K1;Uta;Termin");

        assertThat(history.report().problems())
                .extracting(ImportReport.Problem::reason)
                .containsExactly(
                        RowReason.INVALID_TIME,
                        RowReason.INVALID_AMOUNT,
                        RowReason.NO_TIME,
                        RowReason.UNKNOWN_VALUE,
                        RowReason.MISSING_VALUE,
                        RowReason.MISSING_VALUE,
                        RowReason.NO_TIME,
                        RowReason.MALFORMED);
        assertThat(history.report().recordsByKind()).isEmpty();
    }

    @Test
    void conditionsSelectAndWhatNothingSelectsIsReported() throws IOException {
        ImportedHistory cancelled = readReference("1;K1;Uta;Gewonnen;5;03.04.2024;01.05.2024;;k;ja;;;");
        assertThat(cancelled.report().recordsByKind()).isEqualTo(Map.of("deal_opened", 1L));

        Path mapping = folder.resolve("m.yaml");
        Files.writeString(mapping, """
                source: s
                events:
                  - {kind: call, when: {type: [call, ring]}, id: "${n}", time: "${t}", fields: {lead: "${n}"}}
                  - {kind: campaign_spend, when: {type: spend}, id: "${n}", time: "${t}", fields: {subject: fair, amount: "${n}"}}
                """);
        Path file = folder.resolve("f.csv");
        Files.writeString(
                file, "n,type,t\n1,call,2024-01-01\n2,ring,2024-01-01\n3,spend,2024-01-01\n4,fax,2024-01-01\n");
        ImportedHistory history = new MappedCsvImporter(mapping, List.of(file)).read(bytes -> {});

        assertThat(history.report().recordsByKind()).isEqualTo(Map.of("call", 2L, "campaign_spend", 1L));
        assertThat(history.report().problems())
                .containsExactly(
                        new ImportReport.Problem("f.csv", 5, RowReason.NOT_MAPPED, "no event of the mapping applies"));
        JsonNode spend = ImportedLines.parsed(history).get(2);
        assertThat(spend.get("topic").asText()).isEqualTo("company.events.v1");
        assertThat(spend.get("key").asText()).isEqualTo("fair");
    }

    @Test
    void severalFilesAreOneHistoryAndAMissingColumnIsNamed() throws IOException {
        Path mapping = folder.resolve("m.yaml");
        Files.writeString(
                mapping,
                "source: s\nevents: [{kind: call, id: '${#file}${#line}', time: '${t}', fields: {lead: '${n}'}}]\n");
        Path late = folder.resolve("late.csv");
        Path early = folder.resolve("early.csv");
        Files.writeString(late, "n,t\n1,2024-01-02\n");
        Files.writeString(early, "n,t\n1,2024-01-01\n");
        ImportedHistory history = new MappedCsvImporter(mapping, List.of(late, early)).read(bytes -> {});
        assertThat(ImportedLines.values(history, "call"))
                .extracting(value -> value.get("id").asText())
                .containsExactly("early.csv2", "late.csv2");

        Files.writeString(early, "n,when\n");
        assertThatThrownBy(() -> new MappedCsvImporter(mapping, List.of(late, early)).read(bytes -> {}))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageEndingWith("early.csv: missing column t; it has n, when");
    }

    private void sameEvents(Path set, String product, String mended) throws IOException {
        Path mapping = folder.resolve("maven.yaml");
        String example = Files.readString(EXAMPLES.resolve("maven-crm.mapping.yaml"));
        Files.writeString(mapping, product.isEmpty() ? example : example.replace(product, mended));
        ImportedHistory mapped =
                new MappedCsvImporter(mapping, List.of(set.resolve("sales_pipeline.csv"))).read(bytes -> {});
        ImportedHistory builtIn =
                new MavenCrmImporter(set, ZoneId.of("UTC"), Currency.getInstance("USD")).read(bytes -> {});

        List<JsonNode> events = ImportedLines.parsed(builtIn).stream()
                .filter(line -> !line.get("topic").asText().equals("org.reps.v1"))
                .toList();
        assertThat(events).isNotEmpty();
        assertThat(ImportedLines.parsed(mapped)).isEqualTo(events);
        assertThat(mapped.report().files().get("sales_pipeline.csv"))
                .isEqualTo(builtIn.report().files().get("sales_pipeline.csv"));
        assertThat(mapped.report().problemsByReason())
                .isEqualTo(builtIn.report().problemsByReason());
    }

    private ImportedHistory readReference(String... rows) throws IOException {
        Path file = folder.resolve("deals.csv");
        Files.writeString(file, REFERENCE_HEADER + String.join("\r\n", rows), WINDOWS);
        return new MappedCsvImporter(EXAMPLES.resolve("reference.mapping.yaml"), List.of(file)).read(bytes -> {});
    }
}
