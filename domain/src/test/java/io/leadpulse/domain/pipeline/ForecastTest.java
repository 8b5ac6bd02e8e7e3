package io.leadpulse.domain.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.domain.pipeline.ForecastAccuracy.Past;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ForecastTest {

    @Test
    void isWonAndOfEachOpenDealItsPart() {
        Forecast forecast = Forecast.ofWon(100_000_00)
                .plus(20_000_00L, 0.25)
                .plus(9_99L, 0.5)
                .plus(null, 0.9)
                .plus(5_000_00L, null);
        // 5,000.00 and, half up, 5.00.
        assertThat(forecast).isEqualTo(new Forecast(100_000_00, 5_005_00, 2, 2));
        assertThat(forecast.totalMinor()).isEqualTo(105_005_00);
        assertThat(Forecast.ofWon(-5).totalMinor()).isEqualTo(-5);
    }

    @Property(tries = 100, seed = "20261122")
    void dealsCanComeAndGoInAnyOrder(@ForAll long seed) {
        Random random = new Random(seed);
        List<long[]> deals = new ArrayList<>();
        long expected = 0;
        for (int i = 0; i < 20; i++) {
            long amount = random.nextInt(1_000_000);
            long percent = random.nextInt(101);
            deals.add(new long[] {amount, percent});
            expected += BigDecimal.valueOf(amount * percent)
                    .movePointLeft(2)
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
        }
        Forecast forecast = Forecast.ofWon(7);
        for (long[] deal : deals) {
            forecast = forecast.plus(deal[0], deal[1] / 100.0);
        }
        assertThat(forecast).isEqualTo(new Forecast(7, expected, 20, 0));
        Collections.shuffle(deals, random);
        for (long[] deal : deals) {
            forecast = forecast.minus(deal[0], deal[1] / 100.0);
        }
        assertThat(forecast.plus(null, null).minus(null, null)).isEqualTo(Forecast.ofWon(7));
    }

    @Test
    void accuracyWeighsPeriodsByWhatCame() {
        // Missed by 10 of 100 and by 30 of 300: 10 % both ways; both too low by 20 in sum.
        ForecastAccuracy accuracy = ForecastAccuracy.of(List.of(new Past(110, 100), new Past(270, 300)));
        assertThat(accuracy.accuracy().value()).isCloseTo(0.9, within(1e-15));
        assertThat(accuracy.bias().value()).isCloseTo(-0.05, within(1e-15));
        assertThat(accuracy.periods()).isEqualTo(2);
    }

    @Test
    void accuracyIsNeverBelowNothing() {
        ForecastAccuracy wild = ForecastAccuracy.of(List.of(new Past(500, 100)));
        assertThat(wild.accuracy().value()).isZero();
        assertThat(wild.bias().value()).isEqualTo(4.0);
        assertThat(ForecastAccuracy.of(List.of(new Past(Long.MIN_VALUE, Long.MAX_VALUE)))
                        .accuracy()
                        .value())
                .isZero();
    }

    @Test
    void accuracyNeedsAPeriodThatIsOverAndSales() {
        assertThat(ForecastAccuracy.of(List.of()).accuracy().lack().text())
                .isEqualTo("1 period that was forecast and is over, has 0");
        assertThat(ForecastAccuracy.of(List.of(new Past(5, 0))).bias().lack().text())
                .isEqualTo("won deals with an amount");
    }
}
