package io.leadpulse.serving.alert;

import static io.leadpulse.serving.alert.SalesForce.HOUR;
import static io.leadpulse.serving.alert.SalesForce.MINUTE;
import static io.leadpulse.serving.alert.SalesForce.SECOND;
import static io.leadpulse.serving.alert.SalesForce.alert;
import static io.leadpulse.serving.alert.SalesForce.goal;
import static io.leadpulse.serving.alert.SalesForce.stuck;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.schemas.MoneyUnit;
import io.leadpulse.schemas.config.AlertDelivery;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.ResultCodec;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.serving.read.Await;
import io.leadpulse.serving.read.ResultUpdate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From an alert to the mail in a rep's inbox, through a real Alertmanager. The dispatcher's clock is the test's: it
 * walks through the last hours, so that nothing has to be waited for but the Alertmanager.
 */
class AlertDeliveryITCase {

    private static final ResultCodec<AlertRecord> CODEC = new ResultCodecs("EUR").alerts();
    private static final TopicPartition PARTITION = new TopicPartition("lead.alerts.v1", 0);

    @TempDir
    Path folder;

    private final MemorySentLog log = new MemorySentLog();
    private final Metering metering = new Metering();
    private final List<AlertRecord> topic = new ArrayList<>();
    private final Directory directory = directory();
    private Inbox inbox;
    private AlertmanagerProcess alertmanager;
    private Dispatcher dispatcher;
    private long nowMillis = System.currentTimeMillis() - 2 * HOUR;

    /** Everybody works at all hours, so that it does not matter when this test runs; Dora is on leave. */
    private static Directory directory() {
        String allHours = "[{from: \"00:00\", to: \"24:00\"}]";
        return Directory.of(ConfigReader.parse("""
                        company: {name: Example Pumps, zone: UTC, currency: EUR}
                        working_hours: {monday: H, tuesday: H, wednesday: H, thursday: H, friday: H, saturday: H, sunday: H}
                        reps:
                          - {id: anna, name: Anna Ahrens, team: north, email: anna@example.com, team_lead: lena}
                          - {id: ben, name: Ben Boll, team: north, email: ben@example.com, team_lead: lena}
                          - {id: carl, name: Carl Cohn, team: north, team_lead: lena}
                          - id: dora
                            name: Dora Dorn
                            team: north
                            email: dora@example.com
                            deputy: ben
                            absences: [{from: 2000-01-01T00:00:00Z, to: 2190-01-01T00:00:00Z}]
                          - {id: lena, name: Lena Lang, team: north, email: lena@example.com}
                        """.replace(": H", ": " + allHours)), List.of());
    }

    @BeforeEach
    void start() throws Exception {
        inbox = new Inbox();
        alertmanager = AlertmanagerProcess.in(folder, inbox.environment());
        alertmanager.start();
        log.firstCaughtUp(nowMillis - 100 * HOUR);
        dispatcher = dispatcher();
    }

    @AfterEach
    void stop() throws Exception {
        if (alertmanager != null) {
            alertmanager.close();
        }
        inbox.close();
    }

    @Test
    void aStuckLeadIsOneMailThatARepCanActOn() throws Exception {
        put(stuck("L-17", "anna", nowMillis)
                .amount(1_840_000)
                .detail("next_step", "Call about the offer")
                .detail("product", "pump")
                .detail("last_contact_at", "2026-11-02T09:15:00Z")
                .detail("last_contact_kind", "call_made"));
        put(alert("idle", "L-17", "anna", nowMillis).amount(1_840_000));
        put(alert("fall_off", "L-17", "anna", nowMillis).amount(1_840_000).detail("sign", "pushed_twice"));
        walk(10 * SECOND);

        List<Inbox.Mail> mails = inbox.mails(1);

        Inbox.Mail mail = mails.get(0);
        assertThat(mail.to()).isEqualTo("anna@example.com");
        assertThat(mail.subject()).isEqualTo("lead L-17: 3 things to do");
        assertThat(mail.text())
                .contains("Hello Anna Ahrens,")
                .contains("Lead L-17: Stuck in offer")
                .contains("Lead L-17: No contact")
                .contains("Lead L-17: About to fall off: expected close put off twice")
                .contains("Limit:        10 business days")
                .contains("Last contact: Mon 2 Nov 2026, 09:15 (call made)")
                .contains("Size:         18,400.00 EUR")
                .contains("Probability:  > 99 %")
                .contains("Next step:    Call about the offer")
                .contains("Look:         http://leadpulse.example/leads/L-17")
                .contains("Handled:      http://leadpulse.example/alerts/stuck-L-17/handled")
                .contains("Later:        http://leadpulse.example/alerts/stuck-L-17/snooze");
        assertThat(mail.html())
                .contains("Stuck in offer")
                .contains("<a href=\"http://leadpulse.example/leads/L-17\">Open</a>")
                .contains("18,400.00 EUR")
                .contains("Probability</td><td>&gt; 99 %</td>");
        Await.until("the webhook's post", () -> !inbox.posts().isEmpty(), inbox::posts);
        for (JsonNode posted : inbox.posts().get(0).path("alerts")) {
            assertThat(posted.path("annotations").path("probability").asText()).isEqualTo("> 99 %");
            assertThat(posted.path("labels").fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("alertname", "rep", "message_id", "alert_id", "severity");
            assertThat(posted.path("labels").toString()).doesNotContain("L-17", "@", "Ahrens");
        }
        nothingMore(1);
    }

    @Test
    void aRateThatWorksWorseIsOneMailThatATeamLeadCanActOn() throws Exception {
        put(goal("works_worse", "rate", "company", nowMillis)
                .detail("rate", "mail_replied")
                .detail("words", "mails answered within 24 hours")
                .detail("from", "2026-10-25")
                .detail("until", "2026-10-31")
                .detail("before_from", "2026-08-30")
                .detail("now_successes", "34")
                .detail("now_cases", "612")
                .detail("now_rate", "0.0556")
                .detail("before_successes", "451")
                .detail("before_cases", "4803")
                .detail("before_rate", "0.0939")
                .detail("z", "-3.17"));
        walk(10 * SECOND);

        Inbox.Mail mail = inbox.mails(1).get(0);
        assertThat(mail.to()).isEqualTo("lena@example.com");
        assertThat(mail.subject()).isEqualTo("Works worse than before: mails answered within 24 hours");
        assertThat(mail.text())
                .contains("Hello Lena ")
                .contains("Works worse than before: mails answered within 24 hours")
                .contains("5.6 % (34 of 612) from 25 Oct 2026 to 31 Oct 2026,"
                        + " 9.4 % (451 of 4803) in the eight weeks before")
                .contains("Next step:    Find what changed since 25 Oct 2026: texts and templates, lists")
                .contains("Look:         http://boards.example/d/leadpulse-activity");
        assertThat(mail.html()).contains("<a href=\"http://boards.example/d/leadpulse-activity\">Open</a>");

        put(goal("works_worse", "rate", "company", nowMillis - 10 * SECOND).resolved(nowMillis));
        walk(10 * SECOND);
        nothingMore(1);
    }

    @Test
    void escalationIsToldWithoutItsWarningAndToTheTeamLeadToo() throws Exception {
        long raised = nowMillis;
        put(stuck("L-17", "anna", raised));
        walk(10 * SECOND);
        inbox.mails(1);

        put(stuck("L-17", "anna", raised).escalated(nowMillis));
        walk(10 * SECOND);

        List<Inbox.Mail> mails = inbox.mails(3);
        assertThat(mails.subList(1, 3))
                .extracting(Inbox.Mail::to)
                .containsExactlyInAnyOrder("anna@example.com", "lena@example.com");
        for (Inbox.Mail mail : mails.subList(1, 3)) {
            assertThat(mail.subject()).isEqualTo("Critical: lead L-17: Stuck in offer");
            assertThat(mail.text()).containsOnlyOnce("Stuck in offer").contains("CRITICAL");
        }
        assertThat(mails.stream()
                        .filter(mail -> mail.to().startsWith("lena"))
                        .findFirst()
                        .orElseThrow()
                        .text())
                .contains("Why you:      critical, owner Anna Ahrens");
        nothingMore(3);
    }

    @Test
    void whatIsOverIsToldOnce() throws Exception {
        long raised = nowMillis;
        put(stuck("L-17", "anna", raised));
        walk(10 * SECOND);
        inbox.mails(1);

        put(stuck("L-17", "anna", raised).resolved(nowMillis));
        walk(10 * SECOND);

        Inbox.Mail mail = inbox.mails(2).get(1);
        assertThat(mail.subject()).isEqualTo("Done: lead L-17");
        assertThat(mail.text()).contains("Over: the cause has ended.");
        nothingMore(2);
    }

    @Test
    void thatSomethingIsOverIsToldAlsoWhereTheClockWasSetBackBefore() throws Exception {
        SalesForce.Alert stuck = stuck("L-17", "anna", nowMillis);
        put(stuck);
        walk(10 * SECOND);
        inbox.mails(1);

        nowMillis -= 10 * MINUTE;
        put(stuck.resolved(nowMillis));
        walk(10 * SECOND);

        assertThat(metering.failed).isEmpty();
        assertThat(inbox.mails(2).get(1).subject()).isEqualTo("Done: lead L-17");
        nothingMore(2);
    }

    /** A message of which only what was replaced is over would be a mail that it is, though it has become worse. */
    @Test
    void whatBecomesCriticalAfterAMergeIsOneMailAndNoneThatItIsOver() throws Exception {
        long raised = nowMillis;
        put(stuck("L-17", "anna", raised));
        walk(10 * SECOND);
        inbox.mails(1);

        put(stuck("L-17", "anna", raised).merged(nowMillis));
        put(stuck("L-1", "anna", raised).detail("replaces", "stuck-L-17").escalated(nowMillis));
        walk(10 * SECOND);

        inbox.mails(3);
        put(stuck("L-1", "anna", raised).escalated(nowMillis).resolved(nowMillis));
        walk(10 * SECOND);

        inbox.mails(5);
        nothingMore(5);
        assertThat(inbox.subjects())
                .filteredOn(subject -> !subject.contains("later-"))
                .containsExactlyInAnyOrder(
                        "anna@example.com: lead L-17: Stuck in offer",
                        "anna@example.com: Critical: lead L-1: Stuck in offer",
                        "lena@example.com: Critical: lead L-1: Stuck in offer",
                        "anna@example.com: Done: lead L-1",
                        "lena@example.com: Done: lead L-1");
    }

    @Test
    void whatStandsAgainAfterAnUnmergeIsOneMailThoughTheDispatcherDiesBeforeItLeaves() throws Exception {
        long raised = nowMillis;
        put(stuck("L-17", "anna", raised));
        walk(10 * SECOND);
        inbox.mails(1);
        put(stuck("L-17", "anna", raised).merged(nowMillis));
        walk(10 * SECOND);
        inbox.mails(2);
        put(stuck("L-1", "anna", raised).detail("replaces", "stuck-L-17"));
        walk(10 * SECOND);
        inbox.mails(3);

        put(stuck("L-1", "anna", raised).detail("replaces", "stuck-L-17").merged(nowMillis));
        walk(10 * SECOND);
        inbox.mails(4);
        put(stuck("L-17", "anna", raised));
        log.crashAfterWrite(true);
        walk(10 * SECOND);
        log.crashAfterWrite(false);
        dispatcher = dispatcher();
        walk(2 * MINUTE);

        inbox.mails(5);
        dispatcher = dispatcher();
        walk(2 * MINUTE);
        nothingMore(5);
        assertThat(inbox.mails().subList(0, 5))
                .extracting(Inbox.Mail::subject)
                .containsExactly(
                        "lead L-17: Stuck in offer",
                        "Done: lead L-17",
                        "lead L-1: Stuck in offer",
                        "Done: lead L-1",
                        "lead L-17: Stuck in offer");
    }

    @Test
    void nobodyIsToldTwiceOverDeathsOfDispatcherAndAlertmanager() throws Exception {
        put(stuck("L-17", "anna", nowMillis));
        walk(10 * SECOND);
        inbox.mails(1);

        // The dispatcher dies and begins anew with the log alone.
        dispatcher = dispatcher();
        walk(2 * MINUTE);
        // The Alertmanager's service restarts.
        alertmanager.stop();
        alertmanager.start();
        walk(2 * MINUTE);
        // It crashes; what it has told is on its disk within its maintenance interval.
        Instant told = Instant.now();
        Await.until(
                "the notification log on disk",
                () -> Files.exists(alertmanager.notificationLog())
                        && Files.getLastModifiedTime(alertmanager.notificationLog())
                                .toInstant()
                                .isAfter(told),
                alertmanager::log);
        alertmanager.kill();
        alertmanager.start();
        dispatcher = dispatcher();
        walk(2 * MINUTE);

        nothingMore(1);
    }

    @Test
    void aCrashBetweenTheLogAndThePostTellsOnce() throws Exception {
        put(stuck("L-17", "anna", nowMillis));
        log.crashAfterWrite(true);
        walk(10 * SECOND);
        assertThat(log.load().tellings()).hasSize(1);
        assertThat(inbox.mails()).isEmpty();

        log.crashAfterWrite(false);
        dispatcher = dispatcher();
        walk(10 * SECOND);

        assertThat(inbox.mails(1).get(0).to()).isEqualTo("anna@example.com");
        nothingMore(1);
    }

    @Test
    void elevenAtOnceAreOneDigestTheMostValuableFirst() throws Exception {
        for (int lead = 1; lead <= 11; lead++) {
            put(stuck("L-" + lead, "anna", nowMillis).amount(100_000L * lead));
        }
        walk(10 * SECOND);

        Inbox.Mail mail = inbox.mails(1).get(0);

        assertThat(mail.subject()).isEqualTo("11 leads need you: 66,000.00 EUR at stake");
        List<String> lines =
                mail.text().lines().filter(line -> line.startsWith("* ")).toList();
        assertThat(lines).hasSize(11);
        assertThat(lines.get(0)).startsWith("* L-11 · 11,000.00 EUR · Stuck in offer since ");
        assertThat(lines.get(10)).startsWith("* L-1 · 1,000.00 EUR");
        assertThat(mail.text()).contains("http://leadpulse.example/leads/L-11");
        assertThat(mail.html()).contains("<li><a href=\"http://leadpulse.example/leads/L-11\">L-11 · 11,000.00 EUR");
        nothingMore(1);
    }

    @Test
    void tenThousandAtOnceAreOneDigestARep() throws Exception {
        for (int lead = 0; lead < 10_000; lead++) {
            put(stuck("L-" + lead, lead % 2 == 0 ? "anna" : "ben", nowMillis).amount(lead));
        }
        walk(5 * MINUTE);

        List<Inbox.Mail> mails = inbox.mails(2);

        assertThat(mails).extracting(Inbox.Mail::to).containsExactlyInAnyOrder("anna@example.com", "ben@example.com");
        assertThat(mails).allSatisfy(mail -> {
            assertThat(mail.subject()).startsWith("5,000 leads need you");
            assertThat(mail.text()).contains("and 4,980 more.");
        });
        assertThat(log.load().tellings()).hasSize(10_000);
        nothingMore(2);
    }

    @Test
    void theDeputyIsToldAndWhoHasNoAddressIsToldByTheOffice() throws Exception {
        put(stuck("L-1", "dora", nowMillis));
        put(stuck("L-2", "carl", nowMillis));
        walk(10 * SECOND);

        List<Inbox.Mail> mails = inbox.mails(2);

        Map<String, Inbox.Mail> byAddress = new TreeMap<>();
        mails.forEach(mail -> byAddress.put(mail.to(), mail));
        assertThat(byAddress.get("ben@example.com").text()).contains("Why you:      in place of Dora Dorn");
        assertThat(byAddress.get("office@example.com").text()).contains("Hello Carl Cohn,");
        nothingMore(2);
    }

    @Test
    void aManagerGetsTheDailyDigestOnceOverRestartsOfBoth() throws Exception {
        MemoryDigestLog digestLog = new MemoryDigestLog();
        // Since the hour began.
        String at = Instant.ofEpochMilli(nowMillis)
                .atZone(ZoneOffset.UTC)
                .toLocalTime()
                .truncatedTo(ChronoUnit.HOURS)
                .toString();
        try (DailyDigests digests = digests(digestLog, at)) {
            digests.tick();
        }
        Inbox.Mail mail = inbox.mails(1).get(0);
        // A second start, and an Alertmanager that begins anew.
        nowMillis += 2 * MINUTE;
        try (DailyDigests digests = digests(digestLog, at)) {
            digests.tick();
            alertmanager.stop();
            alertmanager.start();
            nowMillis += 2 * MINUTE;
            digests.tick();
        }
        assertThat(digestLog.since(0)).hasSize(1);

        assertThat(mail.to()).isEqualTo("lena@example.com");
        assertThat(mail.subject())
                .isEqualTo(digestLog.since(0).get(0).contents().get("what"));
        assertThat(mail.text())
                .contains("Hello Lena Lang,")
                .contains("* Win rate (90 days): 36.0 % (119 of 331); goal 35.0 %, reached\n")
                .contains("* Fri 20 November 2026: won 15,240 EUR of 15,500 EUR (98.3 %), deals won 6, lost 4")
                .contains("* November 2026: 231,000 EUR of 340,000 EUR (67.9 %), 12,400 EUR behind, pace 0.95\n")
                .contains("* Unassigned: 2\n")
                .contains("CORRECTED MEANWHILE: none\n")
                .contains("Look: http://leadpulse.example");
        assertThat(mail.text().lines().filter(line -> line.startsWith("* "))).hasSize(18);
        assertThat(mail.html())
                .contains("<li>Stuck: 1,011, of these critical 3; 61,400 EUR at stake</li>")
                .contains("<a href=\"http://leadpulse.example\">Open the boards</a>");
        Await.until("the webhook's post", () -> !inbox.posts().isEmpty(), inbox::posts);
        JsonNode labels = inbox.posts().get(0).at("/alerts/0/labels");
        assertThat(labels.path("alertname").textValue()).isEqualTo("DailyDigest");
        assertThat(labels.toString()).doesNotContain("@", "Lang");
        nothingMore(1);
    }

    /** Due from that time of every day on. */
    private DailyDigests digests(DigestLog digestLog, String at) {
        return new DailyDigests(
                ConfigReader.parse("alerts: {daily_digest: {on_days_off: true, at: \"" + at + "\"}}"),
                () -> Optional.of(directory),
                (from, today) -> Optional.of(DigestWriterTest.report()),
                digestLog,
                alertmanager.url(),
                "http://leadpulse.example",
                metering,
                () -> true,
                () -> Instant.ofEpochMilli(nowMillis));
    }

    @Test
    void aSnoozedAlertIsToldOnceMoreAfterwards() throws Exception {
        long raised = nowMillis;
        put(stuck("L-17", "anna", raised));
        walk(10 * SECOND);
        inbox.mails(1);
        long until = nowMillis + 30 * MINUTE;
        put(stuck("L-17", "anna", raised).snoozed(nowMillis, until));
        walk(20 * MINUTE);
        nothingMore(1);

        walk(15 * MINUTE);

        Await.until(
                "the reminder",
                () -> inbox.subjects().stream()
                                .filter("anna@example.com: lead L-17: Stuck in offer"::equals)
                                .count()
                        == 2,
                inbox::subjects);
        nothingMore(2);
    }

    @Test
    void nothingIsToldWhileASourceIsSilent() throws Exception {
        AlertmanagerClient prometheus = new AlertmanagerClient(alertmanager.url());
        long silentSince = System.currentTimeMillis();
        prometheus.post(List.of(silent(silentSince, silentSince + HOUR)));
        put(stuck("L-17", "anna", nowMillis));
        walk(5 * MINUTE);
        assertThat(metering.muted).containsEntry("stuck", 1);
        assertThat(log.load().tellings()).isEmpty();

        prometheus.post(List.of(silent(silentSince, System.currentTimeMillis())));
        Await.until(
                "the end of the silence",
                () -> prometheus.firing(Dispatcher.MUTING).isEmpty(),
                alertmanager::log);
        walk(10 * SECOND);

        Await.until(
                "the rep's mail",
                () -> inbox.mails().stream().anyMatch(mail -> mail.to().equals("anna@example.com")),
                inbox::subjects);
    }

    @Test
    void whileTheAlertmanagerOrTheLogIsAwayNothingIsLost() throws Exception {
        alertmanager.stop();
        put(stuck("L-17", "anna", nowMillis));
        walk(2 * MINUTE);
        log.away(true);
        alertmanager.start();
        walk(2 * MINUTE);
        assertThat(metering.sent).isEmpty();
        assertThat(inbox.mails()).isEmpty();

        log.away(false);
        walk(10 * SECOND);

        assertThat(inbox.mails(1).get(0).to()).isEqualTo("anna@example.com");
        assertThat(metering.sent).containsExactly(MessageKind.LEAD);
        nothingMore(1);
    }

    private Dispatcher dispatcher() {
        Dispatcher begun = new Dispatcher(
                CODEC,
                AlertDelivery.DEFAULT,
                () -> Optional.of(directory),
                new LeadOutlook(lead -> null, lead -> lead.equals("L-17") ? "> 99 %" : null),
                "http://leadpulse.example/",
                "http://boards.example",
                MoneyUnit.of("EUR"),
                alertmanager.url(),
                log,
                metering,
                new Dispatcher.Engine(() -> true, Office.ENGINE_BEHIND),
                () -> Instant.ofEpochMilli(nowMillis));
        for (AlertRecord alert : topic) {
            begun.accept(List.of(update(alert)), Map.of());
        }
        begun.caughtUp();
        return begun;
    }

    private void put(SalesForce.Alert alert) {
        topic.add(alert.asRecord());
        dispatcher.accept(List.of(update(alert.asRecord())), Map.of());
    }

    private ResultUpdate update(AlertRecord alert) {
        return new ResultUpdate(
                PARTITION,
                topic.size(),
                nowMillis,
                alert.alert().getBytes(StandardCharsets.UTF_8),
                CODEC.encode(alert));
    }

    /** Lets the dispatcher's clock go on, with a tick every few seconds. */
    private void walk(long millis) {
        long end = nowMillis + millis;
        dispatcher.tick();
        while (nowMillis < end) {
            nowMillis = Math.min(end, nowMillis + 5 * SECOND);
            dispatcher.tick();
        }
    }

    /** A message that comes later has come, and before it no more than so many. */
    private void nothingMore(int mails) throws Exception {
        int before = topic.size();
        put(alert("reply_owed", "later-" + before, "ben", nowMillis).handRaised());
        walk(10 * SECOND);
        Await.until(
                "the later mail",
                () -> inbox.subjects().stream().anyMatch(subject -> subject.contains("later-" + before)),
                inbox::subjects);
        assertThat(inbox.subjects())
                .filteredOn(subject -> !subject.contains("later-"))
                .hasSize(mails);
    }

    private static Post silent(long sinceMillis, long untilMillis) {
        return new Post(
                Map.of("alertname", "SourceSilent", "source", "crm.activities.v1", "severity", "warning"),
                Map.of("summary", "Nothing comes"),
                sinceMillis,
                untilMillis,
                "http://prometheus.example");
    }

    /** Keeps what was counted. */
    private static final class Metering implements AlertMeter {
        private final List<MessageKind> sent = new ArrayList<>();
        private final List<MessageKind> failed = new ArrayList<>();
        private Map<String, Integer> muted = Map.of();

        @Override
        public void sent(MessageKind kind) {
            sent.add(kind);
        }

        @Override
        public void failed(MessageKind kind) {
            failed.add(kind);
        }

        @Override
        public void waiting(int messages) {}

        @Override
        public void muted(Map<String, Integer> alertsByCause) {
            muted = alertsByCause;
        }
    }
}
