package io.leadpulse.lead;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.conservation.Outcome;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealBook;
import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.merge.MergeBook;
import io.leadpulse.domain.merge.MergeEvent;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.SalesEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Facts, deals, merges, unmerges and deletions in any order, with anything under way overtaken by anything else, with restarts
 * and an upgrade: the results are those of a run in which all that was not withdrawn was said of the lead under which it
 * stands in the end, and nothing was merged or deleted.
 */
@SuppressWarnings("try") // Closing a harness may throw anything.
class MergePropertyTest {
    private static final String AS_OF = "2025-06-01T00:00:00Z";
    private static final long AS_OF_MILLIS = TestSettings.millis(AS_OF);
    private static final long START_MILLIS = TestSettings.millis("2025-03-03T08:00:00Z");
    private static final long HOUR = 3_600_000L;
    private static final int LEADS = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<EventKind> KINDS = List.of(
            EventKind.LEAD_CREATED,
            EventKind.CALL,
            EventKind.CALL,
            EventKind.EMAIL_REPLIED,
            EventKind.DEMO_REQUESTED,
            EventKind.FORM_SUBMITTED,
            EventKind.NEWSLETTER_SIGNED_UP,
            EventKind.LEAD_ASSIGNED,
            EventKind.LEAD_STATUS_CHANGED,
            EventKind.LEAD_DELETED,
            EventKind.TASK_PLANNED);
    /** What an engine knew that came after the first release, and before that of today. */
    private static final int EARLIER_MEASURES = 70;
    /** Fewer than merged leads mostly have. */
    private static final int FEW_FACTS = 6;

    @Property(tries = 30, seed = "20261122")
    void aReplayEndsAsIfItHadAlwaysBeenSo(@ForAll long seed) throws Exception {
        Story story = new Story(new Random(seed));
        EngineSettings replay = TestSettings.replay(AS_OF);

        Set<String> deleted = new TreeSet<>();
        Map<String, String> plain =
                standing(run(story.unmerged(), replay, new Random(seed), 0), story.roots(), deleted);
        Map<String, String> merged = standing(run(story, replay, new Random(seed), 1), story.roots(), deleted);
        // What is said of a deleted lead beside its deals is said of no other; see MergedLeadFunctionTest.
        plain.keySet().removeAll(deleted);
        merged.keySet().removeAll(deleted);

        assertThat(differences(plain, merged)).isEmpty();
    }

    @Property(tries = 30, seed = "20261122")
    void aLiveRunEndsAsIfItHadAlwaysBeenSo(@ForAll long seed) throws Exception {
        Story story = new Story(new Random(seed));
        EngineSettings live = TestSettings.live();

        Map<String, String> plain =
                standing(run(story.unmerged(), live, new Random(seed), 0), story.roots(), new TreeSet<>());
        Map<String, String> merged = standing(run(story, live, new Random(seed), 2), story.roots(), new TreeSet<>());
        plain.keySet().removeIf(key -> key.startsWith(Topics.PROFILES));
        merged.keySet().removeIf(key -> key.startsWith(Topics.PROFILES));

        assertThat(differences(plain, merged)).isEmpty();
    }

    /** A merged lead has more facts than are read together. */
    @Property(tries = 30, seed = "20261122")
    void whichFactsOfTooManyAreReadDoesNotDependOnTheOrder(@ForAll long seed) throws Exception {
        Story story = new Story(new Random(seed));
        EngineSettings settings = new Random(seed).nextBoolean() ? TestSettings.replay(AS_OF) : TestSettings.live();

        Map<String, String> one = few(story, settings, new Random(seed));
        Map<String, String> other = few(story, settings, new Random(~seed));
        if (!settings.valuesAtEnd()) {
            one.keySet().removeIf(key -> key.startsWith(Topics.PROFILES));
            other.keySet().removeIf(key -> key.startsWith(Topics.PROFILES));
        }

        assertThat(differences(one, other)).isEmpty();
    }

    private static Map<String, String> few(Story story, EngineSettings settings, Random random) throws Exception {
        try (MergeRun run = new MergeRun(settings, Measure.COUNT, FEW_FACTS)) {
            return standing(run(run, story, random, 1), story.roots(), new TreeSet<>());
        }
    }

    private static List<String> differences(Map<String, String> plain, Map<String, String> merged) {
        Set<String> keys = new TreeSet<>(plain.keySet());
        keys.addAll(merged.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(plain.get(key), merged.get(key)))
                .map(key -> key + "\n  said of one: " + plain.get(key) + "\n  merged:      " + merged.get(key))
                .toList();
    }

    /** What a run left: sums of contributions, and results by topic and key. */
    private record Left(Map<String, Long> sums, Map<String, String> results) {}

    private static Left run(Story story, EngineSettings settings, Random random, int restarts) throws Exception {
        try (MergeRun run = new MergeRun(settings, restarts == 2 ? EARLIER_MEASURES : Measure.COUNT)) {
            return run(run, story, random, restarts);
        }
    }

    private static Left run(MergeRun run, Story story, Random random, int restarts) throws Exception {
        List<Object> inputs = new ArrayList<>(story.inputs);
        Collections.shuffle(inputs, random);
        long watermarkMillis = START_MILLIS;
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i) instanceof LeadInput input) {
                run.send(input);
            } else {
                run.send((SalesEvent) inputs.get(i));
            }
            for (int deliveries = random.nextInt(4); deliveries > 0; deliveries--) {
                run.deliverOne(random.nextInt(1000));
            }
            if (restarts > 0 && random.nextInt(10) == 0) {
                watermarkMillis += random.nextInt(20) * 24L * HOUR;
                run.watermark(Math.min(watermarkMillis, AS_OF_MILLIS - HOUR), random);
            }
            for (int at = 1; at <= restarts; at++) {
                if (i == inputs.size() * at / (restarts + 1)) {
                    if (at == 2) {
                        run.upgrade(random);
                    } else {
                        run.restart(random);
                    }
                }
            }
        }
        run.deliverAll(random);
        // Bursts of the past are over: their alerts are judged.
        run.wallClock(600_000);
        run.watermark(AS_OF_MILLIS, random);
        run.wallClock(1_200_000);
        assertThat(run.deadLetters()).isEmpty();
        assertThat(run.outcomes()).isEqualTo(Map.of(Outcome.COUNTED, story.records));
        return new Left(run.sums(), run.results());
    }

    /**
     * What stands in the end, without what may depend on the order: when it was said, and what was taken back. A member
     * that stands under another has nothing but the word of it, which is checked here.
     */
    private static Map<String, String> standing(Left left, Map<String, String> roots, Set<String> deleted)
            throws Exception {
        Map<String, String> standing = new TreeMap<>();
        left.sums().forEach((key, sum) -> standing.put("sum " + key, sum.toString()));
        for (Map.Entry<String, String> result : left.results().entrySet()) {
            ObjectNode value = (ObjectNode) JSON.readTree(result.getValue());
            String lead = value.path("lead").asText();
            String root = roots.getOrDefault(lead, lead);
            boolean isTakenBack = value.path("state").asText().equals("withdrawn")
                    || !value.path("withdrawn").asText("").isEmpty()
                    || value.path("points").asDouble(1) == 0;
            if (isTakenBack) {
                continue;
            }
            JsonNode identity = value.remove("identity");
            if (!root.equals(lead) && identity != null) {
                assertThat(identity.path("merged_into").asText()).isEqualTo(root);
                assertThat(value.path("score").asDouble()).isZero();
                assertThat(value.path("deal_list")).isEmpty();
                continue;
            }
            if (identity != null && identity.hasNonNull("deleted_at")) {
                deleted.add(result.getKey());
            }
            value.remove("as_of");
            if (value.path("details") instanceof ObjectNode details) {
                details.remove("replaces");
            }
            standing.put(result.getKey(), value.toString());
        }
        return standing;
    }

    /** Five leads with some acts, deals, merges, unmerges and deletions. */
    static final class Story {
        final List<Object> inputs = new ArrayList<>();
        private final Map<String, List<MergeEvent>> merges = new HashMap<>();
        private long records;

        private Story() {}

        Story(Random random) {
            long id = 1;
            for (int lead = 0; lead < LEADS; lead++) {
                int facts = random.nextInt(8);
                for (int fact = 0; fact < facts; fact++) {
                    add(fact(random, "L" + lead, id++));
                }
                for (int deal = random.nextInt(3); deal > 1; deal--) {
                    id += 3;
                    inputs.add(deal(random, "L" + lead, id));
                }
            }
            int said = 1 + random.nextInt(7);
            for (int merge = 0; merge < said; merge++) {
                int lead = random.nextInt(LEADS);
                String into = random.nextInt(4) == 0 ? null : "L" + (lead + 1 + random.nextInt(LEADS - 1)) % LEADS;
                MergeEvent event = new MergeEvent(id, into, START_MILLIS + random.nextInt(2000) * HOUR, 0, id);
                merges.put("L" + lead, MergeBook.accept(merges.getOrDefault("L" + lead, List.of()), event));
                inputs.add(sales("L" + lead, event));
                records++;
                id++;
            }
        }

        private void add(LeadInput input) {
            inputs.add(input);
            records++;
        }

        Map<String, String> roots() {
            return MergeBook.roots(holding());
        }

        private Map<String, MergeEvent> holding() {
            Map<String, MergeEvent> holding = new HashMap<>();
            merges.forEach((lead, events) -> {
                if (MergeBook.holding(events) != null) {
                    holding.put(lead, MergeBook.holding(events));
                }
            });
            return holding;
        }

        /** Whether no deletion withdraws what was said of a lead: one of itself, or of one that it is merged into. */
        private boolean stands(String lead, Fact fact) {
            Map<String, String> roots = roots();
            Map<String, MergeEvent> holding = holding();
            long sinceMillis = Long.MIN_VALUE;
            for (String at = lead; ; at = holding.get(at).into()) {
                for (Fact deletion : facts(at, EventKind.LEAD_DELETED)) {
                    boolean isOfThen = deletion.timeMillis() >= sinceMillis;
                    boolean isBefore = fact.timeMillis() <= deletion.timeMillis()
                            || fact.timeMillis() < createdAfter(at, deletion.timeMillis());
                    if (isOfThen && isBefore && !isTidiedUp(at, deletion, roots)) {
                        return false;
                    }
                }
                if (roots.getOrDefault(at, at).equals(at)) {
                    return true;
                }
                sinceMillis = Math.max(sinceMillis, holding.get(at).timeMillis());
            }
        }

        /** Whether a record was deleted that had been emptied by a merge, or was by the next one. */
        private boolean isTidiedUp(String lead, Fact deletion, Map<String, String> roots) {
            List<MergeEvent> events = new ArrayList<>(merges.getOrDefault(lead, List.of()));
            // Of a lead that stands on its own the merges since it was last taken out do not hold.
            while (roots.getOrDefault(lead, lead).equals(lead)
                    && !events.isEmpty()
                    && events.get(events.size() - 1).into() != null) {
                events.remove(events.size() - 1);
            }
            boolean isMerged = false;
            for (MergeEvent event : events) {
                if (event.timeMillis() <= deletion.timeMillis()) {
                    isMerged = event.into() != null;
                } else if (event.into() != null && event.timeMillis() < createdAfter(lead, deletion.timeMillis())) {
                    return true;
                }
            }
            return isMerged;
        }

        private long createdAfter(String lead, long millis) {
            return facts(lead, EventKind.LEAD_CREATED).stream()
                    .mapToLong(Fact::timeMillis)
                    .filter(each -> each > millis)
                    .min()
                    .orElse(Long.MAX_VALUE);
        }

        private List<Fact> facts(String lead, EventKind kind) {
            return inputs.stream()
                    .filter(LeadInput.class::isInstance)
                    .map(LeadInput.class::cast)
                    .filter(input -> input.lead().equals(lead) && input.fact() != null)
                    .map(LeadInput::fact)
                    .filter(fact -> fact.kind() == kind)
                    .toList();
        }

        /** The same as if all that stands had been said of the lead under which it stands. */
        Story unmerged() {
            Map<String, String> roots = roots();
            Story plain = new Story();
            for (Object each : inputs) {
                if (each instanceof LeadInput input) {
                    String root = roots.getOrDefault(input.lead(), input.lead());
                    if (input.fact() != null) {
                        boolean isDeletion = input.fact().kind() == EventKind.LEAD_DELETED;
                        if (!isDeletion && stands(input.lead(), input.fact())) {
                            plain.add(LeadInput.plus(root, input.fact(), input.record()));
                        }
                    } else {
                        plain.inputs.add(LeadInput.plus(root, input.deal().ofLead(root)));
                    }
                }
            }
            return plain;
        }

        static LeadInput fact(Random random, String lead, long id) {
            EventKind kind = KINDS.get(random.nextInt(KINDS.size()));
            long millis = START_MILLIS + random.nextInt(1900) * HOUR + id;
            Fact.Builder fact = Fact.builder(id, "test/" + id, millis, kind).contentHash(id);
            switch (kind) {
                case CALL ->
                    fact.actor(random.nextBoolean() ? "ann" : "bob")
                            .direction(random.nextBoolean() ? Direction.OUTBOUND : Direction.INBOUND)
                            .connected(true)
                            .seconds(60);
                case LEAD_ASSIGNED -> fact.owner(random.nextBoolean() ? "ann" : "bob");
                case LEAD_STATUS_CHANGED -> fact.status(random.nextBoolean() ? "qualified" : "nurture");
                case FORM_SUBMITTED -> fact.asset("form-" + random.nextInt(2));
                case DEMO_REQUESTED -> fact.product("pump");
                case TASK_PLANNED -> fact.asset("task-" + id).dueMillis(millis + 48 * HOUR);
                default -> fact.campaign("fair").channel("event");
            }
            return LeadInput.plus(lead, fact.build(), record());
        }

        private static LeadInput deal(Random random, String lead, long id) {
            long millis = START_MILLIS + random.nextInt(1000) * HOUR;
            List<DealEvent> events = new ArrayList<>();
            events.add(dealEvent(id, millis, EventKind.DEAL_OPENED, lead, "demo", 100_00L + id));
            if (random.nextBoolean()) {
                events.add(dealEvent(id + 1, millis + 300 * HOUR, EventKind.DEAL_WON, lead, null, null));
            }
            Deal deal = DealBook.resolve("D" + id, events, DealStages.DEFAULT);
            return LeadInput.plus(lead, deal);
        }

        private static DealEvent dealEvent(
                long id, long millis, EventKind kind, String lead, String stage, Long amountMinor) {
            return new DealEvent(
                    id,
                    "test/" + id,
                    millis,
                    kind,
                    0,
                    id,
                    lead,
                    "ann",
                    stage,
                    null,
                    null,
                    amountMinor,
                    null,
                    null,
                    null);
        }

        private static SalesEvent sales(String lead, MergeEvent event) {
            EventKind kind = event.into() == null ? EventKind.LEAD_UNMERGED : EventKind.LEAD_MERGED;
            return SalesEvent.builder(event.id(), "test/" + event.id(), kind, event.timeMillis(), record())
                    .version(event.version())
                    .contentHash(event.contentHash())
                    .lead(lead)
                    .subject(event.into())
                    .build();
        }

        private static RawRecord record() {
            return new RawRecord(Topics.ACTIVITIES, 0, 0, Fact.NO_TIME, null, new byte[0], List.of());
        }
    }
}
