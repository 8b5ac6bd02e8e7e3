package io.leadpulse.domain.probability;

/**
 * What one thing known of a lead does to its win probability.
 *
 * @param attribute the attribute, {@link WinTable#STAGE} for the stage, {@link WinTable#PRIOR} for what is true of all
 * @param value its value; null for the prior
 * @param logOdds natural logarithm of how many times likelier it is among won than among lost; above 0 it speaks for a
 *     win
 */
public record WinFactor(String attribute, String value, double logOdds) {}
