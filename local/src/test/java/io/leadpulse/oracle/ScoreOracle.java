package io.leadpulse.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The score of one lead.
 *
 * <p>A fact without an asset (or product) counts as one of an asset without name. A day of "max per day" is one of the
 * company's zone.
 */
final class ScoreOracle {
    private static final double TOLERANCE = 1e-9;
    private static final double MILLIS_PER_DAY = Duration.ofDays(1).toMillis();

    private final OracleConfig config;
    private final List<OracleEvent> facts;
    private final List<OracleResults.LedgerEntry> ledger;

    /** Reads a lead's facts, which are in canonical order. */
    ScoreOracle(OracleConfig config, List<OracleEvent> facts) {
        this.config = config;
        this.facts = facts;
        this.ledger = readLedger();
    }

    private List<OracleResults.LedgerEntry> readLedger() {
        List<OracleResults.LedgerEntry> entries = new ArrayList<>();
        for (OracleConfig.Rule rule : config.score().rules()) {
            Map<String, Integer> countByScope = new HashMap<>();
            for (OracleEvent fact : facts) {
                if (!matches(rule, fact)) {
                    continue;
                }
                int count = countByScope.merge(repeatScope(rule, fact), 1, Integer::sum);
                if (count <= (rule.repeat() == OracleConfig.Repeat.MAX_PER_DAY ? rule.perDay() : 1)) {
                    entries.add(new OracleResults.LedgerEntry(
                            fact.key(), rule.name(), rule.group(), fact.timeMillis(), rule.points()));
                }
            }
        }
        return entries;
    }

    private static boolean matches(OracleConfig.Rule rule, OracleEvent fact) {
        boolean isMachines = fact.isAutomatic() && fact.is("email_opened", "email_clicked");
        return rule.kinds().contains(fact.kind())
                && (rule.direction() == null || rule.direction().equals(fact.text("direction")))
                && (!rule.wantsConnected() || fact.isConnectedCall())
                && !isMachines;
    }

    /** Facts of one scope are repeats of each other. */
    private String repeatScope(OracleConfig.Rule rule, OracleEvent fact) {
        return switch (rule.repeat()) {
            case ONCE -> "";
            case ONCE_PER_ASSET -> String.valueOf(fact.asset());
            case ONCE_PER_PRODUCT -> String.valueOf(fact.product());
            case MAX_PER_DAY -> day(fact.timeMillis()).toString();
            case EVERY -> fact.key();
        };
    }

    private LocalDate day(long millis) {
        return Instant.ofEpochMilli(millis).atZone(config.zone()).toLocalDate();
    }

    /** Facts that count, by rule and time. */
    List<OracleResults.LedgerEntry> ledger() {
        return ledger;
    }

    /** The score at a time, as known at the end. */
    OracleResults.Score at(long millis) {
        return of(facts.stream().filter(fact -> fact.timeMillis() <= millis).toList(), millis);
    }

    private OracleResults.Score of(List<OracleEvent> known, long millis) {
        Set<String> keys = known.stream().map(OracleEvent::key).collect(Collectors.toSet());
        Map<String, Double> raw = new LinkedHashMap<>();
        Map<String, Double> clamped = new LinkedHashMap<>();
        double sum = 0;
        for (OracleConfig.Group group : config.score().groups()) {
            double points = fit(group, known);
            for (OracleResults.LedgerEntry entry : ledger) {
                if (keys.contains(entry.event()) && entry.group().equals(group.name())) {
                    points += entry.points() * decay(group, millis - entry.timeMillis());
                }
            }
            double within = Math.max(group.min(), Math.min(group.max(), points));
            raw.put(group.name(), points);
            clamped.put(group.name(), within);
            sum += within;
        }
        double score = Math.max(0, Math.min(100, sum));
        return new OracleResults.Score(raw, clamped, score, band(score));
    }

    private static double decay(OracleConfig.Group group, long ageMillis) {
        return group.halfLifeDays() == null ? 1 : Math.pow(2, -(ageMillis / MILLIS_PER_DAY) / group.halfLifeDays());
    }

    private double fit(OracleConfig.Group group, List<OracleEvent> known) {
        Map<String, String> attributes = new HashMap<>();
        for (OracleEvent fact : known) {
            for (Map.Entry<String, JsonNode> stated :
                    fact.value().path(fact.isWeb() ? "traits" : "attributes").properties()) {
                attributes.put(stated.getKey(), stated.getValue().asText());
            }
        }
        return config.score().fitRules().stream()
                .filter(rule ->
                        rule.group().equals(group.name()) && rule.value().equals(attributes.get(rule.attribute())))
                .mapToDouble(OracleConfig.FitRule::points)
                .sum();
    }

    private String band(double score) {
        if (score + TOLERANCE >= config.score().hotFrom()) {
            return "hot";
        }
        return score + TOLERANCE >= config.score().warmFrom() ? "warm" : "cold";
    }

    /** The fact that made it marketing-qualified: the first that raised its hand, or points to the threshold; null for none. */
    OracleEvent marketingQualifiedBy() {
        for (int count = 1; count <= facts.size(); count++) {
            OracleEvent fact = facts.get(count - 1);
            boolean gavePoints =
                    ledger.stream().anyMatch(entry -> entry.event().equals(fact.key()) && entry.points() > 0);
            if (fact.isHandRaise()) {
                return fact;
            }
            boolean isReached = of(facts.subList(0, count), fact.timeMillis()).score() + TOLERANCE
                    >= config.score().marketingQualifiedFrom();
            if (isReached && (gavePoints || statesAttributes(fact))) {
                return fact;
            }
        }
        return null;
    }

    private static boolean statesAttributes(OracleEvent fact) {
        return !fact.value().path(fact.isWeb() ? "traits" : "attributes").isEmpty();
    }
}
