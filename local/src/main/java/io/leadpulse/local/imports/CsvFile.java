package io.leadpulse.local.imports;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a CSV file with a header, row by row.
 *
 * <p>A broken row costs that row only: physical lines are first gathered until the quotes are closed, and each row is
 * parsed on its own. A quote that is not closed within {@link #MAX_LINES_PER_ROW} lines makes its first line malformed,
 * and reading goes on with the next one. Blank lines are no rows.
 */
public final class CsvFile implements Closeable {
    /** A quoted cell may hold line ends; more than this many is taken for a quote that was never closed. */
    static final int MAX_LINES_PER_ROW = 1000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char REPLACEMENT = '\uFFFD';

    private final String name;
    private final CsvLayout layout;
    private final CSVFormat format;
    private final BufferedReader reader;
    private final Deque<String> readAhead = new ArrayDeque<>();
    private final Map<String, Integer> columns;
    private long line;

    private CsvFile(Path file, CsvLayout layout, LongConsumer bytesRead) throws IOException {
        this.name = file.getFileName().toString();
        this.layout = layout;
        this.format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(layout.delimiter())
                .setQuote(layout.quote())
                .setIgnoreEmptyLines(false)
                .get();
        CharsetDecoder decoder = layout.charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        this.reader = new BufferedReader(
                new InputStreamReader(new CountingStream(Files.newInputStream(file), bytesRead), decoder));
        this.columns = readHeader();
    }

    /**
     * Opens a file and reads its header.
     *
     * @param required columns that the file must have
     * @param bytesRead told about every piece read, for a progress bar
     * @throws UnusableInputException if the file is not there, has no header, names a column twice or lacks one
     */
    public static CsvFile open(Path file, CsvLayout layout, Collection<String> required, LongConsumer bytesRead)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UnusableInputException("no such file: " + file);
        }
        CsvFile csv = new CsvFile(file, layout, bytesRead);
        try {
            csv.require(file, required);
        } catch (UnusableInputException e) {
            csv.close();
            throw e;
        }
        return csv;
    }

    /** The name of the file, without folders. */
    public String name() {
        return name;
    }

    /** The next row, well-formed or not; null at the end of the file. */
    public CsvRow next() throws IOException {
        while (true) {
            String first = nextLine();
            if (first == null) {
                return null;
            }
            if (!first.isBlank()) {
                return row(first);
            }
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private CsvRow row(String first) throws IOException {
        long begin = line;
        StringBuilder text = new StringBuilder(first);
        boolean open = leavesQuoteOpen(first, false);
        List<String> gathered = new ArrayList<>();
        while (open && gathered.size() < MAX_LINES_PER_ROW) {
            String more = nextLine();
            if (more == null) {
                break;
            }
            gathered.add(more);
            text.append('\n').append(more);
            open = leavesQuoteOpen(more, true);
        }
        if (open) {
            giveBack(gathered);
            return malformed(begin, "a quote is never closed");
        }
        return parse(begin, text.toString());
    }

    private CsvRow parse(long begin, String text) throws IOException {
        if (text.indexOf(REPLACEMENT) >= 0) {
            return malformed(begin, "holds bytes that are no " + layout.charset());
        }
        List<String> cells = new ArrayList<>(columns.size());
        try (CSVParser parser = CSVParser.parse(text, format)) {
            for (CSVRecord cell : parser.getRecords()) {
                cell.forEach(value -> cells.add(value.strip()));
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            return malformed(begin, "text after a closing quote");
        }
        if (cells.size() != columns.size()) {
            return malformed(begin, "has " + cells.size() + " cells, the header " + columns.size());
        }
        return new CsvRow(name, begin, columns, cells, null);
    }

    private CsvRow malformed(long begin, String message) {
        return new CsvRow(name, begin, columns, List.of(), message);
    }

    /** Whether a quoted cell is still open at the end of this line; a quote opens only at the start of a cell. */
    private boolean leavesQuoteOpen(String text, boolean openBefore) {
        boolean open = openBefore;
        boolean cellStart = !openBefore;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (open) {
                if (c == layout.quote()) {
                    if (i + 1 < text.length() && text.charAt(i + 1) == layout.quote()) {
                        i++;
                    } else {
                        open = false;
                    }
                }
            } else if (c == layout.quote() && cellStart) {
                open = true;
            }
            cellStart = c == layout.delimiter() && !open;
        }
        return open;
    }

    private String nextLine() throws IOException {
        String next = readAhead.isEmpty() ? reader.readLine() : readAhead.removeFirst();
        if (next != null) {
            line++;
        }
        return next;
    }

    private void giveBack(List<String> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            readAhead.addFirst(lines.get(i));
        }
        line -= lines.size();
    }

    private Map<String, Integer> readHeader() throws IOException {
        String header = nextLine();
        if (header == null) {
            return Map.of();
        }
        if (!header.isEmpty() && header.charAt(0) == BYTE_ORDER_MARK) {
            header = header.substring(1);
        }
        Map<String, Integer> positions = new LinkedHashMap<>();
        try (CSVParser parser = CSVParser.parse(header, format)) {
            for (CSVRecord cells : parser.getRecords()) {
                for (int i = 0; i < cells.size(); i++) {
                    if (positions.putIfAbsent(cells.get(i).strip(), i) != null) {
                        reader.close();
                        throw new UnusableInputException(name + ": two columns are named \""
                                + cells.get(i).strip() + "\"");
                    }
                }
            }
        }
        return positions;
    }

    private void require(Path file, Collection<String> required) {
        if (columns.isEmpty()) {
            throw new UnusableInputException("empty file: " + file);
        }
        List<String> missing =
                required.stream().filter(column -> !columns.containsKey(column)).toList();
        if (!missing.isEmpty()) {
            throw new UnusableInputException(file + ": missing column" + (missing.size() > 1 ? "s " : " ")
                    + String.join(", ", missing) + "; it has " + String.join(", ", columns.keySet()));
        }
    }

    /** Tells how much of the file has been read. */
    private static final class CountingStream extends FilterInputStream {
        private final LongConsumer bytesRead;

        CountingStream(InputStream in, LongConsumer bytesRead) {
            super(in);
            this.bytesRead = bytesRead;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            if (next >= 0) {
                bytesRead.accept(1);
            }
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count > 0) {
                bytesRead.accept(count);
            }
            return count;
        }
    }
}
