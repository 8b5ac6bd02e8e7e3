package io.leadpulse.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.bench.oracle.Expected;
import io.leadpulse.bench.oracle.Oracle;
import io.leadpulse.bench.oracle.StuckAlert;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final long AS_OF = Instant.parse("2026-04-04T22:00:00Z").toEpochMilli();
    private static final long AT = Instant.parse("2026-02-02T10:00:00Z").toEpochMilli();

    @Test
    void atFirstAllIsMissingAndThenRight() {
        Comparison comparison = new Comparison(expected(), AS_OF);
        assertThat(comparison.isRight()).isFalse();
        assertThat(comparison.wrongs()).isEqualTo(4);

        sayAll(comparison);

        assertThat(comparison.isRight()).isTrue();
        assertThat(comparison.differences(9)).isEmpty();
    }

    @Test
    void aScoreIsHeldAgainstItsOwnTimeAndTheBandAgainstTheEnd() {
        Comparison comparison = new Comparison(expected(), AS_OF);
        sayAll(comparison);

        comparison.score("L1", AT + 14 * 86_400_000L, 25, "cold");
        assertThat(comparison.isRight()).isTrue();
        comparison.score("L1", AT, 50, "warm");
        assertThat(comparison.differences(9))
                .singleElement()
                .asString()
                .startsWith("score L1: expected ")
                .endsWith("found 50.0, warm as of " + AT);
        comparison.score("L1", AT - 1, 50, "cold");
        assertThat(comparison.isRight()).isFalse();
        comparison.score("L1", AT, 50 + 1e-8, "cold");
        assertThat(comparison.isRight()).isFalse();
    }

    @Test
    void whatIsUnexpectedIsWrongUnlessItSaysNothing() {
        Comparison comparison = new Comparison(expected(), AS_OF);
        sayAll(comparison);

        comparison.sum("won_amount", "rep:R9", "2026-02-02", 5);
        comparison.alert("D2", "offer", AT, new FoundAlert("R1", AT, null, null));
        comparison.score("L2", AT, 0, "cold");
        comparison.deadLetter("topic/0/2", "too_many");
        comparison.deadLetter("topic/0/1", "no_lead");
        assertThat(comparison.differences(9))
                .containsExactly(
                        "dead_letters too_many: expected 0, found 1",
                        "score L2: expected nothing, found 0.0, cold as of " + AT,
                        "stuck D2|offer|" + AT + ": expected nothing, found " + new FoundAlert("R1", AT, null, null),
                        "sum won_amount|rep:R9|2026-02-02: expected 0, found 5");
        assertThat(comparison.differences(1))
                .containsExactly("dead_letters too_many: expected 0, found 1", "and 3 more");

        comparison.sum("won_amount", "rep:R9", "2026-02-02", 0);
        comparison.alert("D2", "offer", AT, null);
        assertThat(comparison.wrongs()).isEqualTo(2);
    }

    private static Expected expected() {
        Oracle oracle = new Oracle(AS_OF, Map.of());
        oracle.activity(
                "{\"source\":\"crm\",\"id\":\"1\",\"kind\":\"meeting_completed\",\"time\":\"2026-02-02T10:00:00Z\",\"lead\":\"L1\"}"
                        .getBytes(StandardCharsets.UTF_8));
        oracle.activity(
                "{\"source\":\"crm\",\"id\":\"2\",\"kind\":\"meeting_completed\",\"time\":\"2026-02-02T10:00:00Z\",\"lead\":\"L1\"}"
                        .getBytes(StandardCharsets.UTF_8));
        oracle.activity("{".getBytes(StandardCharsets.UTF_8));
        oracle.endOfPart();
        Expected expected = oracle.expected();
        expected.deadLetters().clear();
        expected.deadLetters().put("no_lead", 1L);
        expected.sums().put("won_amount|company|2026-02-02", 100L);
        expected.alerts().put("D1|demo|" + AT, new StuckAlert("R1", AT, null, AT));
        return expected;
    }

    private static void sayAll(Comparison comparison) {
        comparison.score("L1", AT, 50, "cold");
        comparison.sum("won_amount", "company", "2026-02-02", 100);
        comparison.alert("D1", "demo", AT, new FoundAlert("R1", AT, null, AT));
        comparison.deadLetter("topic/0/1", "no_lead");
    }
}
