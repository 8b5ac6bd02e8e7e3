package io.leadpulse.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalInt;

/** The stack's Kafka alone, in a process of its own, for what needs a real broker and nothing else, or serving at most. */
public final class LocalBroker implements AutoCloseable {
    private final StackContext context;
    private final SupervisedProcess process;
    private SupervisedProcess serving;

    private LocalBroker(StackContext context, SupervisedProcess process) {
        this.context = context;
        this.process = process;
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
            LocalBroker broker = new LocalBroker(context, process);
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
        return context.ports().address(Ports.Name.KAFKA);
    }

    /**
     * Starts serving on the results that are in its topics, without tables and alerts, and waits until it is well. The topics must
     * be there. It is stopped with the broker.
     *
     * @param configYaml the meaning of the numbers, as the engine has it
     * @param isProvisional whether it shows also what is not committed yet
     * @return its address
     * @throws StackException if it cannot be started
     */
    public String startServing(String configYaml, boolean isProvisional)
            throws IOException, StackException, InterruptedException {
        Files.writeString(context.configFile(), configYaml);
        serving = new SupervisedProcess(
                new ServingService(context, EnumSet.of(Role.KAFKA, Role.SERVING), isProvisional),
                new Spawner(context.tools()),
                context.folder().log(Role.SERVING.wireName()));
        serving.start();
        serving.awaitHealthy();
        return context.ports().url(Ports.Name.SERVING);
    }

    /** Stops it and gives the folder free. */
    @Override
    public void close() throws IOException {
        StackFolder folder = context.folder();
        try (folder) {
            if (serving != null) {
                serving.close();
            }
            process.close();
        }
    }
}
