package io.leadpulse.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.goal.GoalMeasure;
import io.leadpulse.domain.goal.Membership;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.schemas.Topics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryTest {

    private static final long JANUARY = millis("2025-01-01T00:00:00Z");
    private static final long MARCH = millis("2025-03-01T00:00:00Z");
    private static final LeadpulseConfig CONFIG = LeadpulseConfig.defaults();

    @Test
    void aRepHasTheTeamOfTheRecordInForce() {
        Directory directory = directory(
                rep("'id':'r','effective_from':'2025-03-01T00:00:00Z','team':'south'"),
                rep("'id':'r','effective_from':'2025-01-01T00:00:00Z','team':'north'"));

        assertThat(directory.teamOf("r", JANUARY - 1)).isNull();
        assertThat(directory.teamOf("r", JANUARY)).isEqualTo("north");
        assertThat(directory.teamOf("r", MARCH - 1)).isEqualTo("north");
        assertThat(directory.teamOf("r", MARCH)).isEqualTo("south");
        assertThat(directory.teamOf("r", Long.MAX_VALUE)).isEqualTo("south");
        assertThat(directory.teamOf("stranger", MARCH)).isNull();
        assertThat(directory.teamOf(null, MARCH)).isNull();
    }

    @Test
    void ofTwoRecordsWithTheSameKeyTheLaterCountsAndReadingTwiceChangesNothing() {
        ConfigurationRecord first = rep("'id':'r','effective_from':'2025-01-01T00:00:00Z','team':'north'");
        ConfigurationRecord second = rep("'id':'r','effective_from':'2025-01-01T01:00:00+01:00','team':'south'");

        assertThat(directory(first, second).teamOf("r", MARCH)).isEqualTo("south");
        assertThat(directory(first, second, first, second).teamOf("r", MARCH)).isEqualTo("south");
        assertThat(directory(second, first).teamOf("r", MARCH)).isEqualTo("north");
    }

    @Test
    void repsOfTheConfigurationWithoutATimeHoldAlways() {
        Directory directory = Directory.of(
                ConfigReader.parse("reps: [{id: r, team: north}]"),
                List.of(rep("'id':'r','effective_from':'2025-03-01T00:00:00Z','team':'south'")));

        assertThat(directory.teamOf("r", 0)).isEqualTo("north");
        assertThat(directory.teamOf("r", MARCH)).isEqualTo("south");
        assertThat(directory.reps()).containsExactly("r");
    }

    @Test
    void anAbsenceCountsUntilTheNextRecordAlsoWhenToldAfterwards() {
        Directory directory = directory(
                rep("'id':'r','effective_from':'2025-03-05T00:00:00Z','absences':["
                        + "{'from':'2025-03-03T00:00:00Z','to':'2025-03-08T00:00:00Z'}]"),
                rep("'id':'r','effective_from':'2025-03-07T00:00:00Z'"));

        assertThat(Stream.iterate(3, day -> day + 1)
                        .limit(5)
                        .map(day -> directory
                                        .of("r")
                                        .businessMillisOfDay(
                                                LocalDate.of(2025, 3, day).toEpochDay())
                                / 3_600_000L))
                .containsExactly(0L, 0L, 0L, 0L, 9L);
    }

    @Test
    void whoeverIsAwayHasTheDeputyWhoIsThere() {
        String away = "'absences':[{'from':'2025-03-03T00:00:00Z','to':'2025-03-08T00:00:00Z'}]";
        Directory directory = directory(
                rep("'id':'a','effective_from':'2025-01-01T00:00:00Z','deputy':'b'," + away),
                rep("'id':'b','effective_from':'2025-01-01T00:00:00Z','deputy':'c'," + away),
                rep("'id':'c','effective_from':'2025-01-01T00:00:00Z'"),
                rep("'id':'x','effective_from':'2025-01-01T00:00:00Z','deputy':'y'," + away),
                rep("'id':'y','effective_from':'2025-01-01T00:00:00Z','deputy':'x'," + away));
        long within = millis("2025-03-04T12:00:00Z");

        assertThat(directory.deputyOf("a", within)).isEqualTo("c");
        assertThat(directory.deputyOf("a", MARCH)).isNull();
        assertThat(directory.deputyOf("a", millis("2025-03-08T00:00:00Z"))).isNull();
        assertThat(directory.deputyOf("c", within)).isNull();
        assertThat(directory.deputyOf("x", within)).isNull();
        assertThat(directory.deputyOf("stranger", within)).isNull();
        assertThat(directory.deputyOf(null, within)).isNull();
    }

    @Test
    void aRepWorksInHisOwnHoursAndZoneOrInTheCompanys() {
        Directory directory = directory(
                rep("'id':'r','effective_from':'2025-01-01T00:00:00Z','zone':'Asia/Tokyo','working_hours':"
                        + "{'saturday':[{'from':'09:00','to':'13:00'}]}"),
                rep("'id':'s','effective_from':'2025-01-01T00:00:00Z','team':'north'"));

        assertThat(directory.of("r").isBusinessTime(millis("2025-03-15T09:00:00+09:00")))
                .isTrue();
        assertThat(directory.of("r").isBusinessTime(millis("2025-03-14T10:00:00Z")))
                .isFalse();
        assertThat(directory.of("s")).isSameAs(directory.companyCalendar());
        assertThat(directory.of("stranger")).isSameAs(directory.companyCalendar());
        assertThat(directory.of(null)).isSameAs(directory.companyCalendar());
    }

    @Test
    void aRepBelongsToTheSalesForceWhileActive() {
        Directory directory = directory(
                rep("'id':'r','effective_from':'2025-01-01T00:00:00Z'"),
                rep("'id':'r','effective_from':'2025-02-01T00:00:00Z','team':'south'"),
                rep("'id':'r','effective_from':'2025-03-01T00:00:00Z','active':false"));

        assertThat(directory.memberships("r")).containsExactly(new Membership(JANUARY, MARCH));
        assertThat(directory.memberships("stranger")).containsExactly(new Membership(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @Test
    void daysAndMinutesAreThoseOfTheCompanysZone() {
        Directory directory = Directory.of(ConfigReader.parse("company: {zone: Asia/Kolkata}"), List.of());
        long millis = millis("2025-03-14T20:15:59Z");

        assertThat(directory.epochDayOf(millis))
                .isEqualTo((int) LocalDate.of(2025, 3, 15).toEpochDay());
        assertThat(directory.minuteOfDayOf(millis)).isEqualTo(105);
    }

    @ParameterizedTest
    @CsvSource({
        "day, 2025-03-14, 2025-03-14",
        "week, 2025-03-10, 2025-03-10",
        "month, 2025-03, 2025-03-01",
        "quarter, 2025-Q1, 2025-04-01",
        "quarter, 2024-Q4, 2025-01-01",
        "year, 2024, 2024-04-01"
    })
    void aGoalIsOfThePeriodWithItsKey(String kind, String period, LocalDate firstDay) {
        LeadpulseConfig config = ConfigReader.parse("company: {fiscal_year_start: {month: 4}}");
        Directory directory = Directory.of(
                config,
                List.of(goal("'scope':'team:north','measure':'won_amount','period_kind':'" + kind + "','period':'"
                        + period + "','amount':'50000.00','effective_from':'2023-01-01T00:00:00Z'")));
        PeriodKind periodKind = PeriodKind.valueOf(kind.toUpperCase(Locale.ROOT));

        assertThat(goalOf(directory, periodKind, firstDay)).contains(5_000_000L);
        assertThat(goalOf(directory, periodKind, firstDay.minusDays(1))).isEmpty();
    }

    @Test
    void aGoalOfNothingWithdrawsIt() {
        String goal = "'scope':'team:north','measure':'won_amount','period_kind':'month',";
        Directory directory = directory(
                goal(goal + "'amount':'50000.00','effective_from':'2025-01-01T00:00:00Z'"),
                goal(goal + "'amount':'0','effective_from':'2025-03-15T00:00:00Z'"));

        assertThat(goalOf(directory, PeriodKind.MONTH, LocalDate.of(2025, 2, 1)))
                .contains(5_000_000L);
        assertThat(goalOf(directory, PeriodKind.MONTH, LocalDate.of(2025, 3, 1)))
                .isEmpty();
    }

    /** In order each is appended, out of order all are resolved anew: the same versions. */
    @Test
    void versionsThatComeInOrderOfTimeStandAsThoseThatDoNot() {
        List<ConfigurationRecord> records = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String score = i % 7 == 3 ? ",'score':{'points':{'page_view':" + i + "}}" : "";
            records.add(rules("'version':%d,'effective_from':'2025-%02d-%02dT00:00:00Z','limits':{'offer':%d}%s"
                    .formatted(1_000 + i, 1 + i / 20, 1 + i % 20, 1 + i, score)));
        }
        // Refused: the number of another, the time of another.
        records.add(rules("'version':1005,'effective_from':'2025-06-01T00:00:00Z'"));
        records.add(rules("'version':5000,'effective_from':'2025-02-20T00:00:00Z'"));
        List<ConfigurationRecord> reversed = new ArrayList<>(records.subList(0, 40));
        Collections.reverse(reversed);
        Directory inOrder = Directory.of(CONFIG, records);
        assertThat(inOrder.rules().versions()).hasSize(41);
        assertThat(inOrder.rules()).isEqualTo(Directory.of(CONFIG, reversed).rules());
        assertThat(inOrder.stageLimits())
                .isEqualTo(Directory.of(CONFIG, reversed).stageLimits());
    }

    @Test
    void aCandidateStandsBesideTheRulesInForceAndChangesNothing() {
        ConfigurationRecord active =
                rules("'version':2,'effective_from':'2025-01-01T00:00:00Z','score':{'points':{'page_view':2}}");
        ConfigurationRecord proposed = rules("'version':3,'effective_from':'2025-03-01T00:00:00Z','candidate':true,"
                + "'score':{'thresholds':{'warm':30,'hot':50,'marketing_qualified':50}}");
        Directory directory = directory(active, proposed);
        assertThat(directory.rules()).isEqualTo(directory(active).rules());
        assertThat(directory(active).candidateRules()).isNull();
        RuleTimeline candidate = directory.candidateRules();
        assertThat(candidate.at(MARCH - 1)).isEqualTo(directory.rules().at(MARCH));
        assertThat(candidate.at(MARCH).version()).isEqualTo(3);
        assertThat(candidate.at(MARCH).thresholds().hot()).isEqualTo(50);
        assertThat(candidate.at(MARCH).rules().get(0).points()).isEqualTo(2);
    }

    @Test
    void aCandidateEndsWhenItIsWithdrawnReplacedOrInForce() {
        String three = "'version':3,'effective_from':'2025-03-01T00:00:00Z'";
        ConfigurationRecord proposed = rules(three + ",'candidate':true,'score':{'points':{'page_view':9}}");
        assertThat(directory(proposed, rules(three + ",'candidate':true,'withdrawn':true"))
                        .candidateRules())
                .isNull();
        assertThat(directory(proposed, rules("'version':3,'effective_from':'2025-04-01T00:00:00Z'"))
                        .candidateRules())
                .isNull();
        assertThat(directory(proposed, rules("'version':4,'effective_from':'2025-03-01T00:00:00Z','candidate':true"))
                        .candidateRules()
                        .at(MARCH)
                        .version())
                .isEqualTo(4);
        // Not that of another key; and the number of a version in force is taken.
        assertThat(directory(
                                proposed,
                                rules(
                                        "'version':4,'effective_from':'2025-03-01T00:00:00Z','candidate':true,'withdrawn':true"))
                        .candidateRules())
                .isNotNull();
        ConfigurationRecord active = rules("'version':2,'effective_from':'2025-01-01T00:00:00Z'");
        ConfigurationRecord taken = rules("'version':2,'effective_from':'2025-03-01T00:00:00Z','candidate':true");
        assertThat(directory(active, taken).candidateRules()).isNull();
    }

    @Test
    void aVersionOfTheRulesChangesWhatItNamesAgainstTheOneBeforeIt() {
        Directory directory = directory(
                rules("'version':3,'effective_from':'2025-03-01T00:00:00Z','limits':{'demo':5.5}"),
                rules("'version':2,'effective_from':'2025-01-01T00:00:00Z','limits':{'offer':3},"
                        + "'score':{'points':{'page_view':2},'thresholds':{'hot':80}}"));

        assertThat(directory.rules().versions()).hasSize(3);
        assertThat(directory.rules().at(JANUARY - 1)).isEqualTo(CONFIG.scoreRules());
        assertThat(directory.rules().at(JANUARY).rules().get(0).points()).isEqualTo(2);
        assertThat(directory.rules().at(MARCH).version()).isEqualTo(3);
        assertThat(directory.rules().at(MARCH).thresholds().hot()).isEqualTo(80);
        assertThat(directory.stageLimitsAt(JANUARY - 1).limitMilliDays("offer")).isEqualTo(10_000);
        assertThat(directory.stageLimitsAt(JANUARY).limitMilliDays("offer")).isEqualTo(3_000);
        assertThat(directory.stageLimitsAt(MARCH).limitMilliDays("offer")).isEqualTo(3_000);
        assertThat(directory.stageLimitsAt(MARCH).limitMilliDays("demo")).isEqualTo(5_500);
    }

    @Test
    void aVersionWhoseNumberOrTimeIsTakenIsRefusedAndTheOthersStand() throws Exception {
        List<ConfigurationRecord> records = List.of(
                rules("'version':2,'effective_from':'2025-01-01T00:00:00Z','limits':{'offer':3}"),
                rules("'version':2,'effective_from':'2025-03-01T00:00:00Z','limits':{'offer':4}"),
                rules("'version':4,'effective_from':'2025-01-01T00:00:00Z','limits':{'offer':5}"));
        RecordCheck check = copy(new RecordCheck("", records));

        assertThat(problem(check, records.get(0))).isEmpty();
        assertThat(problem(check, records.get(1)).orElseThrow()).contains("version");
        assertThat(problem(check, records.get(2)).orElseThrow()).contains("effective_from");
        assertThat(Directory.of(CONFIG, records).stageLimitsAt(MARCH).limitMilliDays("offer"))
                .isEqualTo(3_000);
    }

    @Test
    void aRecordThatIsNotValidHasNoEffectAndIsToldWithoutItsValues() {
        ConfigurationRecord bad = rep("'id':'r','effective_from':'Secret','team':'north'");

        assertThat(directory(bad, new ConfigurationRecord(Topics.REPS, "{"), new ConfigurationRecord(Topics.REPS, "7"))
                        .reps())
                .isEmpty();
        assertThat(problem(new RecordCheck("", List.of()), bad).orElseThrow())
                .contains("effective_from", "RFC 3339")
                .doesNotContain("Secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org.reps.v1|'id':'r'|effective_from",
                "org.reps.v1|'effective_from':'2025-01-01T00:00:00Z'|id",
                "org.reps.v1|'id':'r','effective_from':'2025-01-01T00:00:00'|effective_from",
                "org.reps.v1|'id':'r','effective_from':'2025-01-01T00:00:00Z','active':'no'|active",
                "org.reps.v1|'id':'r','effective_from':'2025-01-01T00:00:00Z','zone':'Moon'|zone",
                "sales.goals.v1|'scope':'company','measure':'won_count','period_kind':'day','count':1|effective_from",
                "engine.rules.v1|'version':1,'effective_from':'2025-01-01T00:00:00Z'|version",
                "engine.rules.v1|'version':2|effective_from",
                "engine.rules.v1|'version':2,'effective_from':'2025-01-01T00:00:00Z','withdrawn':true|withdrawn",
                "engine.rules.v1|'version':2,'effective_from':'2025-01-01T00:00:00Z','limits':{'offer':0}|limits.offer",
                "engine.rules.v1|'version':2,'effective_from':'2025-01-01T00:00:00Z','score':{'thresholds':{'warm':90}}|"
                        + "score.thresholds.hot",
                "engine.ticks.v1|'id':1|topic"
            })
    void aBadRecordNamesTheField(String topic, String fields, String field) {
        assertThat(problem(new RecordCheck("", List.of()), record(topic, fields))
                        .orElseThrow())
                .startsWith(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org.reps.v1|'id':'r','effective_from':'1970-01-01T00:00:00Z','manager':'m','name':null,'team':'','new':1",
                "sales.goals.v1|'scope':'rep:R-1','measure':'activities:call','period_kind':'day','count':40,"
                        + "'effective_from':'2025-01-01T00:00:00Z'",
                "engine.rules.v1|'version':2,'effective_from':'2025-01-01T00:00:00Z','score':{'groups':["
                        + "{'name':'engagement','type':'engagement','half_life_days':14}],'rules':[{'id':'page_view',"
                        + "'matches':[{'kind':'page_viewed','direction':null}],'points':1,'group':'engagement',"
                        + "'repeat':'max_per_day','max_per_day':5}]}"
            })
    void aValidRecordMayLeaveOutFieldsOrHaveNewerOnes(String topic, String fields) {
        assertThat(problem(new RecordCheck("", List.of()), record(topic, fields)))
                .isEmpty();
    }

    private static Optional<Long> goalOf(Directory directory, PeriodKind kind, LocalDate day) {
        return directory
                .goals()
                .resolve(
                        "team:north",
                        GoalMeasure.WON_AMOUNT,
                        null,
                        directory.config().periodCalendar().periodOf(kind, day.toEpochDay()),
                        millis("2025-12-31T00:00:00Z"),
                        directory.companyCalendar())
                .map(goal -> goal.wholeAmount());
    }

    private static Optional<String> problem(RecordCheck check, ConfigurationRecord record) {
        try {
            return check.problem(record.topic(), new ObjectMapper().readTree(record.json()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static RecordCheck copy(RecordCheck check) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(check);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (RecordCheck) in.readObject();
        }
    }

    private static Directory directory(ConfigurationRecord... records) {
        return Directory.of(CONFIG, List.of(records));
    }

    private static ConfigurationRecord rep(String fields) {
        return record(Topics.REPS, fields);
    }

    private static ConfigurationRecord goal(String fields) {
        return record(Topics.GOALS, fields);
    }

    private static ConfigurationRecord rules(String fields) {
        return record(Topics.RULES, fields);
    }

    private static ConfigurationRecord record(String topic, String fields) {
        return new ConfigurationRecord(topic, "{" + fields.replace('\'', '"') + "}");
    }

    private static long millis(String time) {
        return OffsetDateTime.parse(time).toInstant().toEpochMilli();
    }
}
