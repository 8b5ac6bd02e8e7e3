package io.leadpulse.bench.workload;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Which records there are; the same spec always gives the same records in the same order.
 *
 * @param events records in all, the closing ones left aside; at least {@link #MIN_EVENTS}
 * @param leads how many leads they may be about, at least 1
 * @param seed of all chance
 * @param hotRepShare share of the leads, and of what is handed over, that one rep has beside his own, 0 to 1; 0 for none
 * @param hotLeadShare share of the events that is about one lead at any time, 0 to 1; 0 for none. Another is that lead when it has
 *     {@link #HOT_LEAD_EVENTS}
 */
public record WorkloadSpec(long events, int leads, long seed, double hotRepShare, double hotLeadShare) {
    /** Fewer could not hold a late and a repeated one. */
    public static final long MIN_EVENTS = 100;

    /** Begin of Monday 2026-01-05 in Berlin; in the past for ever, so that nothing is refused as future. */
    public static final long START_MILLIS =
            Instant.parse("2026-01-04T23:00:00Z").toEpochMilli();

    /** Time in which it all happens; clocks go forward in it. */
    public static final long SPAN_MILLIS = Duration.ofDays(90).toMillis();

    /**
     * Each partition ends with an event of this time, which is the latest there. It moves every engine's clock to
     * {@link #AS_OF_MILLIS} and no further.
     */
    public static final long CLOSING_MILLIS =
            START_MILLIS + SPAN_MILLIS + Duration.ofHours(1).toMillis();

    /** How long an engine's clock waits for events that overtook each other. */
    public static final long OUT_OF_ORDER_MILLIS = 5_000;

    /** Up to when, inclusive, what passes with time has passed in the results. */
    public static final long AS_OF_MILLIS = CLOSING_MILLIS - OUT_OF_ORDER_MILLIS - 1;

    /** Partitions of each of the two topics. */
    public static final int PARTITIONS = 4;

    /** Share of records that come late. */
    static final double LATE = 0.01;

    /** Share of records that come twice. */
    static final double REPEATED = 0.01;

    /** Share of records that are broken. */
    static final double BROKEN = 0.001;

    /** A late or repeated record comes so much later, at least and at most, by event time. */
    static final long MIN_DELAY_MILLIS = Duration.ofHours(1).toMillis();

    static final long MAX_DELAY_MILLIS = Duration.ofDays(4).toMillis();

    /**
     * No lead has more events than this on average, so that the bounds of a lead (2,000 facts, 300 a day) are never reached: which
     * facts are refused beyond them depends on the order of arrival, and no two engines could be compared.
     */
    static final int MAX_EVENTS_PER_LEAD = 800;

    /** A lead that is hot has so many events, and then another one is: beyond the bounds of a lead its facts would be refused. */
    static final int HOT_LEAD_EVENTS = 1_600;

    /** Hot events of one day of the workload are held as clearly below the 300 facts that a lead may have of a day. */
    private static final int MAX_HOT_EVENTS_A_DAY = 250;

    private static final List<String> TEAMS = List.of("north", "south", "east", "west", "key accounts");
    private static final int REPS = 40;
    private static final int HOT_REP = 7;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is broken
     */
    public WorkloadSpec {
        if (events < MIN_EVENTS || leads < 1) {
            throw new IllegalArgumentException("%d events of %d leads; allowed: at least %d events and 1 lead"
                    .formatted(events, leads, MIN_EVENTS));
        }
        if (SPAN_MILLIS / events < 1) {
            throw new IllegalArgumentException(
                    "%d events; allowed: at most %d, one a millisecond".formatted(events, SPAN_MILLIS));
        }
        requireShare("hot rep", hotRepShare);
        requireShare("hot lead", hotLeadShare);
        double hotEvents = hotLeadShare * events;
        long mostHotEvents =
                MAX_HOT_EVENTS_A_DAY * Duration.ofMillis(SPAN_MILLIS).toDays();
        if (hotEvents > mostHotEvents) {
            throw new IllegalArgumentException(
                    "%.0f events of hot leads; allowed: at most %d, or a lead had more facts of a day than it may"
                            .formatted(hotEvents, mostHotEvents));
        }
        if (hotEvents / HOT_LEAD_EVENTS >= leads) {
            throw new IllegalArgumentException(
                    "%d leads cannot be hot for %.0f events, %d each".formatted(leads, hotEvents, HOT_LEAD_EVENTS));
        }
    }

    /**
     * With no rep and no lead above all others.
     *
     * @throws IllegalArgumentException if a bound is broken
     */
    public WorkloadSpec(long events, int leads, long seed) {
        this(events, leads, seed, 0, 0);
    }

    private static void requireShare(String whose, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of the %s is %s; allowed: 0 to 1".formatted(whose, share));
        }
    }

    /** Records in the topics: the events and one closing event a partition. */
    public long records() {
        return events + closings();
    }

    /** Closing events. */
    static int closings() {
        return 2 * PARTITIONS;
    }

    /** The reps, by number. */
    static String rep(int number) {
        return "R" + number % REPS;
    }

    /** Who owns what has this number: one rep of all for a share of them. */
    String owner(int number) {
        return hotRepShare > 0 && new SplittableRandom(number).nextDouble() < hotRepShare ? rep(HOT_REP) : rep(number);
    }

    /** The team of a rep by his number. */
    static String team(int number) {
        return TEAMS.get(number % REPS % TEAMS.size());
    }

    /** The team of each rep, by his id. */
    public static Map<String, String> teams() {
        Map<String, String> teams = new HashMap<>();
        for (int number = 0; number < REPS; number++) {
            teams.put(rep(number), team(number));
        }
        return teams;
    }

    /** What Leadpulse is configured with for this task, and every engine may read; TASK.md says it in words. */
    public static String configYaml() {
        StringBuilder yaml = new StringBuilder("""
                company: {name: SalesBench, zone: Europe/Berlin, currency: EUR}
                holidays: [2026-01-06, 2026-04-03]
                lead_stages:
                  contacted: {limit_business_days: 0}
                  qualified: {limit_business_days: 0}
                retention_days: 3650
                reps:
                """);
        for (int number = 0; number < REPS; number++) {
            yaml.append("  - {id: ")
                    .append(rep(number))
                    .append(", name: Rep ")
                    .append(number)
                    .append(", team: ")
                    .append(team(number))
                    .append("}\n");
        }
        return yaml.toString();
    }

    /**
     * The same, but points do not decay: they count in full on the day on which they were given and on the following ones.
     *
     * @param windowDays on how many days in all, 1 or more
     */
    public static String configYaml(int windowDays) {
        return configYaml() + """
                score:
                  groups:
                    - {name: fit, type: fit, max: 25}
                    - {name: engagement, type: engagement, window_days: %1$d}
                    - {name: page_views, type: engagement, max: 20, window_days: %1$d}
                    - {name: opt_out, type: engagement}
                """.formatted(windowDays);
    }
}
