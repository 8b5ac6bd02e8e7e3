package io.leadpulse.serving.alert;

import static io.leadpulse.serving.alert.SalesForce.HOUR;
import static io.leadpulse.serving.alert.SalesForce.MINUTE;
import static io.leadpulse.serving.alert.SalesForce.MONDAY_10;
import static io.leadpulse.serving.alert.SalesForce.SECOND;
import static io.leadpulse.serving.alert.SalesForce.stuck;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.MoneyUnit;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.AlertDelivery;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.ResultCodec;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.serving.read.ResultUpdate;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the dispatcher makes of crashes and outages, by a clock of the test's; deliveries: {@link AlertDeliveryITCase}. */
class DispatcherTest {

    private static final ResultCodec<AlertRecord> CODEC = new ResultCodecs("EUR").alerts();
    private static final TopicPartition PARTITION = new TopicPartition(Topics.ALERTS, 0);

    private final MemorySentLog log = new MemorySentLog();
    private final PrometheusRegistry metrics = new PrometheusRegistry();
    private final Map<String, AlertRecord> topic = new LinkedHashMap<>();
    private long nowMillis = MONDAY_10;
    /** Null until all of it has been read. */
    private Directory directory = SalesForce.DIRECTORY;

    private HearingAlertmanager alertmanager;
    private AlertMetrics meter;
    private Dispatcher dispatcher;

    @BeforeEach
    void start() throws IOException {
        alertmanager = new HearingAlertmanager(nowMillis - HOUR);
        meter = new AlertMetrics(metrics);
        log.firstCaughtUp(nowMillis - 100 * HOUR);
        dispatcher = dispatcher();
        walk(10 * SECOND);
    }

    @AfterEach
    void stop() {
        dispatcher.close();
        alertmanager.close();
    }

    @Test
    void whatWasLoggedBeforeACrashIsPostedHoweverLateItIsBack() {
        put(stuck("l1", "anna", nowMillis));
        log.crashAfterWrite(true);
        walk(10 * SECOND);
        dispatcher.close();
        log.crashAfterWrite(false);
        assertThat(log.load().tellings()).hasSize(1);
        assertThat(alertmanager.heard()).isEmpty();

        nowMillis += 5 * HOUR;
        dispatcher = dispatcher();
        walk(SECOND);

        assertThat(alertmanager.heard()).contains("anna");
    }

    @Test
    void whatAnAlertmanagerTookMomentsBeforeItDiedIsPostedHoweverLateItIsBack() {
        put(stuck("l1", "anna", nowMillis));
        walkUntilHeard();
        alertmanager.die();
        walk(SECOND);

        nowMillis += 5 * HOUR;
        walk(SECOND);
        alertmanager.begin(nowMillis);
        walk(SECOND);

        assertThat(alertmanager.heard()).contains("anna");
    }

    /** Else it would stand there until the Alertmanager gives it up, and people be told that nothing was heard of us. */
    @Test
    void thatSomethingIsOverIsPostedHoweverLateThatIsTaken() {
        SalesForce.Alert stuck = stuck("l1", "anna", nowMillis);
        put(stuck);
        walkUntilHeard();
        walk(MINUTE + 10 * SECOND);
        alertmanager.die();
        alertmanager.begin(nowMillis);
        alertmanager.refuse(true);
        put(stuck.resolved(nowMillis));
        walk(2 * HOUR);
        assertThat(log.load().tellings()).extracting(Telling::outcome).containsExactly(Outcome.RESOLVED);
        assertThat(alertmanager.heard()).isEmpty();

        alertmanager.refuse(false);
        walk(SECOND);
        assertThat(alertmanager.heard()).containsOnly("anna");

        walk(20 * MINUTE);
        alertmanager.die();
        alertmanager.begin(nowMillis);
        walk(MINUTE);
        assertThat(alertmanager.heard()).as("not for ever").isEmpty();
    }

    @Test
    void whatEndedBeforeItBeganSinceTheClockWasSetBackIsTakenAsAnyOther() {
        SalesForce.Alert stuck = stuck("l1", "anna", nowMillis);
        put(stuck);
        walkUntilHeard();
        walk(MINUTE + 10 * SECOND);
        long setBackMillis = nowMillis;
        nowMillis -= 10 * MINUTE;
        put(stuck.resolved(nowMillis));
        walk(SECOND);
        assertThat(log.load().tellings())
                .allSatisfy(telling -> assertThat(telling.endedMillis()).isBetween(1L, telling.sentMillis()));

        walk(20 * MINUTE);

        assertThat(alertmanager.refusals()).isZero();
        assertThat(log.load().lastPostMillis()).isGreaterThan(setBackMillis + 5 * MINUTE);
        alertmanager.die();
        alertmanager.begin(nowMillis);
        walk(MINUTE);
        assertThat(alertmanager.heard()).as("not for ever").isEmpty();
    }

    @Test
    void oneAlertThatIsRefusedKeepsNoOtherFromBeingTaken() {
        alertmanager.refuseOf("anna");
        SalesForce.Alert refused = stuck("l1", "anna", nowMillis);
        put(refused);
        put(stuck("l2", "ben", nowMillis));
        walk(10 * SECOND);

        assertThat(alertmanager.heard()).contains("ben").doesNotContain("anna");
        assertThat(messages("sent")).isEqualTo(1);
        assertThat(messages("failed")).isEqualTo(1);
        walk(5 * MINUTE);
        assertThat(log.load().lastPostMillis()).isGreaterThan(nowMillis - 2 * MINUTE);
        assertThat(messages("sent")).isEqualTo(1);
        assertThat(messages("failed")).as("tried once a minute").isBetween(5.0, 7.0);

        put(refused.resolved(nowMillis));
        walk(20 * MINUTE);
        int refusals = alertmanager.refusals();
        walk(5 * MINUTE);
        assertThat(alertmanager.refusals()).as("not for ever").isEqualTo(refusals);
    }

    @Test
    void whatWasRefusedIsToldWhenItIsTakenAtLast() {
        alertmanager.refuseOf("anna");
        put(stuck("l1", "anna", nowMillis));
        walk(5 * HOUR);
        assertThat(alertmanager.heard()).isEmpty();

        alertmanager.refuseOf("");
        walk(MINUTE + 10 * SECOND);

        assertThat(alertmanager.heard()).containsOnly("anna");
    }

    @Test
    void whatBeganWhileNoPostWasTakenIsPostedAfterwards() {
        put(stuck("l1", "ben", nowMillis));
        walkUntilHeard();
        walk(MINUTE + 10 * SECOND);
        alertmanager.die();
        alertmanager.begin(nowMillis);
        alertmanager.refuse(true);
        put(stuck("l2", "anna", nowMillis));
        walk(10 * SECOND);
        assertThat(log.load().tellings()).hasSize(2);

        nowMillis += 5 * HOUR;
        walk(10 * SECOND);
        alertmanager.refuse(false);
        walk(5 * SECOND);

        assertThat(alertmanager.heard()).isNotEmpty().containsOnly("anna");
    }

    @Test
    void whatWasToldAndThenNotConfirmedForHoursIsNotRaisedAgain() {
        put(stuck("l1", "anna", nowMillis));
        walkUntilHeard();
        walk(MINUTE + 10 * SECOND);
        alertmanager.die();

        nowMillis += 5 * HOUR;
        alertmanager.begin(nowMillis);
        walk(MINUTE + 10 * SECOND);

        assertThat(alertmanager.heard()).isEmpty();
        assertThat(log.load().tellings()).extracting(Telling::outcome).containsExactly(Outcome.LAPSED);
    }

    @Test
    void nobodyIsToldUntilAllRepsAreKnownAndThenTheDeputyOfWhoIsAway() {
        directory = null;
        dispatcher.close();
        dispatcher = dispatcher();
        put(stuck("l1", "dora", nowMillis));
        walk(MINUTE);
        assertThat(log.load().tellings()).isEmpty();
        assertThat(alertmanager.heard()).isEmpty();

        directory = SalesForce.DIRECTORY;
        walkUntilHeard();
        walk(10 * SECOND);

        assertThat(alertmanager.heard()).containsOnly("ben");
    }

    @Test
    void anInstallationBeginsWhenAllRepsAreKnown() {
        SentLog newLog = new MemorySentLog();
        directory = null;
        try (Dispatcher begun = dispatcher(newLog)) {
            begun.tick();
            assertThat(newLog.load().firstCaughtUpMillis()).isEqualTo(SentLog.NEVER);

            directory = SalesForce.DIRECTORY;
            begun.tick();

            assertThat(newLog.load().firstCaughtUpMillis()).isEqualTo(nowMillis);
        }
    }

    private Dispatcher dispatcher() {
        return dispatcher(log);
    }

    private Dispatcher dispatcher(SentLog written) {
        Dispatcher begun = new Dispatcher(
                CODEC,
                AlertDelivery.DEFAULT,
                () -> Optional.ofNullable(directory),
                new LeadOutlook(lead -> "otto", lead -> null),
                "http://leadpulse.example/",
                null,
                MoneyUnit.of("EUR"),
                alertmanager.url(),
                written,
                meter,
                new Dispatcher.Engine(() -> true, Office.ENGINE_BEHIND),
                () -> Instant.ofEpochMilli(nowMillis));
        topic.values().forEach(alert -> begun.accept(List.of(update(alert)), Map.of()));
        begun.caughtUp();
        return begun;
    }

    private void put(SalesForce.Alert alert) {
        AlertRecord record = alert.asRecord();
        topic.put(record.alert(), record);
        dispatcher.accept(List.of(update(record)), Map.of());
    }

    /** How many messages about single leads have had this fate. */
    private double messages(String result) {
        return metrics.scrape(name -> name.equals("leadpulse_alert_messages")).stream()
                .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
                .filter(point -> point.getLabels().equals(Labels.of("kind", "lead", "result", result)))
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }

    private ResultUpdate update(AlertRecord alert) {
        return new ResultUpdate(
                PARTITION, 0, nowMillis, alert.alert().getBytes(StandardCharsets.UTF_8), CODEC.encode(alert));
    }

    /** Lets the dispatcher's clock go on, with a tick every five seconds at least. */
    private void walk(long millis) {
        long end = nowMillis + millis;
        dispatcher.tick();
        while (nowMillis < end) {
            nowMillis = Math.min(end, nowMillis + 5 * SECOND);
            dispatcher.tick();
        }
    }

    private void walkUntilHeard() {
        for (long end = nowMillis + MINUTE;
                nowMillis < end && alertmanager.heard().isEmpty();
                nowMillis += SECOND) {
            dispatcher.tick();
        }
        assertThat(alertmanager.heard()).isNotEmpty();
    }
}
