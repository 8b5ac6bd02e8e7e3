package io.leadpulse.schemas.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.domain.alert.Learnt;
import io.leadpulse.domain.alert.LearntTimeline;
import io.leadpulse.domain.alert.OwnerCalendars;
import io.leadpulse.domain.calendar.Absence;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.CalendarSpan;
import io.leadpulse.domain.goal.Goal;
import io.leadpulse.domain.goal.GoalBook;
import io.leadpulse.domain.goal.Membership;
import io.leadpulse.domain.organisation.Organisation;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.domain.stage.LimitTimeline;
import io.leadpulse.domain.stage.StageLimits;
import io.leadpulse.schemas.Topics;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who works here, when, towards which goals and by which rules, at any time: the configuration with all effective-dated
 * records. Immutable to its users, thread-safe and made for looking up per event; not serializable: carry the texts and
 * build it where it is used.
 *
 * <p>Records come after what the configuration says; of two with the same id and effective time the later replaces the
 * other, so that reading the topic twice changes nothing. A record that is not valid ({@link RecordCheck} says why; the
 * decoder makes it a dead letter) has no effect.
 *
 * <p>A rep's record says everything about him from its time on, until his next record. Before his first one he is not
 * there: he has no team, and his clocks run in the company's working time. His working hours and zone are those of
 * the record in force. An absence counts until his next record begins, also before its own record's time, so
 * that it can be told afterwards.
 */
public final class Directory implements Organisation, OwnerCalendars {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of a version of the rules. */
    private static final Set<String> UNCOUNTED_FIELDS = Set.of("version", "effective_from", "learnt");

    private static final int MINUTE_SECONDS = 60;
    private static final long SLOT_SECONDS = 300;
    private static final int DAY_SECONDS = 24 * 60 * MINUTE_SECONDS;

    private final LeadpulseConfig config;
    private final long asOfMillis;
    private final BusinessCalendar companyCalendar;
    private final ZoneRules zoneRules;
    /** By rep, then by effective time. */
    private final Map<String, NavigableMap<Long, RepRecord>> reps = new HashMap<>();

    private final Map<String, List<CalendarSpan>> calendars = new HashMap<>();
    private final List<CalendarSpan> companySpans;
    private final GoalBook goals;
    private final RulesHistory rulesHistory;
    private final RuleTimeline rules;
    private final NavigableMap<Long, StageLimits> stageLimits = new TreeMap<>();
    private final NavigableMap<Long, Learnt> learnt = new TreeMap<>();

    private Directory(LeadpulseConfig config, List<ConfigurationRecord> records, long asOfMillis) {
        this.config = config;
        this.asOfMillis = asOfMillis;
        this.companyCalendar = config.companyCalendar();
        this.companySpans = List.of(new CalendarSpan(Long.MIN_VALUE, companyCalendar));
        this.zoneRules = config.company().zone().getRules();
        this.rulesHistory = new RulesHistory(config);
        List<Goal> allGoals = new ArrayList<>(config.goals());
        config.reps().forEach(this::add);
        GoalReader goalReader = new GoalReader(config.company());
        for (ConfigurationRecord record : records) {
            JsonNode value = json(record.json());
            if (value == null
                    || !value.isObject()
                    || RecordCheck.problem(record.topic(), value, config).isPresent()) {
                continue;
            }
            Problems none = Problems.ofRecord();
            switch (record.topic()) {
                case Topics.REPS -> add(RepReader.read(Section.root(ConfigTree.ofJson(value, none), none)));
                case Topics.GOALS -> allGoals.add(goalReader.read(Section.root(ConfigTree.ofJson(value, none), none)));
                default -> rulesHistory.add(value);
            }
        }
        this.goals = GoalBook.of(allGoals);
        this.rules = RuleTimeline.of(
                rulesHistory.versions().stream().map(RulesVersion::scoreRules).toList());
        for (RulesVersion version : rulesHistory.versions()) {
            stageLimits.put(version.effectiveFromMillis(), version.stageLimits());
            learnt.put(version.effectiveFromMillis(), version.learnt());
        }
        reps.forEach((rep, history) -> calendars.put(rep, calendarSpans(history)));
    }

    /**
     * The directory of a configuration and the records that were read before the events.
     *
     * @param records in the order of their topics; those that are not valid have no effect
     */
    public static Directory of(LeadpulseConfig config, List<ConfigurationRecord> records) {
        return of(config, records, Long.MAX_VALUE);
    }

    /**
     * The same, seen from a time: what is asked for a later one, such as "now", is answered for this one.
     *
     * @param asOfMillis epoch milliseconds; {@code Long.MAX_VALUE} sees everything
     */
    public static Directory of(LeadpulseConfig config, List<ConfigurationRecord> records, long asOfMillis) {
        return new Directory(config, records, asOfMillis);
    }

    /**
     * Whether leads may count otherwise by a record. By a version of the rules that says only what was learnt they do not, since that decides
     * on alerts alone, nor by one that is only proposed. Those come every day; a field of any other name counts.
     */
    public static boolean changesCounts(ConfigurationRecord record) {
        JsonNode value = record.json() == null ? null : json(record.json());
        if (!record.topic().equals(Topics.RULES) || value == null || !value.isObject()) {
            return true;
        }
        if (value.path(RulesVersion.CANDIDATE).asBoolean()) {
            return false;
        }
        for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
            if (!UNCOUNTED_FIELDS.contains(names.next())) {
                return true;
            }
        }
        return false;
    }

    /** The configuration itself. */
    public LeadpulseConfig config() {
        return config;
    }

    @Override
    public String teamOf(String rep, long atMillis) {
        RepRecord record = recordAt(rep, atMillis);
        return record == null ? null : record.team();
    }

    @Override
    public int epochDayOf(long timeMillis) {
        return (int) companyCalendar.epochDay(timeMillis);
    }

    @Override
    public int minuteOfDayOf(long timeMillis) {
        Instant instant = Instant.ofEpochMilli(timeMillis);
        long localSeconds =
                instant.getEpochSecond() + zoneRules.getOffset(instant).getTotalSeconds();
        return (int) (Math.floorMod(localSeconds, (long) DAY_SECONDS) / MINUTE_SECONDS);
    }

    @Override
    public long slotStartMillis(int epochDay, int slot) {
        return LocalDate.ofEpochDay(epochDay)
                .atTime(LocalTime.ofSecondOfDay(slot * SLOT_SECONDS))
                .atZone(config.company().zone())
                .toInstant()
                .toEpochMilli();
    }

    /** A rep's calendar by his newest record; the company's for null and for a rep that nobody named. */
    @Override
    public BusinessCalendar of(String ownerOrNull) {
        List<CalendarSpan> spans = spansOf(ownerOrNull);
        return spans.get(spans.size() - 1).calendar();
    }

    @Override
    public List<CalendarSpan> spansOf(String ownerOrNull) {
        return ownerOrNull == null ? companySpans : calendars.getOrDefault(ownerOrNull, companySpans);
    }

    /** The company's working time. */
    public BusinessCalendar companyCalendar() {
        return companyCalendar;
    }

    /** What holds of a rep at a time, epoch milliseconds; empty before his first record and if nobody named him. */
    public Optional<RepRecord> repAt(String rep, long atMillis) {
        return Optional.ofNullable(recordAt(rep, atMillis));
    }

    /** All reps that were ever named, sorted. */
    public Set<String> reps() {
        return new TreeSet<>(reps.keySet());
    }

    /** When a rep belongs to the sales force, in order of time; always, if nobody named him. */
    public List<Membership> memberships(String rep) {
        NavigableMap<Long, RepRecord> history = reps.get(rep);
        if (history == null) {
            return List.of(new Membership(Long.MIN_VALUE, Long.MAX_VALUE));
        }
        List<Membership> memberships = new ArrayList<>();
        for (RepRecord record : history.values()) {
            if (!record.active()) {
                continue;
            }
            long to = nextFrom(history, record);
            Membership last = memberships.isEmpty() ? null : memberships.get(memberships.size() - 1);
            if (last != null && last.toMillis() == record.effectiveFromMillis()) {
                memberships.set(memberships.size() - 1, new Membership(last.fromMillis(), to));
            } else {
                memberships.add(new Membership(record.effectiveFromMillis(), to));
            }
        }
        return List.copyOf(memberships);
    }

    /** All goals ever given. */
    public GoalBook goals() {
        return goals;
    }

    /** All versions of the rules of the score. */
    public RuleTimeline rules() {
        return rules;
    }

    /** The rules of the score as they would be with the candidate; null while there is none. */
    public RuleTimeline candidateRules() {
        return rulesHistory.candidateRules();
    }

    /** The limits of stays in force at a time, epoch milliseconds; they hold for every stay that is open then. */
    public StageLimits stageLimitsAt(long atMillis) {
        return stageLimits.floorEntry(atMillis).getValue();
    }

    /** What was learnt from other leads, by time. */
    public LearntTimeline learnt() {
        return new LearntTimeline(learnt);
    }

    /** The limits of stays by time. */
    public LimitTimeline stageLimits() {
        return new LimitTimeline(stageLimits);
    }

    /**
     * The rep who is told while a rep is away: his deputy, or the deputy's deputy while that one is away too; null when he
     * is not away, or nobody stands in for him.
     */
    public String deputyOf(String rep, long atMillis) {
        Set<String> asked = new TreeSet<>();
        String each = rep;
        while (each != null && asked.add(each)) {
            RepRecord record = recordAt(each, atMillis);
            if (!isAway(each, record, atMillis)) {
                return each.equals(rep) ? null : each;
            }
            each = record.deputy();
        }
        return null;
    }

    private boolean isAway(String rep, RepRecord record, long atMillis) {
        return record != null
                && (!record.active()
                        || spansOf(rep).get(spansOf(rep).size() - 1).calendar().absences().stream()
                                .anyMatch(away -> away.fromMillis() <= atMillis && atMillis < away.toMillis()));
    }

    /** Why a version of the rules, valid in itself, was not taken; null if it was. */
    String rulesRefusal(JsonNode value) {
        return rulesHistory.refusal(value);
    }

    private void add(RepRecord record) {
        reps.computeIfAbsent(record.id(), id -> new TreeMap<>()).put(record.effectiveFromMillis(), record);
    }

    private RepRecord recordAt(String rep, long atMillis) {
        NavigableMap<Long, RepRecord> history = rep == null ? null : reps.get(rep);
        Map.Entry<Long, RepRecord> entry = history == null ? null : history.floorEntry(Math.min(atMillis, asOfMillis));
        return entry == null ? null : entry.getValue();
    }

    /** The company's calendar, then that of each record with all his absences. */
    private List<CalendarSpan> calendarSpans(NavigableMap<Long, RepRecord> history) {
        List<Absence> absences = new ArrayList<>();
        for (RepRecord record : history.values()) {
            long until = nextFrom(history, record);
            for (Absence absence : record.absences()) {
                if (absence.fromMillis() < until) {
                    absences.add(new Absence(absence.fromMillis(), Math.min(absence.toMillis(), until)));
                }
            }
        }
        List<CalendarSpan> spans = new ArrayList<>(history.size() + 1);
        spans.add(new CalendarSpan(Long.MIN_VALUE, companyCalendar));
        for (RepRecord record : history.values()) {
            spans.add(new CalendarSpan(
                    record.effectiveFromMillis(), workingTime(record).withAbsences(absences)));
        }
        return List.copyOf(spans);
    }

    private BusinessCalendar workingTime(RepRecord record) {
        if (record.zone() == null && record.workingWeek() == null) {
            return companyCalendar;
        }
        return new BusinessCalendar(
                record.zone() == null ? config.company().zone() : record.zone(),
                record.workingWeek() == null ? config.workingWeek() : record.workingWeek(),
                config.holidayEpochDays());
    }

    private static long nextFrom(NavigableMap<Long, RepRecord> history, RepRecord record) {
        Long next = history.higherKey(record.effectiveFromMillis());
        return next == null ? Long.MAX_VALUE : next;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // No record: the decoder makes it a dead letter, with this reason.
            return null;
        }
    }
}
