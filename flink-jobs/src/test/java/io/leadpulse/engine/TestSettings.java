package io.leadpulse.engine;

import java.time.Instant;
import java.util.List;

/** The settings that the engine's tests run with: one place for what they have in common. */
public final class TestSettings {
    private static final String COMPANY = """
            company:
              zone: UTC
              currency: USD
              week_start: monday
            working_hours:
              monday: [{from: "00:00", to: "24:00"}]
              tuesday: [{from: "00:00", to: "24:00"}]
              wednesday: [{from: "00:00", to: "24:00"}]
              thursday: [{from: "00:00", to: "24:00"}]
              friday: [{from: "00:00", to: "24:00"}]
            bounds:
              facts_per_lead: 100
              facts_per_lead_and_day: 10
            reps:
              - {id: ann, team: north}
              - {id: bob, team: south}
            """;

    private TestSettings() {}

    /** Everything at once at the end, as of this time. */
    public static EngineSettings replay(String asOf) {
        return new EngineSettings(COMPANY, List.of(), millis(asOf), true);
    }

    /** The same with more lines of configuration. */
    public static EngineSettings replay(String asOf, String more) {
        return new EngineSettings(COMPANY + more, List.of(), millis(asOf), true);
    }

    /** Everything as it happens, with more lines of configuration. */
    public static EngineSettings live(String more) {
        return new EngineSettings(COMPANY + more, List.of(), Long.MAX_VALUE, false);
    }

    /** Everything as it happens. */
    public static EngineSettings live() {
        return new EngineSettings(COMPANY, List.of(), Long.MAX_VALUE, false);
    }

    /** Epoch milliseconds of a time such as {@code 2025-03-03T10:00:00Z}. */
    public static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}
