package io.leadpulse.local.imports;

import io.leadpulse.schemas.MinorUnits;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;

/**
 * Reads the amounts of an export and writes them as our contracts want them: a decimal string with as many places as
 * the currency has. Nothing is rounded: an amount finer than the currency is refused,
 * and so is one with a sign: the kind of an event says which way money goes.
 */
public final class AmountFormat {
    private final Pattern pattern;
    private final String decimal;
    private final String thousands;
    private final int places;
    private final Currency currency;

    /**
     * @param decimal mark before the fraction
     * @param thousands mark between groups of three digits; "" for none
     * @throws UnusableInputException if the currency has no minor units
     */
    public AmountFormat(Currency currency, String decimal, String thousands) {
        this.currency = currency;
        this.decimal = decimal;
        this.thousands = thousands;
        try {
            this.places = MinorUnits.digits(currency.getCurrencyCode());
        } catch (IllegalArgumentException e) {
            throw new UnusableInputException(e.getMessage());
        }
        String grouped = thousands.isEmpty() ? "" : "|\\d{1,3}(?:" + Pattern.quote(thousands) + "\\d{3})+";
        this.pattern = Pattern.compile("(?:\\d+" + grouped + ")(?:" + Pattern.quote(decimal) + "\\d+)?");
    }

    /** A point for the fraction, no groups. */
    public static AmountFormat plain(Currency currency) {
        return new AmountFormat(currency, ".", "");
    }

    /** The amount, such as {@code 1054.00}. */
    String normalise(String text) throws RowException {
        if (!pattern.matcher(text).matches()) {
            throw new RowException(
                    RowReason.INVALID_AMOUNT,
                    "\"" + text + "\" is no amount; allowed: digits"
                            + (thousands.isEmpty() ? "" : ", groups by \"" + thousands + "\"") + ", fraction after \""
                            + decimal + "\"");
        }
        String digits = thousands.isEmpty() ? text : text.replace(thousands, "");
        BigDecimal amount = new BigDecimal(digits.replace(decimal, "."));
        if (amount.stripTrailingZeros().scale() > places) {
            throw new RowException(
                    RowReason.INVALID_AMOUNT, text + " is finer than " + currency + " allows (" + places + " places)");
        }
        return amount.setScale(places).toPlainString();
    }
}
