package io.leadpulse.lead;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.SalesEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a live engine says of leads that are merged, taken out, deleted. */
@SuppressWarnings("try") // Closing a harness may throw anything.
class MergedLeadFunctionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROFILE = Topics.PROFILES + ' ';
    private static final Random ANY = new Random(1);

    private MergeRun run;
    private long ids;

    @BeforeEach
    void open() throws Exception {
        run = new MergeRun(TestSettings.live());
        fact("A", EventKind.LEAD_CREATED, "2025-03-03T10:00:00Z");
        fact("A", EventKind.NEWSLETTER_SIGNED_UP, "2025-03-03T11:00:00Z");
        fact("A", EventKind.PRICE_LIST_VIEWED, "2025-03-03T12:00:00Z");
        fact("R", EventKind.LEAD_CREATED, "2025-03-04T10:00:00Z");
        fact("R", EventKind.NEWSLETTER_SIGNED_UP, "2025-03-04T11:00:00Z");
        run.watermark(TestSettings.millis("2025-03-05T12:00:00Z"), ANY);
    }

    @AfterEach
    void close() throws Exception {
        run.close();
    }

    @Test
    void theRootHasItAllOnceAndTheMemberSaysWhereItWent() throws Exception {
        assertThat(created()).isEqualTo(Map.of("20150", 1L, "20151", 1L));
        merge("A", "R", "2025-03-05T09:00:00Z");

        JsonNode root = profile("R");
        assertThat(root.at("/identity/merged/0/lead").asText()).isEqualTo("A");
        assertThat(root.path("created_at").asText()).isEqualTo("2025-03-03T10:00:00.000Z");
        assertThat(points("R"))
                .as("a sign-up counts once, the earlier")
                .isEqualTo(Map.of("2025-03-03T11:00:00.000Z", 10.0, "2025-03-03T12:00:00.000Z", 10.0));
        assertThat(profile("A").at("/identity/merged_into").asText()).isEqualTo("R");
        assertThat(profile("A").path("score").asDouble()).isZero();
        assertThat(points("A")).isEmpty();
        assertThat(created()).isEqualTo(Map.of("20150", 1L));
    }

    @Test
    void takenOutBothAreAsBefore() throws Exception {
        Map<String, Long> before = run.sums();
        String root = run.results().get(PROFILE + "R");
        merge("A", "R", "2025-03-05T09:00:00Z");
        unmerge("A", "2025-03-05T10:00:00Z");

        assertThat(run.sums()).isEqualTo(before);
        assertThat(profile("R").path("score")).isEqualTo(JSON.readTree(root).path("score"));
        assertThat(profile("R").has("identity")).isFalse();
        assertThat(profile("A").has("identity")).isFalse();
        assertThat(points("A")).hasSize(2);
        assertThat(points("R")).hasSize(1);
    }

    @Test
    void whatIsSaidOfAMemberLaterIsTheRoots() throws Exception {
        merge("A", "R", "2025-03-05T09:00:00Z");
        fact("A", EventKind.DEMO_REQUESTED, "2025-03-05T11:00:00Z");
        run.deliverAll(ANY);

        assertThat(profile("R").path("hand_raised_at").asText()).isEqualTo("2025-03-05T11:00:00.000Z");
        assertThat(profile("A").path("hand_raised_at").isNull()).isTrue();
    }

    /** A was turned down after R came, so that both together are. */
    @Test
    void aMemberHasNoOutcomeAndTheRootThatOfAll() throws Exception {
        fact("A", EventKind.LEAD_REJECTED, "2025-03-05T08:00:00Z");
        run.deliverAll(ANY);
        assertThat(profile("A").at("/outcome/closed_at").asText()).isEqualTo("2025-03-05T08:00:00.000Z");
        assertThat(profile("R").has("outcome")).isFalse();

        merge("A", "R", "2025-03-05T09:00:00Z");
        assertThat(profile("A").has("outcome")).isFalse();
        assertThat(profile("A").has("traits")).isFalse();
        assertThat(profile("R").at("/outcome/closed_at").asText()).isEqualTo("2025-03-05T08:00:00.000Z");

        unmerge("A", "2025-03-05T10:00:00Z");
        assertThat(profile("A").at("/outcome/closed_at").asText()).isEqualTo("2025-03-05T08:00:00.000Z");
        assertThat(profile("R").has("outcome")).isFalse();
    }

    @Test
    void anAlertOfTheRootThatStandsIsNotToldAnewAndOneOfTheMemberIsWithdrawn() throws Exception {
        run.watermark(TestSettings.millis("2025-03-06T12:00:00Z"), ANY);
        Map<String, String> before = alerts("R", "first_contact");
        assertThat(before).hasSize(1);
        assertThat(alerts("A", "first_contact")).hasSize(1);
        String told = before.values().iterator().next();

        // Created later than the root, so that its stay in "new" goes on as it was.
        fact("B", EventKind.LEAD_CREATED, "2025-03-04T20:00:00Z");
        merge("B", "R", "2025-03-06T09:00:00Z");
        assertThat(alerts("R", "first_contact"))
                .hasSize(1)
                .containsKeys(before.keySet().toArray(String[]::new));
        JsonNode now =
                JSON.readTree(alerts("R", "first_contact").values().iterator().next());
        assertThat(now.path("transitions")).isEqualTo(JSON.readTree(told).path("transitions"));

        merge("A", "R", "2025-03-06T10:00:00Z");
        assertThat(states("A", "first_contact")).containsExactly("withdrawn");
    }

    /** A was created first, so that the root's wait for a contact is that of A: the same cause under another lead's id. */
    @Test
    void whatWasDoneWithAnAlertOfAMemberIsDoneWithThatOfTheRoot() throws Exception {
        run.watermark(TestSettings.millis("2025-03-06T12:00:00Z"), ANY);
        String told = alerts("A", "first_contact").keySet().iterator().next();
        String id = told.substring(told.indexOf(' ') + 1);
        ids++;
        Fact handled = Fact.builder(
                        ids, "test/" + ids, TestSettings.millis("2025-03-06T11:00:00Z"), EventKind.ALERT_HANDLED)
                .contentHash(ids)
                .actor("ann")
                .alert(id)
                .build();
        run.send(LeadInput.plus("A", handled, record()));
        run.deliverAll(ANY);
        assertThat(states("A", "first_contact")).containsExactly("handled");

        merge("A", "R", "2025-03-06T11:30:00Z");
        assertThat(states("A", "first_contact")).containsExactly("withdrawn");
        assertThat(states("R", "first_contact")).containsExactlyInAnyOrder("withdrawn", "handled");
        assertThat(alerts("R", "first_contact").values())
                .anyMatch(alert -> alert.contains("\"replaces\":\"" + id + "\""));
    }

    @Test
    void whatIsTakenBackSaysWhetherLeadsWereMergedOrTakenApartOrACorrectionDidIt() throws Exception {
        run.watermark(TestSettings.millis("2025-03-06T12:00:00Z"), ANY);
        merge("A", "R", "2025-03-06T11:30:00Z");
        assertThat(takenBackBecause("A")).as("now R's").containsExactly("merged");
        assertThat(takenBackBecause("R")).as("now since A came").containsExactly("merged");

        unmerge("A", "2025-03-06T11:40:00Z");
        assertThat(takenBackBecause("A")).isEmpty();
        assertThat(takenBackBecause("R")).as("of both together").containsExactly("merged");

        merge("A", "R", "2025-03-06T11:50:00Z");
        fact("R", EventKind.LEAD_CREATED, "2025-03-02T10:00:00Z");
        run.deliverAll(ANY);
        run.wallClock(600_000);
        run.watermark(TestSettings.millis("2025-03-06T12:30:00Z"), ANY);
        assertThat(takenBackBecause("R"))
                .as("that since A came, and that since R came")
                .containsExactlyInAnyOrder("corrected", "merged");
    }

    /** Why each first contact that was late is not any more. */
    private List<String> takenBackBecause(String lead) throws Exception {
        List<String> reasons = new ArrayList<>();
        for (String alert : alerts(lead, "first_contact").values()) {
            JsonNode last = JSON.readTree(alert).path("transitions");
            last = last.get(last.size() - 1);
            if (last.path("state").asText().equals("withdrawn")) {
                reasons.add(last.path("reason").asText());
            }
        }
        return reasons;
    }

    @Test
    void aLeadThatOthersSpeakForDoesNotWake() throws Exception {
        assertThat(run.timersOfLeads()).isPositive();
        merge("A", "R", "2025-03-05T09:00:00Z");
        run.watermark(TestSettings.millis("2025-03-06T12:00:00Z"), ANY);
        assertThat(run.timersOfLeads()).isZero();
        Map<String, Long> sums = run.sums();

        unmerge("A", "2025-03-06T10:00:00Z");
        merge("A", "R", "2025-03-06T11:00:00Z");
        assertThat(run.sums()).isEqualTo(sums);
    }

    @Test
    void ofMoreFactsThanAMergedLeadKeepsTheNewestOfAllAreKeptAndWhatIsAboutTheRecords() {
        List<Fact> many = new ArrayList<>();
        for (int id = 0; id < MergedLeadState.MAX_KEPT; id++) {
            many.add(Fact.of(id, "test/" + id, id, EventKind.PAGE_VIEWED));
        }
        List<Fact> more = List.of(
                Fact.of(1, "test/a", 1, EventKind.LEAD_CREATED),
                Fact.of(2, "test/b", 2, EventKind.LEAD_MERGED),
                Fact.of(3, "test/c", 5_000, EventKind.CALL));

        MergedLeadState merged =
                MergedLeadState.EMPTY.with("R", part("R", many)).with("A", part("A", more));
        assertThat(merged.part("R").facts()).isEqualTo(many.subList(1, many.size()));
        assertThat(merged.part("A").facts()).extracting(Fact::id).containsExactly(2L, 3L);
        assertThat(MergedLeadState.EMPTY.with("A", part("A", more)).with("R", part("R", many)))
                .isEqualTo(merged);
    }

    /** Three leads of 2,000 facts each, in any order: of all the newest, and whatever is about the records. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void ofMoreFactsThanAMergedLeadReadsTheNewestOfAllAreRead(long seed) {
        Random random = new Random(seed);
        List<Fact> all = new ArrayList<>();
        Map<String, List<Fact>> facts = new TreeMap<>();
        for (int id = 0; id < 6_000; id++) {
            Fact fact = Fact.of(id, "test/" + id, random.nextInt(3_000), EventKind.PAGE_VIEWED);
            all.add(fact);
            facts.computeIfAbsent("L" + id % 3, lead -> new ArrayList<>()).add(fact);
        }
        facts.get("L1").add(Fact.of(6_000, "test/merged", -1, EventKind.LEAD_MERGED));
        facts.values().forEach(each -> each.sort(Fact.CANONICAL_ORDER));
        all.sort(Fact.CANONICAL_ORDER);
        List<Long> newest = Stream.concat(all.subList(2_000, 6_000).stream().map(Fact::id), Stream.of(6_000L))
                .sorted()
                .toList();
        List<String> leads = new ArrayList<>(List.of("L0", "L1", "L2", "L2", "L0"));
        Collections.shuffle(leads, random);

        MergedLeadState merged = MergedLeadState.EMPTY;
        for (String lead :
                Stream.concat(leads.stream(), facts.keySet().stream()).toList()) {
            merged = merged.with(lead, part(lead, facts.get(lead)));
        }
        assertThat(merged.newest(MergedLeadState.MAX_READ).stream()
                        .flatMap(read -> read.facts().stream())
                        .map(Fact::id)
                        .sorted())
                .containsExactlyElementsOf(newest);
    }

    /** Each has half as much text as a lead may have; of a merged one as much as of one lead is read, and twice that is kept. */
    @Test
    void ofMoreTextThanAMergedLeadKeepsTheNewestAreKeptAndOfTheseTheNewestRead() {
        Map<String, String> attributes =
                Map.of("notes", "x".repeat((int) FactBook.MAX_CHARACTERS / 2 - "test/0notes".length()));
        MergedLeadState merged = MergedLeadState.EMPTY;
        for (int id : new int[] {5, 0, 3, 1, 4, 2}) {
            Fact fact = Fact.builder(id, "test/" + id, id, EventKind.LEAD_UPDATED)
                    .attributes(attributes)
                    .build();
            merged = merged.with("L" + id, part("L" + id, List.of(fact)));
        }

        assertThat(merged.parts().stream().flatMap(part -> part.facts().stream()))
                .extracting(Fact::id)
                .containsExactly(2L, 3L, 4L, 5L);
        assertThat(merged.newest(MergedLeadState.MAX_READ).stream().flatMap(part -> part.facts().stream()))
                .extracting(Fact::id)
                .containsExactly(4L, 5L);
    }

    private static LeadPart part(String lead, List<Fact> facts) {
        return new LeadPart(lead, facts, List.of(), 0, ConfigVersion.FILE, null, 0);
    }

    @Test
    void theDeletionOfTheEmptiedRecordTakesNothingFromTheRoot() throws Exception {
        merge("A", "R", "2025-03-05T09:00:00Z");
        Map<String, Long> sums = run.sums();
        fact("A", EventKind.LEAD_DELETED, "2025-03-05T09:00:01Z");
        run.deliverAll(ANY);

        assertThat(run.sums()).isEqualTo(sums);
        assertThat(points("R")).hasSize(2);
    }

    @Test
    void aDeletedLeadHasNothingAndNothingIsCounted() throws Exception {
        fact("A", EventKind.LEAD_DELETED, "2025-03-05T09:00:00Z");
        fact("A", EventKind.PAGE_VIEWED, "2025-03-05T10:00:00Z");
        run.deliverAll(ANY);

        assertThat(profile("A").at("/identity/deleted_at").asText()).isEqualTo("2025-03-05T09:00:00.000Z");
        assertThat(points("A")).isEmpty();
        assertThat(created()).isEqualTo(Map.of("20151", 1L));
    }

    @Test
    void aRestartInBetweenChangesNothing() throws Exception {
        merge("A", "R", "2025-03-05T09:00:00Z");
        run.restart(ANY);
        fact("A", EventKind.DEMO_REQUESTED, "2025-03-05T11:00:00Z");
        run.restart(ANY);
        unmerge("A", "2025-03-05T11:30:00Z");

        assertThat(profile("A").path("hand_raised_at").asText()).isEqualTo("2025-03-05T11:00:00.000Z");
        assertThat(profile("R").path("hand_raised_at").isNull()).isTrue();
        assertThat(created()).isEqualTo(Map.of("20150", 1L, "20151", 1L));
    }

    private void fact(String lead, EventKind kind, String time) throws Exception {
        ids++;
        Fact fact = Fact.builder(ids, "test/" + ids, TestSettings.millis(time), kind)
                .contentHash(ids)
                .direction(Direction.INBOUND)
                .build();
        run.send(LeadInput.plus(lead, fact, record()));
    }

    private void merge(String lead, String into, String time) throws Exception {
        said(EventKind.LEAD_MERGED, lead, into, time);
    }

    private void unmerge(String lead, String time) throws Exception {
        said(EventKind.LEAD_UNMERGED, lead, null, time);
    }

    private void said(EventKind kind, String lead, String into, String time) throws Exception {
        ids++;
        run.send(SalesEvent.builder(ids, "test/" + ids, kind, TestSettings.millis(time), record())
                .contentHash(ids)
                .lead(lead)
                .subject(into)
                .build());
        run.deliverAll(ANY);
    }

    private static RawRecord record() {
        return new RawRecord(Topics.ACTIVITIES, 0, 0, Fact.NO_TIME, null, new byte[0], List.of());
    }

    private JsonNode profile(String lead) throws Exception {
        return JSON.readTree(run.results().get(PROFILE + lead));
    }

    /** Points that stand in a lead's ledger, by the time of the act. */
    private Map<String, Double> points(String lead) throws Exception {
        Map<String, Double> points = new TreeMap<>();
        for (Map.Entry<String, String> each : run.results().entrySet()) {
            JsonNode entry = JSON.readTree(each.getValue());
            boolean isOfIt = each.getKey().startsWith(Topics.LEDGER)
                    && entry.path("lead").asText().equals(lead);
            if (isOfIt && entry.path("withdrawn").isNull()) {
                points.merge(entry.path("time").asText(), entry.path("points").asDouble(), Double::sum);
            }
        }
        return points;
    }

    private Map<String, String> alerts(String lead, String cause) throws Exception {
        Map<String, String> alerts = new TreeMap<>();
        for (Map.Entry<String, String> each : run.results().entrySet()) {
            JsonNode alert = JSON.readTree(each.getValue());
            boolean isOfIt = each.getKey().startsWith(Topics.ALERTS)
                    && alert.path("lead").asText().equals(lead)
                    && alert.path("cause").asText().equals(cause);
            if (isOfIt) {
                alerts.put(each.getKey(), each.getValue());
            }
        }
        return alerts;
    }

    private List<String> states(String lead, String cause) throws Exception {
        List<String> states = new ArrayList<>();
        for (String alert : alerts(lead, cause).values()) {
            states.add(JSON.readTree(alert).path("state").asText());
        }
        return states;
    }

    /** Leads created in all of the company, by day. */
    private Map<String, Long> created() {
        Map<String, Long> created = new TreeMap<>();
        run.sums().forEach((key, sum) -> {
            if (key.startsWith("company LEADS_CREATED ")) {
                created.put(key.substring(key.lastIndexOf(' ') + 1), sum);
            }
        });
        return created;
    }
}
