package io.leadpulse.serving.alert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** The log of what was sent, in the tables {@code alert_message} and {@code alert_dispatch}. */
public final class PostgresSentLog implements SentLog {

    /**
     * All of every message of which anything stands, ended within {@link SentLog#MATTERS}, or was told of an alert that is
     * open, be it under the name of a lead that was merged.
     */
    private static final String LOAD = """
            with open as (
                select alert from leadpulse.alert where is_open
                union
                select unnest(string_to_array(details ->> 'replaces', ' ')) from leadpulse.alert where is_open)
            select alert, severity, told_again_at, audience, intended, nth, recipient, message_id, kind, sent_at, ended_at,
                   outcome, ended_with
            from leadpulse.alert_message
            where message_id in (
                select message_id from leadpulse.alert_message
                where ended_at is null or ended_at > now() - make_interval(days => %d)
                    or alert in (select alert from open))
            order by sent_at, message_id, alert, nth
            """.formatted(MATTERS.toDays());

    /** All of it: a row of the same key may be so old that it was forgotten, and is told anew. */
    private static final String WRITE = """
            insert into leadpulse.alert_message (alert, severity, told_again_at, audience, intended, nth, recipient,
                                                 message_id, kind, sent_at, ended_at, outcome, ended_with)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (alert, severity, told_again_at, audience, intended, nth)
            do update set recipient = excluded.recipient, message_id = excluded.message_id, kind = excluded.kind,
                          sent_at = excluded.sent_at, ended_at = excluded.ended_at, outcome = excluded.outcome,
                          ended_with = excluded.ended_with
            """;

    private static final String FIRST_CAUGHT_UP = """
            insert into leadpulse.alert_dispatch (first_caught_up_at) values (?)
            on conflict (singleton) do update
            set first_caught_up_at = coalesce(alert_dispatch.first_caught_up_at, excluded.first_caught_up_at)
            """;

    private static final String POSTED = """
            insert into leadpulse.alert_dispatch (posted_at) values (?)
            on conflict (singleton) do update set posted_at = excluded.posted_at
            """;

    private final DataSource database;

    /** A log in a database that has the tables. */
    public PostgresSentLog(DataSource database) {
        this.database = database;
    }

    @Override
    public Contents load() {
        try (Connection connection = database.getConnection();
                PreparedStatement tellings = connection.prepareStatement(LOAD);
                ResultSet row = tellings.executeQuery()) {
            List<Telling> read = new ArrayList<>();
            while (row.next()) {
                read.add(telling(row));
            }
            try (PreparedStatement dispatch = connection.prepareStatement(
                            "select first_caught_up_at, posted_at from leadpulse.alert_dispatch");
                    ResultSet times = dispatch.executeQuery()) {
                return times.next()
                        ? new Contents(read, millis(times, "first_caught_up_at"), millis(times, "posted_at"))
                        : new Contents(read, NEVER, NEVER);
            }
        } catch (SQLException e) {
            throw new SentLogException("cannot read what was sent", e);
        }
    }

    @Override
    public void write(List<Telling> tellings) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(WRITE)) {
                for (Telling telling : tellings) {
                    insert.setString(1, telling.alert());
                    insert.setString(2, telling.severity().wireName());
                    insert.setObject(3, time(telling.roundMillis()));
                    insert.setString(4, telling.audience().wireName());
                    insert.setString(5, telling.intended());
                    insert.setInt(6, telling.nth());
                    insert.setString(7, telling.recipient());
                    insert.setString(8, telling.messageId());
                    insert.setString(9, telling.kind().wireName());
                    insert.setObject(10, time(telling.sentMillis()));
                    insert.setObject(11, telling.active() ? null : time(telling.endedMillis()));
                    insert.setString(
                            12,
                            telling.outcome() == null ? null : telling.outcome().wireName());
                    insert.setString(13, telling.endedWith());
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new SentLogException("cannot write what is about to be sent", e);
        }
    }

    @Override
    public void firstCaughtUp(long atMillis) {
        note(FIRST_CAUGHT_UP, atMillis);
    }

    @Override
    public void posted(long atMillis) {
        note(POSTED, atMillis);
    }

    private void note(String sql, long atMillis) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, time(atMillis));
            statement.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new SentLogException("cannot note when it was sent", e);
        }
    }

    private static Telling telling(ResultSet row) throws SQLException {
        long endedMillis = millis(row, "ended_at");
        String outcome = row.getString("outcome");
        return new Telling(
                row.getString("alert"),
                Severity.valueOf(constant(row.getString("severity"))),
                millis(row, "told_again_at"),
                Audience.valueOf(constant(row.getString("audience"))),
                row.getString("intended"),
                row.getInt("nth"),
                row.getString("recipient"),
                row.getString("message_id"),
                MessageKind.valueOf(constant(row.getString("kind"))),
                millis(row, "sent_at"),
                endedMillis == NEVER ? 0 : endedMillis,
                outcome == null ? null : Outcome.valueOf(constant(outcome)),
                row.getString("ended_with"));
    }

    private static String constant(String wireName) {
        return wireName.toUpperCase(Locale.ROOT);
    }

    private static OffsetDateTime time(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    }

    private static long millis(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? NEVER : time.toInstant().toEpochMilli();
    }
}
