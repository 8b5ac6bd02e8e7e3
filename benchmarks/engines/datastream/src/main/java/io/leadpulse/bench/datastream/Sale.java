package io.leadpulse.bench.datastream;

/** A won deal as it stands in the sums; the day is the company's. */
public record Sale(String owner, String day, long amountMinor) {}
