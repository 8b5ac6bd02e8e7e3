package io.leadpulse.serving.metrics;

import io.leadpulse.domain.calendar.PeriodKind;
import java.time.LocalDate;
import java.util.List;

/**
 * What the managers' daily digest tells of the days up to yesterday, of the company. Sums of days are as they are known
 * now; what has no past (open deals, what waits) is as of now.
 *
 * @param keyDay the last working day of which it speaks
 * @param keyFigures the company's key metrics as of the end of yesterday; those of a day are of {@code keyDay}
 * @param days the days of which it speaks, the oldest first; of days without work only those on which something happened
 * @param standings how its goals in money stood at the end of yesterday, the shortest period first
 * @param waiting what waits for somebody now
 */
public record DayReport(
        LocalDate keyDay, List<KeyFigure> keyFigures, List<Day> days, List<Standing> standings, Waiting waiting) {
    public DayReport {
        keyFigures = List.copyOf(keyFigures);
        days = List.copyOf(days);
        standings = List.copyOf(standings);
    }

    /**
     * A day.
     *
     * @param wonMinor won less refunds, minor units
     * @param goalMinor the day's goal, minor units; null without one
     * @param wonDeals deals won
     * @param lostDeals deals lost
     * @param openedDeals deals opened
     * @param leads leads created
     * @param marketingQualified leads that were marketing-qualified
     * @param salesQualified leads that were sales-qualified
     * @param meetings meetings completed
     * @param demos demos held
     */
    public record Day(
            LocalDate day,
            long wonMinor,
            Long goalMinor,
            long wonDeals,
            long lostDeals,
            long openedDeals,
            long leads,
            long marketingQualified,
            long salesQualified,
            long meetings,
            long demos) {

        boolean isQuiet() {
            return wonMinor == 0
                    && wonDeals == 0
                    && lostDeals == 0
                    && openedDeals == 0
                    && leads == 0
                    && meetings == 0
                    && demos == 0;
        }
    }

    /**
     * How a goal in money stood.
     *
     * @param label what people call the period
     * @param wonMinor won in it, minor units
     * @param goalMinor its goal, minor units
     * @param aheadMinor won less what is usually won by then; null if that cannot be said
     * @param paceIndex won / that; null if that cannot be said
     * @param needs what the pace needs, in words; null if it can be said
     */
    public record Standing(
            PeriodKind kind,
            String label,
            long wonMinor,
            long goalMinor,
            Long aheadMinor,
            Double paceIndex,
            String needs) {}

    /**
     * What waits.
     *
     * @param stuck open alerts of stuck deals and leads
     * @param stuckCritical those of them that are critical
     * @param stuckMinor the amounts of their deals, minor units
     * @param unassigned leads to be worked on that nobody owns
     * @param repliesOwed leads that wait for our answer
     * @param handRaised leads that asked for us and were not contacted
     */
    public record Waiting(
            long stuck, long stuckCritical, long stuckMinor, long unassigned, long repliesOwed, long handRaised) {}
}
