package io.leadpulse.serving.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds rules, their tests, the runbook and what mutes alerts to people in step. */
class RunbookTest {

    private static final Pattern RULE = Pattern.compile("^ *- alert: (\\w+)$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("runbook_url: docs/runbook\\.md#(\\w+)");
    private static final Pattern ENTRY = Pattern.compile("^## (\\w+)$", Pattern.MULTILINE);

    @Test
    void everyRuleHasAnEntryAndEveryEntryARule() throws IOException {
        assertThat(found(ENTRY, runbook())).containsExactlyInAnyOrderElementsOf(found(RULE, rules()));
    }

    @Test
    void everyRuleLinksItsOwnEntry() throws IOException {
        assertThat(found(LINK, rules()))
                .isEqualTo(found(RULE, rules()).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void everyEntrySaysWhatItMeansWhereToLookAndWhatToDo() throws IOException {
        String[] entries = runbook().split("(?m)^## ", -1);
        for (int at = 1; at < entries.length; at++) {
            assertThat(entries[at]).contains("**Means:**", "**Look at:**", "**Do:**");
        }
    }

    @Test
    void everyRuleIsTestedByPromtool() throws IOException {
        String tests = all("prometheus/tests");
        for (String rule : found(RULE, rules())) {
            assertThat(tests).contains(rule);
        }
    }

    @Test
    void whatMutesIsARuleAndInhibitsInTheAlertmanagerToo() throws IOException {
        assertThat(found(RULE, rules())).containsAll(Dispatcher.MUTING);
        String alertmanager = Files.readString(Repository.file("alertmanager/alertmanager.yml"));
        Pattern inhibiting = Pattern.compile("source_matchers: \\['alertname=~\"([\\w|]+)\"'\\]");
        assertThat(found(inhibiting, alertmanager).get(0).split("\\|"))
                .containsExactlyInAnyOrderElementsOf(Dispatcher.MUTING);
    }

    private static String runbook() throws IOException {
        return Files.readString(Repository.file("docs/runbook.md"));
    }

    private static String rules() throws IOException {
        return all("prometheus/rules");
    }

    private static String all(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Repository.file(folder))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                all.append(Files.readString(file)).append('\n');
            }
            return all.toString();
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
