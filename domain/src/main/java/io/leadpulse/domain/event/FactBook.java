package io.leadpulse.domain.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Decides what a fact that just came is to the facts kept. Pure; for versions and conflicts the facts kept in the end do
 * not depend on the order of arrival.
 */
public final class FactBook {
    /** At most so many deletions of one lead are kept. */
    public static final int MAX_DELETIONS = 100;

    /**
     * At most so many characters of text have all facts of one lead together, some forty times what 2,000 usual ones
     * take. All of it is one value of state, read and written at each event of the lead.
     */
    public static final long MAX_CHARACTERS = 8 << 20;

    /** Fewer facts than these cannot have too much: one has less than 32,768 characters, 50 attributes of 512 included. */
    private static final int FEW = 256;

    private static final long MILLIS_PER_DAY = 86_400_000;

    private FactBook() {}

    /** What a fact that just came is to the facts kept. */
    public enum Verdict {
        /** A new fact. */
        COUNTED,
        /** The same fact once more. */
        DUPLICATE,
        /** The same id and version with other content; {@link Fact#supersedes} says which one is kept. */
        DUPLICATE_CONFLICT,
        /** An older version than the one kept, which stays. */
        SUPERSEDED,
        /** A newer version than the one kept, which it replaces. */
        SUPERSEDES,
        /** A new fact beyond the bounds, or a longer version of one; refused. */
        TOO_MANY
    }

    /**
     * The verdict and the facts kept after it.
     *
     * @param verdict what the fact was
     * @param kept in canonical order, one fact per id; the same list as before when the fact changes nothing
     */
    public record Acceptance(Verdict verdict, List<Fact> kept) {}

    /**
     * How many facts are kept, those about the lead's record left aside.
     *
     * @param inAll at most so many
     * @param perDay at most so many of one day (UTC: the bound is against broken producers, not a business rule)
     */
    public record Bounds(int inAll, int perDay) {}

    /**
     * Decides about one fact.
     *
     * @param kept what earlier calls kept, in canonical order; not modified
     * @param incoming the fact that just came
     */
    public static Acceptance accept(List<Fact> kept, Fact incoming, Bounds bounds) {
        int index = indexOf(kept, incoming.id());
        if (index < 0) {
            return exceeds(kept, incoming, bounds)
                    ? new Acceptance(Verdict.TOO_MANY, kept)
                    : new Acceptance(Verdict.COUNTED, with(kept, -1, incoming));
        }
        Fact before = kept.get(index);
        boolean isSameVersion = before.version() == incoming.version();
        if (isSameVersion
                && before.contentHash() == incoming.contentHash()
                && before.timeMillis() == incoming.timeMillis()) {
            return new Acceptance(Verdict.DUPLICATE, kept);
        }
        if (!incoming.supersedes(before)) {
            return new Acceptance(isSameVersion ? Verdict.DUPLICATE_CONFLICT : Verdict.SUPERSEDED, kept);
        }
        return !incoming.kind().isAboutRecord() && isTooLong(kept, incoming.characters() - before.characters())
                ? new Acceptance(Verdict.TOO_MANY, kept)
                : new Acceptance(
                        isSameVersion ? Verdict.DUPLICATE_CONFLICT : Verdict.SUPERSEDES, with(kept, index, incoming));
    }

    /** The facts without the one with this id; the same list when there is none. */
    public static List<Fact> without(List<Fact> kept, long id) {
        int index = indexOf(kept, id);
        if (index < 0) {
            return kept;
        }
        List<Fact> fewer = new ArrayList<>(kept);
        fewer.remove(index);
        return fewer;
    }

    private static int indexOf(List<Fact> kept, long id) {
        for (int i = 0; i < kept.size(); i++) {
            if (kept.get(i).id() == id) {
                return i;
            }
        }
        return -1;
    }

    /**
     * What is about the lead's record does not count with what happens with the lead: a lead that has all the facts it may
     * have can still be merged and deleted. Merges are bounded before they come here, where it is known what they do.
     */
    private static boolean exceeds(List<Fact> kept, Fact incoming, Bounds bounds) {
        if (incoming.kind().isMerge()) {
            return false;
        }
        long day = Math.floorDiv(incoming.timeMillis(), MILLIS_PER_DAY);
        int deletions = 0;
        int inAll = 0;
        int sameDay = 0;
        for (Fact fact : kept) {
            if (fact.kind() == EventKind.LEAD_DELETED) {
                deletions++;
            } else if (!fact.kind().isMerge()) {
                inAll++;
                sameDay += Math.floorDiv(fact.timeMillis(), MILLIS_PER_DAY) == day ? 1 : 0;
            }
        }
        return incoming.kind() == EventKind.LEAD_DELETED
                ? deletions >= MAX_DELETIONS
                : inAll >= bounds.inAll() || sameDay >= bounds.perDay() || isTooLong(kept, incoming.characters());
    }

    /** Whether the facts have too much text with so many characters more, what is about the record left aside. */
    private static boolean isTooLong(List<Fact> kept, long moreCharacters) {
        if (kept.size() < FEW || moreCharacters <= 0) {
            return false;
        }
        long characters = moreCharacters;
        for (Fact fact : kept) {
            characters += fact.kind().isAboutRecord() ? 0 : fact.characters();
        }
        return characters > MAX_CHARACTERS;
    }

    private static List<Fact> with(List<Fact> kept, int replaced, Fact incoming) {
        List<Fact> facts = new ArrayList<>(kept.size() + 1);
        facts.addAll(kept);
        if (replaced >= 0) {
            facts.remove(replaced);
        }
        int place = Collections.binarySearch(facts, incoming, Fact.CANONICAL_ORDER);
        facts.add(place < 0 ? -place - 1 : place, incoming);
        return facts;
    }
}
