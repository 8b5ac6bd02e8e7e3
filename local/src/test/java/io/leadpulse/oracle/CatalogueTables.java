package io.leadpulse.oracle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Fills the tables of {@code catalogue/tables.sql} with a history. */
final class CatalogueTables {
    private static final String NOBODY = "";

    private final Connection connection;
    private final OracleConfig config;

    CatalogueTables(Connection connection, OracleConfig config) {
        this.connection = connection;
        this.config = config;
    }

    void fill(HistoryOracle history) throws SQLException {
        events(history);
        visitors(history);
        deals(history);
        leads(history);
        scopes(history);
        PipelineTables pipeline = new PipelineTables(history);
        insert("lead_stay", pipeline.leadStays());
        insert("stage_time", pipeline.stageTimes());
        insert("stuck", pipeline.stuck());
        insert("lead_band", pipeline.bands());
    }

    private void insert(String table, List<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        String places = "?, ".repeat(rows.get(0).length - 1) + "?";
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table + " VALUES (" + places + ")")) {
            for (Object[] row : rows) {
                for (int column = 0; column < row.length; column++) {
                    insert.setObject(column + 1, row[column]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void events(HistoryOracle history) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (OracleEvent event : history.input().events()) {
            // What a visitor did is counted for its form even when the lead has been deleted since; of the lead it is
            // no more.
            boolean stands = history.stands(event);
            if (!stands && !event.isWeb()) {
                continue;
            }
            String due = event.isWeb() ? null : event.text("due");
            rows.add(new Object[] {
                rows.size(),
                event.key(),
                event.kind(),
                event.timeMillis(),
                CatalogueSql.dayOf(config.zone().getId(), event.timeMillis()),
                event.version(),
                event.isWeb(),
                stands ? history.leadOf(event).orElse(null) : null,
                event.anonymousId(),
                event.text("deal"),
                event.asset(),
                event.text("actor"),
                event.text("owner"),
                event.text("status"),
                event.text("stage"),
                event.text("reason"),
                event.product(),
                of(event, "campaign"),
                of(event, "channel"),
                event.text("direction"),
                event.isAutomatic(),
                event.value().path("cold").asBoolean(),
                event.value().path("connected").asBoolean(),
                event.value().path("seconds").asLong(),
                due == null ? null : OracleTime.millis(due),
                event.value().path("properties").path("path").asText(null),
                event.value().path("properties").path("form").asText(null),
                event.text("template")
            });
        }
        insert("event", rows);
    }

    private void visitors(HistoryOracle history) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (OracleEvent event : history.input().events()) {
            if (event.isWeb() && event.anonymousId() != null) {
                rows.add(new Object[] {
                    event.anonymousId(),
                    event.timeMillis(),
                    of(event, "campaign"),
                    of(event, "channel"),
                    event.isAutomatic(),
                    history.leadOf(event).orElse(null)
                });
            }
        }
        insert("visitor_event", rows);
    }

    /** A touch's campaign or channel; the web's are in the context. */
    private static String of(OracleEvent event, String field) {
        if (!event.isWeb()) {
            return event.text(field);
        }
        var touch = event.value().path("context").path("campaign");
        return touch.path(field.equals("campaign") ? "name" : "medium").asText(null);
    }

    private void deals(HistoryOracle history) throws SQLException {
        List<Object[]> deals = new ArrayList<>();
        List<Object[]> owners = new ArrayList<>();
        List<Object[]> stays = new ArrayList<>();
        List<Object[]> open = new ArrayList<>();
        List<Object[]> refunds = new ArrayList<>();
        List<Object[]> expected = new ArrayList<>();
        Map<String, Map<String, String>> said = said(history);
        for (OracleDeal deal : history.allDeals()) {
            Map<String, String> last = said.get(deal.id());
            deals.add(new Object[] {
                deal.id(),
                deal.lead(),
                deal.openedMillis(),
                deal.wonMillis(),
                deal.lostMillis(),
                deal.amountMinor(),
                last.get("product"),
                last.get("reason"),
                last.get("competitor")
            });
            owners.addAll(owners(deal.id(), deal.owners()));
            for (OracleDeal.Stay stay : deal.stays()) {
                stays.add(
                        new Object[] {deal.id(), stays.size(), stay.stage(), stay.enteredMillis(), stay.leftMillis()});
            }
            deal.open().forEach(each -> open.add(new Object[] {deal.id(), each.fromMillis(), each.toMillis()}));
            deal.refunds()
                    .forEach(each -> refunds.add(new Object[] {deal.id(), each.timeMillis(), each.amountMinor()}));
            deal.expected().forEach(each -> expected.add(new Object[] {deal.id(), each.fromMillis(), each.day()}));
        }
        insert("deal", deals);
        insert("deal_owner", owners);
        insert("deal_stay", stays);
        insert("deal_open", open);
        insert("deal_refund", refunds);
        insert("deal_expected", expected);
    }

    /** What the latest record that says it says of a deal, by event time. */
    private static Map<String, Map<String, String>> said(HistoryOracle history) {
        Map<String, Map<String, String>> said = new TreeMap<>();
        for (OracleEvent event : history.input().events()) {
            if (event.isDeal()) {
                Map<String, String> ofDeal = said.computeIfAbsent(event.text("deal"), deal -> new TreeMap<>());
                for (String field : List.of("product", "reason", "competitor")) {
                    if (event.text(field) != null) {
                        ofDeal.put(field, event.text(field));
                    }
                }
            }
        }
        return said;
    }

    private static List<Object[]> owners(String of, List<OracleDeal.Owner> owners) {
        List<Object[]> rows = new ArrayList<>();
        for (int place = 0; place < owners.size(); place++) {
            long until = place + 1 < owners.size() ? owners.get(place + 1).fromMillis() : Long.MAX_VALUE;
            rows.add(new Object[] {
                of, owners.get(place).fromMillis(), until, owners.get(place).rep()
            });
        }
        return rows;
    }

    private void leads(HistoryOracle history) throws SQLException {
        List<Object[]> leads = new ArrayList<>();
        List<Object[]> owners = new ArrayList<>();
        for (String id : history.leads()) {
            OracleResults.Lead lead = history.lead(id);
            leads.add(new Object[] {
                id,
                lead.createdMillis(),
                lead.firstContactMillis(),
                lead.marketingQualifiedMillis(),
                lead.salesQualifiedMillis()
            });
            owners.addAll(owners(id, history.ownersOf(id)));
        }
        insert("lead", leads);
        insert("lead_owner", owners);
    }

    private void scopes(HistoryOracle history) throws SQLException {
        TreeSet<String> reps = new TreeSet<>();
        for (OracleEvent event : history.input().events()) {
            for (String field : List.of("actor", "owner")) {
                if (event.text(field) != null) {
                    reps.add(event.text(field));
                }
            }
        }
        List<Object[]> scopes = new ArrayList<>();
        scopes.add(new Object[] {NOBODY, Long.MIN_VALUE, Long.MAX_VALUE, "company"});
        for (String rep : reps) {
            scopes.add(new Object[] {rep, Long.MIN_VALUE, Long.MAX_VALUE, "company"});
            scopes.add(new Object[] {rep, Long.MIN_VALUE, Long.MAX_VALUE, "rep:" + rep});
            List<OracleInput.InTeam> teams = history.input().teams(rep);
            for (int place = 0; place < teams.size(); place++) {
                long until = place + 1 < teams.size() ? teams.get(place + 1).fromMillis() : Long.MAX_VALUE;
                if (teams.get(place).team() != null) {
                    scopes.add(new Object[] {
                        rep,
                        teams.get(place).fromMillis(),
                        until,
                        "team:" + teams.get(place).team()
                    });
                }
            }
        }
        insert("scope_of", scopes);
    }
}
