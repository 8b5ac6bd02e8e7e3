package io.leadpulse.serving.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.serving.store.Migrations;
import io.leadpulse.tools.PostgresServer;
import java.util.List;
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
        log.write(List.of(critical, warning.ended(NOW, Outcome.ESCALATED)));
        log.write(List.of(again));
        log.write(List.of(again));

        assertThat(log.load().tellings())
                .containsExactlyInAnyOrder(warning.ended(NOW, Outcome.ESCALATED), critical, again);
    }

    @Test
    void oldMessagesAreLeftOutUnlessAPartOfThemStands() throws Exception {
        PostgresSentLog log = log("old");
        long longAgo = NOW - 100 * SalesForce.DAY;
        Telling over = telling("a", Severity.WARNING, 0, "over").ended(longAgo, Outcome.RESOLVED);
        Telling part = telling("b", Severity.WARNING, 0, "digest").ended(longAgo, Outcome.RESOLVED);
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
        assertThatThrownBy(() -> log.posted(NOW)).isInstanceOf(SentLogException.class);
    }

    private static Telling telling(String alert, Severity severity, long roundMillis, String messageId) {
        return new Telling(
                alert,
                severity,
                roundMillis,
                Audience.OWNER,
                "",
                "anna",
                messageId,
                MessageKind.LEAD,
                NOW - SalesForce.DAY,
                0,
                null);
    }

    private static PostgresSentLog log(String database) throws Exception {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.newDatabase(database));
        source.setUser(PostgresServer.USER);
        source.setPassword(PostgresServer.PASSWORD);
        Migrations.migrate(source);
        return new PostgresSentLog(source);
    }
}
