package io.leadpulse.schemas.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.domain.score.RuleProblem;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.schemas.Rfc3339;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All versions of the rules, each completed by the one in force before it. A record that does not fit those before it in
 * the topic (its number or its time is taken, a group changes its type) is refused, with the reason; the others stand.
 */
final class RulesHistory {

    private final RulesVersion first;
    private final Map<Key, JsonNode> accepted = new LinkedHashMap<>();
    private final Map<Key, String> refused = new LinkedHashMap<>();
    private List<RulesVersion> versions;

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

    /** Why a record does not stand here; null if it does. */
    String refusal(JsonNode value) {
        return refused.get(Key.of(value));
    }

    /** The versions in the order in which they come into force; the first is the configuration's. */
    List<RulesVersion> versions() {
        return versions;
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
