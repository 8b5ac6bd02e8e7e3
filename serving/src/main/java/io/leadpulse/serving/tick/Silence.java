package io.leadpulse.serving.tick;

import io.leadpulse.domain.calendar.BusinessCalendar;
import java.util.Map;

/**
 * Judges which topics of events are silent: those whose newest record is older than their limit in the company's working
 * time. One that has never had a record is not silent, for nothing says that it should speak; neither is one without a
 * limit.
 */
final class Silence {
    private final BusinessCalendar calendar;
    private final Map<String, Long> limitMillis;

    /**
     * @param calendar the company's working time
     * @param limitMillis working time without a record, by topic, milliseconds; longer is silence
     */
    Silence(BusinessCalendar calendar, Map<String, Long> limitMillis) {
        this.calendar = calendar;
        this.limitMillis = Map.copyOf(limitMillis);
    }

    /** Whether a topic can be silent at all. */
    boolean isLimited(String topic) {
        return limitMillis.containsKey(topic);
    }

    /** Whether a topic whose newest record the broker took then (null: never) is silent now; epoch milliseconds. */
    boolean isSilent(String topic, Long lastAppendMillis, long nowMillis) {
        Long limit = limitMillis.get(topic);
        return limit != null
                && lastAppendMillis != null
                && calendar.businessMillisBetween(lastAppendMillis, nowMillis) > limit;
    }
}
