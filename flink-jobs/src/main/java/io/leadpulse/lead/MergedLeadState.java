package io.leadpulse.lead;

import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.domain.measure.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Everything kept of a lead that has to do with a merge, but for what its parts contribute alone. Bounded by
 * {@link io.leadpulse.domain.merge.MergeBook#MAX_TOGETHER} and {@link #MAX_KEPT}; kept for life.
 *
 * @param parts the leads that stand under it, itself included unless it stands under another, in the order of their ids
 * @param movedTo under which lead it stands itself; null when it stands on its own, and while its own part is awaited
 * @param told as of {@link LeadState}
 * @param wakeMillis as of {@link LeadState}
 * @param clockMillis as of {@link LeadState}
 * @param configuration as of {@link LeadState}
 * @param measures as of {@link LeadState}
 */
public record MergedLeadState(
        List<LeadPart> parts,
        String movedTo,
        List<Alert> told,
        long wakeMillis,
        long clockMillis,
        ConfigVersion configuration,
        int measures) {
    /**
     * At most so many facts of all parts are read together, the newest; twice what a lead may have by default. All of them are
     * read at each event.
     */
    static final int MAX_READ = 4_000;

    /**
     * At most so many facts of all parts are kept, the newest. What is kept beyond what is read stands in when facts are taken
     * back or a part leaves: only after more have gone than that, since a part was last told, an older one is missing.
     */
    static final int MAX_KEPT = 8_000;

    /** At most so many characters of text have those that are read, as many as the facts of one lead. */
    private static final long MAX_CHARACTERS_READ = FactBook.MAX_CHARACTERS;

    /** And so many those that are kept. */
    private static final long MAX_CHARACTERS_KEPT = 2 * FactBook.MAX_CHARACTERS;

    /** The oldest first, and what two parts have at the same place by the lead. */
    private static final Comparator<Oldest> ORDER =
            Comparator.comparing(Oldest::fact, Fact.CANONICAL_ORDER).thenComparingInt(oldest -> oldest.part);

    /** The oldest act of a part that is not left out. */
    private static final class Oldest {
        private final List<Fact> facts;
        private final int part;
        private int place = -1;

        Oldest(List<Fact> facts, int part) {
            this.facts = facts;
            this.part = part;
        }

        Fact fact() {
            return facts.get(place);
        }

        /** Goes on to the next; whether there is one. */
        boolean next() {
            do {
                place++;
            } while (place < facts.size() && facts.get(place).kind().isAboutRecord());
            return place < facts.size();
        }
    }

    /** A lead of which nothing is known. */
    static final MergedLeadState EMPTY = new MergedLeadState(
            List.of(), null, List.of(), LeadState.NO_TIMER, Long.MIN_VALUE, ConfigVersion.FILE, Measure.COUNT);

    /**
     * Whether results are said of it here. Parts of others may come before its own, which brings along what it has said
     * itself, and may leave after it.
     */
    boolean speaks(String lead) {
        return part(lead) != null;
    }

    /** A part; null when the lead is none. */
    LeadPart part(String lead) {
        for (LeadPart part : parts) {
            if (part.lead().equals(lead)) {
                return part;
            }
        }
        return null;
    }

    /** The same with a part added, replaced, or taken out where it is null; of all the newest, see {@link #MAX_KEPT}. */
    MergedLeadState with(String member, LeadPart part) {
        return with(member, part, MAX_KEPT);
    }

    /** The same that keeps at most so many facts. */
    MergedLeadState with(String member, LeadPart part, int most) {
        List<LeadPart> all = new ArrayList<>(parts.size() + 1);
        for (LeadPart each : parts) {
            if (!each.lead().equals(member)) {
                all.add(each);
            }
        }
        if (part != null) {
            int place = 0;
            while (place < all.size() && all.get(place).lead().compareTo(member) < 0) {
                place++;
            }
            all.add(place, part);
        }
        List<LeadPart> kept = newest(all, most, MAX_CHARACTERS_KEPT);
        return new MergedLeadState(kept, movedTo, told, wakeMillis, clockMillis, configuration, measures);
    }

    /**
     * The parts as they are read together: of all their facts the newest, and all that is about the record. One that stands
     * alone is read whole, as any lead that never had to do with a merge: whether it had may depend on the order.
     *
     * @param most at most so many facts of all, without those about the record
     */
    List<LeadPart> newest(int most) {
        return newest(parts, most, MAX_CHARACTERS_READ);
    }

    private static List<LeadPart> newest(List<LeadPart> parts, int most, long mostCharacters) {
        if (parts.size() == 1) {
            return parts;
        }
        int[] newest = new int[parts.size()];
        int tooMany = -most;
        long charactersTooMany = -mostCharacters;
        for (int part = 0; part < parts.size(); part++) {
            newest[part] = parts.get(part).acts();
            tooMany += newest[part];
            charactersTooMany += parts.get(part).characters();
        }
        if (tooMany <= 0 && charactersTooMany <= 0) {
            return parts;
        }
        PriorityQueue<Oldest> oldest = new PriorityQueue<>(ORDER);
        for (int part = 0; part < parts.size(); part++) {
            Oldest first = new Oldest(parts.get(part).facts(), part);
            if (first.next()) {
                oldest.add(first);
            }
        }
        while (tooMany > 0 || charactersTooMany > 0) {
            Oldest next = oldest.remove();
            newest[next.part]--;
            tooMany--;
            charactersTooMany -= next.fact().characters();
            if (next.next()) {
                oldest.add(next);
            }
        }
        List<LeadPart> kept = new ArrayList<>(parts.size());
        for (int part = 0; part < parts.size(); part++) {
            kept.add(parts.get(part).withNewest(newest[part]));
        }
        return kept;
    }

    /**
     * Whether leads were merged into this one or taken out of it since its alerts were last told, or it was merged itself: what
     * is taken back now is so because of that.
     */
    boolean isRegrouped(String lead) {
        int members = 0;
        for (LeadPart part : parts) {
            members += part.lead().equals(lead) ? 0 : 1;
        }
        boolean isRegrouped = movedTo != null;
        for (Alert alert : told) {
            isRegrouped |= alert.isOpen() && alert.members() != members;
        }
        return isRegrouped;
    }

    /** The same, standing under another; under none if that is null. */
    MergedLeadState movedTo(String other) {
        return new MergedLeadState(parts, other, told, wakeMillis, clockMillis, configuration, measures);
    }

    /** The same with alerts that it told itself, and its clock not behind that by which it did. */
    MergedLeadState havingTold(List<Alert> alerts, long otherClockMillis) {
        return new MergedLeadState(
                parts, movedTo, alerts, wakeMillis, Math.max(clockMillis, otherClockMillis), configuration, measures);
    }

    /** The same with another timer. */
    MergedLeadState withWake(long otherMillis) {
        return new MergedLeadState(parts, movedTo, told, otherMillis, clockMillis, configuration, measures);
    }

    /** The same after it was read anew, with what was told of it. */
    MergedLeadState read(LeadState by) {
        return new MergedLeadState(
                parts, movedTo, by.told(), by.wakeMillis(), by.clockMillis(), by.configuration(), by.measures());
    }
}
