package io.leadpulse.serving.tick;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How far the sources of events have been heard: the instant beyond which nothing may be concluded from what they have not
 * said. It never goes back.
 *
 * <p>A source on which alerts wait is heard up to its newest record and, if it says nothing, up to a grace ago: so long may
 * what it knows be on its way; after an outage of the broker nothing more of it is believed. Any other is heard up to now.
 * Of a silent source, whichever it is, nothing more is believed. One that speaks again after a pause is first heard out, because what it says first may be
 * old, and what would prove an alert false may come last.
 */
final class Heard {
    /** A pause; and so long what was kept back in one may take to come, once the first of it has. */
    static final long HEAR_OUT_MILLIS = 15_000;

    private static final long UNTIL_IT_SPEAKS = Long.MAX_VALUE;

    /** What is known of one topic; times are epoch milliseconds. */
    private static final class Source {
        private long appendMillis;
        private long heardMillis;
        private long believedFromMillis = Long.MIN_VALUE;
        private boolean isDoubted;

        private Source(long appendMillis, long heardMillis) {
            this.appendMillis = appendMillis;
            this.heardMillis = heardMillis;
        }
    }

    private final String waitedFor;
    private final long graceMillis;
    private final Map<String, Source> sources = new HashMap<>();
    private Long beforeMillis;

    /**
     * Nobody is heard yet.
     *
     * @param waitedFor topic of the source that tells what ends alerts
     * @param graceMillis how long something of it may be on its way, milliseconds
     */
    Heard(String waitedFor, long graceMillis) {
        this.waitedFor = waitedFor;
        this.graceMillis = graceMillis;
    }

    /** Takes over how far all had been heard before this began; epoch milliseconds. */
    void before(long heardMillis) {
        beforeMillis = heardMillis;
    }

    /** Takes note of a topic as it is seen now: when the broker took its newest record (null: never), epoch milliseconds. */
    void see(String topic, Long lastAppendMillis, boolean silent, long nowMillis) {
        if (lastAppendMillis == null) {
            return;
        }
        Source source = source(topic, lastAppendMillis, nowMillis);
        long pauseMillis = lastAppendMillis - source.appendMillis;
        if (silent) {
            source.isDoubted = true;
            source.believedFromMillis = UNTIL_IT_SPEAKS;
        } else if (pauseMillis > HEAR_OUT_MILLIS || (pauseMillis > 0 && source.believedFromMillis == UNTIL_IT_SPEAKS)) {
            source.believedFromMillis = nowMillis + HEAR_OUT_MILLIS;
        }
        source.appendMillis = Math.max(source.appendMillis, lastAppendMillis);
        if (source.believedFromMillis <= nowMillis) {
            source.isDoubted = false;
        }
        if (!source.isDoubted) {
            source.heardMillis = Math.max(source.heardMillis, heardNow(topic, source, nowMillis));
        }
    }

    /** Takes note that since then and until now nobody could be heard; a topic may have spoken again before this. */
    void outage(String topic, Long lastAppendMillis, long sinceMillis, long nowMillis) {
        if (lastAppendMillis == null || !topic.equals(waitedFor)) {
            return;
        }
        Source source = source(topic, lastAppendMillis, Math.min(sinceMillis, nowMillis));
        source.appendMillis = Math.max(source.appendMillis, lastAppendMillis);
        source.isDoubted = true;
        source.believedFromMillis = lastAppendMillis > sinceMillis ? nowMillis + HEAR_OUT_MILLIS : UNTIL_IT_SPEAKS;
    }

    /** How far all have been heard, epoch milliseconds; empty when none has ever spoken. */
    OptionalLong upToMillis() {
        return sources.values().stream().mapToLong(source -> source.heardMillis).min();
    }

    private Source source(String topic, long appendMillis, long untilMillis) {
        return sources.computeIfAbsent(
                topic,
                unseen -> new Source(
                        appendMillis, Math.min(untilMillis, beforeMillis == null ? appendMillis : beforeMillis)));
    }

    private long heardNow(String topic, Source source, long nowMillis) {
        if (!topic.equals(waitedFor)) {
            return nowMillis;
        }
        boolean isBelieved = source.believedFromMillis <= nowMillis;
        return Math.min(
                nowMillis, Math.max(isBelieved ? source.appendMillis : Long.MIN_VALUE, nowMillis - graceMillis));
    }
}
