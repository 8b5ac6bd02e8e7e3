package io.leadpulse.domain.campaign;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How long after a touch leads were qualified, in classes fine enough for every "within T" that is asked for and for the
 * curve of qualified leads by age. A class is named by the minutes at which it ends, so "within an hour" is the sum of
 * the classes up to 60.
 */
public final class QualificationAge {
    /** Later than the last class ends. */
    public static final String LATER = "later";

    /** Where classes end; exactly so long after the touch is still within. */
    public static final List<Duration> ENDS = List.of(
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8),
            Duration.ofHours(24),
            Duration.ofDays(2),
            Duration.ofDays(3),
            Duration.ofDays(5),
            Duration.ofDays(7),
            Duration.ofDays(14),
            Duration.ofDays(30));

    private static final List<String> NAMES =
            ENDS.stream().map(QualificationAge::nameOf).toList();

    private QualificationAge() {}

    /**
     * The class of an age.
     *
     * @param ageMillis from the touch to the qualification, milliseconds, 0 or more
     */
    public static String of(long ageMillis) {
        for (int i = 0; i < ENDS.size(); i++) {
            if (ageMillis <= ENDS.get(i).toMillis()) {
                return NAMES.get(i);
            }
        }
        return LATER;
    }

    /** The classes of which "within a time" is the sum; the time must be one of {@link #ENDS}. */
    public static List<String> within(Duration time) {
        int last = ENDS.indexOf(time);
        if (last < 0) {
            throw new IllegalArgumentException("qualified within " + time + " is not counted: allowed are " + ENDS);
        }
        return NAMES.subList(0, last + 1);
    }

    /** The dimension of leads of a campaign that were qualified at an age of this class. */
    public static String ofCampaign(String age, String campaign) {
        return age + '/' + campaign;
    }

    private static String nameOf(Duration end) {
        return String.format(Locale.ROOT, "%d", end.toMinutes());
    }
}
