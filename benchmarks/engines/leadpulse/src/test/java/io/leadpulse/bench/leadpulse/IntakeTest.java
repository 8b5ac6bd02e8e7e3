package io.leadpulse.bench.leadpulse;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final Intake intake = new Intake();
    private final Counter one = new SimpleCounter();
    private final Counter other = new SimpleCounter();

    @Test
    void allSubtasksAreReadTogether() {
        intake.count(one);
        intake.count(other);
        intake.look(1_000);
        one.inc(30);
        other.inc(12);
        intake.look(1_100);

        assertThat(intake.between(1_000, 1_100)).isEqualTo(new Intake.Spell(100, 42));
    }

    @Test
    void aTimeInWhichNothingIsReadCounts() {
        intake.count(one);
        intake.look(1_000);
        one.inc(10);
        intake.look(1_100);
        intake.look(1_200);
        intake.look(1_300);
        one.inc(5);
        intake.look(1_400);

        assertThat(intake.between(1_100, 1_300)).isEqualTo(new Intake.Spell(200, 0));
        assertThat(intake.between(1_000, 1_400)).isEqualTo(new Intake.Spell(400, 15));
    }

    @Test
    void afterTheLastRecordNoTimeCounts() {
        intake.count(one);
        intake.look(1_000);
        one.inc(10);
        intake.look(1_100);
        intake.look(9_000);

        assertThat(intake.lastMillis()).isEqualTo(1_100);
        assertThat(intake.between(1_050, 9_000)).isEqualTo(new Intake.Spell(50, 10));
        assertThat(intake.between(2_000, 9_000)).isEqualTo(new Intake.Spell(0, 0));
    }

    @Test
    void nothingWasReadWhereNothingCounts() {
        assertThat(intake.between(0, 1_000)).isEqualTo(new Intake.Spell(0, 0));
    }
}
