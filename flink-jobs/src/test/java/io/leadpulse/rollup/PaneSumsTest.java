package io.leadpulse.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.domain.measure.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaneSumsTest {
    private static final List<Measure> MEASURES = List.of(Measure.WON_COUNT, Measure.ACTIVITIES, Measure.CALLS_MADE);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 100, 5_000})
    void areThoseOfAMapInTheOrderOfTheirFirstChange(int changes) {
        Random random = new Random(changes);
        PaneSums sums = new PaneSums();
        Map<PaneKey, Long> expected = new LinkedHashMap<>();
        for (int i = 0; i < changes; i++) {
            PaneKey key = new PaneKey(
                    MEASURES.get(random.nextInt(MEASURES.size())),
                    // Not the same object: what is equal is one sum.
                    "1-" + random.nextInt(24),
                    20_000 + random.nextInt(40));
            long value = random.nextInt(5) - 2L;
            expected.merge(key, value, Long::sum);
            sums.add(new PaneDelta(key.measure(), key.dimension(), key.pane(), value));
        }

        assertThat(sums.size()).isEqualTo(expected.size());
        assertThat(sums.keys()).containsExactlyElementsOf(expected.keySet());
        List<PaneDelta> changed = new ArrayList<>();
        expected.forEach((key, sum) -> {
            if (sum != 0) {
                changed.add(new PaneDelta(key.measure(), key.dimension(), key.pane(), sum));
            }
        });
        assertThat(sums.changes()).containsExactlyElementsOf(changed);
    }

    @Test
    void ofNothingThereIsNothing() {
        assertThat(new PaneSums().size()).isZero();
        assertThat(new PaneSums().keys()).isEmpty();
        assertThat(new PaneSums().changes()).isEmpty();
    }

    @Test
    void aSumThatIsTooLargeIsNotWrapped() {
        PaneSums sums = new PaneSums();
        sums.add(new PaneDelta(Measure.WON_AMOUNT, "", 1, Long.MAX_VALUE));

        assertThatThrownBy(() -> sums.add(new PaneDelta(Measure.WON_AMOUNT, "", 1, 1)))
                .isInstanceOf(ArithmeticException.class);
    }
}
