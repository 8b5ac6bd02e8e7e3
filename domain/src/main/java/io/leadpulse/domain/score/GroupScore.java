package io.leadpulse.domain.score;

/**
 * What one group gives to the score at one time.
 *
 * @param group name of the group
 * @param raw sum of the decayed points
 * @param clamped the same within the limits of the group
 */
public record GroupScore(String group, double raw, double clamped) {}
