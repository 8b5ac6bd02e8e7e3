package io.leadpulse.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.result.ProgressRecord;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every period says what a plain loop over all wins says, wherever the borders of blocks and periods lie. */
@SuppressWarnings("try") // Closing a harness may throw anything.
class RollupPropertyTest {
    private static final LocalDate LAST = LocalDate.of(2025, 6, 30);
    private static final EngineSettings REPLAY = TestSettings.replay("2025-06-30T12:00:00Z");

    /** A win, or one taken back. */
    record Win(LocalDate day, int slot, int amountMinor, int sign) {}

    @Property(tries = 25, seed = "20261122")
    void everyPeriodIsTheSumOfItsWins(@ForAll("wins") List<Win> wins) throws Exception {
        try (RollupHarness rollup = RollupHarness.of(REPLAY)) {
            for (Win win : wins) {
                rollup.send(RollupHarness.won(
                        "company", win.day().toString(), win.slot(), win.amountMinor(), 3, win.sign()));
            }
            rollup.watermark(Long.MAX_VALUE);

            Map<String, Long> expected = new TreeMap<>();
            for (Win win : wins) {
                for (String period : periodsOf(win.day())) {
                    expected.merge(period, (long) win.sign() * win.amountMinor(), Math::addExact);
                }
            }
            expected.values().removeIf(amount -> amount == 0);
            expected.forEach((period, amount) -> {
                ProgressRecord progress = rollup.progress("company", period);
                assertThat(progress.sales().wonAmountMinor()).as(period).isEqualTo(amount);
            });
        }
    }

    private static List<String> periodsOf(LocalDate day) {
        List<String> periods = new ArrayList<>(List.of(
                "day " + day,
                "week " + day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
                "month " + day.toString().substring(0, 7),
                "quarter " + day.getYear() + "-Q" + day.get(IsoFields.QUARTER_OF_YEAR),
                "year " + day.getYear(),
                "total total"));
        if (!day.isBefore(LAST.minusDays(89))) {
            periods.add("trailing_90_days current");
        }
        return periods;
    }

    @Provide
    Arbitrary<List<Win>> wins() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 700).map(LAST::minusDays),
                        Arbitraries.integers().between(0, 287),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of(1, 1, 1, -1))
                .as(Win::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }
}
