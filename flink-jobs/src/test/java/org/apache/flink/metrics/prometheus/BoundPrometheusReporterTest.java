package org.apache.flink.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Properties;
import java.util.ServiceLoader;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.junit.jupiter.api.Test;

class BoundPrometheusReporterTest {
    @Test
    void flinkFindsTheFactory() {
        assertThat(ServiceLoader.load(MetricReporterFactory.class))
                .hasAtLeastOneElementOfType(BoundPrometheusReporterFactory.class);
    }

    @Test
    void answersAtItsAddressOnly() throws Exception {
        BoundPrometheusReporter reporter =
                new BoundPrometheusReporterFactory().createMetricReporter(at("127.0.0.1", 0));
        try {
            reporter.open(new MetricConfig());
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + reporter.port() + "/metrics"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            // All of 127.0.0.0/8 is this machine: who listens at every address answers here, too.
            assertThatThrownBy(() -> connect("127.0.0.2", reporter.port())).isInstanceOf(ConnectException.class);
        } finally {
            reporter.close();
        }
        assertThatThrownBy(() -> connect("127.0.0.1", reporter.port())).isInstanceOf(ConnectException.class);
    }

    @Test
    void withoutAHostItDoesNotListenAnywhere() {
        Properties none = new Properties();
        none.setProperty("port", "0");
        assertThatThrownBy(() -> new BoundPrometheusReporterFactory().createMetricReporter(none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host");
    }

    private static Properties at(String host, int port) {
        Properties properties = new Properties();
        properties.setProperty("host", host);
        properties.setProperty("port", String.valueOf(port));
        return properties;
    }

    private static void connect(String host, int port) throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port));
        }
    }
}
