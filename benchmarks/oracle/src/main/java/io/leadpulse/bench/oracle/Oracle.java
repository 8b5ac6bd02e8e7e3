package io.leadpulse.bench.oracle;

import io.leadpulse.bench.oracle.OracleEvent.BrokenException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Computes the final results of the task from all records at once, in no order that matters: everything is gathered, sorted by event
 * time, and read once.
 *
 * <p>Records may be given in parts, as long as all of one lead, with its deals and visitors, are in one part.
 */
public final class Oracle {
    private static final long IDENTIFIED_WITHIN_MILLIS = Duration.ofDays(30).toMillis();
    private static final long HELD_FOR_MILLIS = Duration.ofDays(60).toMillis();
    private static final Comparator<OracleEvent> BY_TIME = Comparator.comparingLong(OracleEvent::timeMillis);
    /** Limits in thousandths of a business day. */
    private static final Map<String, Integer> STAGE_LIMITS =
            Map.of("meeting", 7_000, "demo", 7_000, "offer", 10_000, "negotiation", 14_000);

    private final long asOfMillis;
    private final Map<String, String> teams;
    private final int windowDays;
    private final Expected expected = Expected.nothing();

    private Map<String, Map<String, OracleEvent>> ofLeads = new HashMap<>();
    private Map<String, Map<String, OracleEvent>> ofVisitors = new HashMap<>();
    private Map<String, Map<String, OracleEvent>> ofDeals = new HashMap<>();

    /**
     * Nothing is known yet.
     *
     * @param asOfMillis up to when, inclusive, time has passed in the results, epoch milliseconds
     * @param teams the team of each rep
     */
    public Oracle(long asOfMillis, Map<String, String> teams) {
        this(asOfMillis, teams, 0);
    }

    /**
     * Nothing is known yet.
     *
     * @param asOfMillis up to when, inclusive, time has passed in the results, epoch milliseconds
     * @param teams the team of each rep
     * @param windowDays on how many days points count in full; 0 if they decay
     */
    public Oracle(long asOfMillis, Map<String, String> teams, int windowDays) {
        this.asOfMillis = asOfMillis;
        this.windowDays = windowDays;
        this.teams = Map.copyOf(teams);
    }

    /** Takes in a record of {@code crm.activities.v1}. */
    public void activity(byte[] value) {
        try {
            OracleEvent event = OracleEvent.activity(value);
            if (event.deal() == null) {
                gather(ofLeads, event.lead(), event);
            } else {
                gather(ofDeals, event.deal(), event);
            }
        } catch (BrokenException e) {
            refuse(e.getMessage());
        }
    }

    /** Takes in a record of {@code web.behaviour.v1}. */
    public void behaviour(byte[] value) {
        try {
            OracleEvent event = OracleEvent.behaviour(value);
            gather(ofVisitors, event.visitor(), event);
        } catch (BrokenException e) {
            refuse(e.getMessage());
        }
    }

    /** Computes what follows from the records taken in since the last time; afterwards another part may be given. */
    public void endOfPart() {
        for (Map<String, OracleEvent> visitor : ofVisitors.values()) {
            attribute(sorted(visitor.values()));
        }
        for (Map<String, OracleEvent> deal : ofDeals.values()) {
            deal(sorted(deal.values()));
        }
        for (Map.Entry<String, Map<String, OracleEvent>> lead : ofLeads.entrySet()) {
            expected.scores()
                    .put(lead.getKey(), OracleRules.score(sorted(lead.getValue().values()), windowDays));
        }
        ofLeads = new HashMap<>();
        ofVisitors = new HashMap<>();
        ofDeals = new HashMap<>();
    }

    /** The results of all parts. */
    public Expected expected() {
        return expected;
    }

    private static void gather(Map<String, Map<String, OracleEvent>> events, String key, OracleEvent event) {
        events.computeIfAbsent(key, any -> new HashMap<>()).putIfAbsent(event.id(), event);
    }

    private static List<OracleEvent> sorted(Collection<OracleEvent> events) {
        List<OracleEvent> sorted = new ArrayList<>(events);
        sorted.sort(BY_TIME);
        return sorted;
    }

    private void refuse(String reason) {
        expected.deadLetters().merge(reason, 1L, Long::sum);
    }

    /** Whose a visitor's events are: of who was identified last at or before, else of who is within 30 days after. */
    private void attribute(List<OracleEvent> events) {
        TreeMap<Long, String> identified = new TreeMap<>();
        for (OracleEvent event : events) {
            if (event.lead() != null) {
                identified.put(event.timeMillis(), event.lead());
            }
        }
        for (OracleEvent event : events) {
            Map.Entry<Long, String> before = identified.floorEntry(event.timeMillis());
            Map.Entry<Long, String> after = identified.higherEntry(event.timeMillis());
            if (before != null) {
                own(before.getValue(), event);
            } else if (after != null && after.getKey() - event.timeMillis() <= IDENTIFIED_WITHIN_MILLIS) {
                own(after.getValue(), event);
            } else if (event.timeMillis() + HELD_FOR_MILLIS <= asOfMillis) {
                refuse("held_dropped");
            }
        }
    }

    private void own(String lead, OracleEvent event) {
        ofLeads.computeIfAbsent(lead, any -> new HashMap<>()).put("web:" + event.visitor() + '/' + event.id(), event);
    }

    private void deal(List<OracleEvent> events) {
        String deal = events.get(0).deal();
        // A lead of which only a deal is known has a score, too: none.
        ofLeads.computeIfAbsent(events.get(0).lead(), any -> new HashMap<>());
        long amountMinor = 0;
        String stage = null;
        long enteredMillis = 0;
        OracleEvent won = null;
        for (OracleEvent event : events) {
            if (event.amountMinor() != null) {
                amountMinor = event.amountMinor();
            }
            boolean isClosing = event.kind().equals("deal_won") || event.kind().equals("deal_lost");
            if (isClosing || event.stage() != null) {
                if (stage != null) {
                    stay(events, deal, stage, enteredMillis, event.timeMillis());
                }
                stage = isClosing ? null : event.stage();
                enteredMillis = event.timeMillis();
            }
            if (event.kind().equals("deal_won")) {
                won = event;
            }
        }
        if (stage != null) {
            stay(events, deal, stage, enteredMillis, null);
        }
        if (won != null) {
            sell(ownerAt(events, won.timeMillis()), won.timeMillis(), amountMinor);
        }
    }

    private static String ownerAt(List<OracleEvent> events, long atMillis) {
        String owner = null;
        for (OracleEvent event : events) {
            if (event.owner() != null && event.timeMillis() <= atMillis) {
                owner = event.owner();
            }
        }
        return owner;
    }

    private void stay(List<OracleEvent> events, String deal, String stage, long enteredMillis, Long leftMillis) {
        int limit = STAGE_LIMITS.get(stage);
        long endMillis = leftMillis == null ? asOfMillis + 1 : leftMillis;
        long raisedMillis = OracleClock.due(enteredMillis, limit);
        long escalatedMillis = OracleClock.due(enteredMillis, limit * 3 / 2);
        if (raisedMillis < endMillis) {
            expected.alerts()
                    .put(
                            deal + '|' + stage + '|' + enteredMillis,
                            new StuckAlert(
                                    ownerAt(events, raisedMillis),
                                    raisedMillis,
                                    escalatedMillis < endMillis ? (Long) escalatedMillis : null,
                                    leftMillis));
        }
    }

    private void sell(String owner, long wonMillis, long amountMinor) {
        List<String> scopes =
                owner == null ? List.of("company") : List.of("company", "team:" + teams.get(owner), "rep:" + owner);
        for (String scope : scopes) {
            String place = '|' + scope + '|' + OracleClock.day(wonMillis);
            expected.sums().merge("won_count" + place, 1L, Long::sum);
            if (amountMinor != 0) {
                expected.sums().merge("won_amount" + place, amountMinor, Long::sum);
            }
        }
    }
}
