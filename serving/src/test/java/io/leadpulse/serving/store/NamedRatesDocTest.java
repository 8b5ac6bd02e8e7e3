package io.leadpulse.serving.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.measure.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The catalogue says of each rate that a change may name of which sums it is made. */
class NamedRatesDocTest {
    @Test
    void everyRateStandsInTheCatalogueWithItsSums() throws IOException {
        List<String> expected = new ArrayList<>();
        for (NamedRate rate : NamedRate.values()) {
            long days = TimeUnit.MILLISECONDS.toDays(rate.maturity().withinMillis());
            expected.add("| `%s` | %s | %s | %s |"
                    .formatted(
                            rate.wireName(),
                            sums(rate.reached()),
                            sums(rate.cases()),
                            days == 0 ? "" : days + " days"));
        }
        String catalogue = Files.readString(Path.of("../docs/catalogue.md"));
        int from = catalogue.indexOf("\n## Rates that a change of process may name\n");
        List<String> rows = catalogue
                .substring(from, catalogue.indexOf("\n## ", from + 1))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows).containsExactlyElementsOf(expected);
    }

    private static String sums(List<NamedRate.Part> parts) {
        return parts.stream()
                .map(part -> '`' + part.measure().wireName() + '`' + part(part.dimension()))
                .collect(Collectors.joining(" + "));
    }

    private static String part(String dimension) {
        return dimension == null || dimension.isEmpty()
                ? ""
                : " (" + dimension.replace(String.valueOf(Dimension.SEPARATOR), "") + ')';
    }
}
