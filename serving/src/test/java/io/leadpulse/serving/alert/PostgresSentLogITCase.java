package io.leadpulse.serving.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.leadpulse.schemas.result.Unit;
import io.leadpulse.serving.store.Migrations;
import io.leadpulse.serving.store.StoredResults;
import io.leadpulse.tools.PostgresServer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresSentLogITCase {
    private static final long NOW = System.currentTimeMillis();
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
    void whatWasWrittenIsReadAgainWithItsNewestState() throws Exception {
        PostgresSentLog log = log("written");
        Telling warning = telling("a", Severity.WARNING, 0, "m1");
        Telling critical = telling("a", Severity.CRITICAL, 0, "m1");
        Telling again = telling("a", Severity.CRITICAL, NOW - 5_000, "m1");
        log.write(List.of(warning));
        log.write(List.of(critical, warning.ended(NOW, Outcome.ESCALATED, "a")));
        log.write(List.of(again));
        log.write(List.of(again));

        assertThat(log.load().tellings())
                .containsExactlyInAnyOrder(warning.ended(NOW, Outcome.ESCALATED, "a"), critical, again);
    }

    @Test
    void whatIsToldASecondTimeStandsBesideTheFirstAndIsReadByItself() throws Exception {
        PostgresSentLog log = log("second");
        Telling takenBack = telling("a", Severity.WARNING, 0, "m1").ended(NOW, Outcome.MERGED, "of-the-root");
        Telling second = nth(2, telling("a", Severity.WARNING, 0, "m1"));
        log.write(List.of(takenBack));
        log.write(List.of(second));

        assertThat(log.load().tellings()).containsExactlyInAnyOrder(takenBack, second);
    }

    @Test
    void whatWasForgottenAndIsToldAnewIsReadAsItWasTold() throws Exception {
        PostgresSentLog log = log("anew");
        Telling forgotten = telling("a", Severity.WARNING, 0, "m1").ended(NOW, Outcome.WITHDRAWN, "a");
        Telling anew = new Telling(
                "a", Severity.WARNING, 0, Audience.OWNER, "", 1, "ben", "m2", MessageKind.DIGEST, NOW, 0, null, null);
        log.write(List.of(forgotten));
        log.write(List.of(anew));

        assertThat(log.load().tellings()).containsExactly(anew);
    }

    /** What the Alertmanager gave up, or was taken back and returned, must not be told again however long its alert is open. */
    @Test
    void ofAnOpenAlertAllIsReadHoweverOldAlsoUnderTheNameOfAMergedLead() throws Exception {
        DataSource database = migrated("open");
        PostgresSentLog log = new PostgresSentLog(database);
        long longAgo = NOW - 100 * SalesForce.DAY;
        Telling open = telling("open", Severity.WARNING, 0, "m1").ended(longAgo, Outcome.LAPSED, "open");
        Telling member = telling("member", Severity.WARNING, 0, "m2").ended(longAgo, Outcome.LAPSED, "member");
        Telling over = telling("over", Severity.WARNING, 0, "m3").ended(longAgo, Outcome.LAPSED, "over");
        log.write(List.of(open, member, over));
        StoredResults.execute(database, """
                insert into leadpulse.alert (alert, cause, since, state, severity, raised_at, is_open, details, transitions, as_of)
                values
                    ('open', 'stuck', now(), 'raised', 'warning', now(), true, '{}', '[]', now()),
                    ('root', 'stuck', now(), 'raised', 'warning', now(), true, '{"replaces": "other member"}', '[]', now()),
                    ('over', 'stuck', now(), 'resolved', 'warning', now(), false, '{}', '[]', now())
                """);

        assertThat(log.load().tellings()).containsExactlyInAnyOrder(open, member);
    }

    /** What an earlier version logged is read; with which alert of a merged lead something ended it did not say. */
    @Test
    void whatAnEarlierVersionLoggedIsRead() throws Exception {
        DataSource database = empty("earlier");
        Flyway.configure()
                .dataSource(database)
                .schemas(Migrations.SCHEMA)
                .defaultSchema(Migrations.SCHEMA)
                .locations("classpath:db/migration")
                .target("18")
                .load()
                .migrate();
        StoredResults.execute(database, """
                insert into leadpulse.alert_message (alert, severity, told_again_at, audience, intended, recipient,
                    message_id, kind, sent_at, ended_at, outcome) values
                    ('a', 'warning', to_timestamp(0), 'owner', '', 'anna', 'm1', 'lead', now(), null, null),
                    ('b', 'warning', to_timestamp(0), 'owner', '', 'anna', 'm2', 'lead', now(), now(), 'withdrawn'),
                    ('c', 'warning', to_timestamp(0), 'owner', '', 'anna', 'm3', 'lead', now(), now(), 'merged_withdrawn')
                """);
        Migrations.migrate(database);

        assertThat(new PostgresSentLog(database).load().tellings())
                .extracting(Telling::alert, Telling::nth, Telling::outcome, Telling::endedWith)
                .containsExactlyInAnyOrder(
                        tuple("a", 1, null, null),
                        tuple("b", 1, Outcome.WITHDRAWN, "b"),
                        tuple("c", 1, Outcome.WITHDRAWN, ""));
    }

    @Test
    void oldMessagesAreLeftOutUnlessAPartOfThemStands() throws Exception {
        PostgresSentLog log = log("old");
        long longAgo = NOW - 100 * SalesForce.DAY;
        Telling over = telling("a", Severity.WARNING, 0, "over").ended(longAgo, Outcome.RESOLVED, "a");
        Telling part = telling("b", Severity.WARNING, 0, "digest").ended(longAgo, Outcome.RESOLVED, "b");
        Telling standing = telling("c", Severity.WARNING, 0, "digest");
        log.write(List.of(over, part, standing));

        assertThat(log.load().tellings()).containsExactlyInAnyOrder(part, standing);
    }

    @Test
    void onlyTheFirstCatchUpAndTheLastPostCount() throws Exception {
        PostgresSentLog log = log("times");
        assertThat(log.load()).isEqualTo(new SentLog.Contents(List.of(), SentLog.NEVER, SentLog.NEVER));

        log.posted(NOW);
        log.firstCaughtUp(NOW + 1);
        log.firstCaughtUp(NOW + 2);
        log.posted(NOW + 3);

        assertThat(log.load()).isEqualTo(new SentLog.Contents(List.of(), NOW + 1, NOW + 3));
    }

    @Test
    void aDatabaseThatIsAwayIsSaid() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/leadpulse");
        PostgresSentLog log = new PostgresSentLog(nowhere);

        assertThatThrownBy(log::load).isInstanceOf(SentLogException.class);
        assertThatThrownBy(() -> log.write(List.of(telling("a", Severity.WARNING, 0, "m"))))
                .isInstanceOf(SentLogException.class);
        PostgresDigestLog digests = new PostgresDigestLog(nowhere);
        assertThatThrownBy(() -> digests.since(NOW)).isInstanceOf(SentLogException.class);
        assertThatThrownBy(() -> digests.corrections(0, NOW)).isInstanceOf(SentLogException.class);
        assertThatThrownBy(() -> digests.write(List.of())).isInstanceOf(SentLogException.class);
        assertThatThrownBy(() -> log.posted(NOW)).isInstanceOf(SentLogException.class);
    }

    @Test
    void aDigestOfADayAndPersonIsWrittenOnceAndReadAgain() throws Exception {
        DataSource database = migrated("digests");
        PostgresDigestLog log = new PostgresDigestLog(database);
        LocalDate day = LocalDate.of(2026, 11, 23);
        SentDigest lena = new SentDigest(day, "lena", "m1", NOW, SentLog.NEVER, Map.of("what", "15 240 € \"won\""));
        SentDigest leo = new SentDigest(day, "leo", "m2", NOW, SentLog.NEVER, Map.of("what", "x"));
        SentDigest second = new SentDigest(day, "lena", "m1", NOW + 1, SentLog.NEVER, Map.of("what", "later"));
        SentDigest before =
                new SentDigest(day.minusDays(1), "lena", "m0", NOW - SalesForce.DAY, SentLog.NEVER, Map.of());
        log.write(List.of(before, lena));
        log.write(List.of(second, leo));

        assertThat(log.since(NOW - SalesForce.HOUR)).containsExactly(lena, leo);
        log.posted(List.of(lena), NOW + 5);
        assertThat(log.since(0)).containsExactly(before, lena.posted(NOW + 5), leo);
    }

    @Test
    void correctionsOfATimeAreToldByTheirFirstAndLastValueTheLargestSumOfMoneyFirst() throws Exception {
        DataSource database = migrated("corrections");
        StoredResults.execute(database, """
                insert into leadpulse.correction (id, noticed_at, scope, measure, day, from_value, to_value, unit, why) values
                    ('1', '2026-11-20 00:00Z', 'company', 'won_amount', '2026-11-15', 1840000, 184000, 'money', ''),
                    ('2', '2026-11-20 01:00Z', 'company', 'won_amount', '2026-11-15', 184000, 190000, 'money', ''),
                    ('3', '2026-11-21 00:00Z', 'company', 'won_count', '2026-11-15', 5, 900, 'count', ''),
                    ('4', '2026-11-22 23:59Z', 'company', 'won_amount', '2026-11-19', 100, 200, 'money', ''),
                    -- There and back again, of a team, too early, too late.
                    ('5', '2026-11-20 02:00Z', 'company', 'won_amount', '2026-11-14', 1, 2, 'money', ''),
                    ('6', '2026-11-20 03:00Z', 'company', 'won_amount', '2026-11-14', 2, 1, 'money', ''),
                    ('7', '2026-11-20 02:00Z', 'team:north', 'won_amount', '2026-11-15', 1, 2, 'money', ''),
                    ('8', '2026-11-19 23:59Z', 'company', 'won_amount', '2026-11-13', 1, 2, 'money', ''),
                    ('9', '2026-11-23 00:00Z', 'company', 'won_amount', '2026-11-12', 1, 2, 'money', '')
                """);
        PostgresDigestLog log = new PostgresDigestLog(database);
        long from = Instant.parse("2026-11-20T00:00:00Z").toEpochMilli();
        long until = Instant.parse("2026-11-23T00:00:00Z").toEpochMilli();

        assertThat(log.corrections(from, until))
                .isEqualTo(new Corrections(
                        3,
                        List.of(
                                correction("won_amount", "2026-11-15", 1_840_000, 190_000, Unit.MONEY),
                                correction("won_amount", "2026-11-19", 100, 200, Unit.MONEY),
                                correction("won_count", "2026-11-15", 5, 900, Unit.COUNT))));
        assertThat(log.corrections(until, until)).isEqualTo(Corrections.NONE);
    }

    private static Corrections.Correction correction(String measure, String day, long before, long after, Unit unit) {
        return new Corrections.Correction(measure, LocalDate.parse(day), before, after, unit);
    }

    private static Telling telling(String alert, Severity severity, long roundMillis, String messageId) {
        return new Telling(
                alert,
                severity,
                roundMillis,
                Audience.OWNER,
                "",
                1,
                "anna",
                messageId,
                MessageKind.LEAD,
                NOW - SalesForce.DAY,
                0,
                null,
                null);
    }

    private static Telling nth(int nth, Telling first) {
        return new Telling(
                first.alert(),
                first.severity(),
                first.roundMillis(),
                first.audience(),
                first.intended(),
                nth,
                first.recipient(),
                first.messageId(),
                first.kind(),
                first.sentMillis(),
                0,
                null,
                null);
    }

    private static PostgresSentLog log(String database) throws Exception {
        return new PostgresSentLog(migrated(database));
    }

    private static DataSource migrated(String database) throws Exception {
        DataSource source = empty(database);
        Migrations.migrate(source);
        return source;
    }

    private static DataSource empty(String database) throws Exception {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.newDatabase(database));
        source.setUser(PostgresServer.USER);
        source.setPassword(PostgresServer.PASSWORD);
        return source;
    }
}
