package io.leadpulse.schemas.config;

import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.score.Decay;
import io.leadpulse.domain.score.FactMatch;
import io.leadpulse.domain.score.FitRule;
import io.leadpulse.domain.score.Repeat;
import io.leadpulse.domain.score.RuleProblem;
import io.leadpulse.domain.score.ScoreGroup;
import io.leadpulse.domain.score.ScoreRule;
import io.leadpulse.domain.score.ScoreRules;
import io.leadpulse.domain.score.Thresholds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the rules of the score, of the configuration and of {@code engine.rules.v1} alike. A list that is given replaces
 * that of the base; what is not given is the base's. What the values must be among themselves the domain says; its
 * problems are told by the keys of the file.
 */
final class ScoreReader {

    private static final long DAY_MILLIS = 86_400_000L;
    private static final Pattern POINTS_OF_RULE = Pattern.compile("rules\\.(.+)\\.points");
    private static final Map<String, String> KEYS = Map.of(
            "thresholds.mql", "thresholds.marketing_qualified", "total.min", "total_min", "total.max", "total_max");
    private static final Map<String, EventKind> KINDS_OF_LEADS = kindsOfLeads();
    private static final List<Direction> DIRECTIONS = List.of(Direction.INBOUND, Direction.OUTBOUND);

    private final Section score;
    private final ScoreRules base;
    /** The item of a list by its name or id, for the place of a problem. */
    private final Map<String, Section> itemsByName = new HashMap<>();

    /** Lines of the rules whose points alone are given, by id. */
    private final Map<String, Integer> repointed = new HashMap<>();

    private ScoreReader(Section score, ScoreRules base) {
        this.score = score;
        this.base = base;
    }

    /** The rules that this section makes of the base, as that version; its problems are reported. */
    static ScoreRules read(Section score, ScoreRules base, int version, long effectiveFromMillis) {
        return new ScoreReader(score, base).read().asVersion(version, effectiveFromMillis);
    }

    private ScoreRules read() {
        List<ScoreGroup> groups = score.gives("groups") ? groups() : base.groups();
        List<ScoreRule> rules = withPoints(score.gives("rules") ? rules() : base.rules());
        List<FitRule> fitRules = score.gives("fit_rules") ? fitRules() : base.fitRules();
        ScoreRules read = new ScoreRules(
                base.version(),
                base.effectiveFromMillis(),
                groups,
                rules,
                fitRules,
                thresholds(),
                score.number("total_min", base.totalMin()),
                score.number("total_max", base.totalMax()),
                score.flag("exclude_rep_actions", base.excludeRepActions()));
        score.end();
        read.problems().forEach(this::report);
        return read;
    }

    private List<ScoreGroup> groups() {
        List<ScoreGroup> groups = new ArrayList<>();
        for (Section section : score.sections("groups")) {
            ScoreGroup.Type type =
                    section.choice("type", ScoreGroup.Type.ENGAGEMENT, Arrays.asList(ScoreGroup.Type.values()));
            section.require("type", "fit or engagement");
            groups.add(new ScoreGroup(
                    named("groups", section, "name"),
                    type,
                    section.number("min", ScoreGroup.NO_MIN),
                    section.number("max", ScoreGroup.NO_MAX),
                    decay(section)));
            section.end();
        }
        return groups;
    }

    private static Decay decay(Section section) {
        Long halfLifeMilliDays = section.scaled("half_life_days", null, 3, "0.001", "3650", "days");
        Long windowDays = section.integerOrNull("window_days", null, 1, 3650);
        if (halfLifeMilliDays != null && windowDays != null) {
            section.refuse("window_days", "nothing beside half_life_days");
        }
        if (halfLifeMilliDays != null) {
            return Decay.halfLife(halfLifeMilliDays * (DAY_MILLIS / 1000));
        }
        return windowDays == null ? Decay.NONE : Decay.window(windowDays.intValue());
    }

    private List<ScoreRule> rules() {
        List<ScoreRule> rules = new ArrayList<>();
        for (Section section : score.sections("rules")) {
            section.require("points", "a number");
            section.require("matches", "a list of kinds");
            rules.add(new ScoreRule(
                    named("rules", section, "id"),
                    matches(section),
                    section.number("points", 0),
                    section.requiredText("group"),
                    repeat(section),
                    section.flag("auto_qualifies", false)));
            section.end();
        }
        return rules;
    }

    private static List<FactMatch> matches(Section rule) {
        List<FactMatch> matches = new ArrayList<>();
        for (Section section : rule.sections("matches")) {
            section.require("kind", "a kind of activity or behaviour");
            EventKind kind = section.choice("kind", null, KINDS_OF_LEADS);
            List<String> assets = section.textsOrNull("assets");
            List<String> campaigns = section.textsOrNull("campaigns");
            Section attributes = section.section("attributes");
            FactMatch match = new FactMatch(
                    kind,
                    section.flag("includes_automatic", false),
                    section.flag("connected_only", false),
                    section.choice("direction", null, DIRECTIONS),
                    assets == null ? Set.of() : Set.copyOf(assets),
                    campaigns == null ? Set.of() : Set.copyOf(campaigns),
                    attributes.entries("a text", ConfigNode::text));
            section.end();
            if (kind != null) {
                matches.add(match);
            }
        }
        return matches;
    }

    private static Repeat repeat(Section rule) {
        rule.require("repeat", "once, once_per_asset, once_per_product, max_per_day or every");
        Repeat.Kind kind = rule.choice("repeat", Repeat.Kind.EVERY, Arrays.asList(Repeat.Kind.values()));
        Long maxPerDay = rule.integerOrNull("max_per_day", null, 1, 300);
        if (kind == Repeat.Kind.MAX_PER_DAY) {
            rule.require("max_per_day", "a whole number from 1 to 300");
            return Repeat.maxPerDay(maxPerDay == null ? 1 : maxPerDay.intValue());
        }
        if (maxPerDay != null && rule.has("repeat")) {
            rule.refuse("max_per_day", "nothing, unless repeat is max_per_day");
        }
        return new Repeat(kind, 0);
    }

    private List<FitRule> fitRules() {
        List<FitRule> rules = new ArrayList<>();
        for (Section section : score.sections("fit_rules")) {
            Section points = section.section("points_by_value");
            rules.add(new FitRule(
                    named("fit", section, "id"),
                    section.requiredText("attribute"),
                    points.entries("a number", child -> Section.decimal(child).doubleValue()),
                    section.requiredText("group")));
            section.end();
        }
        return rules;
    }

    /** Only the points of some rules, so that nobody must copy all rules to change one number. */
    private List<ScoreRule> withPoints(List<ScoreRule> rules) {
        Section points = score.section("points");
        Map<String, Double> byId =
                points.entries("a number", child -> Section.decimal(child).doubleValue());
        byId.keySet().forEach(id -> repointed.put(id, points.lineOf(id)));
        Set<String> ids = new LinkedHashSet<>();
        rules.forEach(rule -> ids.add(rule.id()));
        byId.keySet().stream().filter(id -> !ids.contains(id)).forEach(id -> score.problems()
                .add(
                        points.pathOf(id),
                        "unknown rule",
                        Section.nearest(id, ids) + Section.oneOf(ids),
                        points.lineOf(id)));
        return rules.stream()
                .map(rule -> byId.containsKey(rule.id())
                        ? new ScoreRule(
                                rule.id(),
                                rule.matches(),
                                byId.get(rule.id()),
                                rule.group(),
                                rule.repeat(),
                                rule.autoQualifies())
                        : rule)
                .toList();
    }

    private Thresholds thresholds() {
        Section section = score.section("thresholds");
        Thresholds thresholds = new Thresholds(
                section.number("warm", base.thresholds().warm()),
                section.number("hot", base.thresholds().hot()),
                section.number("marketing_qualified", base.thresholds().marketingQualified()));
        section.end();
        return thresholds;
    }

    private String named(String list, Section section, String key) {
        String name = section.requiredText(key);
        if (name != null) {
            // Of two with one name the later is wrong.
            itemsByName.put(list + "." + name, section);
        }
        return name;
    }

    /** Tells a problem of the domain by the key of the file, unless that key's value was refused already. */
    private void report(RuleProblem problem) {
        // A problem of several groups names them all; the first is its place.
        String key = problem.key().replaceFirst(" \\+ .*", "");
        String ours;
        int line = score.line();
        Optional<String> named = itemsByName.keySet().stream()
                .filter(name -> key.startsWith(name + "."))
                .max(Comparator.comparingInt(String::length));
        Matcher ofRule = POINTS_OF_RULE.matcher(key);
        if (ofRule.matches() && repointed.containsKey(ofRule.group(1))) {
            ours = score.pathOf("points") + "." + ofRule.group(1);
            line = repointed.get(ofRule.group(1));
        } else if (named.isPresent()) {
            Section item = itemsByName.get(named.get());
            ours = item.path() + inOurWords(key.substring(named.get().length()), item);
            line = item.line();
        } else {
            // What the file does not give has no place in it: the list as a whole stands for it.
            String known = KEYS.getOrDefault(
                    key, key.replaceFirst("^fit\\b", "fit_rules").replaceFirst("^(groups|rules|fit_rules)\\..*", "$1"));
            ours = score.path().isEmpty() ? known : score.path() + "." + known;
        }
        if (!score.problems().hasUnder(ours)) {
            score.problems().add(ours, problem.value(), problem.allowed().replace("total.m", "total_m"), line);
        }
    }

    private static String inOurWords(String rest, Section item) {
        if (rest.equals(".decay")) {
            return item.has("window_days") ? ".window_days" : ".half_life_days";
        }
        return rest.replace(".repeat.max-per-day", ".max_per_day")
                .replace(".automatic", ".includes_automatic")
                .replaceFirst("^\\.points\\.", ".points_by_value.");
    }

    private static Map<String, EventKind> kindsOfLeads() {
        Map<String, EventKind> kinds = new LinkedHashMap<>();
        for (EventKind kind : EventKind.values()) {
            if (kind.stream() == EventKind.Stream.ACTIVITY || kind.stream() == EventKind.Stream.BEHAVIOUR) {
                kinds.put(kind.wireName(), kind);
            }
        }
        return kinds;
    }
}
