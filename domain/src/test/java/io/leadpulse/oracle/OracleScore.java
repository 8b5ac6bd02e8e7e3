package io.leadpulse.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The score as the definitions say it, computed the slow and obvious way: every question scans all acts again. It shares
 * no code with the product, so that a mistake there is not repeated here.
 */
public final class OracleScore {

    /** One thing that happened; {@code kindRank} orders kinds at the same instant. */
    public record Act(
            long id,
            long timeMillis,
            int kindRank,
            String kind,
            String asset,
            String actor,
            String product,
            String campaign,
            String direction,
            boolean automatic,
            boolean connected,
            int seconds,
            Map<String, String> attributes) {}

    /** A group: {@code decay} is {@code half_life} (amount in ms), {@code window} (amount in days) or {@code none}. */
    public record Group(String name, double min, double max, String decay, long amount) {}

    /** What a rule takes; null or empty means any. */
    public record Condition(
            String kind, boolean automaticToo, boolean connected, String direction, List<String> assets) {}

    /** A rule: {@code repeat} is once, once-per-asset, once-per-product, max-per-day or every. */
    public record Rule(
            String id,
            List<Condition> conditions,
            double points,
            String group,
            String repeat,
            int perDay,
            boolean qualifies) {}

    /** Points for an attribute's value. */
    public record FitRule(String id, String attribute, Map<String, Double> points, String group) {}

    /** One version of the rules; the first of a list also covers the time before it. */
    public record Version(
            int number,
            long fromMillis,
            List<Group> groups,
            List<Rule> rules,
            List<FitRule> fits,
            double warm,
            double hot,
            double qualified,
            boolean withoutReps) {}

    /** A line of the ledger. */
    public record Line(long id, long timeMillis, String rule, int version, String group, double points) {}

    private final List<Act> acts;
    private final List<Version> versions;
    private final ZoneId zone;
    private final List<Line> ledger = new ArrayList<>();
    private final Map<Long, List<Line>> linesOfAct = new LinkedHashMap<>();

    /** Acts in any order, each once; versions by time. */
    public OracleScore(List<Act> given, List<Version> versions, ZoneId zone) {
        this.versions = versions;
        this.zone = zone;
        this.acts = new ArrayList<>(given);
        this.acts.sort((a, b) -> {
            if (a.timeMillis() != b.timeMillis()) {
                return a.timeMillis() < b.timeMillis() ? -1 : 1;
            }
            if (a.kindRank() != b.kindRank()) {
                return a.kindRank() < b.kindRank() ? -1 : 1;
            }
            return a.id() < b.id() ? -1 : a.id() > b.id() ? 1 : 0;
        });
        for (int i = 0; i < acts.size(); i++) {
            List<Line> lines = new ArrayList<>();
            Act act = acts.get(i);
            Version version = versionAt(act.timeMillis());
            Rule rule = ruleOf(act);
            if (rule != null && !leftOut(rule, act)) {
                lines.add(
                        new Line(act.id(), act.timeMillis(), rule.id(), version.number(), rule.group(), rule.points()));
            }
            for (String fit : allFitIds()) {
                double change = fitPoints(fit, i + 1) - fitPoints(fit, i);
                if (change != 0) {
                    lines.add(new Line(act.id(), act.timeMillis(), fit, version.number(), fitGroup(fit), change));
                }
            }
            ledger.addAll(lines);
            linesOfAct.put(act.id(), lines);
        }
    }

    public List<Line> ledger() {
        return ledger;
    }

    private Version versionAt(long timeMillis) {
        Version found = versions.get(0);
        for (Version version : versions) {
            if (version.fromMillis() <= timeMillis) {
                found = version;
            }
        }
        return found;
    }

    private Rule ruleOf(Act act) {
        Version version = versionAt(act.timeMillis());
        if (version.withoutReps() && act.actor() != null) {
            return null;
        }
        for (Rule rule : version.rules()) {
            for (Condition condition : rule.conditions()) {
                boolean kind = condition.kind().equals(act.kind());
                boolean machine = act.automatic() && !condition.automaticToo();
                boolean reached = !condition.connected() || (act.connected() && act.seconds() > 29);
                boolean side =
                        condition.direction() == null || condition.direction().equals(act.direction());
                boolean asset = condition.assets().isEmpty()
                        || condition.assets().stream().anyMatch(one -> one.equals(act.asset()));
                if (kind && !machine && reached && side && asset) {
                    return rule;
                }
            }
        }
        return null;
    }

    /** Whether the repeat rule leaves the act out, given all lines of this rule so far. */
    private boolean leftOut(Rule rule, Act act) {
        List<Act> earlier = new ArrayList<>();
        for (Act other : acts) {
            if (linesOfAct.containsKey(other.id())
                    && linesOfAct.get(other.id()).stream()
                            .anyMatch(line -> line.rule().equals(rule.id()))) {
                earlier.add(other);
            }
        }
        return switch (rule.repeat()) {
            case "once" -> !earlier.isEmpty();
            case "once-per-asset" -> earlier.stream().anyMatch(other -> Objects.equals(other.asset(), act.asset()));
            case "once-per-product" ->
                earlier.stream().anyMatch(other -> Objects.equals(other.product(), act.product()));
            case "max-per-day" ->
                earlier.stream()
                                .filter(other -> day(other.timeMillis()).equals(day(act.timeMillis())))
                                .count()
                        >= rule.perDay();
            default -> false;
        };
    }

    private LocalDate day(long timeMillis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(timeMillis), zone);
    }

    private Set<String> allFitIds() {
        Set<String> ids = new TreeSet<>();
        versions.forEach(version -> version.fits().forEach(fit -> ids.add(fit.id())));
        return ids;
    }

    private FitRule anyFit(String id) {
        return versions.stream()
                .flatMap(version -> version.fits().stream())
                .filter(fit -> fit.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private String fitGroup(String id) {
        return anyFit(id).group();
    }

    /** What the newest statement of the attribute among the first {@code count} acts is worth. */
    private double fitPoints(String id, int count) {
        String attribute = anyFit(id).attribute();
        for (int i = count - 1; i >= 0; i--) {
            Act act = acts.get(i);
            if (act.attributes().containsKey(attribute)) {
                String value = act.attributes().get(attribute);
                for (FitRule fit : versionAt(act.timeMillis()).fits()) {
                    if (fit.id().equals(id) && fit.points().containsKey(value)) {
                        return fit.points().get(value);
                    }
                }
                return 0;
            }
        }
        return 0;
    }

    /** What a line is worth at a time. */
    public double worth(Line line, long atMillis) {
        if (line.timeMillis() > atMillis) {
            return 0;
        }
        Group group = versions.stream()
                .filter(version -> version.number() == line.version())
                .flatMap(version -> version.groups().stream())
                .filter(candidate -> candidate.name().equals(line.group()))
                .findFirst()
                .orElseThrow();
        double halfLives = (atMillis - line.timeMillis()) / (double) group.amount();
        long days = ChronoUnit.DAYS.between(day(line.timeMillis()), day(atMillis));
        return switch (group.decay()) {
            case "half_life" -> line.points() * Math.exp(-Math.log(2) * halfLives);
            case "window" -> days < group.amount() ? line.points() : 0;
            default -> line.points();
        };
    }

    public double raw(String group, long atMillis) {
        return raw(ledger, group, atMillis);
    }

    private double raw(List<Line> lines, String group, long atMillis) {
        return lines.stream()
                .filter(line -> line.group().equals(group))
                .mapToDouble(line -> worth(line, atMillis))
                .sum();
    }

    public double score(long atMillis) {
        return score(ledger, atMillis);
    }

    private double score(List<Line> lines, long atMillis) {
        Set<String> names = new TreeSet<>();
        lines.forEach(line -> names.add(line.group()));
        double sum = 0;
        for (String name : names) {
            double raw = raw(lines, name, atMillis);
            Group limits = null;
            for (Version version : versions) {
                if (version.equals(versions.get(0)) || version.fromMillis() <= atMillis) {
                    for (Group group : version.groups()) {
                        limits = group.name().equals(name) ? group : limits;
                    }
                }
            }
            if (limits != null) {
                sum += raw < limits.min() ? limits.min() : raw > limits.max() ? limits.max() : raw;
            }
        }
        return sum < 0 ? 0 : sum > 100 ? 100 : sum;
    }

    public String band(long atMillis) {
        Version version = versionAt(atMillis);
        double score = score(atMillis) + 1e-9;
        return score >= version.hot() ? "HOT" : score >= version.warm() ? "WARM" : "COLD";
    }

    public double interest(String product, long atMillis) {
        double sum = 0;
        for (Act act : acts) {
            Rule rule = ruleOf(act);
            for (Line line : linesOfAct.get(act.id())) {
                if (product.equals(act.product()) && rule != null && line.rule().equals(rule.id())) {
                    sum += worth(line, atMillis);
                }
            }
        }
        return sum;
    }

    /** The act that made the lead marketing-qualified, or null. */
    public Act qualifier() {
        List<Line> soFar = new ArrayList<>();
        for (Act act : acts) {
            List<Line> lines = linesOfAct.get(act.id());
            soFar.addAll(lines);
            Rule rule = ruleOf(act);
            boolean counted =
                    rule != null && lines.stream().anyMatch(line -> line.rule().equals(rule.id()));
            double given = lines.stream().mapToDouble(Line::points).sum();
            boolean reached = score(soFar, act.timeMillis()) + 1e-9
                    >= versionAt(act.timeMillis()).qualified();
            if ((counted && rule.qualifies()) || (given > 0 && reached)) {
                return act;
            }
        }
        return null;
    }
}
