package io.leadpulse.domain.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.domain.figure.RatioFigure;
import io.leadpulse.domain.figure.WholeFigure;
import org.junit.jupiter.api.Test;

class GoalProgressTest {
    private static final long DAY = 86_400_000L;
    /** 90,000.00 from 36 deals: 2,500.00 each. */
    private static final Ratio MEAN = new Ratio(9_000_000, 36);

    private static final Ratio WIN_RATE = new Ratio(36, 144);
    private static final Ratio LEAD_TO_SALE = new Ratio(3, 100);

    private static ShareAt share(double share) {
        return new ShareAt(share, 1L, 2L, 6, ShareBasis.LIKE_PERIODS);
    }

    private static GoalProgress progress(long won, Long goal, ShareAt share) {
        return progress(GoalMeasure.WON_AMOUNT, won, goal, share, MEAN, WIN_RATE, LEAD_TO_SALE);
    }

    private static GoalProgress progress(
            GoalMeasure measure, long won, Long goal, ShareAt share, Ratio mean, Ratio winRate, Ratio leadToSale) {
        return GoalProgress.of(new GoalSituation(
                measure, PeriodKind.MONTH, won, goal, share, 9.5, 13 * DAY, mean, winRate, 30, leadToSale, 12 * DAY));
    }

    private static GoalProgress late(PeriodKind kind, ShareAt share, double businessDaysLeft, Long medianMillis) {
        return GoalProgress.of(new GoalSituation(
                GoalMeasure.WON_AMOUNT,
                kind,
                100,
                1_000L,
                share,
                businessDaysLeft,
                12 * DAY,
                MEAN,
                WIN_RATE,
                30,
                LEAD_TO_SALE,
                medianMillis));
    }

    @Test
    void everyNumberOfAnOrdinaryMonth() {
        GoalProgress progress = progress(4_874_000, 10_000_000L, share(0.5));
        assertThat(progress.attainment()).isEqualTo(new RatioFigure(0.4874, 4_874_000L, 10_000_000L, null));
        assertThat(progress.gap().value()).isEqualTo(5_126_000);
        assertThat(progress.expected().value()).isEqualTo(5_000_000);
        assertThat(progress.ahead().value()).isEqualTo(-126_000);
        assertThat(progress.paceIndex().value()).isCloseTo(0.9748, within(1e-12));
        assertThat(progress.projection().value()).isEqualTo(9_748_000);
        assertThat(progress.requiredPerBusinessDay().value()).isEqualTo(539_579); // 5,126,000 / 9.5
        assertThat(progress.dealsNeeded().value()).isEqualTo(21); // 20.504
        assertThat(progress.opportunitiesNeeded().value()).isEqualTo(84);
        assertThat(progress.opportunitiesMissing().value()).isEqualTo(54);
        assertThat(progress.leadsNeeded().value()).isEqualTo(700);
    }

    @Test
    void exactDivisionsAreNotRoundedUp() {
        GoalProgress progress = progress(0, 500_000L, share(0.5));
        assertThat(progress.dealsNeeded().value()).isEqualTo(2);
        assertThat(progress.opportunitiesNeeded().value()).isEqualTo(8);
        assertThat(progress.opportunitiesMissing().value()).isZero();
    }

    @Test
    void aReachedGoalNeedsNothingMoreAndHasANegativeGap() {
        GoalProgress progress =
                progress(GoalMeasure.WON_AMOUNT, 1_200, 1_000L, share(0.5), Ratio.NONE, Ratio.NONE, Ratio.NONE);
        assertThat(progress.gap().value()).isEqualTo(-200);
        assertThat(progress.attainment().value()).isEqualTo(1.2);
        assertThat(progress.requiredPerBusinessDay().value()).isZero();
        assertThat(progress.dealsNeeded().value()).isZero();
        assertThat(progress.opportunitiesNeeded().value()).isZero();
        assertThat(progress.leadsNeeded().value()).isZero();
    }

    @Test
    void withoutAGoalOnlyTheProjectionCanBeSaid() {
        GoalProgress progress = progress(500, null, share(0.5));
        assertThat(progress.projection().value()).isEqualTo(1_000);
        assertThat(progress.attainment().lack().kind()).isEqualTo(LackKind.NO_GOAL);
        assertThat(progress.attainment().value()).isNull();
        for (WholeFigure figure : new WholeFigure[] {
            progress.goal(),
            progress.gap(),
            progress.expected(),
            progress.ahead(),
            progress.requiredPerBusinessDay(),
            progress.dealsNeeded(),
            progress.opportunitiesNeeded(),
            progress.opportunitiesMissing(),
            progress.leadsNeeded()
        }) {
            assertThat(figure).isEqualTo(WholeFigure.lacking(LackKind.NO_GOAL));
        }
    }

    @Test
    void underTenPercentExpectedThereIsNoPaceAndNoProjection() {
        GoalProgress progress = progress(500, 10_000L, share(0.0999));
        assertThat(progress.expected().value()).isEqualTo(999);
        assertThat(progress.ahead().value()).isNull();
        assertThat(progress.paceIndex().value()).isNull();
        assertThat(progress.projection().value()).isNull();
        assertThat(progress.projection().lack().text()).isEqualTo("10 % expected so far, has 9 %");

        GoalProgress enough = progress(500, 10_000L, share(0.10));
        assertThat(enough.ahead().value()).isEqualTo(-500);
        assertThat(enough.paceIndex().value()).isCloseTo(0.5, within(1e-12));
        assertThat(enough.projection().value()).isEqualTo(5_000);
    }

    @Test
    void withoutBusinessTimeThereIsNoPaceNoProjectionAndNothingRequired() {
        GoalProgress progress = late(PeriodKind.DAY, null, 0, 12 * DAY);
        assertThat(progress.attainment().value()).isEqualTo(0.1);
        assertThat(progress.expected().lack().kind()).isEqualTo(LackKind.NO_BUSINESS_TIME);
        assertThat(progress.ahead().lack().kind()).isEqualTo(LackKind.NO_BUSINESS_TIME);
        assertThat(progress.paceIndex().lack().kind()).isEqualTo(LackKind.NO_BUSINESS_TIME);
        assertThat(progress.projection().lack().kind()).isEqualTo(LackKind.NO_BUSINESS_TIME);
        assertThat(progress.requiredPerBusinessDay().lack().kind()).isEqualTo(LackKind.NO_BUSINESS_TIME);
    }

    @Test
    void afterTheLastBusinessMinuteNothingIsRequiredPerDay() {
        GoalProgress progress = late(PeriodKind.MONTH, share(1), 0, 12 * DAY);
        assertThat(progress.requiredPerBusinessDay().lack().kind()).isEqualTo(LackKind.NO_BUSINESS_TIME_LEFT);
        assertThat(progress.paceIndex().value()).isEqualTo(0.1);
        assertThat(progress.projection().value()).isEqualTo(100);
    }

    @Test
    void theTotalHasNoEndAndSoNoExpectation() {
        GoalProgress progress = GoalProgress.of(new GoalSituation(
                GoalMeasure.WON_AMOUNT,
                PeriodKind.TOTAL,
                100,
                null,
                null,
                0,
                0,
                Ratio.NONE,
                Ratio.NONE,
                0,
                Ratio.NONE,
                null));
        assertThat(progress.projection().lack().kind()).isEqualTo(LackKind.NO_END);
        assertThat(progress.expected().lack().kind()).isEqualTo(LackKind.NO_GOAL);
    }

    @Test
    void dealsNeededWantsFiveWonDealsAndSaysHowManyThereAre() {
        GoalProgress progress =
                progress(GoalMeasure.WON_AMOUNT, 0, 1_000L, share(0.5), new Ratio(1_000, 2), WIN_RATE, LEAD_TO_SALE);
        assertThat(progress.dealsNeeded().lack().text()).isEqualTo("5 won deals, has 2");
        assertThat(progress.opportunitiesNeeded().lack())
                .isEqualTo(progress.dealsNeeded().lack());
        assertThat(progress.leadsNeeded().lack())
                .isEqualTo(progress.dealsNeeded().lack());
        assertThat(progress(GoalMeasure.WON_AMOUNT, 0, 1_000L, share(0.5), new Ratio(1_000, 5), WIN_RATE, LEAD_TO_SALE)
                        .dealsNeeded()
                        .value())
                .isEqualTo(5);
    }

    @Test
    void refundsThatEatAllWinsLeaveNoMean() {
        GoalProgress progress =
                progress(GoalMeasure.WON_AMOUNT, 0, 1_000L, share(0.5), new Ratio(0, 9), WIN_RATE, LEAD_TO_SALE);
        assertThat(progress.dealsNeeded().lack().kind()).isEqualTo(LackKind.NO_MEAN_WON_AMOUNT);
    }

    @Test
    void withoutAWinThereIsNoNumberOfOpportunitiesOrLeads() {
        GoalProgress progress =
                progress(GoalMeasure.WON_AMOUNT, 0, 1_000L, share(0.5), MEAN, new Ratio(0, 12), new Ratio(0, 80));
        assertThat(progress.dealsNeeded().value()).isEqualTo(1);
        assertThat(progress.opportunitiesNeeded().lack().kind()).isEqualTo(LackKind.NO_WIN_RATE);
        assertThat(progress.opportunitiesMissing().lack().kind()).isEqualTo(LackKind.NO_WIN_RATE);
        assertThat(progress.leadsNeeded().lack().kind()).isEqualTo(LackKind.NO_LEAD_TO_SALE_RATE);
    }

    @Test
    void leadsNeededIsSaidOnlyWhereALeadCanStillBecomeASale() {
        assertThat(late(PeriodKind.MONTH, share(0.5), 9, 12 * DAY).leadsNeeded().lack())
                .isEqualTo(new Lack(LackKind.REST_TOO_SHORT, 12 * DAY, 12 * DAY));
        assertThat(late(PeriodKind.MONTH, share(0.5), 9, 12 * DAY - 1)
                        .leadsNeeded()
                        .value())
                .isEqualTo(34);
        assertThat(late(PeriodKind.MONTH, share(0.5), 9, null)
                        .leadsNeeded()
                        .lack()
                        .kind())
                .isEqualTo(LackKind.NO_LEAD_TO_SALE_TIME);
    }

    @Test
    void aGoalInDealsNeedsItsGapAndOneInLeadsNeedsNoDeals() {
        GoalProgress deals = progress(GoalMeasure.DEALS_WON, 3, 10L, share(0.5), Ratio.NONE, WIN_RATE, LEAD_TO_SALE);
        assertThat(deals.dealsNeeded().value()).isEqualTo(7);
        assertThat(deals.opportunitiesNeeded().value()).isEqualTo(28);
        GoalProgress leads = progress(GoalMeasure.QUALIFIED_LEADS, 3, 10L, share(0.5), MEAN, WIN_RATE, LEAD_TO_SALE);
        assertThat(leads.dealsNeeded().lack().kind()).isEqualTo(LackKind.NOT_MEASURED_IN_SALES);
        assertThat(leads.requiredPerBusinessDay().value()).isEqualTo(1); // 0.74, rounded
    }

    @Test
    void theIndexOfAGoalInDealsDoesNotSufferFromRoundingTheExpectation() {
        GoalProgress deals = progress(GoalMeasure.DEALS_WON, 3, 5L, share(0.3), Ratio.NONE, WIN_RATE, LEAD_TO_SALE);
        assertThat(deals.expected().value()).isEqualTo(2); // 1.5
        assertThat(deals.paceIndex().value()).isCloseTo(2.0, within(1e-12));
    }

    @Test
    void whileAnythingIsMissingTheRequiredNumberIsNotZero() {
        GoalProgress deals = progress(GoalMeasure.DEALS_WON, 9, 10L, share(0.5), Ratio.NONE, WIN_RATE, LEAD_TO_SALE);
        assertThat(deals.requiredPerBusinessDay().value()).isEqualTo(1); // 0.105
    }

    @Test
    void freakNumbersAreHeldInRangeInsteadOfFailing() {
        GoalProgress progress = progress(
                GoalMeasure.WON_AMOUNT,
                Long.MAX_VALUE / 2,
                Long.MAX_VALUE,
                new ShareAt(1e9, 1L, 1L, 6, ShareBasis.LIKE_PERIODS),
                new Ratio(1, 1_000_000),
                WIN_RATE,
                LEAD_TO_SALE);
        assertThat(progress.expected().value()).isEqualTo(Long.MAX_VALUE);
        assertThat(progress.dealsNeeded().value()).isEqualTo(Long.MAX_VALUE);
        assertThat(progress(Long.MAX_VALUE / 2, 5L, share(0.2)).projection().value())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void everyLackSaysInWordsWhatIsNeeded() {
        for (LackKind kind : LackKind.values()) {
            assertThat(new Lack(kind, 5L, 2L).text()).isNotBlank().doesNotContain("null");
        }
        assertThat(new Lack(LackKind.REST_TOO_SHORT, 45 * DAY, 12 * DAY).text())
                .isEqualTo("a rest of the period longer than 45.0 days, has 12.0");
    }

    @Test
    void aGoalOfZeroIsRefused() {
        assertThatThrownBy(() -> progress(1, 0L, share(0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }
}
