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
    SHOW_RATE(0),
    WIN_RATE(0),
    CONVERSATION_RATE(0),
    FIRST_CONTACT_WITHIN_LIMIT(0),
    LEAD_TO_SALES_QUALIFIED(30),
    LEAD_TO_SALE(90),
    REPLY_RATE(14);

    private static final long DAY_MILLIS = 86_400_000L;
    private static final Part HELD = new Part(Measure.ACTIVITIES, "meeting_completed");
    private static final Part WON = new Part(Measure.WON_COUNT, "");
    private static final String BY_PERSON = Dimension.SEPARATOR + "person";
    private static final List<Part> LEADS = List.of(new Part(Measure.FUNNEL_REACHED, "created" + Dimension.SEPARATOR));

    private final int withinDays;

    NamedRate(int withinDays) {
        this.withinDays = withinDays;
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

    /** The rate of a name such as {@code show_rate}; empty if none has it. */
    static Optional<NamedRate> of(String name) {
        return Arrays.stream(values())
                .filter(rate -> rate.wireName().equals(name))
                .findAny();
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

    /** What the numerator is the sum of. */
    List<Part> reached() {
        return switch (this) {
            case SHOW_RATE -> List.of(HELD);
            case WIN_RATE -> List.of(WON);
            case CONVERSATION_RATE -> List.of(new Part(Measure.CONVERSATIONS, ""));
            case FIRST_CONTACT_WITHIN_LIMIT -> List.of(new Part(Measure.FIRST_CONTACT_WITHIN_LIMIT, ""));
            case LEAD_TO_SALES_QUALIFIED -> List.of(new Part(Measure.COHORT_SALES_QUALIFIED_WITHIN_30_DAYS, null));
            case LEAD_TO_SALE -> List.of(new Part(Measure.COHORT_SOLD_WITHIN_90_DAYS, null));
            case REPLY_RATE -> List.of(new Part(Measure.MAILS, "replied" + BY_PERSON));
        };
    }

    /** What the denominator is the sum of. */
    List<Part> cases() {
        return switch (this) {
            case SHOW_RATE -> List.of(HELD, new Part(Measure.ACTIVITIES, "meeting_no_show"));
            case WIN_RATE -> List.of(WON, new Part(Measure.LOST_COUNT, ""));
            case CONVERSATION_RATE -> List.of(new Part(Measure.ACTIVITIES, "call"));
            case FIRST_CONTACT_WITHIN_LIMIT -> List.of(new Part(Measure.FIRST_CONTACT_COUNT, ""));
            case LEAD_TO_SALES_QUALIFIED, LEAD_TO_SALE -> LEADS;
            case REPLY_RATE -> List.of(new Part(Measure.MAILS, "delivered" + BY_PERSON));
        };
    }
}
