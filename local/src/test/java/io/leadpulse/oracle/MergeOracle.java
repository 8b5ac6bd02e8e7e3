package io.leadpulse.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which leads are one, and what deletions leave of them, looked up anew for every question.
 *
 * <ul>
 *   <li>A lead is where its latest merge or unmerge puts it, and merges are followed. While there is a circle, the latest
 *       merge of those that lie on it is taken away.
 *   <li>A deletion counts unless the lead is merged at that time, or is merged next before it is created again. What was up
 *       to the latest that counts is gone, and what was after it until the lead is created again.
 *       A merge that was taken away in a circle is none here either, nor are those before it since the latest unmerge.
 *   <li>Under a lead stands what was said of all that are merged into it; of that its deletions take away also what had
 *       come into it before them, straight or through others; and so do those of the others on the way.
 * </ul>
 */
final class MergeOracle {
    private static final String MERGED = "lead_merged";
    private static final String UNMERGED = "lead_unmerged";
    private static final String DELETED = "lead_deleted";
    private static final String CREATED = "lead_created";

    private final Map<String, List<OracleEvent>> said;
    private final Map<String, OracleEvent> merges = new TreeMap<>();

    /**
     * Reads merges.
     *
     * @param said all that was said of each lead, in order
     */
    MergeOracle(Map<String, List<OracleEvent>> said) {
        this.said = said;
        said.forEach((lead, events) -> {
            OracleEvent latest = latest(events, Long.MAX_VALUE);
            if (latest != null && latest.is(MERGED)) {
                merges.put(lead, latest);
            }
        });
        for (Set<String> circle = circle(); !circle.isEmpty(); circle = circle()) {
            merges.remove(circle.stream()
                    .max(Comparator.comparingLong(lead -> merges.get(lead).timeMillis()))
                    .orElseThrow());
        }
    }

    /** The lead under which one stands; itself if it was not merged. */
    String rootOf(String lead) {
        String at = lead;
        while (merges.containsKey(at)) {
            at = merges.get(at).text("into");
        }
        return at;
    }

    /** What stands of all that was said, by the lead under which it stands, in order; leads of which nothing does are not there. */
    Map<String, List<OracleEvent>> standing() {
        Map<String, List<OracleEvent>> standing = new TreeMap<>();
        said.forEach((lead, events) -> {
            String root = rootOf(lead);
            List<OracleEvent> left = after(lead, Long.MIN_VALUE, events);
            long sinceMillis = Long.MIN_VALUE;
            for (String at = lead; merges.containsKey(at); at = merges.get(at).text("into")) {
                sinceMillis = Math.max(sinceMillis, merges.get(at).timeMillis());
                left = after(merges.get(at).text("into"), sinceMillis, left);
            }
            for (OracleEvent event : left) {
                if (!event.is(MERGED, UNMERGED, DELETED)) {
                    standing.computeIfAbsent(root, key -> new ArrayList<>()).add(event);
                }
            }
        });
        standing.values().forEach(events -> events.sort(OracleEvent.ORDER));
        return standing;
    }

    /** Whether a lead is deleted, and was not created again. */
    boolean isDeleted(String lead) {
        OracleEvent deletion = deletion(lead, Long.MIN_VALUE);
        return deletion != null && created(lead, deletion.timeMillis()) == Long.MAX_VALUE;
    }

    /** Events without those that the deletions of a lead from a time on take away. */
    private List<OracleEvent> after(String lead, long fromMillis, List<OracleEvent> events) {
        OracleEvent deletion = deletion(lead, fromMillis);
        if (deletion == null) {
            return events;
        }
        long againMillis = created(lead, deletion.timeMillis());
        return events.stream()
                .filter(event -> event.timeMillis() > deletion.timeMillis() && event.timeMillis() >= againMillis)
                .toList();
    }

    /** The latest deletion of a lead that counts and is not before a time; null if there is none. */
    private OracleEvent deletion(String lead, long fromMillis) {
        List<OracleEvent> events = said.getOrDefault(lead, List.of());
        OracleEvent latest = latest(events, Long.MAX_VALUE);
        if (latest != null && latest.is(MERGED) && !merges.containsKey(lead)) {
            long untilMillis = events.stream()
                    .filter(event -> event.is(UNMERGED))
                    .mapToLong(OracleEvent::timeMillis)
                    .reduce(Long.MIN_VALUE, Math::max);
            events = events.stream()
                    .filter(event -> !event.is(MERGED) || event.timeMillis() < untilMillis)
                    .toList();
        }
        List<OracleEvent> told = events;
        return events.stream()
                .filter(event -> event.is(DELETED) && event.timeMillis() >= fromMillis && counts(event, told))
                .reduce((one, later) -> later)
                .orElse(null);
    }

    private static boolean counts(OracleEvent deletion, List<OracleEvent> events) {
        OracleEvent before = latest(events, deletion.timeMillis());
        boolean isMergedNext = events.stream()
                .filter(event -> event.timeMillis() > deletion.timeMillis() && event.is(MERGED, CREATED))
                .findFirst()
                .filter(event -> event.is(MERGED))
                .isPresent();
        return (before == null || before.is(UNMERGED)) && !isMergedNext;
    }

    private long created(String lead, long afterMillis) {
        return said.getOrDefault(lead, List.of()).stream()
                .filter(event -> event.is(CREATED) && event.timeMillis() > afterMillis)
                .mapToLong(OracleEvent::timeMillis)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    /** The latest merge or unmerge up to a time; null if there is none. */
    private static OracleEvent latest(List<OracleEvent> events, long millis) {
        return events.stream()
                .filter(event -> event.is(MERGED, UNMERGED) && event.timeMillis() <= millis)
                .reduce((one, later) -> later)
                .orElse(null);
    }

    /** Leads whose merges lead back to themselves, of one circle; empty if there is none. */
    private Set<String> circle() {
        for (String lead : merges.keySet()) {
            Set<String> passed = new TreeSet<>();
            String at = lead;
            while (merges.containsKey(at) && passed.add(at)) {
                at = merges.get(at).text("into");
                if (at.equals(lead)) {
                    return passed;
                }
            }
        }
        return Set.of();
    }
}
