package io.leadpulse.domain.merge;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The facts that a lead's results are computed from: what stands of what was said of it, once its records were merged and
 * deleted.
 *
 * <ul>
 *   <li>Records about the lead's own record (merged, taken out, deleted) are no acts of anybody with it; they are never
 *       among the facts that stand.
 *   <li><b>Deleted</b>: nothing stands that was up to the newest deletion, and nothing after it until the lead is created
 *       anew. A visitor who comes back does not bring a deleted lead back. Deals are not asked here: they have deletions of
 *       their own.
 *   <li><b>Deleted while merged</b> into another, or merged after it was deleted: the CRM tidies up an emptied record; the
 *       history goes on under the other lead, and nothing is withdrawn.
 *   <li><b>Merged</b>: the facts of all members together; of two with one id (one event, said of both) one stands, as if
 *       both had been said of one lead. A deletion of the lead that they stand under withdraws also what had been merged into
 *       it by then.
 * </ul>
 */
public final class Standing {
    private static final long NEVER = Long.MIN_VALUE;

    private Standing() {}

    /**
     * What stands of a lead on its own.
     *
     * @param facts in {@link Fact#CANONICAL_ORDER}
     * @return in the same order; the same list if all of it stands
     */
    public static List<Fact> of(List<Fact> facts) {
        boolean isPlain = true;
        for (Fact fact : facts) {
            isPlain &= !isOfTheRecord(fact);
        }
        return isPlain ? facts : without(facts, deletions(facts), NEVER);
    }

    /**
     * What stands of a merged lead.
     *
     * @param root the lead that all stand under
     * @param members the facts of each of its members, its own under its own id, each in {@link Fact#CANONICAL_ORDER}
     */
    public static List<Fact> of(String root, Map<String, List<Fact>> members) {
        NavigableMap<Long, Long> deletions = deletions(members.getOrDefault(root, List.of()));
        Map<Long, Fact> byId = new HashMap<>();
        for (Map.Entry<String, List<Fact>> member : new TreeMap<>(members).entrySet()) {
            List<Fact> own = of(member.getValue());
            List<Fact> standing =
                    member.getKey().equals(root) ? own : without(own, deletions, mergedMillis(member.getValue()));
            for (Fact fact : standing) {
                byId.merge(fact.id(), fact, (one, other) -> other.supersedes(one) ? other : one);
            }
        }
        List<Fact> together = new ArrayList<>(byId.values());
        together.sort(Fact.CANONICAL_ORDER);
        return together;
    }

    /**
     * Since when a lead is deleted and not created anew.
     *
     * @param facts in {@link Fact#CANONICAL_ORDER}
     * @return epoch milliseconds; {@link Fact#NO_TIME} when it is not
     */
    public static long deletedMillis(List<Fact> facts) {
        NavigableMap<Long, Long> deletions = deletions(facts);
        return !deletions.isEmpty() && deletions.lastEntry().getValue() == Long.MAX_VALUE
                ? deletions.lastKey()
                : Fact.NO_TIME;
    }

    /** Facts about the lead's record, not about the lead. */
    private static boolean isOfTheRecord(Fact fact) {
        return fact.kind() == EventKind.LEAD_MERGED
                || fact.kind() == EventKind.LEAD_UNMERGED
                || fact.kind() == EventKind.LEAD_DELETED;
    }

    /** Without facts about the record, and without what deletions not earlier than a time withdraw. */
    private static List<Fact> without(List<Fact> facts, NavigableMap<Long, Long> deletions, long fromMillis) {
        NavigableMap<Long, Long> later = deletions.tailMap(fromMillis, true);
        long untilMillis = later.isEmpty() ? NEVER : later.lastKey();
        long anewMillis = later.isEmpty() ? NEVER : later.lastEntry().getValue();
        List<Fact> standing = new ArrayList<>(facts.size());
        for (Fact fact : facts) {
            boolean isWithdrawn =
                    !later.isEmpty() && (fact.timeMillis() <= untilMillis || fact.timeMillis() < anewMillis);
            if (!isOfTheRecord(fact) && !isWithdrawn) {
                standing.add(fact);
            }
        }
        return standing;
    }

    /** Deletions that count, with when the lead was next created after each; the end of time if it was not. */
    private static NavigableMap<Long, Long> deletions(List<Fact> facts) {
        NavigableMap<Long, Long> deletions = new TreeMap<>();
        boolean isMerged = false;
        for (Fact fact : facts) {
            switch (fact.kind()) {
                case LEAD_MERGED -> {
                    isMerged = true;
                    // Nobody merges what is deleted: the record was tidied up a moment too early.
                    deletions.values().removeIf(anew -> anew == Long.MAX_VALUE);
                }
                case LEAD_UNMERGED -> isMerged = false;
                case LEAD_DELETED -> {
                    if (!isMerged) {
                        deletions.put(fact.timeMillis(), Long.MAX_VALUE);
                    }
                }
                case LEAD_CREATED ->
                    deletions.replaceAll((deletedMillis, anewMillis) ->
                            anewMillis == Long.MAX_VALUE && deletedMillis < fact.timeMillis()
                                    ? (Long) fact.timeMillis()
                                    : anewMillis);
                default -> {
                    // Nothing else deletes or creates.
                }
            }
        }
        return deletions;
    }

    /** Since when a member is merged, by its own newest record of that kind; never if it says that it is not. */
    private static long mergedMillis(List<Fact> facts) {
        long mergedMillis = Long.MAX_VALUE;
        for (Fact fact : facts) {
            if (fact.kind() == EventKind.LEAD_MERGED) {
                mergedMillis = fact.timeMillis();
            } else if (fact.kind() == EventKind.LEAD_UNMERGED) {
                mergedMillis = Long.MAX_VALUE;
            }
        }
        return mergedMillis;
    }
}
