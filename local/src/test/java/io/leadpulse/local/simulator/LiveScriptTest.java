package io.leadpulse.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveScriptTest {
    private static final Instant LIVE = Instant.parse("2026-03-18T09:05:00Z");
    private static final long START = LIVE.toEpochMilli();
    private static final long HOUR = 3_600_000;
    private static final Simulator SIMULATOR = Simulator.of(Simulator.DEFAULT_SEED, LIVE, Optional.empty());
    private static final LiveScript SCRIPT = SIMULATOR.live(false);

    @Test
    void isTheSameHoweverTimeIsCut() {
        List<SimulatedRecord> whole = SCRIPT.between(START - 5_000, START + 600_000);
        List<SimulatedRecord> pieces = new ArrayList<>();
        for (long from = START - 5_000; from < START + 600_000; from += 1_300) {
            pieces.addAll(SCRIPT.between(from, Math.min(from + 1_300, START + 600_000)));
        }

        assertThat(pieces)
                .extracting(LiveScriptTest::words)
                .isEqualTo(whole.stream().map(LiveScriptTest::words).toList());
        assertThat(whole).isSortedAccordingTo(Comparator.comparingLong(SimulatedRecord::arrivalMillis));
    }

    private static String words(SimulatedRecord record) {
        return "%s %s %s %d %s"
                .formatted(
                        record.topic(),
                        record.key(),
                        new String(record.value(), StandardCharsets.UTF_8),
                        record.arrivalMillis(),
                        record.kind());
    }

    @Test
    void bringsTwoToSixWebEventsASecondAndALeadEvery45Seconds() {
        List<SimulatedRecord> hour = SIMULATOR.live(true).between(START, START + HOUR);
        long web = of(hour, Topics.BEHAVIOUR).size();
        long late = of(hour, Topics.BEHAVIOUR).stream()
                .filter(record -> record.kind() == SimulatedRecord.Kind.EVENT
                        && record.arrivalMillis()
                                        - Instant.parse(Story.json(record)
                                                        .get("timestamp")
                                                        .asText())
                                                .toEpochMilli()
                                >= 60_000)
                .count();
        long twice = hour.stream()
                .filter(record -> record.kind() == SimulatedRecord.Kind.DUPLICATE)
                .count();
        long broken = hour.stream()
                .filter(record -> record.kind() == SimulatedRecord.Kind.BROKEN)
                .count();

        assertThat(web / 3_600.0).isBetween(3.7, 4.3);
        assertThat(kind(hour, "lead_created")).hasSize(80);
        assertThat(kind(hour, "call")).hasSizeBetween(60, 100);
        assertThat((double) late / web).isCloseTo(.01, within(.0035));
        assertThat((double) twice / web).isCloseTo(.01, within(.0035));
        assertThat((double) broken / web).isCloseTo(.001, within(.0011));
        assertThat(broken).isPositive();
        assertThat(kind(hour, "deal_won")).isEmpty();
    }

    @Test
    void theCrmIsSilentForNinetySecondsAndThenTellsWhatWas() {
        long from = START + LiveScript.SILENCE_SECOND * 1_000L;
        long to = from + LiveScript.SILENCE_SECONDS * 1_000L;

        assertThat(of(SCRIPT.between(from, to), Topics.ACTIVITIES)).isEmpty();
        assertThat(of(SCRIPT.between(from, to), Topics.BEHAVIOUR)).hasSizeGreaterThan(200);
        assertThat(of(SIMULATOR.live(true).between(from, to), Topics.ACTIVITIES))
                .hasSizeGreaterThan(10);
        assertThat(kind(SCRIPT.between(to, to + 1_000), "lead_created"))
                .hasSize(2)
                .allMatch(created -> Story.millis(created) < to);
        // Nor is it silent for a minute at any other time, or it would be held to be.
        long last = START;
        for (SimulatedRecord record : of(SCRIPT.between(START, from), Topics.ACTIVITIES)) {
            assertThat(record.arrivalMillis() - last).isLessThan(15_000);
            last = record.arrivalMillis();
        }
    }

    @Test
    void theBeatsComeAtTheirSeconds() {
        assertThat(at(LiveScript.DEMO_REQUEST_SECOND, 7, "lead_status_changed")).hasSize(1);
        assertThat(amount(LiveScript.FIRST_WIN_SECOND)).isEqualTo("1350.00");
        assertThat(amount(LiveScript.SECOND_WIN_SECOND)).isEqualTo("2480.00");
        assertThat(amount(LiveScript.CORRECTION_SECOND)).isEqualTo("1840.00");
        assertThat(amount(LiveScript.BACK_DATED_SECOND)).isEqualTo("410.00");
        assertThat(at(LiveScript.FALLING_OFF_SECOND, 2, "email_unsubscribed")).hasSize(1);
        assertThat(at(LiveScript.FALLING_OFF_SECOND, 2, "meeting_no_show")).hasSize(1);
        assertThat(at(LiveScript.CLICKS_SECOND, 9, "email_clicked"))
                .hasSize(40)
                .allMatch(click -> click.get("automatic").asBoolean());
    }

    @Test
    void theCorrectionIsANewerVersionOfTheWinThatWasSent() {
        JsonNode correction = at(LiveScript.CORRECTION_SECOND, 1, "deal_won").get(0);
        List<JsonNode> told = SIMULATOR.history().stream()
                .filter(record -> record.topic().equals(Topics.ACTIVITIES))
                .map(Story::json)
                .filter(value -> value.get("id").equals(correction.get("id")))
                .toList();

        assertThat(told).hasSize(1);
        assertThat(told.get(0).get("amount").asText()).isEqualTo("18400.00");
        assertThat(told.get(0).get("time")).isEqualTo(correction.get("time"));
        assertThat(told.get(0).get("lead")).isEqualTo(correction.get("lead"));
        assertThat(correction.get("version").asInt()).isEqualTo(1);
    }

    private static String amount(int second) {
        List<JsonNode> won = at(second, 1, "deal_won");
        assertThat(won).hasSize(1);
        return won.get(0).get("amount").asText();
    }

    private static List<JsonNode> at(int second, int seconds, String kind) {
        return kind(SCRIPT.between(START + second * 1_000L, START + (second + seconds) * 1_000L), kind);
    }

    private static List<SimulatedRecord> of(List<SimulatedRecord> records, String topic) {
        return records.stream().filter(record -> record.topic().equals(topic)).toList();
    }

    private static List<JsonNode> kind(List<SimulatedRecord> records, String kind) {
        return of(records, Topics.ACTIVITIES).stream()
                .map(Story::json)
                .filter(value -> value.get("kind").asText().equals(kind))
                .toList();
    }
}
