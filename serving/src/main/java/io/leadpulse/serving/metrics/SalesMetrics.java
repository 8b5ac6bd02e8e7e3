package io.leadpulse.serving.metrics;

import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.goal.PeriodSales;
import io.leadpulse.domain.goal.Velocity;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.pipeline.GrowthToDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What was sold: in the periods that it is, and in the trailing 90 days. */
final class SalesMetrics {
    /** The periods that metrics tell. */
    static final Set<PeriodKind> PERIODS = EnumSet.range(PeriodKind.DAY, PeriodKind.YEAR);

    private static final double MILLIS_PER_SECOND = 1_000;
    /** A day has no business day like it in the day before, and of years two are rarely there. */
    private static final Set<PeriodKind> GROWING = EnumSet.of(PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER);

    /** Longer overdue, and an open deal does not count for the velocity. */
    private static final int OVERDUE_DAYS = 90;

    private static final List<String> PUSHED = List.of("1", "2", "3");

    private static final Set<Family> IN_PERIOD = EnumSet.of(
            Family.SALES_WON_MONEY, Family.SALES_WON_DEALS, Family.SALES_LOST_DEALS, Family.SALES_OPENED_DEALS);
    private static final Set<Family> GROWTH = EnumSet.of(Family.SALES_WON_BEFORE_MONEY, Family.SALES_GROWTH_RATIO);
    private static final Set<Family> TRAILING = EnumSet.range(Family.TRAILING_WIN_RATE_RATIO, Family.OPEN_DEALS_PUSHED);

    private SalesMetrics() {}

    static void collect(Moment moment, Samples out) {
        for (PeriodKind kind : PERIODS) {
            out.add(
                    Family.PERIOD_START_TIMESTAMP_SECONDS,
                    moment.startMillis(kind) / MILLIS_PER_SECOND,
                    kind.wireName(),
                    moment.label(kind));
        }
        if (out.wantsAny(IN_PERIOD)) {
            moment.scopes().forEach((scope, at) -> PERIODS.forEach(kind -> inPeriod(moment, scope, at, kind, out)));
        }
        if (out.wantsAny(GROWTH)) {
            moment.scopes().forEach((scope, at) -> GROWING.forEach(kind -> growth(moment, scope, at, kind, out)));
        }
        if (out.wantsAny(TRAILING)) {
            moment.scopes().forEach((scope, at) -> trailing(moment, scope, at, out));
        }
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
        ScopeBook sums = moment.sums(scope);
        out.add(Family.PIPELINE_VELOCITY_OPEN_DEALS, countedOpenDeals(moment, sums), labels);
        out.add(Family.OPEN_DEALS_OVERDUE, sums.openDueBefore(moment.today()), at.level(), at.team(), at.rep(), "1");
        out.add(
                Family.OPEN_DEALS_OVERDUE,
                sums.openDueBefore(moment.today() - OVERDUE_DAYS),
                at.level(),
                at.team(),
                at.rep(),
                String.valueOf(OVERDUE_DAYS));
        for (String times : PUSHED) {
            out.add(
                    Family.OPEN_DEALS_PUSHED,
                    sums.now(Measure.OPEN_PUSHED_COUNT, times),
                    at.level(),
                    at.team(),
                    at.rep(),
                    times);
        }
        out.add(
                Family.PIPELINE_VELOCITY_MONEY_PER_DAY,
                moment.money(velocity(moment, scope).minorPerDay()),
                labels);
    }

    private static void growth(Moment moment, String scope, ScopeLabels at, PeriodKind kind, Samples out) {
        ScopeBook sums = moment.sums(scope);
        String[] labels = {at.level(), at.team(), at.rep(), kind.wireName()};
        long before = sums.wonBetween(
                moment.previous(kind).startEpochDay(), moment.likeInstantMillis(kind), moment.directory());
        GrowthToDate growth = GrowthToDate.of(sums.sumOver(Measure.WON_AMOUNT, moment.current(kind)), before);
        out.add(Family.SALES_WON_BEFORE_MONEY, moment.money(growth.before()), labels);
        out.add(Family.SALES_GROWTH_RATIO, growth.growth().value(), labels);
    }

    static double cycleMeanSeconds(PeriodSales sales) {
        return sales.cycleSumMillis() / MILLIS_PER_SECOND / sales.wonCount();
    }

    static Velocity velocity(Moment moment, String scope) {
        return Velocity.of(countedOpenDeals(moment, moment.sums(scope)), moment.trailing(scope));
    }

    private static long countedOpenDeals(Moment moment, ScopeBook sums) {
        return sums.now(Measure.OPEN_COUNT, "") - sums.openDueBefore(moment.today() - OVERDUE_DAYS);
    }

    static Velocity companyVelocity(Moment moment) {
        return velocity(moment, Scope.COMPANY);
    }
}
