package io.leadpulse.domain.goal;

import io.leadpulse.domain.event.EventKind;

/**
 * What a goal is measured in, with the kind of activity where activities are counted.
 *
 * @param measure the measure
 * @param activity the kind counted by {@link GoalMeasure#ACTIVITIES}; null otherwise
 */
public record GoalLine(GoalMeasure measure, EventKind activity) {}
