package io.leadpulse.local.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.domain.calendar.MonthSystem;
import io.leadpulse.schemas.MoneyUnit;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.Company;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Nimbar Software, an invented company of twelve reps in three teams: zone, working week, reps, goals. The day on which
 * live begins is the fourth working day of its week, whatever weekday it is.
 */
public final class SimulatedCompany {
    static final String DARYA = "R-01";
    static final String INES = "R-02";
    static final String LENA = "R-03";
    static final String MAREK = "R-04";
    static final String TOMAS = "R-05";
    static final String JONAH = "R-06";
    static final String AISHA = "R-07";
    static final String NILS = "R-08";
    static final String PETRA = "R-09";
    static final String SAMIR = "R-10";
    static final String CHIARA = "R-11";
    static final String OMAR = "R-12";

    static final List<Rep> REPS = List.of(
            new Rep(DARYA, "Darya Kamali", "North", 28_000, 0, 1, 0),
            new Rep(INES, "Ines Marchetti", "North", 22_000, 1, 0, 0),
            new Rep(LENA, "Lena Vogt", "North", 31_000, .65, .33, 1.1),
            new Rep(MAREK, "Marek Duda", "North", 30_000, .38, .42, .95),
            new Rep(TOMAS, "Tomas Reuter", "South", 30_000, 0, 0, .5),
            new Rep(JONAH, "Jonah Adeyemi", "South", 22_000, 1, 0, 0),
            new Rep(AISHA, "Aisha Bello", "South", 31_000, .6, .28, 1.05),
            new Rep(NILS, "Nils Berg", "South", 30_500, .4, .36, .9),
            new Rep(PETRA, "Petra Lind", "East", 27_000, 0, 1, 0),
            new Rep(SAMIR, "Samir Haddad", "East", 27_000, 0, 0, .5),
            new Rep(CHIARA, "Chiara Fonti", "East", 31_000, .55, .3, 1),
            new Rep(OMAR, "Omar Said", "East", 30_500, .42, .41, 1));

    /** Team and who leads it; leads have records as reps, and no goals. */
    private static final Map<String, String[]> TEAM_LEADS = teamLeads();

    private static final LocalTime USUAL_START = LocalTime.of(13, 30);
    private static final int WORKING_DAYS_BEFORE_TODAY = 3;
    private static final int HOLIDAY_BEFORE = 31;
    private static final int JONAH_JOINED_BEFORE = 35;
    private static final int PETRA_LEFT_BEFORE = 2;
    private static final int PETRA_BACK_AFTER = 9;
    private static final int DAY_GOAL = 15_500;
    private static final int MONTH_GOAL = 340_000;
    private static final String CONFIG = "/simulator/nimbar.yaml";

    private final ZoneId zone;
    private final Instant liveStart;
    private final DayOfWeek firstDay;
    private final WorkTime work;
    private final long today;
    private final Company like;
    private final SimulatedMoney money;

    private SimulatedCompany(ZoneId zone, Instant liveStart, Company like) {
        this.like = like;
        this.money = SimulatedMoney.of(like, liveStart)
                .orElseThrow(() -> new IllegalArgumentException("the simulator reckons in euros, and the configuration,"
                        + " whose currency is " + like.currency() + ", has no exchange rate of EUR of 1 or more"));
        this.zone = zone;
        this.liveStart = liveStart;
        LocalDate date = liveStart.atZone(zone).toLocalDate();
        this.today = date.toEpochDay();
        this.firstDay = date.getDayOfWeek().minus(WORKING_DAYS_BEFORE_TODAY);
        this.work = new WorkTime(zone, firstDay, today - HOLIDAY_BEFORE);
    }

    private static Map<String, String[]> teamLeads() {
        Map<String, String[]> leads = new LinkedHashMap<>();
        leads.put("North", new String[] {"R-21", "Greta Holm"});
        leads.put("South", new String[] {"R-22", "Pavel Novak"});
        leads.put("East", new String[] {"R-23", "Yasmin Okafor"});
        return leads;
    }

    /**
     * The company.
     *
     * @param like whose currency, display unit, months and fiscal year it has
     * @throws IllegalArgumentException if that has another currency than the euro, and no exchange rate of it
     */
    static SimulatedCompany of(Instant liveStart, Optional<ZoneId> zone, Company like) {
        return new SimulatedCompany(zone.orElseGet(() -> middayZone(liveStart)), liveStart, like);
    }

    /** The fixed offset in whole hours in which an instant is nearest to 13:30. */
    private static ZoneId middayZone(Instant instant) {
        int minuteOfDay = Math.floorMod(instant.getEpochSecond() / 60, 1_440);
        int offset = Math.floorDiv(USUAL_START.toSecondOfDay() / 60 - minuteOfDay + 30, 60);
        // From -10 to 14, and such zones go from -12 to 14; the sign in their names is the other way round.
        return ZoneId.of(offset == 0 ? "Etc/GMT" : "Etc/GMT" + (offset > 0 ? "-" : "+") + Math.abs(offset));
    }

    /** The company's zone. */
    public ZoneId zone() {
        return zone;
    }

    /** One line for people: zone, local time of live's beginning, working week. */
    public String describe() {
        return "zone %s, where live begins at %s; working week %s to %s"
                .formatted(
                        zone,
                        liveStart.atZone(zone).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)),
                        name(firstDay),
                        name(firstDay.plus(WorkTime.DAYS_OF_WEEK - 1)));
    }

    private static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    @Override
    public String toString() {
        return "Nimbar Software, " + describe();
    }

    Instant liveStart() {
        return liveStart;
    }

    long startMillis() {
        return liveStart.toEpochMilli();
    }

    /** The local day on which live begins. */
    long today() {
        return today;
    }

    /** What amounts of the story are in the company's currency. */
    SimulatedMoney money() {
        return money;
    }

    WorkTime work() {
        return work;
    }

    static Rep rep(String id) {
        return REPS.stream().filter(rep -> rep.id().equals(id)).findFirst().orElseThrow();
    }

    /** When Jonah joined. */
    long jonahJoinedMillis() {
        return work.at(today - JONAH_JOINED_BEFORE, LocalTime.MIDNIGHT);
    }

    /** When Petra's leave began. */
    long petraLeftMillis() {
        return work.at(today - PETRA_LEFT_BEFORE, LocalTime.MIDNIGHT);
    }

    /** Whether a rep is there to act. */
    boolean isThere(String rep, long millis) {
        return switch (rep) {
            case PETRA -> millis < petraLeftMillis();
            case JONAH -> millis >= jonahJoinedMillis();
            default -> true;
        };
    }

    /** Who acts for a rep at a time: his deputy while he is away, Aisha before Jonah had joined. */
    String acting(String rep, long millis) {
        if (isThere(rep, millis)) {
            return rep;
        }
        return rep.equals(PETRA) ? OMAR : AISHA;
    }

    String configYaml() {
        StringBuilder hours = new StringBuilder();
        for (int i = 0; i < WorkTime.DAYS_OF_WEEK; i++) {
            hours.append("  %s: [{from: \"%s\", to: \"%s\"}]\n"
                    .formatted(lower(firstDay.plus(i)), WorkTime.OPENS, WorkTime.CLOSES));
        }
        return template()
                .replace("${zone}", zone.getId())
                .replace("${currency}", money.currency())
                .replace("${calendar_and_money}\n", calendarAndMoney())
                .replace("${exchange_rates}\n", exchangeRates())
                .replace("${week_start}", lower(firstDay))
                .replace("${working_hours}\n", hours)
                .replace(
                        "${holiday}",
                        LocalDate.ofEpochDay(today - HOLIDAY_BEFORE).toString());
    }

    /** Lines of the section company; none where everything is as by default. */
    private String calendarAndMoney() {
        StringBuilder lines = new StringBuilder();
        MoneyUnit unit = like.moneyUnit();
        if (unit.worthDigits() > 0) {
            lines.append("  display_unit: {name: \"%s\", worth: 1%s}\n"
                    .formatted(unit.name().replace("\"", ""), "0".repeat(unit.worthDigits())));
        }
        if (like.months() != MonthSystem.GREGORIAN) {
            lines.append("  months: %s\n".formatted(like.months().name().toLowerCase(Locale.ROOT)));
        }
        if (like.fiscalStartMonth() != 1 || like.fiscalStartDay() != 1) {
            lines.append("  fiscal_year_start: {month: %d, day: %d}\n"
                    .formatted(like.fiscalStartMonth(), like.fiscalStartDay()));
        }
        return lines.toString();
    }

    /** By which the story is told the same when the demo goes on. */
    private String exchangeRates() {
        return money.equals(SimulatedMoney.IN_EUROS)
                ? ""
                : "exchange_rates: [{currency: EUR, from: 2020-01-01, rate: %d}]\n\n".formatted(money.perEuro());
    }

    private static String lower(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }

    private static String template() {
        try (InputStream in = SimulatedCompany.class.getResourceAsStream(CONFIG)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + CONFIG + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + CONFIG, e);
        }
    }

    List<SimulatedRecord> configuration() {
        List<SimulatedRecord> records = new ArrayList<>();
        long always = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
        TEAM_LEADS.forEach((team, lead) -> {
            ObjectNode value = rep(lead[0], lead[1], team, always);
            value.put("email", lead[1].toLowerCase(Locale.ROOT).replace(' ', '.') + "@nimbar.example");
            records.add(record(Topics.REPS, lead[0], always, value));
        });
        for (Rep rep : REPS) {
            long from = rep.id().equals(JONAH) ? jonahJoinedMillis() : always;
            ObjectNode value = rep(rep.id(), rep.name(), rep.team(), from);
            String[] lead = TEAM_LEADS.get(rep.team());
            value.put("manager", lead[1]);
            value.put("team_lead", lead[0]);
            value.put("email", rep.email());
            value.put("deputy", deputy(rep));
            ArrayNode products = value.putArray("products");
            for (Product product : Product.values()) {
                if (rep.weight(product) > 0) {
                    products.add(product.title());
                }
            }
            if (rep.id().equals(PETRA)) {
                ObjectNode absence = value.putArray("absences").addObject();
                absence.put("from", Rfc3339.text(petraLeftMillis()));
                absence.put("to", Rfc3339.text(work.at(today + PETRA_BACK_AFTER, LocalTime.MIDNIGHT)));
            }
            records.add(record(Topics.REPS, rep.id(), from, value));
        }
        goals(records, always);
        return records;
    }

    private static String deputy(Rep rep) {
        return switch (rep.id()) {
            case PETRA -> OMAR;
            case DARYA -> MAREK;
            case TOMAS -> NILS;
            default -> null;
        };
    }

    private static ObjectNode rep(String id, String name, String team, long from) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.put("id", id);
        value.put("effective_from", Rfc3339.text(from));
        value.put("name", name);
        value.put("team", team);
        return value;
    }

    private void goals(List<SimulatedRecord> records, long from) {
        records.add(goal("company", "day", DAY_GOAL, from));
        records.add(goal("company", "week", WorkTime.DAYS_OF_WEEK * DAY_GOAL, from));
        records.add(goal("company", "month", MONTH_GOAL, from));
        records.add(goal("company", "quarter", 3 * MONTH_GOAL, from));
        records.add(goal("company", "year", 12 * MONTH_GOAL, from));
        Map<String, Integer> teams = new LinkedHashMap<>();
        for (Rep rep : REPS) {
            teams.merge(rep.team(), rep.monthGoal(), Integer::sum);
            records.add(goal("rep:" + rep.id(), "month", rep.monthGoal(), from));
        }
        teams.forEach((team, sum) -> records.add(goal("team:" + team, "month", sum, from)));
    }

    private SimulatedRecord goal(String scope, String periodKind, int euros, long from) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.put("scope", scope);
        value.put("measure", "won_amount");
        value.put("period_kind", periodKind);
        value.put("amount", money.amount(euros));
        value.put("currency", money.currency());
        value.put("effective_from", Rfc3339.text(from));
        return record(Topics.GOALS, scope + "|won_amount|" + periodKind, from, value);
    }

    private static SimulatedRecord record(String topic, String id, long from, ObjectNode value) {
        return new SimulatedRecord(
                topic,
                id + '|' + Rfc3339.text(from),
                value.toString().getBytes(StandardCharsets.UTF_8),
                from,
                SimulatedRecord.Kind.CONFIGURATION);
    }
}
