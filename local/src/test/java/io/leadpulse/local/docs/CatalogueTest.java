package io.leadpulse.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.activity.HourHeat;
import io.leadpulse.domain.alert.Learnt;
import io.leadpulse.domain.campaign.CampaignJudgement;
import io.leadpulse.domain.correlation.RankCorrelation;
import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.goal.GoalProgress;
import io.leadpulse.domain.influence.Influence;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.rate.RateComparison;
import io.leadpulse.schemas.config.KeyMetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/catalogue.md has a row for every number and names nothing that is not there. What a sum means is compared by
 * {@code MeasuresDocTest}, of what a named rate is made by {@code NamedRatesDocTest}, what a metric means by {@code
 * MetricsDocTest}.
 */
class CatalogueTest {
    private static final String SUMS = "Sums";
    private static final String RATES_OF_ACTIVITIES = "Rates of activities";
    private static final String METRICS = "Metrics";
    private static final String KEY_METRICS = "Key metrics";
    private static final String NUMBERS_OF_A_LEAD = "Numbers of a lead";
    private static final String LEARNT = "What is learnt, forecast and compared";

    /** In that view: the name of the rate, and the sum and part of its dimension that it takes. */
    private static final Pattern RATE_IN_VIEW = Pattern.compile(
            "\\(\\d+, '([^']+)', '(\\w+)', '(\\w+)'(?: \\|\\| chr\\(31\\) \\|\\| '(\\w+)')?, (\\d+), (true|false), (true|false)\\)");

    private static final Pattern UNION_RATE = Pattern.compile("select r\\.scope, \\d+, '([^']+)', \\d+, ''");

    private final Inventory inventory = new Inventory();
    private final List<DocTable.Row> rows = DocTable.rows(Inventory.ROOT.resolve("docs/catalogue.md"));

    @Test
    void everySumHasItsRow() {
        assertThat(firstNames(SUMS))
                .containsExactlyElementsOf(
                        Arrays.stream(Measure.values()).map(Measure::wireName).toList());
    }

    @Test
    void whatIsSaidToBeOnNoBoardIsOnNone() {
        Map<String, List<String>> shown = new LinkedHashMap<>();
        for (DocTable.Row row : of(SUMS)) {
            if (row.isUnfinished()) {
                List<String> panels = inventory.panelsThatSum(row.names(0).get(0));
                if (!panels.isEmpty()) {
                    shown.put(row.cell(0), panels);
                }
            }
        }

        assertThat(shown)
                .as("sums said to be read by nothing, and where they are shown")
                .isEmpty();
    }

    @Test
    void everyMetricHasItsRow() {
        assertThat(firstNames(METRICS)).containsExactlyInAnyOrderElementsOf(inventory.families());
    }

    @Test
    void everyKeyMetricHasItsRowAndTitle() {
        assertThat(of(KEY_METRICS))
                .extracting(row -> row.cell(0) + ' ' + row.cell(1))
                .containsExactlyElementsOf(Arrays.stream(KeyMetric.values())
                        .map(metric -> '`' + metric.name().toLowerCase(Locale.ROOT) + "` " + metric.title())
                        .toList());
    }

    @Test
    void everyNumberOfAProfileHasItsRow() {
        assertThat(firstNames(NUMBERS_OF_A_LEAD)).containsAll(inventory.numbersOfProfile());
        assertThat(firstNames(NUMBERS_OF_A_LEAD)).allSatisfy(name -> assertThat(
                        inventory.isNumber(name, List.of("lead.profiles.v1"), List.of("lead_value")))
                .as(name)
                .isTrue());
    }

    @Test
    void ratesOfActivitiesAreThoseOfTheView() {
        Map<String, List<String>> numerators = new LinkedHashMap<>();
        Map<String, List<String>> denominators = new LinkedHashMap<>();
        Map<String, String> within = new LinkedHashMap<>();
        String view = inventory.relation("activity_rate");
        for (MatchResult rate : RATE_IN_VIEW.matcher(view).results().toList()) {
            String part = "`%s` (%s)"
                    .formatted(
                            rate.group(2),
                            rate.group(4) == null ? rate.group(3) : rate.group(3) + ", " + rate.group(4));
            within.put(rate.group(1), rate.group(5));
            if (rate.group(6).equals("true")) {
                denominators
                        .computeIfAbsent(rate.group(1), name -> new ArrayList<>())
                        .add(part);
            }
            if (rate.group(7).equals("true")) {
                numerators
                        .computeIfAbsent(rate.group(1), name -> new ArrayList<>())
                        .add(part);
            }
        }
        List<String> others = Inventory.all(UNION_RATE, view);

        assertThat(within).hasSizeGreaterThan(10);
        assertThat(of(RATES_OF_ACTIVITIES))
                .extracting(row -> row.cell(0))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(within.keySet().stream(), others.stream()).toList());
        assertThat(of(RATES_OF_ACTIVITIES))
                .filteredOn(row -> within.containsKey(row.cell(0)))
                .allSatisfy(row -> {
                    String name = row.cell(0);
                    assertThat(row.cell(1)).as(name).isEqualTo(String.join(" + ", numerators.get(name)));
                    assertThat(row.cell(2)).as(name).isEqualTo(String.join(" + ", denominators.get(name)));
                    assertThat(row.cell(3).replaceFirst(" days?$", ""))
                            .as(name)
                            .isEqualTo(within.get(name).replaceFirst("^0$", ""));
                });
    }

    @Test
    void everyViewIsNamed() {
        List<String> named = rows.stream()
                .flatMap(row -> Stream.iterate(0, column -> column + 1)
                        .limit(row.cells().size())
                        .flatMap(column -> row.names(column).stream()))
                .toList();
        List<String> headed = List.of("activity_rate", "activity_compared");

        assertThat(inventory.views()).isNotEmpty().allSatisfy(view -> assertThat(
                        named.contains(view) || headed.contains(view))
                .as(view)
                .isTrue());
    }

    @Test
    void everythingNamedIsThere() {
        List<String> missing = new ArrayList<>();
        for (DocTable.Row row : rows) {
            int shown = row.cells().size() - 1;
            for (int column = 0; column <= shown; column++) {
                for (String name : row.names(column)) {
                    if (!isNameOfItsOwn(row, column) && !isKnown(name)) {
                        missing.add(row.cell(0) + ": " + name);
                    }
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void everyPanelIsThereAndReadsTheNumber() {
        List<String> wrong = new ArrayList<>();
        int panels = 0;
        for (DocTable.Row row : rows) {
            for (String where : row.parts(row.cells().size() - 1)) {
                if (!where.contains(" / ")) {
                    continue;
                }
                List<String> names = new ArrayList<>();
                for (int column = 0; column < row.cells().size() - 1; column++) {
                    names.addAll(row.names(column));
                }
                if (row.heading().equals(RATES_OF_ACTIVITIES)) {
                    names.add("activity_rate");
                }
                panels++;
                if (!inventory.isShown(where)) {
                    wrong.add(row.cell(0) + ": " + where + " is not there");
                } else if (inventory.isPanel(where) && !inventory.panelReads(where, names)) {
                    wrong.add(row.cell(0) + ": " + where + " reads none of " + names);
                }
            }
        }

        assertThat(panels).isGreaterThan(100);
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatIsNeededIsWhatTheCodeNeeds() {
        needs(
                METRICS,
                "`leadpulse_pipeline_velocity_money_per_day`",
                LackKind.TOO_FEW_WON_DEALS,
                GoalProgress.MIN_WON_DEALS);
        needs(METRICS, "`leadpulse_goal_deals_needed`", LackKind.TOO_FEW_WON_DEALS, GoalProgress.MIN_WON_DEALS);
        needs(METRICS, "`leadpulse_goal_landing`", LackKind.TOO_FEW_WON_DEALS, GoalProgress.MIN_WON_DEALS);
        needs(
                METRICS,
                "`leadpulse_goal_pace_ratio`",
                LackKind.TOO_LITTLE_EXPECTED,
                Math.round(100 * GoalProgress.MIN_SHARE));
        needs(
                METRICS,
                "`leadpulse_goal_projection`",
                LackKind.TOO_LITTLE_EXPECTED,
                Math.round(100 * GoalProgress.MIN_SHARE));
        needs(NUMBERS_OF_A_LEAD, "`answer_hour`", LackKind.TOO_FEW_ANSWERS, HourHeat.MIN_ANSWERS);
        needs(LEARNT, "Loss lift", LackKind.TOO_FEW_LOST_LEADS, Influence.WARNING_MIN_LOST);
        needs(LEARNT, "Loss lift", LackKind.TOO_FEW_LEADS_WITH_ACT, Influence.WARNING_MIN_WITH);
        needs(LEARNT, "Silence of a stage", LackKind.TOO_FEW_WON_LEADS_IN_STAGE, Learnt.MIN_WON_LEADS);
        needs(LEARNT, "Works worse", LackKind.TOO_FEW_CASES_NOW, RateComparison.MIN_CASES);
        needs(LEARNT, "Works worse", LackKind.TOO_FEW_CASES_BEFORE, RateComparison.MIN_CASES);
        needs(LEARNT, "Moves together", LackKind.TOO_FEW_PAIRS, RankCorrelation.MIN_PAIRS);
        needs(LEARNT, "Poor campaign", LackKind.TOO_FEW_MATURE_LEADS, CampaignJudgement.MIN_MATURE_LEADS);
    }

    /** In the words in which people are told of it. */
    private void needs(String heading, String number, LackKind kind, long needed) {
        String words = new Lack(kind, needed, 0L).text().replaceFirst(", has 0.*$", "");
        assertThat(of(heading))
                .filteredOn(row -> row.cell(0).equals(number))
                .singleElement()
                .satisfies(row -> assertThat(row.cell(row.cells().size() - 2))
                        .as(number + " needs")
                        .contains(words));
    }

    /** Names that are compared elsewhere, and words of the code. */
    private static boolean isNameOfItsOwn(DocTable.Row row, int column) {
        return switch (column) {
            case 0 ->
                row.heading().startsWith("Rates that a change") || row.heading().equals(KEY_METRICS);
            case 1 -> row.heading().equals(SUMS);
            default -> false;
        };
    }

    private boolean isKnown(String name) {
        return inventory.isNumber(name, List.of("lead.profiles.v1"), List.of("lead_value"))
                || inventory.isNumber(name, List.of("lead.alerts.v1"), List.of())
                || inventory.isTopic(name)
                || inventory.isRelation(name);
    }

    private List<DocTable.Row> of(String heading) {
        List<DocTable.Row> found =
                rows.stream().filter(row -> row.heading().equals(heading)).toList();
        assertThat(found).as(heading).isNotEmpty();
        return found;
    }

    private List<String> firstNames(String heading) {
        return of(heading).stream().map(row -> row.names(0).get(0)).toList();
    }
}
