package io.leadpulse.domain.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads merges: under which lead every lead stands. Pure, and independent of the order in which the records came.
 *
 * <ul>
 *   <li>A lead is where the newest record of it, by event time, puts it: in another lead, or on its own.
 *   <li>Merges are followed to the end: {@code a} into {@code b} and {@code b} into {@code c} puts both under {@code c}.
 *       Taking {@code b} out leaves {@code a} in {@code b}.
 *   <li>Of merges in a circle the newest does not hold, so its lead is the one that the others stand under.
 * </ul>
 */
public final class MergeBook {
    /** At most so many leads stand under one, itself included; every event of one of them reads them all. */
    public static final int MAX_TOGETHER = 50;

    /** At most so many records of this kind are kept of one lead. */
    public static final int MAX_RECORDS = 100;

    private static final Comparator<Map.Entry<String, MergeEvent>> NEWEST_LAST =
            Map.Entry.<String, MergeEvent>comparingByValue(MergeEvent.ORDER).thenComparing(Map.Entry.comparingByKey());

    private MergeBook() {}

    /**
     * The records of one lead with one more.
     *
     * @param kept what earlier calls gave, one per id; not modified
     * @return the same list if the record changes nothing
     */
    public static List<MergeEvent> accept(List<MergeEvent> kept, MergeEvent incoming) {
        List<MergeEvent> events = new ArrayList<>(kept.size() + 1);
        for (MergeEvent event : kept) {
            if (event.id() != incoming.id()) {
                events.add(event);
            } else if (!incoming.supersedes(event)) {
                return kept;
            }
        }
        events.add(incoming);
        events.sort(MergeEvent.ORDER);
        return events;
    }

    /** The merge that holds for a lead as far as it alone is looked at; null when it stands on its own. */
    public static MergeEvent holding(List<MergeEvent> events) {
        MergeEvent newest = null;
        for (MergeEvent event : events) {
            newest = newest == null || MergeEvent.ORDER.compare(event, newest) > 0 ? event : newest;
        }
        return newest == null || newest.into() == null ? null : newest;
    }

    /**
     * Under which lead each stands; a lead on its own stands under itself.
     *
     * @param holding {@link #holding} of every lead that has one, of all leads that hang together
     * @return an entry for each lead named, as merged or as that which it is merged into, in the order of their ids
     */
    public static Map<String, String> roots(Map<String, MergeEvent> holding) {
        Set<String> leads = new HashSet<>(holding.keySet());
        holding.values().forEach(event -> leads.add(event.into()));
        Set<String> refused = new HashSet<>();
        for (String lead : leads) {
            closing(lead, holding, refused);
        }
        Map<String, String> roots = new TreeMap<>();
        for (String lead : leads) {
            String at = lead;
            while (holding.containsKey(at) && !refused.contains(at)) {
                at = holding.get(at).into();
            }
            roots.put(lead, at);
        }
        return roots;
    }

    /** Follows a lead's merges; if they lead in a circle, the lead of the circle's newest merge is refused. */
    private static void closing(String lead, Map<String, MergeEvent> holding, Set<String> refused) {
        Map<String, Integer> steps = new HashMap<>();
        List<String> path = new ArrayList<>();
        String at = lead;
        while (holding.containsKey(at) && !refused.contains(at)) {
            Integer seen = steps.putIfAbsent(at, path.size());
            if (seen != null) {
                refused.add(path.subList(seen, path.size()).stream()
                        .map(each -> Map.entry(each, holding.get(each)))
                        .max(NEWEST_LAST)
                        .orElseThrow()
                        .getKey());
                return;
            }
            path.add(at);
            at = holding.get(at).into();
        }
    }
}
