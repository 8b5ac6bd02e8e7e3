package io.leadpulse.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
    @TempDir
    private Path folder;

    @Test
    void aByteOrderMarkAndCarriageReturnsAreNoPartOfCells() throws IOException {
        List<CsvRow> rows = read("\uFEFFa,b\r\n1,2\r\n3,4\r\n");

        assertThat(rows).extracting(row -> row.get("a") + row.get("b")).containsExactly("12", "34");
        assertThat(rows).extracting(CsvRow::line).containsExactly(2L, 3L);
    }

    @Test
    void theLastLineNeedsNoEnd() throws IOException {
        assertThat(read("a,b\n1,2\n3,4"))
                .extracting(CsvRow::cells)
                .containsExactly(List.of("1", "2"), List.of("3", "4"));
    }

    @Test
    void quotedCellsHoldDelimitersQuotesAndLines() throws IOException {
        List<CsvRow> rows = read("a,b\n\"x,\"\"y\"\"\nz\",2\n3,\"\"\n");

        assertThat(rows.get(0).cells()).containsExactly("x,\"y\"\nz", "2");
        assertThat(rows.get(1).cells()).containsExactly("3", "");
        assertThat(rows).extracting(CsvRow::line).containsExactly(2L, 4L);
    }

    @Test
    void aQuoteInsideAnUnquotedCellIsText() throws IOException {
        assertThat(read("a,b\n5\" pipe,2\nx,y\n"))
                .extracting(row -> row.get("a"))
                .containsExactly("5\" pipe", "x");
    }

    @Test
    void blankLinesAreNoRowsButCountAsLines() throws IOException {
        assertThat(read("a,b\n\n1,2\n   \n3,4\n\n")).extracting(CsvRow::line).containsExactly(3L, 5L);
    }

    @Test
    void aRowWithAnotherNumberOfCellsIsMalformed() throws IOException {
        List<CsvRow> rows = read("a,b\n1\n1,2,3\n1,2\n");

        assertThat(rows)
                .extracting(CsvRow::malformed)
                .containsExactly("has 1 cells, the header 2", "has 3 cells, the header 2", null);
    }

    @Test
    void aQuoteThatIsNeverClosedCostsItsLineOnly() throws IOException {
        List<CsvRow> rows = read("a,b\n\"1,2\n3,4\n5,6\n");

        assertThat(rows).extracting(CsvRow::malformed).containsExactly("a quote is never closed", null, null);
        assertThat(rows).extracting(CsvRow::line).containsExactly(2L, 3L, 4L);
        assertThat(rows.get(1).cells()).containsExactly("3", "4");
    }

    @Test
    void aQuoteThatIsClosedTooLateCostsItsLineOnly() throws IOException {
        String between = "3,4\n".repeat(CsvFile.MAX_LINES_PER_ROW);
        List<CsvRow> rows = read("a,b\n\"1,2\n" + between + "5,6\n");

        assertThat(rows).hasSize(CsvFile.MAX_LINES_PER_ROW + 2);
        assertThat(rows)
                .filteredOn(row -> row.malformed() != null)
                .extracting(CsvRow::line)
                .containsExactly(2L);
        assertThat(rows.get(rows.size() - 1).line()).isEqualTo(CsvFile.MAX_LINES_PER_ROW + 3L);
    }

    @Test
    void textAfterAClosingQuoteIsMalformed() throws IOException {
        assertThat(read("a,b\n\"1\"x,2\n3,4\n"))
                .extracting(CsvRow::malformed)
                .containsExactly("text after a closing quote", null);
    }

    @Test
    void bytesOfAnotherCharsetAreMalformed() throws IOException {
        Path file = folder.resolve("t.csv");
        Files.write(file, "a,b\nGröße,2\n3,4\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(read(file, CsvLayout.STANDARD))
                .extracting(CsvRow::malformed)
                .containsExactly("holds bytes that are no UTF-8", null);
        assertThat(read(file, new CsvLayout(StandardCharsets.ISO_8859_1, ',', '"'))
                        .get(0)
                        .get("a"))
                .isEqualTo("Größe");
    }

    @Test
    void otherDelimitersQuotesAndCharsetsAreRead() throws IOException {
        Path file = folder.resolve("t.csv");
        Files.writeString(file, "a\tb\n'x\ty'\tz\n", Charset.forName("UTF-16"));

        assertThat(read(file, new CsvLayout(StandardCharsets.UTF_16, '\t', '\'')))
                .extracting(CsvRow::cells)
                .containsExactly(List.of("x\ty", "z"));
    }

    @Test
    void aHeaderMustNameEveryNeededColumnOnce() throws IOException {
        assertThatThrownBy(() -> read("a,a\n1,2\n"))
                .isInstanceOf(UnusableInputException.class)
                .hasMessage("t.csv: two columns are named \"a\"");
        assertThatThrownBy(() -> read("b,c\n1,2\n"))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageEndingWith("missing column a; it has b, c");
        assertThatThrownBy(() -> read(""))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith("empty file: ");
    }

    @Test
    void everyByteIsToldToTheProgressBar() throws IOException {
        Path file = folder.resolve("t.csv");
        Files.writeString(file, "a,b\n1,2\n");
        AtomicLong bytes = new AtomicLong();
        try (CsvFile csv = CsvFile.open(file, CsvLayout.STANDARD, List.of("a"), bytes::addAndGet)) {
            assertThat(csv.next()).isNotNull();
            assertThat(csv.next()).isNull();
        }

        assertThat(bytes).hasValue(Files.size(file));
    }

    private List<CsvRow> read(String text) throws IOException {
        Path file = folder.resolve("t.csv");
        Files.writeString(file, text);
        return read(file, CsvLayout.STANDARD);
    }

    private static List<CsvRow> read(Path file, CsvLayout layout) throws IOException {
        List<CsvRow> rows = new ArrayList<>();
        try (CsvFile csv = CsvFile.open(file, layout, List.of("a"), bytes -> {})) {
            for (CsvRow row = csv.next(); row != null; row = csv.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
