package io.leadpulse.domain.stage;

import io.leadpulse.domain.deal.Stay;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Time in stage: the sum of all stays of a deal or lead in a stage that have ended. A stay that lasts adds nothing; its
 * age is shown beside. Elapsed time, not business time.
 */
public final class StageDwell {

    private StageDwell() {}

    /**
     * Milliseconds by stage, in order of the stage's name; a stage that was only passed stands with 0, one without an
     * ended stay not at all.
     */
    public static Map<String, Long> closedMillisByStage(List<Stay> stays) {
        Map<String, Long> millis = new TreeMap<>();
        for (Stay stay : stays) {
            if (!stay.isOpen()) {
                millis.merge(stay.stage(), stay.leftMillis() - stay.enteredMillis(), Long::sum);
            }
        }
        return millis;
    }
}
