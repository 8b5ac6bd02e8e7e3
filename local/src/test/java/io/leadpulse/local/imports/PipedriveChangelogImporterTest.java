package io.leadpulse.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.local.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipedriveChangelogImporterTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    @TempDir
    private Path folder;

    @Test
    void theLookalikeGivesTheGoldenLines() throws IOException {
        ImportedHistory history = read(DataSets.lookalike(DataSets.PIPEDRIVE_CHANGELOG));

        assertThat(ImportedLines.text(history))
                .isEqualTo(Files.readString(DataSets.lookalike("pipedrive_changelog.golden.ndjson")));
    }

    @Test
    void theTrapsOfTheLookalikeAreCounted() throws IOException {
        ImportReport report =
                read(DataSets.lookalike(DataSets.PIPEDRIVE_CHANGELOG)).report();

        assertThat(report.files())
                .containsEntry("deal_changes.csv", new ImportReport.Rows(134, 31))
                .containsEntry("activity.csv", new ImportReport.Rows(28, 11))
                .containsEntry("users.csv", new ImportReport.Rows(12, 0));
        assertThat(report.problemsByReason())
                .isEqualTo(Map.of(RowReason.REUSED_ID, 31L, RowReason.NO_PLANNING_TIME, 11L));
        assertThat(report.recordsByKind())
                .isEqualTo(Map.of(
                        "org.reps.v1",
                        12L,
                        "deal_opened",
                        14L,
                        "deal_updated",
                        15L,
                        "deal_stage_changed",
                        60L,
                        "deal_lost",
                        14L,
                        "call",
                        17L));
        assertThat(report.notes())
                .containsEntry("activities that repeat an id", 2L)
                .containsEntry("activities of the inactive type Follow Up Call", 6L);
    }

    @Test
    void theRealSetGivesItsKnownCounts() throws IOException {
        ImportReport report = read(DataSets.real(DataSets.PIPEDRIVE_CHANGELOG)).report();

        assertThat(report.files())
                .containsEntry("deal_changes.csv", new ImportReport.Rows(15406, 80))
                .containsEntry("activity.csv", new ImportReport.Rows(4579, 2289))
                .containsEntry("users.csv", new ImportReport.Rows(1787, 0));
        assertThat(report.problemsByReason())
                .isEqualTo(Map.of(RowReason.REUSED_ID, 80L, RowReason.NO_PLANNING_TIME, 2289L));
        assertThat(report.recordsByKind())
                .isEqualTo(Map.of(
                        "org.reps.v1",
                        1787L,
                        "deal_opened",
                        1990L,
                        "deal_updated",
                        2486L,
                        "deal_stage_changed",
                        8860L,
                        "deal_lost",
                        1990L,
                        "call",
                        2290L));
        assertThat(report.notes()).containsEntry("activities that repeat an id", 11L);
    }

    @Test
    void theStaysOfTheRealSetAreTheKnownOnes() throws IOException {
        Map<String, List<Double>> stays = stayDays(read(DataSets.real(DataSets.PIPEDRIVE_CHANGELOG)));

        Map<String, Double> knownMeans = new LinkedHashMap<>();
        knownMeans.put("Lead Generation", 15.4849);
        knownMeans.put("Qualified lead", 15.4274);
        knownMeans.put("Needs Assessment", 15.6285);
        knownMeans.put("Proposal/Quote Preparation", 15.8041);
        knownMeans.put("Negotiation", 15.7691);
        knownMeans.put("Closing", 15.5014);
        knownMeans.put("Implementation/Onboarding", 15.4915);
        knownMeans.put("Follow-up/Customer Success", 15.8424);
        knownMeans.put("Renewal/Expansion", 15.3789);
        assertThat(stays.keySet()).isEqualTo(knownMeans.keySet());
        knownMeans.forEach((stage, mean) -> assertThat(stays.get(stage).stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow())
                .as(stage)
                .isCloseTo(mean, within(0.0001)));
    }

    @Test
    void noNameOrAddressOfAUserIsTaken() throws IOException {
        String lines = ImportedLines.text(read(DataSets.lookalike(DataSets.PIPEDRIVE_CHANGELOG)));

        assertThat(lines).doesNotContain("@").doesNotContain("User A");
    }

    @Test
    void everyEventIdIsItsFileAndLine() throws IOException {
        List<JsonNode> lines = ImportedLines.parsed(read(DataSets.lookalike(DataSets.PIPEDRIVE_CHANGELOG)));

        List<String> ids = lines.stream()
                .filter(line -> line.get("topic").asText().equals("crm.activities.v1"))
                .map(line -> line.get("value").get("id").asText())
                .toList();
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("(deal_changes|activity)\\.csv:\\d+"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deal_changes.csv | 7,2024-01-01 00:00:00,stage_id,99       | UNKNOWN_VALUE",
                "deal_changes.csv | 7,2024-01-01 00:00:00,lost_reason,99    | UNKNOWN_VALUE",
                "deal_changes.csv | 7,2024-01-01 00:00:00,colour,1          | UNKNOWN_VALUE",
                "deal_changes.csv | 7,yesterday,stage_id,1                  | INVALID_TIME",
                "deal_changes.csv | 7,2024-01-01 00:00:00,add_time,soon     | INVALID_TIME",
                "deal_changes.csv | 7,2024-01-01 00:00:00,user_id,          | MISSING_VALUE",
                "deal_changes.csv | 7,2024-01-01 00:00:00,user_id           | MALFORMED",
                "activity.csv     | 1,sc_2,3,7,True,                        | MISSING_VALUE",
                "activity.csv     | 1,sc_2,3,7,perhaps,2024-01-01T00:00:00  | INVALID_VALUE",
                "activity.csv     | 1,dance,3,7,True,2024-01-01T00:00:00    | UNKNOWN_VALUE",
                "users.csv        | 1,User A,a@example.org,2024-01-01       | REUSED_ID",
            })
    void aRowThatCannotBecomeEventsIsReportedWithItsLine(String file, String row, RowReason reason) throws IOException {
        copyLookalike();
        long line = Files.readAllLines(folder.resolve(file)).size() + 1L;
        Files.writeString(folder.resolve(file), row + "\n", StandardOpenOption.APPEND);

        ImportReport report = read(folder).report();

        assertThat(report.problems())
                .filteredOn(problem -> problem.line() == line && problem.file().equals(file))
                .extracting(ImportReport.Problem::reason)
                .containsExactly(reason);
    }

    @Test
    void anActivityOfAReusedDealIsReported() throws IOException {
        copyLookalike();
        String reused = read(folder).report().problems().stream()
                .filter(problem -> problem.reason() == RowReason.REUSED_ID)
                .map(problem -> problem.message().split(" ", -1)[1])
                .findFirst()
                .orElseThrow();
        Files.writeString(
                folder.resolve("activity.csv"),
                "1,sc_2,3," + reused + ",True,2024-01-01T00:00:00\n",
                StandardOpenOption.APPEND);

        assertThat(read(folder).report().problemsByReason()).containsEntry(RowReason.REUSED_ID, 32L);
    }

    @Test
    void aBrokenExplanationMakesTheWholeInputUnusable() throws IOException {
        copyLookalike();
        Files.writeString(
                folder.resolve("fields.csv"), "ID,FIELD_KEY,NAME,FIELD_VALUE_OPTIONS\n23,lost_reason,Lost,[{\n");
        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith("fields.csv:2: FIELD_VALUE_OPTIONS is no JSON");

        Files.delete(folder.resolve("stages.csv"));
        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("no such file")
                .hasMessageContaining("stages.csv");
    }

    /** Days of every stay by stage: from one stage change of a deal to the next one or its loss. */
    private static Map<String, List<Double>> stayDays(ImportedHistory history) throws IOException {
        Map<String, List<Double>> stays = new HashMap<>();
        Map<String, JsonNode> openByDeal = new HashMap<>();
        for (JsonNode line : ImportedLines.parsed(history)) {
            JsonNode value = line.get("value");
            String kind = value.path("kind").asText();
            if (!kind.equals("deal_stage_changed") && !kind.equals("deal_lost")) {
                continue;
            }
            JsonNode before = kind.equals("deal_lost")
                    ? openByDeal.remove(value.get("deal").asText())
                    : openByDeal.put(value.get("deal").asText(), value);
            if (before != null) {
                Duration stay = Duration.between(
                        OffsetDateTime.parse(before.get("time").asText()),
                        OffsetDateTime.parse(value.get("time").asText()));
                stays.computeIfAbsent(before.get("stage").asText(), stage -> new ArrayList<>())
                        .add(stay.toMillis() / 86_400_000.0);
            }
        }
        return stays;
    }

    private static ImportedHistory read(Path folder) throws IOException {
        return new PipedriveChangelogImporter(folder, UTC).read(bytes -> {});
    }

    private void copyLookalike() throws IOException {
        try (var files = Files.list(DataSets.lookalike(DataSets.PIPEDRIVE_CHANGELOG))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }
}
