package io.leadpulse.domain.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class YieldTest {

    @Test
    void isPer100DoneAndPerHour() {
        Yield calls = new Yield(3, 150, 90 * 60_000);
        assertThat(calls.per100Done().value()).isEqualTo(2.0);
        assertThat(calls.perHour().value()).isEqualTo(2.0);
        assertThat(calls.ranked().value()).isEqualTo(2.0);
    }

    @Test
    void saysWhatItNeeds() {
        assertThat(Yield.NONE.per100Done().lack().text()).isEqualTo("something done");
        assertThat(new Yield(1, 9, 0).perHour().lack().text()).isEqualTo("time spent");
        assertThat(new Yield(1, 9, 0).ranked().lack().text()).isEqualTo("10 cases, has 9");
    }

    @Test
    void comesAndGoes() {
        Yield yield = new Yield(1, 2, 3).plus(new Yield(10, 20, 30));
        assertThat(yield).isEqualTo(new Yield(11, 22, 33));
        assertThat(yield.minus(new Yield(1, 2, 3))).isEqualTo(new Yield(10, 20, 30));
        assertThatThrownBy(() -> Yield.NONE.minus(new Yield(0, 1, 0))).isInstanceOf(IllegalArgumentException.class);
    }
}
