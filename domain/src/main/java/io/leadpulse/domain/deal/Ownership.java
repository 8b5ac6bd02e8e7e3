package io.leadpulse.domain.deal;

/**
 * Who owns a deal or a lead from a time on, until the next entry.
 *
 * @param owner rep id; null when it has no owner
 * @param fromMillis event time, epoch milliseconds
 */
public record Ownership(String owner, long fromMillis) {}
