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
 * @param recipient rep who gets it, perhaps in another's place
 * @param messageId opaque; what has the same recipient and message id is one message
 * @param kind sort of the message
 * @param sentMillis when it was decided, epoch milliseconds
 * @param endedMillis when it ceased to stand; 0 while it stands
 * @param outcome why it ceased to stand; null while it stands
 */
public record Telling(
        String alert,
        Severity severity,
        long roundMillis,
        Audience audience,
        String intended,
        String recipient,
        String messageId,
        MessageKind kind,
        long sentMillis,
        long endedMillis,
        Outcome outcome) {

    /** What must not be told twice. */
    record Key(String alert, Severity severity, long roundMillis, Audience audience, String intended) {}

    Key key() {
        return new Key(alert, severity, roundMillis, audience, intended);
    }

    boolean active() {
        return endedMillis == 0;
    }

    Telling ended(long atMillis, Outcome why) {
        return new Telling(
                alert,
                severity,
                roundMillis,
                audience,
                intended,
                recipient,
                messageId,
                kind,
                sentMillis,
                atMillis,
                why);
    }
}
