package io.leadpulse.serving.learn;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Function;

/**
 * What {@link Learner} knows of itself, for Prometheus: {@code leadpulse_closed_leads}, {@code
 * leadpulse_win_probability_brier_score}, {@code leadpulse_win_probability_skill} and {@code leadpulse_learning_seconds}.
 * What cannot be said yet has no series.
 */
public final class LearnMetrics {
    private volatile Quality quality;

    /** Registers the metrics; once a registry. */
    public LearnMetrics(PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("leadpulse_closed_leads")
                .help("Leads that ended, which the win probability is learnt from. Unit: leads.")
                .labelNames("outcome")
                .callback(say -> {
                    Quality now = quality;
                    if (now != null) {
                        say.call((double) now.won(), "won");
                        say.call((double) now.lost(), "lost");
                    }
                })
                .register(registry);
        register(
                registry,
                "leadpulse_win_probability_brier_score",
                "Mean squared difference of what was said of closed leads and what came; 0 is perfect, 0.25 is what 50 %"
                        + " always gets; absent under 10 cases. Unit: 0..1.",
                Quality::brierScore);
        register(
                registry,
                "leadpulse_win_probability_skill",
                "1 - Brier score / that of the share won said of everybody; above 0 it knows something. Unit: up to 1.",
                Quality::skill);
        register(
                registry,
                "leadpulse_learning_seconds",
                "How long the last round took in which values of open leads were worked out. Unit: seconds.",
                Quality::roundSeconds);
    }

    private void register(PrometheusRegistry registry, String name, String help, Function<Quality, Double> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(say -> {
                    Quality now = quality;
                    Double known = now == null ? null : value.apply(now);
                    if (known != null) {
                        say.call(known);
                    }
                })
                .register(registry);
    }

    /** What is known from now on. */
    void know(Quality now) {
        quality = now;
    }
}
