package io.leadpulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryOracleGoalsTest {
    private final OracleLines lines = new OracleLines();

    @Test
    void expectationIsAStraightLineWhereTooFewPeriodsHaveSales() {
        won("A", "2025-03-04T00:00:00Z", "1000.00");
        // March has 21 business days, of which 7.5 are over on Wednesday the 12th at noon.
        OracleResults.GoalProgress progress = progress("month", 2_100_000, "2025-03-12T12:00:00Z");
        assertThat(progress.of()).isEqualTo("company month:2025-03 won_amount");
        assertThat(progress.isLinear()).isTrue();
        assertThat(progress.expected()).isEqualTo(750_000);
        assertThat(progress.ahead()).isEqualTo(-650_000);
        assertThat(progress.businessDaysLeft()).isEqualByComparingTo("13.5");
        // 20,000.00 in 13.5 days.
        assertThat(progress.requiredPerDay()).isEqualTo(148_148);
        assertThat(progress.attainment().doubleValue()).isCloseTo(1 / 21.0, within(1e-12));
    }

    @Test
    void expectationIsWhatFourWeeksBeforeHadWonByThen() {
        for (String monday : List.of("02-03", "02-10", "02-17", "02-24")) {
            won("M" + monday, "2025-" + monday + "T10:00:00Z", "300.00");
        }
        won("S", "2025-02-08T10:00:00Z", "400.00");
        // On Monday at noon half of the Mondays' 1,200.00, of 1,600.00: Saturday's are won at the end of the week.
        OracleResults.GoalProgress progress = progress("week", 100_000, "2025-03-03T12:00:00Z");
        assertThat(progress.isLinear()).isFalse();
        assertThat(progress.expected()).isEqualTo(37_500);
        assertThat(progress.ahead()).isEqualTo(-37_500);
        assertThat(progress("year", 100_000, "2025-03-03T12:00:00Z").isLinear()).isTrue();
    }

    @Test
    void nothingIsRequiredOfAGoalReachedNorAheadBeforeATenthIsExpected() {
        won("A", "2025-03-03T10:00:00Z", "10.00");
        OracleResults.GoalProgress progress = progress("month", 1_000, "2025-03-04T12:00:00Z");
        assertThat(progress.requiredPerDay()).isZero();
        assertThat(progress.ahead()).isNull();
    }

    private void won(String deal, String time, String amount) {
        lines.activity("deal_opened", "2025-01-02T00:00:00Z", "'deal':'%s'".formatted(deal))
                .activity("deal_won", time, "'deal':'%s','amount':'%s'".formatted(deal, amount));
    }

    private OracleResults.GoalProgress progress(String periodKind, long goal, String asOf) {
        return new HistoryOracle(lines.lines(), Instant.parse(asOf), OracleConfig.acceptance(5))
                .progress(new OracleConfig.Goal("company", periodKind, true, goal));
    }
}
