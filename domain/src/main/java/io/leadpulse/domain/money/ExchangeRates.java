package io.leadpulse.domain.money;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What other currencies are worth in the company's, by day; immutable.
 *
 * <p>A rate holds from the beginning of its day, in the company's zone, until the next one of its currency. Conversion is
 * exact but for one rounding at the end, to the company's minor unit, half to even.
 *
 * @param zone the company's zone, whose days begin the rates
 * @param minorDigits digits after the decimal point of the company's currency
 * @param currencies every other currency that is known, by ISO 4217 code
 */
public record ExchangeRates(ZoneId zone, int minorDigits, Map<String, Currency> currencies) implements Serializable {

    /** No other currency than the company's is known. */
    public static final ExchangeRates NONE = new ExchangeRates(ZoneOffset.UTC, 0, Map.of());

    /** Of a time without any later change. */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * Another currency.
     *
     * @param minorDigits digits after its decimal point
     * @param rates its rates in order of their days, each day once; at least one
     */
    public record Currency(int minorDigits, List<Rate> rates) implements Serializable {
        public Currency {
            List<Rate> ordered = new ArrayList<>(rates);
            ordered.sort(Comparator.comparingLong(Rate::epochDay));
            if (ordered.isEmpty()) {
                throw new IllegalArgumentException("a currency needs at least one rate");
            }
            rates = List.copyOf(ordered);
        }
    }

    /**
     * What a currency is worth from a day on.
     *
     * @param epochDay first day, days since 1970-01-01
     * @param value how many main units of the company's currency one main unit of the other is worth; above 0
     */
    public record Rate(long epochDay, BigDecimal value) implements Serializable {}

    public ExchangeRates {
        currencies = Map.copyOf(currencies);
    }

    /** Whether a currency has rates. */
    public boolean knows(String currency) {
        return currencies.containsKey(currency);
    }

    /**
     * Digits after the decimal point of a currency.
     *
     * @throws IllegalStateException if it has no rate
     */
    public int minorDigits(String currency) {
        return known(currency).minorDigits();
    }

    /** Whether a rate of a currency holds at a time, epoch milliseconds. */
    public boolean hasRateAt(String currency, long millis) {
        return knows(currency) && known(currency).rates().get(0).epochDay() <= epochDay(millis);
    }

    /**
     * The rate of a currency at a time. Before its first day the first one holds: an amount may be told of a deal that was
     * closed before.
     *
     * @throws IllegalStateException if it has no rate
     */
    public Rate at(String currency, long millis) {
        List<Rate> rates = known(currency).rates();
        long day = epochDay(millis);
        Rate held = rates.get(0);
        for (Rate rate : rates) {
            if (rate.epochDay() > day) {
                break;
            }
            held = rate;
        }
        return held;
    }

    /** The first instant after a time at which another rate of a currency holds; {@link #NEVER} if none does. */
    public long nextChangeAfter(String currency, long millis) {
        for (Rate rate : known(currency).rates()) {
            long begins = LocalDate.ofEpochDay(rate.epochDay())
                    .atStartOfDay(zone)
                    .toInstant()
                    .toEpochMilli();
            if (begins > millis) {
                return begins;
            }
        }
        return NEVER;
    }

    /**
     * An amount in the company's currency.
     *
     * @param currency the amount's
     * @param amountMinor minor units of that currency
     * @param rate one of its rates
     * @return minor units of the company's currency, rounded half to even
     */
    public long convert(String currency, long amountMinor, Rate rate) {
        return BigDecimal.valueOf(amountMinor, minorDigits(currency))
                .multiply(rate.value())
                .setScale(minorDigits, RoundingMode.HALF_EVEN)
                .unscaledValue()
                .longValueExact();
    }

    /** Whether an amount stays within a bound, in the company's minor units, at every rate of its currency. */
    public boolean staysWithin(String currency, long amountMinor, long maxMinor) {
        BigDecimal max = BigDecimal.valueOf(maxMinor, minorDigits);
        BigDecimal amount = BigDecimal.valueOf(amountMinor, minorDigits(currency));
        return known(currency).rates().stream()
                .allMatch(rate -> amount.multiply(rate.value()).compareTo(max) <= 0);
    }

    private long epochDay(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate().toEpochDay();
    }

    private Currency known(String currency) {
        Currency known = currencies.get(currency);
        if (known == null) {
            throw new IllegalStateException("the configuration has no exchange rate of " + currency
                    + ", in which an amount was told: give it again, or rebuild by replay");
        }
        return known;
    }
}
