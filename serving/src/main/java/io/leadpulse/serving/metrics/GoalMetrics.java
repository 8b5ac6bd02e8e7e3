package io.leadpulse.serving.metrics;

import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.RatioFigure;
import io.leadpulse.domain.figure.WholeFigure;
import io.leadpulse.domain.goal.GoalMeasure;
import io.leadpulse.domain.goal.GoalProgress;
import io.leadpulse.domain.goal.GoalStanding;
import io.leadpulse.domain.goal.ShareAt;
import io.leadpulse.domain.goal.ShareBasis;
import java.util.EnumSet;
import java.util.Set;

/** How the goals of the present periods stand, and what each number that is not shown needs. */
final class GoalMetrics {
    private static final Set<Family> FAMILIES = EnumSet.range(Family.GOAL, Family.GOAL_NEEDS);

    private GoalMetrics() {}

    static void collect(Moment moment, Samples out) {
        if (!out.wantsAny(FAMILIES)) {
            return;
        }
        moment.scopes().forEach((scope, labels) -> {
            for (PeriodKind kind : SalesMetrics.PERIODS) {
                for (GoalStanding standing : moment.standings(scope, kind)) {
                    new Series(moment, labels, kind, standing, out).collect();
                }
            }
        });
    }

    /** The series of one goal. */
    private record Series(Moment moment, ScopeLabels at, PeriodKind kind, GoalStanding standing, Samples out) {
        void collect() {
            GoalProgress goal = standing.progress();
            quantity(Family.GOAL, "goal", goal.goal());
            out.add(Family.GOAL_ACHIEVED, inUnit(goal.won()), labels());
            ratio(Family.GOAL_ATTAINMENT_RATIO, "attainment", goal.attainment());
            quantity(Family.GOAL_EXPECTED, "expected", goal.expected());
            quantity(Family.GOAL_AHEAD, "ahead", goal.ahead());
            ratio(Family.GOAL_PACE_RATIO, "pace", goal.paceIndex());
            quantity(Family.GOAL_PROJECTION, "projection", goal.projection());
            quantity(Family.GOAL_REQUIRED_PER_BUSINESS_DAY, "required_per_business_day", goal.requiredPerBusinessDay());
            out.add(Family.GOAL_BUSINESS_DAYS_LEFT, goal.businessDaysLeft(), labels());
            count(Family.GOAL_DEALS_NEEDED, "deals_needed", goal.dealsNeeded());
            count(Family.GOAL_OPPORTUNITIES_NEEDED, "opportunities_needed", goal.opportunitiesNeeded());
            out.add(Family.GOAL_OPPORTUNITIES_OPEN, goal.openOpportunitiesDue(), labels());
            count(Family.GOAL_LEADS_NEEDED, "leads_needed", goal.leadsNeeded());
            quantity(Family.GOAL_LANDING, "landing", standing.landing());
            ShareAt share = goal.share();
            if (share != null) {
                out.add(Family.GOAL_EXPECTED_SHARE_RATIO, share.share(), labels());
                out.add(Family.GOAL_IS_LINEAR, share.basis() == ShareBasis.LIKE_PERIODS ? 0 : 1, labels());
            }
        }

        private void quantity(Family family, String number, WholeFigure figure) {
            out.add(family, figure.value() == null ? null : inUnit(figure.value()), labels());
            needs(number, figure.lack());
        }

        private void count(Family family, String number, WholeFigure figure) {
            out.add(family, figure.value(), labels());
            needs(number, figure.lack());
        }

        private void ratio(Family family, String number, RatioFigure figure) {
            out.add(family, figure.value(), labels());
            needs(number, figure.lack());
        }

        private void needs(String number, Lack lack) {
            if (lack != null) {
                out.add(
                        Family.GOAL_NEEDS,
                        1,
                        at.level(),
                        at.team(),
                        at.rep(),
                        kind.wireName(),
                        measure(),
                        number,
                        lack.text());
            }
        }

        private Double inUnit(long quantity) {
            return standing.line().measure() == GoalMeasure.WON_AMOUNT ? moment.money(quantity) : (double) quantity;
        }

        private String measure() {
            return standing.line().wireName();
        }

        private String[] labels() {
            return new String[] {at.level(), at.team(), at.rep(), kind.wireName(), measure()};
        }
    }
}
