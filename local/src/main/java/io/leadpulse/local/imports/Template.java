package io.leadpulse.local.imports;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A text of a mapping in which <code>${column}</code> stands for the row's cell, <code>${#file}</code> for the file's
 * name and <code>${#line}</code> for the line. If one of its cells is empty the whole text is empty, so that no half
 * made ids come about.
 */
final class Template {
    static final String FILE = "#file";
    static final String LINE = "#line";

    private static final String OPEN = "${";
    private static final String CLOSE = "}";

    private record Part(String text, boolean column) {}

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if a <code>${</code> is never closed or names nothing
     */
    static Template of(String text) {
        List<Part> parts = new ArrayList<>();
        int position = 0;
        while (position < text.length()) {
            int open = text.indexOf(OPEN, position);
            if (open < 0) {
                parts.add(new Part(text.substring(position), false));
                break;
            }
            int close = text.indexOf(CLOSE, open);
            if (close <= open + OPEN.length()) {
                throw new IllegalArgumentException("a ${ without name or }");
            }
            if (open > position) {
                parts.add(new Part(text.substring(position, open), false));
            }
            parts.add(new Part(text.substring(open + OPEN.length(), close), true));
            position = close + 1;
        }
        return new Template(parts);
    }

    /** The columns that it reads. */
    Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        for (Part part : parts) {
            if (part.column() && !part.text().equals(FILE) && !part.text().equals(LINE)) {
                columns.add(part.text());
            }
        }
        return columns;
    }

    /** Whether nothing of a row stands in it. */
    boolean isConstant() {
        return parts.stream().noneMatch(Part::column);
    }

    /** The text for this row; "" if one of its cells is empty. */
    String fill(CsvRow row) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            String text = part.column() ? value(part.text(), row) : part.text();
            if (text.isEmpty()) {
                return "";
            }
            filled.append(text);
        }
        return filled.toString();
    }

    private static String value(String name, CsvRow row) {
        return switch (name) {
            case FILE -> row.file();
            case LINE -> Long.toString(row.line());
            default -> row.get(name);
        };
    }
}
