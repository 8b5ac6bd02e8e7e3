package io.leadpulse.conservation;

import io.leadpulse.schemas.event.SalesEvent;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which kinds of events came from which topic. They are told apart by the reason of the count of what came in, so that
 * they need no state of their own; what came in before there was this has none and is of no kind.
 */
public final class EventsByKind {
    private static final char SEPARATOR = '/';

    private EventsByKind() {}

    /**
     * The reason of the count of a record.
     *
     * @param event what the record says; null if it is no event, or refused
     */
    public static String reason(SalesEvent event) {
        return event == null
                ? ""
                : event.record().topic() + SEPARATOR + event.kind().wireName();
    }

    /** Counts by topic and kind, of counts by reason. */
    static Map<String, Map<String, Long>> of(Map<String, Long> byReason) {
        Map<String, Map<String, Long>> kinds = new TreeMap<>();
        byReason.forEach((reason, count) -> {
            int end = reason.indexOf(SEPARATOR);
            if (end >= 0) {
                kinds.computeIfAbsent(reason.substring(0, end), topic -> new TreeMap<>())
                        .put(reason.substring(end + 1), count);
            }
        });
        return kinds;
    }
}
