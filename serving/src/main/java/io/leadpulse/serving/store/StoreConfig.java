package io.leadpulse.serving.store;

import java.util.Map;
import java.util.Objects;

/**
 * What the store must know. It prints itself without the password.
 *
 * @param postgresUrl {@code jdbc:postgresql://HOST:PORT/DATABASE}
 * @param user role that writes
 * @param password its password; null when none is needed
 * @param kafka how to reach the broker, by Kafka's names; {@code bootstrap.servers} at least
 * @param configYaml text of the configuration, which must be valid
 * @param publicUrl base of links to the pages; null when it is not known
 */
public record StoreConfig(
        String postgresUrl,
        String user,
        String password,
        Map<String, Object> kafka,
        String configYaml,
        String publicUrl) {
    public StoreConfig {
        Objects.requireNonNull(postgresUrl, "postgresUrl");
        Objects.requireNonNull(user, "user");
        kafka = Map.copyOf(kafka);
        Objects.requireNonNull(configYaml, "configYaml");
    }

    @Override
    public String toString() {
        return "StoreConfig[postgresUrl=" + postgresUrl + ", user=" + user + ", password="
                + (password == null ? "none" : "***") + ", publicUrl=" + publicUrl + "]";
    }
}
