package io.leadpulse.control;

import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.event.RawRecord;
import java.nio.charset.StandardCharsets;

/**
 * One message to the operators that go by the configuration; at most one of its parts is there.
 *
 * @param record a valid record of a configuration topic, or one that takes its key away; null otherwise
 * @param source a topic of events that fell silent or spoke again, or {@link #ALL_SOURCES}; null otherwise
 * @param sinceMillis with a source: the event time from which its silence counts, {@link #NOT_SILENT} when it speaks
 *     again
 * @param isSettled whether the records before this message are to have their effect now, all together
 */
public record Control(ConfigurationRecord record, String source, long sinceMillis, boolean isSettled) {
    /** Stands for "no source is silent". */
    public static final long NOT_SILENT = Long.MAX_VALUE;

    /** Stands for every source: what is said of it is how far all have been heard. */
    public static final String ALL_SOURCES = "*";

    /** The records that came before have their effect now. */
    public static final Control SETTLED = new Control(null, null, NOT_SILENT, true);

    /** Says nothing but that some seconds have passed since the configuration was known, or since the last of these. */
    public static final Control PULSE = new Control(null, null, NOT_SILENT, false);

    /**
     * The record of configuration in a record of its topic, whatever it says.
     *
     * @param raw of a topic of configuration; one without a key replaces no other
     */
    public static ConfigurationRecord recordOf(RawRecord raw) {
        return new ConfigurationRecord(
                raw.topic(),
                raw.key() == null ? raw.id() : new String(raw.key(), StandardCharsets.UTF_8),
                raw.offset(),
                raw.value() == null ? null : new String(raw.value(), StandardCharsets.UTF_8));
    }

    /** Whether it is a {@link #PULSE}. */
    public boolean isPulse() {
        return record == null && source == null && !isSettled;
    }

    /** A record of configuration. */
    public static Control of(ConfigurationRecord record) {
        return new Control(record, null, NOT_SILENT, false);
    }

    /** A source that is silent from an event time on, or no longer. */
    public static Control silence(String source, long sinceMillis) {
        return new Control(null, source, sinceMillis, false);
    }
}
