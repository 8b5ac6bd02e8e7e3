package io.leadpulse.serving.store;

import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.serving.metrics.LeadCounts;
import io.leadpulse.serving.read.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts leads in the tables, whenever {@link #refresh} is called; in between, and while the database is away for a moment,
 * what was found last is told. After a minute without an answer it tells nothing: an old number would look like a new one.
 *
 * <p>A lead is open unless it is disqualified or a customer without an open deal. It waits for an answer to its raised
 * hand until it is contacted after it. Safe for several threads.
 */
final class StoredLeadCounts implements LeadCounts {
    private static final Logger LOG = LoggerFactory.getLogger(StoredLeadCounts.class);

    static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration USABLE = Duration.ofSeconds(60);
    private static final int QUERY_SECONDS = 5;

    private static final String OPEN = "(status not in ('disqualified', 'customer') or open_deals > 0)";
    private static final String OPEN_BY_BAND =
            "select band, owner, count(*) from leadpulse.lead where " + OPEN + " group by 1, 2 order by 1, 2";
    /** Each lead once, by where it stood at midnight and where it stands: there and back again is no move. */
    private static final String MOVED = """
            with moves as (
                select lead,
                    array_position(array['cold', 'warm', 'hot'], (array_agg(from_band order by at))[1]) as was,
                    array_position(array['cold', 'warm', 'hot'], (array_agg(to_band order by at desc))[1]) as is_now
                from leadpulse.band_change where at >= ? group by lead)
            select case when is_now > was then 'warmed' else 'cooled' end, l.owner, count(*)
            from moves join leadpulse.lead l using (lead) where is_now <> was group by 1, 2 order by 1, 2
            """;

    /** A raised hand waits while an answer is owed that it asked for; the last contact may be the raised hand itself. */
    private static final String WAITING = "select 'hand_raised', owner, count(*) from leadpulse.lead where " + OPEN
            + " and reply_owed_since <= hand_raised_at"
            + " group by 2 union all select 'reply_owed', owner, count(*) from leadpulse.lead where " + OPEN
            + " and reply_owed_since is not null group by 2"
            + " union all select 'unassigned', owner, count(*) from leadpulse.lead where " + OPEN
            + " and unassigned_since is not null group by 2 order by 1, 2";

    private static final String BY_CAMPAIGN = "select first_campaign, first_channel, band, count(*) from leadpulse.lead"
            + " where created_at >= ? and first_campaign is not null group by 1, 2, 3 order by 1, 2, 3";

    private static final String LEAD_TO_SQL =
            "select count(*) filter (where sales_qualified_at < created_at + interval '30 days'), count(*)"
                    + " from leadpulse.lead where created_at >= ? and created_at < ?";
    private static final String FIRST_CONTACT = "select percentile_disc(0.5) within group"
            + " (order by first_contact_business_seconds) from leadpulse.lead where created_at >= ?"
            + " and first_contact_business_seconds is not null";
    private static final Duration RATE_FROM = Duration.ofDays(120);
    private static final Duration RATE_UNTIL = Duration.ofDays(30);
    private static final Duration CONTACTS_FROM = Duration.ofDays(90);
    private static final Duration CAMPAIGNS_FROM = Duration.ofDays(28);

    private final DataSource database;
    private final ZoneId zone;
    private final Clock clock;

    private Counts last;
    private Instant foundAt = Instant.MIN;

    /** Counts with midnight in this zone. */
    StoredLeadCounts(DataSource database, ZoneId zone, Clock clock) {
        this.database = database;
        this.zone = zone;
        this.clock = clock;
    }

    /** Asks the database, once the tables are there. */
    void refresh() {
        Instant now = clock.instant();
        try (Connection connection = database.getConnection()) {
            found(find(connection, now), now);
        } catch (SQLException e) {
            LOG.warn("store: leads not counted: {}", Failure.describe(e));
        }
    }

    private synchronized void found(Counts counts, Instant now) {
        last = counts;
        foundAt = now;
    }

    @Override
    public synchronized Counts counts() {
        return foundAt.isBefore(clock.instant().minus(USABLE)) ? null : last;
    }

    private Counts find(Connection connection, Instant now) throws SQLException {
        Instant midnight = now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        List<Long> rate = numbers(connection, LEAD_TO_SQL, now.minus(RATE_FROM), now.minus(RATE_UNTIL));
        return new Counts(
                counts(connection, OPEN_BY_BAND),
                counts(connection, MOVED, midnight),
                counts(connection, WAITING),
                byCampaign(connection, now.minus(CAMPAIGNS_FROM)),
                new Ratio(rate.get(0), rate.get(1)),
                numbers(connection, FIRST_CONTACT, now.minus(CONTACTS_FROM)).get(0));
    }

    private static List<Count> counts(Connection connection, String sql, Instant... times) throws SQLException {
        List<Count> counts = new ArrayList<>();
        try (PreparedStatement select = prepared(connection, sql, times);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                counts.add(new Count(row.getString(1), row.getString(2), row.getLong(3)));
            }
        }
        return List.copyOf(counts);
    }

    private static List<CampaignCount> byCampaign(Connection connection, Instant from) throws SQLException {
        List<CampaignCount> counts = new ArrayList<>();
        try (PreparedStatement select = prepared(connection, BY_CAMPAIGN, from);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                counts.add(new CampaignCount(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)));
            }
        }
        return List.copyOf(counts);
    }

    /** The columns of the one row; null where it has no value. */
    private static List<Long> numbers(Connection connection, String sql, Instant... times) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (PreparedStatement select = prepared(connection, sql, times);
                ResultSet row = select.executeQuery()) {
            row.next();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                numbers.add(row.getObject(i, Long.class));
            }
        }
        return numbers;
    }

    private static PreparedStatement prepared(Connection connection, String sql, Instant... times) throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql);
        select.setQueryTimeout(QUERY_SECONDS);
        for (int i = 0; i < times.length; i++) {
            select.setObject(i + 1, times[i].atOffset(ZoneOffset.UTC));
        }
        return select;
    }
}
