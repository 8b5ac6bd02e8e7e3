package io.leadpulse.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.alert.LeadClockLimits;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.goal.Goal;
import io.leadpulse.domain.score.ScoreRules;
import io.leadpulse.domain.stage.StageLimits;
import io.leadpulse.schemas.event.DecodeSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keeps the defaults, the shipped files and the documentation in step. */
class ConfigFilesTest {

    private static final Pattern DOCUMENTED_KEY = Pattern.compile("^\\| `([^`]+)` \\| ([^|]*) \\|", Pattern.MULTILINE);

    /** An entry in every list and mapping, so that the reader asks for every key. */
    private static final String WITH_ALL_LISTS = """
            company: {display_unit: {name: cent, worth: 10}}
            exchange_rates: [{currency: USD, from: 2026-01-01, rate: 0.92}]
            working_hours: {monday: [{from: "09:00", to: "12:30"}]}
            deal_stages: [{name: offer, limit_business_days: 3}]
            score:
              groups:
                - {name: fit, type: fit, min: -5, max: 25}
                - {name: acts, type: engagement, half_life_days: 14}
                - {name: recent, type: engagement, window_days: 30}
              rules:
                - id: call
                  matches:
                    - kind: call
                      includes_automatic: true
                      connected_only: true
                      direction: inbound
                      assets: [a]
                      campaigns: [c]
                      attributes: {size: big}
                  points: 1
                  group: acts
                  repeat: max_per_day
                  max_per_day: 2
                  auto_qualifies: true
              points: {call: 2}
              fit_rules:
                - {id: industry, attribute: industry, points_by_value: {steel: 10}, group: fit}
            learnt:
              silence: [{stage: offer, days: 3, won_leads: 20}]
              loss_acts: [{act: call, lift: 2, leads: 30}]
              lost_leads: 100
            behaviour: {events: {Bought: form_submitted}, pages: {/shop: price_list_viewed}}
            key_metrics: [{metric: win_rate, goal: 0.35}, {metric: sales_cycle, limit: 30}, pace]
            goals:
              - scope: company
                measure: won_amount
                period_kind: month
                period: 2025-03
                amount: "340000.00"
                currency: EUR
                effective_from: 2025-01-01T00:00:00+01:00
            reps:
              - id: R-1
                effective_from: 2025-01-01T00:00:00+01:00
                name: A. Example
                team: north
                manager: B. Example
                email: a@example.com
                team_lead: R-9
                active: true
                deputy: R-2
                zone: Europe/Berlin
                working_hours:
                  monday: [{from: "09:00", to: "12:30"}]
                absences: [{from: 2025-03-10T00:00:00+01:00, to: 2025-03-15T00:00:00+01:00}]
                products: [pump]
            """;

    @Test
    void theDefaultsAreThoseOfTheDomainAndTheDecoder() {
        LeadpulseConfig defaults = LeadpulseConfig.defaults();

        assertThat(defaults.dealStages()).isEqualTo(DealStages.DEFAULT);
        assertThat(defaults.stageLimits()).isEqualTo(StageLimits.DEFAULT);
        assertThat(defaults.clockLimits()).isEqualTo(LeadClockLimits.DEFAULT);
        assertThat(defaults.scoreRules()).isEqualTo(ScoreRules.defaults());
        assertThat(defaults.decodeSettings()).isEqualTo(DecodeSettings.of("EUR"));
        assertThat(defaults.keyMetrics()).hasSize(KeyMetric.MAX).isEqualTo(KeyMetric.DEFAULT);
        assertThat(defaults.bounds()).isEqualTo(new Bounds(2_000, 300));
        assertThat(defaults.companyCalendar()
                        .businessMillisOfDay(LocalDate.of(2025, 3, 14).toEpochDay()))
                .isEqualTo(9 * 3_600_000L);
    }

    @Test
    void keyMetricsMayHaveGoalsAndLimitsAndTheDigestItsTimeAndReaders() {
        LeadpulseConfig config = ConfigReader.parse("""
                key_metrics: [{metric: win_rate, goal: 0.35}, pace, {metric: first_contact_time, limit: 1.5}]
                alerts: {daily_digest: {at: "07:30", on_days_off: true, recipients: [lena, otto]}}
                """);

        assertThat(config.keyMetrics())
                .containsExactly(KeyMetric.WIN_RATE, KeyMetric.PACE, KeyMetric.FIRST_CONTACT_TIME);
        assertThat(config.keyMetricAims())
                .containsOnly(
                        Map.entry(KeyMetric.WIN_RATE, new BigDecimal("0.35")),
                        Map.entry(KeyMetric.FIRST_CONTACT_TIME, new BigDecimal("1.5")));
        assertThat(config.dailyDigest())
                .isEqualTo(new DailyDigest(true, LocalTime.of(7, 30), true, List.of("lena", "otto")));
        assertThat(LeadpulseConfig.defaults().dailyDigest()).isEqualTo(DailyDigest.DEFAULT);
        assertThat(LeadpulseConfig.defaults().keyMetricAims()).isEmpty();
    }

    @Test
    void theReferenceMeansTheDefaults() {
        assertThat(ConfigReader.parse(shipped("reference.yaml"))).isEqualTo(LeadpulseConfig.defaults());
    }

    @Test
    void theReferenceShowsEveryKey() {
        String reference = shipped("reference.yaml");

        for (String key : known()) {
            String name = key.substring(key.lastIndexOf('.') + 1);
            if (!name.equals("*")) {
                assertThat(reference).as(key).containsPattern("\\b" + name + ":");
            }
        }
    }

    @Test
    void theDocumentationNamesExactlyTheKeysThatAreRead() {
        Set<String> documented = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE)
                .matcher(documentation())
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(known());
    }

    @Test
    void theDocumentationStatesTheDefaultsOfTheReference() {
        ConfigNode reference = ConfigTree.ofYaml(shipped("reference.yaml"), Problems.ofFile());
        for (MatchResult row : DOCUMENTED_KEY.matcher(documentation()).results().toList()) {
            ConfigNode node = find(reference, row.group(1));
            if (node != null && !node.text().isEmpty()) {
                assertThat(row.group(2).strip()).as(row.group(1)).isEqualTo("`" + node.text() + "`");
            }
        }
    }

    @Test
    void theMinimalFileNeedsNothingElse() {
        LeadpulseConfig minimal = ConfigReader.parse(shipped("minimal.yaml"));

        assertThat(minimal.company().zone().getId()).isEqualTo("Europe/Berlin");
        assertThat(minimal.stageLimits().limitMilliDays("offer")).isEqualTo(10_000);
        assertThat(minimal.scoreRules()).isEqualTo(ScoreRules.defaults());
    }

    @Test
    void theAcceptanceFileIsAsTheChecksNeedIt() {
        LeadpulseConfig acceptance = ConfigReader.parse(shipped("acceptance.yaml"));

        assertThat(acceptance.company().currency()).isEqualTo("USD");
        assertThat(acceptance.company().weekStart()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(acceptance.holidayEpochDays()).isEmpty();
        long monday = LocalDate.of(2024, 1, 1).toEpochDay();
        assertThat(acceptance.companyCalendar().businessMillisOfDay(monday)).isEqualTo(86_400_000L);
        assertThat(acceptance.companyCalendar().businessMillisOfDay(monday + 5)).isZero();
        assertThat(acceptance.companyCalendar().businessMillisOfDay(monday + 6)).isZero();
        assertThat(acceptance.stageLimits().limitMilliDays("Qualified lead")).isEqualTo(7_000);
        assertThat(ConfigReader.parse(shipped("acceptance.yaml").replace("business_days: 7", "business_days: 14"))
                        .stageLimits()
                        .limitMilliDays("Negotiation"))
                .isEqualTo(14_000);
    }

    @Test
    void thePersianFileCountsByItsCalendar() {
        LeadpulseConfig persian = ConfigReader.parse(shipped("persian.yaml"));
        long friday = LocalDate.of(2026, 10, 23).toEpochDay();

        Period month = persian.periodCalendar().periodOf(PeriodKind.MONTH, friday);
        assertThat(month.key()).isEqualTo("month:1405-08");
        assertThat(persian.periodCalendar().label(month)).isEqualTo("Aban 1405");
        assertThat(LocalDate.ofEpochDay(month.startEpochDay())).isEqualTo(LocalDate.of(2026, 10, 23));
        assertThat(LocalDate.ofEpochDay(persian.periodCalendar()
                        .periodOf(PeriodKind.WEEK, friday)
                        .startEpochDay()))
                .isEqualTo(LocalDate.of(2026, 10, 17));
        assertThat(IntStream.range(0, 7)
                        .mapToObj(day -> persian.companyCalendar().businessMillisOfDay(friday + day))
                        .toList())
                .as("Friday to Thursday")
                .containsExactly(0L, 32_400_000L, 32_400_000L, 32_400_000L, 32_400_000L, 32_400_000L, 0L);
        assertThat(persian.goals())
                .filteredOn(goal -> goal.periodEpochDay() != null)
                .extracting(Goal::periodEpochDay)
                .containsExactly(LocalDate.of(2026, 3, 21).toEpochDay());
        // 13,500,005 rials and 50 dinars.
        assertThat(persian.moneyUnit().text(1_350_000_550)).isEqualTo("1350000.55 toman");
        assertThat(persian.moneyUnit().text(1_350_000_000)).isEqualTo("1350000 toman");
        assertThat(persian.company()
                        .rates()
                        .convert(
                                "USD",
                                100_000,
                                persian.company()
                                        .rates()
                                        .at(
                                                "USD",
                                                Instant.parse("2026-09-22T20:30:00Z")
                                                        .toEpochMilli())))
                .isEqualTo(45_275_050_000L);
    }

    /** The keys that the reader asks for: a file with an entry in every list makes it ask for all. */
    private static Set<String> known() {
        Problems problems = Problems.ofFile();
        assertThat(ConfigReader.parse(WITH_ALL_LISTS, problems))
                .as(problems.inFileOrder().toString())
                .isNotNull();
        Set<String> known = new TreeSet<>(problems.knownKeys());
        // A leaf says it all: sections and lists of sections are not documented for themselves.
        known.removeIf(key -> problems.knownKeys().stream()
                .anyMatch(other -> other.startsWith(key + ".") || other.startsWith(key + "[]")));
        // One weekday stands for all.
        known.removeIf(key -> key.matches("(reps\\[]\\.)?working_hours\\.(?!monday).*"));
        return known;
    }

    private static ConfigNode find(ConfigNode root, String key) {
        ConfigNode node = root;
        for (String part : key.split("\\.", -1)) {
            if (node == null || part.endsWith("[]")) {
                return null;
            }
            node = node.fields().get(part);
        }
        return node;
    }

    static String shipped(String name) {
        try (InputStream in = ConfigReader.class.getResourceAsStream("/config/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String documentation() {
        Path module = Path.of("").toAbsolutePath();
        Path root = Files.isDirectory(module.resolve("docs")) ? module : module.getParent();
        try {
            return Files.readString(root.resolve("docs/configuration.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
