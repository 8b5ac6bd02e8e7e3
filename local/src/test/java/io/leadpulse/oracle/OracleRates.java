package io.leadpulse.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/**
 * What other currencies are worth in the company's, for the oracle.
 *
 * @param byCurrency by currency and first day; main units of the company's currency for one of the other
 */
public record OracleRates(Map<String, TreeMap<LocalDate, BigDecimal>> byCurrency) {
    /** No other currency. */
    public static final OracleRates NONE = new OracleRates(Map.of());

    /** An amount as it was told; the currency may be null for the company's. */
    record Told(BigDecimal amount, String currency) {}

    /** Minor units of the company's currency, by the rate of a day. */
    long minor(Told told, long millis, ZoneId zone, int minorDigits) {
        TreeMap<LocalDate, BigDecimal> rates = told.currency() == null ? null : byCurrency.get(told.currency());
        BigDecimal own = told.amount();
        if (rates != null) {
            LocalDate day = Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
            Map.Entry<LocalDate, BigDecimal> held = rates.floorEntry(day);
            own = own.multiply(held == null ? rates.firstEntry().getValue() : held.getValue());
        }
        return own.movePointRight(minorDigits)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }
}
