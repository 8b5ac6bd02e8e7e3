package io.leadpulse.domain.alert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to tell, given what was told: alerts that are new or other than told, and withdrawals of those that are gone.
 * Nothing is told twice in the same form, however often it is computed. A withdrawn alert that comes back is told as it
 * is then.
 *
 * @param publish what to tell now, in the order of the alerts, then withdrawals in the order in which they were told
 * @param told what stands as told after it, to be kept for the next time; bounded by the alerts that the facts give
 */
public record AlertDiff(List<Alert> publish, List<Alert> told) {

    /**
     * Compares.
     *
     * @param toldBefore {@link #told} of the last time; empty at first
     * @param now all alerts as the facts give them at the watermark, see {@link AlertLife#asOf}
     * @param watermarkMillis the watermark, the time of a withdrawal
     */
    public static AlertDiff of(List<Alert> toldBefore, List<Alert> now, long watermarkMillis) {
        if (toldBefore.equals(now)) {
            return new AlertDiff(List.of(), toldBefore);
        }
        Map<String, Alert> before = new HashMap<>();
        for (Alert alert : toldBefore) {
            before.put(alert.id(), alert);
        }
        List<Alert> publish = new ArrayList<>();
        Set<String> standing = new HashSet<>();
        for (Alert alert : now) {
            standing.add(alert.id());
            if (!alert.equals(before.get(alert.id()))) {
                publish.add(alert);
            }
        }
        for (Alert alert : toldBefore) {
            if (!standing.contains(alert.id())) {
                publish.add(alert.then(AlertState.WITHDRAWN, watermarkMillis));
            }
        }
        return new AlertDiff(publish, now);
    }
}
