package io.leadpulse.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.measure.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The catalogue says of each sum what its constant says, in the unit in which it is published. */
class MeasuresDocTest {
    private static final Path SOURCE = Path.of("../domain/src/main/java/io/leadpulse/domain/measure/Measure.java");
    private static final Path CATALOGUE = Path.of("../docs/catalogue.md");
    private static final Pattern END_OF_ROW = Pattern.compile(" \\| [^|]* \\|$");

    @Test
    void everySumStandsInTheCatalogueAsInTheCode() throws IOException {
        String source = Files.readString(SOURCE);
        List<String> expected = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            expected.add("| `%s` | %s | %s | %s"
                    .formatted(
                            measure.wireName(),
                            meaning(measure, source),
                            ScopePublisher.unitOf(measure).name().toLowerCase(Locale.ROOT),
                            by(measure)));
        }
        String catalogue = Files.readString(CATALOGUE);
        int from = catalogue.indexOf("\n## Sums\n");
        List<String> rows = catalogue
                .substring(from, catalogue.indexOf("\n## ", from + 1))
                .lines()
                .filter(line -> line.startsWith("| `"))
                // Where it is shown is compared with the boards, by CatalogueTest.
                .map(line -> END_OF_ROW.matcher(line).replaceFirst(""))
                .toList();

        assertThat(rows).containsExactlyElementsOf(expected);
    }

    /** The comment of a constant, as one line. */
    private static String meaning(Measure measure, String source) {
        Matcher comment = Pattern.compile("/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s+" + measure.name() + "\\(")
                .matcher(source);
        assertThat(comment.find()).as("comment of " + measure).isTrue();
        return comment.group(1)
                .replaceAll("\n\\s*\\* ?", " ")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String by(Measure measure) {
        return switch (measure.pane()) {
            case DAY -> "day";
            case DAY_HISTOGRAM -> "day and length";
            case FIVE_MINUTES -> "five minutes";
            case NOW -> "now";
            case FIVE_SECONDS -> "five seconds";
        };
    }
}
