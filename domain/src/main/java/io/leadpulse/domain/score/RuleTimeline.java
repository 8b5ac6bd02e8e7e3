package io.leadpulse.domain.score;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All versions of the rules, by the time from which each is in force. A fact is scored with the version in force at its
 * event time, so a late fact gets what it would have got in time. The first version covers all time before it too.
 *
 * <p>Points keep the decay of the version that gave them. Group limits, totals and bands are those of the version in
 * force at the time of reading; a group that this version no longer has keeps the limits of the latest that had it.
 *
 * <p>Immutable, and made for looking up per fact; not serializable: keep the {@link ScoreRules} and make it from them.
 */
public final class RuleTimeline {

    private static final String AS_EARLIER = ", as in earlier versions";

    private final List<Version> versions;
    private final Map<Integer, Version> byNumber = new HashMap<>();
    private final Map<String, Set<Repeat.Kind>> repeatKinds = new HashMap<>();

    private RuleTimeline(List<ScoreRules> sorted) {
        List<Version> indexed = new ArrayList<>();
        for (ScoreRules rules : sorted) {
            Version version = new Version(rules);
            indexed.add(version);
            byNumber.put(rules.version(), version);
            for (ScoreRule rule : rules.rules()) {
                repeatKinds
                        .computeIfAbsent(rule.id(), id -> EnumSet.noneOf(Repeat.Kind.class))
                        .add(rule.repeat().kind());
            }
        }
        versions = List.copyOf(indexed);
    }

    /**
     * A timeline of these versions, given in any order.
     *
     * @throws IllegalArgumentException naming every problem, if there are any
     */
    public static RuleTimeline of(List<ScoreRules> versions) {
        List<RuleProblem> problems = problems(versions);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.stream()
                    .map(RuleProblem::toString)
                    .collect(Collectors.joining("\n", "Score rules:\n", "")));
        }
        return new RuleTimeline(sorted(versions));
    }

    /** A timeline of one version for all time. */
    public static RuleTimeline of(ScoreRules only) {
        return of(List.of(only));
    }

    /**
     * All that is wrong with these versions and with how they fit together; empty when they can be used. Keys begin
     * with {@code versions.N.} when there are several.
     */
    public static List<RuleProblem> problems(List<ScoreRules> versions) {
        if (versions.isEmpty()) {
            return List.of(new RuleProblem("versions", "none", "at least one version of the rules"));
        }
        List<RuleProblem> problems = new ArrayList<>();
        Set<Integer> numbers = new HashSet<>();
        Set<Long> times = new HashSet<>();
        Map<String, ScoreGroup.Type> groupTypes = new HashMap<>();
        Map<String, FitRule> fitRules = new HashMap<>();
        for (ScoreRules rules : sorted(versions)) {
            String path = versions.size() == 1 ? "" : "versions." + rules.version() + ".";
            for (RuleProblem problem : rules.problems()) {
                problems.add(new RuleProblem(path + problem.key(), problem.value(), problem.allowed()));
            }
            if (!numbers.add(rules.version())) {
                problems.add(problem(path + "version", rules.version(), "a number that no other version has"));
            }
            if (!times.add(rules.effectiveFromMillis())) {
                problems.add(problem(
                        path + "effective_from",
                        rules.effectiveFromMillis(),
                        "a time from which no other version is in force"));
            }
            for (ScoreGroup group : rules.groups()) {
                ScoreGroup.Type earlier = groupTypes.putIfAbsent(group.name(), group.type());
                if (earlier != null && earlier != group.type()) {
                    problems.add(
                            problem(path + "groups." + group.name() + ".type", group.type(), earlier + AS_EARLIER));
                }
            }
            for (FitRule rule : rules.fitRules()) {
                FitRule earlier = fitRules.putIfAbsent(rule.id(), rule);
                String fit = path + "fit." + rule.id();
                if (earlier != null && !Objects.equals(earlier.group(), rule.group())) {
                    problems.add(problem(fit + ".group", rule.group(), earlier.group() + AS_EARLIER));
                }
                if (earlier != null && !Objects.equals(earlier.attribute(), rule.attribute())) {
                    problems.add(problem(fit + ".attribute", rule.attribute(), earlier.attribute() + AS_EARLIER));
                }
            }
        }
        return List.copyOf(problems);
    }

    private static RuleProblem problem(String key, Object value, String allowed) {
        return new RuleProblem(key, String.valueOf(value), allowed);
    }

    private static List<ScoreRules> sorted(List<ScoreRules> versions) {
        return versions.stream()
                .sorted(Comparator.comparingLong(ScoreRules::effectiveFromMillis)
                        .thenComparingInt(ScoreRules::version))
                .toList();
    }

    /** The versions in the order in which they come into force. */
    public List<ScoreRules> versions() {
        return versions.stream().map(version -> version.rules).toList();
    }

    /** The version in force at this time, epoch milliseconds. */
    public ScoreRules at(long timeMillis) {
        return versions.get(indexAt(timeMillis)).rules;
    }

    /** The first time later than this from which another version is in force, or {@link ScoreCard#NEVER}. */
    long nextChangeAfter(long timeMillis) {
        int next = indexAt(timeMillis) + 1;
        return next < versions.size() ? versions.get(next).rules.effectiveFromMillis() : ScoreCard.NEVER;
    }

    /** The first rule in force at the fact's time that means it, or null. */
    ScoreRule ruleFor(Fact fact) {
        Version version = versions.get(indexAt(fact.timeMillis()));
        if (version.rules.excludeRepActions() && fact.actor() != null) {
            return null;
        }
        for (Candidate candidate : version.candidates.getOrDefault(fact.kind(), List.of())) {
            if (candidate.match.matches(fact)) {
                return candidate.rule;
            }
        }
        return null;
    }

    /** All kinds of repeat that a rule has in any version: what its count must be ready to answer. */
    Set<Repeat.Kind> repeatKinds(String ruleId) {
        return repeatKinds.get(ruleId);
    }

    /** The group with the limits that hold at this time; it must exist in this version or an earlier one. */
    ScoreGroup groupAt(String name, long timeMillis) {
        for (int i = indexAt(timeMillis); i >= 0; i--) {
            ScoreGroup group = versions.get(i).groups.get(name);
            if (group != null) {
                return group;
            }
        }
        throw new IllegalArgumentException("group = " + name + ": allowed is a group that has points by then");
    }

    /** Whether there is a version of this number, with this group. */
    boolean knows(int versionNumber, String group) {
        Version version = byNumber.get(versionNumber);
        return version != null && version.groups.containsKey(group);
    }

    /** How points of this group decay that this version gave. */
    Decay decay(int versionNumber, String group) {
        return byNumber.get(versionNumber).groups.get(group).decay();
    }

    private int indexAt(long timeMillis) {
        int index = versions.size() - 1;
        while (index > 0 && versions.get(index).rules.effectiveFromMillis() > timeMillis) {
            index--;
        }
        return index;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RuleTimeline timeline && timeline.versions().equals(versions());
    }

    @Override
    public int hashCode() {
        return versions().hashCode();
    }

    /** A rule that may take facts of one kind, and when it does. */
    private record Candidate(ScoreRule rule, FactMatch match) {}

    /** One version, indexed. */
    private static final class Version {
        private final ScoreRules rules;
        private final Map<EventKind, List<Candidate>> candidates = new EnumMap<>(EventKind.class);
        private final Map<String, ScoreGroup> groups;

        private Version(ScoreRules rules) {
            this.rules = rules;
            for (ScoreRule rule : rules.rules()) {
                for (FactMatch match : rule.matches()) {
                    candidates
                            .computeIfAbsent(match.kind(), kind -> new ArrayList<>())
                            .add(new Candidate(rule, match));
                }
            }
            groups = rules.groups().stream().collect(Collectors.toMap(ScoreGroup::name, group -> group));
        }
    }
}
