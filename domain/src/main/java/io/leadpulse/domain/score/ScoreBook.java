package io.leadpulse.domain.score;

import io.leadpulse.domain.event.Fact;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Scores one lead from all of its facts, always from the beginning: a late fact, a duplicate, a correction and a
 * retraction are all the same path, and what a repeat rule prefers never depends on the order of arrival.
 *
 * <p>The cost is linear in the facts (plus a sort, if they are not in order).
 */
public final class ScoreBook {

    private final RuleTimeline timeline;
    private final ZoneId zone;
    private final List<ScoreEntry> entries = new ArrayList<>();
    private final Map<String, Counted> counted = new HashMap<>();
    private final Map<String, Fit> fits = new TreeMap<>();
    private final PointTracks tracks;
    private Qualification qualification;

    private ScoreBook(RuleTimeline timeline, ZoneId zone) {
        this.timeline = timeline;
        this.zone = zone;
        this.tracks = new PointTracks(timeline, zone);
    }

    /**
     * The score card of one lead.
     *
     * @param facts all facts of the lead that stand, best in {@link Fact#CANONICAL_ORDER}; any other order gives the
     *     same card, and of facts with the same id the one that {@link Fact#supersedes} the others counts
     * @param timeline the rules
     * @param zone the company's zone, for "a day" and for windows
     */
    public static ScoreCard evaluate(List<Fact> facts, RuleTimeline timeline, ZoneId zone) {
        ScoreBook book = new ScoreBook(timeline, zone);
        for (Fact fact : inOrder(facts)) {
            book.read(fact);
        }
        return new ScoreCard(timeline, zone, book.entries, book.tracks, book.qualification);
    }

    private static List<Fact> inOrder(List<Fact> facts) {
        boolean ordered = true;
        long[] ids = new long[facts.size()];
        Fact previous = null;
        int count = 0;
        for (Fact fact : facts) {
            ordered &= previous == null || Fact.CANONICAL_ORDER.compare(previous, fact) < 0;
            previous = fact;
            ids[count++] = fact.id();
        }
        Arrays.sort(ids);
        boolean unique = true;
        for (int i = 1; i < ids.length; i++) {
            unique &= ids[i] != ids[i - 1];
        }
        if (ordered && unique) {
            return facts;
        }
        Map<Long, Fact> newest = new HashMap<>();
        for (Fact fact : facts) {
            newest.merge(fact.id(), fact, (old, next) -> next.supersedes(old) ? next : old);
        }
        List<Fact> sorted = new ArrayList<>(newest.values());
        sorted.sort(Fact.CANONICAL_ORDER);
        return sorted;
    }

    private void read(Fact fact) {
        int before = entries.size();
        ScoreRule rule = timeline.ruleFor(fact);
        boolean counts = rule != null && counts(rule, fact);
        if (counts) {
            book(fact, rule.id(), rule.group(), rule.points(), fact.product());
        }
        if (!fact.attributes().isEmpty()) {
            readAttributes(fact);
        }
        if (qualification == null && entries.size() > before) {
            qualify(fact, counts && rule.autoQualifies(), entries.subList(before, entries.size()));
        }
    }

    private boolean counts(ScoreRule rule, Fact fact) {
        return counted.computeIfAbsent(rule.id(), id -> new Counted(timeline.repeatKinds(id)))
                .take(rule.repeat(), fact);
    }

    /** Books the difference between what the attributes are worth now and what is booked for them. */
    private void readAttributes(Fact fact) {
        ScoreRules rules = timeline.at(fact.timeMillis());
        Map<String, String> attributes = fact.attributes();
        Set<String> ruleIds = new HashSet<>();
        for (FitRule rule : rules.fitRules()) {
            ruleIds.add(rule.id());
            if (attributes.containsKey(rule.attribute())) {
                double points = rule.points(attributes.get(rule.attribute()));
                Fit old = fits.put(rule.id(), new Fit(rule.attribute(), rule.group(), points));
                bookDifference(fact, rule.id(), rule.group(), points - (old == null ? 0 : old.points));
            }
        }
        for (Map.Entry<String, Fit> held : fits.entrySet()) {
            Fit fit = held.getValue();
            if (fit.points != 0 && !ruleIds.contains(held.getKey()) && attributes.containsKey(fit.attribute)) {
                held.setValue(new Fit(fit.attribute, fit.group, 0));
                bookDifference(fact, held.getKey(), fit.group, -fit.points);
            }
        }
    }

    private void bookDifference(Fact fact, String ruleId, String group, double difference) {
        if (difference != 0) {
            book(fact, ruleId, group, difference, null);
        }
    }

    private void book(Fact fact, String ruleId, String group, double points, String product) {
        ScoreEntry entry = new ScoreEntry(
                fact.id(),
                fact.event(),
                fact.timeMillis(),
                ruleId,
                timeline.at(fact.timeMillis()).version(),
                group,
                points,
                product);
        entries.add(entry);
        tracks.add(entry);
    }

    /**
     * A fact qualifies on its own, or when the score reaches the threshold right after it and it gave points in sum: a
     * score that rose because negative points decayed waits for the next positive fact.
     */
    private void qualify(Fact fact, boolean automatically, List<ScoreEntry> booked) {
        double given = 0;
        ScoreEntry cause = null;
        for (ScoreEntry entry : booked) {
            given += entry.points();
            cause = cause == null && (automatically || entry.points() > 0) ? entry : cause;
        }
        if (cause == null || !(automatically || given > 0)) {
            return;
        }
        double score = tracks.score(fact.timeMillis());
        if (automatically || timeline.at(fact.timeMillis()).thresholds().qualifies(score)) {
            qualification = new Qualification(
                    fact.timeMillis(),
                    fact.id(),
                    fact.event(),
                    cause.ruleId(),
                    cause.ruleVersion(),
                    score,
                    automatically ? Qualification.Cause.AUTO_QUALIFIED : Qualification.Cause.SCORE);
        }
    }

    /** What is booked for one attribute by one fit rule. */
    private record Fit(String attribute, String group, double points) {}

    /** What one rule has counted so far, as far as any of its versions asks for it. */
    private final class Counted {
        private final Set<Repeat.Kind> asked;
        private final Set<String> assets = new HashSet<>();
        private final Set<String> products = new HashSet<>();
        private final Map<Long, Integer> byDay = new HashMap<>();
        private boolean any;

        private Counted(Set<Repeat.Kind> asked) {
            this.asked = asked;
        }

        private boolean take(Repeat repeat, Fact fact) {
            boolean perDay = asked.contains(Repeat.Kind.MAX_PER_DAY);
            long day = perDay ? epochDay(fact.timeMillis()) : 0;
            boolean counts =
                    switch (repeat.kind()) {
                        case ONCE -> !any;
                        case ONCE_PER_ASSET -> !assets.contains(fact.asset());
                        case ONCE_PER_PRODUCT -> !products.contains(fact.product());
                        case MAX_PER_DAY -> byDay.getOrDefault(day, 0) < repeat.maxPerDay();
                        case EVERY -> true;
                    };
            if (counts) {
                any = true;
                if (perDay) {
                    byDay.merge(day, 1, Integer::sum);
                }
                if (asked.contains(Repeat.Kind.ONCE_PER_ASSET)) {
                    assets.add(fact.asset());
                }
                if (asked.contains(Repeat.Kind.ONCE_PER_PRODUCT)) {
                    products.add(fact.product());
                }
            }
            return counts;
        }
    }

    private long epochDay(long timeMillis) {
        long offsetMillis =
                zone.getRules().getOffset(Instant.ofEpochMilli(timeMillis)).getTotalSeconds() * 1_000L;
        return Math.floorDiv(timeMillis + offsetMillis, ScoreCard.DAY_MILLIS);
    }
}
