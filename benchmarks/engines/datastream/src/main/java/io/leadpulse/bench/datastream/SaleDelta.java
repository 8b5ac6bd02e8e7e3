package io.leadpulse.bench.datastream;

/** By how much a sum changes; the amount in cents. */
public record SaleDelta(String scopeAndDay, long amountMinor, long count) {}
