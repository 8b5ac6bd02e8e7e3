package io.leadpulse.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake is told with its key, its line, the value and what is allowed; and all mistakes at once. */
class BadConfigTest {

    private static final String RULE = "{matches: [{kind: call}], points: 1, group: engagement, repeat: every, ";
    private static final String GOAL = "{scope: company, period_kind: month, amount: \"10.00\", ";

    @TempDir
    private Path folder;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                // Shape.
                arguments("compny: {}", "compny", "did you mean company?"),
                arguments("company: {zon: UTC}", "company.zon", "did you mean zone? one of"),
                arguments("company: Example", "company", "a mapping"),
                arguments("company: {name: 5}", "company.name", "a text (quote it)"),
                arguments("company: {name: \" \"}", "company.name", "not blank"),
                arguments("company:\n  name:\n", "company.name", "a text"),
                arguments("retention_days: 500\nretention_days: 800", "retention_days", "each key once"),
                arguments("holidays: 2026-12-25", "holidays", "a list"),
                arguments("a: &x {b: 1}", "a", "anchors are not read"),
                arguments("won_stages: [*x]", "won_stages[0]", "aliases are not read"),
                arguments("company: !!set {name: x}", "company", "tags are not read"),
                arguments("- a", "", "keys and values"),
                arguments("just a text", "", "keys and values"),
                arguments("retention_days: 800\n---\nretention_days: 900", "", "one document"),
                // Company.
                arguments("company: {zone: Berlin}", "company.zone", "an IANA time zone"),
                arguments("company: {zone: \"+02:00\"}", "company.zone", "an IANA time zone"),
                arguments("company: {currency: euro}", "company.currency", "ISO 4217"),
                arguments("company: {currency: XXX}", "company.currency", "ISO 4217"),
                arguments("company: {week_start: mon}", "company.week_start", "one of monday, tuesday"),
                arguments("company: {fiscal_year_start: {month: 13}}", "company.fiscal_year_start.month", "1 to 12"),
                arguments("company: {fiscal_year_start: {day: 29}}", "company.fiscal_year_start.day", "1 to 28"),
                arguments("company: {months: hijri}", "company.months", "one of gregorian, persian"),
                arguments("company: {display_unit: {name: toman}}", "company.display_unit.worth", "(required)"),
                arguments("company: {display_unit: {worth: 10}}", "company.display_unit.name", "(required)"),
                arguments(
                        "company: {display_unit: {name: toman, worth: 12}}",
                        "company.display_unit.worth",
                        "one of 10, 100"),
                arguments("company: {display_unit: toman}", "company.display_unit", "a mapping"),
                // Exchange rates.
                arguments("exchange_rates: {USD: 0.9}", "exchange_rates", "a list"),
                arguments(rate("currency: USD, from: 2026-01-01"), "exchange_rates[0].rate", "(required)"),
                arguments(rate("currency: USD, rate: 0.9"), "exchange_rates[0].from", "(required)"),
                arguments(rate("from: 2026-01-01, rate: 0.9"), "exchange_rates[0].currency", "(required)"),
                arguments(
                        rate("currency: EUR, from: 2026-01-01, rate: 1"),
                        "exchange_rates[0].currency",
                        "another currency than the company's"),
                arguments(rate("currency: usd, from: 2026-01-01, rate: 1"), "exchange_rates[0].currency", "ISO 4217"),
                arguments(rate("currency: USD, from: 2026-01, rate: 1"), "exchange_rates[0].from", "a date"),
                arguments(rate("currency: USD, from: 2026-01-01, rate: 0"), "exchange_rates[0].rate", "above 0"),
                arguments(rate("currency: USD, from: 2026-01-01, rate: -1"), "exchange_rates[0].rate", "above 0"),
                arguments(rate("currency: USD, from: 2026-01-01, rate: 2e9"), "exchange_rates[0].rate", "above 0"),
                arguments(
                        rate("currency: USD, from: 2026-01-01, rate: 0.1234567890123"),
                        "exchange_rates[0].rate",
                        "12 decimal places"),
                arguments(rate("currency: USD, from: 2026-01-01, rate: \"0.9\""), "exchange_rates[0].rate", "a number"),
                arguments(
                        rate("currency: USD, from: 2026-01-01, rate: 1}, {currency: USD, from: 2026-01-01, rate: 2"),
                        "exchange_rates[1].from",
                        "each currency and date once"),
                arguments(
                        "company: {months: persian}\ngoals: [" + GOAL + "period: 1405-13}]",
                        "goals[0].period",
                        "a month"),
                arguments("goals: [" + GOAL + "period: 1405-08}]", "goals[0].period", "a month"),
                // Working time.
                arguments(week("{from: \"18:00\", to: \"09:00\"}"), "working_hours.monday[0].to", "later than from"),
                arguments(week("{from: \"09:00\", to: \"25:00\"}"), "working_hours.monday[0].to", "\"24:00\""),
                arguments(week("{from: \"9:00\", to: \"18:00\"}"), "working_hours.monday[0].from", "\"00:00\""),
                arguments(week("{from: 9, to: \"18:00\"}"), "working_hours.monday[0].from", "\"00:00\""),
                arguments(week("{from: \"09:00\"}"), "working_hours.monday[0].to", "(required)"),
                arguments(
                        week("{from: \"09:00\", to: \"13:00\"}, {from: \"12:00\", to: \"14:00\"}"),
                        "working_hours.monday[1].from",
                        "not before the end of the interval above it"),
                arguments("working_hours: {monday: []}", "working_hours", "at least one working interval"),
                arguments("working_hours: {mon: []}", "working_hours.mon", "did you mean monday?"),
                arguments("holidays: [2026-02-30]", "holidays[0]", "a date"),
                arguments("holidays: [2026-12-25, 2026-12-25]", "holidays[1]", "each date once"),
                // Stages.
                arguments("deal_stages: [{name: a}, {name: a}]", "deal_stages[1].name", "each stage once"),
                arguments("deal_stages: [{limit_business_days: 3}]", "deal_stages[0].name", "(required)"),
                arguments(stage("-1"), "deal_stages[0].limit_business_days", "from 0 to 3650"),
                arguments(stage("soon"), "deal_stages[0].limit_business_days", "from 0 to 3650"),
                arguments(stage(".inf"), "deal_stages[0].limit_business_days", "from 0 to 3650"),
                arguments(stage(".nan"), "deal_stages[0].limit_business_days", "from 0 to 3650"),
                arguments(stage("1.2345"), "deal_stages[0].limit_business_days", "3 decimal places"),
                arguments(stage("1e99"), "deal_stages[0].limit_business_days", "from 0 to 3650"),
                arguments("deal_stages: [{name: new}]", "deal_stages[0].name", "new, contacted, qualified"),
                arguments("deal_stages: [{name: won}]", "won_stages", "no other place"),
                arguments("won_stages: [gone]\nlost_stages: [gone]", "lost_stages[0]", "exclude each other"),
                arguments("default_limit_business_days: 4000", "default_limit_business_days", "to 3650"),
                arguments("lead_stages: {new: {}}", "lead_stages.new", "contacted, qualified"),
                // Alerts.
                arguments("alerts: {idle_calendar_days: 0}", "alerts.idle_calendar_days", "1 to 3650"),
                arguments("alerts: {idle_calendar_days: 1.5}", "alerts.idle_calendar_days", "a whole number"),
                arguments(
                        "alerts: {reply_owed_business_hours: 0}", "alerts.reply_owed_business_hours", "0.001 to 1000"),
                arguments(
                        "alerts: {first_contact: {hand_raised_critical_business_minutes: 5}}",
                        "alerts.first_contact.hand_raised_critical_business_minutes",
                        "not below hand_raised_warning_business_minutes"),
                arguments("alerts: {digest_over: 0}", "alerts.digest_over", "1 to 100"),
                arguments("alerts: {max_messages_per_minute: 0}", "alerts.max_messages_per_minute", "1 to 1000"),
                arguments(
                        "alerts: {team_lead_after_business_days: 0}",
                        "alerts.team_lead_after_business_days",
                        "0.001 to 3650"),
                arguments(
                        "alerts: {unassigned_business_minutes: 0}", "alerts.unassigned_business_minutes", "1 to 60000"),
                arguments(
                        "alerts: {unassigned_hand_raised_business_minutes: soon}",
                        "alerts.unassigned_hand_raised_business_minutes",
                        "1 to 60000"),
                arguments(
                        "alerts: {planned_overdue_business_minutes: -1}",
                        "alerts.planned_overdue_business_minutes",
                        "0 to 60000"),
                arguments("alerts: {next_steps: {stuk: x}}", "alerts.next_steps.stuk", "did you mean stuck?"),
                arguments("alerts: {next_steps: {milestone: x}}", "alerts.next_steps.milestone", "one of "),
                arguments("alerts: {next_steps: {stuck: 3}}", "alerts.next_steps.stuck", "a text that is not blank"),
                arguments(
                        "alerts: {next_steps: {stuck: {offer: []}}}",
                        "alerts.next_steps.stuck",
                        "or such texts by stage"),
                // Learnt.
                arguments("learnt: {silence: [{stage: offer, days: 3}]}", "learnt.silence[0].won_leads", "required"),
                arguments(
                        "learnt: {silence: [{stage: offer, days: 0, won_leads: 30}]}",
                        "learnt.silence[0].days",
                        "0.001 to 3650"),
                arguments(
                        "learnt: {silence: [{stage: a, days: 1, won_leads: 1}, {stage: a, days: 1, won_leads: 1}]}",
                        "learnt.silence[1].stage",
                        "each stage once"),
                arguments(
                        "learnt: {loss_acts: [{act: meeting_canceled, lift: 2, leads: 30}]}",
                        "learnt.loss_acts[0].act",
                        "did you mean meeting_cancelled?"),
                arguments(
                        "learnt: {loss_acts: [{act: call, lift: -1, leads: 30}]}",
                        "learnt.loss_acts[0].lift",
                        "0 to 1000"),
                arguments("learnt: {lost_leads: 1.5}", "learnt.lost_leads", "a whole number"),
                // Score.
                arguments("score: {thresholds: {warm: 80}}", "score.thresholds.hot", "above thresholds.warm"),
                arguments("score: {thresholds: {warm: 20}}", "score.thresholds.warm", "fit alone never warms"),
                arguments(
                        "score: {thresholds: {marketing_qualified: 170}}",
                        "score.thresholds.marketing_qualified",
                        "up to total_max"),
                arguments(
                        group("max: 5").replace("type: engagement, max: 5", "type: fit, max: 5"),
                        "score.groups[0].max",
                        "fit alone never warms"),
                arguments("score: {total_max: .nan}", "score.total_max", "a number"),
                arguments("score: {points: {page_vew: 2}}", "score.points.page_vew", "did you mean page_view?"),
                arguments("score: {points: {page_view: 1001}}", "score.points.page_view", "-1000 to 1000"),
                arguments(rule("id: a, group: warmth"), "score.rules[0].group", "engagement groups"),
                arguments(rule("id: a, group: fit"), "score.rules[0].group", "engagement groups"),
                arguments(rule("id: A"), "score.rules[0].id", "lower case letters"),
                arguments(rule("id: a, points: .inf"), "score.rules[0].points", "a number"),
                arguments(rule("id: a, repeat: twice"), "score.rules[0].repeat", "one of once, once_per_asset"),
                arguments(rule("id: a, repeat: max_per_day"), "score.rules[0].max_per_day", "1 to 300"),
                arguments(rule("id: a, repeat: max_per_day, max_per_day: 0"), "score.rules[0].max_per_day", "1 to 300"),
                arguments(rule("id: a, max_per_day: 3"), "score.rules[0].max_per_day", "unless repeat is max_per_day"),
                arguments(
                        rule("id: a, matches: [{kind: deal_won}]"),
                        "score.rules[0].matches[0].kind",
                        "one of lead_created"),
                arguments(
                        rule("id: a, matches: [{kind: email_opened, includes_automatic: true}]"),
                        "score.rules[0].matches[0].includes_automatic",
                        "automatic opens and clicks never count"),
                arguments(
                        "score: {rules: [" + RULE + "id: a}, " + RULE + "id: b}]}",
                        "score.rules[1].matches[0]",
                        "rule a does"),
                arguments(
                        "score: {rules: [" + RULE + "id: a}, {id: a, matches: [{kind: sms_sent}], points: 1,"
                                + " group: engagement, repeat: every}]}",
                        "score.rules[1].id",
                        "not yet taken"),
                arguments(group("min: 5"), "score.groups[4].min", "a number up to 0"),
                arguments(group("max: -5"), "score.groups[4].max", "a number from 0"),
                arguments(group("half_life_days: 0"), "score.groups[4].half_life_days", "0.001 to 3650"),
                arguments(group("half_life_days: 3, window_days: 3"), "score.groups[4].window_days", "nothing beside"),
                arguments(group("window_days: 0"), "score.groups[4].window_days", "1 to 3650"),
                arguments(
                        "score: {fit_rules: [{id: f, attribute: size, points_by_value: {big: .inf}, group: fit}]}",
                        "score.fit_rules[0].points_by_value.big",
                        "a number"),
                arguments(
                        "score: {fit_rules: [{id: f, attribute: size, points_by_value: {big: 5}, group: engagement}]}",
                        "score.fit_rules[0].group",
                        "fit groups"),
                // Behaviour.
                arguments("behaviour: {events: {Bought: deal_won}}", "behaviour.events.Bought", "one of page_viewed"),
                arguments(
                        "behaviour: {events: {Big Buy: form_submitted, big_buy: form_viewed}}",
                        "behaviour.events.big_buy",
                        "each name once"),
                arguments(
                        "behaviour: {pages: {pricing: price_list_viewed}}",
                        "behaviour.pages.pricing",
                        "the beginning of a path"),
                arguments("behaviour: {demo_forms: [a, a]}", "behaviour.demo_forms[1]", "not twice"),
                // Bounds, key metrics.
                arguments("bounds: {facts_per_lead: 200}", "bounds.facts_per_lead_and_day", "not above facts_per_lead"),
                arguments("retention_days: 399", "retention_days", "400 to 3650"),
                arguments("retention_days: 99999999999999999999", "retention_days", "400 to 3650"),
                arguments("retention_days: \"800\"", "retention_days", "a whole number"),
                arguments(
                        "sources: {crm.activities.v1: {silent_after_minutes: 0}}",
                        "sources[\"crm.activities.v1\"].silent_after_minutes",
                        "business minutes from 0.001 to 60000"),
                arguments(
                        "sources: {crm.activity.v1: {}}",
                        "sources[\"crm.activity.v1\"]",
                        "did you mean crm.activities"),
                arguments("sources: {web.behaviour.v1: {silent: 1}}", "sources[\"web.behaviour.v1\"].silent", "one of"),
                arguments("grace_minutes: -1", "grace_minutes", "0 to 1440"),
                arguments("key_metrics: [win_rat]", "key_metrics[0]", "did you mean win_rate?"),
                arguments("key_metrics: [pace, pace]", "key_metrics[1]", "each key metric once"),
                arguments(
                        "key_metrics: [sales_today, week_attainment, month_attainment, quarter_attainment,"
                                + " year_attainment, pace, open_pipeline, pipeline_velocity, win_rate, sales_cycle]",
                        "key_metrics",
                        "at most 9"),
                arguments("key_metrics: [{metric: win_rat}]", "key_metrics[0].metric", "did you mean win_rate?"),
                arguments("key_metrics: [{goal: 1}]", "key_metrics[0].metric", "(required)"),
                arguments("key_metrics: [pace, {metric: pace}]", "key_metrics[1].metric", "each key metric once"),
                arguments("key_metrics: [{metric: win_rate, aim: 1}]", "key_metrics[0].aim", "one of metric"),
                arguments("key_metrics: [{metric: win_rate, goal: high}]", "key_metrics[0].goal", "a number of 0..1"),
                arguments("key_metrics: [{metric: win_rate, limit: 1}]", "key_metrics[0].limit", "goal: more of it"),
                arguments("key_metrics: [{metric: sales_cycle, goal: 9}]", "key_metrics[0].goal", "limit: less of it"),
                arguments("key_metrics: [{metric: sales_cycle, limit: -1}]", "key_metrics[0].limit", "0 or more"),
                arguments("key_metrics: [{metric: sales_today, goal: 9}]", "key_metrics[0].goal", "under goals"),
                // The daily digest.
                arguments("alerts: {daily_digest: {at: 8}}", "alerts.daily_digest.at", "a time from \"00:00\""),
                arguments("alerts: {daily_digest: {at: \"24:00\"}}", "alerts.daily_digest.at", "to \"23:59\""),
                arguments(
                        "alerts: {daily_digest: {on_days_off: 1}}", "alerts.daily_digest.on_days_off", "true or false"),
                arguments(
                        "alerts: {daily_digest: {recipients: [a, a]}}",
                        "alerts.daily_digest.recipients[1]",
                        "not twice"),
                // Goals, reps.
                arguments("goals: [{scope: north, period_kind: month, amount: \"1\"}]", "goals[0].scope", "team:NAME"),
                arguments("goals: [" + GOAL + "measure: money}]", "goals[0].measure", "won_amount, won_count"),
                arguments("goals: [" + GOAL + "measure: \"activities:dance\"}]", "goals[0].measure", "activities:call"),
                arguments("goals: [" + GOAL + "measure: won_count}]", "goals[0].count", "(required)"),
                arguments("goals: [" + GOAL + "period: 2025-13}]", "goals[0].period", "a month, such as 2025-03"),
                arguments("goals: [" + GOAL + "currency: USD}]", "goals[0].currency", "EUR, the company's"),
                arguments("goals: [" + GOAL + "effective_from: 2025-01-01}]", "goals[0].effective_from", "RFC 3339"),
                arguments("goals: [" + GOAL + "}, " + GOAL + "}]", "goals[1].scope", "once for one effective_from"),
                arguments(
                        "goals: [{scope: company, period_kind: month, amount: \"1.234\"}]",
                        "goals[0].amount",
                        "an amount in EUR"),
                arguments(
                        "goals: [{scope: company, period_kind: total, amount: \"1\"}]",
                        "goals[0].period_kind",
                        "one of day, week, month, quarter, year"),
                arguments(
                        "goals: [{scope: company, period_kind: week, amount: \"1\", period: 2025-03-12}]",
                        "goals[0].period",
                        "the first day of a week"),
                arguments("reps: [{name: A}]", "reps[0].id", "(required)"),
                arguments("reps: [{id: r}, {id: r}]", "reps[1].id", "once for one effective_from"),
                arguments("reps: [{id: r, deputy: r}]", "reps[0].deputy", "another rep"),
                arguments("reps: [{id: r, email: nobody}]", "reps[0].email", "a mail address"),
                arguments("reps: [{id: r, email: \"a@b.example, c@d.example\"}]", "reps[0].email", "a mail address"),
                arguments("reps: [{id: r, team_lead: 7}]", "reps[0].team_lead", "a text (quote it)"),
                arguments("reps: [{id: r, active: yes}]", "reps[0].active", "true or false"),
                arguments(
                        "reps: [{id: r, absences: [{from: 2025-03-02T00:00:00Z, to: 2025-03-01T00:00:00Z}]}]",
                        "reps[0].absences[0].to",
                        "later than from"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldByItsKeyAndWhatIsAllowed(String yaml, String key, String allowed) {
        List<ConfigProblem> problems = problems(yaml);

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.allowed()).contains(allowed);
        });
        assertThat(problems).as("no further problems").allSatisfy(problem -> assertThat(problem.key())
                .startsWith(key.isEmpty() ? "" : key.replaceAll("[.\\[].*", "")));
        assertThat(problems.size()).isLessThanOrEqualTo(2);
    }

    @Test
    void aProblemIsOneLineWithLineAndValue() {
        assertThat(problems("company:\n  name: x\n\ndeal_stages:\n  - name: offer\n    limit_business_days: soon\n"))
                .singleElement()
                .hasToString("deal_stages[0].limit_business_days (line 6): \"soon\"; allowed: a number of business days"
                        + " (0: never stuck) from 0 to 3650 with at most 3 decimal places");
    }

    @Test
    void allProblemsOfAFileAreToldAtOnceInItsOrder() {
        List<ConfigProblem> problems = problems("""
                company:
                  zone: Berlin
                  currency: euro
                  week_start: mon
                working_hours:
                  monday: [{from: "18:00", to: "09:00"}]
                holidays: [2026-02-30]
                deal_stages:
                  - name: offer
                    limit_business_days: -1
                retention_days: 10
                score:
                  thresholds: {warm: 80}
                key_metrics: [luck]
                goals:
                  - {scope: north, period_kind: month, amount: "1"}
                colour: red
                """);

        assertThat(problems)
                .extracting(ConfigProblem::key)
                .containsExactly(
                        "company.zone",
                        "company.currency",
                        "company.week_start",
                        "working_hours.monday[0].to",
                        "holidays[0]",
                        "deal_stages[0].limit_business_days",
                        "retention_days",
                        "score.thresholds.hot",
                        "key_metrics[0]",
                        "goals[0].scope",
                        "colour");
        assertThat(problems).extracting(ConfigProblem::line).allMatch(line -> line > 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "company:\n\tname: x",
                "a: [1, 2",
                "a: b: c",
                "\"unclosed",
                "a: \u0001",
                "%YAML 9.9\n---\na: 1",
                "}{",
                "? [a, b]\n: c",
                "a: 'x\n---",
                "@"
            })
    void whatIsNoYamlIsOneProblem(String yaml) {
        assertThat(problems(yaml)).isNotEmpty().allSatisfy(problem -> assertThat(problem.toString())
                .doesNotContain("Exception", "com.fasterxml", "org.yaml")
                .doesNotContain("\n"));
    }

    static Stream<Arguments> noYaml() {
        return Stream.of(
                arguments("company:\n  name: x\n\n\tzone: UTC\n", 4),
                arguments("company:\n\tname: x", 2),
                arguments("# 1\n\"\uD83D\uDE00\": 1\n\tb: 2\n", 3),
                arguments("a: 1\nb: {c: 1}}\n", 2),
                // What is never closed is noticed at the end; the last that was read is nearer to where it begins.
                arguments("a: 1\nb: 'x\n\n\n", 2),
                arguments("a: 1\nb: [1,\n\n", 2));
    }

    @ParameterizedTest
    @MethodSource("noYaml")
    void whatIsNoYamlIsToldWithItsLine(String yaml, int line) {
        assertThat(problems(yaml))
                .singleElement()
                .extracting(ConfigProblem::line)
                .isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing\n", "---\n", "null", "{}", "company:\nholidays:\nscore:\n"})
    void nothingMeansTheDefaults(String yaml) {
        assertThat(ConfigReader.parse(yaml)).isEqualTo(LeadpulseConfig.defaults());
    }

    @Test
    void aBombOfAliasesIsRefusedWithoutBeingBlownUp() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }

        assertThat(problems(bomb.toString())).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void deepNestingIsRefused(String opening) {
        assertThat(problems("a: " + opening.repeat(50_000))).isNotEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsOneProblem() throws IOException {
        Path missing = folder.resolve("missing.yaml");
        Path notUtf8 = Files.write(folder.resolve("latin1.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
        Path huge = Files.write(folder.resolve("huge.yaml"), new byte[ConfigFile.MAX_BYTES + 1]);

        assertThat(problemsOf(missing)).contains("there is no such file");
        assertThat(problemsOf(folder)).contains("a folder");
        assertThat(problemsOf(notUtf8)).contains("no UTF-8 at byte 3");
        assertThat(problemsOf(huge)).contains("larger than");
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsDoNoHarm() throws IOException {
        Path file = folder.resolve("windows.yaml");
        Files.writeString(file, "\uFEFFcompany:\r\n  name: Größe\r\n", StandardCharsets.UTF_8);

        assertThat(ConfigReader.read(file).company().name()).isEqualTo("Größe");
    }

    @Test
    void timesNeedNoQuotes() {
        assertThatCode(() -> ConfigReader.parse("working_hours: {monday: [{from: 09:00, to: 24:00}]}"))
                .doesNotThrowAnyException();
    }

    static List<ConfigProblem> problems(String yaml) {
        InvalidConfigException invalid =
                catchThrowableOfType(InvalidConfigException.class, () -> ConfigReader.parse(yaml));
        assertThat(invalid).as("refused").isNotNull();
        return invalid.problems();
    }

    private static String problemsOf(Path file) {
        InvalidConfigException invalid =
                catchThrowableOfType(InvalidConfigException.class, () -> ConfigReader.read(file));
        assertThat(invalid.problems()).hasSize(1);
        return invalid.problems().get(0).toString();
    }

    private static String rate(String fields) {
        return "exchange_rates: [{" + fields + "}]";
    }

    private static String week(String intervals) {
        return "working_hours: {monday: [" + intervals + "], friday: [{from: \"09:00\", to: \"18:00\"}]}";
    }

    private static String stage(String limit) {
        return "deal_stages: [{name: offer, limit_business_days: " + limit + "}]";
    }

    /** A single rule; what is given replaces what it has. */
    private static String rule(String fields) {
        String rule = RULE;
        for (String key : List.of("matches", "points", "group", "repeat")) {
            if (fields.contains(key + ":")) {
                rule = rule.replaceFirst(key + ": (\\[.*?]|[a-z0-9]+), ", "");
            }
        }
        return "score: {rules: [" + rule + fields + "}]}";
    }

    /** The default groups and another one. */
    private static String group(String fields) {
        return "score: {groups: [{name: fit, type: fit, max: 25}, {name: engagement, type: engagement},"
                + " {name: page_views, type: engagement}, {name: opt_out, type: engagement},"
                + " {name: more, type: engagement, " + fields + "}]}";
    }
}
