package io.leadpulse.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All lines, read and looked at as a whole: the reps, and of each idempotency key the one record that counts.
 *
 * <p>Of records with one key the higher version wins, else the earlier time. Generated histories have no two records of
 * one key that differ and tie in both.
 */
final class OracleInput {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What becomes of an event line. */
    enum Fate {
        COUNTED,
        /** The same as the one that counts. */
        DUPLICATE,
        /** Another version than the one that counts. */
        SUPERSEDED,
        /** Later than as-of. */
        FUTURE
    }

    private record Rep(long fromMillis, String team, WorkCalendar calendar) {}

    private final OracleConfig config;
    private final WorkCalendar company;
    private final Map<String, List<Rep>> reps = new TreeMap<>();
    private final Map<String, OracleEvent> winners = new TreeMap<>();
    private final Map<Integer, Fate> fates = new TreeMap<>();

    OracleInput(List<String> lines, long asOfMillis, OracleConfig config) {
        this.config = config;
        this.company = new WorkCalendar(config.zone(), config.workingHours(), config.holidays(), List.of());
        Map<String, List<OracleEvent>> byKey = new LinkedHashMap<>();
        for (int line = 0; line < lines.size(); line++) {
            JsonNode record = parse(lines.get(line));
            JsonNode value = record.path("value");
            OracleEvent event =
                    switch (record.path("topic").asText()) {
                        case "crm.activities.v1" -> OracleEvent.activity(line, value);
                        case "web.behaviour.v1" -> OracleEvent.behaviour(line, value);
                        case "org.reps.v1" -> {
                            readRep(value);
                            yield null;
                        }
                        default -> null;
                    };
            if (event == null) {
                continue;
            }
            if (event.timeMillis() > asOfMillis) {
                fates.put(line, Fate.FUTURE);
            } else {
                byKey.computeIfAbsent(event.key(), key -> new ArrayList<>()).add(event);
            }
        }
        byKey.values().forEach(this::settle);
        reps.values().forEach(records -> records.sort(Comparator.comparingLong(Rep::fromMillis)));
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void settle(List<OracleEvent> sameKey) {
        OracleEvent winner = sameKey.get(0);
        for (OracleEvent each : sameKey) {
            boolean isNewer = each.version() > winner.version()
                    || (each.version() == winner.version() && each.timeMillis() < winner.timeMillis());
            winner = isNewer ? each : winner;
        }
        winners.put(winner.key(), winner);
        for (OracleEvent each : sameKey) {
            boolean isSame = content(each).equals(content(winner));
            Fate fate = isSame ? Fate.DUPLICATE : Fate.SUPERSEDED;
            fates.put(each.line(), each.line() == winner.line() ? Fate.COUNTED : fate);
        }
    }

    /** What was said, without what differs between deliveries of one message. */
    private static JsonNode content(OracleEvent event) {
        ObjectNode content = event.value().deepCopy();
        return event.isWeb() ? content.without(List.of("sentAt", "receivedAt")) : content;
    }

    private void readRep(JsonNode value) {
        ZoneId zone = value.hasNonNull("zone") ? ZoneId.of(value.get("zone").asText()) : config.zone();
        List<WorkCalendar.Stretch> absences = new ArrayList<>();
        for (JsonNode absence : value.path("absences")) {
            absences.add(new WorkCalendar.Stretch(
                    OracleTime.millis(absence.get("from").asText()),
                    OracleTime.millis(absence.get("to").asText())));
        }
        Map<DayOfWeek, List<OracleConfig.Hours>> hours =
                value.hasNonNull("working_hours") ? hours(value.get("working_hours")) : config.workingHours();
        reps.computeIfAbsent(value.get("id").asText(), id -> new ArrayList<>())
                .add(new Rep(
                        OracleTime.millis(value.get("effective_from").asText()),
                        value.hasNonNull("team") ? value.get("team").asText() : null,
                        new WorkCalendar(zone, hours, config.holidays(), absences)));
    }

    private static Map<DayOfWeek, List<OracleConfig.Hours>> hours(JsonNode week) {
        Map<DayOfWeek, List<OracleConfig.Hours>> hours = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            List<OracleConfig.Hours> ofDay = new ArrayList<>();
            for (JsonNode interval : week.path(day.name().toLowerCase(Locale.ROOT))) {
                ofDay.add(new OracleConfig.Hours(
                        minute(interval.get("from").asText()),
                        minute(interval.get("to").asText())));
            }
            hours.put(day, ofDay);
        }
        return hours;
    }

    private static int minute(String clock) {
        return clock.equals("24:00") ? 1440 : LocalTime.parse(clock).toSecondOfDay() / 60;
    }

    /** The record that counts of each key, in canonical order. */
    List<OracleEvent> events() {
        return winners.values().stream().sorted(OracleEvent.ORDER).toList();
    }

    /** The fate of each event line, by its number. */
    Map<Integer, Fate> fates() {
        return fates;
    }

    /** The rep's team at a time; null when he has none then, or is not in the directory. */
    String team(String rep, long atMillis) {
        Rep record = record(rep, atMillis);
        return record == null ? null : record.team();
    }

    /** The team that a rep is in from a time on; null for none. */
    record InTeam(long fromMillis, String team) {}

    /** The rep's teams in order of time; none before the first. */
    List<InTeam> teams(String rep) {
        return reps.getOrDefault(rep, List.of()).stream()
                .map(record -> new InTeam(record.fromMillis(), record.team()))
                .toList();
    }

    private WorkCalendar calendar(String rep, long atMillis) {
        Rep record = record(rep, atMillis);
        return record == null ? company : record.calendar();
    }

    /** Which calendar governs which part of a time that belongs to one owner after another. */
    List<WorkCalendar.Governed> clock(long fromMillis, long toMillis, List<OracleDeal.Owner> owners) {
        TreeSet<Long> cuts = new TreeSet<>();
        cuts.add(fromMillis);
        cuts.add(toMillis);
        for (OracleDeal.Owner owner : owners) {
            cuts.add(owner.fromMillis());
            cuts.addAll(changes(owner.rep()));
        }
        List<Long> inside = new ArrayList<>(cuts.subSet(fromMillis, true, toMillis, true));
        List<WorkCalendar.Governed> clock = new ArrayList<>();
        for (int part = 0; part + 1 < inside.size(); part++) {
            long from = inside.get(part);
            String rep = OracleDeal.ownerAt(owners, from);
            clock.add(new WorkCalendar.Governed(
                    new WorkCalendar.Stretch(from, inside.get(part + 1)), calendar(rep, from)));
        }
        return clock;
    }

    private List<Long> changes(String rep) {
        return rep == null
                ? List.of()
                : reps.getOrDefault(rep, List.of()).stream()
                        .map(Rep::fromMillis)
                        .toList();
    }

    private Rep record(String rep, long atMillis) {
        Rep inForce = null;
        if (rep != null) {
            for (Rep each : reps.getOrDefault(rep, List.of())) {
                inForce = each.fromMillis() <= atMillis ? each : inForce;
            }
        }
        return inForce;
    }
}
