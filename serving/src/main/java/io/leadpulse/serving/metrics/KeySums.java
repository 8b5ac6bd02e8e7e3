package io.leadpulse.serving.metrics;

import io.leadpulse.schemas.config.KeyMetric;
import java.util.Map;

/**
 * What the key metrics that are read from the read model are made of. Asked at most once a second, by the thread that
 * answers a scrape, so it must answer fast, from what it last found if it must.
 */
public interface KeySums {
    /**
     * What was added up over the days of a key metric.
     *
     * @param numerator cases that succeeded, minor units or pieces; null without any row
     * @param denominator cases; null without any row, or where there is no denominator
     */
    record Sum(Long numerator, Long denominator) {}

    /** By metric, of those that the company steers by; null while it cannot tell. */
    Map<KeyMetric, Sum> sums();
}
