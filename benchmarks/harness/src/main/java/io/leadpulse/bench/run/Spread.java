package io.leadpulse.bench.run;

import java.util.List;

/**
 * Median, least and most of some numbers.
 *
 * @param median of an even number the mean of the two in the middle
 */
record Spread(double median, double min, double max) {
    /**
     * Of at least one number.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Spread of(List<Double> numbers) {
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("no number has a spread");
        }
        List<Double> sorted = numbers.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }
}
