package io.leadpulse.serving.alert;

import static io.leadpulse.serving.alert.SalesForce.DAY;
import static io.leadpulse.serving.alert.SalesForce.HOUR;
import static io.leadpulse.serving.alert.SalesForce.MINUTE;
import static io.leadpulse.serving.alert.SalesForce.MONDAY_10;
import static io.leadpulse.serving.alert.SalesForce.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.serving.metrics.DayReport;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When digests are sent, by a clock of the test's; what arrives: {@link AlertDeliveryITCase}. */
class DailyDigestsTest {
    private static final long MONDAY_8 = MONDAY_10 - 2 * HOUR;

    private final MemoryDigestLog log = new MemoryDigestLog();
    /** Days of which reports were asked for. */
    private final List<String> reported = new ArrayList<>();

    private LeadpulseConfig config = ConfigReader.parse("company: {zone: UTC, currency: EUR}");
    private Directory directory = SalesForce.DIRECTORY;
    private boolean reportIsThere = true;
    private boolean engineHasReadAll = true;
    private long nowMillis = MONDAY_8 - HOUR;

    private HearingAlertmanager alertmanager;
    private DailyDigests digests;

    @BeforeEach
    void start() throws IOException {
        alertmanager = new HearingAlertmanager(nowMillis - HOUR);
        digests = digests();
    }

    @AfterEach
    void stop() {
        digests.close();
        alertmanager.close();
    }

    @Test
    void eachTeamLeadGetsOneADayWhenItIsDue() {
        walkTo(MONDAY_8 - SECOND);
        assertThat(log.since(0)).isEmpty();

        walkTo(MONDAY_8 + DAY - HOUR);

        assertThat(sent()).containsExactly("2026-11-23 lena", "2026-11-23 leo");
        assertThat(reported).containsExactly("2026-11-20..2026-11-23");
        assertThat(log.asked())
                .containsExactly(
                        Instant.parse("2026-11-20T00:00:00Z").toEpochMilli(),
                        Instant.parse("2026-11-23T00:00:00Z").toEpochMilli());
        assertThat(alertmanager.heard()).contains("lena", "leo").doesNotContain("anna", "ben", "dora", "eva");

        walkTo(MONDAY_8 + 5 * DAY + HOUR);

        assertThat(sent())
                .containsExactly(
                        "2026-11-23 lena",
                        "2026-11-23 leo",
                        "2026-11-24 lena",
                        "2026-11-24 leo",
                        "2026-11-25 lena",
                        "2026-11-25 leo",
                        "2026-11-26 lena",
                        "2026-11-26 leo",
                        "2026-11-27 lena",
                        "2026-11-27 leo");
    }

    @Test
    void aRestartAndASecondStartSendNoSecondOne() {
        walkTo(MONDAY_8 + MINUTE);
        digests.close();
        digests = digests();
        try (DailyDigests second = digests()) {
            for (long end = nowMillis + 3 * MINUTE; nowMillis < end; nowMillis += 5 * SECOND) {
                digests.tick();
                second.tick();
            }
        }
        assertThat(sent()).containsExactly("2026-11-23 lena", "2026-11-23 leo");
        assertThat(reported).hasSize(1);
    }

    @Test
    void twoThatStartAtOnceWriteOneForEach() {
        nowMillis = MONDAY_8;
        try (DailyDigests second = digests()) {
            // Both have looked into the log before either writes.
            engineHasReadAll = false;
            digests.tick();
            second.tick();
            engineHasReadAll = true;
            digests.tick();
            second.tick();
        }
        assertThat(sent()).containsExactly("2026-11-23 lena", "2026-11-23 leo");
        assertThat(log.since(0)).allMatch(digest -> digest.postedMillis() == MONDAY_8);
    }

    @Test
    void whatWasWrittenBeforeACrashIsPostedAsItWasWritten() {
        log.crashAfterWrite(true);
        walkTo(MONDAY_8);
        digests.close();
        assertThat(alertmanager.heard()).isEmpty();
        assertThat(sent()).hasSize(2);

        log.crashAfterWrite(false);
        nowMillis += 5 * HOUR;
        digests = digests();
        walkTo(nowMillis + SECOND);

        assertThat(alertmanager.heard()).containsExactly("lena", "leo");
        assertThat(reported).hasSize(1);
    }

    @Test
    void aWriteThatSeemedToFailIsPostedByTheSameProcess() {
        log.crashAfterWrite(true);
        walkTo(MONDAY_8 + SECOND);
        log.crashAfterWrite(false);
        walkTo(nowMillis + 10 * SECOND);

        assertThat(alertmanager.heard()).contains("lena", "leo");
        assertThat(sent()).hasSize(2);
        assertThat(reported).hasSize(1);
    }

    @Test
    void whatWasToldAndThenNotConfirmedForHoursIsNotPostedAgain() {
        walkTo(MONDAY_8 + 2 * MINUTE);
        digests.close();
        alertmanager.die();

        nowMillis += 5 * HOUR;
        alertmanager.begin(nowMillis);
        digests = digests();
        walkTo(nowMillis + 2 * MINUTE);

        assertThat(alertmanager.heard()).isEmpty();
    }

    @Test
    void norByTheSameProcess() {
        walkTo(MONDAY_8 + 2 * MINUTE);
        alertmanager.die();
        walkTo(MONDAY_8 + 5 * HOUR);

        alertmanager.begin(nowMillis);
        walkTo(nowMillis + 2 * MINUTE);

        assertThat(alertmanager.heard()).isEmpty();
    }

    @Test
    void anAlertmanagerThatIsAwayGetsItWhenItIsBack() {
        alertmanager.die();
        walkTo(MONDAY_8 + HOUR);
        assertThat(sent()).as("not known whether it may be told").isEmpty();

        alertmanager.begin(nowMillis);
        walkTo(nowMillis + 10 * SECOND);

        assertThat(sent()).hasSize(2);
        assertThat(alertmanager.heard()).contains("lena", "leo");
    }

    @Test
    void oneThatIsRefusedKeepsNoOtherFromBeingTakenAndIsTriedAgain() {
        alertmanager.refuseOf("lena");
        walkTo(MONDAY_8 + 2 * MINUTE);
        assertThat(alertmanager.heard()).contains("leo").doesNotContain("lena");
        assertThat(log.since(0))
                .filteredOn(digest -> digest.postedMillis() == SentLog.NEVER)
                .extracting(SentDigest::recipient)
                .containsExactly("lena");

        alertmanager.refuseOf("");
        walkTo(nowMillis + 2 * MINUTE);

        assertThat(alertmanager.heard()).contains("lena");
        assertThat(log.since(0)).noneMatch(digest -> digest.postedMillis() == SentLog.NEVER);
    }

    @Test
    void noneIsWrittenWhileSomethingWouldBeWrongAndNoneInTheAfternoon() {
        engineHasReadAll = false;
        walkTo(MONDAY_8 + 30 * MINUTE);
        engineHasReadAll = true;
        reportIsThere = false;
        walkTo(MONDAY_8 + HOUR);
        reportIsThere = true;
        directory = null;
        walkTo(MONDAY_8 + 2 * HOUR);
        directory = SalesForce.DIRECTORY;
        alertmanager.fire(true);
        walkTo(MONDAY_8 + 4 * HOUR);
        assertThat(sent()).isEmpty();

        alertmanager.fire(false);
        walkTo(MONDAY_8 + DAY - SECOND);
        assertThat(sent()).isEmpty();

        walkTo(MONDAY_8 + DAY + MINUTE);
        assertThat(sent()).containsExactly("2026-11-24 lena", "2026-11-24 leo");
    }

    @Test
    void whomTheCompanyNamesGetsItUnlessHeIsOnLeave() {
        config = ConfigReader.parse("""
                company: {zone: UTC, currency: EUR}
                alerts: {daily_digest: {recipients: [anna, dora, eva, leo]}}
                """);
        digests.close();
        digests = digests();
        walkTo(MONDAY_8 + MINUTE);

        assertThat(sent()).containsExactly("2026-11-23 anna", "2026-11-23 leo");
    }

    @Test
    void noMoreLeaveInAMinuteThanMessagesMay() {
        config = ConfigReader.parse("""
                company: {zone: UTC, currency: EUR}
                alerts: {max_messages_per_minute: 1}
                """);
        digests.close();
        digests = digests();
        walkTo(MONDAY_8 + 30 * SECOND);
        assertThat(sent()).hasSize(1);

        walkTo(MONDAY_8 + 2 * MINUTE);
        assertThat(sent()).hasSize(2);
    }

    private List<String> sent() {
        return log.since(0).stream()
                .map(digest -> digest.day() + " " + digest.recipient())
                .toList();
    }

    private DailyDigests digests() {
        return new DailyDigests(
                config,
                () -> Optional.ofNullable(directory),
                this::report,
                log,
                alertmanager.url(),
                "http://leadpulse.example",
                new AlertMetrics(new PrometheusRegistry()),
                () -> engineHasReadAll,
                () -> Instant.ofEpochMilli(nowMillis));
    }

    private Optional<DayReport> report(LocalDate from, LocalDate today) {
        if (!reportIsThere) {
            return Optional.empty();
        }
        reported.add(from + ".." + today);
        return Optional.of(DigestWriterTest.report());
    }

    private void walkTo(long millis) {
        digests.tick();
        while (nowMillis < millis) {
            nowMillis = Math.min(millis, nowMillis + step());
            digests.tick();
        }
    }

    /** Close together where it is due, a minute apart in the rest of the morning; at other times nothing can be due. */
    private long step() {
        long ofDay = nowMillis % DAY;
        long eight = MONDAY_8 % DAY;
        if (Math.abs(ofDay - eight) < 5 * MINUTE) {
            return 10 * SECOND;
        }
        return ofDay > 7 * HOUR && ofDay < 13 * HOUR ? MINUTE : 10 * MINUTE;
    }
}
