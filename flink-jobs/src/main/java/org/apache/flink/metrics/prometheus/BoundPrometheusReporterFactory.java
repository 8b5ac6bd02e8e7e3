package org.apache.flink.metrics.prometheus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Makes {@link BoundPrometheusReporter}; Flink finds it by {@code META-INF/services}. Both options must be given:
 * {@code host}, a name or address of this machine, and {@code port}; 0 is any that is free.
 */
public final class BoundPrometheusReporterFactory implements MetricReporterFactory {
    @Override
    public BoundPrometheusReporter createMetricReporter(Properties properties) {
        String host = required(properties, "host");
        int port = Integer.parseInt(required(properties, "port"));
        try {
            return new BoundPrometheusReporter(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new UncheckedIOException("no metrics for Prometheus at %s:%d".formatted(host, port), e);
        }
    }

    private static String required(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("the Prometheus reporter has no " + name);
        }
        return value;
    }
}
