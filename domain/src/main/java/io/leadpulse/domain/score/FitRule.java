package io.leadpulse.domain.score;

import java.io.Serializable;
import java.util.Map;

/**
 * What one attribute of the lead is worth by its value. Only the newest value by event time counts: a changed value
 * gives a ledger entry with the difference, so that the sums hold at any time.
 *
 * @param id lower case letters, digits and underscores; unique among all rules of one version
 * @param attribute name of the attribute; the same in all versions
 * @param pointsByValue points by exact value; a value that is not named gives 0
 * @param group name of the {@link ScoreGroup.Type#FIT} group that it counts in; the same in all versions
 */
public record FitRule(String id, String attribute, Map<String, Double> pointsByValue, String group)
        implements Serializable {

    public FitRule {
        pointsByValue = Map.copyOf(pointsByValue);
    }

    /** Points of this value; 0 for null and for values that are not named. */
    public double points(String value) {
        return value == null ? 0 : pointsByValue.getOrDefault(value, 0.0);
    }
}
