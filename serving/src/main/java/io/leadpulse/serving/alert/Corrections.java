package io.leadpulse.serving.alert;

import io.leadpulse.schemas.result.Unit;
import java.time.LocalDate;
import java.util.List;

/**
 * What was restated of the company's past days within a time.
 *
 * @param count sums that were restated, and are another now than before that time
 * @param largest of these the ones to tell first: money before counts, the largest change first
 */
public record Corrections(long count, List<Correction> largest) {
    /** Nothing was restated. */
    public static final Corrections NONE = new Corrections(0, List.of());

    public Corrections {
        largest = List.copyOf(largest);
    }

    /**
     * A sum that was restated.
     *
     * @param measure what is summed, by its wire name
     * @param day the day that was restated
     * @param before what it was before that time; minor units or a count
     * @param after what it was after it
     */
    public record Correction(String measure, LocalDate day, long before, long after, Unit unit) {}
}
