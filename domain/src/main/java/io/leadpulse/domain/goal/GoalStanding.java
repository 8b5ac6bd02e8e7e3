package io.leadpulse.domain.goal;

import io.leadpulse.domain.figure.WholeFigure;

/**
 * How one goal of a period stands.
 *
 * @param line what it is measured in
 * @param progress how far it is
 * @param landing where the period lands if of the open opportunities due in it as many are won as usual: won + open due x
 *     win rate (for money x mean won amount), in the goal's unit
 */
public record GoalStanding(GoalLine line, GoalProgress progress, WholeFigure landing) {}
