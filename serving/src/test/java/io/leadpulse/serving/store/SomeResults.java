package io.leadpulse.serving.store;

import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.DeadLetterRecord;
import io.leadpulse.schemas.result.DwellRecord;
import io.leadpulse.schemas.result.GroupPoints;
import io.leadpulse.schemas.result.LeadProfile;
import io.leadpulse.schemas.result.LedgerRecord;
import io.leadpulse.schemas.result.ProgressRecord;
import io.leadpulse.schemas.result.ResultCodec;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.schemas.result.RollupRecord;
import io.leadpulse.schemas.result.Unit;
import io.leadpulse.serving.read.ResultUpdate;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;

/** Results as an engine writes them, numbered by partition; one partition a topic. Money is in euro cents. */
public final class SomeResults {
    /** Tuesday, nine in the morning in Berlin. */
    public static final long NINE = Rfc3339.millis("2025-03-04T08:00:00Z");

    public static final long HOUR = 3_600_000;
    private static final ResultCodecs CODECS = new ResultCodecs("EUR");

    private final List<ResultUpdate> updates = new ArrayList<>();
    private final Map<TopicPartition, Long> next = new HashMap<>();

    public List<ResultUpdate> updates() {
        return List.copyOf(updates);
    }

    /** Positions behind all updates so far. */
    public Map<TopicPartition, Long> next() {
        return Map.copyOf(next);
    }

    /** Takes the updates away, to begin the next batch; numbering goes on. */
    List<ResultUpdate> take() {
        List<ResultUpdate> taken = updates();
        updates.clear();
        return taken;
    }

    public SomeResults add(LeadProfile profile) {
        return add(CODECS.profiles(), profile, profile.asOfMillis());
    }

    public SomeResults add(LedgerRecord entry) {
        return add(CODECS.ledger(), entry, entry.asOfMillis());
    }

    public SomeResults add(AlertRecord alert) {
        return add(CODECS.alerts(), alert, alert.asOfMillis());
    }

    SomeResults add(RollupRecord sum) {
        return add(CODECS.rollups(), sum, sum.asOfMillis());
    }

    SomeResults addLater(RollupRecord sum, long appendMillis) {
        return add(CODECS.rollups(), sum, appendMillis);
    }

    SomeResults add(ProgressRecord progress) {
        return add(CODECS.progress(), progress, progress.asOfMillis());
    }

    SomeResults add(DwellRecord dwell) {
        return add(CODECS.dwell(), dwell, dwell.asOfMillis());
    }

    SomeResults add(DeadLetterRecord letter) {
        TopicPartition partition = new TopicPartition(Topics.DEAD_LETTERS, 0);
        long offset = next.getOrDefault(partition, 0L);
        updates.add(new ResultUpdate(
                partition, offset, letter.asOfMillis(), letter.key(), letter.value(), letter.headers()));
        next.put(partition, offset + 1);
        return this;
    }

    SomeResults delete(String topic, String key) {
        return put(topic, key, null, NINE);
    }

    SomeResults companyEvent(String json) {
        return put(Topics.COMPANY_EVENTS, "c", json.getBytes(StandardCharsets.UTF_8), NINE);
    }

    private <T> SomeResults add(ResultCodec<T> codec, T result, long appendMillis) {
        return put(codec.topic(), codec.key(result), codec.encode(result), appendMillis);
    }

    private SomeResults put(String topic, String key, byte[] value, long appendMillis) {
        TopicPartition partition = new TopicPartition(topic, 0);
        long offset = next.getOrDefault(partition, 0L);
        updates.add(new ResultUpdate(partition, offset, appendMillis, key.getBytes(StandardCharsets.UTF_8), value));
        next.put(partition, offset + 1);
        return this;
    }

    /** A lead with these deals. */
    public static LeadProfile profile(String lead, String band, long asOfMillis, LeadProfile.DealState... deals) {
        double score = band.equals("hot") ? 85 : band.equals("warm") ? 45.5 : 3;
        return new LeadProfile(
                lead,
                "anna",
                "working",
                "inbound",
                new LeadProfile.Score(
                        score,
                        score + 10,
                        band,
                        15,
                        score - 15,
                        List.of(new GroupPoints("fit", 15, 15), new GroupPoints("engagement", score - 15, score - 15)),
                        12.5,
                        -0.25),
                new LeadProfile.Milestones(asOfMillis - HOUR, asOfMillis, "crm/e-1", null, null, null, null),
                new LeadProfile.Contacts(
                        asOfMillis, 840L, asOfMillis, "call", true, asOfMillis + HOUR, "meeting_scheduled", null),
                "offer",
                asOfMillis - HOUR,
                new LeadProfile.Deals(deals.length, 123_456L * deals.length, 0, 0, 0),
                new LeadProfile.Touches(
                        "spring-fair", "event", "spring-fair", "event", "/blog", "contact", "buying-guide"),
                new LeadProfile.Work("north", "pump-3", asOfMillis, null, "Call about the offer"),
                List.of(deals),
                new LeadProfile.Behaviour(
                        List.of(new LeadProfile.ActCount("web_visit", 1, 2, 3, 4, asOfMillis - HOUR)),
                        List.of(
                                new LeadProfile.Step(asOfMillis - HOUR, "touch", "page_viewed", "spring-fair"),
                                new LeadProfile.Step(asOfMillis, "stage", "offer", "D-1")),
                        7,
                        List.of(new LeadProfile.ProductPoints("pump-3", 12.5)),
                        3,
                        10L,
                        LocalDate.parse("2025-12-31").toEpochDay()),
                LeadProfile.Identity.ONE,
                Map.of(),
                null,
                null,
                "Example Steelworks Ltd",
                asOfMillis);
    }

    /** The profile of a lead that has nothing any more: merged, or deleted. */
    public static LeadProfile gone(String lead, LeadProfile.Identity identity, long asOfMillis) {
        return new LeadProfile(
                lead,
                null,
                "new",
                "unknown",
                new LeadProfile.Score(0, 0, "cold", 0, 0, List.of(), 0, 0),
                new LeadProfile.Milestones(null, null, null, null, null, null, null),
                new LeadProfile.Contacts(null, null, null, null, null, null, null, null),
                null,
                null,
                new LeadProfile.Deals(0, 0, 0, 0, 0),
                LeadProfile.Touches.NONE,
                new LeadProfile.Work(null, null, null, null, null),
                List.of(),
                LeadProfile.Behaviour.NONE,
                identity,
                Map.of(),
                null,
                null,
                asOfMillis);
    }

    /** The same lead, owned by nobody since the time of the profile. */
    public static LeadProfile unowned(LeadProfile owned) {
        LeadProfile.Work work = owned.work();
        return new LeadProfile(
                owned.lead(),
                null,
                owned.status(),
                owned.direction(),
                owned.score(),
                owned.milestones(),
                owned.contacts(),
                owned.stage(),
                owned.stageSinceMillis(),
                owned.deals(),
                owned.touches(),
                new LeadProfile.Work(
                        null, work.product(), work.handRaisedMillis(), owned.asOfMillis(), work.nextStep()),
                owned.dealList(),
                owned.behaviour(),
                owned.identity(),
                owned.traits(),
                owned.outcome(),
                owned.candidate(),
                owned.organisation(),
                owned.asOfMillis());
    }

    /** The same lead with traits; not open any more if it has an outcome. */
    public static LeadProfile taught(LeadProfile lead, Map<String, String> traits, LeadProfile.Outcome outcome) {
        return new LeadProfile(
                lead.lead(),
                lead.owner(),
                outcome == null ? lead.status() : outcome.won() ? "customer" : "disqualified",
                lead.direction(),
                lead.score(),
                lead.milestones(),
                lead.contacts(),
                outcome == null ? lead.stage() : null,
                outcome == null ? lead.stageSinceMillis() : null,
                lead.deals(),
                lead.touches(),
                lead.work(),
                lead.dealList(),
                lead.behaviour(),
                lead.identity(),
                traits,
                outcome,
                lead.candidate(),
                lead.organisation(),
                lead.asOfMillis());
    }

    /** The same lead, read by candidate rules too. */
    public static LeadProfile proposed(LeadProfile lead, LeadProfile.Candidate candidate) {
        return new LeadProfile(
                lead.lead(),
                lead.owner(),
                lead.status(),
                lead.direction(),
                lead.score(),
                lead.milestones(),
                lead.contacts(),
                lead.stage(),
                lead.stageSinceMillis(),
                lead.deals(),
                lead.touches(),
                lead.work(),
                lead.dealList(),
                lead.behaviour(),
                lead.identity(),
                lead.traits(),
                lead.outcome(),
                candidate,
                lead.organisation(),
                lead.asOfMillis());
    }

    /** An open deal in the stage offer. */
    public static LeadProfile.DealState deal(String deal) {
        return new LeadProfile.DealState(
                deal,
                "open",
                "offer",
                NINE - HOUR,
                NINE + 240 * HOUR,
                "10 business days",
                "anna",
                "north",
                "pump-3",
                123_456L,
                NINE - 2 * HOUR,
                null,
                LocalDate.parse("2025-04-01").toEpochDay(),
                1,
                14,
                null,
                NINE - HOUR);
    }

    public static LedgerRecord entry(String lead, long fact, String rule, double points, long timeMillis) {
        return new LedgerRecord(
                lead, fact, "crm/e-" + fact, timeMillis, rule, 1, "engagement", points, "pump-3", null, timeMillis);
    }

    public static AlertRecord alert(String alert, String lead, AlertRecord.Transition... life) {
        AlertRecord.Transition last = life[life.length - 1];
        return new AlertRecord(
                alert,
                "stuck",
                null,
                lead,
                "D-1",
                "anna",
                "offer",
                NINE - 300 * HOUR,
                "10 business days",
                last.state(),
                last.severity(),
                List.of(life),
                Map.of("hand_raised", "false", "next_step", "Call about the offer"),
                last.timeMillis());
    }

    public static AlertRecord.Transition step(String state, long timeMillis) {
        return new AlertRecord.Transition(state, timeMillis, "warning", null);
    }

    static RollupRecord day(String scope, String measure, String day, long value, long asOfMillis) {
        Unit unit = measure.endsWith("_amount") ? Unit.MONEY : Unit.COUNT;
        return new RollupRecord(scope, measure, "", day, unit, value, asOfMillis);
    }

    static ProgressRecord progress(String scope, String period, long won, List<ProgressRecord.Goal> goals) {
        return new ProgressRecord(
                scope,
                "day",
                period,
                "the day " + period,
                NINE - 9 * HOUR,
                NINE + 15 * HOUR,
                new ProgressRecord.Sales(won, 2, 1, 4, 2, 1_000_000, 21.5),
                goals,
                Map.of(),
                NINE);
    }

    static ProgressRecord.Goal goal(String measure, long goal, long achieved) {
        return new ProgressRecord.Goal(
                measure, Unit.MONEY, goal, achieved, 0.5, 0.4, false, 10L, 20L, 1.1, 30L, 40L, 3.5, 5L, 6L, 7L, null);
    }

    /** A drawn stream of all kinds of results, in which keys come again and some are deleted. */
    static SomeResults drawn(long seed, int count, int leads) {
        Random random = new Random(seed);
        SomeResults results = new SomeResults();
        String[] bands = {"cold", "warm", "hot"};
        for (int i = 0; i < count; i++) {
            long now = NINE + i * 1_000L;
            String lead = "L-" + random.nextInt(leads);
            switch (random.nextInt(9)) {
                case 0, 1 -> {
                    LeadProfile.DealState[] deals = new LeadProfile.DealState[random.nextInt(3)];
                    for (int at = 0; at < deals.length; at++) {
                        deals[at] = deal("D-" + lead + "-" + (at + random.nextInt(2) * 2));
                    }
                    results.add(profile(lead, bands[random.nextInt(3)], now, deals));
                }
                case 2 -> results.add(entry(lead, random.nextInt(5), "demo", random.nextInt(50), now));
                case 3 -> results.add(alert("A-" + random.nextInt(leads), lead, step("raised", now)));
                case 4 -> results.add(day("company", "won_amount", "2025-03-0" + (1 + random.nextInt(4)), i, now));
                case 5 ->
                    results.add(new RollupRecord(
                            "team:north", "won_amount_five_minutes", "", "2025-03-04T09:05", Unit.MONEY, i, now));
                case 6 ->
                    results.add(progress(
                            "company",
                            "2025-03-0" + (1 + random.nextInt(4)),
                            i,
                            random.nextBoolean() ? List.of() : List.of(goal("won_amount", 1_000_000, i))));
                case 7 ->
                    results.add(new RollupRecord(
                            "company",
                            "dwell_histogram",
                            "offer/" + random.nextInt(3),
                            "2025-03-04",
                            Unit.COUNT,
                            i,
                            now));
                default -> results.delete(Topics.PROFILES, lead);
            }
        }
        return results;
    }
}
