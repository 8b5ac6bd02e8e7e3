package io.leadpulse.domain.score;

import java.io.Serializable;

/**
 * How often a rule counts for one lead. The earliest facts by event time count, in whatever order they arrived; what
 * counts once per something that the fact does not name is counted once for all such facts.
 *
 * @param kind what limits it
 * @param maxPerDay the limit of {@link Kind#MAX_PER_DAY} by local day of the company's zone; 0 for the others
 */
public record Repeat(Kind kind, int maxPerDay) implements Serializable {

    /** Only the first one ever. */
    public static final Repeat ONCE = new Repeat(Kind.ONCE, 0);

    /** The first one of each asset (page, form, mail, fair). */
    public static final Repeat ONCE_PER_ASSET = new Repeat(Kind.ONCE_PER_ASSET, 0);

    /** The first one of each product. */
    public static final Repeat ONCE_PER_PRODUCT = new Repeat(Kind.ONCE_PER_PRODUCT, 0);

    /** Every one. */
    public static final Repeat EVERY = new Repeat(Kind.EVERY, 0);

    /** What limits the count. */
    public enum Kind {
        ONCE,
        ONCE_PER_ASSET,
        ONCE_PER_PRODUCT,
        MAX_PER_DAY,
        EVERY
    }

    /** The first {@code k} of each local day. */
    public static Repeat maxPerDay(int k) {
        return new Repeat(Kind.MAX_PER_DAY, k);
    }
}
