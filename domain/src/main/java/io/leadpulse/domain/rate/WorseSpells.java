package io.leadpulse.domain.rate;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.rate.RateComparison.Verdict;
import java.util.Map;

/**
 * When a rate was found worse than before, and when it no longer was: looked at as each day begins, by {@link RateComparison}
 * of {@link RecentDays}. A pure function of the cases: each look is made with what is known today of then.
 *
 * <p>What has become worse once stays in the eight weeks that later weeks are compared with, so a spell ends by itself. The
 * same drop must not be found twice by a week that is a little better or worse: after its end nothing is found for
 * {@link #CALM_DAYS}. Of several spells the last is what is known.
 */
public final class WorseSpells {
    /** So many days are looked back: longer than a spell lasts. */
    public static final int LOOK_DAYS = 126;

    /** Days after a spell on which none begins: its week is over by then. */
    public static final int CALM_DAYS = RecentDays.DAYS_NOW;

    /** Days without a case at the beginning of those compared with by which something is new. */
    private static final int FIRST_DAYS = 7;
    /** What had a case so long before the eight weeks is known, and so not new. */
    private static final int KNOWN_DAYS = 56;

    private WorseSpells() {}

    /**
     * A time in which a rate was worse than before.
     *
     * @param raisedEpochDay the day at the beginning of which it was found
     * @param resolvedEpochDay the day at the beginning of which it was no longer so; {@link #LASTS} while it is
     * @param days the days that were compared when it was found; null for one that was found earlier than what is looked at
     * @param comparison by which it was found; null as {@code days}
     * @param isNew whether it was compared with all of its kind, as it was new
     */
    public record Spell(
            long raisedEpochDay, long resolvedEpochDay, RecentDays days, RateComparison comparison, boolean isNew) {
        /** Stands for "still". */
        public static final long LASTS = Long.MAX_VALUE;

        /** Whether it lasts at the beginning of a day. */
        public boolean contains(long epochDay) {
            return raisedEpochDay <= epochDay && epochDay < resolvedEpochDay;
        }
    }

    /** The first day of which a case matters for looks from a day on. */
    public static long firstCaseDay(BusinessCalendar calendar, Maturity maturity, long fromEpochDay) {
        return RecentDays.of(calendar, maturity, calendar.startOfDayMillis(fromEpochDay))
                        .beforeFromEpochDay()
                - KNOWN_DAYS;
    }

    /**
     * Looks at a rate. One that had no case in the first of the eight weeks, nor in the eight weeks before it, is new: it is
     * compared with all of its kind, since with itself it could not be compared for two months. What comes once a month is
     * not new each time.
     *
     * @param byDay its cases by the day on which they began, from {@link #firstCaseDay} on
     * @param all the cases of all of its kind; empty where a new one is compared with itself alone
     * @param calendar the company's, for its days
     * @param earlier what was found before {@code fromEpochDay}; null for nothing
     * @param fromEpochDay the first day on which it is looked at
     * @param today the last
     * @return the last spell; null when it never was worse
     */
    public static Spell of(
            Map<Long, Rate> byDay,
            Map<Long, Rate> all,
            BusinessCalendar calendar,
            Maturity maturity,
            Spell earlier,
            long fromEpochDay,
            long today) {
        long firstDay = firstCaseDay(calendar, maturity, fromEpochDay);
        Days days = new Days(byDay, firstDay, today);
        Days ofAll = all.isEmpty() ? days : new Days(all, firstDay, today);
        Spell last = earlier;
        for (long day = fromEpochDay; day <= today; day++) {
            RecentDays recent = RecentDays.of(calendar, maturity, calendar.startOfDayMillis(day));
            long beforeFrom = recent.beforeFromEpochDay();
            boolean isNew = !all.isEmpty()
                    && days.between(beforeFrom - KNOWN_DAYS, beforeFrom + FIRST_DAYS)
                                    .denominator()
                            == 0;
            RateComparison comparison = RateComparison.of(
                    (isNew ? ofAll : days).between(beforeFrom, recent.nowFromEpochDay()),
                    days.between(recent.nowFromEpochDay(), recent.endEpochDayExclusive()));
            boolean isWorse = comparison.verdict() == Verdict.WORSE;
            boolean lasts = last != null && last.resolvedEpochDay() == Spell.LASTS;
            if (lasts && !isWorse) {
                last = new Spell(last.raisedEpochDay(), day, last.days(), last.comparison(), last.isNew());
            } else if (!lasts && isWorse && (last == null || day >= last.resolvedEpochDay() + CALM_DAYS)) {
                last = new Spell(day, Spell.LASTS, recent, comparison, isNew);
            }
        }
        return last;
    }

    /** Cases added up from the first day on, so that any span of days is one subtraction. */
    private static final class Days {
        private final long firstDay;
        private final long[] successes;
        private final long[] cases;

        Days(Map<Long, Rate> byDay, long firstDay, long today) {
            this.firstDay = firstDay;
            int days = Math.toIntExact(today - firstDay) + 1;
            successes = new long[days + 1];
            cases = new long[days + 1];
            for (int i = 0; i < days; i++) {
                Rate rate = byDay.getOrDefault(firstDay + i, Rate.NONE);
                successes[i + 1] = successes[i] + rate.numerator();
                cases[i + 1] = cases[i] + rate.denominator();
            }
        }

        Rate between(long fromDay, long untilDay) {
            int from = Math.toIntExact(fromDay - firstDay);
            int until = Math.toIntExact(untilDay - firstDay);
            return new Rate(successes[until] - successes[from], cases[until] - cases[from]);
        }
    }
}
