package io.leadpulse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.leadpulse.local.cli.Console;
import io.leadpulse.local.cli.ExitCode;
import io.leadpulse.local.cli.LeadpulseMain;
import io.leadpulse.local.imports.RowReason;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.event.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the documents in step with what they speak of: files, commands, reasons. */
class DocsTest {
    private static final Path ROOT = DataSets.projectRoot();
    private static final Path README = ROOT.resolve("README.md");
    private static final Path DECISIONS = ROOT.resolve("docs/decisions");

    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
    private static final Pattern ADDRESS = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
    private static final Pattern COMMAND_IN_HELP = Pattern.compile("(?m)^  ([a-z][a-z-]*)  ");
    private static final Pattern COMMAND_OF_LAUNCHER = Pattern.compile("(?m)^  ([a-z][a-z-]*) ");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

    @Test
    void everyRelativeLinkLeadsToAFileAndHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            for (String link : all(LINK, Files.readString(document))) {
                if (!ADDRESS.matcher(link).matches()) {
                    links++;
                    if (!leadsSomewhere(document, link)) {
                        broken.add(ROOT.relativize(document) + ": " + link);
                    }
                }
            }
        }

        assertThat(links).isGreaterThan(20);
        assertThat(broken).isEmpty();
    }

    @Test
    void theReadmeNamesEveryCommand() throws IOException {
        String readme = Files.readString(README);
        String launcher = Files.readString(ROOT.resolve("leadpulse"));
        String usage = launcher.substring(launcher.indexOf("Usage:"), launcher.lastIndexOf("\nUSAGE"));

        assertThat(all(COMMAND_IN_HELP, help())).contains("import", "replay").allSatisfy(command -> assertThat(readme)
                .contains("`./leadpulse " + command + " "));
        assertThat(all(COMMAND_OF_LAUNCHER, usage)).contains("tools", "test").allSatisfy(command -> assertThat(readme)
                .containsPattern("`\\./leadpulse " + command + "[ `]"));
    }

    @Test
    void everyImportHasItsSection() throws IOException {
        String importing = Files.readString(ROOT.resolve("docs/importing.md"));

        assertThat(all(COMMAND_IN_HELP, help("import")))
                .contains("maven-crm", "csv")
                .allSatisfy(source -> assertThat(importing)
                        .contains("\n## " + source + "\n")
                        .contains("./leadpulse import " + source));
    }

    @Test
    void everyReasonOfADeadLetterIsExplained() throws IOException {
        assertThat(reasonsExplained(0))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::wireName).toList());
    }

    @Test
    void everyReasonOfARowIsExplained() throws IOException {
        assertThat(reasonsExplained(1))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RowReason.values())
                        .map(RowReason::reportName)
                        .toList());
    }

    @Test
    void theConfigurationInTheReadmeIsValid() throws IOException {
        List<String> examples = all(YAML, Files.readString(README));

        assertThat(examples).isNotEmpty().allSatisfy(yaml -> assertThatCode(() -> ConfigReader.parse(yaml))
                .doesNotThrowAnyException());
    }

    @Test
    void everyDecisionIsListedAndSaysWhyWhatAndWhatFollows() throws IOException {
        String list = Files.readString(DECISIONS.resolve("README.md"));
        List<Path> records;
        try (Stream<Path> files = Files.list(DECISIONS)) {
            records = files.filter(file -> !file.endsWith("README.md")).toList();
        }

        assertThat(records).isNotEmpty().allSatisfy(record -> {
            assertThat(record.getFileName().toString()).matches("\\d{3}-[a-z0-9-]+\\.md");
            assertThat(list).contains("(" + record.getFileName() + ")");
            assertThat(Files.readString(record))
                    .startsWith("# " + record.getFileName().toString().substring(0, 3) + " ")
                    .contains("\n**Context.** ", "\n**Decision.** ", "\n**Consequence.** ");
        });
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(README, ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        return documents;
    }

    private static boolean leadsSomewhere(Path document, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
        if (!target.startsWith(ROOT) || !Files.exists(target)) {
            return false;
        }
        return hash < 0
                || all(HEADING, Files.readString(target)).stream()
                        .anyMatch(heading -> anchor(heading).equals(link.substring(hash + 1)));
    }

    /** The name under which a heading can be linked to. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /** The first column of the tables of reasons, in the part of the document before or behind its heading for rows. */
    private static List<String> reasonsExplained(int part) throws IOException {
        String[] parts = Files.readString(ROOT.resolve("docs/dead-letters.md")).split("\n## Rows of an import\n", -1);
        assertThat(parts).hasSize(2);
        return all(Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\| [^|]+ \\| [^|]+ \\|$"), parts[part]);
    }

    private static String help(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add("--help");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        int code = LeadpulseMain.run(new Console(out, silent, false), arguments.toArray(String[]::new));
        assertThat(code).isEqualTo(ExitCode.OK);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
