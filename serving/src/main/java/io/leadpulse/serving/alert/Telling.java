package io.leadpulse.serving.alert;

/**
 * That somebody was told of an alert, or is about to be: a row of the log of what was sent. It is written before the
 * message leaves and never deleted while its alert can stand, so that nothing is told twice, and everything that a
 * repeated post needs to be the same post stands in it.
 *
 * @param alert the alert
 * @param severity as which it was told
 * @param roundMillis end of the snooze after which it was told again, epoch milliseconds; 0 when told for the first time
 * @param audience in which role
 * @param intended for whom it was meant; empty where the audience is one person by its role
 * @param nth 1 when the same was told for the first time; more after leads were merged or taken apart and it was taken back
 * @param recipient rep who gets it, perhaps in another's place
 * @param messageId opaque; what has the same recipient and message id is one message
 * @param kind sort of the message
 * @param sentMillis when it was decided, epoch milliseconds
 * @param endedMillis when it ceased to stand; 0 while it stands
 * @param outcome why it ceased to stand; null while it stands
 * @param endedWith the alert with which it did, where leads are merged perhaps that of another one; null while it stands
 */
public record Telling(
        String alert,
        Severity severity,
        long roundMillis,
        Audience audience,
        String intended,
        int nth,
        String recipient,
        String messageId,
        MessageKind kind,
        long sentMillis,
        long endedMillis,
        Outcome outcome,
        String endedWith) {

    /** What must not be told twice. */
    record Key(String alert, Severity severity, long roundMillis, Audience audience, String intended, int nth) {

        /** What was never told before. */
        static Key first(String alert, Severity severity, long roundMillis, Audience audience, String intended) {
            return new Key(alert, severity, roundMillis, audience, intended, 1);
        }

        /** The same, told so often. */
        Key nth(int other) {
            return new Key(alert, severity, roundMillis, audience, intended, other);
        }

        /** Every second all that stands is looked up by it; what the compiler would make of it is many times slower. */
        @Override
        public int hashCode() {
            return 31 * (31 * alert.hashCode() + Long.hashCode(roundMillis)) + audience.hashCode() + nth;
        }

        /** Whether a telling is of the same to the same reader, of this alert or of one whose place it took. */
        boolean saysSame(Telling telling) {
            return severity == telling.severity
                    && roundMillis == telling.roundMillis
                    && audience == telling.audience
                    && intended.equals(telling.intended);
        }
    }

    Key key() {
        return new Key(alert, severity, roundMillis, audience, intended, nth);
    }

    boolean active() {
        return endedMillis == 0;
    }

    /** Whether both are meant for one reader. */
    boolean isForReaderOf(Telling other) {
        return audience == other.audience && intended.equals(other.intended);
    }

    /** The same, having ceased to stand with an alert. */
    Telling ended(long atMillis, Outcome why, String with) {
        return new Telling(
                alert,
                severity,
                roundMillis,
                audience,
                intended,
                nth,
                recipient,
                messageId,
                kind,
                sentMillis,
                atMillis,
                why,
                with);
    }
}
