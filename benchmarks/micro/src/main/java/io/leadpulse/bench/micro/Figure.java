package io.leadpulse.bench.micro;

/**
 * What one benchmark came to.
 *
 * @param name what was measured: {@code decode.leadpulse}
 * @param of with which input
 * @param nanos time of one operation, nanoseconds, mean
 * @param errorNanos half of its confidence interval of 99.9 %; NaN if there were too few iterations for one
 * @param bytes what one operation allocates
 */
record Figure(String name, String of, double nanos, double errorNanos, double bytes) {}
