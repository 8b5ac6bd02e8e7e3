package io.leadpulse.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.rate.CaseOutcome;
import io.leadpulse.domain.rate.MaturingRate;
import io.leadpulse.domain.rate.Maturity;
import io.leadpulse.domain.rate.Rate;
import io.leadpulse.oracle.StatisticsOracle;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignJudgementTest {
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    /** Always-on social, the rest of the video's channel: 27 of 420, 6.43 %. */
    private static final Rate SOCIAL = new Rate(27, 420);

    /** The story's video: 28 of 1,240 are not poor yet, and 11 more that do not qualify are not enough. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 11})
    void theVideoIsNotPoorBeforeTwelveMoreHaveFailed(int more) {
        assertThat(CampaignJudgement.of(new Rate(28, 1_240 + more), SOCIAL).poor())
                .isFalse();
    }

    @Test
    void theVideoIsPoorOnceTwelveMoreHaveFailed() {
        CampaignJudgement judgement = CampaignJudgement.of(new Rate(28, 1_252), SOCIAL);
        assertThat(judgement.poor()).isTrue();
        assertThat(judgement.lack()).isNull();
    }

    @Test
    void theVideosTwelfthLeadTipsItWhenItIsADayOld() {
        Maturity window = QualificationWindows.DEFAULT.of("paid_social");
        long now = 1_700_000_000_000L;
        MaturingRate settled = new MaturingRate(28, 1_212 + 11, 0);
        long created = now - 24 * HOUR;
        assertThat(judged(settled.plus(window.outcome(created, null, now))).poor())
                .isFalse();
        assertThat(judged(settled.plus(window.outcome(created, null, now + 1))).poor())
                .isTrue();
        assertThat(judged(settled.plus(window.outcome(created, created + HOUR, now + 1)))
                        .poor())
                .isFalse();
    }

    @Test
    void ofAHandfulOfLeadsNothingIsUsual() {
        Rate fifth = new Rate(40, 200);
        assertThat(CampaignJudgement.of(fifth, new Rate(20, 29)).lack().kind()).isEqualTo(LackKind.NO_USUAL_RATE);
        assertThat(CampaignJudgement.of(fifth, new Rate(20, 29)).poor()).isFalse();
        assertThat(CampaignJudgement.of(fifth, new Rate(20, 30)).poor()).isTrue();
    }

    private static CampaignJudgement judged(MaturingRate rate) {
        return CampaignJudgement.of(rate.rate(), SOCIAL);
    }

    /**
     * The story's fair: after a day 6 of 214 have qualified, and a rule that looks then, against the company's 12.5 %, would
     * fire; in its own window of 14 days it is 49 of 214, against fairs before.
     */
    @Test
    void theFairIsNotPoorInItsOwnWindow() {
        Rate company = new Rate(329, 2_640);
        assertThat(CampaignJudgement.of(new Rate(6, 214), company).poor()).isTrue();

        Maturity window = QualificationWindows.DEFAULT.of("fair");
        long now = 1_700_000_000_000L;
        MaturingRate afterADay = MaturingRate.NONE;
        MaturingRate afterTwoWeeks = MaturingRate.NONE;
        for (int lead = 0; lead < 214; lead++) {
            Long qualified = lead < 6 ? (Long) (now + HOUR) : lead < 49 ? (Long) (now + 10 * DAY) : null;
            afterADay = afterADay.plus(window.outcome(now, qualified, now + DAY + 1));
            afterTwoWeeks = afterTwoWeeks.plus(window.outcome(now, qualified, now + 14 * DAY + 1));
        }
        Rate otherFairs = new Rate(60, 240);
        CampaignJudgement early = CampaignJudgement.of(afterADay.rate(), otherFairs);
        assertThat(early.poor()).isFalse();
        assertThat(early.lack().text()).isEqualTo("30 mature leads, has 0");
        assertThat(afterTwoWeeks.rate()).isEqualTo(new Rate(49, 214));
        CampaignJudgement due = CampaignJudgement.of(afterTwoWeeks.rate(), otherFairs);
        assertThat(due.poor()).isFalse();
        assertThat(due.lack()).isNull();
    }

    @Test
    void needsThirtyMatureLeads() {
        assertThat(CampaignJudgement.of(new Rate(0, 29), new Rate(90, 100))
                        .lack()
                        .text())
                .isEqualTo("30 mature leads, has 29");
        assertThat(CampaignJudgement.of(new Rate(0, 29), new Rate(90, 100)).poor())
                .isFalse();
        assertThat(CampaignJudgement.of(new Rate(0, 30), new Rate(90, 100)).poor())
                .isTrue();
    }

    @Test
    void needsAChannelToCompareWith() {
        for (Rate nothing : new Rate[] {Rate.NONE, new Rate(0, 500)}) {
            CampaignJudgement judgement = CampaignJudgement.of(new Rate(0, 300), nothing);
            assertThat(judgement.poor()).isFalse();
            assertThat(judgement.lack().text()).isEqualTo("other mature qualified leads of the channel");
        }
    }

    @Test
    void channelsHaveTheirOwnWindows() {
        assertThat(QualificationWindows.DEFAULT.of("search")).isEqualTo(new Maturity(DAY));
        assertThat(QualificationWindows.DEFAULT.of(null)).isEqualTo(new Maturity(DAY));
        for (String slow : new String[] {"event", "fair", "outbound_list"}) {
            assertThat(QualificationWindows.DEFAULT.of(slow)).isEqualTo(new Maturity(14 * DAY));
        }
        assertThatThrownBy(() -> new QualificationWindows(Map.of("x", Duration.ofDays(-1)), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new QualificationWindows(Map.of(), Duration.ZERO).of("x").outcome(5, null, 6))
                .isEqualTo(CaseOutcome.NOT_REACHED);
    }

    @Property(seed = "20261122")
    void isPoorExactlyWhereEvenTheUpperBoundIsBelowHalf(
            @ForAll @IntRange(min = 30, max = 3_000) int leads,
            @ForAll @DoubleRange(max = 0.3) double share,
            @ForAll @IntRange(min = 1, max = 500) int usual) {
        int qualified = (int) (share * leads);
        double upper = StatisticsOracle.scoreBound(qualified, leads, true);
        double half = usual / 500.0 / 2;
        if (Math.abs(upper - half) > 1e-9) {
            assertThat(CampaignJudgement.of(new Rate(qualified, leads), new Rate(usual, 500))
                            .poor())
                    .isEqualTo(upper < half);
        }
    }
}
