package io.leadpulse.oracle;

import java.math.BigInteger;

/** An exact fraction, because business days of different length add up to whole ones. */
record Fraction(BigInteger over, BigInteger under) {
    static final Fraction ZERO = of(0, 1);

    static Fraction of(long over, long under) {
        return new Fraction(BigInteger.valueOf(over), BigInteger.valueOf(under)).reduced();
    }

    Fraction plus(Fraction other) {
        return new Fraction(over.multiply(other.under).add(other.over.multiply(under)), under.multiply(other.under))
                .reduced();
    }

    Fraction minus(Fraction other) {
        return plus(new Fraction(other.over.negate(), other.under));
    }

    Fraction times(Fraction other) {
        return new Fraction(over.multiply(other.over), under.multiply(other.under)).reduced();
    }

    /** The smallest whole number that is not below this; this must not be negative. */
    long ceiling() {
        return over.add(under).subtract(BigInteger.ONE).divide(under).longValueExact();
    }

    private Fraction reduced() {
        BigInteger common = over.gcd(under).max(BigInteger.ONE);
        return new Fraction(over.divide(common), under.divide(common));
    }
}
