package io.leadpulse.local.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/** The stack's Kafka alone, in a process of its own, for what needs a real broker and nothing else. */
public final class LocalBroker implements AutoCloseable {
    private final StackFolder folder;
    private final SupervisedProcess process;
    private final String address;

    private LocalBroker(StackFolder folder, SupervisedProcess process, String address) {
        this.folder = folder;
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it on a free port and waits until it answers.
     *
     * @param home the project's folder
     * @param root folder of its topics and its log; what is there already is served again
     * @throws StackException if it cannot be started, or another process has the folder
     */
    public static LocalBroker start(Path home, Path root) throws IOException, StackException, InterruptedException {
        StackFolder folder = StackFolder.lock(root);
        boolean started = false;
        try {
            Tools tools = Tools.on(System.getenv("PATH"));
            StackContext context = new StackContext(
                    home,
                    folder,
                    Ports.choose(Map.of(), OptionalInt.empty()),
                    tools,
                    new Secrets(folder.of("secrets")),
                    JavaCommand.of(home));
            SupervisedProcess process = new SupervisedProcess(
                    new KafkaService(context), new Spawner(tools), folder.log(Role.KAFKA.wireName()));
            LocalBroker broker =
                    new LocalBroker(folder, process, context.ports().address(Ports.Name.KAFKA));
            try {
                process.start();
                process.awaitHealthy();
                started = true;
            } finally {
                if (!started) {
                    process.close();
                }
            }
            return broker;
        } finally {
            if (!started) {
                folder.close();
            }
        }
    }

    /** {@code host:port}. */
    public String address() {
        return address;
    }

    /** Stops it and gives the folder free. */
    @Override
    public void close() throws IOException {
        try (folder) {
            process.close();
        }
    }
}
