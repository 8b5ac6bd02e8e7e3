package io.leadpulse.schemas.event;

/**
 * What decoding makes of one record: exactly one of an event, a configuration record that is valid and was read
 * beforehand, or a dead letter.
 *
 * @param event the event; null otherwise
 * @param deadLetter the dead letter; null otherwise
 */
public record Decoded(SalesEvent event, DeadLetter deadLetter) {

    /** A valid record of a configuration topic; it is counted here and has its effect through the configuration. */
    public static final Decoded CONFIGURATION = new Decoded(null, null);

    /** A valid event. */
    public static Decoded of(SalesEvent event) {
        return new Decoded(event, null);
    }

    /** A record that cannot be counted. */
    public static Decoded of(DeadLetter deadLetter) {
        return new Decoded(null, deadLetter);
    }

    /** Whether this is a valid configuration record. */
    public boolean isConfiguration() {
        return event == null && deadLetter == null;
    }
}
