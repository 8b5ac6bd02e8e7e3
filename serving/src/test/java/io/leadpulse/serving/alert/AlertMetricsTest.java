package io.leadpulse.serving.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertMetricsTest {

    @Test
    void everyKindIsThereFromTheStartAndWhatIsNoLongerMutedIsZero() throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        AlertMetrics metrics = new AlertMetrics(registry);
        metrics.sent(MessageKind.DIGEST);
        metrics.failed(MessageKind.LEAD);
        metrics.failed(MessageKind.LEAD);
        metrics.waiting(7);
        metrics.muted(Map.of("stuck", 3, "idle", 1));
        metrics.muted(Map.of("idle", 2));

        assertThat(scrape(registry))
                .containsExactlyInAnyOrder(
                        "leadpulse_alert_messages_total{kind=\"daily\",result=\"failed\"} 0.0",
                        "leadpulse_alert_messages_total{kind=\"daily\",result=\"sent\"} 0.0",
                        "leadpulse_alert_messages_total{kind=\"digest\",result=\"failed\"} 0.0",
                        "leadpulse_alert_messages_total{kind=\"digest\",result=\"sent\"} 1.0",
                        "leadpulse_alert_messages_total{kind=\"lead\",result=\"failed\"} 2.0",
                        "leadpulse_alert_messages_total{kind=\"lead\",result=\"sent\"} 0.0",
                        "leadpulse_alert_messages_total{kind=\"scope\",result=\"failed\"} 0.0",
                        "leadpulse_alert_messages_total{kind=\"scope\",result=\"sent\"} 0.0",
                        "leadpulse_alert_messages_total{kind=\"team_lead\",result=\"failed\"} 0.0",
                        "leadpulse_alert_messages_total{kind=\"team_lead\",result=\"sent\"} 0.0",
                        "leadpulse_alert_messages_waiting 7.0",
                        "leadpulse_alerts_muted{cause=\"idle\"} 2.0",
                        "leadpulse_alerts_muted{cause=\"stuck\"} 0.0");
    }

    private static List<String> scrape(PrometheusRegistry registry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(bytes, registry.scrape());
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
