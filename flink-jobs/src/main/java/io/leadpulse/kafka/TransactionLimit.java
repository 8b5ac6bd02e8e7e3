package io.leadpulse.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** How long the brokers let a transaction stay open. */
public final class TransactionLimit {
    private static final String MAX_TIMEOUT = "transaction.max.timeout.ms";
    private static final long TIMEOUT_SECONDS = 60;

    private TransactionLimit() {}

    /**
     * The limit, as one of the brokers says; they are configured alike.
     *
     * @throws ExecutionException if the broker refuses
     * @throws TimeoutException if the broker does not answer
     */
    public static Duration of(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        int broker = admin.describeCluster()
                .nodes()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .iterator()
                .next()
                .id();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(broker));
        ConfigEntry entry = admin.describeConfigs(List.of(resource))
                .all()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .get(resource)
                .get(MAX_TIMEOUT);
        return Duration.ofMillis(Long.parseLong(entry.value()));
    }
}
