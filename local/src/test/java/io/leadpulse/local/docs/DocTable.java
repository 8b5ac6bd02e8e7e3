package io.leadpulse.local.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The tables of a document in Markdown. */
final class DocTable {
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final Pattern LINE_UNDER_HEADER = Pattern.compile("\\|[-| ]+\\|");

    /** Begins what is missing; all behind it is prose. */
    private static final String NOT_YET = "**not yet**";

    private DocTable() {}

    /**
     * One row.
     *
     * @param heading the heading over its table
     * @param cells without the blanks around them
     */
    record Row(String heading, List<String> cells) {
        String cell(int column) {
            return cells.get(column);
        }

        /** What stands between backticks, but for what is said to be missing. */
        List<String> names(int column) {
            return NAME.matcher(told(column))
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .toList();
        }

        /** The parts of a cell that lists several, but for what is said to be missing. */
        List<String> parts(int column) {
            return Arrays.stream(told(column).split(";", -1))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .toList();
        }

        /** Whether it says that something is missing. */
        boolean isUnfinished() {
            return cells.stream().anyMatch(cell -> cell.contains(NOT_YET));
        }

        private String told(int column) {
            String cell = cells.get(column);
            int missing = cell.indexOf(NOT_YET);
            return missing < 0 ? cell : cell.substring(0, missing);
        }

        @Override
        public String toString() {
            return String.join(" | ", cells);
        }
    }

    /** All rows of a document, without those of the headers. */
    static List<Row> rows(Path document) {
        List<String> lines;
        try {
            lines = Files.readAllLines(document);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + document, e);
        }
        List<Row> rows = new ArrayList<>();
        String heading = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("#")) {
                heading = line.replaceFirst("^#+ ", "");
            }
            boolean isHeader = i + 1 < lines.size()
                    && LINE_UNDER_HEADER.matcher(lines.get(i + 1)).matches();
            if (line.startsWith("|")
                    && !isHeader
                    && !LINE_UNDER_HEADER.matcher(line).matches()) {
                rows.add(new Row(heading, cells(line)));
            }
        }
        return rows;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .toList();
    }
}
