package io.leadpulse.serving.metrics;

import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.schemas.config.KeyMetric;
import java.util.EnumSet;
import java.util.Set;

/**
 * A key metric as it stands.
 *
 * @param metric which
 * @param value in the metric's unit; null if it cannot be said
 * @param parts numerator and denominator: counts, or minor units of money; null where it is no ratio, or cannot be said
 * @param target its goal or limit, in the metric's unit; null without one
 * @param needs what it needs to be said, in words; null if it can be said
 */
public record KeyFigure(KeyMetric metric, Double value, Ratio parts, Double target, String needs) {

    private static final Set<KeyMetric> SHARES_OF_MONEY = EnumSet.of(
            KeyMetric.DAY_ATTAINMENT,
            KeyMetric.WEEK_ATTAINMENT,
            KeyMetric.MONTH_ATTAINMENT,
            KeyMetric.QUARTER_ATTAINMENT,
            KeyMetric.YEAR_ATTAINMENT,
            KeyMetric.MONTH_GROWTH,
            KeyMetric.WIN_RATE_BY_VALUE,
            KeyMetric.RETURNING_REVENUE);

    static KeyFigure of(KeyMetric metric, Double value) {
        return new KeyFigure(metric, value, null, null, null);
    }

    static KeyFigure of(KeyMetric metric, Double value, Ratio parts) {
        return new KeyFigure(metric, value, parts, null, null);
    }

    static KeyFigure missing(KeyMetric metric, String needs) {
        return new KeyFigure(metric, null, null, null, needs);
    }

    KeyFigure against(Double newTarget) {
        return new KeyFigure(metric, value, parts, newTarget, needs);
    }

    /** Whether the numerator is money, in minor units; else it is a count. */
    public boolean isNumeratorMoney() {
        return metric.unit() == KeyMetric.Unit.MONEY || isDenominatorMoney();
    }

    /** Whether the denominator is money, in minor units; else it is a count. */
    public boolean isDenominatorMoney() {
        return SHARES_OF_MONEY.contains(metric);
    }

    /** Whether the goal is reached, or the limit not passed; null without a value or a target. */
    public Boolean isMet() {
        if (value == null || target == null) {
            return null;
        }
        boolean isLessBetter = metric.aim() == KeyMetric.Aim.LIMIT || metric == KeyMetric.STILL_TO_SELL;
        return isLessBetter ? value <= target : value >= target;
    }
}
