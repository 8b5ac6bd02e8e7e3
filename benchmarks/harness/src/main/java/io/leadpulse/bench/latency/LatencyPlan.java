package io.leadpulse.bench.latency;

import io.leadpulse.bench.engine.Engine;
import io.leadpulse.bench.workload.Probes;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What is to be measured.
 *
 * @param engines in this order
 * @param rates records a second; empty to take percentages
 * @param percents of the rate that an engine sustains, where no rates are given
 * @param sustainable that rate, by letter of the engine, where it is not to be found out
 * @param seconds how long is measured at each rate
 * @param warmUpSeconds how long the same is sent before that, and not measured
 * @param leads how many leads records are about, at each rate
 * @param probesPerSecond wanted
 * @param hasMetrics whether Leadpulse runs a second time with serving beside it
 * @param isProvisional whether serving then shows also what is not committed yet
 * @param isNamed whether serving is asked only for the metric that is looked at
 * @param historyOrNull what every engine has worked off before anything is measured; null for nothing
 */
record LatencyPlan(
        List<Engine> engines,
        List<Integer> rates,
        List<Integer> percents,
        Map<String, Integer> sustainable,
        int seconds,
        int warmUpSeconds,
        int leads,
        int probesPerSecond,
        long seed,
        boolean hasMetrics,
        boolean isProvisional,
        boolean isNamed,
        WorkloadSpec historyOrNull) {
    /** So many probes say that a history is worked off: enough for all partitions to have some. */
    static final int AFTER_HISTORY = 30;

    /**
     * Checks it.
     *
     * @throws IllegalArgumentException if a number is out of its bounds, or there are more probes than can be told from each other
     */
    LatencyPlan {
        engines = List.copyOf(engines);
        rates = List.copyOf(rates);
        percents = List.copyOf(percents);
        sustainable = Map.copyOf(sustainable);
        require("--rates", rates, Schedule.MIN_PER_SECOND, "records a second, %d or more");
        require("--sustainable", List.copyOf(sustainable.values()), Schedule.MIN_PER_SECOND, "%d or more");
        require("--of", percents, 1, "per cent, %d or more");
        require("--seconds", List.of(seconds), 1, "%d or more");
        require("--warm-up", List.of(warmUpSeconds), 0, "seconds, %d or more");
        require("--leads", List.of(leads), 1, "%d or more");
        require("--probes", List.of(probesPerSecond), 1, "%d or more a second");
        long probes = probesWanted(rates, percents, seconds + warmUpSeconds, probesPerSecond, historyOrNull != null);
        if (probes > Probes.MAX) {
            throw new IllegalArgumentException(
                    "%d probes of each engine; allowed: %d (rates, seconds, --probes)".formatted(probes, Probes.MAX));
        }
    }

    /** How many probes there may be of each engine. */
    int probes() {
        return (int) probesWanted(rates, percents, seconds + warmUpSeconds, probesPerSecond, historyOrNull != null);
    }

    /** How many rates each engine gets. */
    int steps() {
        return rates.isEmpty() ? percents.size() : rates.size();
    }

    /** The rate that an engine is said to sustain; empty if it is to be found out. */
    OptionalInt sustainableOf(Engine engine) {
        Integer given = sustainable.get(engine.letter());
        return given == null ? OptionalInt.empty() : OptionalInt.of(given);
    }

    private static long probesWanted(
            List<Integer> rates, List<Integer> percents, int seconds, int probesPerSecond, boolean hasHistory) {
        int steps = rates.isEmpty() ? percents.size() : rates.size();
        int tried = rates.isEmpty() ? SteadyRate.MOST * SteadyRate.SECONDS : 0;
        return Bursts.MAX_PROBES
                + 1
                + (long) tried * probesPerSecond
                + (hasHistory ? AFTER_HISTORY : 0)
                + (long) steps * seconds * probesPerSecond;
    }

    private static void require(String option, List<Integer> values, int least, String allowed) {
        for (int value : values) {
            if (value < least) {
                throw new IllegalArgumentException(("%s has %d; allowed: " + allowed).formatted(option, value, least));
            }
        }
    }
}
