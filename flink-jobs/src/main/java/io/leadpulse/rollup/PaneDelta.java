package io.leadpulse.rollup;

import io.leadpulse.domain.measure.Measure;

/**
 * A signed change of one sum.
 *
 * @param measure what is summed
 * @param dimension what it is divided by; empty when it is not
 * @param pane the pane in the measure's own layout
 * @param value what is added
 */
public record PaneDelta(Measure measure, String dimension, int pane, long value) {}
