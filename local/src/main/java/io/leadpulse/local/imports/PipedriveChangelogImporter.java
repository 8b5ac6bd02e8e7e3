package io.leadpulse.local.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Imports a change log of deals as Pipedrive keeps it, with the activities.
 *
 * <p>Deals carry no lead, so each stands for one of its own, {@code deal:} and its id. Nothing in these files is a
 * reliable key: change rows have none and activity ids repeat, so event ids are the file's name and line. A deal id
 * that was created twice stands for two deals whose rows are interleaved; all its rows are reported. An activity that
 * was not done is reported, as nothing says when it was planned. Of users only their id is taken, no name or address.
 */
public final class PipedriveChangelogImporter implements Importer {
    static final String SOURCE = "pipedrive-changelog";

    private static final String CHANGES = "deal_changes.csv";
    private static final String ACTIVITIES = "activity.csv";
    private static final String ACTIVITY_TYPES = "activity_types.csv";
    private static final String STAGES = "stages.csv";
    private static final String FIELDS = "fields.csv";
    private static final String USERS = "users.csv";

    /** These files state no amounts, so any currency will do to check their events with. */
    private static final Currency NO_AMOUNTS = Currency.getInstance("USD");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;
    private final TimeFormat times;

    /** What the small files explain. */
    private record Vocabulary(
            Map<String, String> stages, Map<String, String> lostReasons, Map<String, ActivityType> activityTypes) {}

    private record ActivityType(String name, boolean active) {}

    /**
     * @param folder holds deal_changes.csv, activity.csv, activity_types.csv, stages.csv, fields.csv and users.csv
     * @param zone zone of the times
     */
    public PipedriveChangelogImporter(Path folder, ZoneId zone) {
        this.folder = folder;
        this.times = TimeFormat.iso(zone);
    }

    @Override
    public List<Path> files() {
        return List.of(CHANGES, ACTIVITIES, ACTIVITY_TYPES, STAGES, FIELDS, USERS).stream()
                .map(folder::resolve)
                .toList();
    }

    @Override
    public ImportedHistory read(LongConsumer bytesRead) throws IOException {
        ImportedHistory history = new ImportedHistory(NO_AMOUNTS);
        Vocabulary vocabulary = new Vocabulary(stages(bytesRead), lostReasons(bytesRead), activityTypes(bytesRead));
        Set<String> reused = ReusedIds.in(folder.resolve(CHANGES), "deal_id", row -> row.get("changed_field_key")
                .equals("add_time"));
        readUsers(history, bytesRead);
        readChanges(history, vocabulary, reused, bytesRead);
        readActivities(history, vocabulary, reused, bytesRead);
        return history;
    }

    private void readUsers(ImportedHistory history, LongConsumer bytesRead) throws IOException {
        Set<String> ids = new HashSet<>();
        try (CsvFile users = open(USERS, List.of("id"), bytesRead)) {
            for (CsvRow row = users.next(); row != null; row = users.next()) {
                history.convert(row, (user, records) -> {
                    String id = user.need("id");
                    if (!ids.add(id)) {
                        throw new RowException(RowReason.REUSED_ID, "user " + id + " stands twice");
                    }
                    ObjectNode rep = ImportedRecord.newValue();
                    rep.put("id", id);
                    rep.put("effective_from", MavenCrmImporter.ALWAYS);
                    records.rep(id, MavenCrmImporter.ALWAYS, rep);
                });
            }
        }
    }

    private void readChanges(ImportedHistory history, Vocabulary vocabulary, Set<String> reused, LongConsumer bytesRead)
            throws IOException {
        List<String> columns = List.of("deal_id", "change_time", "changed_field_key", "new_value");
        try (CsvFile changes = open(CHANGES, columns, bytesRead)) {
            for (CsvRow row = changes.next(); row != null; row = changes.next()) {
                history.convert(row, (change, records) -> convertChange(change, vocabulary, reused, records));
            }
        }
    }

    private void convertChange(CsvRow row, Vocabulary vocabulary, Set<String> reused, ImportedHistory.Records records)
            throws RowException {
        String deal = dealOf(row, reused);
        String value = row.need("new_value");
        String key = row.need("changed_field_key");
        OffsetDateTime time = time(row, "change_time");
        ObjectNode event =
                switch (key) {
                    case "add_time" -> {
                        // The value, not the change, says when the deal began.
                        time = time(row, "new_value");
                        yield event(row, EventKind.DEAL_OPENED, time, deal);
                    }
                    case "user_id" ->
                        event(row, EventKind.DEAL_UPDATED, time, deal).put("owner", value);
                    case "stage_id" ->
                        event(row, EventKind.DEAL_STAGE_CHANGED, time, deal)
                                .put("stage", explained(vocabulary.stages(), "stage_id", value, STAGES));
                    case "lost_reason" ->
                        event(row, EventKind.DEAL_LOST, time, deal)
                                .put("reason", explained(vocabulary.lostReasons(), "lost_reason", value, FIELDS));
                    default ->
                        throw new RowException(
                                RowReason.UNKNOWN_VALUE,
                                "changed_field_key \"" + key + "\"; allowed: add_time, user_id, stage_id, lost_reason");
                };
        records.event(Topics.ACTIVITIES, lead(deal), time, event);
    }

    private void readActivities(
            ImportedHistory history, Vocabulary vocabulary, Set<String> reused, LongConsumer bytesRead)
            throws IOException {
        List<String> columns = List.of("activity_id", "type", "assigned_to_user", "deal_id", "done", "due_to");
        Set<String> ids = new HashSet<>();
        try (CsvFile activities = open(ACTIVITIES, columns, bytesRead)) {
            for (CsvRow row = activities.next(); row != null; row = activities.next()) {
                history.convert(row, (activity, records) -> {
                    if (!ids.add(activity.get("activity_id"))) {
                        records.note("activities that repeat an id");
                    }
                    convertActivity(activity, vocabulary, reused, records);
                });
            }
        }
    }

    private void convertActivity(CsvRow row, Vocabulary vocabulary, Set<String> reused, ImportedHistory.Records records)
            throws RowException {
        String deal = dealOf(row, reused);
        ActivityType type = explained(vocabulary.activityTypes(), "type", row.need("type"), ACTIVITY_TYPES);
        if (!type.active()) {
            records.note("activities of the inactive type " + type.name());
        }
        switch (row.need("done").toLowerCase(Locale.ROOT)) {
            case "true" -> {
                OffsetDateTime time = time(row, "due_to");
                EventKind kind = kindOf(type);
                ObjectNode event = event(row, kind, time, deal).put("actor", row.need("assigned_to_user"));
                if (kind == EventKind.CALL) {
                    event.put("direction", Direction.OUTBOUND.name().toLowerCase(Locale.ROOT));
                }
                records.event(Topics.ACTIVITIES, lead(deal), time, event);
            }
            case "false" ->
                throw new RowException(
                        RowReason.NO_PLANNING_TIME, type.name() + " not done, and nothing says when it was planned");
            default ->
                throw new RowException(
                        RowReason.INVALID_VALUE, "done \"" + row.get("done") + "\"; allowed: True, False");
        }
    }

    /** The name tells what a type is; its key does not ({@code meeting} is the key of "Sales Call 1"). */
    private static EventKind kindOf(ActivityType type) {
        String name = type.name().toLowerCase(Locale.ROOT);
        if (name.contains("call")) {
            return EventKind.CALL;
        }
        return name.contains("meeting") ? EventKind.MEETING_COMPLETED : EventKind.TASK_DONE;
    }

    private static ObjectNode event(CsvRow row, EventKind kind, OffsetDateTime time, String deal) {
        ObjectNode value = ImportedRecord.newValue();
        value.put("source", SOURCE);
        value.put("id", row.file() + ':' + row.line());
        value.put("kind", kind.wireName());
        value.put("time", TimeFormat.rfc3339(time));
        value.put("lead", lead(deal));
        value.put("deal", deal);
        return value;
    }

    private static String lead(String deal) {
        return "deal:" + deal;
    }

    private static String dealOf(CsvRow row, Set<String> reused) throws RowException {
        String deal = row.need("deal_id");
        if (reused.contains(deal)) {
            throw new RowException(RowReason.REUSED_ID, "deal_id " + deal + " stands for more than one deal");
        }
        return deal;
    }

    private OffsetDateTime time(CsvRow row, String column) throws RowException {
        try {
            return times.parse(row.need(column));
        } catch (DateTimeException e) {
            throw new RowException(RowReason.INVALID_TIME, column + ": " + e.getMessage());
        }
    }

    private static <T> T explained(Map<String, T> known, String column, String value, String where)
            throws RowException {
        T meaning = known.get(value);
        if (meaning == null) {
            throw new RowException(RowReason.UNKNOWN_VALUE, column + " \"" + value + "\" is not in " + where);
        }
        return meaning;
    }

    private Map<String, String> stages(LongConsumer bytesRead) throws IOException {
        Map<String, String> stages = new HashMap<>();
        readReference(
                STAGES,
                List.of("stage_id", "stage_name"),
                bytesRead,
                row -> stages.put(row.get("stage_id"), row.get("stage_name")));
        return stages;
    }

    private Map<String, ActivityType> activityTypes(LongConsumer bytesRead) throws IOException {
        Map<String, ActivityType> types = new HashMap<>();
        readReference(
                ACTIVITY_TYPES,
                List.of("name", "active", "type"),
                bytesRead,
                row -> types.put(
                        row.get("type"),
                        new ActivityType(row.get("name"), row.get("active").equalsIgnoreCase("yes"))));
        return types;
    }

    /** The options of the field lost_reason, a JSON array of id and label in one cell. */
    private Map<String, String> lostReasons(LongConsumer bytesRead) throws IOException {
        Map<String, String> reasons = new HashMap<>();
        readReference(FIELDS, List.of("FIELD_KEY", "FIELD_VALUE_OPTIONS"), bytesRead, row -> {
            if (row.get("FIELD_KEY").equals("lost_reason")) {
                options(row)
                        .forEach(option -> reasons.put(
                                option.path("id").asText(), option.path("label").asText()));
            }
        });
        return reasons;
    }

    private static JsonNode options(CsvRow row) {
        try {
            return MAPPER.readTree(row.get("FIELD_VALUE_OPTIONS"));
        } catch (JsonProcessingException e) {
            throw new UnusableInputException(
                    row.file() + ":" + row.line() + ": FIELD_VALUE_OPTIONS is no JSON: " + e.getOriginalMessage());
        }
    }

    private interface ReferenceRow {
        void read(CsvRow row);
    }

    /** Reads a small file that explains others; without any of its rows the others cannot be understood. */
    private void readReference(String name, List<String> columns, LongConsumer bytesRead, ReferenceRow each)
            throws IOException {
        try (CsvFile file = open(name, columns, bytesRead)) {
            for (CsvRow row = file.next(); row != null; row = file.next()) {
                each.read(row.wellFormed());
            }
        }
    }

    private CsvFile open(String name, List<String> columns, LongConsumer bytesRead) throws IOException {
        return CsvFile.open(folder.resolve(name), CsvLayout.STANDARD, columns, bytesRead);
    }
}
