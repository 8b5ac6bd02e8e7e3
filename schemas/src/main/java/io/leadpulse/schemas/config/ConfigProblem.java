package io.leadpulse.schemas.config;

/**
 * One mistake in a configuration.
 *
 * @param key path of the key, such as {@code deal_stages[2].limit_business_days}; empty when the file as a whole is meant
 * @param value the value as it was written, cut to {@value #SHOWN_CHARACTERS} characters
 * @param allowed what is allowed there
 * @param line line in the file, from 1; 0 where there are no lines (JSON records)
 */
public record ConfigProblem(String key, String value, String allowed, int line) {

    /** What is said in place of the value of a key that nobody asked for. */
    static final String UNKNOWN_KEY = "unknown key";

    /** More of a value would hide the message. */
    private static final int SHOWN_CHARACTERS = 80;

    /** Cuts a long value and takes line breaks out, so that a problem is always one line. */
    public ConfigProblem {
        value = oneLine(value);
        allowed = allowed.replaceAll("\\s+", " ");
    }

    private static String oneLine(String value) {
        String flat = value.replaceAll("[\\s\\p{Cntrl}]+", " ");
        return flat.codePointCount(0, flat.length()) <= SHOWN_CHARACTERS
                ? flat
                : flat.substring(0, flat.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "...";
    }

    /** Key and what is allowed, without the value, which may be a person's data. */
    public String withoutValue() {
        return key + (value.equals(UNKNOWN_KEY) ? ": " + UNKNOWN_KEY + "; " : ": allowed is ") + allowed;
    }

    /** One line: key, line, value, what is allowed. */
    @Override
    public String toString() {
        String where = key.isEmpty() ? "configuration" : key;
        return where + (line > 0 ? " (line " + line + ")" : "") + ": " + value + "; allowed: " + allowed;
    }
}
