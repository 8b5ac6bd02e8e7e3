package io.leadpulse.serving.learn;

import io.leadpulse.domain.influence.ActCounts;
import io.leadpulse.domain.influence.Influence;
import io.leadpulse.domain.probability.Calibration;
import io.leadpulse.domain.probability.ClosedLead;
import io.leadpulse.domain.probability.OutcomeCounts;
import io.leadpulse.domain.probability.WinProbability;
import io.leadpulse.domain.probability.WinTable;
import io.leadpulse.schemas.result.LeadProfile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What closed leads teach: a pure function of them, in whatever order they are given.
 *
 * @param table the counts of the win probability
 * @param counts the same one by one: that of all first, then attributes and values by name, then stages
 * @param calibration whether it came true, of each lead by those closed before it
 * @param influences by act, then by stage; all stages together under {@link #ALL_STAGES}
 * @param silences how long won leads were silent, by stage
 */
record Lessons(
        WinTable table,
        List<ValueCount> counts,
        Calibration calibration,
        List<ActInfluence> influences,
        List<Silence> silences) {
    private static final int PERCENTILE = 75;

    /** Stands for all stages together. */
    static final String ALL_STAGES = "";

    /**
     * How long won leads were silent in a stage.
     *
     * @param millis the 75th percentile of their longest silences there: the least that three in four did not exceed
     * @param wonLeads of how many
     */
    record Silence(String stage, long millis, long wonLeads) {}

    /**
     * Closed leads with one value.
     *
     * @param attribute the attribute, {@link WinTable#PRIOR} for all leads, {@link WinTable#STAGE} for a stage
     * @param value its value, empty for all
     * @param logOdds null before one lead was won and one lost
     */
    record ValueCount(String attribute, String value, OutcomeCounts counts, Double logOdds) {}

    /** How an act goes with winning in a stage, and what that was counted from. */
    record ActInfluence(String stage, String act, ActCounts counts, Influence influence) {}

    /**
     * Learns.
     *
     * @param ladder all stages, earliest first
     */
    static Lessons of(Collection<EndedLead> leads, List<String> ladder) {
        List<ClosedLead> cases = new ArrayList<>(leads.size());
        for (EndedLead lead : leads) {
            cases.add(lead.asCase(ladder));
        }
        // Summed up here: adding tables one by one would copy each of them.
        OutcomeCounts all = OutcomeCounts.NONE;
        SortedMap<String, SortedMap<String, OutcomeCounts>> attributes = new TreeMap<>();
        SortedMap<String, OutcomeCounts> stages = new TreeMap<>();
        for (ClosedLead each : cases) {
            OutcomeCounts one = OutcomeCounts.ofOne(each.won());
            all = all.plus(one);
            each.attributes().forEach((attribute, value) -> attributes
                    .computeIfAbsent(attribute, unused -> new TreeMap<>())
                    .merge(value, one, OutcomeCounts::plus));
            each.reachedStages().forEach(stage -> stages.merge(stage, one, OutcomeCounts::plus));
        }
        WinTable table = WinTable.ofCounts(all, attributes, stages);
        return new Lessons(
                table,
                counts(table, attributes, stages),
                Calibration.prequential(cases),
                influences(leads),
                silences(leads));
    }

    private static List<Silence> silences(Collection<EndedLead> leads) {
        SortedMap<String, List<Long>> longest = new TreeMap<>();
        for (EndedLead lead : leads) {
            if (lead.outcome().won()) {
                for (LeadProfile.Passed passed : lead.outcome().passed()) {
                    longest.computeIfAbsent(passed.stage(), unused -> new ArrayList<>())
                            .add(passed.silenceMillis());
                }
            }
        }
        List<Silence> silences = new ArrayList<>();
        longest.forEach((stage, millis) -> {
            millis.sort(null);
            int rank = (PERCENTILE * millis.size() + 99) / 100;
            silences.add(new Silence(stage, millis.get(rank - 1), millis.size()));
        });
        return silences;
    }

    private static List<ValueCount> counts(
            WinTable table,
            SortedMap<String, SortedMap<String, OutcomeCounts>> attributes,
            SortedMap<String, OutcomeCounts> stages) {
        List<ValueCount> counts = new ArrayList<>();
        counts.add(new ValueCount(WinTable.PRIOR, "", table.all(), logOdds(table.probability(Map.of(), null), 0)));
        attributes.forEach((attribute, values) -> values.forEach((value, of) -> counts.add(
                new ValueCount(attribute, value, of, logOdds(table.probability(Map.of(attribute, value), null), 1)))));
        stages.forEach((stage, of) ->
                counts.add(new ValueCount(WinTable.STAGE, stage, of, logOdds(table.probability(Map.of(), stage), 1))));
        return counts;
    }

    private static Double logOdds(WinProbability probability, int factor) {
        return probability.value() == null
                ? null
                : (Double) probability.factors().get(factor).logOdds();
    }

    private static List<ActInfluence> influences(Collection<EndedLead> leads) {
        SortedMap<String, OutcomeCounts> stood = new TreeMap<>();
        SortedMap<String, SortedMap<String, OutcomeCounts>> withAct = new TreeMap<>();
        for (EndedLead lead : leads) {
            OutcomeCounts one = OutcomeCounts.ofOne(lead.outcome().won());
            for (LeadProfile.Passed passed : lead.outcome().passed()) {
                if (passed.early()) {
                    stood.merge(passed.stage(), one, OutcomeCounts::plus);
                    for (String act : passed.acts().keySet()) {
                        withAct.computeIfAbsent(act, unused -> new TreeMap<>())
                                .merge(passed.stage(), one, OutcomeCounts::plus);
                    }
                }
            }
        }
        List<ActInfluence> influences = new ArrayList<>();
        withAct.forEach((act, byStage) -> {
            List<ActCounts> inStages = new ArrayList<>();
            ActCounts together = ActCounts.NONE;
            for (String stage : stood.keySet()) {
                ActCounts counts = counts(byStage.getOrDefault(stage, OutcomeCounts.NONE), stood.get(stage));
                inStages.add(counts);
                together = together.plus(counts);
                if (counts.with() > 0) {
                    influences.add(new ActInfluence(stage, act, counts, Influence.of(counts)));
                }
            }
            influences.add(new ActInfluence(ALL_STAGES, act, together, Influence.across(inStages)));
        });
        return influences;
    }

    private static ActCounts counts(OutcomeCounts with, OutcomeCounts all) {
        return new ActCounts(with.won(), with.lost(), all.won() - with.won(), all.lost() - with.lost());
    }
}
