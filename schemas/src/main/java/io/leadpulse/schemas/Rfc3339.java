package io.leadpulse.schemas;

import io.leadpulse.domain.event.Fact;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times and days on the wire: RFC 3339 with an offset, in; UTC with milliseconds and {@code Z}, out.
 *
 * <p>Stricter than {@code java.time}: no time without seconds or offset, no {@code 24:00}, no leap second (no zone's
 * calendar has a place for it), no year outside 1970..2199 (a slipped digit is likelier than such a sale).
 */
public final class Rfc3339 {
    /** What is expected, for messages. */
    public static final String EXPECTED = "RFC 3339 with offset, such as 2025-03-01T09:30:00+01:00, of 1970 to 2199";

    /** How long all sensible times are as text. */
    public static final int TEXT_LENGTH = "yyyy-MM-ddTHH:mm:ss.SSSZ".length();

    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2199;
    private static final long LAST_MILLIS = LocalDate.of(LAST_YEAR + 1, 1, 1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .toEpochMilli()
            - 1;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final int MAX_FRACTION_DIGITS = 9;
    private static final int MAX_OFFSET_MINUTES = 18 * 60;
    private static final int DATE_LENGTH = "yyyy-MM-dd".length();
    private static final int TIME_LENGTH = "yyyy-MM-ddTHH:mm:ss".length();
    /** The digits of 00, 01 and so on: a division less for each. */
    private static final byte[] PAIRS = pairs();

    private static final DateTimeFormatter OUT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Rfc3339() {}

    /**
     * Reads a time; digits beyond milliseconds are cut off.
     *
     * @param text such as {@code 2025-03-01T09:30:00+01:00}
     * @return epoch milliseconds, or {@link Fact#NO_TIME} if this is no such time
     */
    public static long millis(String text) {
        if (text.length() <= TIME_LENGTH || !isIn(text.charAt(DATE_LENGTH), 'T', 't')) {
            return Fact.NO_TIME;
        }
        long epochDay = dateOf(text);
        int hour = number(text, 11, 13, 23);
        int minute = number(text, 14, 16, 59);
        int second = number(text, 17, TIME_LENGTH, 59);
        if (epochDay == Fact.NO_TIME
                || hour < 0
                || minute < 0
                || second < 0
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return Fact.NO_TIME;
        }
        int at = TIME_LENGTH;
        int fraction = 0;
        if (text.charAt(at) == '.') {
            int digits = 0;
            for (at++; at < text.length() && isDigit(text.charAt(at)); at++) {
                if (digits++ < 3) {
                    fraction = fraction * 10 + text.charAt(at) - '0';
                }
            }
            if (digits == 0 || digits > MAX_FRACTION_DIGITS) {
                return Fact.NO_TIME;
            }
            for (; digits < 3; digits++) {
                fraction *= 10;
            }
        }
        int offset = offsetMinutes(text, at);
        if (offset == Integer.MIN_VALUE) {
            return Fact.NO_TIME;
        }
        long millis = (((epochDay * 24 + hour) * 60 + minute - offset) * 60 + second) * 1000 + fraction;
        return isSensible(millis) ? millis : Fact.NO_TIME;
    }

    /** Whether a time lies in the years that are accepted. */
    public static boolean isSensible(long millis) {
        return millis >= 0 && millis <= LAST_MILLIS;
    }

    /**
     * Reads a day.
     *
     * @param text such as {@code 2025-03-01}
     * @return epoch day, or {@link Fact#NO_TIME} if this is no such day
     */
    public static long epochDay(String text) {
        return text.length() == DATE_LENGTH ? dateOf(text) : Fact.NO_TIME;
    }

    /** The day with which a text begins that is long enough to begin with one. */
    private static long dateOf(String text) {
        if (text.charAt(4) != '-' || text.charAt(7) != '-') {
            return Fact.NO_TIME;
        }
        int year = number(text, 0, 4, LAST_YEAR);
        int month = number(text, 5, 7, 12);
        int day = number(text, 8, DATE_LENGTH, 31);
        if (year < FIRST_YEAR
                || month < 1
                || day < 1
                || day > YearMonth.of(year, month).lengthOfMonth()) {
            return Fact.NO_TIME;
        }
        return LocalDate.of(year, month, day).toEpochDay();
    }

    /** Writes a time in UTC with milliseconds, such as {@code 2025-03-01T08:30:00.000Z}. */
    public static String text(long millis) {
        if (!isSensible(millis)) {
            return OUT.format(Instant.ofEpochMilli(millis));
        }
        byte[] text = new byte[TEXT_LENGTH];
        write(millis, text, 0);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /**
     * Writes the {@link #TEXT_LENGTH} bytes of {@link #text} of a sensible time. Several stand in every result: by the formatter they
     * took as long as all the rest of it.
     *
     * @param at where they begin
     */
    public static void write(long millis, byte[] to, int at) {
        LocalDate day = LocalDate.ofEpochDay(millis / DAY_MILLIS);
        int ofDay = (int) (millis % DAY_MILLIS);
        int seconds = ofDay / 1_000;
        int minutes = seconds / 60;
        int fraction = ofDay - seconds * 1_000;
        pair(to, at, day.getYear() / 100);
        pair(to, at + 2, day.getYear() % 100);
        to[at + 4] = '-';
        pair(to, at + 5, day.getMonthValue());
        to[at + 7] = '-';
        pair(to, at + 8, day.getDayOfMonth());
        to[at + 10] = 'T';
        pair(to, at + 11, minutes / 60);
        to[at + 13] = ':';
        pair(to, at + 14, minutes % 60);
        to[at + 16] = ':';
        pair(to, at + 17, seconds - minutes * 60);
        to[at + 19] = '.';
        to[at + 20] = (byte) ('0' + fraction / 100);
        pair(to, at + 21, fraction % 100);
        to[at + 23] = 'Z';
    }

    /** Writes a number below 100 in two digits. */
    private static void pair(byte[] to, int at, int number) {
        to[at] = PAIRS[number * 2];
        to[at + 1] = PAIRS[number * 2 + 1];
    }

    private static byte[] pairs() {
        StringBuilder pairs = new StringBuilder();
        for (int number = 0; number < 100; number++) {
            pairs.append(number / 10).append(number % 10);
        }
        return pairs.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes a day, such as {@code 2025-03-01}. */
    public static String dayText(long epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }

    /** Minutes east of UTC, or {@code Integer.MIN_VALUE} if no offset stands at this place and nothing behind it. */
    private static int offsetMinutes(String text, int at) {
        int length = text.length() - at;
        if (length == 1 && isIn(text.charAt(at), 'Z', 'z')) {
            return 0;
        }
        if (length != "+00:00".length() || !isIn(text.charAt(at), '+', '-') || text.charAt(at + 3) != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = number(text, at + 1, at + 3, 18);
        int minutes = number(text, at + 4, at + 6, 59);
        if (hours < 0 || minutes < 0 || hours * 60 + minutes > MAX_OFFSET_MINUTES) {
            return Integer.MIN_VALUE;
        }
        return (text.charAt(at) == '-' ? -1 : 1) * (hours * 60 + minutes);
    }

    /** The ASCII digits of {@code [from, to)} as a number, or -1 if others stand there or it is over {@code max}. */
    private static int number(String text, int from, int to, int max) {
        int number = 0;
        for (int at = from; at < to; at++) {
            if (!isDigit(text.charAt(at))) {
                return -1;
            }
            number = number * 10 + text.charAt(at) - '0';
        }
        return number <= max ? number : -1;
    }

    private static boolean isDigit(char each) {
        return each >= '0' && each <= '9';
    }

    private static boolean isIn(char each, char first, char second) {
        return each == first || each == second;
    }
}
