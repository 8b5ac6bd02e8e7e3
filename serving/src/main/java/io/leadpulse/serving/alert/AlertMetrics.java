package io.leadpulse.serving.alert;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What {@link Dispatcher} does, for Prometheus: {@code leadpulse_alert_messages_total}, {@code
 * leadpulse_alert_messages_waiting} and {@code leadpulse_alerts_muted}. Every series of a kind is there from the start, so
 * that a first failure is a rise.
 */
public final class AlertMetrics implements AlertMeter {

    private final Counter messages;
    private final Gauge waiting;
    private final Gauge muted;
    private final Set<String> mutedCauses = new HashSet<>();

    /** Registers the metrics; once a registry. */
    public AlertMetrics(PrometheusRegistry registry) {
        messages = Counter.builder()
                .name("leadpulse_alert_messages_total")
                .help("Messages to people that were handed to the Alertmanager, and tries that failed.")
                .labelNames("kind", "result")
                .register(registry);
        waiting = Gauge.builder()
                .name("leadpulse_alert_messages_waiting")
                .help("Messages to people that wait for working hours, for company or for a free minute.")
                .register(registry);
        muted = Gauge.builder()
                .name("leadpulse_alerts_muted")
                .help("Alerts that wait because a source is silent or the pipeline unhealthy.")
                .labelNames("cause")
                .register(registry);
        for (MessageKind kind : MessageKind.values()) {
            messages.labelValues(kind.wireName(), "sent").inc(0);
            messages.labelValues(kind.wireName(), "failed").inc(0);
        }
    }

    @Override
    public void sent(MessageKind kind) {
        messages.labelValues(kind.wireName(), "sent").inc();
    }

    @Override
    public void failed(MessageKind kind) {
        messages.labelValues(kind.wireName(), "failed").inc();
    }

    @Override
    public void waiting(int count) {
        waiting.set(count);
    }

    @Override
    public void muted(Map<String, Integer> alertsByCause) {
        mutedCauses.addAll(alertsByCause.keySet());
        for (String cause : mutedCauses) {
            muted.labelValues(cause).set(alertsByCause.getOrDefault(cause, 0));
        }
    }
}
