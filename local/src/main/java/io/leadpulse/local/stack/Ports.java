package io.leadpulse.local.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The loopback ports of one run of the stack. They stay the same while it runs, also over restarts of a process. */
public final class Ports {
    /**
     * Free ports are looked for below the range from which the system takes those of outgoing connections: else such a
     * connection could hold the port of a server that is just being restarted.
     */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int MAX_ATTEMPTS = 1_000;
    private static final int HIGHEST_PORT = 65_535;

    /** What listens. */
    public enum Name {
        SERVING,
        GRAFANA,
        PROMETHEUS,
        ALERTMANAGER,
        FLINK,
        KAFKA,
        POSTGRES,
        KAFKA_CONTROLLER,
        FLINK_RPC,
        JOBMANAGER_METRICS,
        TASKMANAGER_METRICS;

        /** As in an option. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Map<Name, Integer> ports;

    private Ports(Map<Name, Integer> ports) {
        this.ports = new EnumMap<>(ports);
    }

    /**
     * Chooses every port.
     *
     * @param given ports that are asked for by name
     * @param base if present, ports that are not given are {@code base}, {@code base + 1}, ... in the order of the names
     * @throws StackException if one that is asked for is taken or asked for twice
     */
    public static Ports choose(Map<Name, Integer> given, OptionalInt base) throws StackException {
        Map<Name, Integer> chosen = new EnumMap<>(Name.class);
        Set<Integer> used = new HashSet<>();
        int place = 0;
        for (Name name : Name.values()) {
            Integer wanted = given.get(name);
            if (wanted == null && base.isPresent()) {
                wanted = base.getAsInt() + place;
            }
            if (wanted != null) {
                requireFree(name, wanted, used);
                used.add(wanted);
                chosen.put(name, wanted);
            }
            place++;
        }
        for (Name name : Name.values()) {
            if (!chosen.containsKey(name)) {
                int free = anyFree(used);
                used.add(free);
                chosen.put(name, free);
            }
        }
        return new Ports(chosen);
    }

    /** The port. */
    public int of(Name name) {
        return ports.get(name);
    }

    /** {@code host:port}. */
    public String address(Name name) {
        return "127.0.0.1:" + of(name);
    }

    /** {@code http://host:port}. */
    public String url(Name name) {
        return "http://" + address(name);
    }

    private static void requireFree(Name name, int port, Set<Integer> used) throws StackException {
        if (port < 1 || port > HIGHEST_PORT) {
            throw new StackException(
                    "port %d of %s is none; allowed: 1 to %d".formatted(port, name.wireName(), HIGHEST_PORT));
        }
        if (used.contains(port)) {
            throw new StackException("port %d of %s is asked for twice".formatted(port, name.wireName()));
        }
        if (!isFree(port)) {
            throw new StackException(
                    "port %d of %s is taken by another process; give another one, or none for a free one"
                            .formatted(port, name.wireName()));
        }
    }

    private static int anyFree(Set<Integer> used) throws StackException {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (!used.contains(port) && isFree(port)) {
                return port;
            }
        }
        throw new StackException("no free port found between %d and %d".formatted(LOWEST, HIGHEST));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            // Taken, or forbidden: not ours either way.
            return false;
        }
    }
}
