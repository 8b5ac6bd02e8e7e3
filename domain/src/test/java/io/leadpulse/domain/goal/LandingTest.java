package io.leadpulse.domain.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.domain.figure.WholeFigure;
import org.junit.jupiter.api.Test;

class LandingTest {
    private static final Ratio MEAN = new Ratio(800_00, 5);
    private static final Ratio WIN_RATE = new Ratio(5, 10);

    @Test
    void addsWhatIsUsuallyWonOfTheOpenDealsThatAreDue() {
        assertThat(landing(GoalMeasure.WON_AMOUNT, 800_00, 2, WIN_RATE).value()).isEqualTo(960_00);
        assertThat(landing(GoalMeasure.DEALS_WON, 4, 3, WIN_RATE).value()).isEqualTo(6);
    }

    @Test
    void isWhatIsWonWhenNothingIsDue() {
        assertThat(landing(GoalMeasure.WON_AMOUNT, 100, 0, new Ratio(0, 0)).value())
                .isEqualTo(100);
    }

    @Test
    void needsFiveWonDealsAndAGoalInSales() {
        assertThat(landing(GoalMeasure.WON_AMOUNT, 100, 2, new Ratio(4, 9))
                        .lack()
                        .text())
                .isEqualTo("5 won deals, has 4");
        assertThat(landing(GoalMeasure.ACTIVITIES, 100, 2, WIN_RATE).lack().kind())
                .isEqualTo(LackKind.NOT_MEASURED_IN_SALES);
    }

    private static WholeFigure landing(GoalMeasure measure, long won, long due, Ratio winRate) {
        return Landing.of(new GoalSituation(
                measure, PeriodKind.MONTH, won, 1_000_00L, null, 1, 1, MEAN, winRate, due, new Ratio(0, 0), null));
    }
}
