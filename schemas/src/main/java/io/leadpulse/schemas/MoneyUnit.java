package io.leadpulse.schemas;

import java.math.BigDecimal;

/**
 * What people are shown amounts in: the main unit of the company's currency, or a power of ten of it with a name of its
 * own, as ten rials are a toman. Only for eyes: on topics and in state amounts are minor units of the currency.
 *
 * @param name what stands beside the number: an ISO 4217 code, or such as {@code toman}
 * @param currencyDigits digits after the decimal point of the currency
 * @param worthDigits how many zeros one unit has in main units of the currency; 0 for the currency itself
 */
public record MoneyUnit(String name, int currencyDigits, int worthDigits) {

    /** The main unit of a currency. */
    public static MoneyUnit of(String currency) {
        return new MoneyUnit(currency, MinorUnits.digits(currency), 0);
    }

    /** How many digits of an amount in minor units stand behind the decimal point of this unit. */
    public int minorDigits() {
        return currencyDigits + worthDigits;
    }

    /** Minor units of the currency in one unit; a power of ten. */
    public double minorPerUnit() {
        return Math.pow(10, minorDigits());
    }

    /**
     * An amount in this unit, exact: of the currency itself with all its decimals; of another unit with those that are
     * not 0.
     *
     * @param minor minor units of the currency
     */
    public BigDecimal amount(long minor) {
        BigDecimal amount = BigDecimal.valueOf(minor, minorDigits());
        if (worthDigits == 0) {
            return amount;
        }
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** An amount with the unit's name, such as {@code 1350.00 EUR} or {@code 13500000 toman}. */
    public String text(long minor) {
        return amount(minor).toPlainString() + ' ' + name;
    }
}
