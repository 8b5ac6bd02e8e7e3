package io.leadpulse.rollup;

import io.leadpulse.domain.measure.Measure;

/**
 * One sum of a scope.
 *
 * @param measure what is summed
 * @param dimension what it is divided by; empty when it is not
 * @param pane the pane in the measure's own layout
 */
public record PaneKey(Measure measure, String dimension, int pane) {}
