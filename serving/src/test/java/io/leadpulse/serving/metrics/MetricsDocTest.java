package io.leadpulse.serving.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
}
