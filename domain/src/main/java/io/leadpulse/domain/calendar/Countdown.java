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
     * have no common unit; only the few partial days touch the big integers, a whole day costs a subtraction.
     */
    final class Days implements Countdown {
        private static final long MILLI = 1_000;

        private long whole;
        /** 0 up to, not including, the denominator. */
        private BigInteger numerator;

        private BigInteger denominator = BigInteger.valueOf(MILLI);

        private Days(long limitMilliDays) {
            this.whole = limitMilliDays / MILLI;
            this.numerator = BigInteger.valueOf(limitMilliDays % MILLI);
        }

        @Override
        public long take(long availableMillis, long dayMillis) {
            boolean wholeDay = availableMillis == dayMillis;
            if (whole > 1 || (whole == 1 && wholeDay && numerator.signum() > 0)) {
                subtract(availableMillis, dayMillis, wholeDay);
                return NOT_REACHED;
            }
            // ceil((whole + numerator / denominator) * dayMillis)
            BigInteger[] needed = denominator
                    .multiply(BigInteger.valueOf(whole))
                    .add(numerator)
                    .multiply(BigInteger.valueOf(dayMillis))
                    .divideAndRemainder(denominator);
            long neededMillis = needed[0].longValueExact() + needed[1].signum();
            if (neededMillis <= availableMillis) {
                return neededMillis;
            }
            subtract(availableMillis, dayMillis, wholeDay);
            return NOT_REACHED;
        }

        private void subtract(long partMillis, long dayMillis, boolean wholeDay) {
            if (wholeDay) {
                whole--;
                return;
            }
            BigInteger day = BigInteger.valueOf(dayMillis);
            numerator = numerator.multiply(day).subtract(denominator.multiply(BigInteger.valueOf(partMillis)));
            denominator = denominator.multiply(day);
            if (numerator.signum() < 0) {
                numerator = numerator.add(denominator);
                whole--;
            }
            BigInteger common = numerator.gcd(denominator);
            numerator = numerator.divide(common);
            denominator = denominator.divide(common);
        }
    }
}
