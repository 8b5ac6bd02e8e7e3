package io.leadpulse.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.local.DataSets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Every line of what Leadpulse is to be stands in docs/trace.md, and what its row names is there. The text itself is no
 * part of the project; {@code product-lines.txt} holds the key of each line and a short hash of it.
 */
class TraceTest {
    private static final Path TRACE = Inventory.ROOT.resolve("docs/trace.md");
    private static final Path LINES = Path.of("src/test/resources/product-lines.txt");

    private static final int TOPIC = 2;
    private static final int TABLE = 3;
    private static final int NUMBER = 4;
    private static final int PANEL = 5;
    private static final int TEST = 6;

    /** How sections are called in keys, in their order. */
    private static final List<String> SECTIONS = List.of(
            "what",
            "who",
            "rules",
            "lead",
            "goal",
            "performance",
            "pipeline",
            "activity",
            "funnel",
            "campaign",
            "nurture",
            "raise",
            "alert",
            "only");

    private static final Pattern KEY = Pattern.compile("([a-z]+-\\d+)([a-z]?)");
    private static final Pattern NUMBERED = Pattern.compile("^\\d+\\. ");
    private static final Pattern BETWEEN_THINGS = Pattern.compile(" · |(?<=[.?!]\\)?) (?=[A-Z*(])");
    private static final int HASH_BYTES = 4;

    private final Inventory inventory = new Inventory();
    private final List<DocTable.Row> rows = DocTable.rows(TRACE);

    @Test
    void everyLineHasItsRowsInOrder() throws IOException {
        Map<String, String> letters = new LinkedHashMap<>();
        for (DocTable.Row row : rows) {
            Matcher key = KEY.matcher(row.cell(0));
            assertThat(key.matches()).as(row.toString()).isTrue();
            letters.merge(key.group(1), key.group(2), String::concat);
        }

        assertThat(letters.keySet()).containsExactlyElementsOf(hashes().keySet());
        assertThat(letters).allSatisfy((line, parts) -> assertThat("abcdefghijklmnopqrstuvwxyz")
                .as(line + ": parts are a, b, c ...")
                .startsWith(parts));
    }

    @Test
    void linesAreThoseOfWhatWasAskedFor() throws IOException {
        Path text = DataSets.projectRoot().resolve("../shared/spec/product.md").normalize();
        Assumptions.assumeTrue(Files.exists(text), () -> "what was asked for is not there: " + text);

        Map<String, String> asked = new LinkedHashMap<>();
        lines(Files.readAllLines(text)).forEach((key, line) -> asked.put(key, hash(line)));

        assertThat(hashes()).containsExactlyEntriesOf(asked);
    }

    @Test
    void everythingNamedIsThere() {
        List<String> missing = new ArrayList<>();
        for (DocTable.Row row : rows) {
            row.names(TOPIC).stream()
                    .filter(name -> !inventory.isTopic(name))
                    .forEach(name -> missing.add(row.cell(0) + ": topic " + name));
            row.names(TABLE).stream()
                    .filter(name -> !inventory.isRelation(name))
                    .forEach(name -> missing.add(row.cell(0) + ": table " + name));
            row.names(NUMBER).stream()
                    .filter(name -> !inventory.isNumber(name, row.names(TOPIC), row.names(TABLE)))
                    .forEach(name -> missing.add(row.cell(0) + ": number " + name));
            row.parts(PANEL).stream()
                    .filter(name -> !inventory.isShown(name))
                    .forEach(name -> missing.add(row.cell(0) + ": panel " + name));
            row.names(TEST).stream()
                    .filter(name -> !inventory.isTest(name))
                    .forEach(name -> missing.add(row.cell(0) + ": test " + name));
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void everyPanelReadsSomethingThatItsRowNames() {
        List<String> unrelated = new ArrayList<>();
        int panels = 0;
        for (DocTable.Row row : rows) {
            List<String> names = new ArrayList<>(row.names(TABLE));
            names.addAll(row.names(NUMBER));
            for (String panel : row.parts(PANEL)) {
                if (inventory.isPanel(panel)) {
                    panels++;
                    if (!inventory.panelReads(panel, names)) {
                        unrelated.add(row.cell(0) + ": " + panel + " reads none of " + names);
                    }
                }
            }
        }

        assertThat(panels).isGreaterThan(100);
        assertThat(unrelated).isEmpty();
    }

    @Test
    void whatIsThereIsShownAndTested() {
        assertThat(rows).filteredOn(row -> !row.isUnfinished()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.names(TEST)).as("tests of " + row).isNotEmpty();
            assertThat(row.parts(PANEL)).as("where to see " + row).isNotEmpty();
        });
    }

    private static Map<String, String> hashes() throws IOException {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String line : Files.readAllLines(LINES)) {
            String[] parts = line.split(" ", -1);
            assertThat(parts).as(line).hasSize(2);
            assertThat(hashes.put(parts[0], parts[1])).as(line).isNull();
        }
        return hashes;
    }

    /** The lines by their keys: a heading, a row of a table, a numbered point, else a thing between dots or a sentence. */
    private static Map<String, String> lines(List<String> text) {
        Map<String, String> lines = new LinkedHashMap<>();
        StringBuilder paragraph = new StringBuilder();
        int section = -1;
        for (String line : text) {
            boolean isAlone = line.startsWith("#") || line.startsWith("|") || line.isBlank();
            if (isAlone || NUMBERED.matcher(line).find()) {
                split(paragraph, section, lines);
            }
            if (line.startsWith("#")) {
                section++;
                add(line.replaceFirst("^#+ ", ""), section, lines);
            } else if (line.startsWith("|")) {
                if (!line.startsWith("|-") && !line.startsWith("| who ")) {
                    add(line, section, lines);
                }
            } else if (!line.isBlank()) {
                paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
            }
        }
        split(paragraph, section, lines);
        assertThat(section).as("sections").isEqualTo(SECTIONS.size() - 1);
        return lines;
    }

    private static void split(StringBuilder paragraph, int section, Map<String, String> lines) {
        String text = paragraph.toString();
        paragraph.setLength(0);
        if (NUMBERED.matcher(text).find()) {
            add(text, section, lines);
        } else if (!text.isEmpty()) {
            for (String thing : BETWEEN_THINGS.split(text, -1)) {
                add(thing, section, lines);
            }
        }
    }

    private static void add(String line, int section, Map<String, String> lines) {
        String name = SECTIONS.get(section);
        long before = lines.keySet().stream()
                .filter(key -> key.startsWith(name + '-'))
                .count();
        lines.put(name + '-' + before, line.strip().replaceAll("\\s+", " "));
    }

    private static String hash(String line) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
