package io.leadpulse.schemas.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.domain.score.RuleProblem;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.domain.score.ScoreRules;
import io.leadpulse.schemas.Rfc3339;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All versions of the rules, each completed by the one in force before it. A record that does not fit those before it in
 * the topic (its number or its time is taken, a group changes its type) is refused, with the reason; the others stand.
 */
final class RulesHistory {

    private final RulesVersion first;
    private final Map<Key, JsonNode> accepted = new LinkedHashMap<>();
    private final Map<Key, String> refused = new LinkedHashMap<>();
    private List<RulesVersion> versions;
    /** The candidate proposed last; null while there is none. */
    private JsonNode candidate;

    /** What identifies a record: the newest of a key counts. */
    private record Key(int version, String effectiveFrom) {
        static Key of(JsonNode value) {
            return new Key(
                    value.path("version").asInt(), value.path("effective_from").asText());
        }
    }

    RulesHistory(LeadpulseConfig config) {
        this.first = RulesVersion.of(config);
        this.versions = List.of(first);
    }

    /** Adds the next record of the topic, which must be valid in itself. */
    void add(JsonNode value) {
        Key key = Key.of(value);
        if (value.path(RulesVersion.CANDIDATE).asBoolean()) {
            propose(key, value);
            return;
        }
        if (followsWithoutPoints(key, value)) {
            append(key, value);
            return;
        }
        Map<Key, JsonNode> candidate = new LinkedHashMap<>(accepted);
        candidate.put(key, value);
        List<String> reasons = new ArrayList<>();
        List<RulesVersion> resolved = resolve(candidate, reasons);
        if (reasons.isEmpty()) {
            accepted.put(key, value);
            refused.remove(key);
            versions = resolved;
        } else {
            refused.put(key, String.join("; ", reasons));
        }
    }

    /**
     * Whether a record comes after all others in time and leaves the score as it is, with a number of its own: then nothing
     * of what stands is to be judged again. What is learnt comes every day; judging all versions for each of them would take
     * minutes after some years.
     */
    private boolean followsWithoutPoints(Key key, JsonNode value) {
        return value.path("score").isMissingNode()
                && !accepted.containsKey(key)
                && effectiveFromMillis(value)
                        > versions.get(versions.size() - 1).effectiveFromMillis()
                && versions.stream().noneMatch(version -> version.scoreRules().version() == key.version());
    }

    private void append(Key key, JsonNode value) {
        Problems problems = Problems.ofRecord();
        RulesVersion next = versions.get(versions.size() - 1).changedBy(value, problems);
        if (!problems.isEmpty()) {
            refused.put(
                    key,
                    problems.inFileOrder().stream()
                            .map(ConfigProblem::withoutValue)
                            .collect(Collectors.joining("; ")));
            return;
        }
        accepted.put(key, value);
        refused.remove(key);
        List<RulesVersion> longer = new ArrayList<>(versions);
        longer.add(next);
        versions = longer;
    }

    /** Why a record does not stand here; null if it does. */
    String refusal(JsonNode value) {
        return refused.get(Key.of(value));
    }

    /** The versions in the order in which they come into force; the first is the configuration's. */
    List<RulesVersion> versions() {
        return versions;
    }

    /**
     * The versions of the score that would be, were the candidate in force from its time on; the last is the candidate.
     * Null when there is none, when its number is in force by now, and when it does not suit the versions before it.
     */
    RuleTimeline candidateRules() {
        List<String> reasons = new ArrayList<>();
        List<ScoreRules> rules = candidate == null ? List.of() : withCandidate(candidate, reasons);
        return rules.isEmpty() || !reasons.isEmpty() ? null : RuleTimeline.of(rules);
    }

    /** One candidate at a time: the newest. */
    private void propose(Key key, JsonNode value) {
        if (value.path(RulesVersion.WITHDRAWN).asBoolean()) {
            candidate = candidate != null && Key.of(candidate).equals(key) ? null : candidate;
            return;
        }
        List<String> reasons = new ArrayList<>();
        withCandidate(value, reasons);
        if (reasons.isEmpty()) {
            candidate = value;
            refused.remove(key);
        } else {
            refused.put(key, String.join("; ", reasons));
        }
    }

    private List<ScoreRules> withCandidate(JsonNode value, List<String> reasons) {
        int number = Key.of(value).version();
        if (versions.stream().anyMatch(version -> version.scoreRules().version() == number)) {
            reasons.add("version: allowed is a number that no version in force has");
            return List.of();
        }
        long fromMillis = effectiveFromMillis(value);
        List<RulesVersion> before = versions.stream()
                .filter(version -> version.effectiveFromMillis() < fromMillis || version.equals(first))
                .toList();
        Problems problems = Problems.ofRecord();
        List<ScoreRules> rules = new ArrayList<>();
        before.forEach(version -> rules.add(version.scoreRules()));
        rules.add(before.get(before.size() - 1).changedBy(value, problems).scoreRules());
        problems.inFileOrder().stream().map(ConfigProblem::withoutValue).forEach(reasons::add);
        if (reasons.isEmpty()) {
            RuleTimeline.problems(rules).stream().map(RuleProblem::toString).forEach(reasons::add);
        }
        return rules;
    }

    private List<RulesVersion> resolve(Map<Key, JsonNode> records, List<String> reasons) {
        List<JsonNode> byTime = new ArrayList<>(records.values());
        byTime.sort(Comparator.comparingLong(RulesHistory::effectiveFromMillis)
                .thenComparingInt(value -> value.path("version").asInt()));
        List<RulesVersion> resolved = new ArrayList<>(List.of(first));
        Problems problems = Problems.ofRecord();
        for (JsonNode value : byTime) {
            resolved.add(resolved.get(resolved.size() - 1).changedBy(value, problems));
        }
        problems.inFileOrder().stream().map(ConfigProblem::withoutValue).forEach(reasons::add);
        if (reasons.isEmpty()) {
            RuleTimeline.problems(
                            resolved.stream().map(RulesVersion::scoreRules).toList())
                    .stream()
                    .map(RuleProblem::toString)
                    .forEach(reasons::add);
        }
        return resolved;
    }

    private static long effectiveFromMillis(JsonNode value) {
        return Rfc3339.millis(value.path("effective_from").asText());
    }
}
