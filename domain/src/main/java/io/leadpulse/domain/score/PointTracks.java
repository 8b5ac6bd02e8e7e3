package io.leadpulse.domain.score;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** All points of one lead: one track per group and decay, and the clamps that make them a score. */
final class PointTracks {

    private final RuleTimeline timeline;
    private final ZoneId zone;
    private final List<Group> groups = new ArrayList<>();

    PointTracks(RuleTimeline timeline, ZoneId zone) {
        this.timeline = timeline;
        this.zone = zone;
    }

    /** The tracks of one group; several only where versions of the rules disagree on its decay. */
    record Group(String name, List<PointTrack> tracks) {

        double raw(long atMillis) {
            double sum = 0;
            for (PointTrack track : tracks) {
                sum += track.at(atMillis);
            }
            return sum;
        }

        private PointTrack track(Decay decay, ZoneId zone) {
            for (PointTrack track : tracks) {
                if (track.decay().equals(decay)) {
                    return track;
                }
            }
            PointTrack track = PointTrack.of(decay, zone);
            tracks.add(track);
            return track;
        }
    }

    /** Books an entry; entries come in canonical order. */
    void add(ScoreEntry entry) {
        group(entry.group())
                .track(timeline.decay(entry.ruleVersion(), entry.group()), zone)
                .add(entry.points(), entry.timeMillis());
    }

    private Group group(String name) {
        Group found = find(name);
        if (found == null) {
            found = new Group(name, new ArrayList<>(1));
            groups.add(found);
        }
        return found;
    }

    private Group find(String name) {
        for (Group group : groups) {
            if (group.name().equals(name)) {
                return group;
            }
        }
        return null;
    }

    /** The groups that have points, by their first point. */
    List<Group> groups() {
        return groups;
    }

    double raw(String name, long atMillis) {
        Group group = find(name);
        return group == null ? 0 : group.raw(atMillis);
    }

    double raw(long atMillis) {
        double sum = 0;
        for (Group group : groups) {
            sum += group.raw(atMillis);
        }
        return sum;
    }

    double score(long atMillis) {
        double sum = 0;
        for (Group group : groups) {
            double raw = group.raw(atMillis);
            if (raw != 0) {
                sum += timeline.groupAt(group.name(), atMillis).clamp(raw);
            }
        }
        ScoreRules rules = timeline.at(atMillis);
        return Math.min(Math.max(sum, rules.totalMin()), rules.totalMax());
    }

    Band band(long atMillis) {
        return timeline.at(atMillis).thresholds().band(score(atMillis));
    }

    /** The first time later than this at which points or the rules jump, or {@link ScoreCard#NEVER}. */
    long nextJumpAfter(long atMillis) {
        long next = timeline.nextChangeAfter(atMillis);
        for (Group group : groups) {
            for (PointTrack track : group.tracks()) {
                next = Math.min(next, track.nextJumpAfter(atMillis));
            }
        }
        return next;
    }
}
