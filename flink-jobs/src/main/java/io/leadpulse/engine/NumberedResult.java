package io.leadpulse.engine;

/**
 * A result with its place among all results of a run.
 *
 * @param number from 0; a later result has a greater number, across restarts too
 * @param result the result
 */
public record NumberedResult(long number, ResultRecord result) {}
