package io.leadpulse.serving.alert;

import java.time.LocalDate;
import java.util.Map;

/**
 * A daily digest of one person.
 *
 * @param day the company's day on which it was sent
 * @param recipient rep who gets it
 * @param messageId opaque
 * @param sentMillis when it was decided, epoch milliseconds
 * @param postedMillis when the Alertmanager last took it, epoch milliseconds; {@link SentLog#NEVER} if it never did
 * @param contents what it says, by the names of annotations; neither name nor address
 */
public record SentDigest(
        LocalDate day,
        String recipient,
        String messageId,
        long sentMillis,
        long postedMillis,
        Map<String, String> contents) {
    public SentDigest {
        contents = Map.copyOf(contents);
    }

    SentDigest posted(long atMillis) {
        return new SentDigest(day, recipient, messageId, sentMillis, atMillis, contents);
    }
}
