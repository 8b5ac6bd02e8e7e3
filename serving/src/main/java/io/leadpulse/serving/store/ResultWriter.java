package io.leadpulse.serving.store;

import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.config.RecordCheck;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.serving.read.ResultHandler;
import io.leadpulse.serving.read.ResultUpdate;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches of results, each in one transaction with the positions behind it, so that a batch has its effect once
 * or not at all, whatever dies. When it is not known whether a batch was written (the connection broke while it was
 * committed) the positions tell: a batch whose positions stand already is left out.
 *
 * <p>It holds one connection, and on it a lock of the database by which no second one writes at the same time. After any
 * failure the connection is given up and the caller hands the same batch in again.
 */
final class ResultWriter implements ResultHandler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultWriter.class);

    /** What is written, and therefore read. */
    static final List<String> TOPICS = List.of(
            Topics.PROFILES,
            Topics.LEDGER,
            Topics.ALERTS,
            Topics.ROLLUPS,
            Topics.PROGRESS,
            Topics.DWELL,
            Topics.DEAD_LETTERS,
            Topics.COMPANY_EVENTS);

    /** Any number that nothing else in the database locks. */
    private static final long ONE_WRITER = 0x1EADL;

    private static final String CAUGHT_UP = "caught_up_at";
    private static final String LIVE_SINCE = "live_since";

    private final DataSource database;
    private final LeadpulseConfig config;
    private final ResultCodecs codecs;
    private final EventDecoder decoder;

    private Connection connection;
    private Map<TopicPartition, Long> written = new HashMap<>();
    /** Whether the last batch may have been written although it failed. */
    private boolean uncertain;

    private boolean complete;
    /** See {@link Said#liveSinceMillis}; read by the writing thread, set by another. */
    private volatile long liveSinceMillis = Long.MAX_VALUE;

    ResultWriter(DataSource database, LeadpulseConfig config, String configYaml) {
        this.database = database;
        this.config = config;
        this.codecs = new ResultCodecs(config.company().currency());
        this.decoder = new EventDecoder(config.decodeSettings(), new RecordCheck(configYaml, List.of()));
    }

    /** Where to go on reading, as it stands in the database. */
    static Map<TopicPartition, Long> positions(Connection connection) throws SQLException {
        Map<TopicPartition, Long> positions = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select topic, partition, next_offset from leadpulse.consumer_position")) {
            while (rows.next()) {
                positions.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
            }
        }
        return positions;
    }

    @Override
    public void accept(List<ResultUpdate> updates, Map<TopicPartition, Long> next) throws SQLException, IOException {
        try {
            connect();
            if (uncertain && written.entrySet().containsAll(next.entrySet())) {
                uncertain = false;
                return;
            }
            uncertain = true;
            write(updates, next);
            connection.commit();
            uncertain = false;
            written.putAll(next);
        } catch (SQLException | IOException | RuntimeException e) {
            giveUp(e);
            throw e;
        }
    }

    @Override
    public void caughtUp() {
        try {
            connect();
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into leadpulse.setting values (?, ?) on conflict do nothing")) {
                insert.setString(1, CAUGHT_UP);
                insert.setString(2, Instant.now().toString());
                insert.executeUpdate();
            }
            connection.commit();
            complete = true;
        } catch (SQLException e) {
            giveUp(e);
            throw new StoreException("cannot write that all results are there", e);
        }
    }

    /** Whether it is known since when results are live; false before the database has first answered. */
    boolean isLive() {
        return liveSinceMillis != Long.MAX_VALUE;
    }

    /**
     * The engine has now read all that stood in the topics of events and said what follows, see {@link LiveStart}. Only the
     * first time counts, also over restarts.
     *
     * @param other a connection of its own, in auto-commit mode
     */
    void live(Connection other, Instant now) throws SQLException {
        try (PreparedStatement insert =
                other.prepareStatement("insert into leadpulse.setting values (?, ?) on conflict do nothing")) {
            insert.setString(1, LIVE_SINCE);
            insert.setString(2, now.toString());
            insert.executeUpdate();
        }
        readLiveSince(other);
    }

    private void readLiveSince(Connection any) throws SQLException {
        try (Statement statement = any.createStatement();
                ResultSet since = statement.executeQuery(
                        "select value from leadpulse.setting where key = '" + LIVE_SINCE + "'")) {
            if (since.next()) {
                liveSinceMillis = Instant.parse(since.getString(1)).toEpochMilli();
            }
        }
    }

    /** Gives the connection back. */
    @Override
    public void close() {
        if (connection != null) {
            giveUp(null);
        }
    }

    private void connect() throws SQLException {
        if (connection != null) {
            return;
        }
        connection = database.getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            try (ResultSet locked = statement.executeQuery("select pg_try_advisory_lock(" + ONE_WRITER + ")")) {
                locked.next();
                if (!locked.getBoolean(1)) {
                    throw new SQLException("another process writes to this database", "55P03");
                }
            }
            for (Table table : Table.ALL) {
                statement.execute(table.makeIncoming());
                statement.execute(table.makeGone());
            }
            try (ResultSet caughtUp =
                    statement.executeQuery("select 1 from leadpulse.setting where key = '" + CAUGHT_UP + "'")) {
                complete = caughtUp.next();
            }
        }
        written = positions(connection);
        readLiveSince(connection);
        connection.commit();
    }

    private void giveUp(Exception why) {
        Connection broken = connection;
        connection = null;
        if (broken == null) {
            return;
        }
        try {
            // The lock and the temporary tables live as long as the session, which a pool would keep.
            broken.abort(Runnable::run);
            broken.close();
        } catch (SQLException e) {
            if (why != null) {
                why.addSuppressed(e);
            }
        }
    }

    private void write(List<ResultUpdate> updates, Map<TopicPartition, Long> next) throws SQLException, IOException {
        ResultRows results = new ResultRows(codecs, decoder, config.company().zone(), new Tables(bandsOf(updates)));
        for (ResultUpdate update : updates) {
            try {
                results.add(update);
            } catch (IllegalArgumentException e) {
                // Reading it again would not help, and it must not keep all others out of the tables.
                LOG.error(
                        "store: the record at {}/{} cannot be read and is left out",
                        update.partition(),
                        update.offset());
            }
        }
        Rows rows = results.rows();
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        try (Statement statement = connection.createStatement()) {
            for (Table table : Table.ALL) {
                copy(copy, table.copyGone(), rows.gone(table), table.keyColumns());
                copy(
                        copy,
                        table.copyIncoming(),
                        rows.present(table),
                        table.columns().size());
            }
            deleteOldDeals(results.leadsWithAllDeals());
            if (!rows.present(Table.ALERT).isEmpty()
                    || !rows.present(Table.BAND_CHANGE).isEmpty()) {
                statement.execute("select pg_advisory_xact_lock_shared(" + DirectoryWriter.TEAMS_LOCK + ")");
            }
            if (!rows.present(Table.PROGRESS).isEmpty()) {
                statement.executeUpdate("delete from leadpulse.progress_goal g using incoming_progress p"
                        + " where g.scope = p.scope and g.period_kind = p.period_kind and g.period = p.period");
            }
            for (Table table : Table.ALL) {
                if (!rows.gone(table).isEmpty()) {
                    statement.executeUpdate(table.delete());
                }
                if (!rows.present(table).isEmpty()) {
                    statement.executeUpdate(table.upsert());
                }
            }
        }
        writePositions(next);
    }

    private static void copy(CopyManager copy, String sql, Collection<Object[]> rows, int columns)
            throws SQLException, IOException {
        if (rows.isEmpty()) {
            return;
        }
        CopyText text = new CopyText();
        for (Object[] row : rows) {
            text.add(row, columns);
        }
        copy.copyIn(sql, new StringReader(text.toString()));
    }

    private void deleteOldDeals(Set<String> leads) throws SQLException {
        if (leads.isEmpty()) {
            return;
        }
        try (PreparedStatement delete =
                connection.prepareStatement("delete from leadpulse.deal d where d.lead = any (?) and not exists"
                        + " (select from incoming_deal i where i.lead = d.lead and i.deal = d.deal)")) {
            delete.setArray(1, connection.createArrayOf("text", leads.toArray()));
            delete.executeUpdate();
        }
    }

    private void writePositions(Map<TopicPartition, Long> next) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("insert into leadpulse.consumer_position values (?, ?, ?)"
                        + " on conflict (topic, partition) do update set next_offset = excluded.next_offset")) {
            for (Map.Entry<TopicPartition, Long> each : next.entrySet()) {
                if (!each.getValue().equals(written.get(each.getKey()))) {
                    upsert.setString(1, each.getKey().topic());
                    upsert.setInt(2, each.getKey().partition());
                    upsert.setLong(3, each.getValue());
                    upsert.addBatch();
                }
            }
            upsert.executeBatch();
        }
    }

    private Map<String, String> bandsOf(List<ResultUpdate> updates) throws SQLException {
        Set<String> leads = new HashSet<>();
        for (ResultUpdate update : updates) {
            if (update.topic().equals(Topics.PROFILES)) {
                leads.add(new String(update.key(), StandardCharsets.UTF_8));
            }
        }
        Map<String, String> bands = new HashMap<>();
        if (leads.isEmpty()) {
            return bands;
        }
        try (PreparedStatement select =
                connection.prepareStatement("select lead, band from leadpulse.lead where lead = any (?)"
                        + " union all select lead, '" + ResultRows.GONE
                        + "' from leadpulse.lead_gone where lead = any (?)")) {
            select.setArray(1, connection.createArrayOf("text", leads.toArray()));
            select.setArray(2, connection.createArrayOf("text", leads.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    bands.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return bands;
    }

    /** What the tables say in this transaction. */
    private final class Tables implements Said {
        private final Map<String, String> bands;

        private Tables(Map<String, String> bands) {
            this.bands = bands;
        }

        @Override
        public boolean isComplete() {
            return complete;
        }

        @Override
        public long liveSinceMillis() {
            return liveSinceMillis;
        }

        @Override
        public String band(String lead) {
            return bands.get(lead);
        }

        @Override
        public Long sum(String scope, String measure, LocalDate day) throws SQLException {
            try (PreparedStatement select = connection.prepareStatement("select value from leadpulse.rollup_day"
                    + " where scope = ? and measure = ? and dimension = '' and day = ?")) {
                select.setString(1, scope);
                select.setString(2, measure);
                select.setObject(3, day);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? rows.getLong(1) : null;
                }
            }
        }
    }
}
