package io.leadpulse.local.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigurationRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordWriterTest {
    @TempDir
    private Path folder;

    @Test
    void aListOfYamlAndACsvAreTheSameGoals() throws IOException {
        Path yaml = file("goals.yaml", """
                - scope: company
                  measure: won_amount
                  period_kind: month
                  period: 2025-03
                  amount: "340000.00"
                  effective_from: 2025-01-01T00:00:00+01:00
                - scope: rep:R-1
                  measure: won_count
                  period_kind: month
                  count: 4
                  effective_from: 2025-01-01T00:00:00+01:00
                """);
        Path csv = file("goals.csv", """
                scope,measure,period_kind,period,amount,count,effective_from
                company,won_amount,month,2025-03,340000.00,,2025-01-01T00:00:00+01:00
                rep:R-1,won_count,month,,,4,2025-01-01T00:00:00+01:00
                """);

        RecordWriter.Judged judged = goals().judge(yaml);

        assertThat(judged.problems()).isEmpty();
        assertThat(judged.lines())
                .containsExactly(
                        "{\"topic\":\"sales.goals.v1\",\"value\":{\"scope\":\"company\",\"measure\":\"won_amount\","
                                + "\"period_kind\":\"month\",\"period\":\"2025-03\",\"amount\":\"340000.00\","
                                + "\"effective_from\":\"2025-01-01T00:00:00+01:00\"}}",
                        "{\"topic\":\"sales.goals.v1\",\"value\":{\"scope\":\"rep:R-1\",\"measure\":\"won_count\","
                                + "\"period_kind\":\"month\",\"count\":4,"
                                + "\"effective_from\":\"2025-01-01T00:00:00+01:00\"}}");
        assertThat(goals().judge(csv)).isEqualTo(judged);
    }

    @Test
    void everyMistakeIsToldAtOnceWithItsPlace() throws IOException {
        Path csv = file("goals.csv", """
                scope,measure,period_kind,amount,effective_from
                north,won_amount,month,10.00,2025-01-01T00:00:00+01:00
                company,won_amount,month,10.00,2025-01-01T00:00:00+01:00
                company,luck,month,10.00,
                """);

        RecordWriter.Judged judged = goals().judge(csv);

        assertThat(judged.problems()).hasSize(2);
        assertThat(judged.problems().get(0)).startsWith("goals.csv, row 2: ").contains("scope");
        assertThat(judged.problems().get(1)).startsWith("goals.csv, row 4: ").contains("effective_from", "measure");
    }

    @Test
    void aVersionOfTheRulesIsJudgedBesideThoseThatStand() throws IOException {
        Path file = file("rules.yaml", "version: 2\neffective_from: 2025-03-01T00:00:00Z\n");
        ConfigurationRecord standing = new ConfigurationRecord(
                Topics.RULES, "2", 0, "{\"version\":2,\"effective_from\":\"2025-02-01T00:00:00Z\"}");

        assertThat(new RecordWriter(Topics.RULES, "", List.of()).judge(file).problems())
                .isEmpty();
        assertThat(new RecordWriter(Topics.RULES, "", List.of(standing))
                        .judge(file)
                        .problems())
                .hasSize(1);
    }

    @Test
    void aKeyThatNobodyKnowsIsATypingError() throws IOException {
        Path file = file("rules.yaml", """
                version: 2
                effective_from: 2025-03-01T00:00:00Z
                score: {thresholds: {warm: 28, hott: 50}}
                """);

        assertThat(new RecordWriter(Topics.RULES, "", List.of()).judge(file).problems())
                .containsExactly("rules.yaml: score.thresholds.hott: unknown key; did you mean hot? one of warm, hot,"
                        + " marketing_qualified");
    }

    @Test
    void aRepMayHaveListsInACsv() throws IOException {
        Path csv = file("reps.csv", """
                id,effective_from,team,active,products
                R-1,2025-01-01T00:00:00Z,north,true,pump; valve
                """);

        RecordWriter.Judged judged = new RecordWriter(Topics.REPS, "", List.of()).judge(csv);

        assertThat(judged.problems()).isEmpty();
        assertThat(judged.lines().get(0)).contains("\"active\":true", "\"products\":[\"pump\",\"valve\"]");
    }

    @Test
    void whatHoldsNoRecordIsAMistake() throws IOException {
        assertThat(goals().judge(file("empty.yaml", "# nothing\n")).problems())
                .containsExactly("empty.yaml: there is no record");
        assertThat(goals().judge(file("text.yaml", "- only text\n")).problems())
                .containsExactly("text.yaml, record 1: a record must be a mapping of fields");
        assertThatThrownBy(() -> goals().judge(file("broken.yaml", "a: [1")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("broken.yaml is no YAML");
    }

    private static RecordWriter goals() {
        return new RecordWriter(Topics.GOALS, "", List.of());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
