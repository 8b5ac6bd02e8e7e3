package io.leadpulse.serving.learn;

/**
 * How far the win probability can be trusted, for Prometheus.
 *
 * @param won leads won
 * @param lost leads lost
 * @param brierScore mean squared error, 0 (perfect) to 1; null while there are too few cases
 * @param skill 1 - score / that of the base rate; null while it cannot be said
 * @param roundSeconds how long the last round of learning took
 */
record Quality(long won, long lost, Double brierScore, Double skill, double roundSeconds) {}
