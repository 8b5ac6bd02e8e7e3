package io.leadpulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.history.GeneratedCompany;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the comparison finds, on results written by hand. */
class CatalogueSqlTest {
    private static final Instant AS_OF = Instant.parse("2025-02-01T00:00:00Z");
    private static final List<String> LINES = List.of(
            line("{\"id\":\"R-1\",\"effective_from\":\"2024-01-01T00:00:00Z\",\"name\":\"Ann\",\"team\":\"north\"}"),
            call("c1", "2025-01-07T23:30:00Z", "\"connected\":true,\"seconds\":30"),
            call("c2", "2025-01-08T09:00:00Z", "\"connected\":true,\"seconds\":29"));

    @TempDir
    private Path folder;

    @Test
    void rowsAreThoseOfTheSqlByScopeAndTheDayOfTheCompany() throws Exception {
        try (CatalogueSql sql = sql()) {
            assertThat(sql.rows())
                    .containsEntry("company|activities|call|2025-01-08", 2L)
                    .containsEntry("rep:R-1|activities|call|2025-01-08", 2L)
                    .containsEntry("team:north|conversations||2025-01-08", 1L);
        }
    }

    @Test
    void equalResultsHaveNoDifference() throws Exception {
        try (CatalogueSql sql = sql()) {
            write(published(2), published(2).replace("2025-01-08", "total"));
            assertThat(sql.differences(folder)).isNotEmpty().noneMatch(each -> each.startsWith("company|activities"));
        }
    }

    @Test
    void anotherValueARowTooManyAndATotalThatIsNoSumAreDifferences() throws Exception {
        try (CatalogueSql sql = sql()) {
            write(
                    published(3),
                    published(2).replace("2025-01-08", "total"),
                    published(1).replace("2025-01-08", "2025-01-09"));
            assertThat(sql.differences(folder))
                    .contains(
                            "company|activities|call|2025-01-08: SQL 2, published 3",
                            "company|activities|call|2025-01-09: SQL nothing, published 1",
                            "company|activities|call|total: published 2, its days 4",
                            "rep:R-1|activities|call|2025-01-08: SQL 2, published null");
        }
    }

    @Test
    void aMeasureThatIsNotNamedIsRefused() {
        String unnamed =
                "-- measures: a\nSELECT 'company' AS scope, 'b' AS measure, '' AS dimension, NULL AS day, 1 AS value";
        assertThatThrownBy(() -> new CatalogueSql(
                                new HistoryOracle(LINES, AS_OF, GeneratedCompany.config()),
                                GeneratedCompany.config(),
                                AS_OF,
                                List.of(unnamed))
                        .close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not name");
    }

    private static CatalogueSql sql() throws Exception {
        return new CatalogueSql(
                new HistoryOracle(LINES, AS_OF, GeneratedCompany.config()), GeneratedCompany.config(), AS_OF);
    }

    private void write(String... lines) throws Exception {
        Files.write(folder.resolve("sales.rollups.v1.ndjson"), List.of(lines));
    }

    private static String published(int value) {
        return "{\"key\":\"k\",\"value\":{\"scope\":\"company\",\"measure\":\"activities\",\"dimension\":\"call\","
                + "\"pane\":\"2025-01-08\",\"unit\":\"count\",\"value\":" + value + "}}";
    }

    private static String line(String rep) {
        return "{\"topic\":\"org.reps.v1\",\"key\":\"k\",\"headers\":{},\"value\":" + rep + "}";
    }

    private static String call(String id, String time, String fields) {
        return "{\"topic\":\"crm.activities.v1\",\"key\":\"L-1\",\"headers\":{},\"value\":{\"source\":\"crm\",\"id\":\""
                + id + "\",\"kind\":\"call\",\"time\":\"" + time + "\",\"lead\":\"L-1\",\"actor\":\"R-1\","
                + "\"direction\":\"outbound\"," + fields + "}}";
    }
}
