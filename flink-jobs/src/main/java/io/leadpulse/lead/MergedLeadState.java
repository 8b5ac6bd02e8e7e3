package io.leadpulse.lead;

import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
     * At most so many facts of all parts are kept, so that which of them are read depends on the facts alone, and not on which
     * part came first: it does only of leads that have more. Of a part for which there is no room the newest are taken.
     */
    static final int MAX_KEPT = 16_000;

    /** By their order, and what two parts have at the same place by the lead. */
    private static final Comparator<Placed> ORDER =
            Comparator.comparing(Placed::fact, Fact.CANONICAL_ORDER).thenComparingInt(Placed::part);

    /** A fact of a part. */
    private record Placed(Fact fact, int part) {}

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

    /** The same with a part added, replaced, or taken out where it is null; see {@link #MAX_KEPT}. */
    MergedLeadState with(String member, LeadPart part) {
        List<LeadPart> others = new ArrayList<>(parts.size() + 1);
        int room = MAX_KEPT;
        for (LeadPart each : parts) {
            if (!each.lead().equals(member)) {
                others.add(each);
                room -= each.facts().size();
            }
        }
        if (part != null) {
            int place = 0;
            while (place < others.size() && others.get(place).lead().compareTo(member) < 0) {
                place++;
            }
            others.add(place, others.isEmpty() ? part : part.withNewest(Math.max(0, room)));
        }
        return new MergedLeadState(others, movedTo, told, wakeMillis, clockMillis, configuration, measures);
    }

    /**
     * The parts as they are read together: of all their facts the newest, and all that is about the record. One that stands
     * alone is read whole, as any lead that never had to do with a merge: whether it had may depend on the order.
     *
     * @param most at most so many facts of all, without those about the record
     */
    List<LeadPart> newest(int most) {
        List<Placed> acts = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            for (Fact fact : parts.get(part).facts()) {
                if (!fact.kind().isAboutRecord()) {
                    acts.add(new Placed(fact, part));
                }
            }
        }
        if (parts.size() == 1 || acts.size() <= most) {
            return parts;
        }
        acts.sort(ORDER);
        int[] newest = new int[parts.size()];
        for (Placed act : acts.subList(acts.size() - most, acts.size())) {
            newest[act.part()]++;
        }
        List<LeadPart> read = new ArrayList<>(parts.size());
        for (int part = 0; part < parts.size(); part++) {
            read.add(parts.get(part).withNewest(newest[part]));
        }
        return read;
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
