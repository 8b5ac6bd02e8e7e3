package io.leadpulse.domain.correlation;

import java.util.ArrayList;
import java.util.List;

/**
 * Pairs one rep's activities of a week with what came of them: opportunities created in that week and the two after.
 *
 * <p>A week whose two following ones are not over gives no pair: the later half of its opportunities is still to come.
 */
public final class LaggedWeeks {

    /** The week itself and the two after it. */
    public static final int WEEKS_OF_EFFECT = 3;

    private LaggedWeeks() {}

    /**
     * The pairs of one rep; those of several reps are put into one list for the correlation.
     *
     * @param activities activities done in each complete week with the rep, in order of time and without gap (0 where
     *     none was done)
     * @param opportunities opportunities created in the same weeks
     * @return one pair a week, without the last two weeks
     */
    public static List<RankCorrelation.Pair> pairs(List<Long> activities, List<Long> opportunities) {
        if (activities.size() != opportunities.size()) {
            throw new IllegalArgumentException(activities.size() + " weeks of activities, but " + opportunities.size()
                    + " of opportunities: both must be of the same weeks");
        }
        List<RankCorrelation.Pair> pairs = new ArrayList<>();
        for (int week = 0; week + WEEKS_OF_EFFECT <= activities.size(); week++) {
            long created = 0;
            for (int later = 0; later < WEEKS_OF_EFFECT; later++) {
                created += opportunities.get(week + later);
            }
            pairs.add(new RankCorrelation.Pair(activities.get(week), created));
        }
        return pairs;
    }
}
