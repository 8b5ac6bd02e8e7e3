package io.leadpulse.domain.identity;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.domain.event.FactBook.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Says whose a visitor's events are.
 *
 * <ul>
 *   <li>An event that names a lead belongs to that lead, and identifies the visitor at its time.
 *   <li>Any other event belongs to the lead of the latest identification at or before it.
 *   <li>Else to the lead of the first one after it, if that is within {@link #IDENTIFY_WITHIN_MILLIS}.
 *   <li>Else to nobody. Leads are never merged: each identification holds until the next.
 * </ul>
 *
 * Among identifications of one instant the last in canonical order holds from then on, and the first is the first.
 *
 * <p>Pure. Whose the events are in the end does not depend on the order in which they and their corrections arrive, as
 * long as each arrives less than {@link #LATENESS_MILLIS} after event time and the visitor has no more than
 * {@link #MAX_RECORDS} events in any {@link #KEEP_MILLIS}, however many in all. What comes later than that is attributed by
 * what is still known; an anonymous event that has left stays with its owner for good, and would be a new one if it came
 * again. An act with a form would not, because acts with forms are counted whosever they are.
 */
public final class VisitorBook {
    /** An event belongs to who identifies himself at most so long after it. */
    public static final long IDENTIFY_WITHIN_MILLIS = Duration.ofDays(30).toMillis();

    /** Identifications that arrive less than so late are still heeded by every event that they concern. */
    public static final long LATENESS_MILLIS = Duration.ofDays(30).toMillis();

    /** An event leaves the records so long after its time: by then the last identification it waits for has come. */
    public static final long KEEP_MILLIS = IDENTIFY_WITHIN_MILLIS + LATENESS_MILLIS;

    /** Events kept of one visitor in any {@link #KEEP_MILLIS}; who makes more is mostly a robot. */
    public static final int MAX_RECORDS = 500;

    /**
     * Identifications remembered of one visitor, and acts with forms; a device that changes hands more often is a kiosk, and who
     * fills in more forms a robot.
     */
    public static final int MAX_REMEMBERED = 100;

    private static final FactBook.Bounds UNBOUNDED = new FactBook.Bounds(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private VisitorBook() {}

    /**
     * An event that has another version or another owner than before.
     *
     * @param before how it was kept before; null when it is new
     * @param after how it is kept now
     * @param isReplaced whether another version of the event took the place of the one before
     */
    public record Move(VisitorRecord before, VisitorRecord after, boolean isReplaced) {}

    /**
     * What became of an event that just came.
     *
     * @param verdict what it is to the events known
     * @param after the visitor now; the same object as before when nothing changed
     * @param moves what to tell the leads, in canonical order; the event itself is among them unless it changed nothing
     * @param refused how the event is remembered that had left without an owner, so that its record was refused: it is a new
     *     one, but for what had been counted of it; null mostly
     */
    public record Acceptance(Verdict verdict, Visitor after, List<Move> moves, Fact refused) {}

    /**
     * What leaves the records.
     *
     * @param after the visitor now; the same object as before when nothing left
     * @param left what left, in canonical order; without an owner it will never have one
     */
    public record Departure(Visitor after, List<VisitorRecord> left) {}

    /**
     * Takes in one event and attributes all events anew. Versions and duplicates are judged as {@link FactBook#accept}
     * does; a correction may change, add or drop the lead that the event names. Removes nothing: {@link #leave} does.
     *
     * @param before what earlier calls returned; not modified
     * @param fact the event that just came
     * @param lead the lead that it names; null when it is anonymous
     */
    public static Acceptance accept(Visitor before, Fact fact, String lead) {
        VisitorRecord known = find(before.records(), fact.id());
        Fact refused = null;
        if (known == null) {
            known = find(before.remembered(), fact.id());
            if (known != null && known.owner() == null) {
                refused = known.fact();
                known = null;
            }
        }
        List<Fact> same = known == null ? List.of() : List.of(known.fact());
        FactBook.Acceptance acceptance = FactBook.accept(same, fact, UNBOUNDED);
        if (acceptance.kept() == same) {
            return new Acceptance(acceptance.verdict(), before, List.of(), null);
        }
        VisitorRecord incoming = new VisitorRecord(fact, lead, null);
        List<VisitorRecord> records = with(without(before.records(), fact.id()), incoming);
        List<VisitorRecord> remembered = without(before.remembered(), fact.id());
        List<VisitorRecord> identifications = identifications(records, remembered);
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            VisitorRecord each = records.get(i);
            String owner = owner(each, identifications);
            if (each.fact().id() == fact.id()) {
                records.set(i, each.withOwner(owner));
                moves.add(new Move(known, records.get(i), known != null));
            } else if (!Objects.equals(owner, each.owner())) {
                records.set(i, each.withOwner(owner));
                moves.add(new Move(each, records.get(i), false));
            }
        }
        return new Acceptance(acceptance.verdict(), new Visitor(records, remembered), moves, refused);
    }

    /**
     * Takes out what is {@link #KEEP_MILLIS} old, and what has {@link #MAX_RECORDS} newer ones within that time. Of that are
     * remembered the newest {@link #MAX_REMEMBERED} acts with forms and as many identifications, where of those that follow
     * each other with the same lead the first and the last count.
     *
     * @param before the visitor; not modified
     * @param nowMillis now in event time, epoch milliseconds; {@code Long.MIN_VALUE} when no time has passed yet
     */
    public static Departure leave(Visitor before, long nowMillis) {
        return leave(before, nowMillis, 0);
    }

    /**
     * The same where at least some must leave, however few and young they are.
     *
     * @param leavingAtLeast so many, the oldest; 0 to all
     */
    public static Departure leave(Visitor before, long nowMillis, int leavingAtLeast) {
        List<VisitorRecord> records = before.records();
        int leaving = leavingAtLeast;
        while (leaving < records.size() && records.get(leaving).timeMillis() + KEEP_MILLIS <= nowMillis) {
            leaving++;
        }
        if (leaving == 0 && records.size() <= MAX_RECORDS) {
            return new Departure(before, List.of());
        }
        List<VisitorRecord> left = new ArrayList<>();
        List<VisitorRecord> staying = new ArrayList<>(records.size());
        List<VisitorRecord> remembered = new ArrayList<>(before.remembered());
        for (int i = 0; i < records.size(); i++) {
            VisitorRecord each = records.get(i);
            if (i >= leaving && !isCrowdedOut(records, i)) {
                staying.add(each);
                continue;
            }
            left.add(each);
            if (each.isRemembered()) {
                remembered.add(each.light());
            }
        }
        return left.isEmpty()
                ? new Departure(before, left)
                : new Departure(new Visitor(staying, thinned(remembered)), left);
    }

    /** Whether it had been pushed out before it was old enough to leave if all had come in order. */
    private static boolean isCrowdedOut(List<VisitorRecord> records, int index) {
        return index + MAX_RECORDS < records.size()
                && records.get(index + MAX_RECORDS).timeMillis()
                        < records.get(index).timeMillis() + KEEP_MILLIS;
    }

    /**
     * Whether nothing is left that anything could still depend on: no event, and no identification or act with a form younger
     * than the correction horizon.
     *
     * @param visitor the visitor
     * @param nowMillis now in event time, epoch milliseconds
     * @param horizonMillis how old an event may be, in milliseconds
     */
    public static boolean isForgotten(Visitor visitor, long nowMillis, long horizonMillis) {
        List<VisitorRecord> remembered = visitor.remembered();
        return visitor.records().isEmpty()
                && (remembered.isEmpty()
                        || remembered.get(remembered.size() - 1).timeMillis() + horizonMillis <= nowMillis);
    }

    /**
     * When the passing of time next changes something, epoch milliseconds: at this very millisecond the oldest event
     * leaves, or, without events, the visitor is forgotten.
     *
     * @param visitor a visitor who is not forgotten
     * @param horizonMillis how old an event may be, in milliseconds
     */
    public static long nextMillis(Visitor visitor, long horizonMillis) {
        if (!visitor.records().isEmpty()) {
            return visitor.records().get(0).timeMillis() + KEEP_MILLIS;
        }
        List<VisitorRecord> remembered = visitor.remembered();
        return remembered.get(remembered.size() - 1).timeMillis() + horizonMillis;
    }

    private static String owner(VisitorRecord record, List<VisitorRecord> identifications) {
        if (record.isIdentification()) {
            return record.lead();
        }
        int after = firstAfter(identifications, record.timeMillis());
        if (after > 0) {
            return identifications.get(after - 1).lead();
        }
        boolean isInTime = after < identifications.size()
                && identifications.get(after).timeMillis() - record.timeMillis() <= IDENTIFY_WITHIN_MILLIS;
        return isInTime ? identifications.get(after).lead() : null;
    }

    /** The place of the first identification later than a time. */
    private static int firstAfter(List<VisitorRecord> identifications, long timeMillis) {
        int low = 0;
        int high = identifications.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (identifications.get(middle).timeMillis() <= timeMillis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static List<VisitorRecord> identifications(List<VisitorRecord> records, List<VisitorRecord> remembered) {
        List<VisitorRecord> identifications = new ArrayList<>();
        for (List<VisitorRecord> some : List.of(remembered, records)) {
            for (VisitorRecord each : some) {
                if (each.isIdentification()) {
                    identifications.add(each);
                }
            }
        }
        identifications.sort(VisitorRecord.CANONICAL_ORDER);
        return identifications;
    }

    private static List<VisitorRecord> thinned(List<VisitorRecord> remembered) {
        remembered.sort(VisitorRecord.CANONICAL_ORDER);
        List<VisitorRecord> identifications = new ArrayList<>();
        List<VisitorRecord> acts = new ArrayList<>();
        for (VisitorRecord each : remembered) {
            (each.isIdentification() ? identifications : acts).add(each);
        }
        List<VisitorRecord> thinned = new ArrayList<>(identifications.size());
        for (int i = 0; i < identifications.size(); i++) {
            if (!isInsideRun(identifications, i)) {
                thinned.add(identifications.get(i));
            }
        }
        List<VisitorRecord> all = new ArrayList<>(newest(thinned));
        all.addAll(newest(acts));
        all.sort(VisitorRecord.CANONICAL_ORDER);
        return all;
    }

    private static List<VisitorRecord> newest(List<VisitorRecord> records) {
        return records.subList(Math.max(0, records.size() - MAX_REMEMBERED), records.size());
    }

    private static boolean isInsideRun(List<VisitorRecord> identifications, int index) {
        if (index == 0 || index == identifications.size() - 1) {
            return false;
        }
        String lead = identifications.get(index).lead();
        return identifications.get(index - 1).lead().equals(lead)
                && identifications.get(index + 1).lead().equals(lead);
    }

    private static VisitorRecord find(List<VisitorRecord> records, long id) {
        for (VisitorRecord each : records) {
            if (each.fact().id() == id) {
                return each;
            }
        }
        return null;
    }

    private static List<VisitorRecord> without(List<VisitorRecord> records, long id) {
        List<VisitorRecord> fewer = new ArrayList<>(records.size() + 1);
        for (VisitorRecord each : records) {
            if (each.fact().id() != id) {
                fewer.add(each);
            }
        }
        return fewer;
    }

    private static List<VisitorRecord> with(List<VisitorRecord> records, VisitorRecord incoming) {
        int place = Collections.binarySearch(records, incoming, VisitorRecord.CANONICAL_ORDER);
        records.add(place < 0 ? -place - 1 : place, incoming);
        return records;
    }
}
