package io.leadpulse.tools;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Loopback ports for servers that a test starts: below those from which the system takes the ports of outgoing connections,
 * since such a connection of another test could else have it before the server does, or while it is started again.
 */
public final class FreePort {
    private static final int LOWEST = 10_000;
    /** From here on the demo looks for its own. */
    private static final int HIGHEST = 20_000;

    private static final int MAX_ATTEMPTS = 1_000;

    private FreePort() {}

    /** A port on which nothing listens. */
    public static int any() {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between %d and %d".formatted(LOWEST, HIGHEST));
    }

    /** So many different ones. */
    public static List<Integer> any(int count) {
        Set<Integer> ports = new LinkedHashSet<>();
        while (ports.size() < count) {
            ports.add(any());
        }
        return List.copyOf(ports);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
