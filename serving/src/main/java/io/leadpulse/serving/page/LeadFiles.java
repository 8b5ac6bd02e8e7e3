package io.leadpulse.serving.page;

import io.leadpulse.schemas.result.ResultCodecs;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads leads and alerts from the tables. */
final class LeadFiles {
    private static final String ALERT_COLUMNS =
            "select alert, cause, lead, deal, stage, since, limit_text, state, severity,"
                    + " raised_at, snoozed_until, is_open, details->>'sign', details->>'act' from leadpulse.alert ";

    private final DataSource database;
    private final ResultCodecs codecs;

    LeadFiles(DataSource database, ResultCodecs codecs) {
        this.database = database;
        this.codecs = codecs;
    }

    /** Everything of a lead as of one moment; empty if there is no such lead. */
    Optional<LeadFile> find(String lead) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            String json;
            try (PreparedStatement select =
                    connection.prepareStatement("select document::text from leadpulse.lead where lead = ?")) {
                select.setString(1, lead);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    json = row.getString(1);
                }
            }
            LeadFile file = new LeadFile(
                    null,
                    codecs.profiles().decode(json.getBytes(StandardCharsets.UTF_8)),
                    json,
                    ledger(connection, lead),
                    alerts(
                            connection,
                            "where lead = ? order by is_open desc, raised_at desc, alert limit " + LeadFile.MAX_ALERTS,
                            lead),
                    value(connection, lead),
                    besideWon(connection, lead));
            connection.commit();
            return Optional.of(file);
        }
    }

    /** What became of a lead that has nothing any more; empty if there is no such lead. */
    Optional<Gone> gone(String lead) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select merged_into, deleted_at from leadpulse.lead_gone where lead = ?")) {
            select.setString(1, lead);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new Gone(row.getString(1), instant(row, 2))) : Optional.empty();
            }
        }
    }

    /**
     * A lead that has nothing any more.
     *
     * @param mergedInto the lead under which it stands; null if it was deleted
     * @param deletedAt since when it is deleted; null if it was merged
     */
    record Gone(String mergedInto, Instant deletedAt) {}

    /** What the candidate rules would change, as of one moment. */
    CandidateEffect candidateEffect() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            CandidateEffect effect = CandidateEffect.read(connection);
            connection.commit();
            return effect;
        }
    }

    /** One alert; empty if there is no such alert. */
    Optional<LeadFile.AlertRow> alert(String alert) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return alerts(connection, "where alert = ?", alert).stream().findFirst();
        }
    }

    private static List<LeadFile.Entry> ledger(Connection connection, String lead) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select fact_id, event, time, rule, rule_version, group_name, points, product, withdrawn"
                        + " from leadpulse.ledger where lead = ? order by time desc, fact_id desc, rule desc")) {
            select.setString(1, lead);
            List<LeadFile.Entry> entries = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(new LeadFile.Entry(
                            Long.parseUnsignedLong(row.getString(1), 16),
                            row.getString(2),
                            instant(row, 3).toEpochMilli(),
                            row.getString(4),
                            row.getInt(5),
                            row.getString(6),
                            row.getDouble(7),
                            row.getString(8),
                            row.getString(9)));
                }
            }
            return entries;
        }
    }

    private static LeadFile.Value value(Connection connection, String lead) throws SQLException {
        List<LeadFile.Factor> factors = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select f ->> 'attribute', f ->> 'value', (f ->> 'log_odds')::float8 as log_odds"
                        + " from leadpulse.lead_value v, jsonb_array_elements(v.factors) f where v.lead = ?"
                        + " and f ->> 'value' is not null order by abs((f ->> 'log_odds')::float8) desc, 1")) {
            select.setString(1, lead);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    factors.add(new LeadFile.Factor(row.getString(1), row.getString(2), row.getDouble(3)));
                }
            }
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select probability, size_minor, expected_minor, v.needs, coalesce(q.won, 0), coalesce(q.lost, 0),"
                        + " likely_minor, typical_minor, typical_of, typical_deals"
                        + " from leadpulse.lead_value v left join leadpulse.win_quality q on true where v.lead = ?")) {
            select.setString(1, lead);
            try (ResultSet row = select.executeQuery()) {
                return !row.next()
                        ? null
                        : new LeadFile.Value(
                                row.getObject(1, Double.class),
                                row.getObject(2, Long.class),
                                row.getObject(3, Long.class),
                                row.getString(4),
                                row.getObject(7, Long.class),
                                row.getObject(8, Long.class),
                                row.getString(9),
                                row.getObject(10, Long.class),
                                row.getLong(5),
                                row.getLong(6),
                                factors);
            }
        }
    }

    /** Beside won leads; null for a lead that is not open. */
    private static LeadFile.BesideWon besideWon(Connection connection, String lead) throws SQLException {
        long wonLeads;
        try (PreparedStatement select =
                connection.prepareStatement("select coalesce((select max(won_leads) from leadpulse.won_by_age), 0)"
                        + " from leadpulse.lead where lead = ? and (stage is not null or open_deals > 0)"
                        + " and status <> 'customer'")) {
            select.setString(1, lead);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                wonLeads = row.getLong(1);
            }
        }
        Integer ageDays = null;
        List<LeadFile.DoneBeside> acts = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select age_days, rule, done, won_median"
                + " from leadpulse.lead_beside_won where lead = ? order by won_median desc, done desc, rule")) {
            select.setString(1, lead);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ageDays = row.getInt(1);
                    acts.add(new LeadFile.DoneBeside(row.getString(2), row.getLong(3), row.getDouble(4)));
                }
            }
        }
        return new LeadFile.BesideWon(ageDays, wonLeads, acts);
    }

    private static List<LeadFile.AlertRow> alerts(Connection connection, String where, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ALERT_COLUMNS + where)) {
            select.setString(1, id);
            List<LeadFile.AlertRow> alerts = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    alerts.add(new LeadFile.AlertRow(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            instant(row, 6),
                            row.getString(7),
                            row.getString(8),
                            row.getString(9),
                            instant(row, 10),
                            instant(row, 11),
                            row.getBoolean(12),
                            row.getString(13),
                            row.getString(14)));
                }
            }
            return alerts;
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
