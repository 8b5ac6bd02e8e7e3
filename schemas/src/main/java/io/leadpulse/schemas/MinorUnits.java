package io.leadpulse.schemas;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.OptionalLong;

/**
 * Money on the wire is a decimal string of the currency's main unit ({@code "1350.00"}), inside a whole number of its
 * minor units. Nothing is rounded: an amount that has no exact place is none.
 */
public final class MinorUnits {
    /** Largest amount, in minor units, far above any deal and far below where sums of a long could overflow. */
    public static final long MAX = 1_000_000_000_000_000L;

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
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return OptionalLong.empty();
        }
        long minor = 0;
        int point = -1;
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each == '.' && point < 0 && at > 0) {
                point = at;
            } else if (each >= '0' && each <= '9') {
                minor = minor * 10 + each - '0';
            } else {
                return OptionalLong.empty();
            }
            if (minor > MAX) {
                return OptionalLong.empty();
            }
        }
        int decimals = point < 0 ? 0 : text.length() - point - 1;
        if (decimals > digits || point == text.length() - 1) {
            return OptionalLong.empty();
        }
        for (; decimals < digits; decimals++) {
            minor *= 10;
        }
        return minor <= MAX ? OptionalLong.of(minor) : OptionalLong.empty();
    }

    /** Writes an amount with exactly the digits of the currency; negative amounts have a leading {@code -}. */
    public static String text(long minor, int digits) {
        return BigDecimal.valueOf(minor, digits).toPlainString();
    }
}
