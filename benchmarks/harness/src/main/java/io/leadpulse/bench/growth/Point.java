package io.leadpulse.bench.growth;

import io.leadpulse.bench.drain.ExpectedResults;
import io.leadpulse.bench.oracle.Expected;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One value of an axis.
 *
 * @param value as the report shows it
 * @param spec the records
 * @param windowDays days on which points count in full; 0 if they decay, as usual
 * @param settings what of Leadpulse is other than usual
 */
record Point(Axis axis, String value, WorkloadSpec spec, int windowDays, Map<String, String> settings) {
    /** Beyond them one of the hot leads would have more facts of a day than it may, at half of all events. */
    static final long MOST_EVENTS_OF_HOT_LEADS = 40_000;

    private static final int EVENTS_PER_LEAD = 30;
    private static final List<Integer> WINDOWS = List.of(1, 30, 360);
    private static final List<Double> HOT_REP_SHARES = List.of(0.0, 0.5, 0.9);
    private static final List<Double> HOT_LEAD_SHARES = List.of(0.0, 0.25, 0.5);
    private static final List<Integer> PARALLELISMS = List.of(1, 2);
    private static final int PERCENT = 100;

    /**
     * What all points have in common.
     *
     * @param events records, where the axis does not say otherwise
     * @param leadsOrNull leads, where the axis does not say otherwise; null for one of 30 events
     * @param leadPoints the values of the axis of leads
     */
    record Base(long events, Integer leadsOrNull, List<Integer> leadPoints, long seed) {
        int leads() {
            return leadsOrNull == null ? Math.toIntExact(Math.max(1, events / EVENTS_PER_LEAD)) : leadsOrNull;
        }

        private WorkloadSpec spec() {
            return new WorkloadSpec(events, leads(), seed);
        }
    }

    /**
     * The points of an axis, the one that the others are held against first.
     *
     * @throws IllegalArgumentException if there cannot be such a workload
     */
    static List<Point> of(Axis axis, Base base) {
        return switch (axis) {
            case LEADS ->
                base.leadPoints().stream()
                        .map(leads -> point(
                                axis,
                                "%,d".formatted(leads),
                                new WorkloadSpec(Math.max(base.events(), leads), leads, base.seed())))
                        .toList();
            case WINDOW ->
                WINDOWS.stream()
                        .map(days -> new Point(axis, String.valueOf(days), base.spec(), days, Map.of()))
                        .toList();
            case HOT_REP ->
                HOT_REP_SHARES.stream()
                        .map(share -> point(
                                axis,
                                percent(share),
                                new WorkloadSpec(base.events(), base.leads(), base.seed(), share, 0)))
                        .toList();
            case HOT_LEAD ->
                HOT_LEAD_SHARES.stream()
                        .map(share -> point(axis, percent(share), hotLead(base, share)))
                        .toList();
            case PARALLELISM ->
                PARALLELISMS.stream()
                        .map(each -> String.valueOf(each))
                        .map(each -> new Point(axis, each, base.spec(), 0, Map.of("parallelism", each)))
                        .toList();
            case RESTORE, KILL ->
                Stream.of(base.spec())
                        .map(spec -> point(axis, "%,d".formatted(spec.events()), spec))
                        .toList();
        };
    }

    private static WorkloadSpec hotLead(Base base, double share) {
        long events = Math.min(base.events(), MOST_EVENTS_OF_HOT_LEADS);
        return new WorkloadSpec(events, base.leads(), base.seed(), 0, share);
    }

    private static Point point(Axis axis, String value, WorkloadSpec spec) {
        return new Point(axis, value, spec, 0, Map.of());
    }

    private static String percent(double share) {
        return "%.0f %%".formatted(share * PERCENT);
    }

    /** The configuration of the task. */
    String configYaml() {
        return windowDays == 0 ? WorkloadSpec.configYaml() : WorkloadSpec.configYaml(windowDays);
    }

    /** What the results must be. */
    Expected expected() {
        return windowDays == 0 ? ExpectedResults.of(spec) : ExpectedResults.of(spec, windowDays);
    }
}
