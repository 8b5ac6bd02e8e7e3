package io.leadpulse.domain.activity;

import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.figure.RealFigure;
import io.leadpulse.domain.rate.Rate;

/**
 * What a kind of activity brings: new opportunities, or moves to the next stage, within 14 days of it.
 *
 * <p>Counted are activities older than the 14 days and what followed within them; one activity can bring more than one
 * thing, and one thing can follow several activities, so this is no proportion and has no Wilson interval. Counts can
 * be added and taken away in any order.
 *
 * @param brought things brought, 0 or more
 * @param done activities done, 0 or more
 * @param spentMillis time spent on them: the sum over persons of the union of their intervals; milliseconds, 0 or more
 */
public record Yield(long brought, long done, long spentMillis) {

    /** Nothing done. */
    public static final Yield NONE = new Yield(0, 0, 0);

    /** What is brought is that of so many days. */
    public static final int WITHIN_DAYS = 14;

    private static final double HUNDRED = 100;
    private static final double HOUR_MILLIS = 3_600_000;

    /** Refuses negative counts with an {@link IllegalArgumentException}: more was taken away than there was. */
    public Yield {
        if (brought < 0 || done < 0 || spentMillis < 0) {
            throw new IllegalArgumentException(
                    brought + " brought by " + done + " in " + spentMillis + " ms: no count is negative");
        }
    }

    /** Both together. */
    public Yield plus(Yield other) {
        return new Yield(
                Math.addExact(brought, other.brought),
                Math.addExact(done, other.done),
                Math.addExact(spentMillis, other.spentMillis));
    }

    /** What is left without these. */
    public Yield minus(Yield other) {
        return new Yield(
                Math.subtractExact(brought, other.brought),
                Math.subtractExact(done, other.done),
                Math.subtractExact(spentMillis, other.spentMillis));
    }

    /** Brought per 100 done; needs one done. */
    public RealFigure per100Done() {
        return done == 0 ? RealFigure.lacking(LackKind.NOTHING_DONE) : RealFigure.of(brought * HUNDRED / done);
    }

    /** Brought per hour spent; needs time spent. */
    public RealFigure perHour() {
        return spentMillis == 0
                ? RealFigure.lacking(LackKind.NO_TIME_SPENT)
                : RealFigure.of(brought * HOUR_MILLIS / spentMillis);
    }

    /** Brought per 100 done where there are enough for a ranking, else what it needs. */
    public RealFigure ranked() {
        Lack lack = Lack.unless(LackKind.TOO_FEW_CASES, done, Rate.GREY_BELOW);
        return lack == null ? per100Done() : RealFigure.lacking(lack);
    }
}
