package io.leadpulse.local.stack;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What every process of one stack is made from.
 *
 * @param home the project's folder
 * @param folder where all is kept
 * @param ports who listens where
 * @param tools programs of this machine
 * @param secrets passwords
 * @param java how our JVMs are started
 */
record StackContext(Path home, StackFolder folder, Ports ports, Tools tools, Secrets secrets, JavaCommand java) {
    private static final String ROOT = "root";

    /** Whether this process may do everything, which PostgreSQL refuses to run with. */
    static boolean isRoot() {
        return ROOT.equals(ProcessHandle.current().info().user().orElse(ROOT))
                && ROOT.equals(System.getProperty("user.name"));
    }

    /** The user to become for what refuses root; empty to stay who we are. */
    static Optional<String> unprivileged(String user) {
        return isRoot() ? Optional.of(user) : Optional.empty();
    }

    /** The meaning of the numbers, which all parts read. */
    Path configFile() {
        return folder.of("config.yaml");
    }
}
