package io.leadpulse.serving.alert;

import java.time.Duration;
import java.util.List;

/**
 * Remembers for ever what people were told. {@link Dispatcher} writes a telling before it posts it: a crash in between
 * posts the same once more, with the same labels, which an Alertmanager takes for the same alert.
 *
 * <p>Every method throws {@link SentLogException} when the log cannot be reached; then nothing has changed.
 */
public interface SentLog {

    /** Stands for an instant that is not known yet. */
    long NEVER = Long.MIN_VALUE;

    /** So long what ended can still matter: the Alertmanager's retention, see {@code --data.retention}. */
    Duration MATTERS = Duration.ofDays(90);

    /**
     * Everything remembered that can still matter.
     *
     * @param tellings those that stand, those that ended within {@link #MATTERS}, and those of open alerts; of a message all
     *     or none
     * @param firstCaughtUpMillis see {@link #firstCaughtUp}; {@link #NEVER} when there was none
     * @param lastPostMillis see {@link #posted}; {@link #NEVER} when there was none
     */
    record Contents(List<Telling> tellings, long firstCaughtUpMillis, long lastPostMillis) {
        public Contents {
            tellings = List.copyOf(tellings);
        }
    }

    /** Reads the log. */
    Contents load();

    /** Writes new tellings and new states of known ones, all or none; repeating it changes nothing. */
    void write(List<Telling> tellings);

    /** Notes when this installation first had read all alerts; only the first call counts. */
    void firstCaughtUp(long atMillis);

    /** Notes when the Alertmanager last took everything that stands. */
    void posted(long atMillis);
}
