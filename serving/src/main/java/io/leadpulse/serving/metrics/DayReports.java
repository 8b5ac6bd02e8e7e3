package io.leadpulse.serving.metrics;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.goal.GoalLine;
import io.leadpulse.domain.goal.GoalMeasure;
import io.leadpulse.domain.goal.GoalProgress;
import io.leadpulse.domain.goal.GoalStanding;
import io.leadpulse.domain.goal.ResolvedGoal;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.KeyMetric;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts together what the daily digest tells, from what is in memory. */
final class DayReports {
    private static final List<PeriodKind> STANDINGS =
            List.of(PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR);
    private static final String CRITICAL = "critical";
    private static final String STUCK = "stuck";

    private final Directory directory;
    private final SumBook sums;
    private final AlertBook alerts;
    private final LeadCounts.Counts counts;
    private final Map<KeyMetric, KeySums.Sum> keySums;
    private final BusinessCalendar calendar;

    DayReports(
            Directory directory,
            SumBook sums,
            AlertBook alerts,
            LeadCounts.Counts counts,
            Map<KeyMetric, KeySums.Sum> keySums) {
        this.directory = directory;
        this.sums = sums;
        this.alerts = alerts;
        this.counts = counts;
        this.keySums = keySums;
        this.calendar = directory.companyCalendar();
    }

    /**
     * The report.
     *
     * @param fromEpochDay first day of which it speaks
     * @param todayEpochDay the day after the last
     */
    DayReport report(long fromEpochDay, long todayEpochDay) {
        Moment yesterday = Moment.atEndOf(todayEpochDay - 1, directory, sums);
        long workingDay = todayEpochDay - 1;
        while (workingDay > fromEpochDay && calendar.businessMillisOfDay(workingDay) == 0) {
            workingDay--;
        }
        List<DayReport.Day> days = new ArrayList<>();
        for (long each = fromEpochDay; each < todayEpochDay; each++) {
            DayReport.Day day = day(each);
            if (calendar.businessMillisOfDay(each) > 0 || !day.isQuiet() || each == workingDay) {
                days.add(day);
            }
        }
        return new DayReport(
                LocalDate.ofEpochDay(workingDay),
                new KeyMetrics(
                                yesterday,
                                Moment.atEndOf(workingDay, directory, sums),
                                Moment.atStartOf(todayEpochDay, directory, sums),
                                alerts,
                                counts,
                                keySums)
                        .figures(),
                days,
                standings(yesterday),
                waiting());
    }

    private DayReport.Day day(long epochDay) {
        Moment at = Moment.atEndOf(epochDay, directory, sums);
        Period period = at.current(PeriodKind.DAY);
        ScopeBook company = at.sums(Scope.COMPANY);
        Long goalMinor = at.book()
                .resolve(Scope.COMPANY, GoalLine.MONEY, period, company, at.nowMillis())
                .map(ResolvedGoal::amount)
                .orElse(null);
        return new DayReport.Day(
                LocalDate.ofEpochDay(epochDay),
                company.sumOver(Measure.WON_AMOUNT, period),
                goalMinor,
                company.sumOver(Measure.WON_COUNT, period),
                company.sumOver(Measure.LOST_COUNT, period),
                company.sumOver(Measure.OPENED_COUNT, period),
                company.sumOver(Measure.LEADS_CREATED, period),
                company.sumOver(Measure.LEADS_MARKETING_QUALIFIED, period),
                company.sumOver(Measure.LEADS_SALES_QUALIFIED, period),
                company.sumOver(Measure.ACTIVITIES, EventKind.MEETING_COMPLETED.wireName(), period),
                company.sumOver(Measure.ACTIVITIES, EventKind.DEMO_HELD.wireName(), period));
    }

    private static List<DayReport.Standing> standings(Moment at) {
        List<DayReport.Standing> standings = new ArrayList<>();
        for (PeriodKind kind : STANDINGS) {
            for (GoalStanding standing : at.standings(Scope.COMPANY, kind)) {
                GoalProgress goal = standing.progress();
                if (standing.line().measure() == GoalMeasure.WON_AMOUNT
                        && goal.goal().value() != null) {
                    standings.add(standing(at, kind, goal));
                }
            }
        }
        return standings;
    }

    private static DayReport.Standing standing(Moment at, PeriodKind kind, GoalProgress goal) {
        boolean isSaid = goal.paceIndex().value() != null && goal.ahead().value() != null;
        return new DayReport.Standing(
                kind,
                at.label(kind),
                goal.won(),
                goal.goal().value(),
                isSaid ? goal.ahead().value() : null,
                isSaid ? goal.paceIndex().value() : null,
                isSaid || goal.paceIndex().lack() == null
                        ? null
                        : goal.paceIndex().lack().text());
    }

    private DayReport.Waiting waiting() {
        return new DayReport.Waiting(
                alerts.count(STUCK),
                alerts.count(STUCK, CRITICAL),
                alerts.amountMinor(STUCK),
                LeadCounts.count(counts.waiting(), "unassigned"),
                LeadCounts.count(counts.waiting(), "reply_owed"),
                LeadCounts.count(counts.waiting(), "hand_raised"));
    }
}
