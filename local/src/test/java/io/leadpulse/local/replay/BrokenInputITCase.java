package io.leadpulse.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.history.HistoryGenerator;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.BrokenInputs;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken input stops nothing: each record is a dead letter with its reason, and what is around it counts as before. */
class BrokenInputITCase {
    private static final Instant AS_OF = Instant.ofEpochMilli(BrokenInputs.AS_OF_MILLIS);

    @TempDir
    private Path folder;

    @Test
    void everyBrokenRecordIsADeadLetterWithItsReason() throws Exception {
        Path file = folder.resolve("broken.ndjson");
        Files.write(file, BrokenInputs.file());
        ReplayRun run = new ReplayRun(folder).asOf(AS_OF);

        ReplaySummary summary = run.files(List.of(file));

        Map<String, Long> expected = new TreeMap<>();
        for (BrokenInputs.BrokenInput input : BrokenInputs.all()) {
            expected.merge(input.reason().wireName(), 1L, Long::sum);
        }
        Map<String, Long> told = new TreeMap<>();
        for (JsonNode letter : run.values(Topics.DEAD_LETTERS).values()) {
            told.merge(letter.get("reason").asText(), 1L, Long::sum);
            assertThat(letter.get("message").asText()).isNotBlank();
        }
        assertThat(told).isEqualTo(expected);
        assertThat(deadLettersOf(summary)).isEqualTo(expected);
        assertThat(summary.balance().get("in").asLong())
                .isEqualTo(BrokenInputs.all().size());
        assertThat(summary.balance().get("balanced").asBoolean()).isTrue();
    }

    @Test
    void brokenRecordsAmongGoodOnesChangeNoResult() throws Exception {
        List<String> good = new HistoryGenerator(7, 20).lines();
        ReplayRun alone = new ReplayRun(folder.resolve("alone")).asOf(AS_OF);
        ReplaySummary goodSummary = alone.lines(good);
        Path mixed = folder.resolve("mixed.ndjson");
        Files.write(mixed, interleaved(good));
        ReplayRun among = new ReplayRun(folder.resolve("among")).asOf(AS_OF);

        ReplaySummary summary = among.files(List.of(mixed));

        for (String topic : List.of(Topics.PROFILES, Topics.PROGRESS, Topics.LEDGER, Topics.ALERTS, Topics.DWELL)) {
            assertThat(among.standing(topic)).as(topic).isEqualTo(alone.standing(topic));
        }
        assertThat(summary.balance().get("in").asLong())
                .isEqualTo(goodSummary.balance().get("in").asLong()
                        + BrokenInputs.all().size());
        assertThat(among.values(Topics.DEAD_LETTERS))
                .hasSize(alone.values(Topics.DEAD_LETTERS).size()
                        + BrokenInputs.all().size());
        assertThat(summary.balance().get("counted"))
                .isEqualTo(goodSummary.balance().get("counted"));
        assertThat(summary.balance().get("balanced").asBoolean()).isTrue();
    }

    @Test
    void aLineLargerThanAnyBufferIsADeadLetterThatCanBeRead() throws Exception {
        byte[] line = "x".repeat(LineReader.MAX_LINE_BYTES + 1_000_000).getBytes(StandardCharsets.US_ASCII);
        Path file = folder.resolve("huge.ndjson");
        Files.write(file, line);
        ReplayRun run = new ReplayRun(folder).asOf(AS_OF);

        run.files(List.of(file));

        JsonNode letter = run.values(Topics.DEAD_LETTERS).get("huge.ndjson/0/1");
        assertThat(letter.get("reason").asText()).isEqualTo("too_large");
        assertThat(letter.get("value_base64").binaryValue()).hasSize(LineReader.MAX_LINE_BYTES);
    }

    @Test
    void everyDeadLetterIsKeptWhateverPlaceItsLineNames() throws Exception {
        String named = "{\"topic\":\"crm.activities.v1\",\"partition\":%d,\"offset\":%d,\"value\":\"%s\"}";
        String unnamed = "{\"topic\":\"crm.activities.v1\",\"value\":\"%s\"}";
        Path one = Files.createDirectories(folder.resolve("one")).resolve("events.ndjson");
        Path other = Files.createDirectories(folder.resolve("other")).resolve("events.ndjson");
        Files.write(
                one,
                List.of(unnamed.formatted("a"), named.formatted(0, 1, "b"), named.formatted(1, 1, "c"), "no record"));
        Files.write(
                other,
                List.of(unnamed.formatted("d"), named.formatted(0, 1, "e"), named.formatted(0, 1, "e"), "no record"));
        ReplayRun run = new ReplayRun(folder).asOf(AS_OF);

        ReplaySummary summary = run.files(List.of(one, other));

        assertThat(deadLettersOf(summary)).isEqualTo(Map.of("not_an_object", 6L, "not_a_record", 2L));
        assertThat(run.values(Topics.DEAD_LETTERS).values())
                .extracting(letter -> new String(letter.get("value_base64").binaryValue(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder(
                        "\"a\"", "\"b\"", "\"c\"", "\"d\"", "\"e\"", "\"e\"", "no record", "no record");
    }

    @Test
    void anEmptyFileGivesEmptyResults() throws Exception {
        ReplayRun run = new ReplayRun(folder);

        ReplaySummary summary = run.lines(List.of());

        assertThat(summary.lines()).isZero();
        assertThat(run.values(Topics.PROFILES)).isEmpty();
        assertThat(summary.balance().get("in").asLong()).isZero();
    }

    /** A broken line after every third good one, then the remaining ones. */
    private static byte[] interleaved(List<String> good) throws Exception {
        List<BrokenInputs.BrokenInput> broken = BrokenInputs.all();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int next = 0;
        for (int i = 0; i < good.size(); i++) {
            out.write(good.get(i).getBytes(StandardCharsets.UTF_8));
            out.write('\n');
            if (i % 3 == 2 && next < broken.size()) {
                out.write(broken.get(next++).line());
                out.write('\n');
            }
        }
        while (next < broken.size()) {
            out.write(broken.get(next++).line());
            out.write('\n');
        }
        return out.toByteArray();
    }

    private static Map<String, Long> deadLettersOf(ReplaySummary summary) {
        Map<String, Long> byReason = new TreeMap<>();
        summary.balance()
                .get("dead_lettered")
                .properties()
                .forEach(each -> byReason.put(each.getKey(), each.getValue().asLong()));
        return byReason;
    }
}
