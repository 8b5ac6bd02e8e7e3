package io.leadpulse.serving.alert;

import java.util.List;

/**
 * Remembers which daily digests were sent, and what they say: a digest is written before it is posted and posted as it
 * was written, so a crash in between posts the same once more, which an Alertmanager takes for the same alert.
 *
 * <p>Every method throws {@link SentLogException} when the log cannot be reached; then nothing has changed.
 */
public interface DigestLog {

    /** Digests sent at or after an instant, oldest first. */
    List<SentDigest> since(long sentMillis);

    /** Writes digests; of a day and person that has one already nothing, so that a second start writes none. */
    void write(List<SentDigest> digests);

    /** Notes when the Alertmanager last took them. */
    void posted(List<SentDigest> digests, long atMillis);

    /** What was restated of the company from an instant up to another. */
    Corrections corrections(long fromMillis, long untilMillis);
}
