package io.leadpulse.bench.leadpulse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobStatsTest {
    @ParameterizedTest
    @CsvSource({
        "leads -> combined (1/2)#0, leads",
        "rollups (2/2)#1, rollups",
        "merged leads (1/2)#0, merged leads",
        "'leads -> (combined, time spent)', leads",
        "deals, deals"
    })
    void aTaskIsCalledByTheOperatorAtItsHead(String name, String head) {
        assertThat(JobStats.headOf(name)).isEqualTo(head);
    }
}
