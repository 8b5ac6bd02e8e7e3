package io.leadpulse.domain.merge;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
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
 *       history goes on under the other lead, and nothing is withdrawn. A merge that does not hold, because it closes a
 *       circle, empties nothing: the lead that all stand under can be deleted.
 *   <li><b>Merged</b>: the facts of all members together; of two with one id (one event, said of both) one stands, as if
 *       both had been said of one lead. A deletion withdraws also what had been merged into the deleted lead by then, be it
 *       by way of others: what came under it later stands.
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
            isPlain &= !fact.kind().isAboutRecord();
        }
        return isPlain ? facts : without(facts, deletions(facts, true), NEVER);
    }

    /**
     * What stands of a merged lead.
     *
     * @param members each of the leads that are one, by its id
     */
    public static List<Fact> of(SortedMap<String, Member> members) {
        Map<String, NavigableMap<Long, Long>> deletions = new HashMap<>();
        members.forEach((lead, member) -> deletions.put(lead, deletions(member.facts(), member.into() != null)));
        Map<Long, Fact> byId = new HashMap<>();
        for (Map.Entry<String, Member> each : members.entrySet()) {
            List<Fact> standing = without(each.getValue().facts(), deletions.get(each.getKey()), NEVER);
            long sinceMillis = NEVER;
            Member at = each.getValue();
            // Never longer than there are members: what is told of one may be older than what is told of another.
            for (int steps = 1;
                    steps < members.size() && at.into() != null && members.containsKey(at.into());
                    steps++) {
                sinceMillis = Math.max(sinceMillis, at.mergedMillis());
                standing = without(standing, deletions.get(at.into()), sinceMillis);
                at = members.get(at.into());
            }
            for (Fact fact : standing) {
                byId.merge(fact.id(), fact, (one, other) -> other.supersedes(one) ? other : one);
            }
        }
        List<Fact> together = new ArrayList<>(byId.values());
        together.sort(Fact.CANONICAL_ORDER);
        return together;
    }

    /**
     * Since when a lead on its own is deleted and not created anew.
     *
     * @param facts in {@link Fact#CANONICAL_ORDER}
     * @return epoch milliseconds; {@link Fact#NO_TIME} when it is not
     */
    public static long deletedMillis(List<Fact> facts) {
        return deletedMillis(facts, true);
    }

    /**
     * The same of the lead that others stand under, or may.
     *
     * @param isMerged whether its own newest merge holds
     */
    public static long deletedMillis(List<Fact> facts, boolean isMerged) {
        NavigableMap<Long, Long> deletions = deletions(facts, isMerged);
        return !deletions.isEmpty() && deletions.lastEntry().getValue() == Long.MAX_VALUE
                ? deletions.lastKey()
                : Fact.NO_TIME;
    }

    /**
     * The record by which a lead is merged, as far as it alone is looked at.
     *
     * @param facts in {@link Fact#CANONICAL_ORDER}
     * @return null if it never was, or was taken out again
     */
    public static Fact mergedBy(List<Fact> facts) {
        Fact newest = null;
        for (Fact fact : facts) {
            newest = fact.kind().isMerge() ? fact : newest;
        }
        return newest == null || newest.kind() == EventKind.LEAD_UNMERGED ? null : newest;
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
            if (!fact.kind().isAboutRecord() && !isWithdrawn) {
                standing.add(fact);
            }
        }
        return standing;
    }

    /**
     * Deletions that count, with when the lead was next created after each; the end of time if it was not.
     *
     * @param isMerged whether the newest merge holds; if not, those since the lead was last taken out are none
     */
    private static NavigableMap<Long, Long> deletions(List<Fact> facts, boolean isMerged) {
        int mergesEnd = isMerged ? facts.size() : lastUnmerge(facts);
        NavigableMap<Long, Long> deletions = new TreeMap<>();
        boolean isEmptied = false;
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            switch (fact.kind()) {
                case LEAD_MERGED -> {
                    if (i < mergesEnd) {
                        isEmptied = true;
                        // Nobody merges what is deleted: the record was tidied up a moment too early.
                        deletions.values().removeIf(anew -> anew == Long.MAX_VALUE);
                    }
                }
                case LEAD_UNMERGED -> isEmptied = false;
                case LEAD_DELETED -> {
                    if (!isEmptied) {
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

    /** The place of the newest record that the lead was taken out; -1 without one. */
    private static int lastUnmerge(List<Fact> facts) {
        int last = -1;
        for (int i = 0; i < facts.size(); i++) {
            last = facts.get(i).kind() == EventKind.LEAD_UNMERGED ? i : last;
        }
        return last;
    }
}
