package io.leadpulse.serving.alert;

import java.util.Locale;

/** What sort of message a person gets. The names, in lower case, are metric labels and stand in the log. */
public enum MessageKind {
    /** One lead with everything that is wrong with it, to whom it concerns first. */
    LEAD,
    /** The same to a team lead. */
    TEAM_LEAD,
    /** Many leads in one message, the most valuable first. */
    DIGEST,
    /** A goal: behind pace, or a milestone reached. */
    SCOPE,
    /** The managers' daily digest. */
    DAILY;

    /** The name in labels and in the log. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
