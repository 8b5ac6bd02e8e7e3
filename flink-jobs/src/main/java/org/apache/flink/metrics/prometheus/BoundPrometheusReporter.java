package org.apache.flink.metrics.prometheus;

import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Flink's metrics for Prometheus at one address only; Flink's own reporter listens at all addresses of the machine. It stands
 * in Flink's package, since what it serves, the registry, can be seen from here alone.
 */
public final class BoundPrometheusReporter extends AbstractPrometheusReporter {
    private final HTTPServer server;

    /**
     * Listens.
     *
     * @throws IOException if it cannot listen there
     */
    BoundPrometheusReporter(InetSocketAddress address) throws IOException {
        server = new HTTPServer(address, registry);
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.stop();
        super.close();
    }
}
