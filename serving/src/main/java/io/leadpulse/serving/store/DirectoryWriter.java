package io.leadpulse.serving.store;

import io.leadpulse.domain.goal.Goal;
import io.leadpulse.domain.goal.GoalMeasure;
import io.leadpulse.domain.lead.Funnel;
import io.leadpulse.domain.score.ScoreRules;
import io.leadpulse.domain.stage.LeadStages;
import io.leadpulse.domain.stage.StageLimits;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.config.RepRecord;
import io.leadpulse.schemas.result.Unit;
import io.leadpulse.serving.read.ResultHandler;
import io.leadpulse.serving.read.ResultUpdate;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes what the configuration and its topics say: reps as they are now, goals as they were given, a mark where the
 * rules changed, stages and steps in their order. The topics are small and are read from their beginning at each start; of records with one key the
 * newest counts, one that is not valid has no effect. The tables are replaced as a whole, when something differs.
 */
final class DirectoryWriter implements ResultHandler {
    static final List<String> TOPICS = List.of(Topics.REPS, Topics.GOALS, Topics.RULES);

    /**
     * Lock of the transactions in which alerts get the teams of their owners: reps change either before or after a batch
     * is written, never unseen in between.
     */
    static final long TEAMS_LOCK = 0x7EA75L;

    private final DataSource database;
    private final LeadpulseConfig config;
    private final Clock clock;
    /** By topic and key, in the order in which they were written. */
    private final Map<List<String>, ConfigurationRecord> records = new LinkedHashMap<>();

    private volatile Directory directory;
    private boolean caughtUp;
    private Content written;

    /** All that is in the tables. */
    private record Content(
            List<List<Object>> reps,
            List<List<Object>> goals,
            List<List<Object>> rules,
            List<List<Object>> stages,
            List<List<Object>> steps) {}

    DirectoryWriter(DataSource database, LeadpulseConfig config, Clock clock) {
        this.database = database;
        this.config = config;
        this.clock = clock;
        this.directory = Directory.of(config, List.of());
    }

    @Override
    public synchronized void accept(List<ResultUpdate> updates, Map<TopicPartition, Long> next) throws SQLException {
        for (ResultUpdate update : updates) {
            String place = update.partition() + "/" + update.offset();
            List<String> key = List.of(
                    update.topic(), update.key() == null ? place : new String(update.key(), StandardCharsets.UTF_8));
            records.remove(key);
            if (update.value() != null) {
                records.put(
                        key,
                        new ConfigurationRecord(update.topic(), new String(update.value(), StandardCharsets.UTF_8)));
            }
        }
        if (!updates.isEmpty()) {
            directory = Directory.of(config, List.copyOf(records.values()));
        }
        if (caughtUp) {
            write();
        }
    }

    @Override
    public synchronized void caughtUp() {
        try {
            caughtUp = true;
            write();
        } catch (SQLException e) {
            throw new StoreException("cannot write reps and goals", e);
        }
    }

    /** Who works here and by which rules, as far as it has been read. */
    Directory directory() {
        return directory;
    }

    /** Writes what has come into force since; call from time to time. */
    synchronized void refresh() throws SQLException {
        if (caughtUp) {
            write();
        }
    }

    private void write() throws SQLException {
        Content content = new Content(reps(), goals(), rules(), stages(), steps());
        if (content.equals(written)) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("select pg_advisory_xact_lock(" + TEAMS_LOCK + ")");
                statement.execute("delete from leadpulse.rep");
                statement.execute("delete from leadpulse.goal_given");
                statement.execute("delete from leadpulse.annotation where kind = 'rules_changed'");
                statement.execute("delete from leadpulse.stage");
                statement.execute("delete from leadpulse.funnel_step");
                insert(connection, "stage", content.stages());
                insert(connection, "funnel_step", content.steps());
                insert(connection, "rep", content.reps());
                insert(connection, "goal_given", content.goals());
                insert(connection, "annotation", content.rules());
                // Results name an owner without his team: of open alerts it is that of now, of what is over that of
                // then,
                // unless the reps had not been read yet.
                statement.execute(
                        "update leadpulse.alert a set team = r.team from leadpulse.rep r"
                                + " where r.rep = a.owner and (a.is_open or a.team is null) and a.team is distinct from r.team");
                statement.execute("update leadpulse.band_change b set team = r.team from leadpulse.rep r"
                        + " where r.rep = b.owner and b.team is null and r.team is not null");
            }
            connection.commit();
        }
        written = content;
    }

    private List<List<Object>> reps() {
        long now = clock.millis();
        List<List<Object>> rows = new ArrayList<>();
        for (String id : directory.reps()) {
            Optional<RepRecord> found = directory.repAt(id, now);
            found.ifPresent(
                    rep -> rows.add(row(id, rep.name(), rep.team(), rep.manager(), rep.deputy(), rep.active())));
        }
        return rows;
    }

    private List<List<Object>> goals() {
        List<List<Object>> rows = new ArrayList<>();
        for (Goal goal : directory.goals().goals()) {
            rows.add(row(
                    goal.scope(),
                    measure(goal),
                    goal.periodKind().wireName(),
                    goal.isRecurring()
                            ? ""
                            : LocalDate.ofEpochDay(goal.periodEpochDay()).toString(),
                    time(goal.effectiveFromMillis()),
                    (goal.measure() == GoalMeasure.WON_AMOUNT ? Unit.MONEY : Unit.COUNT).wireName(),
                    goal.amount()));
        }
        rows.sort(Comparator.comparing(List::toString));
        return rows;
    }

    /** The name on the wire, as in {@code sales.goals.v1}. */
    private static String measure(Goal goal) {
        return switch (goal.measure()) {
            case WON_AMOUNT -> "won_amount";
            case DEALS_WON -> "won_count";
            case QUALIFIED_LEADS -> "leads_sales_qualified";
            case ACTIVITIES -> "activities:" + goal.activity().wireName();
        };
    }

    /** A mark for every version but the first, which held from the beginning. */
    private List<List<Object>> rules() {
        List<List<Object>> rows = new ArrayList<>();
        List<ScoreRules> versions = directory.rules().versions();
        for (ScoreRules rules : versions.subList(1, versions.size())) {
            String at = time(rules.effectiveFromMillis());
            rows.add(row(
                    "rules/" + rules.version() + '@' + at,
                    (long) rules.version(),
                    at,
                    "rules_changed",
                    "Rules of the score: version " + rules.version(),
                    null,
                    null,
                    null));
        }
        return rows;
    }

    /** The stages of leads, then those of deals, each in their order, with the limits of now. */
    private List<List<Object>> stages() {
        StageLimits limits = directory.stageLimitsAt(clock.millis());
        List<String> ofLeads = List.of(LeadStages.NEW, LeadStages.CONTACTED, LeadStages.QUALIFIED);
        List<String> ofDeals = config.dealStages().open();
        Map<String, List<Object>> rows = new LinkedHashMap<>();
        for (String stage : ofLeads) {
            rows.put(stage, row(stage, rows.size(), false, limit(limits, stage)));
        }
        for (String stage : ofDeals) {
            rows.putIfAbsent(stage, row(stage, rows.size(), true, limit(limits, stage)));
        }
        return List.copyOf(rows.values());
    }

    private static BigDecimal limit(StageLimits limits, String stage) {
        long milliDays = limits.limitMilliDays(stage);
        return milliDays == StageLimits.NO_LIMIT ? null : BigDecimal.valueOf(milliDays, 3);
    }

    private List<List<Object>> steps() {
        List<List<Object>> rows = new ArrayList<>();
        for (String step : Funnel.steps(config.dealStages())) {
            String title =
                    step.startsWith(Funnel.STAGE) ? step.substring(Funnel.STAGE.length()) : step.replace('_', ' ');
            rows.add(row(step, rows.size(), title));
        }
        return rows;
    }

    private static String time(long millis) {
        return millis == Long.MIN_VALUE ? "-infinity" : Rfc3339.text(millis);
    }

    /** Like List.of, with nulls. */
    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    private static void insert(Connection connection, String table, List<List<Object>> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        String marks = String.join(", ", Collections.nCopies(rows.get(0).size(), "?"));
        try (PreparedStatement insert =
                connection.prepareStatement("insert into leadpulse." + table + " values (" + marks + ")")) {
            for (List<Object> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    // Untyped, so that the database reads each text as its column's type.
                    Object value = row.get(i);
                    if (value instanceof String text) {
                        insert.setObject(i + 1, text, Types.OTHER);
                    } else {
                        insert.setObject(i + 1, value);
                    }
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
