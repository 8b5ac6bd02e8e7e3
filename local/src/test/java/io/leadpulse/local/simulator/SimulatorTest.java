package io.leadpulse.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.domain.calendar.MonthSystem;
import io.leadpulse.domain.campaign.PoorCampaigns.Spell;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.rate.Rate;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.Company;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.RawRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The story's figures, counted from its events. What is scripted is exact, the rest lies within the spread of chance. */
class SimulatorTest {
    private static final Instant LIVE = Instant.parse("2026-03-18T09:05:00Z");
    private static final Simulator SIMULATOR = Simulator.of(Simulator.DEFAULT_SEED, LIVE, Optional.empty());
    private static final List<SimulatedRecord> HISTORY = SIMULATOR.history();
    private static final Story STORY = new Story(SIMULATOR, HISTORY);
    private static final long DAY = Duration.ofDays(1).toMillis();
    /** Four standard deviations: one of 16,000 correct stories would fail, and seeds are fixed. */
    private static final double SIGMAS = 4;

    @Test
    void theSameSeedTellsTheSameStory() {
        List<SimulatedRecord> again =
                Simulator.of(Simulator.DEFAULT_SEED, LIVE, Optional.empty()).history();
        List<SimulatedRecord> other = Simulator.of(8, LIVE, Optional.empty()).history();

        assertThat(again).hasSameSizeAs(HISTORY);
        for (int i = 0; i < again.size(); i++) {
            assertThat(again.get(i).value()).isEqualTo(HISTORY.get(i).value());
        }
        assertThat(other).hasSizeBetween(90_000, SimulatedHistory.MAX_RECORDS);
        assertThat(new Story(SIMULATOR, other).won()).isNotEqualTo(STORY.won());
    }

    @Test
    void historyIsOfABoundedSizeInOrderOfArrivalAndOver() {
        assertThat(HISTORY).hasSizeBetween(90_000, SimulatedHistory.MAX_RECORDS);
        assertThat(HISTORY).isSortedAccordingTo(Comparator.comparingLong(SimulatedRecord::arrivalMillis));
        long end = LIVE.minus(SimulatedHistory.QUIET).toEpochMilli();
        assertThat(HISTORY.get(HISTORY.size() - 1).arrivalMillis()).isBetween(end - 10 * 60_000, end);
    }

    @Test
    void everyRecordIsValidButTheBrokenOnes() {
        List<SimulatedRecord> all = new ArrayList<>(SIMULATOR.configuration());
        all.addAll(HISTORY);
        all.addAll(SIMULATOR.live(false).between(LIVE.toEpochMilli(), LIVE.toEpochMilli() + 1_200_000));
        EventDecoder decoder = EngineContext.of(
                        new EngineSettings(SIMULATOR.configYaml(), List.of(), Fact.NO_TIME, true))
                .scanningDecoder(LIVE.toEpochMilli() + 1_200_000);
        Set<String> ids = new HashSet<>();
        int broken = 0;
        for (SimulatedRecord record : all) {
            Decoded decoded = decoder.decode(new RawRecord(
                    record.topic(),
                    0,
                    1,
                    Fact.NO_TIME,
                    record.key().getBytes(StandardCharsets.UTF_8),
                    record.value(),
                    List.of()));
            String text = new String(record.value(), StandardCharsets.UTF_8);
            switch (record.kind()) {
                case BROKEN -> {
                    broken++;
                    assertThat(decoded.deadLetter()).as(text).isNotNull();
                }
                case CONFIGURATION ->
                    assertThat(decoded.isConfiguration()).as(text).isTrue();
                case EVENT -> {
                    assertThat(decoded.deadLetter()).as(text).isNull();
                    assertThat(ids.add(decoded.event().event() + '|' + record.key()))
                            .as("a new id: " + text)
                            .isTrue();
                    assertThat(decoded.event().timeMillis()).isLessThanOrEqualTo(record.arrivalMillis());
                }
                case DUPLICATE, CORRECTION ->
                    assertThat(ids).as(text).contains(decoded.event().event() + '|' + record.key());
            }
        }
        assertThat(broken).isBetween(20, 90);
    }

    /** What the boards of nurture and of new customers show of the story. */
    @Test
    void leadsInNurtureAreTouchedInAllWaysAndPromisesAreNotedAtWins() {
        Map<String, Integer> touches = new TreeMap<>();
        int won = 0;
        int noted = 0;
        for (SimulatedRecord record : HISTORY) {
            if (record.topic().equals(Topics.ACTIVITIES) && record.kind() == SimulatedRecord.Kind.EVENT) {
                JsonNode value = Story.json(record);
                switch (value.get("kind").asText()) {
                    case "nurture_touch" -> {
                        assertThat(value.has("actor"))
                                .isNotEqualTo(value.get("automatic").asBoolean());
                        touches.merge(value.get("channel").asText(), 1, Integer::sum);
                    }
                    case "deal_won" -> {
                        won++;
                        noted += value.has("reason") ? 1 : 0;
                    }
                    default -> {}
                }
            }
        }
        assertThat(touches.keySet())
                .containsExactlyInAnyOrder("newsletter", "advert", "content", "personal_mail", "call");
        assertThat(touches.values()).allMatch(count -> count >= 30);
        assertThat(touches.get("newsletter")).isGreaterThan(touches.get("call"));
        assertThat(noted).isBetween(won / 5, won / 2);
    }

    @Test
    void keysAreThoseOfTheContracts() {
        for (SimulatedRecord record : HISTORY) {
            if (record.kind() == SimulatedRecord.Kind.EVENT) {
                JsonNode value = Story.json(record);
                String key =
                        switch (record.topic()) {
                            case Topics.ACTIVITIES -> value.get("lead").asText();
                            case Topics.BEHAVIOUR -> value.get("anonymousId").asText();
                            default -> value.get("subject").asText();
                        };
                assertThat(record.key()).isEqualTo(key);
            }
        }
        for (SimulatedRecord record : SIMULATOR.configuration()) {
            assertThat(record.key())
                    .endsWith("|" + Story.json(record).get("effective_from").asText());
        }
    }

    @Test
    void theWebIsLateTwiceAndBrokenNowAndThen() {
        List<SimulatedRecord> web = HISTORY.stream()
                .filter(record -> record.topic().equals(Topics.BEHAVIOUR))
                .toList();
        long events = count(web, record -> record.kind() == SimulatedRecord.Kind.EVENT);

        assertShare(count(web, record -> record.kind() == SimulatedRecord.Kind.DUPLICATE), events, .01);
        assertShare(count(web, record -> record.kind() == SimulatedRecord.Kind.BROKEN), events, .001);
        assertShare(
                count(
                        web,
                        record -> record.kind() == SimulatedRecord.Kind.EVENT
                                && record.arrivalMillis() - webMillis(record)
                                        >= Duration.ofMinutes(5).toMillis()),
                events,
                .01);
    }

    private static long webMillis(SimulatedRecord record) {
        return Instant.parse(Story.json(record).get("timestamp").asText()).toEpochMilli();
    }

    @Test
    void liveIsAlwaysAtMiddayOfTheFourthWorkingDay() {
        for (int minutes = 0; minutes < 7 * 24 * 60; minutes += 17) {
            Instant start = LIVE.plus(Duration.ofMinutes(minutes));
            Simulator simulator = Simulator.of(1, start, Optional.empty());
            ZonedDateTime local = start.atZone(simulator.company().zone());
            LeadpulseConfig config = ConfigReader.parse(simulator.configYaml());

            assertThat(simulator.company().zone().getId()).startsWith("Etc/GMT");
            assertThat(local.toLocalTime()).isBetween(LocalTime.of(13, 0), LocalTime.of(14, 0));
            assertThat(local.getDayOfWeek())
                    .isEqualTo(config.company().weekStart().plus(3));
            assertThat(simulator.company().describe())
                    .contains(simulator.company().zone().getId());
        }
    }

    /** On a Tuesday, the fourth working day of a week from Saturday. */
    @Test
    void aCompanyInIranHasTheSameStoryInRials() throws IOException {
        Instant tuesday = Instant.parse("2026-10-20T10:00:00Z");
        Optional<ZoneId> tehran = Optional.of(ZoneId.of("Asia/Tehran"));
        String yaml;
        try (InputStream shipped = SimulatorTest.class.getResourceAsStream("/config/persian.yaml")) {
            yaml = new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
        }
        Simulator euros = Simulator.of(7, tuesday, tehran);
        Simulator rials =
                Simulator.of(7, tuesday, tehran, ConfigReader.parse(yaml).company());

        Company company = ConfigReader.parse(rials.configYaml()).company();
        assertThat(company.currency()).isEqualTo("IRR");
        assertThat(company.moneyUnit().name()).isEqualTo("toman");
        assertThat(company.months()).isEqualTo(MonthSystem.PERSIAN);
        assertThat(company.weekStart()).isEqualTo(DayOfWeek.SATURDAY);
        assertThat(texts(rials.history())).isEqualTo(inRials(texts(euros.history())));
        assertThat(texts(rials.configuration())).isEqualTo(inRials(texts(euros.configuration())));
        long start = tuesday.toEpochMilli();
        assertThat(texts(rials.live(false).between(start, start + 600_000)))
                .isEqualTo(inRials(texts(euros.live(false).between(start, start + 600_000))));
        // What a second start reads of the first one's folder tells the same.
        assertThat(Simulator.of(7, tuesday, tehran, company).configYaml()).isEqualTo(rials.configYaml());
    }

    private static List<String> texts(List<SimulatedRecord> records) {
        return records.stream()
                .map(each -> each.value() == null ? "" : new String(each.value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** By the rate of 1 Mehr 1405: 512,500 rials. */
    private static List<String> inRials(List<String> texts) {
        Pattern amount = Pattern.compile("\"amount\":\"(\\d+)\\.00\",\"currency\":\"EUR\"");
        return texts.stream()
                .map(text -> amount.matcher(text).replaceAll(found -> "\"amount\":\"%d.00\",\"currency\":\"IRR\""
                        .formatted(Long.parseLong(found.group(1)) * 512_500)))
                .toList();
    }

    @Test
    void aStoryWithoutARateOfTheEuroIsRefused() {
        Company yen = ConfigReader.parse("company: {currency: JPY}").company();

        assertThatThrownBy(() -> Simulator.of(1, LIVE, Optional.empty(), yen))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("JPY")
                .hasMessageContaining("exchange rate of EUR");
    }

    @Test
    void aGivenZoneIsTaken() {
        Simulator simulator = Simulator.of(1, LIVE, Optional.of(ZoneId.of("Asia/Tehran")));

        assertThat(ConfigReader.parse(simulator.configYaml()).company().zone()).isEqualTo(ZoneId.of("Asia/Tehran"));
        assertThat(simulator.history()).hasSizeBetween(90_000, SimulatedHistory.MAX_RECORDS);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 2026-03-18T09:05:00Z",
        "1, 2026-03-01T23:31:03Z",
        "2, 2026-12-31T12:00:00Z",
        "3, 2026-08-03T04:40:00Z"
    })
    void todayYesterdayTheUsualDayAndThePoorCampaignAreExact(long seed, Instant live) {
        Simulator simulator = Simulator.of(seed, live, Optional.empty());
        List<SimulatedRecord> history = simulator.history();
        theVideoIsFoundPoorAtItsBeat(simulator, history);
        Story story = new Story(simulator, history);
        Map<LocalDate, Long> won = story.won();
        LocalDate today = story.today();

        assertThat(won.get(today)).isEqualTo(4_800);
        assertThat(won.get(today.minusDays(1))).isEqualTo(15_240);
        assertThat(best(won)).isEqualTo(today.minusDays(6));

        LocalTime now = live.atZone(simulator.company().zone()).toLocalTime();
        long early = 0;
        long whole = 0;
        for (Story.Deal deal : story.deals()) {
            LocalDate day = deal.isOpen() ? today : story.day(deal.closed);
            boolean isLike = day.isBefore(today)
                    && !day.isBefore(today.minusDays(56))
                    && day.getDayOfWeek() == today.getDayOfWeek();
            if (isLike && deal.end.equals("deal_won")) {
                LocalTime time = Instant.ofEpochMilli(deal.closed)
                        .atZone(simulator.company().zone())
                        .toLocalTime();
                whole += deal.amount;
                early += time.isBefore(now) ? deal.amount : 0;
                assertThat(Math.abs(Duration.between(now.plusMinutes(7), time).toMinutes()))
                        .as("nothing is won around now, so that what is usual stands still for the beats")
                        .isGreaterThanOrEqualTo(11);
            }
        }
        assertThat(25 * early).as("36 % of " + whole).isEqualTo(9 * whole);
    }

    /** Judged at every instant at which a lead of the channel comes to count, or ceases to. */
    private static void theVideoIsFoundPoorAtItsBeat(Simulator simulator, List<SimulatedRecord> history) {
        CampaignStory paid = new CampaignStory(simulator, history, LeadSource.CHECKLIST_VIDEO.channel());
        long live = simulator.liveStart().toEpochMilli();
        long beat = live + LiveScript.POOR_CAMPAIGN_SECOND * 1_000L;

        assertThat(paid.poorUntil(beat - 1)).as("never before").isEmpty();
        Map<String, Spell> poor = paid.poorUntil(beat + Measure.FIVE_SECONDS_MILLIS);
        assertThat(poor).containsOnlyKeys(LeadSource.CHECKLIST_VIDEO.campaign());
        Spell video = poor.get(LeadSource.CHECKLIST_VIDEO.campaign());
        assertThat(video.raisedMillis()).isBetween(beat, beat + Measure.FIVE_SECONDS_MILLIS);
        assertThat(video.judgement().qualified()).as("twelve more").isEqualTo(new Rate(28, 1_252));
        assertThat(video.judgement().usual()).isEqualTo(new Rate(27, 420));
        assertThat(paid.poorUntil(live + DAY)).as("once, and it stands").isEqualTo(poor);

        CampaignStory fair = new CampaignStory(simulator, history, LeadSource.TRADE_FAIR.channel());
        assertThat(fair.leads()).isEqualTo(LeadSource.TRADE_FAIR.leads());
        assertThat(fair.poorUntil(live + 30 * DAY)).as("nor the fair").isEmpty();
    }

    private static LocalDate best(Map<LocalDate, Long> won) {
        return won.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    @Test
    void theNearMissOfYesterday() {
        List<Story.Deal> yesterday = STORY.deals().stream()
                .filter(deal -> "deal_won".equals(deal.end)
                        && STORY.day(deal.closed).equals(STORY.today().minusDays(1)))
                .sorted(Comparator.comparingLong(deal -> deal.closed))
                .toList();
        long sum = 0;
        for (Story.Deal deal : yesterday) {
            boolean below = sum < .9 * 15_500;
            sum += deal.amount;
            if (below && sum >= .9 * 15_500) {
                assertThat(time(deal.closed)).isEqualTo(LocalTime.of(16, 10));
            }
        }
        Story.Deal last = yesterday.get(yesterday.size() - 1);
        assertThat(last.amount).isEqualTo(690);
        assertThat(time(last.closed)).isEqualTo(LocalTime.of(17, 48));
    }

    private static LocalTime time(long millis) {
        return Instant.ofEpochMilli(millis).atZone(SIMULATOR.company().zone()).toLocalTime();
    }

    @Test
    void salesAreThoseOfTheStory() {
        long won = STORY.ended("deal_won");
        long lost = STORY.ended("deal_lost");

        assertShare(won, won + lost, .36);
        assertThat((double) won).isCloseTo(119 * 90 / 30.4, within(30.0));
        // Of log-normal amounts; the largest days are cut, one deal is mistyped.
        assertThat(STORY.won().values().stream().mapToLong(Long::longValue).sum() / (double) won)
                .isCloseTo(2_725, within(100.0));
        assertThat(STORY.deals().stream().filter(Story.Deal::isOpen).count()).isBetween(225L, 300L);
        assertShare(won("Books"), won, .55);
        assertShare(won("Desk"), won, .30);
        assertShare(won("Field"), won, .15);
    }

    private static long won(String product) {
        return STORY.deals().stream()
                .filter(deal -> "deal_won".equals(deal.end) && product.equals(deal.product))
                .count();
    }

    @Test
    void daryasPile() {
        long now = LIVE.toEpochMilli();
        WorkTime work = SIMULATOR.company().work();
        List<Story.Deal> offers = STORY.deals().stream()
                .filter(deal ->
                        deal.isOpen() && deal.owner.equals(SimulatedCompany.DARYA) && deal.stage.equals("offer"))
                .toList();
        List<Story.Deal> stuck = offers.stream()
                .filter(deal -> work.between(deal.stageSince, now) > WorkTime.days(10))
                .toList();

        assertThat(offers).hasSize(19);
        assertThat(stuck).hasSize(11);
        assertThat(stuck.stream().mapToLong(deal -> deal.amount).sum()).isEqualTo(61_400);
        double mean = stuck.stream()
                .mapToDouble(deal -> (double) work.between(deal.stageSince, now) / WorkTime.DAY_MILLIS)
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(23, within(.01));
        Story.Deal largest = stuck.stream()
                .max(Comparator.comparingLong(deal -> deal.amount))
                .orElseThrow();
        assertThat(work.between(largest.stageSince, now + LiveScript.CRITICAL_SECOND * 1_000))
                .isEqualTo(WorkTime.days(15));
    }

    @Test
    void theOtherReps() {
        LocalDate since = STORY.today().minusDays(89);
        List<Story.Deal> closed = STORY.deals().stream()
                .filter(deal -> !deal.isOpen() && !STORY.day(deal.closed).isBefore(since))
                .toList();
        assertThat(count(closed, of(SimulatedCompany.TOMAS))).isEqualTo(25);
        assertThat(count(closed, of(SimulatedCompany.TOMAS).and(deal -> deal.end.equals("deal_won"))))
                .isEqualTo(13);
        assertThat(count(closed, of(SimulatedCompany.JONAH).and(deal -> STORY.day(deal.closed)
                        .isBefore(STORY.today().minusDays(35)))))
                .isZero();

        Set<String> shown = new HashSet<>();
        for (JsonNode held : STORY.activities("demo_held")) {
            if (held.get("actor").asText().equals(SimulatedCompany.SAMIR)) {
                shown.add(held.get("deal").asText());
            }
        }
        assertThat(shown).hasSize(24);
        assertThat(count(STORY.deals(), of(SimulatedCompany.SAMIR).and(deal -> deal.stages.contains("offer"))))
                .isEqualTo(9);

        assertShare(connected(SimulatedCompany.INES), calls(SimulatedCompany.INES), .09, .03);
        long others = STORY.activities("call").size() - calls(SimulatedCompany.INES);
        long reached = SimulatedCompany.REPS.stream()
                .filter(rep -> !rep.id().equals(SimulatedCompany.INES))
                .mapToLong(rep -> connected(rep.id()))
                .sum();
        assertShare(reached, others, .22, .03);
        Map<String, Long> cold = new HashMap<>();
        for (JsonNode call : STORY.activities("call")) {
            if (call.path("cold").asBoolean()) {
                cold.merge(call.get("actor").asText(), 1L, Long::sum);
            }
        }
        assertThat(cold.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .orElseThrow()
                        .getKey())
                .isEqualTo(SimulatedCompany.INES);
        assertThat(STORY.activities("call"))
                .noneMatch(call -> call.get("actor").asText().equals(SimulatedCompany.PETRA)
                        && Story.millis(call) >= SIMULATOR.company().petraLeftMillis());
    }

    private static Predicate<Story.Deal> of(String rep) {
        return deal -> rep.equals(deal.owner);
    }

    private static long calls(String rep) {
        return count(
                STORY.activities("call"), call -> call.get("actor").asText().equals(rep));
    }

    private static long connected(String rep) {
        return count(
                STORY.activities("call"),
                call -> call.get("actor").asText().equals(rep)
                        && call.get("connected").asBoolean());
    }

    @Test
    void changesHaveTheirEffect() {
        long template = SIMULATOR.company().work().at(SIMULATOR.company().today() - 10, WorkTime.OPENS);
        assertReplies(value -> Story.millis(value) < template, "template-1", .094);
        assertReplies(value -> Story.millis(value) >= template, "template-2", .056);

        long sms = SIMULATOR.company().work().at(SIMULATOR.company().today() - 30, LocalTime.MIDNIGHT);
        // Those held after a first no-show are among the completed.
        assertNoShows(value -> Story.millis(value) < sms, .24);
        assertNoShows(value -> Story.millis(value) >= sms, .13);
        assertThat(STORY.activities("sms_sent")).isNotEmpty().allMatch(value -> Story.millis(value) >= sms - DAY);
    }

    private static void assertReplies(Predicate<JsonNode> when, String template, double rate) {
        Predicate<JsonNode> which = value -> value.path("asset").asText().equals(template);
        long sent = count(STORY.activities("email_sent"), which.and(when));
        assertThat(count(
                        STORY.activities("email_sent"),
                        value -> value.path("template").asText().equals(template)))
                .as("named by its sendings")
                .isEqualTo(sent);
        long replied = count(STORY.activities("email_replied"), which);
        // A reply that comes after the lead was given up is not sent, so a few are missing.
        assertShare(replied, sent, rate, .012);
    }

    private static void assertNoShows(Predicate<JsonNode> when, double rate) {
        long missed = count(STORY.activities("meeting_no_show"), when);
        long held = count(STORY.activities("meeting_completed"), when);
        assertShare(missed, held, rate, .01);
    }

    @Test
    void sourcesBringWhatTheTableSays() {
        SimulatedHistory history = new SimulatedHistory(Simulator.DEFAULT_SEED, SIMULATOR.company());
        Map<String, Long> leads = new HashMap<>();
        for (JsonNode created : STORY.activities("lead_created")) {
            long millis = Story.millis(created);
            if (millis >= history.tableFrom() && millis < history.tableTo()) {
                leads.merge(created.get("campaign").asText(), 1L, Long::sum);
            }
        }
        for (LeadSource source : LeadSource.values()) {
            assertThat(leads.get(source.campaign())).as(source.campaign()).isEqualTo(source.leads());
        }
        assertThat(leads.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(4_142);

        long live = LIVE.toEpochMilli();
        List<Long> turning = STORY.activities("lead_created").stream()
                .filter(created -> created.get("campaign").asText().equals("checklist-video"))
                .map(created -> Story.millis(created) + DAY - live)
                .filter(millis -> millis >= 0 && millis <= 240_000)
                .toList();
        assertThat(turning).hasSize(12).last().isEqualTo(120_000L);
    }

    private static <T> long count(List<T> values, Predicate<T> which) {
        return values.stream().filter(which).count();
    }

    /** Whether hits of all are a share, within the spread of chance. */
    private static void assertShare(long hits, long all, double share) {
        assertShare(hits, all, share, 0);
    }

    /** The same, where the share of the story is itself a mean of several: give or take. */
    private static void assertShare(long hits, long all, double share, double give) {
        double spread = SIGMAS * Math.sqrt(share * (1 - share) / all) + give;
        assertThat((double) hits / all).as(hits + " of " + all).isCloseTo(share, within(spread));
    }
}
