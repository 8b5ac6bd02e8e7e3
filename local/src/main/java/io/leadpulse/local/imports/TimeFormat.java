package io.leadpulse.local.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;

/**
 * Reads the times of an export.
 *
 * <p>A date without time is 00:00, a time without zone or offset is in the format's zone. A local time that the change
 * to summer time skips is moved on by the gap; of one that occurs twice the earlier is taken. Dates that do not exist
 * (31 February) are refused, never bent.
 */
public final class TimeFormat {
    /** Seconds since 1970, as a pattern. */
    public static final String EPOCH_SECONDS = "epoch_seconds";

    /** Milliseconds since 1970, as a pattern. */
    public static final String EPOCH_MILLIS = "epoch_millis";

    /** ISO 8601: {@code 2024-05-31}, {@code 2024-05-31T14:05:00}, with fraction, with offset, or a space for the T. */
    public static final String ISO = "iso";

    private static final DateTimeFormatter ISO_FORMATTER = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]")
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    /** The years that our contracts allow; outside them a date is a typing error. */
    private static final int FIRST_YEAR = 1970;

    private static final int LAST_YEAR = 2199;

    private final List<Reader> readers;
    private final String allowed;
    private final ZoneId zone;

    private TimeFormat(List<Reader> readers, String allowed, ZoneId zone) {
        this.readers = readers;
        this.allowed = allowed;
        this.zone = zone;
    }

    /** {@link #ISO} in this zone. */
    public static TimeFormat iso(ZoneId zone) {
        return of(List.of(ISO), zone, Locale.ROOT);
    }

    /**
     * Formats that are tried in this order.
     *
     * @param patterns {@link #ISO}, {@link #EPOCH_SECONDS}, {@link #EPOCH_MILLIS} or patterns of {@link
     *     DateTimeFormatter} ({@code yyyy} is read as the plain year); at least one
     * @param locale language of month and day names
     * @throws IllegalArgumentException if a pattern is none
     */
    public static TimeFormat of(List<String> patterns, ZoneId zone, Locale locale) {
        return new TimeFormat(
                patterns.stream().map(pattern -> reader(pattern, locale)).toList(),
                String.join(" or ", patterns),
                zone);
    }

    /**
     * Reads one time.
     *
     * @throws DateTimeException if no format fits; the message names the text and what is allowed
     */
    public OffsetDateTime parse(String text) {
        for (Reader reader : readers) {
            OffsetDateTime time = readOrNull(reader, text);
            if (time != null && time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR) {
                return time;
            }
        }
        throw new DateTimeException(
                "\"" + text + "\" is no time; allowed: " + allowed + ", years " + FIRST_YEAR + " to " + LAST_YEAR);
    }

    /** The time, or null if the text is written in another format. */
    private OffsetDateTime readOrNull(Reader reader, String text) {
        try {
            return reader.read(text, zone);
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    /** RFC 3339 with offset, as our contracts want it. */
    public static String rfc3339(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    private static Reader reader(String pattern, Locale locale) {
        return switch (pattern) {
            case ISO -> (text, zone) -> resolve(ISO_FORMATTER, spaceForT(text), zone);
            case EPOCH_SECONDS ->
                (text, zone) ->
                        Instant.ofEpochSecond(Long.parseLong(text)).atZone(zone).toOffsetDateTime();
            case EPOCH_MILLIS ->
                (text, zone) ->
                        Instant.ofEpochMilli(Long.parseLong(text)).atZone(zone).toOffsetDateTime();
            default -> {
                DateTimeFormatter formatter =
                        DateTimeFormatter.ofPattern(plainYear(pattern), locale).withResolverStyle(ResolverStyle.STRICT);
                yield (text, zone) -> resolve(formatter, text, zone);
            }
        };
    }

    private static OffsetDateTime resolve(DateTimeFormatter formatter, String text, ZoneId zone) {
        TemporalAccessor parsed = formatter.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        if (parsed instanceof OffsetDateTime time) {
            return time;
        }
        if (parsed instanceof LocalDateTime time) {
            return time.atZone(zone).toOffsetDateTime();
        }
        return LocalDate.from(parsed).atStartOfDay(zone).toOffsetDateTime();
    }

    private static String spaceForT(String text) {
        int afterDate = "2024-05-31".length();
        return text.length() > afterDate && text.charAt(afterDate) == ' '
                ? text.substring(0, afterDate) + 'T' + text.substring(afterDate + 1)
                : text;
    }

    /** A year-of-era without an era does not resolve strictly; outside quotes every y means the plain year u. */
    private static String plainYear(String pattern) {
        StringBuilder plain = new StringBuilder(pattern.length());
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            plain.append(c == 'y' && !quoted ? 'u' : c);
        }
        return plain.toString();
    }

    private interface Reader {
        OffsetDateTime read(String text, ZoneId zone);
    }
}
