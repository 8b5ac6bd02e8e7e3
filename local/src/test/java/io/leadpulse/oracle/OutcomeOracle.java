package io.leadpulse.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a lead ended, and what had been at least one business day before, by asking for every stage and every fact anew. As
 * text, since it is only compared.
 */
final class OutcomeOracle {
    private static final Set<String> NOTES = Set.of(
            "lead_created",
            "lead_updated",
            "lead_assigned",
            "lead_accepted",
            "lead_status_changed",
            "alert_snoozed",
            "alert_handled",
            "identified",
            "other_behaviour");

    private final List<OracleEvent> facts;
    private final List<OracleDeal> deals;
    private final LeadOracle lead;
    private final OracleInput input;

    /**
     * Reads a lead.
     *
     * @param facts its facts in canonical order
     * @param deals its deals
     * @param input knows the company's working time
     */
    OutcomeOracle(List<OracleEvent> facts, List<OracleDeal> deals, OracleInput input) {
        this.facts = facts;
        this.deals = deals;
        this.lead = new LeadOracle(facts, deals);
        this.input = input;
    }

    /** Such as {@code won 1741000000000 offer new{call=2} offer{}}, stages by name; null while it has not ended. */
    String at(long asOfMillis) {
        Long wonMillis = deals.stream()
                .map(OracleDeal::wonMillis)
                .filter(won -> won != null)
                .min(Long::compare)
                .orElse(null);
        boolean isLost = !lead.isWorkedOn(asOfMillis)
                && !lead.statusAt(asOfMillis).equals("nurture")
                && (lead.statusAt(asOfMillis).equals("disqualified")
                        || deals.stream().anyMatch(deal -> deal.lostMillis() != null));
        if (wonMillis == null && !isLost) {
            return null;
        }
        List<OracleDeal.Stay> stays = new ArrayList<>(lead.stays());
        deals.forEach(deal -> stays.addAll(deal.stays()));
        long closedMillis = wonMillis != null ? wonMillis : lastEnd(stays);
        stays.removeIf(stay -> stay.enteredMillis() >= closedMillis);
        String before = stays.stream()
                .filter(stay -> isEarly(stay.enteredMillis(), closedMillis))
                .max(Comparator.comparingLong(OracleDeal.Stay::enteredMillis)
                        .thenComparingLong(stay -> leftBy(stay, closedMillis))
                        .thenComparing(OracleDeal.Stay::stage))
                .map(OracleDeal.Stay::stage)
                .orElse(null);
        Map<String, Map<String, Integer>> early = new TreeMap<>();
        Map<String, Boolean> late = new TreeMap<>();
        for (OracleDeal.Stay stay : stays) {
            if (!isEarly(stay.enteredMillis(), closedMillis)) {
                late.put(stay.stage(), true);
                continue;
            }
            Map<String, Integer> acts = early.computeIfAbsent(stay.stage(), unused -> new TreeMap<>());
            for (OracleEvent fact : facts) {
                long now = fact.timeMillis();
                boolean isThere = now >= stay.enteredMillis()
                        && now < closedMillis
                        && (stay.leftMillis() == null || now < stay.leftMillis());
                if (isThere && !NOTES.contains(fact.kind()) && !fact.isAutomatic() && isEarly(now, closedMillis)) {
                    acts.merge(fact.kind(), 1, Integer::sum);
                }
            }
        }
        late.keySet().removeAll(early.keySet());
        return text(wonMillis != null, closedMillis, before, early, late.keySet());
    }

    /** The same words for what was found elsewhere. */
    static String text(
            boolean won, long closedMillis, String before, Map<String, Map<String, Integer>> early, Set<String> late) {
        return (won ? "won " : "lost ") + closedMillis + ' ' + before + ' ' + early + " late " + late;
    }

    private long lastEnd(List<OracleDeal.Stay> stays) {
        long last = Long.MIN_VALUE;
        for (OracleDeal.Stay stay : stays) {
            last = Math.max(last, stay.leftMillis());
        }
        for (OracleDeal deal : deals) {
            last = Math.max(last, deal.lostMillis());
        }
        return last;
    }

    private boolean isEarly(long atMillis, long closedMillis) {
        return WorkCalendar.reach(input.clock(atMillis, closedMillis, List.of()), Fraction.of(1, 1))
                .isPresent();
    }

    private static long leftBy(OracleDeal.Stay stay, long millis) {
        return stay.leftMillis() == null ? millis : Math.min(stay.leftMillis(), millis);
    }
}
