package io.leadpulse.schemas;

import java.util.Set;

/** The names of all topics, once. */
public final class Topics {
    public static final String ACTIVITIES = "crm.activities.v1";
    public static final String BEHAVIOUR = "web.behaviour.v1";
    public static final String COMPANY_EVENTS = "company.events.v1";
    public static final String REPS = "org.reps.v1";
    public static final String GOALS = "sales.goals.v1";
    public static final String RULES = "engine.rules.v1";
    public static final String TICKS = "engine.ticks.v1";

    public static final String PROFILES = "lead.profiles.v1";
    public static final String LEDGER = "lead.ledger.v1";
    public static final String ALERTS = "lead.alerts.v1";
    public static final String ROLLUPS = "sales.rollups.v1";
    public static final String PROGRESS = "sales.progress.v1";
    public static final String DWELL = "stage.dwell.v1";
    public static final String DEAD_LETTERS = "dead.letters.v1";
    public static final String CONSERVATION = "engine.conservation.v1";

    /** Configuration that changes by time: read before, and never shuffled with, events. */
    public static final Set<String> CONFIGURATION = Set.of(REPS, GOALS, RULES);

    private Topics() {}
}
