package io.leadpulse.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.oracle.HistoryOracle;
import io.leadpulse.oracle.OracleResults;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HistoryGeneratorTest {
    private static final long SEED = 20_250_106;
    private static final int LEADS = 250;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static HistoryGenerator generator;

    @BeforeAll
    static void generate() {
        generator = new HistoryGenerator(SEED, LEADS);
    }

    @Test
    void sameSeedAndSizeGiveTheSameLines() {
        assertThat(new HistoryGenerator(SEED, LEADS).lines()).isEqualTo(generator.lines());
        assertThat(new HistoryGenerator(SEED + 1, LEADS).lines()).isNotEqualTo(generator.lines());
    }

    @Test
    void mergesComeOnTopOfTheSameHistory() {
        HistoryGenerator merging = HistoryGenerator.withMerges(SEED, LEADS);

        assertThat(merging.lines()).containsAll(generator.lines());
        assertThat(merging.features())
                .containsKeys(
                        "merged",
                        "merge corrected",
                        "tidied up when merged",
                        "unmerged",
                        "lead deleted",
                        "lead created again");
    }

    @Test
    void everyFeatureOccursOften() {
        assertThat(generator.features().keySet())
                .contains(
                        "amount changes",
                        "another day of closing",
                        "deal without owner",
                        "lead without owner",
                        "amount changes after the win",
                        "automatic mail",
                        "back from nurture",
                        "behaviour before identification",
                        "behaviour long before identification",
                        "behaviour that names its lead",
                        "corrected amount of a win",
                        "corrected call",
                        "corrected time of a move",
                        "brought back after the loss",
                        "deal changes lead",
                        "deal changes owner",
                        "deleted",
                        "demo form",
                        "device clock",
                        "duplicate",
                        "handed over after the win",
                        "identified again",
                        "lead reassigned",
                        "lead unassigned",
                        "meeting rescheduled",
                        "plan without end",
                        "refund",
                        "reopened after the loss",
                        "reopened after the win",
                        "same id, later time",
                        "same message id, other visitor",
                        "stage without limit",
                        "step back",
                        "tie of times",
                        "visitor of two leads",
                        "visitor whom nobody names",
                        "won twice");
        assertThat(generator.features())
                .allSatisfy((feature, count) -> assertThat(count).as(feature).isGreaterThanOrEqualTo(2));
    }

    @Test
    void everyKindOccursOften() throws IOException {
        Map<String, Integer> kinds = new TreeMap<>();
        for (String line : generator.lines()) {
            JsonNode value = JSON.readTree(line).get("value");
            JsonNode name = value.path(value.has("kind") ? "kind" : value.has("event") ? "event" : "type");
            kinds.merge(name.asText(), 1, Integer::sum);
        }
        assertThat(kinds.keySet())
                .contains(
                        "lead_created",
                        "lead_assigned",
                        "lead_status_changed",
                        "call",
                        "email_sent",
                        "email_opened",
                        "email_clicked",
                        "email_replied",
                        "email_unsubscribed",
                        "sms_replied",
                        "meeting_scheduled",
                        "meeting_rescheduled",
                        "meeting_completed",
                        "meeting_no_show",
                        "meeting_cancelled",
                        "meeting_declined",
                        "demo_held",
                        "task_planned",
                        "task_done",
                        "deal_opened",
                        "deal_updated",
                        "deal_stage_changed",
                        "deal_won",
                        "deal_lost",
                        "deal_reopened",
                        "deal_deleted",
                        "deal_refunded",
                        "page",
                        "identify",
                        "Price List Viewed",
                        "Demo Requested",
                        "Form Submitted");
        kinds.remove("");
        assertThat(kinds).allSatisfy((kind, count) -> assertThat(count).as(kind).isGreaterThanOrEqualTo(5));
    }

    @Test
    void linesAreInOrderOfTimeAfterTheConfiguration() {
        List<HistoryLine> lines =
                generator.lines().stream().map(HistoryLine::of).toList();
        assertThat(lines).extracting(HistoryLine::timeMillis).isSorted();
        assertThat(lines.get(0).isConfiguration()).isTrue();
        assertThat(lines.get(lines.size() - 1).timeMillis())
                .isLessThan(HistoryGenerator.asOf().toEpochMilli());
    }

    @Test
    void oracleFindsResultsOfEverySort() {
        HistoryOracle oracle = oracle(generator.lines());
        OracleResults.Sales total = oracle.sales().get("company").get("total");
        assertThat(total.wonCount()).isGreaterThan(20);
        assertThat(total.lostCount()).isGreaterThan(15);
        assertThat(oracle.dwell().keySet()).contains("meeting", "demo", "offer", "negotiation");
        Map<String, Integer> alerts = new HashMap<>();
        oracle.stuckAlerts()
                .values()
                .forEach(alert -> alerts.merge(
                        alert.key().stage() + (alert.escalatedMillis() == null ? " warning" : " critical"),
                        1,
                        Integer::sum));
        assertThat(alerts.keySet())
                .contains(
                        "contacted warning",
                        "contacted critical",
                        "qualified warning",
                        "qualified critical",
                        "meeting critical",
                        "demo critical",
                        "offer warning");
        Set<String> bands = new HashSet<>();
        oracle.leads().forEach(lead -> bands.add(oracle.score(lead).band()));
        assertThat(bands).contains("cold", "warm");
        assertThat(oracle.leads().stream().filter(lead -> oracle.lead(lead).marketingQualifiedBy() != null))
                .hasSizeGreaterThan(20);
        assertThat(oracle.fates().held()).isGreaterThan(10);
    }

    @Test
    void disturbancesKeepTheAnswersAndTheConfigurationFirst() {
        List<String> shuffled = HistoryDisturbance.shuffled(generator.lines(), 7);
        List<String> late =
                HistoryDisturbance.withDuplicatesAndLateness(generator.lines(), 0.05, Duration.ofDays(30), 7);
        assertThat(shuffled).isNotEqualTo(generator.lines()).containsExactlyInAnyOrderElementsOf(generator.lines());
        assertThat(late.size())
                .isBetween(
                        generator.lines().size() * 102 / 100, generator.lines().size() * 108 / 100);
        HistoryOracle oracle = oracle(generator.lines());
        for (List<String> each : List.of(shuffled, late)) {
            int reps = GeneratedCompany.reps().size();
            assertThat(each.subList(0, reps)).isEqualTo(generator.lines().subList(0, reps));
            HistoryOracle other = oracle(each);
            assertThat(other.sales()).isEqualTo(oracle.sales());
            assertThat(other.stuckAlerts()).isEqualTo(oracle.stuckAlerts());
            assertThat(other.leadByBehaviour()).isEqualTo(oracle.leadByBehaviour());
            assertThat(other.fates().counted()).isEqualTo(oracle.fates().counted());
        }
    }

    @Test
    void nothingIsLaterThanTheLateness() {
        long latenessMillis = Duration.ofDays(30).toMillis();
        long latestMillis = Long.MIN_VALUE;
        long greatestDelayMillis = 0;
        for (String line :
                HistoryDisturbance.withDuplicatesAndLateness(generator.lines(), 0.05, Duration.ofDays(30), 7)) {
            HistoryLine event = HistoryLine.of(line);
            if (!event.isConfiguration()) {
                latestMillis = Math.max(latestMillis, event.timeMillis());
                greatestDelayMillis = Math.max(greatestDelayMillis, latestMillis - event.timeMillis());
            }
        }
        assertThat(greatestDelayMillis).isBetween(latenessMillis * 9 / 10, latenessMillis);
    }

    private static HistoryOracle oracle(List<String> lines) {
        return new HistoryOracle(lines, HistoryGenerator.asOf(), GeneratedCompany.config());
    }
}
