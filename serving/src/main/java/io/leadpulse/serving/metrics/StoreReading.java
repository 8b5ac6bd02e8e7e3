package io.leadpulse.serving.metrics;

import io.leadpulse.serving.read.TopicReading;
import java.util.Map;

/** Tells how far the read model is behind. */
public interface StoreReading {
    /** By topic, how far it is taken into PostgreSQL; empty while nothing is known. */
    Map<String, TopicReading> readings();
}
