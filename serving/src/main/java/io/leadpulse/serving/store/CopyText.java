package io.leadpulse.serving.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rows in the text format of COPY. PostgreSQL has no place for the character NUL; it becomes the replacement character,
 * in JSON too.
 */
final class CopyText {
    private static final char REPLACEMENT = '\uFFFD';
    /** An escaped NUL in JSON: an odd number of backslashes and u0000. */
    private static final Pattern ESCAPED_NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private final StringBuilder text = new StringBuilder();

    /** Adds a row; null is NULL, everything else is as it prints itself. */
    void add(Object[] row, int columns) {
        for (int i = 0; i < columns; i++) {
            if (i > 0) {
                text.append('\t');
            }
            if (row[i] == null) {
                text.append("\\N");
            } else {
                escape(row[i].toString());
            }
        }
        text.append('\n');
    }

    /** JSON that jsonb takes. */
    static String json(String json) {
        return json.contains("\\u0000")
                ? ESCAPED_NUL.matcher(json).replaceAll("$1" + Matcher.quoteReplacement("\\ufffd"))
                : json;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\0' -> text.append(REPLACEMENT);
                default -> text.append(c);
            }
        }
    }
}
