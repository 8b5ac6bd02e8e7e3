package io.leadpulse.domain.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Conversion against fractions of whole numbers, and rates against a sorted map. */
class ExchangeRatesPropertyTest {
    private static final ZoneId TEHRAN = ZoneId.of("Asia/Tehran");
    private static final int RATE_DECIMALS = 6;

    @Property(tries = 500, seed = "20261122")
    void conversionIsTheNearestMinorUnitAndOfTwoTheEvenOne(
            @ForAll @LongRange(max = 1_000_000_000_000_000L) long amountMinor,
            @ForAll @LongRange(min = 1, max = 1_000_000_000L) long rateMillionths,
            @ForAll @IntRange(max = 3) int digits,
            @ForAll @IntRange(max = 3) int companyDigits) {
        BigDecimal value = BigDecimal.valueOf(rateMillionths, RATE_DECIMALS);
        ExchangeRates rates = new ExchangeRates(
                TEHRAN,
                companyDigits,
                Map.of("ABC", new ExchangeRates.Currency(digits, List.of(new ExchangeRates.Rate(0, value)))));

        // amount / 10^digits * rate / 10^6 * 10^companyDigits
        BigInteger numerator = BigInteger.valueOf(amountMinor)
                .multiply(BigInteger.valueOf(rateMillionths))
                .multiply(BigInteger.TEN.pow(companyDigits));
        BigInteger denominator = BigInteger.TEN.pow(digits + RATE_DECIMALS);
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        int half = parts[1].shiftLeft(1).compareTo(denominator);
        boolean up = half > 0 || (half == 0 && parts[0].testBit(0));
        BigInteger expected = up ? parts[0].add(BigInteger.ONE) : parts[0];

        boolean fits = expected.bitLength() < Long.SIZE;
        if (fits) {
            assertThat(BigInteger.valueOf(rates.convert("ABC", amountMinor, rates.at("ABC", 0))))
                    .isEqualTo(expected);
        }
        BigInteger bound = BigInteger.valueOf(1_000_000_000_000_000L);
        assertThat(rates.staysWithin("ABC", amountMinor, bound.longValueExact()))
                .isEqualTo(numerator.compareTo(denominator.multiply(bound)) <= 0);
    }

    @Property(tries = 200, seed = "20261122")
    void theRateOfATimeIsTheNewestThatHasBegun(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 18_000, max = 21_000) Integer> days,
            @ForAll @LongRange(min = 17_900L * 86_400_000, max = 21_100L * 86_400_000) long millis) {
        TreeMap<LocalDate, BigDecimal> byDay = new TreeMap<>();
        for (int day : days) {
            byDay.put(LocalDate.ofEpochDay(day), BigDecimal.valueOf(1L + byDay.size()));
        }
        List<ExchangeRates.Rate> table = new ArrayList<>();
        byDay.descendingMap().forEach((day, value) -> table.add(new ExchangeRates.Rate(day.toEpochDay(), value)));
        ExchangeRates rates = new ExchangeRates(TEHRAN, 2, Map.of("USD", new ExchangeRates.Currency(2, table)));

        LocalDate today =
                ZonedDateTime.ofInstant(Instant.ofEpochMilli(millis), TEHRAN).toLocalDate();
        Map.Entry<LocalDate, BigDecimal> held = byDay.floorEntry(today);
        assertThat(rates.hasRateAt("USD", millis)).isEqualTo(held != null);
        assertThat(rates.at("USD", millis).value())
                .isEqualTo(held != null ? held.getValue() : byDay.firstEntry().getValue());
        Map.Entry<LocalDate, BigDecimal> next = byDay.higherEntry(today);
        assertThat(rates.nextChangeAfter("USD", millis))
                .isEqualTo(
                        next == null
                                ? ExchangeRates.NEVER
                                : next.getKey().atStartOfDay(TEHRAN).toInstant().toEpochMilli());
    }
}
