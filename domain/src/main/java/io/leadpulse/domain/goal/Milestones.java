package io.leadpulse.domain.goal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The steps of a goal that are told when they are reached. */
public final class Milestones {

    /** Parts of the goal in percent, ascending. */
    public static final List<Integer> STEPS = List.of(50, 90, 100);

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private Milestones() {}

    /**
     * The steps reached, ascending; exact, nothing is rounded.
     *
     * @param achieved what was achieved, in the goal's unit; negative after refunds
     * @param goal the goal, at least 1
     * @throws IllegalArgumentException if the goal is below 1
     */
    public static List<Integer> reached(long achieved, long goal) {
        if (goal < 1) {
            throw new IllegalArgumentException("goal " + goal + " is not allowed: at least 1");
        }
        List<Integer> reached = new ArrayList<>();
        for (int step : STEPS) {
            if (BigInteger.valueOf(achieved)
                            .multiply(HUNDRED)
                            .compareTo(BigInteger.valueOf(goal).multiply(BigInteger.valueOf(step)))
                    >= 0) {
                reached.add(step);
            }
        }
        return reached;
    }
}
