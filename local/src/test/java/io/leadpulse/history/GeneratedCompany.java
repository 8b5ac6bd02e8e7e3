package io.leadpulse.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.oracle.OracleConfig;
import io.leadpulse.oracle.OracleConfig.Hours;
import io.leadpulse.oracle.OracleRates;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The company of generated histories: days of different length, holidays, reps in other zones, with hours of their own
 * across the change to summer time, away for days and for half days, one changing team, one without a team.
 *
 * <p>Every record of a rep repeats all of his absences and begins at a midnight of his zone, so that it does not matter
 * whether absences add up over records.
 */
public final class GeneratedCompany {
    /** The company's zone. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    /** ISO 4217. */
    public static final String CURRENCY = "EUR";

    /** Currencies of some deals: with two decimals, with none, with three. */
    static final String POUNDS = "GBP";

    static final String YEN = "JPY";
    static final String DINARS = "KWD";

    /** Currency, first day, rate. */
    private static final String[][] RATES = {
        {POUNDS, "2024-01-01", "1.19"},
        {POUNDS, "2025-02-01", "1.2035"},
        {POUNDS, "2025-03-12", "1.1851"},
        {YEN, "2024-01-01", "0.006215"},
        {YEN, "2025-03-01", "0.0063"},
        {DINARS, "2024-01-01", "3.0105"},
        {DINARS, "2025-04-01", "2.9999"}
    };

    /** Ids of all reps. */
    static final List<String> REPS = List.of("R-1", "R-2", "R-3", "R-4", "R-5", "R-6");

    /** Changes team on 1 March 2025. */
    static final String CHANGES_TEAM = "R-2";

    private static final String ALWAYS = "2024-11-01T00:00:00+01:00";

    private GeneratedCompany() {}

    /** The same company for the oracle: Monday to Thursday 8 hours with a break, Friday 6 hours, three holidays. */
    public static OracleConfig config() {
        Map<DayOfWeek, List<Hours>> week = new EnumMap<>(DayOfWeek.class);
        week.putAll(OracleConfig.weekdays(List.of(new Hours(9 * 60, 12 * 60 + 30), new Hours(13 * 60, 17 * 60 + 30))));
        week.put(DayOfWeek.FRIDAY, List.of(new Hours(9 * 60, 15 * 60)));
        return OracleConfig.of(
                        ZONE,
                        week,
                        Set.of(LocalDate.of(2025, 4, 18), LocalDate.of(2025, 4, 21), LocalDate.of(2025, 5, 1)))
                .withRates(rates())
                .withLearnt(new OracleConfig.Learnt(
                        Map.of("contacted", Duration.ofDays(6), "offer", Duration.ofHours(60)),
                        Set.of("meeting_cancelled", "email_bounced")));
    }

    private static OracleRates rates() {
        Map<String, TreeMap<LocalDate, BigDecimal>> rates = new TreeMap<>();
        for (String[] each : RATES) {
            rates.computeIfAbsent(each[0], currency -> new TreeMap<>())
                    .put(LocalDate.parse(each[1]), new BigDecimal(each[2]));
        }
        return new OracleRates(rates);
    }

    /** Its goals, of amounts and of deals; reps with hours, zones and absences of their own are among the scopes. */
    public static List<OracleConfig.Goal> goals() {
        return List.of(
                new OracleConfig.Goal("company", "month", true, 25_000_000),
                new OracleConfig.Goal("company", "quarter", true, 60_000_000),
                new OracleConfig.Goal("team:south", "month", false, 7),
                new OracleConfig.Goal("team:north", "quarter", true, 30_000_001),
                new OracleConfig.Goal("rep:R-3", "week", true, 1_250_000),
                new OracleConfig.Goal("rep:R-4", "month", true, 3_333_333),
                new OracleConfig.Goal("rep:R-5", "quarter", false, 12),
                new OracleConfig.Goal("rep:R-5", "year", true, 123_456_789));
    }

    /** The same company for the engine; stages that the ladder does not name have no limit, which is written 0. */
    public static String yaml() {
        return """
                company:
                  name: Generated
                  zone: Europe/Berlin
                  currency: EUR
                working_hours:
                  monday: [{from: "09:00", to: "12:30"}, {from: "13:00", to: "17:30"}]
                  tuesday: [{from: "09:00", to: "12:30"}, {from: "13:00", to: "17:30"}]
                  wednesday: [{from: "09:00", to: "12:30"}, {from: "13:00", to: "17:30"}]
                  thursday: [{from: "09:00", to: "12:30"}, {from: "13:00", to: "17:30"}]
                  friday: [{from: "09:00", to: "15:00"}]
                holidays: ["2025-04-18", "2025-04-21", "2025-05-01"]
                default_limit_business_days: 0
                learnt:
                  lost_leads: 100
                  silence:
                    - {stage: contacted, days: 6, won_leads: 20}
                    - {stage: offer, days: 2.5, won_leads: 300}
                    - {stage: new, days: 1, won_leads: 19}
                  loss_acts:
                    - {act: meeting_cancelled, lift: 2, leads: 30}
                    - {act: email_bounced, lift: 3.5, leads: 80}
                    - {act: sms_sent, lift: 1.999, leads: 80}
                    - {act: email_sent, lift: 4, leads: 29}
                exchange_rates:
                """
                + Arrays.stream(RATES)
                        .map(each -> "  - {currency: %s, from: %s, rate: %s}\n".formatted((Object[]) each))
                        .collect(Collectors.joining())
                + "goals:\n"
                + goals().stream().map(GeneratedCompany::yaml).collect(Collectors.joining());
    }

    private static String yaml(OracleConfig.Goal goal) {
        String amount = goal.isMoney()
                ? "measure: won_amount, amount: \"" + BigDecimal.valueOf(goal.goal(), 2) + '"'
                : "measure: won_count, count: " + goal.goal();
        return "  - {scope: \"%s\", period_kind: %s, %s}\n".formatted(goal.scope(), goal.periodKind(), amount);
    }

    /** Records of the reps directory, each a whole value. */
    static List<ObjectNode> reps() {
        ObjectNode north = rep("R-1", ALWAYS, "north");
        absence(north, "2025-01-20T00:00:00+01:00", "2025-01-25T00:00:00+01:00");
        absence(north, "2025-02-12T12:00:00+01:00", "2025-02-13T00:00:00+01:00");
        ObjectNode before = rep(CHANGES_TEAM, ALWAYS, "north");
        ObjectNode after = rep(CHANGES_TEAM, "2025-03-01T00:00:00+01:00", "south");
        ObjectNode newYork = rep("R-3", "2024-11-01T00:00:00-04:00", "south").put("zone", "America/New_York");
        absence(newYork, "2025-03-03T00:00:00-05:00", "2025-03-05T13:00:00-05:00");
        ObjectNode sundays = rep("R-4", ALWAYS, "south");
        ObjectNode ownHours = sundays.putObject("working_hours");
        for (String day : List.of("monday", "tuesday", "wednesday")) {
            hours(ownHours, day, "08:00", "18:00");
        }
        hours(ownHours, "sunday", "00:00", "12:00");
        ObjectNode halfDays = rep("R-5", ALWAYS, "north");
        ObjectNode wholeDays = rep("R-5", "2025-03-10T00:00:00+01:00", "north");
        ObjectNode mornings = halfDays.putObject("working_hours");
        for (String day : List.of("monday", "tuesday", "wednesday", "thursday", "friday")) {
            hours(mornings, day, "08:30", "12:00");
        }
        for (ObjectNode each : List.of(halfDays, wholeDays)) {
            absence(each, "2025-02-10T00:00:00+01:00", "2025-02-22T00:00:00+01:00");
            absence(each, "2025-04-01T00:00:00+02:00", "2025-04-05T00:00:00+02:00");
        }
        return List.of(north, before, after, newYork, sundays, halfDays, wholeDays, rep("R-6", ALWAYS, null));
    }

    private static ObjectNode rep(String id, String effectiveFrom, String team) {
        ObjectNode rep = JsonNodeFactory.instance.objectNode();
        rep.put("id", id).put("effective_from", effectiveFrom).put("name", "Rep " + id);
        return team == null ? rep : rep.put("team", team);
    }

    private static void absence(ObjectNode rep, String from, String to) {
        rep.withArray("absences").addObject().put("from", from).put("to", to);
    }

    private static void hours(ObjectNode week, String day, String from, String to) {
        week.putArray(day).addObject().put("from", from).put("to", to);
    }
}
