package io.leadpulse.serving.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.config.KeyMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The catalogue of metrics and the code say the same. */
class MetricsDocTest {
    @Test
    void theCatalogueHasARowForEachFamilyAndNoOther() throws IOException {
        List<String> expected = new ArrayList<>();
        for (Family family : Family.values()) {
            expected.add("| `%s` | %s | %s | %s |"
                    .formatted(
                            family.wireName(),
                            family.unit(),
                            family.labels().isEmpty() ? "" : '`' + String.join("`, `", family.labels()) + '`',
                            family.meaning()));
        }
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "metrics.md")).stream()
                .filter(line -> line.startsWith("| `leadpulse_"))
                .toList();
        assertThat(rows).containsExactlyElementsOf(expected);
    }

    @Test
    void theCatalogueHasARowForEachKeyMetric() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "metrics.md")).stream()
                .dropWhile(line -> !line.equals("## Key metrics"))
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(KeyMetric.values())
                        .map(MetricsDocTest::row)
                        .toList());
    }

    private static String row(KeyMetric metric) {
        String maturity = metric.matureDays() == 0 || metric.storedDays() == KeyMetric.ALL_DAYS
                ? ""
                : "; cases older than " + metric.matureDays() + (metric.matureDays() == 1 ? " day" : " days");
        String aim =
                switch (metric.aim()) {
                    case OF_GOALS -> "the goals";
                    case GOAL -> "a goal";
                    case LIMIT -> "a limit";
                };
        return "| `%s` | %s | %s | %s | %s | %s%s |"
                .formatted(
                        metric.wireName(),
                        metric.title(),
                        metric.unit().given(),
                        metric.over().words(),
                        aim,
                        metric.counted(),
                        maturity);
    }
}
