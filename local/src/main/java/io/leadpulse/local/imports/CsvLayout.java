package io.leadpulse.local.imports;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How a CSV file is written. The first row names the columns, lines end with LF, CRLF or CR, a byte order mark is
 * skipped; none of these needs to be said.
 *
 * @param charset charset of the file
 * @param delimiter between cells
 * @param quote around a cell that holds delimiters, line ends or quotes (those doubled)
 */
public record CsvLayout(Charset charset, char delimiter, char quote) {

    /** Comma, double quote, UTF-8 (RFC 4180). */
    public static final CsvLayout STANDARD = new CsvLayout(StandardCharsets.UTF_8, ',', '"');
}
