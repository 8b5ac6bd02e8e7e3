package io.leadpulse.domain.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LackTest {
    private static final long DAY = 86_400_000;

    @ParameterizedTest
    @CsvSource({
        "TOO_FEW_WON_DEALS, 5, 2, '5 won deals, has 2'",
        "TOO_FEW_WON_DEALS, 1, 0, '1 won deal, has 0'",
        "TOO_FEW_LOST_DEALS, 1, 0, '1 lost deal, has 0'",
        "TOO_FEW_CASES, 10, 9, '10 cases, has 9'",
        "TOO_FEW_CASES_BEFORE, 50, 49, '50 cases before, has 49'",
        "TOO_FEW_CASES_NOW, 50, 49, '50 cases now, has 49'",
        "TOO_FEW_MATURE_LEADS, 30, 12, '30 mature leads, has 12'",
        "TOO_FEW_PAIRS, 30, 12, '30 pairs, has 12'",
        "TOO_FEW_DAYS_AFTER_CHANGE, 20, 7, '20 business days after the change, has 7'",
        "TOO_FEW_LOST_LEADS, 100, 40, '100 lost leads, has 40'",
        "TOO_FEW_LEADS_WITH_ACT, 30, 29, '30 closed leads with it, has 29'",
        "TOO_FEW_ANSWERS, 3, 1, '3 answers, has 1'"
    })
    void saysHowMuchIsNeededAndThere(LackKind kind, long needed, long has, String text) {
        assertThat(new Lack(kind, needed, has).text()).isEqualTo(text);
    }

    @Test
    void saysTimeInDays() {
        assertThat(new Lack(LackKind.TOO_YOUNG_AFTER_CHANGE, 30 * DAY, 12 * DAY + DAY / 4).text())
                .isEqualTo("cases older than 30.0 days, has 12.3");
    }

    @ParameterizedTest
    @EnumSource(LackKind.class)
    void hasWordsForEveryKind(LackKind kind) {
        assertThat(new Lack(kind, 5L, 2L).text()).isNotBlank().doesNotContain("null");
    }

    @Test
    void isNoneWhereThereIsEnough() {
        assertThat(Lack.unless(LackKind.TOO_FEW_CASES, 10, 10)).isNull();
        assertThat(Lack.unless(LackKind.TOO_FEW_CASES, 9, 10)).isEqualTo(new Lack(LackKind.TOO_FEW_CASES, 10L, 9L));
    }

    @Test
    void figuresRefuseWhatIsNoNumber() {
        assertThatThrownBy(() -> RealFigure.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RealFigure.of(Double.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RatioFigure.of(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(RatioFigure.of(1, 4)).isEqualTo(new RatioFigure(0.25, 1L, 4L, null));
        assertThat(RealFigure.lacking(LackKind.NO_AMOUNT).lack().text()).isEqualTo("an amount");
    }
}
