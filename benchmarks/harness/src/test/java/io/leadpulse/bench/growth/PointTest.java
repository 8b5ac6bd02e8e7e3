package io.leadpulse.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.bench.workload.WorkloadSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PointTest {
    private static final Point.Base BASE = new Point.Base(60_000, null, List.of(1_000, 90_000), 5);

    @Test
    void withMoreLeadsThanEventsThereAreAsManyEvents() {
        assertThat(Point.of(Axis.LEADS, BASE))
                .extracting(Point::spec)
                .containsExactly(new WorkloadSpec(60_000, 1_000, 5), new WorkloadSpec(90_000, 90_000, 5));
    }

    @Test
    void allElseIsOfLeadsWithThirtyEvents() {
        assertThat(Point.of(Axis.RESTORE, BASE))
                .extracting(Point::spec)
                .containsExactly(new WorkloadSpec(60_000, 2_000, 5));
        assertThat(Point.of(Axis.KILL, new Point.Base(60_000, 7, List.of(), 5)))
                .extracting(Point::spec)
                .containsExactly(new WorkloadSpec(60_000, 7, 5));
    }

    @Test
    void sharesGrowFromNothing() {
        assertThat(Point.of(Axis.HOT_REP, BASE))
                .extracting(Point::spec)
                .containsExactly(
                        new WorkloadSpec(60_000, 2_000, 5),
                        new WorkloadSpec(60_000, 2_000, 5, 0.5, 0),
                        new WorkloadSpec(60_000, 2_000, 5, 0.9, 0));
        assertThat(Point.of(Axis.HOT_LEAD, BASE))
                .extracting(Point::spec)
                .containsExactly(
                        new WorkloadSpec(40_000, 2_000, 5),
                        new WorkloadSpec(40_000, 2_000, 5, 0, 0.25),
                        new WorkloadSpec(40_000, 2_000, 5, 0, 0.5));
        assertThat(Point.of(Axis.HOT_REP, BASE)).extracting(Point::value).containsExactly("0 %", "50 %", "90 %");
    }

    @Test
    void windowsAreOfTheConfigurationAndParallelismOfTheEngine() {
        assertThat(Point.of(Axis.WINDOW, BASE)).extracting(Point::windowDays).containsExactly(1, 30, 360);
        assertThat(Point.of(Axis.WINDOW, BASE).get(1).configYaml()).contains("window_days: 30");
        assertThat(Point.of(Axis.PARALLELISM, BASE))
                .extracting(Point::settings)
                .containsExactly(Map.of("parallelism", "1"), Map.of("parallelism", "2"));
        assertThat(Point.of(Axis.PARALLELISM, BASE).get(0).configYaml()).doesNotContain("window_days");
    }

    @Test
    void axesAreChosenByTheirNames() {
        assertThat(Axis.of(List.of())).containsExactly(Axis.values());
        assertThat(Axis.of(List.of("kill", "leads"))).containsExactly(Axis.LEADS, Axis.KILL);
        assertThatThrownBy(() -> Axis.of(List.of("leads", "laeds")))
                .hasMessageContaining("no axis laeds; there are leads, window, hot-rep");
    }
}
