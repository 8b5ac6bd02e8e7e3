package io.leadpulse.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.domain.alert.AlertCause;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.local.DataSets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is for documents to name: topics, tables, sums, metrics, panels, tests; read from the sources, so that
 * no document can speak of what is gone.
 */
final class Inventory {
    static final Path ROOT = DataSets.projectRoot();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA_ENDING = ".schema.json";
    private static final Pattern COMMENT = Pattern.compile("--[^\n]*");
    private static final Pattern END_OF_STATEMENT = Pattern.compile(";[ \t]*(?:\n|$)");
    private static final Pattern RELATION =
            Pattern.compile("^(?:create (?:or replace )?(?:table|view|function)|alter table) (?:leadpulse\\.)?(\\w+)");
    private static final Pattern VIEW = Pattern.compile("^create (?:or replace )?view ");
    private static final Pattern FAMILY_ROW = Pattern.compile("(?m)^\\| `(leadpulse_\\w+)` \\|");
    private static final Pattern FAMILY = Pattern.compile("\"(leadpulse(?:_[a-z]+)+)\"");
    private static final Pattern VARIABLE_IN_TITLE =
            Pattern.compile(" \\([^)]*\\$\\{[^}]*}[^)]*\\)|: \\$\\{[^}]*}| \\$\\{[^}]*}");
    private static final Pattern HEADING_OF_PAGE = Pattern.compile("<h2>([^<]+)</h2>");

    private final Map<String, Set<String>> fieldsByTopic = new LinkedHashMap<>();
    private final Map<String, String> relations = new LinkedHashMap<>();
    private final Set<String> views = new TreeSet<>();
    private final Set<String> numbersOfProfile = new TreeSet<>();
    private final Map<String, String> panels = new LinkedHashMap<>();
    private final Set<String> tests;
    private final Set<String> families = new TreeSet<>();
    private final Set<String> partsOfPage;
    private final String readme = text(ROOT.resolve("README.md"));

    Inventory() {
        for (Path schema : files("schemas/src/main/resources/schemas", SCHEMA_ENDING)) {
            Set<String> fields = new TreeSet<>();
            JsonNode described = json(schema);
            collectFields(described, fields);
            String file = schema.getFileName().toString();
            String topic = file.substring(0, file.length() - SCHEMA_ENDING.length());
            fieldsByTopic.put(topic, fields);
            if (topic.equals("lead.profiles.v1")) {
                described.path("properties").properties().forEach(field -> {
                    String types = field.getValue().path("type").toString();
                    if (types.contains("number") || types.contains("integer")) {
                        numbersOfProfile.add(field.getKey());
                    }
                });
            }
        }
        for (Path migration : files("serving/src/main/resources/db/migration", ".sql")) {
            readRelations(COMMENT.matcher(text(migration)).replaceAll(""));
        }
        for (Path board : files("grafana/dashboards", ".json")) {
            readPanels(json(board));
        }
        tests = Stream.of("domain", "schemas", "flink-jobs", "serving", "local")
                .flatMap(module -> files(module + "/src/test/java", ".java").stream())
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .filter(name -> name.endsWith("Test") || name.endsWith("ITCase"))
                .collect(Collectors.toCollection(TreeSet::new));
        all(FAMILY_ROW, text(ROOT.resolve("docs/metrics.md"))).forEach(families::add);
        for (Path source : files("serving/src/main/java", ".java")) {
            families.addAll(all(FAMILY, text(source)));
        }
        partsOfPage = new TreeSet<>(
                all(HEADING_OF_PAGE, text(ROOT.resolve("serving/src/main/resources/page/lead.mustache"))));
    }

    boolean isTopic(String name) {
        return fieldsByTopic.containsKey(name);
    }

    boolean isRelation(String name) {
        return relations.containsKey(name);
    }

    Set<String> views() {
        return views;
    }

    /** The statements that make a table or view; empty if there is none. */
    String relation(String name) {
        return relations.getOrDefault(name, "");
    }

    boolean isTest(String name) {
        return tests.contains(name);
    }

    Set<String> families() {
        return families;
    }

    static boolean isMeasure(String name) {
        return Arrays.stream(Measure.values())
                .anyMatch(measure -> measure.wireName().equals(name));
    }

    /** A sum, a metric, a cause of alerts, a field of one of the topics, or a column of one of the tables. */
    boolean isNumber(String name, List<String> topics, List<String> tables) {
        return isMeasure(name)
                || families.contains(name)
                || topics.stream()
                        .anyMatch(topic ->
                                fieldsByTopic.getOrDefault(topic, Set.of()).contains(name)
                                        || (topic.equals("lead.alerts.v1") && isCause(name)))
                || tables.stream().anyMatch(table -> reads(relation(table), name));
    }

    private static boolean isCause(String name) {
        return Arrays.stream(AlertCause.values())
                .anyMatch(cause -> cause.wireName().equals(name));
    }

    /**
     * What people look at: {@code Board / Panel}, {@code Lead page / Section}, {@code Command / name}, {@code Mail}, or a link to
     * a document, which {@link io.leadpulse.local.DocsTest} follows.
     */
    boolean isShown(String where) {
        if (where.equals("Mail") || where.startsWith("[")) {
            return true;
        }
        int slash = where.indexOf(" / ");
        String what = slash < 0 ? "" : where.substring(slash + 3);
        return switch (slash < 0 ? where : where.substring(0, slash)) {
            case "Lead page" -> partsOfPage.contains(what);
            case "Command" -> readme.contains("`./leadpulse " + what + " ");
            default -> panels.containsKey(where);
        };
    }

    boolean isPanel(String where) {
        return panels.containsKey(where);
    }

    /** Whether a panel asks for one of these, be it by way of a view. */
    boolean panelReads(String panel, List<String> names) {
        String queries = panels.get(panel);
        return names.stream().anyMatch(name -> reads(queries, name));
    }

    /** All panels whose SQL takes this sum; a word alone may mean something else, such as a status. */
    List<String> panelsThatSum(String measure) {
        return panels.keySet().stream()
                .filter(panel -> panels.get(panel).contains("rollup_")
                        && panels.get(panel).contains('\'' + measure + '\''))
                .toList();
    }

    /** The fields of a lead's profile, those of its parts left out, that are numbers. */
    Set<String> numbersOfProfile() {
        return numbersOfProfile;
    }

    private static boolean reads(String text, String name) {
        return Pattern.compile("(?<![a-z_])" + Pattern.quote(name) + "(?:_bucket|_count|_sum)?(?![a-z_])")
                .matcher(text)
                .find();
    }

    private void readRelations(String migration) {
        for (String part : END_OF_STATEMENT.split(migration, -1)) {
            String statement = part.strip();
            Matcher relation = RELATION.matcher(statement);
            if (relation.find()) {
                relations.merge(relation.group(1), statement, (one, other) -> one + '\n' + other);
                if (VIEW.matcher(statement).find()) {
                    views.add(relation.group(1));
                }
            }
        }
    }

    private void readPanels(JsonNode board) {
        for (JsonNode panel : board.path("panels")) {
            StringBuilder queries = new StringBuilder();
            for (JsonNode target : panel.path("targets")) {
                queries.append(target.path("rawSql").asText())
                        .append(target.path("expr").asText())
                        .append('\n');
            }
            String title =
                    VARIABLE_IN_TITLE.matcher(panel.path("title").asText()).replaceAll("");
            panels.put(board.path("title").asText() + " / " + title, withViews(queries.toString()));
        }
    }

    /** With what the views consist of that are read, and the views that these read. */
    private String withViews(String queries) {
        StringBuilder text = new StringBuilder(queries);
        Set<String> taken = new TreeSet<>();
        Predicate<String> isNew = view -> !taken.contains(view) && reads(text.toString(), view);
        for (List<String> found = views.stream().filter(isNew).toList();
                !found.isEmpty();
                found = views.stream().filter(isNew).toList()) {
            for (String view : found) {
                taken.add(view);
                text.append('\n').append(relations.get(view));
            }
        }
        return text.toString();
    }

    private static void collectFields(JsonNode node, Set<String> fields) {
        node.path("properties").fieldNames().forEachRemaining(fields::add);
        node.forEach(child -> collectFields(child, fields));
    }

    static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static List<Path> files(String folder, String ending) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
