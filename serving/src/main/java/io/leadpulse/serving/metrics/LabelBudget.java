package io.leadpulse.serving.metrics;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Gives room to values of labels, first come, first served, as long as serving runs. A value without room is
 * {@link #OTHER}, so that no mistake upstream can flood Prometheus.
 *
 * <p>Not thread-safe.
 */
final class LabelBudget {
    /** Stands for all values without room. */
    static final String OTHER = "other";

    /** What says something in words has one value for each of the others' values, which changes. */
    private static final Set<String> WORDS = Set.of("feeds", "needs", "title");

    /** So many refused values are told apart when they are counted; beyond, they are not counted any more. */
    private static final int MAX_REFUSED = 10_000;

    /** Most values of a label of each metric. */
    record Limits(int reps, int teams, int stages, int others) {
        static final Limits DEFAULT = new Limits(200, 50, 30, 100);

        Limits {
            if (reps < 1 || teams < 1 || stages < 1 || others < 1) {
                throw new IllegalArgumentException("every label needs room for at least one value");
            }
        }

        private int of(String label) {
            return switch (label) {
                case "rep" -> reps;
                case "team" -> teams;
                case "deal_stage" -> stages;
                default -> others;
            };
        }
    }

    private record Place(Family family, String label) {}

    private final Limits limits;
    private final Map<Place, Set<String>> given = new HashMap<>();
    private final Set<String> refused = new HashSet<>();

    LabelBudget(Limits limits) {
        this.limits = limits;
    }

    /** The value itself where there is room; the empty value needs none. */
    String room(Family family, String label, String value) {
        if (value.isEmpty() || WORDS.contains(label)) {
            return value;
        }
        Set<String> values = given.computeIfAbsent(new Place(family, label), place -> new LinkedHashSet<>());
        if (values.contains(value)) {
            return value;
        }
        if (values.size() < limits.of(label)) {
            values.add(value);
            return value;
        }
        if (refused.size() < MAX_REFUSED) {
            refused.add(family.name().toLowerCase(Locale.ROOT) + '|' + label + '|' + value);
        }
        return OTHER;
    }

    /** By family with labels, the largest part of a label's room that is taken, 0..1. */
    Map<Family, Double> used() {
        Map<Family, Double> used = new EnumMap<>(Family.class);
        given.forEach((place, values) ->
                used.merge(place.family(), (double) values.size() / limits.of(place.label()), Math::max));
        return used;
    }

    /** Values that found no room, each counted once. */
    long refused() {
        return refused.size();
    }
}
