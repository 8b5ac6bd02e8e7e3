package io.leadpulse.serving.metrics;

import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.goal.PeriodSales;
import io.leadpulse.domain.goal.Velocity;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import java.util.EnumSet;
import java.util.Set;

/** What was sold: in the periods that it is, and in the trailing 90 days. */
final class SalesMetrics {
    /** The periods that metrics tell. */
    static final Set<PeriodKind> PERIODS = EnumSet.range(PeriodKind.DAY, PeriodKind.YEAR);

    private static final double MILLIS_PER_SECOND = 1_000;
    /** Longer overdue, and an open deal does not count for the velocity. */
    private static final int OVERDUE_DAYS = 90;

    private SalesMetrics() {}

    static void collect(Moment moment, Samples out) {
        for (PeriodKind kind : PERIODS) {
            out.add(
                    Family.PERIOD_START_TIMESTAMP_SECONDS,
                    moment.startMillis(kind) / MILLIS_PER_SECOND,
                    kind.wireName(),
                    moment.label(kind));
        }
        moment.scopes().forEach((scope, labels) -> {
            for (PeriodKind kind : PERIODS) {
                inPeriod(moment, scope, labels, kind, out);
            }
            trailing(moment, scope, labels, out);
        });
    }

    private static void inPeriod(Moment moment, String scope, ScopeLabels at, PeriodKind kind, Samples out) {
        ScopeBook sums = moment.sums(scope);
        var period = moment.current(kind);
        String[] labels = {at.level(), at.team(), at.rep(), kind.wireName()};
        out.add(Family.SALES_WON_MONEY, moment.money(sums.sumOver(Measure.WON_AMOUNT, period)), labels);
        out.add(Family.SALES_WON_DEALS, sums.sumOver(Measure.WON_COUNT, period), labels);
        out.add(Family.SALES_LOST_DEALS, sums.sumOver(Measure.LOST_COUNT, period), labels);
        out.add(Family.SALES_OPENED_DEALS, sums.sumOver(Measure.OPENED_COUNT, period), labels);
    }

    private static void trailing(Moment moment, String scope, ScopeLabels at, Samples out) {
        PeriodSales sales = moment.trailing(scope);
        String[] labels = {at.level(), at.team(), at.rep()};
        if (sales.wonCount() + sales.lostCount() > 0) {
            out.add(
                    Family.TRAILING_WIN_RATE_RATIO,
                    (double) sales.wonCount() / (sales.wonCount() + sales.lostCount()),
                    labels);
        }
        if (sales.wonCount() > 0) {
            out.add(Family.TRAILING_CYCLE_MEAN_SECONDS, cycleMeanSeconds(sales), labels);
            out.add(
                    Family.TRAILING_WON_MEAN_MONEY,
                    moment.money((double) sales.wonDealAmountMinor() / sales.wonCount()),
                    labels);
        }
        out.add(
                Family.PIPELINE_VELOCITY_MONEY_PER_DAY,
                moment.money(velocity(moment, scope).minorPerDay()),
                labels);
    }

    static double cycleMeanSeconds(PeriodSales sales) {
        return sales.cycleSumMillis() / MILLIS_PER_SECOND / sales.wonCount();
    }

    static Velocity velocity(Moment moment, String scope) {
        ScopeBook sums = moment.sums(scope);
        long open = sums.now(Measure.OPEN_COUNT, "") - sums.openDueBefore(moment.today() - OVERDUE_DAYS);
        return Velocity.of(open, moment.trailing(scope));
    }

    static Velocity companyVelocity(Moment moment) {
        return velocity(moment, Scope.COMPANY);
    }
}
