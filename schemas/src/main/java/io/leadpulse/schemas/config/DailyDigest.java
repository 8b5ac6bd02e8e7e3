package io.leadpulse.schemas.config;

import java.time.LocalTime;
import java.util.List;

/**
 * When and to whom the managers' daily digest is sent.
 *
 * @param enabled whether it is sent at all
 * @param at from when on, in the company's zone; where clocks skip this time, as much later
 * @param onDaysOff whether it is sent on days without working time, too
 * @param recipients reps who get it; empty: the team leads do
 */
public record DailyDigest(boolean enabled, LocalTime at, boolean onDaysOff, List<String> recipients) {

    /** What holds when nothing is configured. */
    public static final DailyDigest DEFAULT = new DailyDigest(true, LocalTime.of(8, 0), false, List.of());

    public DailyDigest {
        recipients = List.copyOf(recipients);
    }
}
