package io.leadpulse.serving.alert;

import java.util.Locale;

/** In which role somebody is told. The names, in lower case, stand in the log of what was sent. */
public enum Audience {
    /** Whoever answers for the lead: its owner or, for him, a deputy or whoever is on duty. */
    OWNER,
    /** The owner's team lead, besides him. */
    TEAM_LEAD,
    /** One of several who are all told: team leads of what nobody owns, a team of its goal. */
    EACH;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
