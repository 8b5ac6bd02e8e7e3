package io.leadpulse.serving.tick;

import java.util.ArrayDeque;
import java.util.Deque;

/** How far apart the records of one topic usually come: the mean of the last hour, from offsets seen at times. */
final class Gaps {
    private static final long WINDOW_MILLIS = 3_600_000;
    /** One look a minute is kept, so that an hour costs 61 of them. */
    private static final long STEP_MILLIS = 60_000;

    private static final long MIN_RECORDS = 10;
    private static final double MILLIS_PER_SECOND = 1_000;

    private record Look(long millis, long records) {}

    private final Deque<Look> looks = new ArrayDeque<>();

    /** Notes how many records the topic had ever had at a time. */
    void note(long nowMillis, long records) {
        if (looks.isEmpty() || nowMillis - looks.getLast().millis() >= STEP_MILLIS) {
            looks.addLast(new Look(nowMillis, records));
        }
        while (looks.size() > 1 && nowMillis - looks.getFirst().millis() > WINDOW_MILLIS) {
            looks.removeFirst();
        }
    }

    /** The mean gap in seconds until a time; null under 10 records. */
    Double seconds(long nowMillis, long records) {
        Look first = looks.peekFirst();
        long came = first == null ? 0 : records - first.records();
        return came < MIN_RECORDS ? null : (Double) ((nowMillis - first.millis()) / MILLIS_PER_SECOND / came);
    }
}
