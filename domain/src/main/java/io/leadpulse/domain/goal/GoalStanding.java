package io.leadpulse.domain.goal;

/**
 * How one goal of a period stands.
 *
 * @param line what it is measured in
 * @param progress how far it is
 */
public record GoalStanding(GoalLine line, GoalProgress progress) {}
