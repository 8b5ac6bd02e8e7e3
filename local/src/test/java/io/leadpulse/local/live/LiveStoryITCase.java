package io.leadpulse.local.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.app.LeadpulseJob;
import io.leadpulse.app.LeadpulseJobConfig;
import io.leadpulse.kafka.EngineTopics;
import io.leadpulse.local.simulator.KafkaWriter;
import io.leadpulse.local.simulator.LiveScript;
import io.leadpulse.local.simulator.SimulatedRecord;
import io.leadpulse.local.simulator.Simulator;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.tick.Tick;
import io.leadpulse.schemas.tick.TickCodec;
import io.leadpulse.serving.alert.AlertmanagerProcess;
import io.leadpulse.serving.alert.Inbox;
import io.leadpulse.serving.app.Serving;
import io.leadpulse.serving.app.ServingConfig;
import io.leadpulse.serving.read.Await;
import io.leadpulse.serving.read.TestBroker;
import io.leadpulse.tools.DebianTool;
import io.leadpulse.tools.PostgresServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The story that the demo tells, through everything that the demo runs: real broker, engine, serving, PostgreSQL,
 * Alertmanager and mail server. 90 days of history, of leads those of the story, and then the live beats, which are written as fast as they are taken
 * in; the clock of serving is put forward with them. Live began 35 minutes ago, so that
 * nothing comes from the future, and what is corrected still falls within the hour in which it is listed.
 */
class LiveStoryITCase {
    private static final Duration AGO = Duration.ofMinutes(35);
    private static final Duration HISTORY_WITHIN = Duration.ofMinutes(6);
    private static final Duration MAIL_WITHIN = Duration.ofMinutes(3);
    private static final Duration UNASSIGNED_WITHIN = Duration.ofMinutes(5);
    private static final int STEP_SECONDS = 20;
    private static final Duration ENGINE_BEHIND = Duration.ofSeconds(20);
    private static final String VISITOR = "L-90001";
    private static final String VISITORS_BROWSER = "V-90001";
    private static final String SCANNED = "L-90002";
    /** Who sell Books; all are at work. */
    private static final List<String> BOOKS_REPS = List.of(
            "Ines Marchetti",
            "Lena Vogt",
            "Marek Duda",
            "Jonah Adeyemi",
            "Aisha Bello",
            "Nils Berg",
            "Chiara Fonti",
            "Omar Said");

    private static final String PROPOSED =
            "select r.name from leadpulse.proposed_owner p join leadpulse.rep r using (rep) where p.lead = '" + VISITOR
                    + "'";
    private static final String FALLING_OFF = "L-19004";
    private static final String NILS = "R-08";
    private static final String DARYA = "R-01";
    private static final String HER_TEAM_LEAD = "R-21";
    private static final String LARGEST = "L-19010";
    private static final String LENA = "R-03";
    private static final String DARYAS_MAIL = "darya.kamali@nimbar.example";
    private static final String DARYAS_DIGEST = "11 leads need you: 61,400.00 EUR at stake";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Simulator simulator = Simulator.of(
            Simulator.DEFAULT_SEED,
            Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(AGO),
            Optional.empty());
    private final Instant start = simulator.liveStart();
    private final LocalDate today = start.atZone(simulator.company().zone()).toLocalDate();
    private final LocalDate yesterday = today.minusDays(1);
    private final LocalDate typed = today.minusDays(6);
    private final LiveScript script = simulator.live(false);
    private final StoryClock clock = new StoryClock(start);
    private final Map<SimulatedRecord.Kind, Long> sent = new HashMap<>();
    private int told;

    private TestBroker broker;
    private KafkaWriter writer;
    private CommittedResults results;
    private Serving serving;
    private Inbox inbox;
    private Connection database;

    @TempDir
    private Path directory;

    @Test
    void theBeats() throws Exception {
        DebianTool.ALERTMANAGER.require();
        broker = TestBroker.start();
        try (Admin admin = broker.admin();
                PostgresServer postgres = PostgresServer.start();
                Inbox mails = new Inbox();
                AlertmanagerProcess alertmanager = AlertmanagerProcess.in(
                        Files.createDirectory(directory.resolve("alertmanager")), mails.environment());
                Connection reading = postgres.connect()) {
            EngineTopics.create(admin, EngineTopics.all(1), (short) 1);
            alertmanager.start();
            inbox = mails;
            database = reading;
            writer = KafkaWriter.to(broker.address());
            send(simulator.configuration());
            ServingConfig config = ServingConfig.of(
                    List.of(
                            "--bootstrap-servers", broker.address(),
                            "--http-port", "0",
                            "--postgres", postgres.url(),
                            "--alertmanager", alertmanager.url().toString()),
                    Map.of(
                            ServingConfig.USER_VARIABLE, PostgresServer.USER,
                            ServingConfig.PASSWORD_VARIABLE, PostgresServer.PASSWORD));
            send(dealsAndLeadsOfTheStory());
            LeadpulseJob job = LeadpulseJob.start(job());
            try (Serving started = new Serving(config, simulator.configYaml(), clock);
                    CommittedResults read = new CommittedResults(broker.connection())) {
                serving = started;
                results = read;
                serving.start();
                tell();
            } finally {
                job.stop();
                writer.close();
            }
        } finally {
            broker.stop();
        }
    }

    /**
     * Without serving, so that the test says when the CRM is silent: from before Darya's largest offer turns critical
     * until after it. Of history only the leads of the story, and the deals of today.
     */
    @Test
    void nothingIsConcludedFromASilentSource() throws Exception {
        broker = TestBroker.start();
        try (Admin admin = broker.admin()) {
            EngineTopics.create(admin, EngineTopics.all(1), (short) 1);
            writer = KafkaWriter.to(broker.address());
            send(simulator.configuration());
            send(leadsOfTheStoryAndOfTodaysDeals());
            LeadpulseJob job = LeadpulseJob.start(job());
            try (CommittedResults read = new CommittedResults(broker.connection())) {
                results = read;
                fallSilentAndSpeak();
            } finally {
                job.stop();
                writer.close();
            }
        } finally {
            broker.stop();
        }
    }

    private void fallSilentAndSpeak() throws Exception {
        Await.until("all of history", HISTORY_WITHIN, () -> recordsIn() == records(), () -> recordsIn() + " read");
        Await.until("ten are critical", () -> escalated() == 10, this::escalated);
        tick(100, Set.of(Topics.ACTIVITIES));
        // Configured: the clock waits a minute, so nothing is concluded from the last minute before the tick.
        Instant heldFrom = start.plusSeconds(40);
        int end = LiveScript.SECOND_WIN_SECOND + 10;
        List<SimulatedRecord> live =
                script.between(start.toEpochMilli(), start.plusSeconds(end).toEpochMilli());
        send(live.stream()
                .filter(record -> record.topic().equals(Topics.BEHAVIOUR))
                .toList());
        Instant after = start.plusSeconds(LiveScript.CRITICAL_SECOND + 10);
        Await.until("the clock behind the beat", () -> clockIsBehind(after), () -> profile(VISITOR));
        assertThat(profile(VISITOR).get("band").asText())
                .as("values are not held")
                .isEqualTo("hot");
        assertThat(escalated()).isEqualTo(10);
        assertThat(results.values(Topics.ALERTS, alert -> transitionAfter(alert, heldFrom)))
                .isEmpty();

        tick(end, Set.of());
        send(live.stream()
                .filter(record -> !record.topic().equals(Topics.BEHAVIOUR))
                .toList());
        // What was held is looked at again a minute later at most.
        send(script.between(
                start.plusSeconds(end).toEpochMilli(),
                start.plusSeconds(end + 80).toEpochMilli()));
        Await.until("the largest is critical", () -> escalated() == 11, this::escalated);
        assertThat(results.values(
                        Topics.ALERTS,
                        alert -> alert.get("owner").asText().equals(DARYA)
                                && alert.get("cause").asText().equals("stuck")
                                && transitionAfter(alert, heldFrom)))
                .singleElement()
                .satisfies(
                        alert -> assertThat(time(alert.get("transitions").get(1).get("time")))
                                .isEqualTo(start.plusSeconds(LiveScript.CRITICAL_SECOND)));
        Await.until("won", () -> "8630.00".equals(wonToday()), this::wonToday);
        theSilenceOfTheScript(end + 80);
    }

    /** What the story itself leaves out: the known visitor's five minutes without an owner end meanwhile. */
    private void theSilenceOfTheScript(int from) throws Exception {
        int spoken = LiveScript.SILENCE_SECOND + LiveScript.SILENCE_SECONDS;
        send(between(from, LiveScript.SILENCE_SECOND));
        // Silent for the configured minute; the clock waits another.
        tick(LiveScript.SILENCE_SECOND + 61, Set.of(Topics.ACTIVITIES));
        Instant heldFrom = start.plusSeconds(LiveScript.SILENCE_SECOND + 1);
        List<SimulatedRecord> meanwhile = between(LiveScript.SILENCE_SECOND, spoken);
        assertThat(meanwhile).isNotEmpty().extracting(SimulatedRecord::topic).doesNotContain(Topics.ACTIVITIES);
        send(meanwhile);
        Instant late = start.plusSeconds(LiveScript.DEMO_REQUEST_SECOND + 6).plus(UNASSIGNED_WITHIN);
        Await.until("the clock behind the limit", () -> clockIsBehind(late), () -> profile(VISITOR));
        assertThat(results.values(Topics.ALERTS, alert -> transitionAfter(alert, heldFrom)))
                .as("nothing is raised or taken back")
                .isEmpty();

        tick(spoken, Set.of());
        send(between(spoken, LiveScript.FALLING_OFF_SECOND + 60));
        Await.until(
                "what was held",
                () -> results.values(Topics.ALERTS, alert -> raised(alert, "unassigned", VISITOR, late))
                                .size()
                        == 1,
                () -> results.values(Topics.ALERTS, alert -> transitionAfter(alert, heldFrom)));
    }

    private static boolean raised(JsonNode alert, String cause, String lead, Instant at) {
        return alert.get("cause").asText().equals(cause)
                && alert.get("lead").asText().equals(lead)
                && time(alert.get("transitions").get(0).get("time")).equals(at);
    }

    private List<SimulatedRecord> between(int fromSecond, int toSecond) {
        return script.between(
                start.plusSeconds(fromSecond).toEpochMilli(),
                start.plusSeconds(toSecond).toEpochMilli());
    }

    /** Of the history what the story speaks of, in a fraction of the time: all deals, and all about Darya's leads. */
    private List<SimulatedRecord> dealsAndLeadsOfTheStory() {
        List<SimulatedRecord> history = simulator.history();
        Set<String> keys = keysOfTheStory(history);
        return history.stream()
                .filter(record -> keys.contains(record.key()) || isOfADeal(record))
                .toList();
    }

    /** Less still: of deals those of the leads of whose deals something was said in the last day. */
    private List<SimulatedRecord> leadsOfTheStoryAndOfTodaysDeals() {
        List<SimulatedRecord> history = simulator.history();
        Set<String> keys = keysOfTheStory(history);
        long fromMillis = start.minus(Duration.ofDays(1)).toEpochMilli();
        history.stream()
                .filter(record -> record.arrivalMillis() >= fromMillis && isOfADeal(record))
                .forEach(record -> keys.add(record.key()));
        return history.stream().filter(record -> keys.contains(record.key())).toList();
    }

    private static Set<String> keysOfTheStory(List<SimulatedRecord> history) {
        Set<String> keys = new HashSet<>(Set.of(VISITOR, VISITORS_BROWSER, SCANNED, FALLING_OFF));
        history.stream()
                .filter(record -> text(record).contains("\"owner\":\"" + DARYA + '"'))
                .forEach(record -> keys.add(record.key()));
        return keys;
    }

    private static boolean isOfADeal(SimulatedRecord record) {
        return text(record).contains("\"kind\":\"deal_");
    }

    private static String text(SimulatedRecord record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    private String wonToday() {
        return results.rollup("company", "won_amount", today.toString())
                .map(value -> value.get("value").asText())
                .orElse("");
    }

    /** Writes a tick; returns when the engine has worked it off. */
    private void tick(int second, Set<String> silent) throws Exception {
        Instant at = start.plusSeconds(second);
        broker.send(List.of(new ProducerRecord<>(
                Topics.TICKS,
                Tick.KEY.getBytes(StandardCharsets.UTF_8),
                TickCodec.encode(new Tick(at.toEpochMilli(), silent)))));
        Await.until("tick " + second, () -> newestTick().equals(at), this::newestTick);
    }

    /** Whether the leads' clock has passed an instant, which a lead says whenever it has got something. */
    private boolean clockIsBehind(Instant at) throws Exception {
        if (recordsIn() < records()) {
            return false;
        }
        if (time(profile(VISITOR).get("as_of")).isAfter(at)) {
            return true;
        }
        String page =
                "{\"type\":\"page\",\"messageId\":\"look-%d\",\"anonymousId\":\"%s\",\"timestamp\":\"%s\",\"properties\":{\"path\":\"/\"}}"
                        .formatted(records(), VISITORS_BROWSER, start.plusSeconds(LiveScript.DEMO_REQUEST_SECOND + 6));
        send(List.of(new SimulatedRecord(
                Topics.BEHAVIOUR,
                VISITORS_BROWSER,
                page.getBytes(StandardCharsets.UTF_8),
                start.toEpochMilli(),
                SimulatedRecord.Kind.EVENT)));
        return false;
    }

    private static boolean transitionAfter(JsonNode alert, Instant at) {
        for (JsonNode transition : alert.get("transitions")) {
            if (time(transition.get("time")).isAfter(at)) {
                return true;
            }
        }
        return false;
    }

    private void tell() throws Exception {
        beforeTheBeats();
        clock.run();
        theKnownVisitor();
        play(LiveScript.FIRST_WIN_SECOND + 1);
        todayIs(6_150, 570);
        daryasPile();
        play(LiveScript.SECOND_WIN_SECOND + 1);
        todayIs(8_630, 3_050);
        theCorrection();
        theLeadThatFallsOff();
        theScanner();
        theVisitorThatNobodyOwns();
        theBackDatedDeal();
        conserved();
    }

    private void beforeTheBeats() throws Exception {
        Await.until("all of history", HISTORY_WITHIN, () -> recordsIn() == records(), () -> recordsIn() + " read");
        Await.until(
                "live in the read model",
                HISTORY_WITHIN,
                () -> rows("select 1 from leadpulse.setting where key = 'live_since'")
                        .contains("1"),
                () -> rows("select key, value from leadpulse.setting"));
        // The tables begin only then.
        awaitRow("1", "select 1 from leadpulse.setting where key = 'caught_up_at'");
        // By the story's clock, which stands until then: what comes later is news.
        awaitRow("t", "select first_caught_up_at is not null from leadpulse.alert_dispatch");
        todayIs(4_800, -780);
        dayIs(yesterday, 15_240);
    }

    private void theKnownVisitor() throws Exception {
        assertThat(profile(VISITOR).get("marketing_qualified_at").isNull()).isTrue();
        assertThat(profile(VISITOR).get("band").asText()).isNotEqualTo("hot");
        Instant asked = start.plusSeconds(LiveScript.DEMO_REQUEST_SECOND + 5);

        play(LiveScript.DEMO_REQUEST_SECOND + 7);
        Await.until("hot", () -> profile(VISITOR).get("band").asText().equals("hot"), () -> profile(VISITOR));
        JsonNode profile = profile(VISITOR);
        assertThat(time(profile.get("marketing_qualified_at"))).isEqualTo(asked);
        assertThat(time(profile.get("hand_raised_at"))).isEqualTo(asked);
        awaitRow(
                "hot|" + asked + '|' + asked,
                "select band, marketing_qualified_at, hand_raised_at from leadpulse.lead where lead = '" + VISITOR
                        + "'");
        awaitRow("hot", "select to_band from leadpulse.band_change where lead = '" + VISITOR + "'");
        String waiting = " from leadpulse.lead where (status not in ('disqualified', 'customer') or open_deals > 0)"
                + " and reply_owed_since <= hand_raised_at";
        awaitRow("1", "select 1" + waiting + " and lead = '" + VISITOR + "'");
        // Looked for every few seconds; the message about it names him.
        Await.until("an owner is proposed", () -> proposedTo(BOOKS_REPS), () -> rows(PROPOSED));
        Await.until(
                "those who wait, and it with them",
                () -> metric("leadpulse_leads_waiting", "kind=\"hand_raised\",level=\"company\"")
                        == Double.parseDouble(rows("select count(*)" + waiting).get(0)),
                () -> rows("select count(*)" + waiting) + metrics());
    }

    /** Whether one of these is proposed as the visitor's owner. */
    private boolean proposedTo(List<String> reps) {
        List<String> proposed = rows(PROPOSED);
        return proposed.size() == 1 && reps.contains(proposed.get(0));
    }

    private void daryasPile() throws Exception {
        Await.until("ten are critical", () -> escalated() == 10, this::escalated);
        String toldToHer = "select m.kind, count(distinct m.message_id), count(distinct a.lead) from"
                + " leadpulse.alert_message m join leadpulse.alert a using (alert) where m.recipient = '" + DARYA
                + "' and m.kind in ('lead', 'digest') group by 1";
        assertThat(rows(toldToHer)).as("old ones wait for news").isEmpty();
        play(LiveScript.CRITICAL_SECOND + 10);
        Await.until("the largest is critical", () -> onward(escalated() == 11), this::escalated);
        awaitRow(
                "11",
                "select count(*) from leadpulse.alert where cause = 'stuck' and stage = 'offer' and is_open"
                        + " and severity = 'critical' and owner = '" + DARYA + "'");
        String largest = rows("select alert from leadpulse.alert where cause = 'stuck' and stage = 'offer' and lead = '"
                        + LARGEST + "' and escalated_at = '" + start.plusSeconds(LiveScript.CRITICAL_SECOND) + "'")
                .get(0);
        String told = "select recipient from leadpulse.alert_message where severity = 'critical' and alert = '"
                + largest + "' order by recipient";
        Await.until(
                "told to her and her team lead",
                MAIL_WITHIN,
                () -> onward(rows(told).size() == 2),
                () -> rows(told) + " of "
                        + rows("select recipient, kind, count(*) from leadpulse.alert_message group by 1, 2")
                        + metrics());
        assertThat(rows(told)).containsExactly(DARYA, HER_TEAM_LEAD);
        assertThat(rows(toldToHer))
                .as(
                        "one message of it and of the old ones: %s",
                        rows("select distinct a.cause, a.stage, a.severity, a.raised_at, a.escalated_at, a.lead from"
                                + " leadpulse.alert_message m join leadpulse.alert a using (alert) where m.recipient = '"
                                + DARYA + "' and m.kind in ('lead', 'digest')"))
                .containsExactly("digest|1|11");
        Await.until("her mail", () -> to(DARYAS_MAIL).contains(DARYAS_DIGEST), inbox::subjects);
    }

    private void theCorrection() throws Exception {
        String month = YearMonth.from(typed).toString();
        long day = dayMinor("company", typed);
        long lenas = dayMinor("rep:" + LENA, typed);
        String ofMonth = "select won_amount_minor from leadpulse.progress where scope = 'company' and period_kind ="
                + " 'month' and period = '" + month + "'";
        // Of another topic than the days: what was won today may not be in it yet.
        long monthly = monthMinor(month);
        awaitRow(String.valueOf(monthly), ofMonth);
        double metric = won("company", "month");
        boolean thisMonth = month.equals(YearMonth.from(today).toString());

        play(LiveScript.CORRECTION_SECOND + 1);
        awaitRow(String.valueOf(day - 1_656_000), dayQuery("company", typed));
        awaitRow(String.valueOf(lenas - 1_656_000), dayQuery("rep:" + LENA, typed));
        awaitRow(String.valueOf(monthly - 1_656_000), ofMonth);
        awaitRow(
                day + "|" + (day - 1_656_000),
                "select from_value, to_value from leadpulse.correction where scope = 'company' and measure = 'won_amount'"
                        + " and day = '" + typed + "'");
        Await.until("month", () -> won("company", "month") == metric - (thisMonth ? 16_560 : 0), this::metrics);
        dayIs(typed, Math.toIntExact((day - 1_656_000) / 100));
        todayIs(8_630, 3_050);
    }

    /** It unsubscribes, and misses its second meeting a second later: two signs, one message to its owner. */
    private void theLeadThatFallsOff() throws Exception {
        String signs = "select details->>'sign', raised_at from leadpulse.alert where cause = 'fall_off' and is_open"
                + " and lead = '" + FALLING_OFF + "' order by 2";
        assertThat(rows(signs)).isEmpty();
        play(LiveScript.FALLING_OFF_SECOND + 20);
        Instant unsubscribed = start.plusSeconds(LiveScript.FALLING_OFF_SECOND);
        List<String> both = List.of("unsubscribed|" + unsubscribed, "missed_twice|" + unsubscribed.plusSeconds(1));
        Await.until("both signs", () -> rows(signs).equals(both), () -> rows(signs));
        String told = "select m.recipient, count(distinct m.message_id) from leadpulse.alert_message m"
                + " join leadpulse.alert a using (alert) where a.cause = 'fall_off' and a.lead = '" + FALLING_OFF
                + "' group by 1";
        Await.until("told", MAIL_WITHIN, () -> onward(!rows(told).isEmpty()), () -> rows(told));
        assertThat(rows(told)).containsExactly(NILS + "|1");
    }

    private void theScanner() throws Exception {
        JsonNode before = profile(SCANNED);
        play(LiveScript.CLICKS_SECOND + 20);
        Await.until("the clicks", () -> recordsIn() == records(), () -> recordsIn() + " of " + records());
        assertThat(profile(SCANNED).get("raw_score").asDouble())
                .isLessThanOrEqualTo(before.get("raw_score").asDouble());
        assertThat(profile(SCANNED).get("band")).isEqualTo(before.get("band"));
        assertThat(results.values(
                        Topics.LEDGER,
                        entry -> entry.get("lead").asText().equals(SCANNED)
                                && !time(entry.get("time")).isBefore(start)))
                .isEmpty();
    }

    /** It asked for a demo and nobody owns it: five working minutes later those who lead the ones who sell it are told. */
    private void theVisitorThatNobodyOwns() throws Exception {
        Instant late = start.plusSeconds(LiveScript.DEMO_REQUEST_SECOND + 6).plus(UNASSIGNED_WITHIN);
        String unassigned = "select raised_at from leadpulse.alert where cause = 'unassigned' and is_open and lead = '"
                + VISITOR + "'";
        awaitRow(late.toString(), unassigned);
        String told = "select count(distinct m.recipient), count(*) from leadpulse.alert_message m"
                + " join leadpulse.alert a using (alert) where a.cause = 'unassigned' and a.lead = '" + VISITOR + "'";
        Await.until("told", MAIL_WITHIN, () -> onward(!rows(told).contains("0|0")), () -> rows(told));
        String subject = ": lead " + VISITOR + ": Nobody owns this lead";
        Await.until(
                "mailed", () -> inbox.subjects().stream().anyMatch(each -> each.endsWith(subject)), inbox::subjects);
        Await.until("who sell what it asked for, and are at work", () -> proposedTo(BOOKS_REPS), () -> rows(PROPOSED));
        assertThat(inbox.mails())
                .filteredOn(mail -> mail.subject().endsWith(subject.substring(2)))
                .isNotEmpty()
                .allSatisfy(mail -> assertThat(mail.text())
                        .containsPattern("Proposed:     (" + String.join("|", BOOKS_REPS) + ")"));
    }

    private void theBackDatedDeal() throws Exception {
        assertThat(milestones(yesterday)).isEmpty();
        play(LiveScript.BEATS_END_SECOND);
        dayIs(yesterday, 15_650);
        awaitRow(
                "1524000|1565000",
                "select from_value, to_value from leadpulse.correction where scope = 'company' and measure = 'won_amount'"
                        + " and day = '" + yesterday + "'");
        Await.until("the milestone", () -> milestones(yesterday).size() == 1, () -> milestones(yesterday));
        String alert = milestones(yesterday).get(0).get("alert").asText();
        awaitRow("milestone", "select cause from leadpulse.alert where alert = '" + alert + "'");
        String toldOnce =
                "select count(distinct recipient), count(*) from leadpulse.alert_message where alert = '" + alert + "'";
        assertThat(rows(
                        "select a.scope, a.raised_at, a.as_of from leadpulse.alert_message m join leadpulse.alert a using"
                                + " (alert) where a.cause = 'milestone' and a.raised_at < timestamptz '" + start
                                + "' - interval '1 hour' and a.as_of < timestamptz '" + start
                                + "' + interval '5 minutes'"))
                .as("of what was reached in its history nobody hears")
                .isEmpty();
        // All twelve and their three leads; Petra is on leave, so her deputy hears it for her: in the same mail, or not
        // once more if the limit of a minute lies between.
        Await.until(
                "told",
                MAIL_WITHIN,
                () -> onward(Set.of("14|14", "14|15").containsAll(rows(toldOnce))),
                () -> List.of(rows(toldOnce), clock.instant(), newestTick(), messages()));
        String reached = "100 % reached: company, "
                + DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).format(yesterday);
        Await.until("14 mails", () -> mailsThat(reached) == 14, inbox::subjects);
        Map<String, Long> subjects = new TreeMap<>();
        inbox.subjects().forEach(subject -> subjects.merge(subject, 1L, Long::sum));
        assertThat(to(DARYAS_MAIL))
                .as("of her leads she hears in one message")
                .filteredOn(each -> each.contains("lead"))
                .containsExactly(DARYAS_DIGEST);
        assertThat(subjects.values())
                .as("nobody is told anything twice: %s", subjects)
                .allMatch(times -> times == 1);
    }

    /** What was told, by cause. */
    private List<String> messages() {
        return rows("select m.kind, a.cause, count(*), count(distinct m.message_id), min(a.raised_at), min(a.as_of),"
                + " max(a.as_of), max(m.sent_at) from leadpulse.alert_message m join leadpulse.alert a using (alert)"
                + " group by 1, 2 order by 1, 2");
    }

    private void conserved() throws Exception {
        Await.until("all", () -> recordsIn() == records(), () -> recordsIn() + " of " + records());
        assertThat(learnt()).as("serving tells what it learnt once a day").isBetween(0L, 1L);
        JsonNode balance = results.value(Topics.CONSERVATION, "engine").orElseThrow();
        long deadLettered = 0;
        for (JsonNode count : balance.get("dead_lettered")) {
            deadLettered += count.asLong();
        }
        assertThat(balance.get("balanced").asBoolean()).isTrue();
        assertThat(balance.get("duplicate").asLong()).isEqualTo(sent.getOrDefault(SimulatedRecord.Kind.DUPLICATE, 0L));
        assertThat(balance.get("superseded").asLong()).isEqualTo(1);
        assertThat(deadLettered).isEqualTo(sent.getOrDefault(SimulatedRecord.Kind.BROKEN, 0L));
        // What serving learns may come now.
        Await.until(
                "all are served",
                () -> metrics().lines().anyMatch(("leadpulse_records{fate=\"in\"} " + (double) records())::equals),
                this::metrics);
        awaitLine("leadpulse_records{fate=\"dead_lettered\"} " + (double) deadLettered);
        awaitLine("leadpulse_conservation_difference 0.0");
        awaitRow(String.valueOf(deadLettered), "select count(*) from leadpulse.dead_letter");
    }

    /**
     * Writes what happens up to a second of the script, and puts the clock there, in steps so small that serving does not
     * take them for an outage.
     */
    private void play(int second) throws Exception {
        while (told < second) {
            int next = Math.min(second, told + STEP_SECONDS);
            send(between(told, next));
            told = next;
            Instant there = start.plusSeconds(next);
            clock.forwardTo(there);
            if (next < second) {
                Await.until("a tick", () -> !newestTick().isBefore(there), this::newestTick);
            }
        }
    }

    /** Of the ticks that the engine has worked off. */
    private Instant newestTick() {
        return results.value(Topics.CONSERVATION, "engine")
                .map(balance -> balance.at("/sources/" + Topics.TICKS + "/last_event_at")
                        .asText())
                .filter(time -> !time.isEmpty())
                .map(Instant::parse)
                .orElse(Instant.MIN);
    }

    private void send(List<SimulatedRecord> records) throws Exception {
        writer.write(records, count -> {});
        records.forEach(record -> sent.merge(record.kind(), 1L, Long::sum));
    }

    /** What was written here, and what serving has learnt and told the engine. */
    private long records() {
        return sent.values().stream().mapToLong(Long::longValue).sum() + learnt();
    }

    /** Records of configuration beside those written here. */
    private long learnt() {
        long configured = results.value(Topics.CONSERVATION, "engine")
                .map(balance -> balance.get("configuration").asLong())
                .orElse(0L);
        return Math.max(0, configured - sent.getOrDefault(SimulatedRecord.Kind.CONFIGURATION, 0L));
    }

    private long recordsIn() {
        return results.value(Topics.CONSERVATION, "engine")
                .map(balance -> balance.get("in").asLong())
                .orElse(0L);
    }

    private void todayIs(int won, int ahead) throws Exception {
        dayIs(today, won);
        awaitLine("leadpulse_sales_won_money{level=\"company\",period=\"day\",rep=\"\",team=\"\"} " + (double) won);
        awaitLine("leadpulse_goal_ahead{level=\"company\",measure=\"won_amount\",period=\"day\",rep=\"\",team=\"\"} "
                + (double) ahead);
    }

    private void dayIs(LocalDate day, int won) throws Exception {
        Await.until(
                day + ": " + won,
                () -> results.rollup("company", "won_amount", day.toString())
                        .map(value -> value.get("value").asText())
                        .equals(Optional.of(won + ".00")),
                () -> results.rollup("company", "won_amount", day.toString()));
        awaitRow(won + "00", dayQuery("company", day));
    }

    private static String dayQuery(String scope, LocalDate day) {
        return "select value from leadpulse.rollup_day where scope = '%s' and measure = 'won_amount' and dimension = '' and day = '%s'"
                .formatted(scope, day);
    }

    /** The sum of the days of a month that are in the tables. */
    private long monthMinor(String month) {
        return Long.parseLong(rows("select sum(value)::bigint from leadpulse.rollup_day where scope = 'company'"
                        + " and measure = 'won_amount' and dimension = '' and to_char(day, 'YYYY-MM') = '" + month
                        + "'")
                .get(0));
    }

    private long dayMinor(String scope, LocalDate day) throws Exception {
        return Long.parseLong(rows(dayQuery(scope, day)).get(0));
    }

    private JsonNode profile(String lead) {
        return results.value(Topics.PROFILES, lead).orElseThrow();
    }

    /** Darya's offers that are critical, by the topic. */
    private int escalated() {
        return results.values(
                        Topics.ALERTS,
                        alert -> alert.get("cause").asText().equals("stuck")
                                && alert.get("state").asText().equals("escalated")
                                && alert.get("stage").asText().equals("offer")
                                && alert.get("owner").asText().equals(DARYA))
                .size();
    }

    /** What was told of a day's goal of the company having been reached. */
    private List<JsonNode> milestones(LocalDate day) {
        return results.values(
                Topics.ALERTS,
                alert -> alert.get("cause").asText().equals("milestone")
                        && alert.get("scope").asText().equals("company")
                        && alert.get("details").get("period_kind").asText().equals("day")
                        && alert.get("details").get("period").asText().equals(day.toString())
                        && alert.get("details").get("step").asText().equals("100"));
    }

    private long mailsThat(String subject) {
        return inbox.subjects().stream()
                .filter(mail -> mail.endsWith(": " + subject))
                .count();
    }

    /**
     * Lets time pass faster as long as something has not come: messages wait for company and for a free minute. But never
     * so much faster that the engine falls behind.
     */
    private boolean onward(boolean come) {
        Instant now = clock.instant();
        if (!come && !newestTick().isBefore(now.minus(ENGINE_BEHIND))) {
            clock.forwardTo(now.plusMillis(500));
        }
        return come;
    }

    private List<String> to(String recipient) {
        return inbox.subjects().stream()
                .filter(subject -> subject.startsWith(recipient + ": "))
                .map(subject -> subject.substring(recipient.length() + 2))
                .toList();
    }

    private static Instant time(JsonNode node) {
        return Instant.parse(node.asText());
    }

    private void awaitRow(String row, String query) throws Exception {
        Await.until(query, () -> rows(query).contains(row), () -> rows(query) + " and not " + row);
    }

    private List<String> rows(String query) {
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    Object value = found.getObject(column);
                    row.add(
                            value instanceof java.sql.Timestamp time
                                    ? time.toInstant().toString()
                                    : found.getString(column));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        } catch (SQLException notYet) {
            // Serving makes the tables while this waits.
            return List.of(notYet.getMessage());
        }
    }

    private double won(String level, String period) throws Exception {
        return metric("leadpulse_sales_won_money", "level=\"" + level + "\",period=\"" + period + '"');
    }

    /** The value of the first series with these labels; not a number when there is none. */
    private double metric(String name, String labels) throws Exception {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + '{') && line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    private void awaitLine(String line) throws Exception {
        Await.until(line, () -> metrics().lines().anyMatch(line::equals), this::metrics);
    }

    private String metrics() {
        InetSocketAddress address = serving.address();
        URI uri = URI.create("http://" + address.getHostString() + ":" + address.getPort() + "/metrics");
        try {
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (java.io.IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }

    private LeadpulseJobConfig job() {
        return new LeadpulseJobConfig(
                broker.address(),
                Map.of(),
                directory.resolve("engine"),
                simulator.configYaml(),
                true,
                1,
                1,
                (short) 1,
                Duration.ofMillis(500),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }
}
