package io.leadpulse.domain.goal;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.Period;
import java.util.List;
import java.util.Optional;

/**
 * What one past period had won by each position in its business time: straight lines between the ends of its panes;
 * immutable. What was won outside business time stands at the position where that time is, as a step.
 */
public final class WonCurve {
    /** Ascending, from 0; equal neighbours are a step. */
    private final double[] positions;

    private final long[] won;

    private WonCurve(double[] positions, long[] won) {
        this.positions = positions;
        this.won = won;
    }

    /**
     * The curve of a period.
     *
     * @param panes ascending, disjoint, within the period; panes in which nothing was won may be left out
     * @return empty for a period without business time, which has no positions
     */
    public static Optional<WonCurve> of(BusinessCalendar calendar, Period period, List<WonPane> panes) {
        if (period.isTotal()
                || calendar.position(period, BusinessCalendar.MIN_MILLIS).isEmpty()) {
            return Optional.empty();
        }
        long cursor = calendar.startOfDayMillis(period.startEpochDay());
        long endMillis = calendar.startOfDayMillis(period.endEpochDayExclusive());
        double[] positions = new double[2 * panes.size() + 1];
        long[] won = new long[2 * panes.size() + 1];
        int count = 1;
        for (WonPane pane : panes) {
            if (pane.startMillis() < cursor || pane.endMillis() <= pane.startMillis() || pane.endMillis() > endMillis) {
                throw new IllegalArgumentException("pane " + pane + " of " + period.key()
                        + " must lie in the period and after the pane before it, which ends at " + cursor);
            }
            cursor = pane.endMillis();
            won[count] = won[count - 1];
            positions[count++] = calendar.position(period, pane.startMillis()).getAsDouble();
            won[count] = won[count - 1] + pane.amount();
            positions[count++] = calendar.position(period, pane.endMillis()).getAsDouble();
        }
        return Optional.of(new WonCurve(positions, won));
    }

    /** What the whole period won; minor units or a count. */
    public long total() {
        return won[won.length - 1];
    }

    /** What was won up to a position, a step there included; not whole where it lies on a line between two panes. */
    public double wonAt(double position) {
        int after = 0;
        while (after < positions.length && positions[after] <= position) {
            after++;
        }
        if (after == 0) {
            return 0;
        }
        if (after == positions.length) {
            return won[after - 1];
        }
        double part = (position - positions[after - 1]) / (positions[after] - positions[after - 1]);
        return won[after - 1] + part * (won[after] - won[after - 1]);
    }
}
