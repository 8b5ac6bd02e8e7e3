package io.leadpulse.serving.metrics;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What a day usually has reached by a time.
 *
 * @param scope {@code company}, {@code team:north} or {@code rep:17}
 * @param day day of the company's calendar
 * @param at time of that day
 * @param expectedMinor expected sum from the day's begin until then, minor units
 * @param goalMinor goal of the day, minor units
 */
public record CurvePoint(String scope, LocalDate day, Instant at, long expectedMinor, long goalMinor) {}
