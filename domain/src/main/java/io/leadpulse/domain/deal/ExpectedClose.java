package io.leadpulse.domain.deal;

/**
 * On which day a deal is expected to close, from a time on, until the next entry.
 *
 * @param epochDay day of the company's calendar, days since 1970-01-01
 * @param fromMillis event time at which it was said, epoch milliseconds
 */
public record ExpectedClose(long epochDay, long fromMillis) {}
