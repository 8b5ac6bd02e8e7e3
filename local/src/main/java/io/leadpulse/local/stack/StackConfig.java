package io.leadpulse.local.stack;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a stack shall be.
 *
 * @param home the project's folder, with the configuration of Prometheus, Alertmanager and Grafana
 * @param without what shall be left out although it could run
 * @param ports ports asked for by name
 * @param portBase first of consecutive ports; empty for free ones
 */
public record StackConfig(Path home, Set<Role> without, Map<Ports.Name, Integer> ports, OptionalInt portBase) {
    public StackConfig {
        without = Set.copyOf(without);
        ports = Map.copyOf(ports);
    }
}
