package io.leadpulse.serving.metrics;

import java.util.List;

/** Says what today is expected to bring by each five minutes. */
@FunctionalInterface
public interface ExpectedCurve {
    /** All points of today, of every scope that has a goal for the day; empty while nothing can be said. Thread-safe. */
    List<CurvePoint> pointsOfToday();
}
