package io.leadpulse.domain.score;

import io.leadpulse.domain.event.EventKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds everything that is wrong with one version of the rules, so that it can be told at once. */
final class RuleCheck {

    /** Beyond this, sums of 2,000 facts would no longer be exact to 1e-9. */
    private static final double MAX_POINTS = 1_000;

    private static final int MAX_PER_DAY = 300;
    private static final int MAX_DAYS = 3_650;
    private static final long MIN_HALF_LIFE_MILLIS = 1_000;
    private static final long MAX_HALF_LIFE_MILLIS = MAX_DAYS * 86_400_000L;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final String NAME_ALLOWED = "lower case letters, digits and underscores, a letter first";

    private final ScoreRules rules;
    private final List<RuleProblem> problems = new ArrayList<>();

    RuleCheck(ScoreRules rules) {
        this.rules = rules;
    }

    List<RuleProblem> problems() {
        if (rules.version() < 1) {
            add("version", rules.version(), "a whole number from 1");
        }
        checkGroups();
        checkRules();
        checkFitRules();
        checkTotals();
        checkFitNeverWarms();
        return List.copyOf(problems);
    }

    private void checkGroups() {
        if (rules.groups().isEmpty()) {
            add("groups", "none", "at least one group");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < rules.groups().size(); i++) {
            ScoreGroup group = rules.groups().get(i);
            String path = path("groups", i, group.name());
            checkName(path, "name", group.name(), names);
            if (!(group.min() <= 0) || group.min() == Double.POSITIVE_INFINITY) {
                add(path + ".min", group.min(), "a number up to 0, or no limit");
            }
            if (!(group.max() >= 0)) {
                add(path + ".max", group.max(), "a number from 0, or no limit");
            }
            if (group.type() == null) {
                add(path + ".type", null, "fit or engagement");
            }
            checkDecay(path + ".decay", group);
        }
    }

    private void checkDecay(String path, ScoreGroup group) {
        Decay decay = group.decay();
        if (decay == null) {
            add(path, null, "a half-life, a window or none");
        } else if (group.type() == ScoreGroup.Type.FIT && !decay.equals(Decay.NONE)) {
            add(path, decay, "none: attributes do not decay");
        } else if (decay instanceof Decay.HalfLife half
                && (half.halfLifeMillis() < MIN_HALF_LIFE_MILLIS || half.halfLifeMillis() > MAX_HALF_LIFE_MILLIS)) {
            add(path, half.halfLifeMillis() + " ms", "a half-life of 1 second to " + MAX_DAYS + " days");
        } else if (decay instanceof Decay.Window window && (window.days() < 1 || window.days() > MAX_DAYS)) {
            add(path, window.days() + " days", "a window of 1 to " + MAX_DAYS + " days");
        }
    }

    private void checkRules() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < rules.rules().size(); i++) {
            ScoreRule rule = rules.rules().get(i);
            String path = path("rules", i, rule.id());
            checkName(path, "id", rule.id(), ids);
            checkPoints(path + ".points", rule.points());
            checkGroupName(path + ".group", rule.group(), ScoreGroup.Type.ENGAGEMENT);
            checkRepeat(path + ".repeat", rule.repeat());
            if (rule.matches().isEmpty()) {
                add(path + ".matches", "none", "at least one kind of event");
            }
            for (int j = 0; j < rule.matches().size(); j++) {
                checkMatch(path + ".matches[" + j + "]", rule.matches().get(j), i);
            }
        }
    }

    private void checkMatch(String path, FactMatch match, int ruleIndex) {
        EventKind kind = match.kind();
        if (kind == null || kind.stream() == EventKind.Stream.DEAL || kind.stream() == EventKind.Stream.COMPANY) {
            add(path + ".kind", kind == null ? null : kind.wireName(), "a kind of activity or behaviour of a lead");
            return;
        }
        if (match.includesAutomatic() && (kind == EventKind.EMAIL_OPENED || kind == EventKind.EMAIL_CLICKED)) {
            add(path + ".automatic", true, "false: automatic opens and clicks never count");
        }
        for (ScoreRule earlier : rules.rules().subList(0, ruleIndex)) {
            if (earlier.matches().stream().anyMatch(other -> other.covers(match))) {
                add(path, kind.wireName(), "what no earlier rule takes first; rule " + earlier.id() + " does");
                return;
            }
        }
    }

    private void checkRepeat(String path, Repeat repeat) {
        if (repeat == null || repeat.kind() == null) {
            add(path, null, "once, once-per-asset, once-per-product, max-per-day: k, every");
        } else if (repeat.kind() == Repeat.Kind.MAX_PER_DAY
                && (repeat.maxPerDay() < 1 || repeat.maxPerDay() > MAX_PER_DAY)) {
            add(path + ".max-per-day", repeat.maxPerDay(), "1 to " + MAX_PER_DAY);
        }
    }

    private void checkFitRules() {
        Set<String> ids = rules.rules().stream()
                .map(ScoreRule::id)
                .filter(id -> id != null)
                .collect(Collectors.toCollection(HashSet::new));
        for (int i = 0; i < rules.fitRules().size(); i++) {
            FitRule rule = rules.fitRules().get(i);
            String path = path("fit", i, rule.id());
            checkName(path, "id", rule.id(), ids);
            if (rule.attribute() == null || rule.attribute().isBlank()) {
                add(path + ".attribute", rule.attribute(), "the name of an attribute");
            }
            if (rule.pointsByValue().isEmpty()) {
                add(path + ".points", "none", "points for at least one value");
            }
            for (Map.Entry<String, Double> entry : new TreeMap<>(rule.pointsByValue()).entrySet()) {
                checkPoints(path + ".points." + entry.getKey(), entry.getValue());
            }
            checkGroupName(path + ".group", rule.group(), ScoreGroup.Type.FIT);
        }
    }

    private void checkTotals() {
        double min = rules.totalMin();
        double max = rules.totalMax();
        if (!Double.isFinite(min) || !(min <= 0)) {
            add("total.min", min, "a number up to 0");
        }
        if (!Double.isFinite(max) || !(max > 0)) {
            add("total.max", max, "a number above 0");
        }
        Thresholds thresholds = rules.thresholds();
        if (thresholds == null) {
            add("thresholds", null, "warm, hot and marketing-qualified");
            return;
        }
        if (!(thresholds.warm() > min && thresholds.warm() <= max)) {
            add("thresholds.warm", thresholds.warm(), "above total.min, up to total.max");
        }
        if (!(thresholds.hot() > thresholds.warm() && thresholds.hot() <= max)) {
            add("thresholds.hot", thresholds.hot(), "above thresholds.warm, up to total.max");
        }
        if (!(thresholds.marketingQualified() > min && thresholds.marketingQualified() <= max)) {
            add("thresholds.mql", thresholds.marketingQualified(), "above total.min, up to total.max");
        }
    }

    private void checkFitNeverWarms() {
        if (rules.thresholds() == null) {
            return;
        }
        List<ScoreGroup> fitGroups = rules.groups().stream()
                .filter(group -> group.type() == ScoreGroup.Type.FIT && group.max() > 0)
                .toList();
        double most = fitGroups.stream().mapToDouble(ScoreGroup::max).sum();
        if (!fitGroups.isEmpty() && Thresholds.reaches(most, rules.thresholds().warm())) {
            String keys = fitGroups.stream()
                    .map(group -> "groups." + group.name() + ".max")
                    .collect(Collectors.joining(" + "));
            double warm = rules.thresholds().warm();
            // One of both is wrong: where the caps are no higher than by default, it is the threshold.
            if (most <= ScoreRules.DEFAULT_FIT_MAX) {
                add("thresholds.warm", warm, "above " + keys + ", which is " + most + ": fit alone never warms");
            } else {
                add(keys, most, "below thresholds.warm, which is " + warm + ": fit alone never warms");
            }
        }
    }

    private void checkName(String path, String setting, String name, Set<String> taken) {
        if (name == null || !NAME.matcher(name).matches()) {
            add(path + "." + setting, name, NAME_ALLOWED);
        } else if (!taken.add(name)) {
            add(path + "." + setting, name, "a name not yet taken");
        }
    }

    private void checkPoints(String path, double points) {
        if (!(Math.abs(points) <= MAX_POINTS)) {
            add(path, points, "a number from -1000 to 1000");
        }
    }

    private void checkGroupName(String path, String name, ScoreGroup.Type type) {
        String allowed = rules.groups().stream()
                .filter(group -> group.type() == type && group.name() != null)
                .map(ScoreGroup::name)
                .collect(Collectors.joining(", "));
        if (rules.groups().stream()
                .noneMatch(group -> group.type() == type
                        && group.name() != null
                        && group.name().equals(name))) {
            add(
                    path,
                    name,
                    "one of the " + (type == ScoreGroup.Type.FIT ? "fit" : "engagement") + " groups: " + allowed);
        }
    }

    private static String path(String list, int index, String name) {
        return name == null || name.isBlank() ? list + "[" + index + "]" : list + "." + name;
    }

    private void add(String key, Object value, String allowed) {
        problems.add(new RuleProblem(key, String.valueOf(value), allowed));
    }
}
