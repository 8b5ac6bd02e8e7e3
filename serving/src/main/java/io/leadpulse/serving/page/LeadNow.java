package io.leadpulse.serving.page;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.score.Band;
import io.leadpulse.domain.score.GroupScore;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.domain.score.ScoreCard;
import io.leadpulse.domain.score.ScoreEntry;
import io.leadpulse.domain.score.ScoreGroup;
import io.leadpulse.schemas.result.LeadProfile;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A lead's score decayed to now, from its ledger and the rules: by the same code that the engine scores with.
 *
 * @param atMillis now, epoch milliseconds
 * @param score 0 to 100
 * @param band its band
 * @param bandSinceMillis since when it has been in that band; {@link Fact#NO_TIME} if always
 * @param fit what groups of attributes give
 * @param interest what groups of acts give
 * @param groups what each group gives
 * @param momentum24h change of the raw score in 24 hours
 * @param momentum7d change of the raw score in 7 days
 * @param nextBandChangeMillis when the band changes if nothing happens; {@link ScoreCard#NEVER} if it does not
 * @param products decayed points by product, most first
 * @param pointsNow what each entry of the ledger still gives, by fact and rule; withdrawn ones are not there
 */
record LeadNow(
        long atMillis,
        double score,
        Band band,
        long bandSinceMillis,
        double fit,
        double interest,
        List<GroupScore> groups,
        double momentum24h,
        double momentum7d,
        long nextBandChangeMillis,
        List<LeadProfile.ProductPoints> products,
        Map<Key, Double> pointsNow) {

    /** What identifies an entry within a lead's ledger. */
    record Key(long factId, String rule) {}

    /**
     * Reads a ledger.
     *
     * @throws IllegalArgumentException if it was made by rules that are not known here (yet)
     */
    static LeadNow of(List<LeadFile.Entry> ledger, RuleTimeline rules, ZoneId zone, long nowMillis) {
        List<ScoreEntry> entries = new ArrayList<>();
        for (LeadFile.Entry entry : ledger) {
            if (entry.withdrawn() == null) {
                entries.add(new ScoreEntry(
                        entry.factId(),
                        entry.event(),
                        entry.timeMillis(),
                        entry.rule(),
                        entry.ruleVersion(),
                        entry.group(),
                        entry.points(),
                        entry.product()));
            }
        }
        entries.sort(Comparator.comparingLong(ScoreEntry::timeMillis).thenComparingLong(ScoreEntry::factId));
        ScoreCard card = ScoreCard.ofLedger(entries, rules, zone);
        double fit = 0;
        double interest = 0;
        List<GroupScore> groups = card.breakdown(nowMillis);
        for (GroupScore group : groups) {
            if (isFit(group.group(), rules, nowMillis)) {
                fit += group.clamped();
            } else {
                interest += group.clamped();
            }
        }
        Map<Key, Double> pointsNow = new HashMap<>();
        entries.forEach(entry -> pointsNow.put(new Key(entry.factId(), entry.ruleId()), card.points(entry, nowMillis)));
        return new LeadNow(
                nowMillis,
                card.score(nowMillis),
                card.band(nowMillis),
                bandSince(card, nowMillis),
                fit,
                interest,
                groups,
                card.momentum(nowMillis, ScoreCard.DAY_MILLIS),
                card.momentum(nowMillis, ScoreCard.WEEK_MILLIS),
                card.nextBandChangeAfter(nowMillis),
                products(card, nowMillis),
                Map.copyOf(pointsNow));
    }

    private static List<LeadProfile.ProductPoints> products(ScoreCard card, long nowMillis) {
        List<LeadProfile.ProductPoints> products = new ArrayList<>();
        card.productInterest(nowMillis)
                .forEach((product, points) -> products.add(new LeadProfile.ProductPoints(product, points)));
        products.sort(Comparator.comparingDouble(LeadProfile.ProductPoints::points)
                .reversed()
                .thenComparing(LeadProfile.ProductPoints::product));
        return List.copyOf(products);
    }

    private static boolean isFit(String name, RuleTimeline rules, long nowMillis) {
        return rules.at(nowMillis).groups().stream()
                .anyMatch(group -> group.name().equals(name) && group.type() == ScoreGroup.Type.FIT);
    }

    /** The last change not later than now, going from one change to the next. */
    private static long bandSince(ScoreCard card, long nowMillis) {
        if (card.entries().isEmpty()) {
            return Fact.NO_TIME;
        }
        long since = Fact.NO_TIME;
        long change = card.nextBandChangeAfter(card.entries().get(0).timeMillis() - 1);
        while (change <= nowMillis) {
            since = change;
            change = card.nextBandChangeAfter(change);
        }
        return since;
    }
}
