package io.leadpulse.serving.store;

import io.leadpulse.domain.measure.Dimension;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.rate.Maturity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rates that a change of process may name, and the sums of which each is made. */
enum NamedRate {
    SHOW_RATE(
            0,
            List.of(new Part(Measure.ACTIVITIES, "meeting_completed")),
            List.of(new Part(Measure.ACTIVITIES, "meeting_completed"), new Part(Measure.ACTIVITIES, "meeting_no_show"))),
    WIN_RATE(
            0,
            List.of(new Part(Measure.WON_COUNT, "")),
            List.of(new Part(Measure.WON_COUNT, ""), new Part(Measure.LOST_COUNT, ""))),
    CONVERSATION_RATE(
            0, List.of(new Part(Measure.CONVERSATIONS, "")), List.of(new Part(Measure.ACTIVITIES, "call"))),
    FIRST_CONTACT_WITHIN_LIMIT(
            0,
            List.of(new Part(Measure.FIRST_CONTACT_WITHIN_LIMIT, "")),
            List.of(new Part(Measure.FIRST_CONTACT_COUNT, ""))),
    LEAD_TO_SALES_QUALIFIED(30, List.of(new Part(Measure.COHORT_SALES_QUALIFIED_WITHIN_30_DAYS, null)), Parts.LEADS),
    LEAD_TO_SALE(90, List.of(new Part(Measure.COHORT_SOLD_WITHIN_90_DAYS, null)), Parts.LEADS);

    private static final long DAY_MILLIS = 86_400_000L;

    private final int withinDays;
    private final List<Part> reached;
    private final List<Part> cases;

    NamedRate(int withinDays, List<Part> reached, List<Part> cases) {
        this.withinDays = withinDays;
        this.reached = reached;
        this.cases = cases;
    }

    /**
     * A sum that counts.
     *
     * @param dimension the dimension, or with the separator at its end the first part of one; null for all
     */
    record Part(Measure measure, String dimension) {
        boolean takes(String wireName, String other) {
            if (!measure.wireName().equals(wireName)) {
                return false;
            }
            boolean isBeginning = dimension != null && dimension.indexOf(Dimension.SEPARATOR) >= 0;
            return dimension == null || (isBeginning ? other.startsWith(dimension) : other.equals(dimension));
        }
    }

    /** Stands apart, since an enum's constants are made before its other fields. */
    private static final class Parts {
        private static final List<Part> LEADS =
                List.of(new Part(Measure.FUNNEL_REACHED, "created" + Dimension.SEPARATOR));
    }

    /** The rate of a name such as {@code show_rate}; empty if none has it. */
    static Optional<NamedRate> of(String name) {
        return Arrays.stream(values()).filter(rate -> rate.wireName().equals(name)).findAny();
    }

    /** All names, for people. */
    static String names() {
        return Arrays.stream(values()).map(NamedRate::wireName).collect(Collectors.joining(", "));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How long a case has to get there. */
    Maturity maturity() {
        return new Maturity(withinDays * DAY_MILLIS);
    }

    List<Part> reached() {
        return reached;
    }

    List<Part> cases() {
        return cases;
    }
}
