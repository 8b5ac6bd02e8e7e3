package io.leadpulse.local.boards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.domain.probability.WinProbability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every board, read from its file alone. The first half are the rules of the public dashboard linter as far
 * as they fit, the second half our own. Whether a query is right is asked of the real stores by {@link BoardQueriesITCase}.
 *
 * <p>Of the public rules these do not apply: a variable and a matcher for {@code job} and {@code instance} (one engine is
 * one company, its metrics have names of their own, and a restart at another port must not split a curve); the name of the
 * data source variable (there are two); reloading of variables with the time range (none is read from Prometheus).
 */
class DashboardLintTest {
    private static final Map<String, String> UIDS = Map.ofEntries(
            Map.entry("wall.json", "leadpulse-wall"),
            Map.entry("sales-against-goals.json", "leadpulse-goals"),
            Map.entry("leads-and-stalls.json", "leadpulse-leads"),
            Map.entry("my-leads.json", "leadpulse-my-leads"),
            Map.entry("pipeline-and-funnel.json", "leadpulse-pipeline"),
            Map.entry("campaign-lead-quality.json", "leadpulse-campaigns"),
            Map.entry("engine-health.json", "leadpulse-engine"),
            Map.entry("team-performance.json", "leadpulse-team"),
            Map.entry("activity-effectiveness.json", "leadpulse-activity"),
            Map.entry("score-quality.json", "leadpulse-score"),
            Map.entry("review.json", "leadpulse-review"));

    /** Boards of operators may look further back in Prometheus; on the others history is PostgreSQL's. */
    private static final String ENGINE = "leadpulse-engine";

    private static final String WALL = "leadpulse-wall";
    private static final String REVIEW = "leadpulse-review";
    /** Boards that say last how old their data are: what people came for stands first. */
    private static final Set<String> SAY_IT_LAST = Set.of(WALL, REVIEW);

    private static final Map<String, String> SOURCES = Map.of("prometheus", "${metrics}", "postgres", "${history}");
    private static final String MIXED = "-- Mixed --";

    /** Units of Grafana that the boards use; none of a currency, which would be the wrong one elsewhere. */
    private static final Set<String> UNITS = Set.of(
            "none",
            "string",
            "locale",
            "percentunit",
            "bytes",
            "s",
            "m",
            "dtdurations",
            "time:HH:mm",
            "dateTimeFromNow",
            "time:YYYY-MM-DD HH:mm",
            "suffix: x",
            "suffix: d",
            "suffix: min");

    private static final Set<String> LABELS = Set.of(
            "level",
            "team",
            "rep",
            "scope",
            "period",
            "measure",
            "word",
            "cause",
            "severity",
            "deal_stage",
            "band",
            "campaign",
            "channel",
            "kind",
            "fate",
            "feeds",
            "reason",
            "result",
            "source",
            "metric",
            "le",
            "key_metric",
            "aim",
            "part",
            "numerator",
            "denominator",
            "of",
            "title",
            "unit",
            "needs",
            "target",
            "against",
            "name",
            "shown",
            "number",
            "days",
            "times");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::\\w+)?}|\\$(\\w+)");
    private static final Pattern RATE = Pattern.compile("\\b(?:rate|irate)\\([^\\[]*\\[([^]]+)]");
    private static final Pattern WINDOW = Pattern.compile("\\[(\\d+)([smhdwy])(?::\\w*)?]");
    private static final Pattern MATCHERS = Pattern.compile("\\{([^}]*)}");
    private static final Pattern MATCHED = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
    private static final Pattern GROUPED =
            Pattern.compile("\\b(?:by|on|group_left|group_right|without|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern COUNTER = Pattern.compile("\\b(leadpulse_\\w+_(?:total|bucket))\\b");
    private static final Pattern METRIC = Pattern.compile("\\b(?:leadpulse|flink)_\\w+");
    private static final Pattern TABLE = Pattern.compile("(?i)\\b(?:from|join)\\s+([a-z_.]+)(\\()?");
    private static final Pattern INNER_TABLE =
            Pattern.compile("(?i)(?:\\bwith|,)\\s*([a-z_]+) as (?:materialized )?\\(");
    private static final Pattern BOARD_LINK = Pattern.compile("^/d/([a-z-]+)(?:\\?.*)?$");

    static List<Board> boards() {
        return Board.all();
    }

    @Test
    void everyBoardHasItsFixedUid() {
        assertThat(boards().stream().collect(Collectors.toMap(Board::file, Board::uid)))
                .isEqualTo(UIDS);
    }

    @ParameterizedTest
    @MethodSource("boards")
    void readsFromTwoDataSourceVariablesOnly(Board board) {
        Map<String, String> kinds = board.variables().stream()
                .filter(variable -> variable.path("type").asText().equals("datasource"))
                .collect(Collectors.toMap(
                        variable -> variable.path("query").asText(),
                        variable -> "${" + variable.path("name").asText() + "}"));
        assertThat(kinds).isEqualTo(SOURCES);
        for (JsonNode panel : board.panels()) {
            Set<String> used = new TreeSet<>();
            for (JsonNode target : panel.path("targets")) {
                JsonNode source = target.path("datasource");
                assertThat(source.path("uid").asText())
                        .as(panel.path("title").asText())
                        .isEqualTo(SOURCES.get(source.path("type").asText()));
                used.add(source.path("uid").asText());
            }
            assertThat(used).as(panel.path("title").asText()).isNotEmpty();
            assertThat(panel.path("datasource").path("uid").asText())
                    .as(panel.path("title").asText())
                    .isEqualTo(used.size() > 1 ? MIXED : used.iterator().next());
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void saysWhatEveryPanelMeans(Board board) {
        assertThat(board.json().path("title").asText()).isNotBlank();
        assertThat(board.json().path("description").asText()).isNotBlank();
        for (JsonNode panel : board.panels()) {
            String title = panel.path("title").asText();
            assertThat(title).isNotBlank();
            // Meaning, bad direction and how it is counted do not fit into less.
            assertThat(panel.path("description").asText())
                    .as(title)
                    .hasSizeGreaterThan(80)
                    .contains(".");
        }
        assertThat(board.panels().stream().map(panel -> panel.path("title").asText()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void everyPanelHasUnitAndThresholdsAndNoCurrencyOfItsOwn(Board board) {
        for (JsonNode panel : board.panels()) {
            JsonNode defaults = panel.path("fieldConfig").path("defaults");
            String title = panel.path("title").asText();
            assertThat(UNITS).as(title).contains(defaults.path("unit").asText());
            assertThat(defaults.path("thresholds").path("steps")).as(title).isNotEmpty();
            for (JsonNode override : panel.path("fieldConfig").path("overrides")) {
                for (JsonNode property : override.path("properties")) {
                    if (property.path("id").asText().equals("unit")) {
                        assertThat(UNITS)
                                .as(title)
                                .contains(property.path("value").asText());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void ratesAreTakenOverTheRateInterval(Board board) {
        for (Board.Query query : promQueries(board)) {
            for (String window : groups(RATE, query.text())) {
                assertThat(window).as(query.toString()).isEqualTo("$__rate_interval");
            }
            for (String counter : groups(COUNTER, query.text())) {
                assertThat(query.text()).as(query.toString()).containsPattern("(?:rate|increase)\\(" + counter);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void everyTargetIsAQueryWithClosedBrackets(Board board) {
        for (Board.Query query : board.queries()) {
            assertThat(query.text()).as(query.toString()).isNotBlank();
            assertThat(openBrackets(query.text())).as(query.toString()).isZero();
        }
        for (Board.Query query : promQueries(board)) {
            assertThat(query.text()).as(query.toString()).containsPattern(METRIC);
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void endsNow(Board board) {
        // Prometheus is asked for the end of the range: a board that ended tonight would show nothing now.
        assertThat(board.json().path("time").path("to").asText()).isEqualTo("now");
        // Up to Grafana 9.5, now/d is the day of the browser's zone, not of the dashboard's.
        assertThat(board.json().path("time").path("from").asText()).doesNotContain("/");
    }

    @ParameterizedTest
    @MethodSource("boards")
    void cannotBeChangedInTheBrowser(Board board) {
        assertThat(board.json().path("editable").asBoolean(true)).isFalse();
        assertThat(board.json().path("schemaVersion").asInt()).isEqualTo(37);
        assertThat(board.json().path("timezone").asText("?"))
                .as("the company's, set for all boards")
                .isEmpty();
        assertThat(board.json().path("id").isNull()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void everyVariableIsDeclaredBeforeItIsUsed(Board board) {
        Set<String> declared = new TreeSet<>();
        for (JsonNode variable : board.variables()) {
            String query = variable.path("query").asText();
            assertThat(declared).as(variable.path("name").asText()).containsAll(variablesIn(query));
            declared.add(variable.path("name").asText());
        }
        assertThat(declared).containsAll(variablesIn(board.json().toString()));
    }

    @ParameterizedTest
    @MethodSource("boards")
    void hasAtMostTwelvePanelsThatDoNotOverlap(Board board) {
        List<JsonNode> panels = board.panels();
        assertThat(panels).hasSizeBetween(1, 12);
        Set<String> cells = new TreeSet<>();
        for (JsonNode panel : panels) {
            JsonNode at = panel.path("gridPos");
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < at.path("w").asInt(); x++) {
                for (int y = 0; y < at.path("h").asInt(); y++) {
                    String cell =
                            (at.path("x").asInt() + x) + "," + (at.path("y").asInt() + y);
                    assertThat(cells.add(cell))
                            .as(panel.path("title").asText() + " at " + cell)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void saysHowOldItsDataAre(Board board) {
        List<JsonNode> panels = board.panels();
        JsonNode panel = panels.get(SAY_IT_LAST.contains(board.uid()) ? panels.size() - 1 : 0);
        assertThat(panel.path("title").asText()).isEqualTo("Data as of");
        assertThat(panel.toString()).contains("STALE since");
        assertThat(thresholdsOf(panel, "Age")).containsExactly(30, 120);
        if (!board.uid().equals(ENGINE)) {
            assertThat(linksOf(panel)).anyMatch(url -> url.startsWith("/d/" + ENGINE));
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void leadsOnToTheOtherBoards(Board board) {
        assertThat(Board.list(board.json().path("tags")))
                .extracting(JsonNode::asText)
                .containsExactly("leadpulse");
        assertThat(Board.list(board.json().path("links")))
                .anyMatch(link -> link.path("type").asText().equals("dashboards")
                        && link.path("tags").toString().contains("leadpulse"));
        List<String> urls = board.json().findValuesAsText("url").stream()
                .filter(url -> !url.isEmpty())
                .toList();
        for (String url : urls) {
            List<String> target = groups(BOARD_LINK, url);
            if (target.isEmpty()) {
                assertThat(url).startsWith("${public_url:raw}/");
            } else {
                assertThat(UIDS.values()).as(url).contains(target.get(0));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void asksPrometheusForNowOnly(Board board) {
        for (Board.Query query : promQueries(board)) {
            if (!board.uid().equals(ENGINE)) {
                assertThat(query.isRange()).as(query.toString()).isFalse();
            }
            WINDOW.matcher(query.text()).results().forEach(window -> assertThat(hours(window))
                    .as(query + ": " + window.group())
                    .isLessThanOrEqualTo(24));
            assertThat(query.text()).as(query.toString()).doesNotContain(" offset ");
        }
    }

    /** Grafana asks for now as of the last step of the range, and a step of 90 days is two hours. */
    @ParameterizedTest
    @MethodSource("boards")
    void asksForNowByAShortRange(Board board) {
        if (!board.json().at("/time/from").asText().endsWith("d")) {
            return;
        }
        for (JsonNode panel : board.json().path("panels")) {
            boolean asksForNow = false;
            for (JsonNode target : panel.path("targets")) {
                asksForNow |= target.path("instant").asBoolean();
            }
            if (asksForNow) {
                String title = panel.path("title").asText();
                assertThat(panel.path("timeFrom").asText()).as(title).isEqualTo("10m");
                assertThat(panel.path("hideTimeOverride").asBoolean()).as(title).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void usesLabelsOfClosedSetsOnly(Board board) {
        for (Board.Query query : promQueries(board)) {
            Set<String> labels = new TreeSet<>();
            for (String matchers : groups(MATCHERS, query.text())) {
                labels.addAll(groups(MATCHED, matchers.replaceAll("\"[^\"]*\"", "\"\"")));
            }
            for (String grouping : groups(GROUPED, query.text())) {
                Arrays.stream(grouping.split(","))
                        .map(String::strip)
                        .filter(label -> !label.isEmpty())
                        .forEach(labels::add);
            }
            assertThat(LABELS).as(query.toString()).containsAll(labels);
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void readsTheReadModelOnly(Board board) {
        List<String> texts = new ArrayList<>(board.queries().stream()
                .filter(Board.Query::isSql)
                .map(Board.Query::text)
                .toList());
        board.variables().stream()
                .filter(variable -> variable.path("type").asText().equals("query"))
                .forEach(variable -> texts.add(variable.path("query").asText()));
        for (String sql : texts) {
            // Not the "from" of extract(epoch from now() - ...).
            String plain = sql.replaceAll("extract\\(\\w+ from", "extract(");
            Set<String> inner = new TreeSet<>(groups(INNER_TABLE, plain));
            TABLE.matcher(plain)
                    .results()
                    .filter(table -> table.group(2) == null)
                    .map(table -> table.group(1).toLowerCase(Locale.ROOT))
                    .filter(table -> !inner.contains(table) && !table.equals("lateral"))
                    .forEach(table -> assertThat(table).as(sql).startsWith("leadpulse."));
            assertThat(sql).doesNotContain(";").doesNotContain("document").doesNotContainIgnoringCase("limit 1000");
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void showsNumbersAndWordsNotColoursAlone(Board board) {
        for (JsonNode panel : board.panels()) {
            String title = panel.path("title").asText();
            if (panel.path("type").asText().equals("stat")) {
                assertThat(panel.path("options").path("textMode").asText())
                        .as(title)
                        .isEqualTo("value_and_name");
                assertThat(panel.path("options").path("colorMode").asText())
                        .as(title)
                        .isEqualTo("value");
            }
        }
        assertThat(board.json().toString()).doesNotContain("color-background");
    }

    @ParameterizedTest
    @MethodSource("boards")
    void saysNothingRatherThanZeroWhenServingIsDown(Board board) {
        for (Board.Query query : promQueries(board)) {
            assertThat(query.text())
                    .as(query.toString())
                    .doesNotContain("vector(")
                    .doesNotContain("absent(");
        }
    }

    /** As {@link WinProbability#inWords} does, in the way in which Grafana writes percent. */
    @Test
    void noWinProbabilityOfALeadIsSaidToBeCertain() {
        Map<String, String> shown = new TreeMap<>();
        for (Board board : boards()) {
            for (JsonNode panel : board.panels()) {
                if (panel.path("targets").toString().contains("v.probability")) {
                    shown.put(panel.path("title").asText(), "");
                    for (JsonNode override : panel.path("fieldConfig").path("overrides")) {
                        for (JsonNode property : override.path("properties")) {
                            if (property.path("id").asText().equals("mappings")) {
                                String field =
                                        override.path("matcher").path("options").asText();
                                shown.put(panel.path("title").asText(), field + ranges(property.path("value")));
                            }
                        }
                    }
                }
            }
        }
        assertThat(shown)
                .isEqualTo(Map.of(
                        "Most valuable open leads (${currency})", "Win 0.995..1.0 > 99%, 0.0..0.004999999 < 1%"));
        assertThat(WinProbability.inWords(0.995)).isEqualTo("> 99 %");
        assertThat(WinProbability.inWords(0.994_999_999)).isEqualTo("99 %");
        assertThat(WinProbability.inWords(0.004_999_999)).isEqualTo("< 1 %");
        assertThat(WinProbability.inWords(0.005)).isEqualTo("1 %");
    }

    private static String ranges(JsonNode mappings) {
        return Board.list(mappings).stream()
                .map(mapping -> mapping.path("options"))
                .map(options -> " " + options.path("from").asDouble() + ".."
                        + options.path("to").asDouble() + " "
                        + options.path("result").path("text").asText())
                .collect(Collectors.joining(","));
    }

    @Test
    void theWallNamesNoCustomerAndRanksNobody() {
        Board wall = boards().stream()
                .filter(board -> board.uid().equals(WALL))
                .findAny()
                .orElseThrow();
        for (Board.Query query : wall.queries()) {
            assertThat(query.text()).as(query.toString()).doesNotContain("leadpulse.lead");
            assertThat(query.text())
                    .as(query.toString())
                    .doesNotContain("level=\"rep\"")
                    .doesNotContain("topk", "bottomk");
        }
    }

    @Test
    void theReviewAsksItsTwelveQuestionsInTheirOrderOfTheStoreAlone() {
        Board review = boards().stream()
                .filter(board -> board.uid().equals(REVIEW))
                .findAny()
                .orElseThrow();
        List<JsonNode> panels = review.panels();
        assertThat(panels).hasSize(12);
        int row = 0;
        for (int i = 0; i < panels.size() - 1; i++) {
            JsonNode panel = panels.get(i);
            assertThat(panel.path("title").asText()).startsWith(i + 1 + ". ");
            assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${history}");
            // Read by lines: none stands above one that is asked before it.
            int y = panel.path("gridPos").path("y").asInt();
            assertThat(y + panel.path("gridPos").path("h").asInt()).isGreaterThan(row);
            row = Math.max(row, y);
        }
        assertThat(review.queries().stream().map(Board.Query::text).toList().toString())
                .contains(
                        "leadpulse.change_effect",
                        "leadpulse.stuck_outcome",
                        "leadpulse.influence",
                        "leadpulse.new_customer",
                        "leadpulse.aftercare",
                        "leadpulse.coverage");
    }

    @ParameterizedTest
    @MethodSource("boards")
    void marksChangesAndCorrectionsOnTheTimeAxis(Board board) {
        List<String> sources = board.queries().stream()
                .filter(query -> query.kind().equals("annotation"))
                .map(Board.Query::text)
                .toList();
        assertThat(sources)
                .anyMatch(sql -> sql.contains("leadpulse.annotation"))
                .anyMatch(sql -> sql.contains("leadpulse.correction"));
    }

    @ParameterizedTest
    @MethodSource("boards")
    void isWrittenInOrderOfKeys(Board board) {
        assertInOrder(board.json(), board.file());
    }

    private static void assertInOrder(JsonNode node, String path) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        assertThat(names).as(path).isSorted();
        node.properties().forEach(field -> assertInOrder(field.getValue(), path + "/" + field.getKey()));
        if (node.isArray()) {
            node.forEach(element -> assertInOrder(element, path + "[]"));
        }
    }

    private static List<Board.Query> promQueries(Board board) {
        return board.queries().stream().filter(query -> !query.isSql()).toList();
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static double hours(MatchResult window) {
        double count = Double.parseDouble(window.group(1));
        return switch (window.group(2)) {
            case "s" -> count / 3600;
            case "m" -> count / 60;
            case "h" -> count;
            case "d" -> count * 24;
            default -> Double.MAX_VALUE;
        };
    }

    /** Variables of the board; those of Grafana itself begin with two underscores. */
    private static Set<String> variablesIn(String text) {
        return VARIABLE.matcher(text)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .filter(name -> !name.startsWith("__") && !name.matches("\\d+"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int openBrackets(String text) {
        int open = 0;
        String plain = text.replaceAll("\"[^\"]*\"|'[^']*'", "");
        for (int i = 0; i < plain.length(); i++) {
            char each = plain.charAt(i);
            if ("([{".indexOf(each) >= 0) {
                open++;
            } else if (")]}".indexOf(each) >= 0) {
                open--;
            }
        }
        return open;
    }

    private static List<Integer> thresholdsOf(JsonNode panel, String field) {
        List<Integer> from = new ArrayList<>();
        for (JsonNode override : panel.path("fieldConfig").path("overrides")) {
            if (override.path("matcher").path("options").asText().equals(field)) {
                for (JsonNode property : override.path("properties")) {
                    property.path("value").path("steps").forEach(step -> {
                        if (step.path("value").isNumber()) {
                            from.add(step.path("value").asInt());
                        }
                    });
                }
            }
        }
        return from;
    }

    private static List<String> linksOf(JsonNode panel) {
        return Board.list(panel.path("links")).stream()
                .map(link -> link.path("url").asText())
                .toList();
    }
}
