package io.leadpulse.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void freePortsAreAllDifferentAndBelowThoseOfOutgoingConnections() throws Exception {
        Ports ports = Ports.choose(Map.of(), OptionalInt.empty());

        assertThat(Arrays.stream(Ports.Name.values()).map(ports::of))
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(1024, 32_767));
    }

    @Test
    void aPortThatIsTakenIsRefusedByName() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(
                            () -> Ports.choose(Map.of(Ports.Name.SERVING, other.getLocalPort()), OptionalInt.empty()))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("port %d of serving is taken".formatted(other.getLocalPort()));
            assertThat(ListeningSockets.isOwned(ProcessHandle.current(), other.getLocalPort()))
                    .isTrue();
            assertThat(ListeningSockets.isOwned(ProcessHandle.of(1).orElseThrow(), other.getLocalPort()))
                    .as("another process owns it, unless it is our ancestor")
                    .isEqualTo(isAncestor(1));
        }
    }

    @Test
    void onePortCannotServeTwo() {
        assertThatThrownBy(() ->
                        Ports.choose(Map.of(Ports.Name.SERVING, 29_999, Ports.Name.KAFKA, 29_999), OptionalInt.empty()))
                .hasMessageContaining("asked for twice");
        assertThatThrownBy(() -> Ports.choose(Map.of(Ports.Name.SERVING, 70_000), OptionalInt.empty()))
                .hasMessageContaining("allowed: 1 to 65535");
    }

    private static boolean isAncestor(long pid) {
        ProcessHandle each = ProcessHandle.current();
        while (each.parent().isPresent()) {
            each = each.parent().get();
            if (each.pid() == pid) {
                return true;
            }
        }
        return false;
    }
}
