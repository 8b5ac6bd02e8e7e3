package io.leadpulse.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.bench.oracle.Expected;
import io.leadpulse.bench.oracle.StuckAlert;
import io.leadpulse.bench.result.Comparison;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class NeutralResultsTest {
    private final Expected expected = Expected.nothing();

    @Test
    void aTombstoneTakesBackASum() {
        Comparison comparison = new Comparison(expected, 0);

        take(comparison, "sales|rep:R1|2026-02-04", "{\"won_amount_minor\":25005,\"won_count\":1}");
        assertThat(comparison.differences(3))
                .containsExactly(
                        "sum won_amount|rep:R1|2026-02-04: expected 0, found 25005",
                        "sum won_count|rep:R1|2026-02-04: expected 0, found 1");

        take(comparison, "sales|rep:R1|2026-02-04", null);
        assertThat(comparison.isRight()).isTrue();
    }

    @Test
    void aTombstoneOfWhatIsExpectedIsWrong() {
        expected.sums().put("won_count|company|2026-02-04", 1L);
        Comparison comparison = new Comparison(expected, 0);

        take(comparison, "sales|company|2026-02-04", null);

        assertThat(comparison.differences(3)).containsExactly("sum won_count|company|2026-02-04: expected 1, found 0");
    }

    @Test
    void anAlertIsWithdrawnByNullAndByATombstone() {
        expected.alerts().put("D1|offer|1000", new StuckAlert("R1", 2000, null, null));
        Comparison comparison = new Comparison(expected, 0);
        String alert = "{\"owner\":\"R1\",\"raised\":2000,\"escalated\":null,\"left\":null}";

        take(comparison, "stuck|D1|offer|1000", alert);
        take(comparison, "stuck|D2|offer|1000", alert);
        assertThat(comparison.wrongs()).isOne();
        take(comparison, "stuck|D2|offer|1000", "null");
        assertThat(comparison.isRight()).isTrue();
        take(comparison, "stuck|D1|offer|1000", null);
        assertThat(comparison.wrongs()).isOne();
    }

    private static void take(Comparison comparison, String key, String value) {
        NeutralResults.translate(
                new ConsumerRecord<>(
                        NeutralResults.TOPIC,
                        0,
                        0,
                        key.getBytes(StandardCharsets.UTF_8),
                        value == null ? null : value.getBytes(StandardCharsets.UTF_8)),
                comparison);
    }
}
