package io.leadpulse.domain.score;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The score of one lead as a function of time: a pure function of its facts, of the rules and of the zone, whatever the
 * order in which the facts arrived. At any time it counts the facts of up to that time, each decayed to that time; so
 * "the score on Tuesday" is Tuesday as known today. All times are epoch milliseconds of event time.
 */
public final class ScoreCard {

    /** Stands for "at no time". */
    public static final long NEVER = Long.MAX_VALUE;

    /** Span of the short {@link #momentum}: 24 hours. */
    public static final long DAY_MILLIS = 86_400_000L;

    /** Span of the long {@link #momentum}: 7 days of 24 hours. */
    public static final long WEEK_MILLIS = 7 * DAY_MILLIS;

    private final RuleTimeline timeline;
    private final ZoneId zone;
    private final List<ScoreEntry> entries;
    private final PointTracks tracks;
    private final Qualification qualification;

    ScoreCard(
            RuleTimeline timeline,
            ZoneId zone,
            List<ScoreEntry> entries,
            PointTracks tracks,
            Qualification qualification) {
        this.timeline = timeline;
        this.zone = zone;
        this.entries = List.copyOf(entries);
        this.tracks = tracks;
        this.qualification = qualification;
    }

    /**
     * The card of a ledger as it was published, to read it at other times. It does not know who qualified.
     *
     * @param entries counted entries in canonical order; each must be of a version and group of the timeline
     * @throws IllegalArgumentException if one is not
     */
    public static ScoreCard ofLedger(List<ScoreEntry> entries, RuleTimeline timeline, ZoneId zone) {
        PointTracks tracks = new PointTracks(timeline, zone);
        for (ScoreEntry entry : entries) {
            if (!timeline.knows(entry.ruleVersion(), entry.group())) {
                throw new IllegalArgumentException("version " + entry.ruleVersion() + " of the rules with group "
                        + entry.group() + ": allowed is what the rules know");
            }
            tracks.add(entry);
        }
        return new ScoreCard(timeline, zone, entries, tracks, null);
    }

    /** The ledger: every counted fact, in canonical order. */
    public List<ScoreEntry> entries() {
        return entries;
    }

    /** When and by what the lead became marketing-qualified; empty when it did not. */
    public Optional<Qualification> qualification() {
        return Optional.ofNullable(qualification);
    }

    /** Sum of the decayed points of one group, not clamped; 0 for a group without points. */
    public double raw(String group, long atMillis) {
        return tracks.raw(group, atMillis);
    }

    /** Sum of the decayed points of all groups, nothing clamped. */
    public double raw(long atMillis) {
        return tracks.raw(atMillis);
    }

    /** The score: each group within its limits, the sum within the limits of the total. */
    public double score(long atMillis) {
        return tracks.score(atMillis);
    }

    /** The band of the score, by the thresholds in force at that time. */
    public Band band(long atMillis) {
        return tracks.band(atMillis);
    }

    /**
     * What each group gives: the groups of the rules in force, in their order, then groups of earlier versions that
     * still have points. The sum of the clamped values, within the limits of the total, is the score.
     */
    public List<GroupScore> breakdown(long atMillis) {
        List<GroupScore> scores = new ArrayList<>();
        for (ScoreGroup group : timeline.at(atMillis).groups()) {
            double raw = raw(group.name(), atMillis);
            scores.add(new GroupScore(group.name(), raw, group.clamp(raw)));
        }
        for (PointTracks.Group group : tracks.groups()) {
            double raw = group.raw(atMillis);
            if (raw != 0 && scores.stream().noneMatch(score -> score.group().equals(group.name()))) {
                ScoreGroup limits = timeline.groupAt(group.name(), atMillis);
                scores.add(new GroupScore(group.name(), raw, limits.clamp(raw)));
            }
        }
        return List.copyOf(scores);
    }

    /**
     * How much the raw sum has risen (negative: fallen) over the last {@code spanMillis}, such as {@link #DAY_MILLIS} or
     * {@link #WEEK_MILLIS}: raw now less raw then, both as known today.
     */
    public double momentum(long atMillis, long spanMillis) {
        return raw(atMillis) - raw(atMillis - spanMillis);
    }

    /** When acts gave points above 0, ascending; attributes are no acts. */
    public List<Long> positiveActsMillis() {
        List<Long> times = new ArrayList<>();
        for (ScoreEntry entry : entries) {
            if (entry.points() > 0
                    && timeline.groupAt(entry.group(), entry.timeMillis()).type() != ScoreGroup.Type.FIT
                    && (times.isEmpty() || times.get(times.size() - 1) != entry.timeMillis())) {
                times.add(entry.timeMillis());
            }
        }
        return times;
    }

    /**
     * Whether the raw sum can lose half of itself in a span without a further act: by negative points, by a window that
     * ends, or by a half-life that is not longer. A quick look, so that most leads need no close one.
     */
    public boolean canHalveWithin(long spanMillis) {
        for (ScoreEntry entry : entries) {
            Decay decay = timeline.decay(entry.ruleVersion(), entry.group());
            if (entry.points() < 0
                    || decay instanceof Decay.Window
                    || (decay instanceof Decay.HalfLife halfLife && halfLife.halfLifeMillis() <= spanMillis)) {
                return true;
            }
        }
        return false;
    }

    /** Decayed points by product, over all groups, not clamped; only products that a counted fact named by then. */
    public Map<String, Double> productInterest(long atMillis) {
        Map<String, Double> interest = new TreeMap<>();
        for (ScoreEntry entry : entries) {
            if (entry.product() != null && entry.timeMillis() <= atMillis) {
                interest.merge(entry.product(), points(entry, atMillis), Double::sum);
            }
        }
        return interest;
    }

    /** What one entry of this card gives at a time: its points decayed, 0 before its own time. */
    public double points(ScoreEntry entry, long atMillis) {
        if (entry.timeMillis() > atMillis) {
            return 0;
        }
        Decay decay = timeline.decay(entry.ruleVersion(), entry.group());
        if (decay instanceof Decay.Window window && atMillis >= window.endMillis(entry.timeMillis(), zone)) {
            return 0;
        }
        return entry.points() * decay.factor((double) atMillis - (double) entry.timeMillis());
    }

    /**
     * The first millisecond later than {@code atMillis} at which {@link #band} is another than at {@code atMillis}, or
     * {@link #NEVER}: by decay, by the end of a window, by rules that come into force, or by a fact of this card that
     * is later than {@code atMillis}. When the card has none later, that is "if no further fact comes".
     */
    public long nextBandChangeAfter(long atMillis) {
        return BandChangeSearch.firstAfter(timeline, tracks, atMillis);
    }

    /** Cards are equal when they say the same of the lead at every time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ScoreCard card
                && card.entries.equals(entries)
                && card.qualification().equals(qualification())
                && card.timeline.equals(timeline)
                && card.zone.equals(zone);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return "ScoreCard[entries=" + entries + ", qualification=" + qualification + "]";
    }
}
