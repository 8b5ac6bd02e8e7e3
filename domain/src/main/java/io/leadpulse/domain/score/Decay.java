package io.leadpulse.domain.score;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;

/** How points lose weight with age. Points never gain weight by it, and nothing counts before its own time. */
public sealed interface Decay extends Serializable {

    /** Points that keep their full weight for ever. */
    Decay NONE = new None();

    /** Points halve every {@code halfLifeMillis}: p * 2^(-age/h), the age in milliseconds. */
    static Decay halfLife(long halfLifeMillis) {
        return new HalfLife(halfLifeMillis);
    }

    /** Points count in full while their local day is one of the last {@code days} days, today included. */
    static Decay window(int days) {
        return new Window(days);
    }

    /**
     * The share of the points that is left after {@code ageMillis}, in 0..1. It cannot overflow: what is older than
     * some 1,074 half-lives has no weight. A window does not weigh by age but by local day, and gives 1.
     */
    double factor(double ageMillis);

    /** Full weight for ever: attributes (fit), and what is never forgotten (unsubscribed). */
    record None() implements Decay {
        @Override
        public double factor(double ageMillis) {
            return 1;
        }
    }

    /**
     * Exponential decay.
     *
     * @param halfLifeMillis the age at which half is left, milliseconds
     */
    record HalfLife(long halfLifeMillis) implements Decay {
        /** StrictMath, so that the same facts give the same millisecond on every machine. */
        @Override
        public double factor(double ageMillis) {
            return ageMillis == 0 ? 1 : StrictMath.pow(2, -ageMillis / halfLifeMillis);
        }
    }

    /**
     * The last days, in panes of local days of the company's zone: points end at the start of the local day that is
     * {@code days} days after their own.
     *
     * @param days number of days, today included
     */
    record Window(int days) implements Decay {

        /**
         * From when on points of this time no longer count, epoch milliseconds: when the local day {@code days} days
         * later begins. Where clocks set back make it begin twice, the second counts, so that the end is later than
         * the time itself and points that have ended do not come back.
         */
        public long endMillis(long timeMillis, ZoneId zone) {
            return Instant.ofEpochMilli(timeMillis)
                    .atZone(zone)
                    .toLocalDate()
                    .plusDays(days)
                    .atStartOfDay(zone)
                    .withLaterOffsetAtOverlap()
                    .toInstant()
                    .toEpochMilli();
        }

        @Override
        public double factor(double ageMillis) {
            return 1;
        }
    }
}
