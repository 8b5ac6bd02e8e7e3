package io.leadpulse.schemas.result;

import java.util.Locale;

/** What a quantity is counted in. */
public enum Unit {
    /** Minor units of the company's currency; on the wire a decimal string of the main unit. */
    MONEY,
    /** Pieces. */
    COUNT,
    /** Milliseconds. */
    MILLISECONDS;

    /** The name on the wire, such as {@code money}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The unit with this name on the wire. */
    static Unit ofWireName(String name) {
        for (Unit each : values()) {
            if (each.wireName().equals(name)) {
                return each;
            }
        }
        throw new IllegalArgumentException("unit must be one of money, count, milliseconds");
    }
}
