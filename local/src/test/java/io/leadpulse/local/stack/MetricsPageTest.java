package io.leadpulse.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private static final MetricsPage PAGE = MetricsPage.parse("""
            # HELP won Money won.
            # TYPE won gauge
            won{level="company",rep=""} 6150.0
            won{level="rep",rep="a, \\"b\\"} c"} 1.5E3
            won{level="rep",rep="d"} +Inf 1700000000000
            up 1
            """);

    @Test
    void aValueIsFoundByAnyOfItsLabels() {
        assertThat(PAGE.value("won", Map.of("level", "company"))).hasValue(6150);
        assertThat(PAGE.value("won", Map.of("rep", "a, \"b\"} c"))).hasValue(1500);
        assertThat(PAGE.value("won", Map.of("rep", "d"))).hasValue(Double.POSITIVE_INFINITY);
        assertThat(PAGE.value("up", Map.of())).hasValue(1);
    }

    @Test
    void noneOrManyAreNoValue() {
        assertThat(PAGE.value("won", Map.of("level", "rep"))).isEmpty();
        assertThat(PAGE.value("lost", Map.of())).isEmpty();
    }

    @Test
    void aSumTakesAllThatMatch() {
        assertThat(MetricsPage.parse("a{x=\"1\",y=\"2\"} 1\na{x=\"1\",y=\"3\"} 2\na{x=\"2\"} 4\n")
                        .sum("a", Map.of("x", "1")))
                .isEqualTo(3);
        assertThat(PAGE.sum("lost", Map.of())).isZero();
    }

    @Test
    void whatIsNoPageIsRefused() {
        assertThatThrownBy(() -> MetricsPage.parse("{x=\"1\"} 2")).isInstanceOf(IllegalArgumentException.class);
    }
}
