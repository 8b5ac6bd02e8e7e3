package io.leadpulse.rollup;

/**
 * Five minutes of one person's day.
 *
 * @param day the company's epoch day
 * @param slot number of the five minutes since 1970 UTC; those in which a day ends at an odd time are of two days
 */
public record SpentSlot(int day, int slot) {}
