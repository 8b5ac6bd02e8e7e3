package io.leadpulse.local.simulator;

/**
 * One record that the simulator sends.
 *
 * @param topic topic
 * @param key the record's key as the contracts want it (lead, visitor, subject, or id and {@code effective_from})
 * @param value the value's bytes; shared, never changed
 * @param arrivalMillis when it is sent, epoch milliseconds; a late event's own time is earlier
 * @param kind what must become of it
 */
public record SimulatedRecord(String topic, String key, byte[] value, long arrivalMillis, Kind kind) {

    /** What must become of a record, so that a test can compare with what the engine counted. */
    public enum Kind {
        /** A rep or a goal. */
        CONFIGURATION,
        /** A valid event with an id of its own. */
        EVENT,
        /** The same bytes as an event that was sent before. */
        DUPLICATE,
        /** A newer version of an event that was sent before. */
        CORRECTION,
        /** Not valid: a dead letter. */
        BROKEN
    }
}
