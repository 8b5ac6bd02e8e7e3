package io.leadpulse.domain.goal;

/**
 * Time in which a rep belongs to the sales force, {@code [fromMillis, toMillis)}.
 *
 * @param fromMillis epoch milliseconds; {@link Long#MIN_VALUE} if he was always there
 * @param toMillis epoch milliseconds; {@link Long#MAX_VALUE} while he stays
 */
public record Membership(long fromMillis, long toMillis) {}
