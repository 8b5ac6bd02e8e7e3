package io.leadpulse.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares the result files of a replay with the oracle's answers. Every difference is one line of text: what, what the
 * oracle says, what the replay says. Amounts, counts and times are compared exactly, scores to 1e-9.
 *
 * <p>Compared are sales, dwell of the company, stuck alerts that were not withdrawn, the ledger's points by event (names of
 * rules are the engine's own), scores and milestones of leads, and the fates of events. Where a lead has an open deal, the
 * stage of its profile is that deal's and is not compared.
 */
public final class ReplayComparison {
    private static final double SCORE_TOLERANCE = 1e-9;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Files and fields of the results, in one place. */
    private static final class Names {
        private static final String PROGRESS = "sales.progress.v1.ndjson";
        private static final String DWELL = "stage.dwell.v1.ndjson";
        private static final String ALERTS = "lead.alerts.v1.ndjson";
        private static final String LEDGER = "lead.ledger.v1.ndjson";
        private static final String PROFILES = "lead.profiles.v1.ndjson";
        private static final String CONSERVATION = "engine.conservation.v1.ndjson";

        private static final String VALUE = "value";
        private static final String SCOPE = "scope";
        private static final String COMPANY = "company";
        private static final String PERIOD_KIND = "period_kind";
        private static final String START = "start";
        private static final String TRAILING = "trailing_90_days";
        private static final String GOALS = "goals";
        private static final String MEASURE = "measure";
        private static final String WON_AMOUNT = "won_amount";
        private static final String WON_COUNT = "won_count";
        private static final String LOST_COUNT = "lost_count";
        private static final String OPENED_COUNT = "opened_count";
        private static final String CYCLE = "cycle";
        private static final String CYCLE_COUNT = "count";
        private static final String SUM_MILLIS = "sum_millis";
        private static final String COUNT = "count";

        private static final String CAUSE = "cause";
        private static final String STUCK = "stuck";
        private static final String LEAD = "lead";
        private static final String DEAL = "deal";
        private static final String STAGE = "stage";
        private static final String SINCE = "since";
        private static final String TRANSITIONS = "transitions";
        private static final String STATE = "state";
        private static final String TIME = "time";
        private static final String RAISED = "raised";
        private static final String ESCALATED = "escalated";
        private static final String RESOLVED = "resolved";
        private static final String WITHDRAWN = "withdrawn";

        private static final String EVENT = "event";
        private static final String POINTS = "points";

        private static final String SCORE = "score";
        private static final String RAW_SCORE = "raw_score";
        private static final String BAND = "band";
        private static final String GROUPS = "groups";
        private static final String GROUP = "group";
        private static final String RAW = "raw";
        private static final String STAGE_SINCE = "stage_since";
        private static final String OPEN_AMOUNT = "open_amount";
        private static final Set<String> DERIVED_STAGES = Set.of("new", "contacted", "qualified");

        private static final String COUNTED = "counted";
        private static final String DUPLICATE = "duplicate";
        private static final String SUPERSEDED = "superseded";
        private static final String HELD = "held";
        private static final String DEAD_LETTERED = "dead_lettered";
        private static final String HELD_DROPPED = "held_dropped";
        private static final String FUTURE = "future";
    }

    private final Path folder;
    private final OracleConfig config;
    private final Map<String, String> groupNames;

    /**
     * Prepares a comparison.
     *
     * @param folder output of the replay
     * @param config the company that the oracle was given
     * @param groupNames the engine's name of each of the oracle's groups; a group without one is not compared by itself
     */
    public ReplayComparison(Path folder, OracleConfig config, Map<String, String> groupNames) {
        this.folder = folder;
        this.config = config;
        this.groupNames = Map.copyOf(groupNames);
    }

    /** All differences; empty if there is none. */
    public List<String> all(HistoryOracle oracle) throws IOException {
        List<String> differences = new ArrayList<>();
        differences.addAll(sales(oracle));
        differences.addAll(dwell(oracle));
        differences.addAll(stuckAlerts(oracle));
        differences.addAll(leadAlerts(oracle));
        differences.addAll(ledger(oracle));
        differences.addAll(profiles(oracle));
        differences.addAll(fates(oracle));
        return differences;
    }

    /** Sales by scope and period; a period that the replay does not have counts as one without sales. */
    public List<String> sales(HistoryOracle oracle) throws IOException {
        Map<String, Object> expected = new TreeMap<>();
        oracle.sales()
                .forEach((scope, periods) -> periods.forEach((period, sales) -> {
                    if (!sales.equals(OracleResults.Sales.NONE)) {
                        expected.put(scope + ' ' + period, sales);
                    }
                }));
        Map<String, Object> actual = new TreeMap<>();
        List<String> differences = new ArrayList<>();
        List<JsonNode> all = values(Names.PROGRESS);
        boolean isTrailing = all.stream().anyMatch(ReplayComparison::isTrailing);
        if (isTrailing) {
            oracle.trailing90Days().forEach((scope, sales) -> expected.put(scope + ' ' + Names.TRAILING, sales));
        }
        for (JsonNode progress : all) {
            JsonNode cycle = progress.get(Names.CYCLE);
            OracleResults.Sales sales = new OracleResults.Sales(
                    minor(progress.get(Names.WON_AMOUNT)),
                    progress.get(Names.WON_COUNT).longValue(),
                    progress.get(Names.LOST_COUNT).longValue(),
                    progress.get(Names.OPENED_COUNT).longValue(),
                    cycle.get(Names.SUM_MILLIS).longValue());
            String key = progress.get(Names.SCOPE).asText() + ' ' + period(progress);
            if (!sales.equals(OracleResults.Sales.NONE)) {
                actual.put(key, sales);
            }
            if (cycle.get(Names.CYCLE_COUNT).longValue() != sales.wonCount()) {
                differences.add("sales " + key + ": cycles of " + cycle.get(Names.CYCLE_COUNT) + " deals, won "
                        + sales.wonCount());
            }
        }
        differences.addAll(differences("sales", expected, actual));
        return differences;
    }

    private static boolean isTrailing(JsonNode progress) {
        return progress.get(Names.PERIOD_KIND).asText().equals(Names.TRAILING);
    }

    private String period(JsonNode progress) {
        String kind = progress.get(Names.PERIOD_KIND).asText();
        Long startMillis = millis(progress, Names.START);
        if (startMillis == null || isTrailing(progress)) {
            return kind;
        }
        LocalDate start =
                Instant.ofEpochMilli(startMillis).atZone(config.zone()).toLocalDate();
        return SalesOracle.periods(config, start).stream()
                .filter(key -> key.startsWith(kind + ":"))
                .findFirst()
                .orElse(kind + " of unknown kind from " + start);
    }

    /**
     * Goals of current periods: what is achieved, expected, ahead and required. Goals of other periods are not looked for,
     * nor those of days, which follow from the month's.
     */
    public List<String> goals(HistoryOracle oracle, List<OracleConfig.Goal> goals) throws IOException {
        Map<String, JsonNode> actual = new TreeMap<>();
        for (JsonNode progress : values(Names.PROGRESS)) {
            for (JsonNode goal : progress.get(Names.GOALS)) {
                String of = progress.get(Names.SCOPE).asText() + ' ' + period(progress);
                actual.put(of + ' ' + goal.get(Names.MEASURE).asText(), goal);
            }
        }
        List<String> differences = new ArrayList<>();
        for (OracleConfig.Goal goal : goals) {
            OracleResults.GoalProgress expected = oracle.progress(goal);
            JsonNode told = actual.get(expected.of());
            if (told == null) {
                differences.add("goal " + expected.of() + ": not told");
                continue;
            }
            Map<String, Object> whole = new TreeMap<>();
            whole.put("goal", expected.goal());
            whole.put("achieved", expected.achieved());
            whole.put("is_linear", expected.isLinear());
            whole.put("required_per_day", expected.requiredPerDay());
            Map<String, BigDecimal> fractions = new TreeMap<>();
            fractions.put("attainment", expected.attainment());
            fractions.put("business_days_left", expected.businessDaysLeft());
            whole.put("expected", expected.expected());
            whole.put("ahead", expected.ahead());
            fractions.put("expected_share", expected.share());
            whole.forEach((field, value) -> {
                Object actually = amount(told.get(field), goal.isMoney());
                if (!Objects.equals(value, actually)) {
                    differences.add(difference("goal", expected.of() + ' ' + field, value, actually));
                }
            });
            fractions.forEach((field, value) ->
                    compareNumber(differences, "goal", expected.of(), field, value.doubleValue(), told.get(field)));
        }
        return differences;
    }

    private Object amount(JsonNode node, boolean isMoney) {
        if (node.isNull()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return isMoney ? minor(node) : node.longValue();
    }

    /** Dwell of the company; a stage without dwell and one that is not there are the same. */
    public List<String> dwell(HistoryOracle oracle) throws IOException {
        Map<String, Object> actual = new TreeMap<>();
        for (JsonNode dwell : values(Names.DWELL)) {
            long count = dwell.get(Names.COUNT).longValue();
            if (dwell.get(Names.SCOPE).asText().equals(Names.COMPANY) && count > 0) {
                actual.put(
                        dwell.get(Names.STAGE).asText(),
                        new OracleResults.Dwell(
                                count, dwell.get(Names.SUM_MILLIS).longValue()));
            }
        }
        return differences("dwell", oracle.dwell(), actual);
    }

    /** Stuck alerts with their transitions; those told and withdrawn stand apart, see {@link #withdrawnAlerts()}. */
    public List<String> stuckAlerts(HistoryOracle oracle) throws IOException {
        Map<String, Object> actual = new TreeMap<>();
        List<String> differences = new ArrayList<>();
        for (JsonNode record : values(Names.ALERTS)) {
            if (!record.get(Names.CAUSE).asText().equals(Names.STUCK)
                    || record.get(Names.STATE).asText().equals(Names.WITHDRAWN)) {
                continue;
            }
            OracleResults.AlertKey key = new OracleResults.AlertKey(
                    text(record, Names.LEAD),
                    text(record, Names.DEAL),
                    text(record, Names.STAGE),
                    Objects.requireNonNull(millis(record, Names.SINCE), "since"));
            Map<String, Long> times = lastLife(record);
            Object alert = times.containsKey(Names.RAISED)
                    ? new OracleResults.Alert(
                            key, times.get(Names.RAISED), times.get(Names.ESCALATED), times.get(Names.RESOLVED))
                    : "never raised: " + record.get(Names.TRANSITIONS);
            if (actual.put(key.toString(), alert) != null) {
                differences.add("alert " + key + ": there are two of it");
            }
        }
        differences.addAll(differences("alert", oracle.stuckAlerts(), actual));
        return differences;
    }

    /** The other alerts of leads with their transitions; those told and withdrawn stand apart. */
    public List<String> leadAlerts(HistoryOracle oracle) throws IOException {
        List<String> actual = new ArrayList<>();
        for (JsonNode record : values(Names.ALERTS)) {
            boolean isOther = !record.get(Names.CAUSE).asText().equals(Names.STUCK) && record.hasNonNull(Names.LEAD);
            if (!isOther || record.get(Names.STATE).asText().equals(Names.WITHDRAWN)) {
                continue;
            }
            Map<String, Long> times = lastLife(record);
            String sign = record.path("details").path("sign").asText();
            actual.add(String.join(
                    "|",
                    record.get(Names.CAUSE).asText() + (sign.isEmpty() ? "" : ":" + sign),
                    text(record, Names.LEAD),
                    record.hasNonNull(Names.DEAL) ? text(record, Names.DEAL) : "",
                    time(times.get(Names.RAISED)),
                    time(times.get(Names.ESCALATED)),
                    time(times.get(Names.RESOLVED))));
        }
        List<String> expected = new ArrayList<>(oracle.leadAlerts());
        List<String> differences = new ArrayList<>();
        for (String alert : expected) {
            if (!actual.remove(alert)) {
                differences.add("lead alert " + alert + ": not told");
            }
        }
        actual.forEach(alert -> differences.add("lead alert " + alert + ": told, but the oracle has none"));
        return differences;
    }

    private static String time(Long millis) {
        return millis == null ? "" : OracleTime.text(millis);
    }

    /** Times of the transitions by state, after the last withdrawal. */
    private static Map<String, Long> lastLife(JsonNode record) {
        Map<String, Long> times = new HashMap<>();
        for (JsonNode transition : record.get(Names.TRANSITIONS)) {
            String state = transition.get(Names.STATE).asText();
            if (state.equals(Names.WITHDRAWN)) {
                times.clear();
            } else {
                times.putIfAbsent(state, millis(transition, Names.TIME));
            }
        }
        return times;
    }

    /** How many stuck alerts were told and withdrawn. */
    public long withdrawnAlerts() throws IOException {
        return values(Names.ALERTS).stream()
                .filter(record -> record.get(Names.CAUSE).asText().equals(Names.STUCK)
                        && record.get(Names.STATE).asText().equals(Names.WITHDRAWN))
                .count();
    }

    /** Points by lead and event, with the time from which they count. */
    public List<String> ledger(HistoryOracle oracle) throws IOException {
        Map<String, Object> expected = new TreeMap<>();
        for (String lead : oracle.leads()) {
            for (OracleResults.LedgerEntry entry : oracle.ledger(lead).values()) {
                add(expected, lead, entry.event(), entry.timeMillis(), entry.points());
            }
        }
        Map<String, Object> actual = new TreeMap<>();
        for (JsonNode entry : values(Names.LEDGER)) {
            boolean hasPoints = entry.get(Names.POINTS).doubleValue() != 0;
            if (hasPoints && entry.get(Names.WITHDRAWN).isNull()) {
                add(
                        actual,
                        text(entry, Names.LEAD),
                        text(entry, Names.EVENT),
                        millis(entry, Names.TIME),
                        entry.get(Names.POINTS).doubleValue());
            }
        }
        return differences("ledger", expected, actual);
    }

    private static void add(Map<String, Object> ledger, String lead, String event, Long timeMillis, double points) {
        ledger.merge(lead + ' ' + event + ' ' + timeMillis, points, (one, other) -> (Double) one + (Double) other);
    }

    /** Scores and milestones of leads at as-of. */
    public List<String> profiles(HistoryOracle oracle) throws IOException {
        Map<String, JsonNode> profiles = new TreeMap<>();
        for (JsonNode profile : values(Names.PROFILES)) {
            profiles.put(text(profile, Names.LEAD), profile);
        }
        List<String> differences = new ArrayList<>(merged(oracle, profiles));
        for (String lead : union(Set.copyOf(oracle.leads()), profiles.keySet())) {
            JsonNode profile = profiles.get(lead);
            if (profile == null || !oracle.leads().contains(lead)) {
                differences.add(
                        "profile " + lead + ": only " + (profile == null ? "the oracle" : "the replay") + " knows it");
                continue;
            }
            OracleResults.Score score = oracle.score(lead);
            compareNumber(differences, "profile", lead, Names.SCORE, score.score(), profile.get(Names.SCORE));
            double rawScore = score.clampedByGroup().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            compareNumber(differences, "profile", lead, Names.RAW_SCORE, rawScore, profile.get(Names.RAW_SCORE));
            compareGroups(differences, lead, score, profile);
            compareFields(differences, lead, expectedFields(oracle, lead, score), profile);
            compareStage(differences, lead, oracle.lead(lead), profile);
            compareBehaviour(differences, lead, oracle, profile);
            String outcome = outcome(profile.path("outcome"));
            if (!Objects.equals(oracle.outcome(lead), outcome)) {
                differences.add(difference("profile", lead + " outcome", oracle.outcome(lead), outcome));
            }
        }
        return differences;
    }

    /** Leads that stand under another and say so; those, and deleted ones of which nothing is left, have no profile else. */
    private static List<String> merged(HistoryOracle oracle, Map<String, JsonNode> profiles) {
        Map<String, Object> actual = new TreeMap<>();
        profiles.values().removeIf(profile -> {
            String lead = text(profile, Names.LEAD);
            JsonNode identity = profile.path("identity");
            if (identity.hasNonNull("merged_into")) {
                actual.put(lead, identity.get("merged_into").asText());
            }
            boolean isGone = identity.hasNonNull("deleted_at")
                    && oracle.isDeleted(lead)
                    && !oracle.leads().contains(lead);
            return identity.hasNonNull("merged_into") || isGone;
        });
        return differences("merged", oracle.merged(), actual);
    }

    private static void compareBehaviour(
            List<String> differences, String lead, HistoryOracle oracle, JsonNode profile) {
        Map<String, String> acts = new TreeMap<>();
        for (JsonNode count : profile.path("behaviour")) {
            acts.put(
                    count.get("act").asText(),
                    "%d %d %d %d %s"
                            .formatted(
                                    count.get("last_24h").asLong(),
                                    count.get("last_7d").asLong(),
                                    count.get("last_30d").asLong(),
                                    count.get("in_all").asLong(),
                                    OracleTime.text(millis(count, "latest_at"))));
        }
        if (!acts.equals(oracle.behaviour(lead))) {
            differences.add(difference("profile", lead + " behaviour", oracle.behaviour(lead), acts));
        }
        String hour =
                profile.hasNonNull("answer_hour") ? profile.get("answer_hour").asText() : "-";
        String answers = profile.path("answers").asLong() + " " + hour;
        if (!answers.equals(oracle.answers(lead))) {
            differences.add(difference("profile", lead + " answers", oracle.answers(lead), answers));
        }
    }

    private static String outcome(JsonNode outcome) {
        if (outcome.isMissingNode()) {
            return null;
        }
        Map<String, Map<String, Integer>> early = new TreeMap<>();
        Set<String> late = new TreeSet<>();
        for (JsonNode passed : outcome.path("passed")) {
            Map<String, Integer> acts = new TreeMap<>();
            for (Map.Entry<String, JsonNode> act : passed.path("acts").properties()) {
                acts.put(act.getKey(), act.getValue().asInt());
            }
            if (passed.path("early").asBoolean()) {
                early.put(text(passed, Names.STAGE), acts);
            } else {
                late.add(text(passed, Names.STAGE));
            }
        }
        return OutcomeOracle.text(
                outcome.path("won").asBoolean(),
                millis(outcome, "closed_at"),
                text(outcome, "stage_before"),
                early,
                late);
    }

    private static Map<String, Object> expectedFields(HistoryOracle oracle, String id, OracleResults.Score score) {
        OracleResults.Lead lead = oracle.lead(id);
        OracleResults.LeadDeals deals = oracle.deals(id);
        Map<String, Object> fields = new TreeMap<>();
        fields.put(Names.BAND, score.band());
        fields.put("owner", lead.owner());
        fields.put("status", lead.status());
        fields.put("created_at", lead.createdMillis());
        fields.put("marketing_qualified_at", lead.marketingQualifiedMillis());
        fields.put("marketing_qualified_by", lead.marketingQualifiedBy());
        fields.put("sales_qualified_at", lead.salesQualifiedMillis());
        fields.put("first_contact_at", lead.firstContactMillis());
        fields.put("last_contact_at", lead.lastContactMillis());
        fields.put("last_contact_kind", lead.lastContactKind());
        fields.put("last_contact_two_way", lead.isLastContactTwoWay());
        fields.put("open_deals", deals.open());
        fields.put(Names.OPEN_AMOUNT, deals.openAmountMinor());
        fields.put("won_deals", deals.won());
        fields.put("lost_deals", deals.lost());
        return fields;
    }

    private void compareGroups(List<String> differences, String lead, OracleResults.Score score, JsonNode profile) {
        Map<String, JsonNode> raw = new HashMap<>();
        for (JsonNode group : profile.get(Names.GROUPS)) {
            raw.put(group.get(Names.GROUP).asText(), group.get(Names.RAW));
        }
        score.rawByGroup().forEach((group, points) -> {
            String name = groupNames.get(group);
            if (name != null) {
                compareNumber(differences, "profile", lead, "group " + name, points, raw.get(name));
            }
        });
    }

    private void compareFields(List<String> differences, String lead, Map<String, Object> expected, JsonNode profile) {
        expected.forEach((field, value) -> {
            JsonNode node = profile.get(field);
            Object actual;
            if (node == null || node.isNull()) {
                actual = null;
            } else if (field.equals(Names.OPEN_AMOUNT)) {
                actual = minor(node);
            } else if (node.isIntegralNumber()) {
                actual = node.longValue();
            } else if (node.isBoolean()) {
                actual = node.booleanValue();
            } else {
                actual = field.endsWith("_at") ? millis(profile, field) : node.asText();
            }
            if (!Objects.equals(value, actual)) {
                differences.add(difference("profile", lead + ' ' + field, value, actual));
            }
        });
    }

    private static void compareStage(
            List<String> differences, String lead, OracleResults.Lead expected, JsonNode profile) {
        String stage = text(profile, Names.STAGE);
        String derived = stage != null && Names.DERIVED_STAGES.contains(stage) ? stage : null;
        Long sinceMillis = derived == null ? null : millis(profile, Names.STAGE_SINCE);
        if (!Objects.equals(expected.stage(), derived) || !Objects.equals(expected.stageSinceMillis(), sinceMillis)) {
            differences.add(difference(
                    "profile",
                    lead + " stage",
                    expected.stage() + " since " + expected.stageSinceMillis(),
                    derived + " since " + sinceMillis));
        }
    }

    private static void compareNumber(
            List<String> differences, String of, String key, String field, double expected, JsonNode actual) {
        boolean isNear = actual != null
                && actual.isNumber()
                && Math.abs(expected - actual.doubleValue()) <= SCORE_TOLERANCE * Math.max(1, Math.abs(expected));
        if (!isNear) {
            differences.add(difference(of, key + ' ' + field, expected, actual));
        }
    }

    /** Fates of events: what is not counted is a duplicate or superseded by the order of arrival, so these are one. */
    public List<String> fates(HistoryOracle oracle) throws IOException {
        OracleResults.Fates fates = oracle.fates();
        Map<String, Object> expected = new TreeMap<>();
        expected.put("counted", fates.counted());
        expected.put("not counted again", fates.duplicate() + fates.superseded());
        expected.put("held", fates.held());
        expected.put("future", fates.future());
        Map<String, Object> actual = new TreeMap<>();
        for (JsonNode record : values(Names.CONSERVATION)) {
            JsonNode dead = record.get(Names.DEAD_LETTERED);
            actual.put("counted", record.get(Names.COUNTED).longValue());
            actual.put(
                    "not counted again",
                    record.get(Names.DUPLICATE).longValue()
                            + record.get(Names.SUPERSEDED).longValue());
            actual.put(
                    "held",
                    record.get(Names.HELD).longValue()
                            + dead.path(Names.HELD_DROPPED).asLong());
            actual.put("future", dead.path(Names.FUTURE).asLong());
        }
        return differences("fates", expected, actual);
    }

    private List<JsonNode> values(String file) throws IOException {
        List<JsonNode> values = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(file))) {
            values.add(JSON.readTree(line).get(Names.VALUE));
        }
        return values;
    }

    private long minor(JsonNode amount) {
        return new BigDecimal(amount.asText())
                .movePointRight(config.minorDigits())
                .longValueExact();
    }

    private static String text(JsonNode object, String field) {
        return object.hasNonNull(field) ? object.get(field).asText() : null;
    }

    private static Long millis(JsonNode object, String field) {
        return object.hasNonNull(field)
                ? (Long) OracleTime.millis(object.get(field).asText())
                : null;
    }

    private static List<String> differences(String what, Map<String, ?> expected, Map<String, ?> actual) {
        return union(expected.keySet(), actual.keySet()).stream()
                .filter(key -> !Objects.equals(expected.get(key), actual.get(key)))
                .map(key -> difference(what, key, expected.get(key), actual.get(key)))
                .toList();
    }

    private static String difference(String what, String key, Object expected, Object actual) {
        return what + ' ' + key + ": oracle " + expected + ", replay " + actual;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> union = new TreeSet<>(one);
        union.addAll(other);
        return union;
    }
}
