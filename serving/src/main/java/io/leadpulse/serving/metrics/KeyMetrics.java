package io.leadpulse.serving.metrics;

import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.domain.figure.WholeFigure;
import io.leadpulse.domain.goal.GoalMeasure;
import io.leadpulse.domain.goal.GoalProgress;
import io.leadpulse.domain.goal.GoalStanding;
import io.leadpulse.domain.goal.PeriodSales;
import io.leadpulse.domain.goal.Velocity;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.schemas.config.KeyMetric;
import java.util.Locale;

/** The few numbers that the company steers by, each with its goal or limit, or with what it needs to be shown. */
final class KeyMetrics {
    private static final String MONEY = "money";
    private static final String RATIO = "ratio";
    private static final String SECONDS = "seconds";
    private static final String COUNT = "count";
    private static final String MONEY_PER_DAY = "money_per_day";
    private static final String NEEDS_GOAL = "a goal";
    private static final String NEEDS_STORE = "PostgreSQL";

    /** A number, or what it needs. */
    private record Figure(String unit, Double value, Double target, String needs) {
        static Figure of(String unit, Double value) {
            return new Figure(unit, value, null, null);
        }

        static Figure missing(String unit, String needs) {
            return new Figure(unit, null, null, needs);
        }

        Figure against(Double newTarget) {
            return new Figure(unit, value, newTarget, needs);
        }
    }

    private final Moment moment;
    private final AlertBook alerts;
    private final LeadCounts.Counts counts;

    KeyMetrics(Moment moment, AlertBook alerts, LeadCounts.Counts counts) {
        this.moment = moment;
        this.alerts = alerts;
        this.counts = counts;
    }

    void collect(Samples out) {
        for (KeyMetric metric : moment.config().keyMetrics()) {
            String name = metric.name().toLowerCase(Locale.ROOT);
            Figure figure = figure(metric);
            out.add(Family.KEY_METRIC, figure.value(), name, metric.title(), figure.unit());
            out.add(Family.KEY_METRIC_TARGET, figure.target(), name, metric.title(), figure.unit());
            if (figure.needs() != null) {
                out.add(Family.KEY_METRIC_NEEDS, 1, name, figure.needs());
            }
        }
    }

    private Figure figure(KeyMetric metric) {
        return switch (metric) {
            case SALES_TODAY -> salesToday();
            case WEEK_ATTAINMENT -> attainment(PeriodKind.WEEK);
            case MONTH_ATTAINMENT -> attainment(PeriodKind.MONTH);
            case QUARTER_ATTAINMENT -> attainment(PeriodKind.QUARTER);
            case YEAR_ATTAINMENT -> attainment(PeriodKind.YEAR);
            case PACE -> pace();
            case OPEN_PIPELINE ->
                Figure.of(MONEY, moment.money(moment.sums(Scope.COMPANY).now(Measure.OPEN_AMOUNT, "")));
            case PIPELINE_VELOCITY -> velocity();
            case WIN_RATE -> ratio(trailing().winRate(), "deals closed in the last 90 days");
            case SALES_CYCLE -> salesCycle();
            case LEAD_TO_SQL_RATE ->
                counts == null
                        ? Figure.missing(RATIO, NEEDS_STORE)
                        : ratio(counts.leadToSalesQualified(), "leads created more than 30 days ago");
            case LEAD_TO_SALE_RATE ->
                ratio(
                        moment.book().leadToSale(moment.sums(Scope.COMPANY), moment.nowMillis()),
                        "leads created more than 90 days ago");
            case FIRST_CONTACT_TIME -> firstContact();
            case STUCK_LEADS -> Figure.of(COUNT, (double) alerts.count("stuck")).against(0.0);
        };
    }

    private Figure salesToday() {
        Double won =
                moment.money(moment.sums(Scope.COMPANY).sumOver(Measure.WON_AMOUNT, moment.current(PeriodKind.DAY)));
        GoalProgress goal = moneyGoal(PeriodKind.DAY);
        return Figure.of(MONEY, won)
                .against(goal == null ? null : moment.money(goal.goal().value()));
    }

    private Figure attainment(PeriodKind kind) {
        GoalProgress goal = moneyGoal(kind);
        if (goal == null) {
            return Figure.missing(RATIO, NEEDS_GOAL);
        }
        Figure figure = goal.attainment().value() == null
                ? Figure.missing(RATIO, goal.attainment().lack().text())
                : Figure.of(RATIO, goal.attainment().value());
        return figure.against(1.0);
    }

    /** How far ahead of the month's expectation, as money. */
    private Figure pace() {
        GoalProgress goal = moneyGoal(PeriodKind.MONTH);
        if (goal == null) {
            return Figure.missing(MONEY, NEEDS_GOAL);
        }
        WholeFigure ahead = goal.ahead();
        Lack lack = goal.paceIndex().lack() == null
                ? ahead.lack()
                : goal.paceIndex().lack();
        Figure figure = lack == null && ahead.value() != null
                ? Figure.of(MONEY, moment.money(ahead.value()))
                : Figure.missing(MONEY, lack == null ? NEEDS_GOAL : lack.text());
        return figure.against(0.0);
    }

    private Figure velocity() {
        Velocity velocity = SalesMetrics.velocity(moment, Scope.COMPANY);
        return velocity.lack() == null
                ? Figure.of(MONEY_PER_DAY, moment.money(velocity.minorPerDay()))
                : Figure.missing(MONEY_PER_DAY, velocity.lack().text());
    }

    private Figure salesCycle() {
        return trailing().wonCount() == 0
                ? Figure.missing(SECONDS, "deals won in the last 90 days")
                : Figure.of(SECONDS, SalesMetrics.cycleMeanSeconds(trailing()));
    }

    private Figure firstContact() {
        if (counts == null) {
            return Figure.missing(SECONDS, NEEDS_STORE);
        }
        return counts.firstContactMedianSeconds() == null
                ? Figure.missing(SECONDS, "leads contacted in the last 90 days")
                : Figure.of(SECONDS, counts.firstContactMedianSeconds().doubleValue());
    }

    private static Figure ratio(Ratio ratio, String needs) {
        return ratio.denominator() <= 0
                ? Figure.missing(RATIO, needs)
                : Figure.of(RATIO, (double) ratio.numerator() / ratio.denominator());
    }

    private PeriodSales trailing() {
        return moment.trailing(Scope.COMPANY);
    }

    private GoalProgress moneyGoal(PeriodKind kind) {
        for (GoalStanding standing : moment.standings(Scope.COMPANY, kind)) {
            if (standing.line().measure() == GoalMeasure.WON_AMOUNT) {
                return standing.progress();
            }
        }
        return null;
    }
}
