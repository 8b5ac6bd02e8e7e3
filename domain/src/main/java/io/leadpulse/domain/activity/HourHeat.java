package io.leadpulse.domain.activity;

import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.figure.WholeFigure;
import io.leadpulse.domain.rate.Rate;
import java.time.DayOfWeek;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When people are reached: attempts and how many of them reached somebody, by weekday and hour.
 *
 * <p>Counts can be added and taken away in any order. There are at most 168 cells.
 *
 * @param cells reached of attempts, by hour of the week; cells without an attempt are left out
 */
public record HourHeat(SortedMap<WeekHour, Rate> cells) {

    /** A lead's usual hour needs so many answers. */
    public static final int MIN_ANSWERS = 3;

    /** No attempt. */
    public static final HourHeat EMPTY = new HourHeat(new TreeMap<>());

    /** Higher rate first; of equal ones that with more attempts. */
    private static final Comparator<Rate> BY_RATE = Comparator.comparingDouble(
                    (Rate rate) -> (double) rate.numerator() / rate.denominator())
            .thenComparingLong(Rate::denominator);

    /** Copies the cells. */
    public HourHeat {
        SortedMap<WeekHour, Rate> copy = new TreeMap<>(cells);
        copy.values().removeIf(Rate.NONE::equals);
        cells = Collections.unmodifiableSortedMap(copy);
    }

    /** With one attempt more. */
    public HourHeat plus(WeekHour at, boolean reached) {
        return with(at, cell(at).plus(new Rate(reached ? 1 : 0, 1)));
    }

    /** With one attempt less, which had been added just so. */
    public HourHeat minus(WeekHour at, boolean reached) {
        return with(at, cell(at).minus(new Rate(reached ? 1 : 0, 1)));
    }

    /** What was reached in an hour of the week; {@link Rate#NONE} without an attempt. */
    public Rate cell(WeekHour at) {
        return cells.getOrDefault(at, Rate.NONE);
    }

    /** What was reached in an hour of the day, on all weekdays together. */
    public Rate hour(int hour) {
        Rate sum = Rate.NONE;
        for (Map.Entry<WeekHour, Rate> cell : cells.entrySet()) {
            if (cell.getKey().hour() == hour) {
                sum = sum.plus(cell.getValue());
            }
        }
        return sum;
    }

    /** What was reached on a weekday, at all hours together. */
    public Rate day(DayOfWeek day) {
        Rate sum = Rate.NONE;
        for (Map.Entry<WeekHour, Rate> cell : cells.entrySet()) {
            if (cell.getKey().day() == day) {
                sum = sum.plus(cell.getValue());
            }
        }
        return sum;
    }

    /**
     * The hour of the week with the highest rate among those with enough attempts for a ranking; of equal ones that with
     * more attempts, then the earlier in the week, which begins on Monday.
     */
    public Optional<WeekHour> best() {
        WeekHour best = null;
        for (Map.Entry<WeekHour, Rate> cell : cells.entrySet()) {
            if (!cell.getValue().isGrey() && (best == null || BY_RATE.compare(cell.getValue(), cell(best)) > 0)) {
                best = cell.getKey();
            }
        }
        return Optional.ofNullable(best);
    }

    /** The hour of the day with the highest rate, 0..23, ranked alike; or how many attempts one of them needs. */
    public WholeFigure bestHour() {
        int best = -1;
        long most = 0;
        for (int hour = 0; hour < WeekHour.HOURS; hour++) {
            Rate rate = hour(hour);
            most = Math.max(most, rate.denominator());
            if (!rate.isGrey() && (best < 0 || BY_RATE.compare(rate, hour(best)) > 0)) {
                best = hour;
            }
        }
        return best < 0
                ? WholeFigure.lacking(new Lack(LackKind.TOO_FEW_CASES, (long) Rate.GREY_BELOW, most))
                : WholeFigure.of(best);
    }

    /**
     * The hour of the day, 0..23, at which one lead usually answers: that with most answers; of equal ones the earlier.
     * Attempts without an answer do not matter. Needs {@link #MIN_ANSWERS} answers.
     */
    public WholeFigure usualAnswerHour() {
        long[] byHour = new long[WeekHour.HOURS];
        for (Map.Entry<WeekHour, Rate> cell : cells.entrySet()) {
            byHour[cell.getKey().hour()] += cell.getValue().numerator();
        }
        long answers = 0;
        int usual = 0;
        for (int hour = 0; hour < WeekHour.HOURS; hour++) {
            answers += byHour[hour];
            if (byHour[hour] > byHour[usual]) {
                usual = hour;
            }
        }
        Lack lack = Lack.unless(LackKind.TOO_FEW_ANSWERS, answers, MIN_ANSWERS);
        return lack == null ? WholeFigure.of(usual) : WholeFigure.lacking(lack);
    }

    private HourHeat with(WeekHour at, Rate rate) {
        SortedMap<WeekHour, Rate> changed = new TreeMap<>(cells);
        changed.put(at, rate);
        return new HourHeat(changed);
    }
}
