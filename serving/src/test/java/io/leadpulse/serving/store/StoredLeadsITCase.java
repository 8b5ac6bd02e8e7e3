package io.leadpulse.serving.store;

import static io.leadpulse.serving.store.SomeResults.HOUR;
import static io.leadpulse.serving.store.SomeResults.NINE;
import static io.leadpulse.serving.store.SomeResults.alert;
import static io.leadpulse.serving.store.SomeResults.entry;
import static io.leadpulse.serving.store.SomeResults.profile;
import static io.leadpulse.serving.store.SomeResults.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.serving.metrics.LeadCounts.Count;
import io.leadpulse.serving.metrics.LeadCounts.Counts;
import io.leadpulse.tools.PostgresServer;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is counted of leads, and what is deleted of them. */
class StoredLeadsITCase {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.ofEpochMilli(NINE);

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void countsOpenMovedAndWaitingLeads() throws Exception {
        DataSource database = database("counts");
        SomeResults results = new SomeResults();
        for (int i = 1; i <= 6; i++) {
            results.add(profile("L-" + i, i <= 3 ? "hot" : "cold", NINE));
        }
        StoredResults.write(database, "", results);
        StoredResults.execute(database, """
                update leadpulse.lead set owner = null, unassigned_since = as_of where lead = 'L-1';
                update leadpulse.lead set owner = 'otto', reply_owed_since = as_of, hand_raised_at = as_of,
                    last_contact_at = as_of where lead = 'L-2';
                -- Answered, and then it wrote again.
                update leadpulse.lead set reply_owed_since = as_of, hand_raised_at = as_of - interval '1 hour'
                    where lead = 'L-6';
                update leadpulse.lead set status = 'customer' where lead = 'L-3';
                update leadpulse.lead set status = 'disqualified', open_deals = 1 where lead = 'L-4';
                update leadpulse.lead set hand_raised_at = null where lead in ('L-1', 'L-5');
                -- Created 60 days ago; two of them sales-qualified, one in time. First contact: 100, 300 and 500 s.
                update leadpulse.lead set created_at = as_of - interval '60 days', first_contact_business_seconds = null;
                update leadpulse.lead set sales_qualified_at = created_at + interval '29 days',
                    first_contact_business_seconds = 100 where lead = 'L-1';
                update leadpulse.lead set sales_qualified_at = created_at + interval '31 days',
                    first_contact_business_seconds = 500 where lead = 'L-2';
                update leadpulse.lead set created_at = as_of - interval '29 days', sales_qualified_at = as_of,
                    first_contact_business_seconds = 300 where lead = 'L-3';
                update leadpulse.lead set created_at = as_of - interval '121 days' where lead = 'L-4';
                -- Midnight in Berlin is 23:00 in UTC.
                insert into leadpulse.band_change values
                    ('L-1', '2025-03-03 23:00Z', 'cold', 'hot'),
                    ('L-2', '2025-03-03 22:59Z', 'cold', 'hot'),
                    ('L-5', '2025-03-04 05:00Z', 'warm', 'hot'), ('L-5', '2025-03-04 06:00Z', 'hot', 'cold'),
                    ('L-6', '2025-03-04 05:00Z', 'cold', 'warm'), ('L-6', '2025-03-04 06:00Z', 'warm', 'cold')
                """);
        StoredLeadCounts leads = new StoredLeadCounts(database, BERLIN, Clock.fixed(NOW, BERLIN));
        assertThat(leads.counts()).as("before it is told of the tables").isNull();
        leads.tablesAreThere();
        Counts counts = leads.counts();
        assertThat(counts.openByBand())
                .containsExactlyInAnyOrder(
                        new Count("cold", "anna", 3), new Count("hot", "otto", 1), new Count("hot", null, 1));
        assertThat(counts.movedToday())
                .containsExactlyInAnyOrder(new Count("warmed", null, 1), new Count("cooled", "anna", 1));
        assertThat(counts.waiting())
                .containsExactlyInAnyOrder(
                        new Count("hand_raised", "otto", 1),
                        new Count("reply_owed", "anna", 1),
                        new Count("reply_owed", "otto", 1),
                        new Count("unassigned", null, 1));
        assertThat(counts.leadToSalesQualified()).isEqualTo(new Ratio(1, 4));
        assertThat(counts.firstContactMedianSeconds()).isEqualTo(300);
    }

    @Test
    void proposesWhoSellsItAndIsThereAndHasLeast() throws Exception {
        DataSource database = database("proposals");
        SomeResults results = new SomeResults();
        for (int i = 1; i <= 6; i++) {
            results.add(profile("L-" + i, "cold", NINE));
        }
        StoredResults.write(database, "", results);
        StoredResults.execute(database, """
                update leadpulse.lead set owner = null, unassigned_since = as_of, product = 'pump', hand_raised_at = null
                    where lead in ('L-1', 'L-2', 'L-3');
                update leadpulse.lead set hand_raised_at = as_of, reply_owed_since = as_of where lead = 'L-2';
                update leadpulse.lead set product = 'valve' where lead = 'L-3';
                update leadpulse.lead set status = 'customer' where lead = 'L-6';
                insert into leadpulse.deal (deal, lead, state, owner, opened_at, expected_close_moves, last_change_at, as_of)
                    select 'D-' || n, 'L-6', 'open', 'otto', as_of, 0, as_of, as_of
                    from leadpulse.lead, generate_series(1, 3) n where lead = 'L-6'
                """);
        Directory directory = Directory.of(ConfigReader.parse("""
                company: {zone: Europe/Berlin}
                reps:
                  - {id: anna, products: [pump], team_lead: lea}
                  - {id: otto, products: [pump, valve], team_lead: lea}
                  - {id: away, products: [valve], absences: [{from: 2025-03-01T00:00:00Z, to: 2025-04-01T00:00:00Z}]}
                  - {id: gone, products: [valve], active: false}
                  - {id: lea}
                """), List.of());
        ProposedOwners owners = new ProposedOwners(database, () -> directory, Clock.fixed(NOW, BERLIN));
        assertThat(owners.of("L-1")).isNull();
        owners.refresh();
        // Anna works on two leads, Otto on one with three deals; Lea leads and works on none.
        try (Connection connection = database.getConnection()) {
            assertThat(Tables.rows(
                            connection, "select lead, rep, place, as_of from leadpulse.proposed_owner order by place"))
                    .extracting(row -> row.substring(0, row.lastIndexOf('|')))
                    .containsExactly("L-2|otto|1", "L-1|anna|2", "L-3|otto|3");
            assertThat(owners.of("L-1")).isEqualTo("anna");
            StoredResults.execute(database, "update leadpulse.lead set unassigned_since = null where lead <> 'L-3'");
            owners.refresh();
            assertThat(Tables.rows(connection, "select lead, rep from leadpulse.proposed_owner"))
                    .containsExactly("L-3|otto");
            assertThat(owners.of("L-1")).isNull();
        }
    }

    @Test
    void tellsWhatItFoundForAWhileAndThenNothing() throws Exception {
        DataSource database = database("away");
        StoredResults.write(database, "", new SomeResults().add(profile("L-1", "hot", NINE)));
        Clock[] clock = {Clock.fixed(NOW, BERLIN)};
        StoredLeadCounts leads = new StoredLeadCounts(database, BERLIN, new Clock() {
            @Override
            public ZoneId getZone() {
                return BERLIN;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return clock[0].instant();
            }
        });
        leads.tablesAreThere();
        Counts found = leads.counts();
        assertThat(found.openByBand()).containsExactly(new Count("hot", "anna", 1));
        StoredResults.execute(database, "drop table leadpulse.band_change");
        clock[0] = Clock.offset(clock[0], Duration.ofSeconds(59));
        assertThat(leads.counts()).isEqualTo(found);
        clock[0] = Clock.offset(clock[0], Duration.ofSeconds(2));
        assertThat(leads.counts()).isNull();
    }

    @Test
    void whatIsOldGoesUnlessItsLeadIsOpen() throws Exception {
        DataSource database = database("old");
        StoredResults.write(
                database,
                "",
                new SomeResults()
                        .add(profile("open", "hot", NINE))
                        .add(profile("closed", "hot", NINE))
                        .add(entry("open", 1, "demo_requested", 50, NINE - HOUR))
                        .add(entry("closed", 1, "demo_requested", 50, NINE - HOUR))
                        .add(entry("closed", 2, "demo_requested", 50, NINE))
                        .add(alert("A-1", "closed", step("raised", NINE - 2 * HOUR)))
                        .add(alert("A-2", "closed", step("raised", NINE - 2 * HOUR), step("resolved", NINE - HOUR)))
                        .add(alert("A-3", "open", step("raised", NINE - 2 * HOUR), step("resolved", NINE - HOUR)))
                        .add(SomeResults.day("company", "won_amount", "2020-01-01", 1, NINE - HOUR)));
        StoredResults.execute(database, "update leadpulse.lead set status = 'customer' where lead = 'closed'");
        try (Connection connection = database.getConnection()) {
            assertThat(Retention.prune(connection, NOW.minusSeconds(60))).isEqualTo(2);
            assertThat(Tables.rows(connection, "select lead, fact_id from leadpulse.ledger order by 1"))
                    .containsExactly("closed|0000000000000002", "open|0000000000000001");
            assertThat(Tables.rows(connection, "select alert from leadpulse.alert order by 1"))
                    .containsExactly("A-1", "A-3");
            assertThat(Tables.rows(connection, "select count(*) from leadpulse.rollup_day"))
                    .containsExactly("1");
        }
    }

    private static DataSource database(String name) throws Exception {
        return StoredResults.source(server.newDatabase(name), PostgresServer.USER, PostgresServer.PASSWORD);
    }
}
