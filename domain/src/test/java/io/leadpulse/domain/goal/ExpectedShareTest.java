package io.leadpulse.domain.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.calendar.WorkingInterval;
import io.leadpulse.domain.calendar.WorkingWeek;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpectedShareTest {
    private static final long MINUTE = 60_000L;
    private static final BusinessCalendar CALENDAR = new BusinessCalendar(
            ZoneId.of("UTC"),
            WorkingWeek.on(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), WorkingInterval.ofHours(8, 18)),
            Set.of());
    private static final PeriodCalendar PERIODS = new PeriodCalendar(DayOfWeek.MONDAY, 1, 1);
    private static final Period WEDNESDAY =
            PERIODS.periodOf(PeriodKind.DAY, LocalDate.parse("2017-06-28").toEpochDay());
    private static final Period SUNDAY =
            PERIODS.periodOf(PeriodKind.DAY, LocalDate.parse("2017-06-25").toEpochDay());

    /** A pane of five minutes that begins at a minute of the Wednesday. */
    private static WonPane pane(int minute, long amount) {
        long start = CALENDAR.startOfDayMillis(WEDNESDAY.startEpochDay()) + minute * MINUTE;
        return new WonPane(start, start + 5 * MINUTE, amount);
    }

    private static WonCurve curve(WonPane... panes) {
        return WonCurve.of(CALENDAR, WEDNESDAY, List.of(panes)).orElseThrow();
    }

    @Test
    void aCurveIsStraightWithinAPaneAndFlatBetweenPanes() {
        WonCurve curve = curve(pane(10 * 60, 1_000), pane(13 * 60, 3_000));
        assertThat(curve.wonAt(0.2)).isEqualTo(0); // 10:00
        assertThat(curve.wonAt(0.2 + 1 / 240.0)).isCloseTo(500, within(1e-6)); // 10:02:30
        assertThat(curve.wonAt(0.3)).isEqualTo(1_000); // 11:00
        assertThat(curve.wonAt(0.5 + 1 / 120.0)).isCloseTo(4_000, within(1e-6)); // 13:05
        assertThat(curve.wonAt(1)).isEqualTo(4_000);
        assertThat(curve.total()).isEqualTo(4_000);
    }

    @Test
    void whatIsWonOutsideBusinessTimeIsAStep() {
        WonCurve curve = curve(pane(6 * 60, 100), pane(20 * 60, 300));
        assertThat(curve.wonAt(0)).isEqualTo(100);
        assertThat(curve.wonAt(0.99)).isEqualTo(100);
        assertThat(curve.wonAt(1)).isEqualTo(400);
    }

    @Test
    void aDayWithoutBusinessTimeHasNoCurve() {
        assertThat(WonCurve.of(CALENDAR, SUNDAY, List.of())).isEmpty();
        assertThat(WonCurve.of(CALENDAR, Period.TOTAL, List.of())).isEmpty();
    }

    @Test
    void panesOutOfOrderOrOutsideThePeriodAreRefused() {
        assertThatThrownBy(() -> curve(pane(600, 1), pane(599, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("day:2017-06-28");
        assertThatThrownBy(() -> curve(pane(24 * 60 - 4, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> curve(pane(-1, 1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theShareIsARatioOfSumsSoThatBigPeriodsWeighMore() {
        // One big morning and three small afternoons.
        ExpectedShare share = ExpectedShare.of(
                PeriodKind.DAY,
                List.of(
                        curve(pane(9 * 60, 9_700)),
                        curve(pane(15 * 60, 100)),
                        curve(pane(15 * 60, 100)),
                        curve(pane(15 * 60, 100))));
        assertThat(share.at(0.5)).isEqualTo(new ShareAt(0.97, 9_700L, 10_000L, 4, ShareBasis.LIKE_PERIODS));
        assertThat(share.at(1).share()).isEqualTo(1);
    }

    @Test
    void withFewerThanFourPeriodsWithSalesItIsLinearAndSaysSo() {
        WonCurve sold = curve(pane(9 * 60, 100));
        WonCurve nothing = curve();
        ExpectedShare three = ExpectedShare.of(PeriodKind.DAY, List.of(sold, sold, sold, nothing, nothing));
        assertThat(three.at(0.25)).isEqualTo(new ShareAt(0.25, null, null, 3, ShareBasis.LINEAR_TOO_FEW_PERIODS));
        ExpectedShare four = ExpectedShare.of(PeriodKind.DAY, List.of(sold, sold, sold, nothing, sold));
        assertThat(four.at(0.25)).isEqualTo(new ShareAt(1.0, 400L, 400L, 4, ShareBasis.LIKE_PERIODS));
    }

    @Test
    void aYearIsLinearWhateverWasSold() {
        ExpectedShare year = ExpectedShare.of(PeriodKind.YEAR, Collections.nCopies(6, curve(pane(9 * 60, 100))));
        assertThat(year.at(0.4).share()).isEqualTo(0.4);
        assertThat(year.at(0.4).basis()).isEqualTo(ShareBasis.LINEAR);
    }

    @Test
    void moreRefundedThanWonIsNoCurve() {
        WonCurve sold = curve(pane(9 * 60, 100));
        ExpectedShare share =
                ExpectedShare.of(PeriodKind.DAY, List.of(sold, sold, sold, sold, curve(pane(9 * 60, -400))));
        assertThat(share.at(0.4).basis()).isEqualTo(ShareBasis.LINEAR_TOO_FEW_PERIODS);
    }

    @Test
    void eightDaysAndWeeksSixMonthsAndFourQuartersCount() {
        assertThat(ExpectedShare.likePeriods(PeriodKind.DAY)).isEqualTo(8);
        assertThat(ExpectedShare.likePeriods(PeriodKind.WEEK)).isEqualTo(8);
        assertThat(ExpectedShare.likePeriods(PeriodKind.MONTH)).isEqualTo(6);
        assertThat(ExpectedShare.likePeriods(PeriodKind.QUARTER)).isEqualTo(4);
        assertThat(ExpectedShare.likePeriods(PeriodKind.YEAR)).isZero();
    }
}
