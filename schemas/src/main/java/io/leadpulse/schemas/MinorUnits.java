package io.leadpulse.schemas;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.OptionalLong;

/**
 * Money on the wire is a decimal string of the currency's main unit ({@code "1350.00"}), inside a whole number of its
 * minor units. Nothing is rounded: an amount that has no exact place is none.
 */
public final class MinorUnits {
    /** Largest amount, in minor units, far above any deal and far below where sums of a long could overflow. */
    public static final long MAX = 1_000_000_000_000_000L;

    /** Stands for a text that is no amount. */
    public static final long NONE = -1;

    private static final int MAX_LENGTH = 24;

    private MinorUnits() {}

    /**
     * Digits after the decimal point of a currency.
     *
     * @param currency ISO 4217 code
     * @throws IllegalArgumentException if there is no such currency or it has no minor units (gold, test codes)
     */
    public static int digits(String currency) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        if (digits < 0) {
            throw new IllegalArgumentException("currency " + currency + " has no minor units");
        }
        return digits;
    }

    /**
     * Reads an amount: ASCII digits, at most one point with digits on both sides; no sign, exponent or grouping.
     *
     * @param text such as {@code 1350.00}
     * @param digits digits after the point that the currency has
     * @return minor units, 0 to {@link #MAX}; empty if the text is no such amount
     */
    public static OptionalLong parse(String text, int digits) {
        // What is no Latin character becomes one that no amount has.
        byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
        long minor = parse(latin, 0, latin.length, digits);
        return minor == NONE ? OptionalLong.empty() : OptionalLong.of(minor);
    }

    /** The same of the text whose characters are these bytes, {@code [from, to)}; {@link #NONE} if it is no amount. */
    public static long parse(byte[] latin, int from, int to, int digits) {
        if (from == to || to - from > MAX_LENGTH) {
            return NONE;
        }
        long minor = 0;
        int point = -1;
        for (int at = from; at < to; at++) {
            byte each = latin[at];
            if (each == '.' && point < 0 && at > from) {
                point = at;
            } else if (each >= '0' && each <= '9') {
                minor = minor * 10 + each - '0';
            } else {
                return NONE;
            }
            if (minor > MAX) {
                return NONE;
            }
        }
        int decimals = point < 0 ? 0 : to - point - 1;
        if (decimals > digits || point == to - 1) {
            return NONE;
        }
        for (; decimals < digits; decimals++) {
            minor *= 10;
        }
        return minor <= MAX ? minor : NONE;
    }

    /** Writes an amount with exactly the digits of the currency; negative amounts have a leading {@code -}. */
    public static String text(long minor, int digits) {
        return BigDecimal.valueOf(minor, digits).toPlainString();
    }
}
