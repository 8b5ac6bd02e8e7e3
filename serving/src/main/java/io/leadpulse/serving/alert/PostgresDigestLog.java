package io.leadpulse.serving.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.schemas.result.Unit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;

/** The daily digests in the table {@code daily_digest}, and what was restated by the table {@code correction}. */
public final class PostgresDigestLog implements DigestLog {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> CONTENTS = new TypeReference<>() {};

    /** So many corrections are told one by one. */
    static final int TOLD = 5;

    private static final String SINCE = "select day, recipient, message_id, sent_at, posted_at, contents"
            + " from leadpulse.daily_digest where sent_at >= ? order by sent_at, recipient";
    private static final String WRITE =
            "insert into leadpulse.daily_digest (day, recipient, message_id, sent_at, contents)"
                    + " values (?, ?, ?, ?, ?::jsonb) on conflict (day, recipient) do nothing";
    private static final String POSTED =
            "update leadpulse.daily_digest set posted_at = ? where day = ? and recipient = ?";
    /** A sum that was restated several times counts once, by its first and its last value. */
    private static final String CORRECTIONS = """
            select measure, day, unit, was, is_now, count(*) over () as all_of_them
            from (
                select measure, day, min(unit) as unit, (array_agg(from_value order by noticed_at))[1] as was,
                    (array_agg(to_value order by noticed_at desc))[1] as is_now
                from leadpulse.correction where scope = ? and noticed_at >= ? and noticed_at < ?
                group by measure, day) c
            where was <> is_now
            order by unit <> 'money', abs(is_now - was) desc, day desc, measure
            limit %d
            """.formatted(TOLD);

    private final DataSource database;

    /** A log in a database that has the tables. */
    public PostgresDigestLog(DataSource database) {
        this.database = database;
    }

    @Override
    public List<SentDigest> since(long sentMillis) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(SINCE)) {
            select.setObject(1, time(sentMillis));
            List<SentDigest> digests = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    OffsetDateTime posted = row.getObject("posted_at", OffsetDateTime.class);
                    digests.add(new SentDigest(
                            row.getObject("day", LocalDate.class),
                            row.getString("recipient"),
                            row.getString("message_id"),
                            row.getObject("sent_at", OffsetDateTime.class)
                                    .toInstant()
                                    .toEpochMilli(),
                            posted == null ? SentLog.NEVER : posted.toInstant().toEpochMilli(),
                            JSON.readValue(row.getString("contents"), CONTENTS)));
                }
            }
            return digests;
        } catch (SQLException | JsonProcessingException e) {
            throw new SentLogException("cannot read which digests were sent", e);
        }
    }

    @Override
    public void write(List<SentDigest> digests) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(WRITE)) {
                for (SentDigest digest : digests) {
                    insert.setObject(1, digest.day());
                    insert.setString(2, digest.recipient());
                    insert.setString(3, digest.messageId());
                    insert.setObject(4, time(digest.sentMillis()));
                    insert.setString(5, JSON.writeValueAsString(digest.contents()));
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            } catch (SQLException | JsonProcessingException e) {
                connection.rollback();
                throw new SentLogException("cannot write which digests are about to be sent", e);
            }
        } catch (SQLException e) {
            throw new SentLogException("cannot write which digests are about to be sent", e);
        }
    }

    @Override
    public void posted(List<SentDigest> digests, long atMillis) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(POSTED)) {
            for (SentDigest digest : digests) {
                update.setObject(1, time(atMillis));
                update.setObject(2, digest.day());
                update.setString(3, digest.recipient());
                update.addBatch();
            }
            update.executeBatch();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new SentLogException("cannot note when digests were taken", e);
        }
    }

    @Override
    public Corrections corrections(long fromMillis, long untilMillis) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(CORRECTIONS)) {
            select.setString(1, Scope.COMPANY);
            select.setObject(2, time(fromMillis));
            select.setObject(3, time(untilMillis));
            List<Corrections.Correction> largest = new ArrayList<>();
            long count = 0;
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    count = row.getLong("all_of_them");
                    largest.add(new Corrections.Correction(
                            row.getString("measure"),
                            row.getObject("day", LocalDate.class),
                            row.getLong("was"),
                            row.getLong("is_now"),
                            Unit.valueOf(row.getString("unit").toUpperCase(Locale.ROOT))));
                }
            }
            return new Corrections(count, largest);
        } catch (SQLException e) {
            throw new SentLogException("cannot read what was restated", e);
        }
    }

    private static OffsetDateTime time(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    }
}
