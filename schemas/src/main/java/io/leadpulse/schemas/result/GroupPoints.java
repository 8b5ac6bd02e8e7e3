package io.leadpulse.schemas.result;

/**
 * What one group of rules gives to a score.
 *
 * @param group name of the group
 * @param raw sum of its decayed points
 * @param clamped what it gives to the score: {@code raw} between the group's bounds
 */
public record GroupPoints(String group, double raw, double clamped) {}
