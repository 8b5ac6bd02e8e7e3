package io.leadpulse.domain.stage;

import io.leadpulse.domain.deal.Stay;
import java.util.Map;

/**
 * How long a stay in a stage may last before it counts as stuck, in thousandths of a business day, so that 10.5 days are
 * 10,500. Flat because rules carry it on an edge.
 *
 * @param limitMilliDaysByStage limit by name of the stage; {@link #NO_LIMIT} for one that is never stuck
 * @param defaultLimitMilliDays limit of every other stage; {@link #NO_LIMIT} when these are never stuck
 */
public record StageLimits(Map<String, Long> limitMilliDaysByStage, long defaultLimitMilliDays) {

    /** A stage with this limit is never stuck. */
    public static final long NO_LIMIT = 0;

    /** The limits used when none are configured. A new lead has none: the clock of first contact rules there. */
    public static final StageLimits DEFAULT = new StageLimits(
            Map.of(
                    LeadStages.NEW,
                    NO_LIMIT,
                    LeadStages.CONTACTED,
                    5_000L,
                    LeadStages.QUALIFIED,
                    5_000L,
                    "meeting",
                    7_000L,
                    "demo",
                    7_000L,
                    "offer",
                    10_000L,
                    "negotiation",
                    14_000L),
            10_000L);

    /** Checks that no limit is negative; the map is copied. */
    public StageLimits {
        limitMilliDaysByStage = Map.copyOf(limitMilliDaysByStage);
        if (defaultLimitMilliDays < 0) {
            throw new IllegalArgumentException(
                    "Default stage limit is %d milli-days; 0 (never stuck) or more is allowed"
                            .formatted(defaultLimitMilliDays));
        }
        limitMilliDaysByStage.forEach((stage, limit) -> {
            if (limit < 0) {
                throw new IllegalArgumentException(
                        "Limit of stage %s is %d milli-days; 0 (never stuck) or more is allowed"
                                .formatted(stage, limit));
            }
        });
    }

    /** The same limit for every stage but {@code new}. */
    public static StageLimits uniform(long limitMilliDays) {
        return new StageLimits(Map.of(LeadStages.NEW, NO_LIMIT), limitMilliDays);
    }

    /** The limit of a stay in milli-days; {@link #NO_LIMIT} when it is never stuck. */
    public long of(Stay stay) {
        return limitMilliDays(stay.stage());
    }

    /** The limit of a stage in milli-days; {@link #NO_LIMIT} when it is never stuck. */
    public long limitMilliDays(String stage) {
        return limitMilliDaysByStage.getOrDefault(stage, defaultLimitMilliDays);
    }
}
