package io.leadpulse.serving.page;

import static io.leadpulse.serving.store.SomeResults.HOUR;
import static io.leadpulse.serving.store.SomeResults.NINE;
import static io.leadpulse.serving.store.SomeResults.alert;
import static io.leadpulse.serving.store.SomeResults.deal;
import static io.leadpulse.serving.store.SomeResults.entry;
import static io.leadpulse.serving.store.SomeResults.gone;
import static io.leadpulse.serving.store.SomeResults.profile;
import static io.leadpulse.serving.store.SomeResults.proposed;
import static io.leadpulse.serving.store.SomeResults.step;
import static io.leadpulse.serving.store.SomeResults.unowned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.config.RecordCheck;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.SalesEvent;
import io.leadpulse.schemas.result.LeadProfile;
import io.leadpulse.serving.read.TestBroker;
import io.leadpulse.serving.store.SomeResults;
import io.leadpulse.serving.store.StoredResults;
import io.leadpulse.tools.DebianTool;
import io.leadpulse.tools.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeadPagesITCase {
    private static final String YAML =
            "company: {zone: Europe/Berlin}\nreps: [{id: anna, name: Anna Berg, team: north}]";
    private static final LeadpulseConfig CONFIG = ConfigReader.parse(YAML);
    private static final long DAY = 24 * HOUR;
    /** Named to hurt whoever does not escape. */
    private static final String NASTY = "<script>alert('1')</script>&\"/%2F ä";

    private static PostgresServer server;
    private static TestBroker broker;
    private static HttpServer http;
    private static LeadPages pages;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        broker = TestBroker.start();
        broker.createTopic(Topics.ACTIVITIES, 1, Map.of());
        DataSource database = StoredResults.source(server.url(), PostgresServer.USER, PostgresServer.PASSWORD);
        StoredResults.write(
                database,
                YAML,
                new SomeResults()
                        .add(profile("L-1", "hot", NINE, deal("D-1")))
                        .add(entry("L-1", 1, "demo_requested", 50, NINE))
                        .add(entry("L-1", 2, "price_list_viewed", 10, NINE - 14 * DAY))
                        .add(entry("L-1", 3, "form_submitted", 20, NINE - HOUR))
                        .add(entry("L-1", 4, "download", 5, NINE - 2 * DAY).withdraw("event corrected or moved", NINE))
                        .add(alert("A-1", "L-1", step("raised", NINE - HOUR)))
                        .add(alert("A-2", "L-1", step("raised", NINE - 2 * HOUR), step("resolved", NINE - HOUR)))
                        .add(alert("A-3", "L-1", step("raised", NINE - HOUR)))
                        .add(gone("L-100", new LeadProfile.Identity("L-1", List.of(), null), NINE))
                        .add(gone("L-101", new LeadProfile.Identity(null, List.of(), NINE), NINE))
                        .add(proposed(profile("L-2", "warm", NINE), new LeadProfile.Candidate(4, 81.25, "hot", NINE)))
                        .add(proposed(
                                unowned(profile("L-3", "hot", NINE)), new LeadProfile.Candidate(4, 85, "hot", NINE)))
                        .add(proposed(
                                unowned(profile("L-4", "hot", NINE)), new LeadProfile.Candidate(4, 12, "cold", null)))
                        .add(proposed(profile("L-5", "hot", NINE), new LeadProfile.Candidate(3, 1, "cold", null)))
                        .add(profile(NASTY, "cold", NINE, deal("<b>deal</b>")))
                        .add(entry(NASTY, 1, "<i>rule</i>", 0, NINE))
                        .add(alert("<u>alert</u>", NASTY, step("raised", NINE - HOUR))));
        StoredResults.execute(database, "insert into leadpulse.setting values ('candidate_version', '4')");
        StoredResults.execute(database, """
                insert into leadpulse.win_quality values (1, 119, 211, 300, 0.2, 0.1, null, now());
                insert into leadpulse.lead_value values ('L-1', 0.342, -0.65, 123456, 42222, null,
                    '[{"attribute": "prior", "value": null, "log_odds": -1.2}, {"attribute": "stage", "value": "offer", "log_odds": 0.9},
                      {"attribute": "channel", "value": "social", "log_odds": -0.4}, {"attribute": "product", "value": "pump", "log_odds": 0.05}]')
                """);
        StoredResults.execute(database, """
                insert into leadpulse.won_by_age values (1, 'demo_requested', 1, 23), (1, 'form_submitted', 2.5, 23),
                    (3, 'demo_requested', 9, 23);
                update leadpulse.lead set created_at = as_of - interval '26 hours' where lead = 'L-1';
                update leadpulse.lead set created_at = as_of - interval '23 hours' where lead = 'L-2';
                insert into leadpulse.lead_value values ('L-2', 0.5, 0, null, null, 'an amount', '[]', 60000, 120000, 'product pump-3', 5),
                    ('L-5', 0.9999, 9.4, null, null, 'an amount', '[]', null, null, null, null)
                """);
        Directory directory = Directory.of(CONFIG, List.of());
        pages = new LeadPages(
                database,
                () -> directory,
                lead -> lead.equals("L-3") ? "anna" : null,
                CONFIG,
                broker.connection(),
                "https://sales.example/board",
                Clock.fixed(Instant.ofEpochMilli(NINE + 60_000), ZoneOffset.UTC));
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages.addTo(http);
        http.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (http != null) {
            http.stop(0);
        }
        if (pages != null) {
            pages.close();
        }
        if (broker != null) {
            broker.stop();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theValueOfALeadSaysWhatItWasMadeOf() throws Exception {
        JsonNode value =
                new ObjectMapper().readTree(get("/api/leads/L-1").body()).path("value");
        assertThat(value.path("probability").doubleValue()).isEqualTo(0.342);
        assertThat(value.path("factors")).hasSize(3);
        assertThat(text("/api/leads/L-1"))
                .contains("34 %, learnt from 119 won and 211 lost; for it: stage offer; against it: channel social\n")
                .contains("422.22 EUR of 1234.56 EUR\n");
        assertThat(text("/api/leads/L-2"))
                .contains("50 %, learnt from 119 won and 211 lost\n")
                .contains(
                        "perhaps 600.00 EUR: no amount is known; the mean of 5 won deals, product pump-3, is 1200.00 EUR\n");
        assertThat(text("/api/leads/L-5")).contains("> 99 %, learnt from 119 won and 211 lost\n");
        assertThat(get("/leads/L-5").body()).contains("&gt; 99 %, learnt from 119 won and 211 lost");
        assertThat(text("/api/leads/L-3")).doesNotContain("Win probability").doesNotContain("Expected value");
    }

    @Test
    void anOpenLeadStandsBesideWonLeadsOfItsAge() throws Exception {
        // It is 26 hours old; form and demo came in its last two hours, so not by day 1.
        assertThat(text("/api/leads/L-1")).contains("""
                Beside won leads, by day 1 of its life; won leads: the median of 23
                  sent a form                                  0      won 2.5
                  asked for a demo                             0      won 1
                """);
        assertThat(text("/api/leads/L-2")).contains("Beside won leads, needs a lead that is at least a day old\n");
        assertThat(get("/leads/L-1").body())
                .contains("by day 1 of its life", "<td>sent a form</td><td>0</td><td>2.5</td>");
        JsonNode beside =
                new ObjectMapper().readTree(get("/api/leads/L-1").body()).path("beside_won");
        assertThat(beside.path("age_days").intValue()).isEqualTo(1);
        assertThat(beside.path("won_leads").intValue()).isEqualTo(23);
        assertThat(beside.path("acts")).hasSize(2);
    }

    @Test
    void theCandidateReportSaysWhoWouldMoveAndHowManyWouldQualify() throws Exception {
        // All have reached the threshold by the rules in force; L-5 was last read by an earlier candidate.
        JsonNode report =
                new ObjectMapper().readTree(get("/api/rules/candidate").body());
        assertThat(report.path("version").intValue()).isEqualTo(4);
        assertThat(report.path("open_leads").intValue()).isEqualTo(6);
        assertThat(report.path("read_leads").intValue()).isEqualTo(3);
        assertThat(report.path("qualified_now").intValue()).isEqualTo(3);
        assertThat(report.path("qualified_then").intValue()).isEqualTo(2);
        assertThat(report.path("gained").intValue()).isZero();
        assertThat(report.path("dropped").intValue()).isEqualTo(1);
        assertThat(text("/api/rules/candidate")).isEqualTo("""
                Candidate rules, version 4; 3 of 6 open leads read by them
                The others follow within 15 minutes.

                Band now -> by the candidate
                  warm -> hot        1  would move
                  hot  -> cold       1  would move
                  hot  -> hot        1

                Marketing-qualified: 3 now, 2 by the candidate (0 more would, 1 would not)

                Who would move, the greatest change first
                  hot    85.0 -> cold   12.0  L-4
                  warm   45.5 -> hot    81.3  L-2
                """);
    }

    @Test
    void theScoreIsDecayedToNowByTheDomain() throws Exception {
        HttpResponse<String> answer = get("/api/leads/L-1");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode lead = new ObjectMapper().readTree(answer.body());
        double minute = Math.pow(2, -60_000.0 / (14 * DAY));
        double expected = 50 * minute + 5 * minute + 20 * Math.pow(2, -(HOUR + 60_000.0) / (14 * DAY));
        assertThat(lead.at("/now/score").doubleValue()).isCloseTo(expected, within(1e-9));
        assertThat(lead.at("/now/interest").doubleValue()).isCloseTo(expected, within(1e-9));
        assertThat(lead.at("/now/band").textValue()).isEqualTo("hot");
        assertThat(lead.at("/now/band_since").textValue()).isEqualTo("2025-03-04T08:00:00.000Z");
        assertThat(lead.at("/now/product_interest/0/points").doubleValue()).isCloseTo(expected, within(1e-9));
        assertThat(lead.at("/profile/behaviour/0/last_7d").intValue()).isEqualTo(2);
        assertThat(lead.at("/profile/owner").textValue()).isEqualTo("anna");
        assertThat(lead.at("/ledger")).hasSize(4);
        assertThat(lead.at("/ledger/0/what").textValue()).isEqualTo("asked for a demo (pump-3)");
        assertThat(lead.at("/ledger/3/points_now").doubleValue()).isCloseTo(5 * minute, within(1e-9));
        assertThat(lead.at("/ledger/2/withdrawn").textValue()).isEqualTo("event corrected or moved");
        assertThat(lead.at("/alerts")).hasSize(3);
        assertThat(lead.at("/headline").textValue())
                .isEqualTo("hot since 09:00: asked for a demo (pump-3) +50, sent a form (pump-3) +20,"
                        + " looked at the price list (pump-3) +10");
    }

    @Test
    void theScoreOfADayInThePastAddsUp() throws Exception {
        // Before the demo request: the price list, 14 days (one half-life) less an hour old, and the form, just sent.
        JsonNode past = new ObjectMapper()
                .readTree(get("/api/leads/L-1?at=2025-03-04T08:30:00%2B01:00").body());
        double list = 10 * Math.pow(2, -(14 * DAY - HOUR / 2.0) / (14 * DAY));
        double form = 20 * Math.pow(2, -HOUR / 2.0 / (14 * DAY));
        assertThat(past.at("/score").doubleValue()).isCloseTo(list + form, within(1e-9));
        assertThat(past.at("/band").textValue()).isEqualTo("cold");
        assertThat(past.at("/at").textValue()).isEqualTo("2025-03-04T07:30:00.000Z");
        assertThat(past.at("/ledger")).hasSize(2);
        double points = 0;
        for (JsonNode entry : past.at("/ledger")) {
            points += entry.at("/points_then").doubleValue();
        }
        double groups = 0;
        for (JsonNode group : past.at("/groups")) {
            groups += group.at("/clamped").doubleValue();
        }
        assertThat(points).isCloseTo(past.at("/score").doubleValue(), within(1e-9));
        assertThat(groups).isCloseTo(past.at("/score").doubleValue(), within(1e-9));
        assertThat(past.at("/now/band").textValue()).isEqualTo("hot");
        assertThat(past.at("/taken_back").intValue()).isEqualTo(1);
    }

    @Test
    void theScoreOfADayInThePastInWords() throws Exception {
        assertThat(text("/api/leads/L-1?at=2025-03-03")).isEqualTo("""
            lead L-1
            Mon 3 Mar 23:59: 5.1, cold

            Score then                 5.1 = engagement 5.1
              engagement               5.1, the sum of 1 entry
            Momentum then              -0.3 in 24 hours, -2.1 in 7 days
            Score now                  75.0, hot

            Ledger of then, newest first
              Tue 18 Feb 09:00     looked at the price list (pump-3)            +10, then +5.1         engagement
            As known now, by the rules of that time: what came late counts from its own time; 1 entry of before that time, taken back since, does not count.
            """);
        assertThat(text("/api/leads/L-1?at=2025-02-18T08:59"))
                .contains("Score then                 0.0 = no points\n")
                .contains("Ledger of then, newest first: nothing had given points\n")
                .contains("counts from its own time.\n");
        assertThat(text("/api/leads/L-1?at=2025-03-04T09:00"))
                .contains("Tue 18 Feb 09:00     looked")
                .startsWith("lead L-1\n09:00: 75.0, hot since 09:00\n");
        assertThat(get("/leads/L-1?at=2025-03-03").body())
                .contains(
                        "Mon 3 Mar 23:59: 5.1, cold",
                        "<td>+5.1</td>",
                        "5.1 &#x3D; engagement 5.1",
                        "type=\"datetime-local\"");
        assertThat(get("/leads/L-1").body()).contains("type=\"datetime-local\" name=\"at\"");
        assertThat(text("/api/leads/L-100?at=2025-03-03")).startsWith("L-100 was merged into L-1, which is shown\n");
        for (String wrong : List.of("yesterday", "2025-03-04T09:02", "2025-03-05", "", "2025-02-30")) {
            HttpResponse<String> refused = get("/api/leads/L-1?at=" + wrong);
            assertThat(refused.statusCode()).as(wrong).isEqualTo(400);
            assertThat(refused.body()).contains("allowed is a time up to now such as 2025-03-04, ");
        }
    }

    @Test
    void theSameInWords() throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                request("/api/leads/L-1").header("Accept", "text/plain").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body())
                .startsWith("lead L-1\nhot since 09:00: asked for a demo (pump-3) +50, sent a form")
                .contains("Score                      75.0 = fit 0.0 + interest 75.0\n")
                .contains("Owner                      Anna Berg\n")
                .contains("Organisation               Example Steelworks Ltd, contact L-1\n")
                .contains(
                        "Stage                      offer for 1 h 1 min, limit 10 business days ends Fri 14 Mar 09:00\n")
                .contains(
                        "  D-1: open, 1234.56 EUR, pump-3, offer for 1 h 1 min, limit 10 business days ends Fri 14 Mar"
                                + " 09:00, expected to close 2025-04-01 (put off once, by 14 days)\n")
                .contains("Interested in              pump-3 +75\n")
                .contains("Usually answers            from 10:00 to 11:00, of 3 answers\n")
                .contains("Project ends               2025-12-31\n")
                .contains(
                        "Signs of loss not watched  silence (needs 20 won leads that passed the stage), acts that go with losing (needs 100 lost leads): learnt once a day, and not yet\n")
                .contains("""
                        Behaviour
                                               24 h  7 d   30 d  in all  latest
                          web visits           1     2     3     4       08:00
                        """)
                .contains("""
                        Journey, newest first
                          09:00                stage offer, deal D-1
                          08:00                touch by spring-fair (page viewed)
                          before               7 more
                        """)
                .contains("  Tue 18 Feb 09:00     looked at the price list (pump-3)            +10, now +5\n")
                .contains("taken back: event corrected or moved\n");
    }

    @Test
    void aMergedLeadSaysSoAndShowsTheOneItWasMergedInto() throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                request("/api/leads/L-100").header("Accept", "text/plain").build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body())
                .startsWith("L-100 was merged into L-1, which is shown\nlead L-1\nhot since 09:00: asked for a demo");
        assertThat(get("/leads/L-100").body()).contains("L-100 was merged into L-1, which is shown");
        assertThat(get("/leads/L-1").body()).doesNotContain("was merged into");
        JsonNode lead = new ObjectMapper().readTree(get("/api/leads/L-100").body());
        assertThat(lead.at("/merged").textValue()).isEqualTo("L-100 was merged into L-1, which is shown");
        assertThat(lead.at("/profile/lead").textValue()).isEqualTo("L-1");
    }

    @Test
    void aDeletedLeadIsGone() throws Exception {
        HttpResponse<String> answer = get("/api/leads/L-101");
        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body()).contains("This lead was deleted on 2025-03-04. Nothing is kept of it here.");
    }

    @Test
    void aLeadThatNobodyOwnsHasAProposedOwner() throws Exception {
        String text = words("L-3");
        assertThat(text)
                .contains("Owner                      nobody\n")
                .contains("Proposed owner             Anna Berg\n");
        assertThat(words("L-4"))
                .contains("Proposed owner             nobody: everybody who sells pump-3 is on leave or gone\n");
        assertThat(words("L-1")).doesNotContain("Proposed owner");
    }

    private static String words(String lead) throws Exception {
        return CLIENT.send(
                        request("/api/leads/" + lead)
                                .header("Accept", "text/plain")
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void nothingComesOutUnescaped() throws Exception {
        for (String path :
                List.of("/leads/" + LeadHtml.pathOf(NASTY), "/alerts/" + LeadHtml.pathOf("<u>alert</u>") + "/snooze")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body())
                    .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;")
                    .doesNotContain("<script", "<b>", "<i>", "<u>");
        }
    }

    @Test
    void whatIsOfNoLeadLeadsToAPageThatSaysWhatThereIs() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(200);
        assertThat(get("/").body()).contains("/leads/").contains("/metrics");
        assertThat(get("/leads").statusCode()).isEqualTo(404);
        assertThat(get("/leads").body()).contains("There is no such page.");
    }

    @Test
    void whatBoardsLeadAnOperatorToIsServed() throws Exception {
        for (Map.Entry<String, String> each : Map.of(
                        "/runbook", "## PipelineUnhealthy", "/dead-letters", "`unknown_kind`")
                .entrySet()) {
            HttpResponse<String> answer = get(each.getKey());
            assertThat(answer.statusCode()).as(each.getKey()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
            assertThat(answer.body()).as(each.getKey()).contains(each.getValue());
            assertThat(get("/").body()).contains(each.getKey());
            assertThat(get(each.getKey() + "/more").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void everyAnswerIsGuardedAndSaysWhatIsWrong() throws Exception {
        for (Map.Entry<String, Integer> each : Map.of(
                        "/leads/L-1",
                        200,
                        "/api/leads/L-1",
                        200,
                        "/assets/page.css",
                        200,
                        "/leads/nobody",
                        404,
                        "/api/leads/nobody",
                        404,
                        "/leads/",
                        400,
                        "/leads/a/b",
                        404,
                        "/leads/" + "x".repeat(257),
                        400,
                        "/alerts/A-1/forget",
                        404,
                        "/alerts/nothing/snooze",
                        404)
                .entrySet()) {
            HttpResponse<String> answer = get(each.getKey());
            assertThat(answer.statusCode()).as(each.getKey()).isEqualTo(each.getValue());
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(
                            policy -> assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'"));
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(answer.body()).as(each.getKey()).isNotBlank().doesNotContain("nobody");
        }
        HttpResponse<String> put = CLIENT.send(
                request("/leads/L-1").PUT(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).hasValue("GET, HEAD");
        HttpResponse<String> head = CLIENT.send(
                request("/leads/L-1")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(200);
    }

    @Test
    void aButtonIsOneEventHoweverOftenItIsPressed() throws Exception {
        int before = events().size();
        assertThat(get("/alerts/A-1/handled").statusCode()).isEqualTo(200);
        String token = token(get("/alerts/A-1/handled").body());
        assertThat(events()).as("looking at the page writes nothing").hasSize(before);
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> done = post("/alerts/A-1/handled", "token=" + token, Map.of());
            assertThat(done.statusCode()).isEqualTo(200);
            assertThat(done.body()).contains("Handled");
        }
        List<SalesEvent> events = events();
        assertThat(events).hasSize(before + 1);
        SalesEvent event = events.get(before);
        assertThat(event.kind()).isEqualTo(EventKind.ALERT_HANDLED);
        assertThat(event.event()).isEqualTo("leadpulse/page-" + token);
        assertThat(event.lead()).isEqualTo("L-1");
        assertThat(event.alert()).isEqualTo("A-1");
        assertThat(event.timeMillis()).isEqualTo(NINE + 60_000);
        assertThat(new String(event.record().key(), StandardCharsets.UTF_8)).isEqualTo("L-1");
    }

    @Test
    void aSnoozeSaysUntilWhen() throws Exception {
        String page = get("/alerts/A-3/snooze").body();
        assertThat(page).contains("next working day: Wed 5 Mar 09:00", "in three days: Fri 7 Mar 09:00");
        int before = events().size();
        HttpResponse<String> done =
                post("/alerts/A-3/snooze", "token=" + token(page) + "&until=next+working+day", Map.of());
        assertThat(done.statusCode()).isEqualTo(200);
        SalesEvent event = events().get(before);
        assertThat(event.kind()).isEqualTo(EventKind.ALERT_SNOOZED);
        assertThat(event.dueMillis()).isEqualTo(Rfc3339.millis("2025-03-05T09:00:00+01:00"));
    }

    @Test
    void whatIsNoPressOfOurButtonIsRefused() throws Exception {
        String token = "0123456789abcdef0123456789abcdef";
        int before = events().size();
        String path = "/alerts/A-3/handled";
        assertThat(post(path, "token=" + token, Map.of("Origin", "https://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(path, "token=" + token, Map.of("Sec-Fetch-Site", "cross-site"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(path, "token=%zz", Map.of()).statusCode()).isEqualTo(400);
        assertThat(post(path, "", Map.of()).statusCode()).isEqualTo(400);
        assertThat(post(path, "x".repeat(5_000), Map.of()).statusCode()).isEqualTo(413);
        assertThat(post("/alerts/A-3/snooze", "token=" + token + "&until=never", Map.of())
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> over = post("/alerts/A-2/handled", "token=" + token, Map.of());
        assertThat(over.statusCode()).isEqualTo(200);
        assertThat(over.body()).contains("This alert has ended: resolved.");
        assertThat(events()).hasSize(before);
        assertThat(post(path, "token=" + token, Map.of("Origin", "https://sales.example"))
                        .statusCode())
                .isEqualTo(200);
    }

    /** A browser shows it, as wide as a telephone too; pictures are left in target for people. Scripts: the policy bars them. */
    @Test
    void aBrowserShowsIt(@TempDir Path home) throws Exception {
        Path chromium = DebianTool.CHROMIUM.require();
        Path pictures = Files.createDirectories(Path.of(System.getProperty("leadpulse.pictures", "target/pictures")));
        for (String[] each : new String[][] {
            {"lead", "/leads/L-1", "1000,1400"},
            {"lead-phone", "/leads/L-1", "500,1800"},
            {"lead-then", "/leads/L-1?at=2025-03-04T08:30", "1000,900"},
            {"snooze", "/alerts/A-3/snooze", "500,700"}
        }) {
            Path picture = pictures.resolve(each[0] + ".png").toAbsolutePath();
            Files.deleteIfExists(picture);
            chromium(home, chromium, "--screenshot=" + picture, "--window-size=" + each[2], url(each[1]));
            assertThat(picture).isNotEmptyFile();
        }
        assertThat(chromium(home, chromium, "--dump-dom", url("/leads/L-1")))
                .contains("hot since 09:00: asked for a demo", "Mark", "Snooze");
    }

    private static String chromium(Path home, Path chromium, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--hide-scrollbars",
                "--user-data-dir=" + home));
        command.addAll(List.of(arguments));
        Path out = home.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(home.resolve("err.txt").toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("browser ended")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(out);
    }

    private static String token(String page) {
        Matcher token =
                Pattern.compile("name=\"token\" value=\"([0-9a-f]{32})\"").matcher(page);
        assertThat(token.find()).as(page).isTrue();
        return token.group(1);
    }

    private static String text(String path) throws IOException, InterruptedException {
        HttpRequest request = request(path).header("Accept", "text/plain").build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String form, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        headers.forEach(request::header);
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path))).timeout(Duration.ofSeconds(60));
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + path;
    }

    /** What stands in the activities, by the decoder of the engine; every record is a valid event. */
    private static List<SalesEvent> events() {
        EventDecoder decoder = new EventDecoder(
                CONFIG.decodeSettings().withReferenceMillis(NINE + DAY), new RecordCheck(YAML, List.of()));
        TopicPartition partition = new TopicPartition(Topics.ACTIVITIES, 0);
        List<SalesEvent> events = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(broker.connection(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                    Decoded decoded = decoder.decode(new RawRecord(
                            each.topic(), 0, each.offset(), NINE + DAY, each.key(), each.value(), List.of()));
                    assertThat(decoded.event())
                            .as(() -> "" + decoded.deadLetter())
                            .isNotNull();
                    events.add(decoded.event());
                }
            }
        }
        return events;
    }
}
