package io.leadpulse.serving.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Deletes what is older than the retention: evidence (ledger, ended alerts, changes of band) as long ago, unless its
 * lead is still open, and marks, corrections, dead letters, messages about what is over, and courses of days. Sums by day
 * and profiles stay: they are few, and a year is compared with the one before.
 *
 * <p>A lead is open unless it is disqualified or a customer, and while it has an open deal.
 */
final class Retention {
    private static final String OF_A_LEAD_THAT_IS_OPEN = " and not exists (select from leadpulse.lead l where l.lead ="
            + " t.lead and (l.open_deals > 0 or l.status not in ('disqualified', 'customer')))";

    /** Else people would be told once more; a digest is labelled by all of its parts. */
    private static final String OF_A_MESSAGE_OF_WHICH_NOTHING_STANDS = """
             and message_id not in (
                select message_id from leadpulse.alert_message
                where ended_at is null or alert in (
                    select alert from leadpulse.alert where is_open
                    union
                    select unnest(string_to_array(details ->> 'replaces', ' ')) from leadpulse.alert where is_open))
            """;

    private static final List<String> DELETIONS = List.of(
            "delete from leadpulse.ledger t where t.time < ?" + OF_A_LEAD_THAT_IS_OPEN,
            "delete from leadpulse.alert t where t.ended_at < ?" + OF_A_LEAD_THAT_IS_OPEN,
            "delete from leadpulse.band_change t where t.at < ?" + OF_A_LEAD_THAT_IS_OPEN,
            "delete from leadpulse.annotation where at < ?",
            "delete from leadpulse.correction where noticed_at < ?",
            "delete from leadpulse.dead_letter where at < ?",
            "delete from leadpulse.alert_message where sent_at < ?" + OF_A_MESSAGE_OF_WHICH_NOTHING_STANDS,
            "delete from leadpulse.daily_digest where sent_at < ?",
            "delete from leadpulse.expected_curve where at < ?",
            "delete from leadpulse.rollup_slot where as_of < ?");

    private Retention() {}

    /**
     * Deletes what is older, each kind in a transaction of its own.
     *
     * @param connection in auto-commit mode
     * @param before instants earlier than this are too old
     * @return number of rows deleted
     */
    static long prune(Connection connection, Instant before) throws SQLException {
        long deleted = 0;
        for (String deletion : DELETIONS) {
            try (PreparedStatement delete = connection.prepareStatement(deletion)) {
                delete.setObject(1, before.atOffset(ZoneOffset.UTC));
                deleted += delete.executeLargeUpdate();
            }
        }
        return deleted;
    }
}
