package io.leadpulse.domain.probability;

import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of closed leads, and from it by naive Bayes how likely an open one is won.
 *
 * <p>Every closed lead stands in the table with the values of its attributes and with every stage that it reached; a won
 * one reached all stages of the ladder. Tables are added and taken from each other: a table is a function of its cases,
 * whatever was counted and taken back in between and in whatever order. It is immutable; its size is bounded by the
 * number of different attribute values.
 *
 * <p><b>Formula.</b> With 0.1 added to every count (Lidstone's smoothing; C. D. Manning, P. Raghavan and H. Schuetze,
 * Introduction to Information Retrieval, 2008, chapter 13, for naive Bayes and its smoothing), won and lost alike:
 * <ul>
 * <li>prior: (won + 0.1) / (won + lost + 0.2);
 * <li>an attribute's value: (won with this value + 0.1) / (won with any value + 0.1 x different values), where a value
 *     counts as one as soon as any closed lead, won or lost, has it;
 * <li>the stage: (won that reached it + 0.1) / (won + 0.1).
 * </ul>
 * These are summed as logarithms, and p = 1 / (1 + e^-(sum of won - sum of lost)), held in 0.01..99.99 %. What the lead
 * does not say, and values and stages that no closed lead had, say nothing. It is the model of Odoo's predictive lead
 * scoring, whose published test answers it reproduces.
 */
public final class WinTable {

    /** The name of the stage among the factors. */
    public static final String STAGE = "stage";

    /** The name of what holds for all leads among the factors. */
    public static final String PRIOR = "prior";

    /** What is added to every count, so that what was never seen is not taken for impossible. */
    public static final double SMOOTHING = 0.1;

    /** No lead is hopeless: 0.01 %. */
    public static final double LEAST = 0.000_1;

    /** No lead is certain: 99.99 %. */
    public static final double MOST = 0.999_9;

    /** No case. */
    public static final WinTable EMPTY = new WinTable(OutcomeCounts.NONE, new TreeMap<>(), new TreeMap<>());

    private final OutcomeCounts all;
    private final SortedMap<String, SortedMap<String, OutcomeCounts>> attributes;
    private final SortedMap<String, OutcomeCounts> stages;

    private WinTable(
            OutcomeCounts all,
            SortedMap<String, SortedMap<String, OutcomeCounts>> attributes,
            SortedMap<String, OutcomeCounts> stages) {
        this.all = all;
        this.attributes = attributes;
        this.stages = stages;
    }

    /**
     * The table of one closed lead.
     *
     * @param closed what is known of it
     */
    public static WinTable of(ClosedLead closed) {
        OutcomeCounts one = OutcomeCounts.ofOne(closed.won());
        SortedMap<String, SortedMap<String, OutcomeCounts>> attributes = new TreeMap<>();
        closed.attributes().forEach((attribute, value) -> attributes.put(attribute, single(value, one)));
        SortedMap<String, OutcomeCounts> stages = new TreeMap<>();
        closed.reachedStages().forEach(stage -> stages.put(stage, one));
        return new WinTable(one, attributes, stages);
    }

    /**
     * The table that was counted elsewhere.
     *
     * @param all closed leads
     * @param attributes by attribute and value; counts of none are left out; of one attribute together at most
     *     {@code all}, else {@link IllegalArgumentException}
     * @param stages those that reached a stage, by stage; each at most {@code all}, else
     *     {@link IllegalArgumentException}
     */
    public static WinTable ofCounts(
            OutcomeCounts all,
            Map<String, ? extends Map<String, OutcomeCounts>> attributes,
            Map<String, OutcomeCounts> stages) {
        SortedMap<String, SortedMap<String, OutcomeCounts>> copied = new TreeMap<>();
        attributes.forEach((attribute, values) -> {
            SortedMap<String, OutcomeCounts> counted = withoutNone(values);
            if (!counted.isEmpty()) {
                copied.put(attribute, counted);
            }
        });
        return new WinTable(all, copied, withoutNone(stages)).checked();
    }

    /** The table of the leads of both; none may be in both. */
    public WinTable plus(WinTable other) {
        return combined(other, Change.PLUS);
    }

    /** The table without the leads of another; {@link IllegalArgumentException} if they were not in it. */
    public WinTable minus(WinTable other) {
        return combined(other, Change.MINUS);
    }

    /** Closed leads. */
    public OutcomeCounts all() {
        return all;
    }

    /** Closed leads with this value. */
    public OutcomeCounts of(String attribute, String value) {
        SortedMap<String, OutcomeCounts> values = attributes.get(attribute);
        return values == null ? OutcomeCounts.NONE : values.getOrDefault(value, OutcomeCounts.NONE);
    }

    /** Closed leads that reached this stage. */
    public OutcomeCounts reached(String stage) {
        return stages.getOrDefault(stage, OutcomeCounts.NONE);
    }

    /**
     * How likely an open lead is won; needs one won and one lost.
     *
     * @param known the values of its attributes; absent, null and blank values say nothing
     * @param stage where it stands; null if it stands in none
     */
    public WinProbability probability(Map<String, String> known, String stage) {
        Lack lack = Lack.unless(LackKind.TOO_FEW_WON_DEALS, all.won(), 1);
        if (lack == null) {
            lack = Lack.unless(LackKind.TOO_FEW_LOST_DEALS, all.lost(), 1);
        }
        if (lack != null) {
            return WinProbability.lacking(lack);
        }
        List<WinFactor> factors = new ArrayList<>();
        factors.add(new WinFactor(PRIOR, null, log(all.won()) - log(all.lost())));
        for (Map.Entry<String, SortedMap<String, OutcomeCounts>> attribute : attributes.entrySet()) {
            String value = known.get(attribute.getKey());
            OutcomeCounts counts = value == null ? null : attribute.getValue().get(value);
            if (counts != null) {
                factors.add(new WinFactor(attribute.getKey(), value, logOdds(counts, attribute.getValue())));
            }
        }
        OutcomeCounts reached = stage == null ? null : stages.get(stage);
        if (reached != null) {
            factors.add(new WinFactor(
                    STAGE, stage, log(reached.won()) - log(all.won()) - (log(reached.lost()) - log(all.lost()))));
        }
        double sum = 0;
        for (WinFactor factor : factors) {
            sum += factor.logOdds();
        }
        double probability = 1 / (1 + StrictMath.exp(-sum));
        return new WinProbability(Math.max(LEAST, Math.min(MOST, probability)), List.copyOf(factors), null);
    }

    private static double logOdds(OutcomeCounts counts, SortedMap<String, OutcomeCounts> values) {
        OutcomeCounts any = sum(values);
        double smoothing = SMOOTHING * values.size();
        return log(counts.won())
                - StrictMath.log(any.won() + smoothing)
                - (log(counts.lost()) - StrictMath.log(any.lost() + smoothing));
    }

    private static double log(long count) {
        return StrictMath.log(count + SMOOTHING);
    }

    private enum Change {
        PLUS,
        MINUS;

        OutcomeCounts of(OutcomeCounts before, OutcomeCounts by) {
            return this == PLUS ? before.plus(by) : before.minus(by);
        }
    }

    private WinTable combined(WinTable other, Change change) {
        SortedMap<String, SortedMap<String, OutcomeCounts>> combined = new TreeMap<>(attributes);
        other.attributes.forEach((attribute, values) -> {
            SortedMap<String, OutcomeCounts> changed =
                    combined(combined.getOrDefault(attribute, new TreeMap<>()), values, change);
            if (changed.isEmpty()) {
                combined.remove(attribute);
            } else {
                combined.put(attribute, changed);
            }
        });
        return new WinTable(change.of(all, other.all), combined, combined(stages, other.stages, change)).checked();
    }

    private static SortedMap<String, OutcomeCounts> combined(
            SortedMap<String, OutcomeCounts> before, SortedMap<String, OutcomeCounts> by, Change change) {
        SortedMap<String, OutcomeCounts> combined = new TreeMap<>(before);
        by.forEach((key, counts) -> {
            OutcomeCounts changed = change.of(combined.getOrDefault(key, OutcomeCounts.NONE), counts);
            if (changed.total() == 0) {
                combined.remove(key);
            } else {
                combined.put(key, changed);
            }
        });
        return combined;
    }

    private static OutcomeCounts sum(SortedMap<String, OutcomeCounts> values) {
        OutcomeCounts sum = OutcomeCounts.NONE;
        for (OutcomeCounts each : values.values()) {
            sum = sum.plus(each);
        }
        return sum;
    }

    private WinTable checked() {
        attributes.forEach((attribute, values) -> check("have a value of " + attribute, sum(values)));
        stages.forEach((stage, reached) -> check("reached " + stage, reached));
        return this;
    }

    private void check(String what, OutcomeCounts counts) {
        if (counts.won() > all.won() || counts.lost() > all.lost()) {
            throw new IllegalArgumentException("more leads " + what + " than were closed: " + counts + " of " + all);
        }
    }

    private static SortedMap<String, OutcomeCounts> single(String value, OutcomeCounts one) {
        SortedMap<String, OutcomeCounts> map = new TreeMap<>();
        map.put(value, one);
        return map;
    }

    private static SortedMap<String, OutcomeCounts> withoutNone(Map<String, OutcomeCounts> counts) {
        SortedMap<String, OutcomeCounts> kept = new TreeMap<>(counts);
        kept.values().removeIf(each -> each.total() == 0);
        return kept;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof WinTable other
                && all.equals(other.all)
                && attributes.equals(other.attributes)
                && stages.equals(other.stages);
    }

    @Override
    public int hashCode() {
        return Objects.hash(all, attributes, stages);
    }

    @Override
    public String toString() {
        return "WinTable[all=" + all + ", attributes=" + attributes.keySet() + ", stages=" + stages.keySet() + ']';
    }
}
