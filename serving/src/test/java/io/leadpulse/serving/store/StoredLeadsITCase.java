package io.leadpulse.serving.store;

import static io.leadpulse.serving.store.SomeResults.HOUR;
import static io.leadpulse.serving.store.SomeResults.NINE;
import static io.leadpulse.serving.store.SomeResults.alert;
import static io.leadpulse.serving.store.SomeResults.deal;
import static io.leadpulse.serving.store.SomeResults.entry;
import static io.leadpulse.serving.store.SomeResults.profile;
import static io.leadpulse.serving.store.SomeResults.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.campaign.QualificationAge;
import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.KeyMetric;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.result.LeadProfile;
import io.leadpulse.serving.learn.LearnMetrics;
import io.leadpulse.serving.learn.Learner;
import io.leadpulse.serving.metrics.KeySums;
import io.leadpulse.serving.metrics.LeadCounts.Count;
import io.leadpulse.serving.metrics.LeadCounts.Counts;
import io.leadpulse.tools.PostgresServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
        assertThat(leads.counts()).as("before it has asked").isNull();
        leads.refresh();
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
    void countsBandsByWhatBroughtTheLeads() throws Exception {
        DataSource database = database("sources");
        SomeResults results = new SomeResults();
        for (int i = 1; i <= 5; i++) {
            results.add(profile("L-" + i, i <= 3 ? "hot" : "cold", NINE));
        }
        results.add(SomeResults.gone("L-5", new LeadProfile.Identity("L-1", List.of(), null), NINE + HOUR));
        StoredResults.write(database, "", results);
        StoredResults.execute(database, """
                update leadpulse.lead set first_campaign = null, first_channel = null, landing_page = '/prices', first_form = null
                    where lead = 'L-1';
                update leadpulse.lead set band = 'warm', first_channel = null, first_asset = null where lead = 'L-2'
                """);
        try (Connection connection = database.getConnection()) {
            assertThat(
                            Tables.rows(
                                    connection,
                                    "select kind, name, band, count(*) from leadpulse.lead_source group by 1, 2, 3 order by 1, 2, 3"))
                    .containsExactly(
                            "asset|buying-guide|cold|1",
                            "asset|buying-guide|hot|2",
                            "campaign|spring-fair|cold|1",
                            "campaign|spring-fair|hot|1",
                            "campaign|spring-fair|warm|1",
                            "channel|event|cold|1",
                            "channel|event|hot|1",
                            "form|contact|cold|1",
                            "form|contact|hot|1",
                            "form|contact|warm|1",
                            "landing|/blog|cold|1",
                            "landing|/blog|hot|1",
                            "landing|/blog|warm|1",
                            "landing|/prices|hot|1");
        }
    }

    /** Today is 4 March 2025; the first and last days that count, and the days beside them. */
    @Test
    void addsUpKeyMetricsOverTheirDaysAndOnlyOfCasesThatAreOldEnough() throws Exception {
        DataSource database = database("key_metrics");
        Migrations.migrate(database);
        StoredResults.execute(database, """
                insert into leadpulse.rollup_day
                select scope, measure, replace(dimension, '|', chr(31)), day::date, 'count', value, now() from (values
                    -- 90 days without a maturity are 5 December to today.
                    ('company', 'calls_made', '2-10', '2025-03-04', 20), ('company', 'calls_connected', '2-10', '2025-03-04', 4),
                    ('company', 'calls_made', '2-10', '2024-12-05', 10), ('company', 'calls_made', '2-10', '2024-12-04', 1000),
                    ('team:north', 'calls_made', '2-10', '2025-03-04', 500),
                    ('company', 'cold_calls', 'made', '2025-03-03', 50), ('company', 'cold_calls', 'connected', '2025-03-03', 11),
                    -- Older than 14 days: until 17 February, from 20 November.
                    ('company', 'cold_calls', 'connected', '2025-02-17', 20), ('company', 'cold_calls', 'meeting', '2025-02-17', 3),
                    ('company', 'mails', 'delivered|person|', '2025-02-17', 30), ('company', 'mails', 'replied|person|', '2025-02-17', 6),
                    ('company', 'mails', 'delivered|person|spring', '2024-11-20', 10), ('company', 'mails', 'replied|person|spring', '2024-11-20', 1),
                    ('company', 'mails', 'delivered|person|', '2025-02-18', 999), ('company', 'mails', 'delivered|person|', '2024-11-19', 999),
                    ('company', 'mails', 'delivered|automatic|', '2025-02-17', 999), ('company', 'mails', 'sent|person|', '2025-02-17', 999),
                    ('company', 'sms', 'delivered|person|', '2025-02-28', 12), ('company', 'sms', 'replied|person|', '2025-02-28', 5),
                    ('company', 'sms', 'delivered|person|', '2025-03-01', 999),
                    ('company', 'meetings', 'completed', '2025-03-04', 8), ('company', 'meetings', 'demo_held', '2025-03-03', 4),
                    ('company', 'meetings', 'no_show', '2025-03-03', 3), ('company', 'meetings', 'cancelled', '2025-03-03', 7),
                    ('company', 'demos', 'without_deal', '2025-02-01', 15), ('company', 'demos', 'opportunity', '2025-02-01', 5),
                    ('company', 'demos', 'without_deal', '2025-02-02', 999),
                    ('company', 'demos', 'with_deal', '2025-02-17', 14), ('company', 'demos', 'next_stage', '2025-02-17', 7),
                    ('company', 'steps', 'moved_on|demo', '2025-03-04', 38), ('company', 'steps', 'stopped|demo', '2025-03-04', 62),
                    ('company', 'steps', 'won|offer', '2025-03-04', 9), ('company', 'steps', 'lost|offer', '2025-03-04', 3),
                    -- Created more than 30 days ago: until 1 February.
                    ('company', 'funnel_reached', 'created|inbound', '2025-02-01', 100), ('company', 'funnel_reached', 'created|outbound', '2025-02-01', 60),
                    ('company', 'funnel_reached', 'marketing_qualified|inbound', '2025-02-01', 40),
                    ('company', 'funnel_reached', 'sales_qualified|inbound', '2025-02-01', 16),
                    ('company', 'funnel_reached', 'opportunity|inbound', '2025-02-01', 12),
                    ('company', 'funnel_reached', 'created|inbound', '2025-02-02', 999),
                    -- Touched more than a day ago: until 2 March, 28 days from 3 February.
                    ('campaign:a', 'touched_leads', '', '2025-03-02', 100), ('campaign:a', 'touched_qualified', '15', '2025-03-02', 2),
                    ('campaign:a', 'touched_qualified', '1440', '2025-03-02', 3), ('campaign:a', 'touched_qualified', '2880', '2025-03-02', 50),
                    ('campaign:a', 'touched_qualified', 'later', '2025-03-02', 60),
                    ('campaign:b', 'touched_leads', '', '2025-02-03', 20), ('campaign:b', 'touched_qualified', '60', '2025-02-03', 4),
                    ('campaign:b', 'touched_leads', '', '2025-02-02', 7), ('campaign:a', 'touched_leads', '', '2025-03-03', 9),
                    ('channel:event', 'touched_leads', '', '2025-03-02', 999), ('last_campaign:a', 'touched_leads', '', '2025-03-02', 999),
                    ('campaign:a', 'touched_sales_qualified', '', '2025-03-02', 8),
                    -- Of b nothing was spent on record, of a something, so its budget does not count.
                    ('campaign:a', 'spend', '', '2025-03-01', 620000), ('campaign:a', 'spend_estimated', '', '2025-03-01', 99),
                    ('campaign:b', 'spend_estimated', '', '2025-02-03', 80000),
                    ('company', 'nurture_touches', 'newsletter', '2025-02-17', 30), ('company', 'nurture_responses', 'newsletter', '2025-02-17', 4),
                    ('company', 'nurture_touches', 'call', '2025-02-17', 2), ('company', 'nurture_touches', 'call', '2025-02-18', 999),
                    ('company', 'nurture_entered', '', '2024-12-03', 25), ('company', 'nurture_entered', 'sales_qualified_90', '2024-12-03', 6),
                    ('company', 'nurture_entered', 'sales_qualified_30', '2024-12-03', 5), ('company', 'nurture_entered', '', '2024-12-04', 999),
                    ('company', 'in_nurture_by_last_touch', '', '2025-02-01', 5), ('company', 'in_nurture_by_last_touch', '', '2021-02-01', 2),
                    ('company', 'in_nurture_by_last_touch', '', '2025-02-02', 999),
                    ('company', 'customers_by_last_sign', '', '2024-12-03', 3), ('company', 'customers_by_last_sign', '', '2024-12-04', 999)
                ) as v (scope, measure, dimension, day, value);
                insert into leadpulse.forecast values
                    ('company', 'month', '2025-03-01', '2025-03-04', '2025-04-01', 0.1, 150000, 40000, 3, 0, now()),
                    ('company', 'month', '2025-03-01', '2025-03-03', '2025-04-01', 0.1, 999, 999, 3, 0, now()),
                    ('company', 'quarter', '2025-01-01', '2025-03-04', '2025-04-01', 0.1, 999, 999, 3, 0, now()),
                    ('team:north', 'month', '2025-03-01', '2025-03-04', '2025-04-01', 0.1, 999, 999, 3, 0, now())
                """);
        Map<KeyMetric, KeySums.Sum> sums = new EnumMap<>(KeyMetric.class);
        List<KeyMetric> stored =
                Arrays.stream(KeyMetric.values()).filter(KeyMetric::isStored).toList();
        for (int from = 0; from < stored.size(); from += KeyMetric.MAX) {
            String names = stored.subList(from, Math.min(stored.size(), from + KeyMetric.MAX)).stream()
                    .map(KeyMetric::wireName)
                    .collect(Collectors.joining(", "));
            LeadpulseConfig config =
                    ConfigReader.parse("company: {zone: Europe/Berlin}\nkey_metrics: [" + names + "]\n");
            StoredKeySums keySums = new StoredKeySums(database, config, Clock.fixed(NOW, BERLIN));
            assertThat(keySums.sums()).as("before it has asked").isNull();
            keySums.refresh();
            sums.putAll(keySums.sums());
        }

        assertThat(sums.entrySet().stream()
                        .map(each ->
                                each.getKey().wireName() + " " + each.getValue().numerator() + "/"
                                        + each.getValue().denominator()))
                .containsExactly(
                        "month_forecast 190000/null",
                        "lead_to_mql_rate 40/160",
                        "mql_to_sql_rate 16/40",
                        "sql_to_opportunity_rate 12/16",
                        "connect_rate 4/30",
                        "cold_call_connect_rate 31/50",
                        "cold_call_to_meeting_rate 3/20",
                        "show_rate 12/15",
                        "reply_rate 7/40",
                        "sms_response_rate 5/12",
                        "demo_to_opportunity_rate 5/15",
                        "demo_to_next_stage_rate 7/14",
                        "demo_to_offer_rate 38/100",
                        "offer_to_won_rate 9/12",
                        "campaign_quality 9/120",
                        "cost_per_lead 700000/136",
                        "cost_per_mql 700000/9",
                        "cost_per_sql 700000/8",
                        "nurture_response_rate 4/32",
                        "nurture_to_sql_rate 6/25",
                        "nurture_untouched 7/null",
                        "silent_customers 3/null");
    }

    /** The classes of age that the view adds up are those within a day. */
    @Test
    void qualifiedWithinADayIsTheSumOfTheClassesThatEndByThen() {
        assertThat(QualificationAge.within(Duration.ofHours(24)))
                .containsExactly("15", "30", "60", "120", "240", "480", "1440");
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
            // Of two that have no deal yet, the one that is likely to bring more is the first.
            StoredResults.execute(
                    database,
                    "insert into leadpulse.lead_value (lead, probability, likely_minor, factors)"
                            + " values ('L-1', 0.1, 500, '[]'), ('L-3', 0.2, 900, '[]')");
            owners.refresh();
            assertThat(Tables.rows(connection, "select lead from leadpulse.proposed_owner order by place"))
                    .containsExactly("L-2", "L-3", "L-1");
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
        long[] nowMillis = {NINE};
        StoredLeadCounts leads = new StoredLeadCounts(database, BERLIN, new MovingClock(nowMillis));
        leads.refresh();
        Counts found = leads.counts();
        assertThat(found.openByBand()).containsExactly(new Count("hot", "anna", 1));
        StoredResults.execute(database, "drop table leadpulse.band_change");
        nowMillis[0] += 59_000;
        leads.refresh();
        assertThat(leads.counts()).isEqualTo(found);
        nowMillis[0] += 2_000;
        assertThat(leads.counts()).isNull();
    }

    @Test
    void aKeyMetricThatCannotBeReadTakesNoOtherWithIt() throws Exception {
        DataSource database = database("unreadable");
        StoredResults.write(database, "", new SomeResults());
        LeadpulseConfig config =
                ConfigReader.parse("company: {zone: Europe/Berlin}\nkey_metrics: [lead_to_mql_rate, cost_per_mql]\n");
        StoredResults.execute(database, """
                create or replace view leadpulse.key_metric_day as
                select 'lead_to_mql_rate' as metric, date '2025-01-01' as day, 1::bigint as numerator, 2::bigint as denominator
                where false
                union all
                select 'cost_per_mql', date '2025-01-01', (1 / (extract(epoch from now()) * 0)::int)::bigint, 2::bigint
                """);
        StoredKeySums keySums = new StoredKeySums(database, config, Clock.fixed(NOW, BERLIN));
        keySums.refresh();
        assertThat(keySums.sums()).containsOnlyKeys(KeyMetric.LEAD_TO_MQL_RATE);
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

    /** A warning that ended when it became critical, a part of a digest, and what was told of a member of a merged lead. */
    @Test
    void whatWasToldOfAnAlertIsKeptWhileItIsOpenWithAllOfItsMessage() throws Exception {
        DataSource database = database("told");
        StoredResults.write(
                database,
                "",
                new SomeResults()
                        .add(alert("open", "l1", step("raised", NINE - 2 * HOUR)))
                        .add(alert("root", "l2", step("raised", NINE - 2 * HOUR)))
                        .add(alert("over", "l3", step("raised", NINE - 2 * HOUR), step("resolved", NINE - HOUR))));
        StoredResults.execute(database, """
                update leadpulse.alert set details = details || '{"replaces": "member other"}' where alert = 'root'
                """);
        StoredResults.execute(database, """
                insert into leadpulse.alert_message (alert, severity, told_again_at, audience, intended, recipient, message_id,
                                                     kind, sent_at, ended_at, outcome, ended_with)
                select alert, severity, 'epoch', 'owner', '', 'anna', message_id, 'lead', timestamptz '2001-01-01',
                    case alert when 'standing' then null else timestamptz '2001-01-02' end, 'resolved', alert
                from (values ('open', 'warning', 'single'), ('open', 'critical', 'digest'), ('part', 'warning', 'digest'),
                    ('member', 'warning', 'merged'), ('over', 'warning', 'gone'), ('standing', 'warning', 'standing'))
                    told (alert, severity, message_id)
                """);
        try (Connection connection = database.getConnection()) {
            Retention.prune(connection, NOW.minusSeconds(60));

            assertThat(Tables.rows(connection, "select alert, message_id from leadpulse.alert_message order by 1, 2"))
                    .containsExactly("member|merged", "open|digest", "open|single", "part|digest", "standing|standing");
        }
    }

    /** The check vector of the definitions, from profiles to the value of an open lead; then a win is taken back. */
    @Test
    void openLeadsAreValuedByWhatClosedOnesTaughtAndByNothingElse() throws Exception {
        DataSource database = database("learnt");
        SomeResults results = new SomeResults()
                .add(closed("W-1", true, "offer", Map.of("a", "x", "b", "x", "c", "x", "d", "x", "e", "y")))
                .add(closed("W-2", true, "demo", Map.of("a", "y", "b", "x", "c", "x", "d", "x")))
                .add(closed("L-1", false, "offer", Map.of("a", "x", "b", "y", "c", "x", "d", "x", "e", "x")))
                .add(closed("L-2", false, "demo", Map.of("c", "x", "d", "y", "e", "x")))
                .add(closed("L-3", false, "demo", Map.of("c", "x", "d", "y")))
                .add(SomeResults.taught(
                        profile("open", "hot", NINE, deal("D-1")),
                        Map.of("a", "x", "b", "x", "c", "x", "d", "x", "e", "x"),
                        null))
                .add(profile("bare", "hot", NINE));
        StoredResults.write(database, "", results);
        StoredResults.execute(database, """
            insert into leadpulse.deal (deal, lead, state, product, amount_minor, opened_at, closed_at, expected_close_moves, as_of)
                select 'won-' || n, 'W-1', 'won', 'pump-3', 1000 + case n when 5 then 1003 when 6 then 99000 else 0 end, as_of,
                    as_of - interval '1 day' * case n when 6 then 366 else n end, 0, as_of
                from leadpulse.lead, generate_series(1, 6) n where lead = 'W-1'
            """);
        LeadpulseConfig config = ConfigReader.parse("");
        Directory directory = Directory.of(config, List.of());
        Learner learner = new Learner(
                database,
                config,
                () -> Optional.of(directory),
                () -> true,
                (key, rules) -> {
                    throw new AssertionError("nothing to tell from five leads");
                },
                new LearnMetrics(new PrometheusRegistry()),
                Clock.fixed(NOW, BERLIN));
        try (Connection connection = database.getConnection()) {
            assertThat(learner.winProbability("open"))
                    .as("before the first round")
                    .isNull();
            learner.round();
            learner.teach();
            assertThat(learner.winProbability("open")).isEqualTo("74 %");
            assertThat(learner.winProbability("bare")).isEqualTo("66 %");
            assertThat(learner.winProbability("L-1")).as("is not open").isNull();
            // 74.30 % of 1,234.56.
            assertThat(Tables.rows(
                            connection,
                            "select lead, round(100 * probability::numeric, 1), size_minor, expected_minor, needs"
                                    + " from leadpulse.lead_value order by 1"))
                    .containsExactly("bare|65.6|-|-|an amount", "open|74.3|123456|91732|-");
            // Five deals of 1,000, 1,000, 1,000, 1,000 and 2,003 minor units; the sixth is too long ago.
            assertThat(Tables.rows(
                            connection,
                            "select lead, likely_minor = round(probability::numeric * 1201), typical_minor, typical_of, typical_deals"
                                    + " from leadpulse.lead_value order by 1"))
                    .containsExactly("bare|t|1201|product pump-3|5", "open|f|-|-|-");
            assertThat(Tables.rows(connection, "select likely_minor from leadpulse.lead_value where lead = 'open'"))
                    .containsExactly("91732");
            assertThat(
                            Tables.rows(
                                    connection,
                                    "select round(100 * probability::numeric, 2) from leadpulse.lead_value where lead = 'open'"))
                    .containsExactly("74.30");
            assertThat(Tables.rows(
                            connection,
                            "select stage, act, won_with, lost_with, won_without, lost_without, round(lift::numeric, 3),"
                                    + " needs from leadpulse.influence order by 1, 2"))
                    .containsExactly(
                            "|call|2|3|1|1|0.909|100 lost leads, has 3",
                            "demo|call|1|2|1|1|0.833|100 lost leads, has 3",
                            "offer|call|1|1|0|0|-|100 lost leads, has 3");
            assertThat(Tables.rows(
                            connection,
                            "select attribute, value, won, lost from leadpulse.win_count"
                                    + " where attribute in ('prior', 'stage', 'a') order by 1, 2"))
                    .containsExactly(
                            "a|x|1|1",
                            "a|y|1|0",
                            "prior||2|3",
                            "stage|contacted|2|3",
                            "stage|demo|2|3",
                            "stage|meeting|2|3",
                            "stage|negotiation|2|0",
                            "stage|new|2|3",
                            "stage|offer|2|1",
                            "stage|qualified|2|3");

            String before = "select lead, xmin from leadpulse.lead_value order by 1";
            List<String> rows = Tables.rows(connection, before);
            learner.round();
            assertThat(Tables.rows(connection, before))
                    .as("what stands is not written again")
                    .isEqualTo(rows);

            results.take();
            results.add(SomeResults.taught(profile("W-1", "hot", NINE), Map.of(), null))
                    .add(SomeResults.taught(profile("W-2", "hot", NINE), Map.of(), null))
                    .delete(Topics.PROFILES, "bare");
            StoredResults.write(database, "", results);
            learner.round();
            assertThat(Tables.rows(connection, "select lead, probability, needs from leadpulse.lead_value order by 1"))
                    .containsExactly("W-1|-|an amount", "W-2|-|an amount", "open|-|1 won deal, has 0");
            assertThat(learner.winProbability("open")).isEqualTo("needs 1 won deal, has 0");
            assertThat(learner.winProbability("bare")).as("is gone").isNull();
            assertThat(Tables.rows(connection, "select won, lost, brier_score, needs from leadpulse.win_quality"))
                    .containsExactly("0|3|-|10 cases, has 0");
        }
    }

    /** Eleven won leads created a day before they were won; the first five had met us, all but one had asked for a demo. */
    @Test
    void saysWhatWonLeadsHadDoneByWhichAge() throws Exception {
        DataSource database = database("by_age");
        SomeResults results = new SomeResults();
        for (int i = 1; i <= 11; i++) {
            results.add(won("W-" + i, HOUR));
            if (i <= 10) {
                results.add(entry("W-" + i, 1, "demo_requested", 50, NINE - 2 * HOUR));
            }
            if (i <= 5) {
                results.add(entry("W-" + i, 2, "meeting_held", 25, NINE - 90 * HOUR))
                        .add(entry("W-" + i, 3, "meeting_held", 25, NINE - 80 * HOUR));
            }
            // After the sale, and taken back: neither counts.
            results.add(entry("W-" + i, 4, "download", 5, NINE + HOUR))
                    .add(entry("W-" + i, 5, "form_submitted", 20, NINE - HOUR).withdraw("corrected", NINE));
        }
        results.add(profile("open", "hot", NINE)).add(entry("open", 1, "demo_requested", 50, NINE - 90 * HOUR));
        StoredResults.write(database, "", results);
        StoredResults.execute(database, "update leadpulse.lead set created_at = as_of - interval '100 hours'");
        LeadpulseConfig config = ConfigReader.parse("");
        Learner learner =
                learner(database, config, List.of(), new boolean[1], (key, rules) -> {}, Clock.fixed(NOW, BERLIN));
        learner.round();
        try (Connection connection = database.getConnection()) {
            assertThat(Tables.rows(
                            connection,
                            "select age_days, rule, median, won_leads from leadpulse.won_by_age where age_days <= 7"
                                    + " order by 1, 2"))
                    .containsExactly(
                            "1|demo_requested|0|11",
                            "1|meeting_held|0|11",
                            "3|demo_requested|0|11",
                            "3|meeting_held|0|11",
                            "7|demo_requested|1|11",
                            "7|meeting_held|0|11");
            assertThat(
                            Tables.rows(
                                    connection,
                                    "select lead, age_days, rule, done, won_median, won_leads from leadpulse.lead_beside_won order by 3"))
                    .containsExactly("open|3|demo_requested|1|0|11", "open|3|meeting_held|0|0|11");
            // One more that had met us makes it the median.
            results.take();
            results.add(entry("W-6", 2, "meeting_held", 25, NINE - 90 * HOUR))
                    .add(entry("W-6", 3, "meeting_held", 25, NINE - 80 * HOUR))
                    .add(won("W-6", 2 * HOUR));
            StoredResults.write(database, "", results);
            StoredResults.execute(database, "update leadpulse.lead set created_at = as_of - interval '100 hours'");
            learner.round();
            assertThat(Tables.rows(
                            connection,
                            "select age_days, median from leadpulse.won_by_age where rule = 'meeting_held' and age_days <= 3"
                                    + " order by 1"))
                    .containsExactly("1|2", "3|2");
        }
    }

    /** Twenty won leads, silent in "demo" for 1 to 20 hours: three in four for at most 15. */
    @Test
    void whatWasLearntIsToldOnceADayAndOnlyIfItIsSomethingElse() throws Exception {
        DataSource database = database("taught");
        SomeResults results = new SomeResults();
        for (int i = 1; i <= 20; i++) {
            results.add(won("W-" + i, i * HOUR));
        }
        StoredResults.write(database, "", results);
        LeadpulseConfig config = ConfigReader.parse("company: {zone: Europe/Berlin}");
        List<String> told = new ArrayList<>();
        List<ConfigurationRecord> rules = new ArrayList<>();
        boolean[] live = {false};
        long[] nowMillis = {NINE};
        Clock clock = new MovingClock(nowMillis);
        Learner.Pupil pupil = (key, record) -> {
            told.add(key + " " + new String(record, StandardCharsets.UTF_8));
            rules.add(new ConfigurationRecord(Topics.RULES, new String(record, StandardCharsets.UTF_8)));
        };
        Learner learner = learner(database, config, rules, live, pupil, clock);
        learner.round();
        learner.teach();
        assertThat(told).as("history is not all there").isEmpty();

        live[0] = true;
        learner.teach();
        learner.teach();
        // NINE is on 2025-03-04, day 20,151; it holds from the next midnight in Berlin on.
        assertThat(told)
                .containsExactly("1020152|2025-03-04T23:00:00.000Z {\"version\":1020152,"
                        + "\"effective_from\":\"2025-03-04T23:00:00.000Z\",\"learnt\":{\"silence\":[{\"stage\":\"demo\","
                        + "\"days\":0.625,\"won_leads\":20}],\"loss_acts\":[],\"lost_leads\":0}}");
        assertThat(Directory.of(config, rules).rules().at(Long.MAX_VALUE).version())
                .as("taken by who reads it")
                .isEqualTo(1020152);

        Learner restarted = learner(database, config, rules, live, pupil, clock);
        restarted.round();
        restarted.teach();
        nowMillis[0] += 24 * HOUR;
        restarted.teach();
        assertThat(told).as("the same again is not told").hasSize(1);

        nowMillis[0] += 24 * HOUR;
        results.take();
        results.add(won("W-15", 30 * HOUR));
        StoredResults.write(database, "", results);
        restarted.round();
        restarted.teach();
        assertThat(told).as("three in four are silent for 16 h now").hasSize(2);
        assertThat(told.get(1)).startsWith("1020154|").contains("\"days\":0.667,");
    }

    private static Learner learner(
            DataSource database,
            LeadpulseConfig config,
            List<ConfigurationRecord> rules,
            boolean[] live,
            Learner.Pupil pupil,
            Clock clock) {
        return new Learner(
                database,
                config,
                () -> Optional.of(Directory.of(config, rules)),
                () -> live[0],
                pupil,
                new LearnMetrics(new PrometheusRegistry()),
                clock);
    }

    private static LeadProfile won(String lead, long silenceMillis) {
        return SomeResults.taught(
                profile(lead, "hot", NINE),
                Map.of(),
                new LeadProfile.Outcome(
                        true,
                        NINE,
                        "demo",
                        List.of(new LeadProfile.Passed("demo", true, Map.of("call", 1L), silenceMillis)),
                        null,
                        null));
    }

    private static LeadProfile closed(String lead, boolean won, String deepest, Map<String, String> traits) {
        List<LeadProfile.Passed> passed = new ArrayList<>();
        passed.add(new LeadProfile.Passed("demo", true, acts(deepest.equals("demo")), HOUR));
        if (!deepest.equals("demo")) {
            passed.add(new LeadProfile.Passed(deepest, true, acts(true), HOUR));
        }
        return SomeResults.taught(
                profile(lead, "hot", NINE), traits, new LeadProfile.Outcome(won, NINE, deepest, passed, "hot", 71.5));
    }

    private static Map<String, Long> acts(boolean called) {
        return called ? Map.of("call", 2L) : Map.of();
    }

    private static DataSource database(String name) throws Exception {
        return StoredResults.source(server.newDatabase(name), PostgresServer.USER, PostgresServer.PASSWORD);
    }

    /** Shows what stands in the array. */
    private static final class MovingClock extends Clock {
        private final long[] nowMillis;

        private MovingClock(long[] nowMillis) {
            this.nowMillis = nowMillis;
        }

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
            return Instant.ofEpochMilli(nowMillis[0]);
        }
    }
}
