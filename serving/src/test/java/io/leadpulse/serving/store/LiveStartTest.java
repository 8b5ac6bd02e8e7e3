package io.leadpulse.serving.store;

import static io.leadpulse.serving.store.SomeResults.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.config.RecordCheck;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.schemas.result.RollupRecord;
import io.leadpulse.schemas.result.Unit;
import io.leadpulse.serving.read.ResultUpdate;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** From when on results are live, and what of them is a correction. */
class LiveStartTest {
    private static final String YAML = "company: {zone: Europe/Berlin, currency: EUR}";
    private static final long SECOND = 1_000;

    @Test
    void resultsAreLiveWhenTheEngineHasReadAllAndWasThenGivenTimeToSayIt() {
        LiveStart start = new LiveStart();

        assertThat(start.isNow(false, at(0))).isFalse();
        assertThat(start.isNow(true, at(1))).isFalse();
        assertThat(start.hasReadAll()).isTrue();
        assertThat(start.isNow(true, at(4))).isFalse();
        assertThat(start.isNow(true, at(5))).isTrue();
    }

    @Test
    void anEngineThatIsBehindAgainStillReadsItsHistory() {
        LiveStart start = new LiveStart();

        assertThat(start.isNow(true, at(0))).isFalse();
        assertThat(start.isNow(false, at(3))).isFalse();
        assertThat(start.hasReadAll()).isFalse();
        assertThat(start.isNow(true, at(6))).isFalse();
        assertThat(start.isNow(true, at(9))).isFalse();
        assertThat(start.isNow(true, at(10))).isTrue();
    }

    @Test
    void anEngineWhoseLagComesAndGoesBetweenCheckpointsKeepsUp() {
        LiveStart start = new LiveStart();

        assertThat(start.isNow(true, at(0))).isFalse();
        assertThat(start.isNow(false, at(1))).isFalse();
        assertThat(start.isNow(true, at(2))).isFalse();
        assertThat(start.isNow(false, at(4))).isFalse();
        assertThat(start.isNow(true, at(5))).isTrue();
    }

    /** The engine has read all at nine, by a checkpoint that had it, and says sums of its history for two seconds more. */
    @Test
    void theLastSumsOfHistoryAreNoCorrectionsAndTheFirstChangeAfterwardsIs() throws SQLException {
        LiveStart start = new LiveStart();
        long liveMillis = LongStream.iterate(NINE, millis -> millis + SECOND)
                .filter(millis -> start.isNow(true, TimeUnit.MILLISECONDS.toNanos(millis)))
                .findFirst()
                .orElseThrow();

        assertThat(corrections(
                        liveMillis, sum("2025-02-20", 600, NINE + 2 * SECOND), sum("2025-02-21", 5, NINE + 2_300)))
                .isEmpty();
        assertThat(corrections(
                        liveMillis, sum("2025-02-20", 600, NINE + 2 * SECOND), sum("2025-02-20", 750, liveMillis)))
                .singleElement()
                .satisfies(row -> assertThat(row).contains(600L, 750L, LocalDate.parse("2025-02-20")));
    }

    private static long at(long second) {
        return TimeUnit.SECONDS.toNanos(second);
    }

    private static RollupRecord sum(String day, long value, long millis) {
        return new RollupRecord("company", "won_amount", "", day, Unit.MONEY, value, millis);
    }

    /** Rows of corrections that these make of tables which once held all, and say 500 of every day. */
    private static List<Object[]> corrections(long liveMillis, RollupRecord... sums) throws SQLException {
        LeadpulseConfig config = ConfigReader.parse(YAML);
        ResultRows rows = new ResultRows(
                new ResultCodecs("EUR"),
                new EventDecoder(config.decodeSettings(), new RecordCheck(YAML, List.of())),
                config.company().zone(),
                new Said() {
                    @Override
                    public boolean isComplete() {
                        return true;
                    }

                    @Override
                    public long liveSinceMillis() {
                        return liveMillis;
                    }

                    @Override
                    public String band(String lead) {
                        return null;
                    }

                    @Override
                    public Long sum(String scope, String measure, LocalDate day) {
                        return 500L;
                    }
                });
        SomeResults results = new SomeResults();
        for (RollupRecord sum : sums) {
            results.add(sum);
        }
        for (ResultUpdate update : results.updates()) {
            rows.add(update);
        }
        return List.copyOf(rows.rows().present(Table.CORRECTION));
    }
}
