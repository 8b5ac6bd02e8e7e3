package io.leadpulse.local.imports;

import java.util.List;
import java.util.Map;

/**
 * One row of a CSV file.
 *
 * @param file name of the file, without folders
 * @param line physical line on which the row begins, from 1 (the header's)
 * @param columns position of each column, by name
 * @param cells the cells, without surrounding white space; empty when malformed
 * @param malformed what is wrong with the row; null when nothing is
 */
public record CsvRow(String file, long line, Map<String, Integer> columns, List<String> cells, String malformed) {

    /** The cell in this column, "" when it is empty; the column must be one of the header's. */
    public String get(String column) {
        Integer position = columns.get(column);
        if (position == null) {
            throw new IllegalArgumentException("no column " + column + " in " + columns.keySet());
        }
        return cells.get(position);
    }

    /** The cell in this column, which must not be empty. */
    String need(String column) throws RowException {
        String cell = get(column);
        if (cell.isEmpty()) {
            throw new RowException(RowReason.MISSING_VALUE, column + " is empty");
        }
        return cell;
    }

    /** This row, of a file that explains others and of which no row can be spared. */
    CsvRow wellFormed() {
        if (malformed != null) {
            throw new UnusableInputException(file + ":" + line + ": " + malformed);
        }
        return this;
    }
}
