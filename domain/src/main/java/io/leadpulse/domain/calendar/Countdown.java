package io.leadpulse.domain.calendar;

import java.math.BigInteger;

/** How much of a limit is left while the days pass; the arithmetic is exact. */
interface Countdown {

    /** The limit is not reached on this day. */
    long NOT_REACHED = -1;

    /**
     * Takes what a day offers from what is left.
     *
     * @param availableMillis business time of the day that counts, 1..{@code dayMillis}
     * @param dayMillis business time of the whole day
     * @return the milliseconds of {@code availableMillis} after which nothing is left, rounded up; or
     *     {@link #NOT_REACHED}, and then all of them are used up
     */
    long take(long availableMillis, long dayMillis);

    /** Counts business time as such. */
    static Countdown ofMillis(long limitMillis) {
        return new Millis(limitMillis);
    }

    /** Counts business days, each day's time as a part of that day; the limit in thousandths of a business day. */
    static Countdown ofMilliDays(long limitMilliDays) {
        return new Days(limitMilliDays);
    }

    /** Business milliseconds. */
    final class Millis implements Countdown {
        private long left;

        private Millis(long left) {
            this.left = left;
        }

        @Override
        public long take(long availableMillis, long dayMillis) {
            if (left <= availableMillis) {
                return left;
            }
            left -= availableMillis;
            return NOT_REACHED;
        }
    }

    /**
     * Business days as {@code whole + numerator / denominator}. Days differ in length, so the parts of several days
     * have no common unit; only the few partial days touch the fraction, a whole day costs a subtraction. Most calendars
     * have days of few lengths, and the denominator stays small; where it does not, {@link BigFraction} goes on.
     */
    final class Days implements Countdown {
        private static final long MILLI = 1_000;
        /** So large a denominator, and so long a day, are multiplied without overflow, also the sum of two of them. */
        private static final long MOST = Integer.MAX_VALUE;

        private long whole;
        /** 0 up to, not including, the denominator. */
        private long numerator;

        private long denominator = MILLI;
        /** Stands for both once they have become too large; null before. */
        private BigFraction big;

        private Days(long limitMilliDays) {
            this.whole = limitMilliDays / MILLI;
            this.numerator = limitMilliDays % MILLI;
        }

        @Override
        public long take(long availableMillis, long dayMillis) {
            boolean wholeDay = availableMillis == dayMillis;
            if (whole > 1 || (whole == 1 && wholeDay && !isNoPart())) {
                subtract(availableMillis, dayMillis, wholeDay);
                return NOT_REACHED;
            }
            long neededMillis = neededMillis(dayMillis);
            if (neededMillis <= availableMillis) {
                return neededMillis;
            }
            subtract(availableMillis, dayMillis, wholeDay);
            return NOT_REACHED;
        }

        private boolean isNoPart() {
            return big == null ? numerator == 0 : big.numerator.signum() == 0;
        }

        /** {@code ceil((whole + numerator / denominator) * dayMillis)}; at most one is whole. */
        private long neededMillis(long dayMillis) {
            if (isBeyond(dayMillis)) {
                return big.neededMillis(whole, dayMillis);
            }
            long needed = (denominator * whole + numerator) * dayMillis;
            return needed / denominator + (needed % denominator == 0 ? 0 : 1);
        }

        private void subtract(long partMillis, long dayMillis, boolean wholeDay) {
            if (wholeDay) {
                whole--;
                return;
            }
            boolean isNegative;
            if (isBeyond(dayMillis)) {
                isNegative = big.subtract(partMillis, dayMillis);
            } else {
                isNegative = subtractSmall(partMillis, dayMillis);
            }
            if (isNegative) {
                whole--;
            }
        }

        /** Whether one had to be added to what is left, so that it is no less than 0. */
        private boolean subtractSmall(long partMillis, long dayMillis) {
            long common = greatestCommonDivisor(denominator, dayMillis);
            long left = numerator * (dayMillis / common) - partMillis * (denominator / common);
            long of = denominator / common * dayMillis;
            boolean isNegative = left < 0;
            left = isNegative ? left + of : left;
            common = greatestCommonDivisor(of, left);
            numerator = left / common;
            denominator = of / common;
            return isNegative;
        }

        private boolean isBeyond(long dayMillis) {
            if (big == null && (denominator > MOST || dayMillis > MOST)) {
                big = new BigFraction(numerator, denominator);
            }
            return big != null;
        }

        private static long greatestCommonDivisor(long one, long other) {
            long larger = one;
            long smaller = other;
            while (smaller != 0) {
                long rest = larger % smaller;
                larger = smaller;
                smaller = rest;
            }
            return larger;
        }
    }

    /** The part of a business day that is left, where it does not fit into a {@code long}. */
    final class BigFraction {
        private BigInteger numerator;
        private BigInteger denominator;

        private BigFraction(long numerator, long denominator) {
            this.numerator = BigInteger.valueOf(numerator);
            this.denominator = BigInteger.valueOf(denominator);
        }

        private long neededMillis(long whole, long dayMillis) {
            BigInteger[] needed = denominator
                    .multiply(BigInteger.valueOf(whole))
                    .add(numerator)
                    .multiply(BigInteger.valueOf(dayMillis))
                    .divideAndRemainder(denominator);
            return needed[0].longValueExact() + needed[1].signum();
        }

        /** As {@link Days#subtractSmall}. */
        private boolean subtract(long partMillis, long dayMillis) {
            BigInteger day = BigInteger.valueOf(dayMillis);
            numerator = numerator.multiply(day).subtract(denominator.multiply(BigInteger.valueOf(partMillis)));
            denominator = denominator.multiply(day);
            boolean isNegative = numerator.signum() < 0;
            if (isNegative) {
                numerator = numerator.add(denominator);
            }
            BigInteger common = numerator.gcd(denominator);
            numerator = numerator.divide(common);
            denominator = denominator.divide(common);
            return isNegative;
        }
    }
}
