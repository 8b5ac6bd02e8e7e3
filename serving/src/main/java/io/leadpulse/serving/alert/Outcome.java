package io.leadpulse.serving.alert;

import java.util.Locale;

/** Why a telling ceased to stand. The names, in lower case, stand in the log. */
public enum Outcome {
    /** The cause ended. */
    RESOLVED(true),
    /** A correction says that there never was a cause. */
    WITHDRAWN(true),
    /** Its lead was merged, or leads were taken apart, and no alert that took its place was there. */
    MERGED(true),
    /** Somebody says that it is taken care of. */
    HANDLED(true),
    /** The same was told as critical. */
    ESCALATED(false),
    /** The same was told again after a snooze. */
    REMINDED(false),
    /** The Alertmanager heard nothing for so long that it gave the alert up. */
    LAPSED(false);

    private final boolean told;

    Outcome(boolean told) {
        this.told = told;
    }

    /** Whether it is worth a message of its own. */
    boolean told() {
        return told;
    }

    /** What is said of it: that leads were merged is nothing to whom it was told. */
    String said() {
        return (this == MERGED ? WITHDRAWN : this).wireName();
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
