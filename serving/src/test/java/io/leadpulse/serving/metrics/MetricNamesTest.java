package io.leadpulse.serving.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Which metrics a query asks for. */
class MetricNamesTest {
    @Test
    void withoutANameAllAreAskedFor() {
        assertThat(MetricNames.of(null)).isNull();
        assertThat(MetricNames.of("")).isNull();
        assertThat(MetricNames.of("name=leadpulse_goal&name%5B%5D")).isNull();
    }

    @Test
    void aNameIsThatOfTheMetricOrOfOneOfItsSeriesAndNoLongerOne() {
        Predicate<String> asked =
                MetricNames.of("x=1&name[]=leadpulse_goal_ahead&name%5B%5D=leadpulse_results_unreadable_total");
        assertThat(asked).accepts("leadpulse_goal_ahead", "leadpulse_results_unreadable");
        assertThat(asked).rejects("leadpulse_goal", "leadpulse_goal_ahead_of_time", "leadpulse_results");
        assertThat(MetricNames.of("name[]=leadpulse_event_delay_seconds_bucket"))
                .accepts("leadpulse_event_delay_seconds");
    }
}
