package io.leadpulse.serving.store;

import io.leadpulse.domain.assignment.Assignment;
import io.leadpulse.domain.assignment.Seller;
import io.leadpulse.domain.assignment.Seller.Presence;
import io.leadpulse.domain.assignment.UnownedLead;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.RepRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Proposes owners for the leads that nobody owns, from the published profiles and the directory, by
 * {@link Assignment}; the value of a lead is what it is likely to bring, by a usual size where none is known, and the amount of
 * its open deals as long as no lead is valued. What it finds stands in the table {@code proposed_owner}, for the boards, and
 * here.
 *
 * <p>Who leads others and works on no lead himself gets none, as long as there is anybody else.
 */
final class ProposedOwners {
    private static final String UNOWNED = "select l.lead, l.product, l.reply_owed_since <= l.hand_raised_at,"
            + " l.band = 'hot', coalesce(v.likely_minor, case when not exists"
            // An amount is no likely value: beside one it would put what is not yet valued first.
            + " (select from leadpulse.lead_value where likely_minor is not null) then l.open_amount_minor end),"
            + " coalesce(l.created_at, l.unassigned_since) from leadpulse.lead l"
            + " left join leadpulse.lead_value v on v.lead = l.lead where l.unassigned_since is not null";
    private static final String LOAD = "select owner, count(*) from ("
            + "select owner, lead from leadpulse.lead where status not in ('disqualified', 'customer')"
            + " union select owner, lead from leadpulse.deal where state = 'open') as worked_on"
            + " where owner is not null group by 1";

    private final DataSource database;
    private final Supplier<Directory> directory;
    private final Clock clock;
    private volatile Map<String, String> proposals = Map.of();

    ProposedOwners(DataSource database, Supplier<Directory> directory, Clock clock) {
        this.database = database;
        this.directory = directory;
        this.clock = clock;
    }

    /** Who is to get a lead; null if somebody owns it or nobody present sells its product. */
    String of(String lead) {
        return proposals.get(lead);
    }

    /** Proposes anew; call every few seconds. Writes only if the proposals are other than before. */
    void refresh() throws SQLException {
        Instant now = clock.instant();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Map<String, String> found = Assignment.propose(
                    unowned(connection), sellers(directory.get(), load(connection), now.toEpochMilli()));
            if (!List.copyOf(found.entrySet()).equals(List.copyOf(proposals.entrySet()))) {
                write(connection, found, now);
            }
            connection.commit();
            proposals = found;
        }
    }

    private static List<UnownedLead> unowned(Connection connection) throws SQLException {
        List<UnownedLead> leads = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(UNOWNED);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                leads.add(new UnownedLead(
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getLong(5),
                        row.getObject(6, OffsetDateTime.class).toInstant().toEpochMilli()));
            }
        }
        return leads;
    }

    private static Map<String, Long> load(Connection connection) throws SQLException {
        Map<String, Long> load = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(LOAD);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                load.put(row.getString(1), row.getLong(2));
            }
        }
        return load;
    }

    /** Those who work here now. */
    static List<Seller> sellers(Directory directory, Map<String, Long> load, long nowMillis) {
        Set<String> leading = new HashSet<>();
        List<RepRecord> active = new ArrayList<>();
        for (String rep : directory.reps()) {
            Optional<RepRecord> record = directory.repAt(rep, nowMillis).filter(RepRecord::active);
            record.ifPresent(active::add);
            record.map(RepRecord::teamLead).filter(lead -> !lead.equals(rep)).ifPresent(leading::add);
        }
        List<Seller> all = new ArrayList<>();
        List<Seller> sellers = new ArrayList<>();
        for (RepRecord record : active) {
            Seller seller = new Seller(
                    record.id(),
                    Set.copyOf(record.products()),
                    load.getOrDefault(record.id(), 0L),
                    presence(directory.of(record.id()), nowMillis));
            all.add(seller);
            if (seller.openLeads() > 0 || !leading.contains(record.id())) {
                sellers.add(seller);
            }
        }
        return sellers.isEmpty() ? all : sellers;
    }

    private static Presence presence(BusinessCalendar calendar, long nowMillis) {
        boolean away = calendar.absences().stream()
                .anyMatch(absence -> absence.fromMillis() <= nowMillis && nowMillis < absence.toMillis());
        return away ? Presence.AWAY : calendar.isBusinessTime(nowMillis) ? Presence.AT_WORK : Presence.OFF_DUTY;
    }

    private static void write(Connection connection, Map<String, String> found, Instant now) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from leadpulse.proposed_owner");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into leadpulse.proposed_owner (lead, rep, place, as_of) values (?, ?, ?, ?)")) {
            delete.executeUpdate();
            int place = 0;
            for (Map.Entry<String, String> each : found.entrySet()) {
                insert.setString(1, each.getKey());
                insert.setString(2, each.getValue());
                insert.setInt(3, ++place);
                insert.setObject(4, now.atOffset(ZoneOffset.UTC));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
