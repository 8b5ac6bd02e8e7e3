package io.leadpulse.schemas;

import io.leadpulse.domain.event.Fact;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
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
    private static final int LEAP_DAYS_BEFORE_1970 = 1969 / 4 - 1969 / 100 + 1969 / 400;
    private static final int FEBRUARY = 2;
    /** Days before the month after this many months, in a year without leap day. */
    private static final int[] DAYS_BEFORE = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

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
        // What is no Latin character becomes one that no time has.
        byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
        return millis(latin, 0, latin.length);
    }

    /** The same of the text whose characters are these bytes, {@code [from, to)}. */
    public static long millis(byte[] latin, int from, int to) {
        if (to - from <= TIME_LENGTH || !isIn(latin[from + DATE_LENGTH], 'T', 't')) {
            return Fact.NO_TIME;
        }
        long epochDay = dateOf(latin, from);
        int hour = number(latin, from + 11, 23);
        int minute = number(latin, from + 14, 59);
        int second = number(latin, from + 17, 59);
        if (epochDay == Fact.NO_TIME
                || hour < 0
                || minute < 0
                || second < 0
                || latin[from + 13] != ':'
                || latin[from + 16] != ':') {
            return Fact.NO_TIME;
        }
        int at = from + TIME_LENGTH;
        int fraction = 0;
        if (latin[at] == '.') {
            int digits = 0;
            for (at++; at < to && isDigit(latin[at]); at++) {
                if (digits++ < 3) {
                    fraction = fraction * 10 + latin[at] - '0';
                }
            }
            if (digits == 0 || digits > MAX_FRACTION_DIGITS) {
                return Fact.NO_TIME;
            }
            for (; digits < 3; digits++) {
                fraction *= 10;
            }
        }
        int offset = offsetMinutes(latin, at, to);
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
        byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
        return latin.length == DATE_LENGTH ? dateOf(latin, 0) : Fact.NO_TIME;
    }

    /** The day with which a text begins that is long enough to begin with one. */
    private static long dateOf(byte[] latin, int from) {
        int century = number(latin, from, LAST_YEAR / 100);
        int ofCentury = number(latin, from + 2, 99);
        int month = number(latin, from + 5, 12);
        int day = number(latin, from + 8, 31);
        int year = century * 100 + ofCentury;
        if (century < 0
                || ofCentury < 0
                || year < FIRST_YEAR
                || month < 1
                || day < 1
                || latin[from + 4] != '-'
                || latin[from + 7] != '-') {
            return Fact.NO_TIME;
        }
        int leapDay = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 1 : 0;
        int lengthOfMonth = DAYS_BEFORE[month] - DAYS_BEFORE[month - 1] + (month == FEBRUARY ? leapDay : 0);
        if (day > lengthOfMonth) {
            return Fact.NO_TIME;
        }
        int past = year - 1;
        int leapDays = past / 4 - past / 100 + past / 400 - LEAP_DAYS_BEFORE_1970 + (month > FEBRUARY ? leapDay : 0);
        return (year - FIRST_YEAR) * 365L + leapDays + DAYS_BEFORE[month - 1] + day - 1;
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
    private static int offsetMinutes(byte[] latin, int at, int to) {
        int length = to - at;
        if (length == 1 && isIn(latin[at], 'Z', 'z')) {
            return 0;
        }
        if (length != "+00:00".length() || !isIn(latin[at], '+', '-') || latin[at + 3] != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = number(latin, at + 1, 18);
        int minutes = number(latin, at + 4, 59);
        if (hours < 0 || minutes < 0 || hours * 60 + minutes > MAX_OFFSET_MINUTES) {
            return Integer.MIN_VALUE;
        }
        return (latin[at] == '-' ? -1 : 1) * (hours * 60 + minutes);
    }

    /** Two ASCII digits as a number, or -1 if others stand there or it is over {@code max}. */
    private static int number(byte[] latin, int at, int max) {
        if (!isDigit(latin[at]) || !isDigit(latin[at + 1])) {
            return -1;
        }
        int number = (latin[at] - '0') * 10 + latin[at + 1] - '0';
        return number <= max ? number : -1;
    }

    private static boolean isDigit(byte each) {
        return each >= '0' && each <= '9';
    }

    private static boolean isIn(byte each, char first, char second) {
        return each == first || each == second;
    }
}
