package io.leadpulse.domain.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.domain.deal.Stay;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LimitTimelineTest {
    private static final LimitTimeline LIMITS = new LimitTimeline(
            new TreeMap<>(Map.of(100L, StageLimits.uniform(1_000), 200L, StageLimits.uniform(2_000))));

    @Test
    void anOpenStayIsJudgedByTheLimitsInForceNow() {
        Stay open = new Stay("offer", 50, Stay.OPEN);

        assertThat(LIMITS.limitMilliDays(open, 199)).isEqualTo(1_000);
        assertThat(LIMITS.limitMilliDays(open, 200)).isEqualTo(2_000);
        assertThat(LIMITS.limitMilliDays(open, Long.MAX_VALUE)).isEqualTo(2_000);
    }

    @Test
    void aStayThatWasLeftKeepsTheLimitsOfThen() {
        Stay left = new Stay("offer", 50, 150);

        assertThat(LIMITS.limitMilliDays(left, 500)).isEqualTo(1_000);
        assertThat(LIMITS.limitMilliDays(new Stay("offer", 50, 200), 500)).isEqualTo(2_000);
    }

    @Test
    void theFirstLimitsHoldBeforeTheirTime() {
        assertThat(LIMITS.limitMilliDays(new Stay("offer", 10, 20), 500)).isEqualTo(1_000);
        assertThat(LIMITS.at(Long.MIN_VALUE)).isEqualTo(StageLimits.uniform(1_000));
    }

    @Test
    void withoutLimitsThereIsNoTimeline() {
        assertThatThrownBy(() -> new LimitTimeline(new TreeMap<>())).isInstanceOf(IllegalArgumentException.class);
    }
}
