package io.leadpulse.bench.agent;

import java.nio.file.Path;

/**
 * What an engine is told when it is started.
 *
 * @param bootstrapServers where the broker is, {@code host:port}
 * @param config the configuration of the task, Leadpulse's YAML
 * @param work a folder of its own, empty
 * @param resultTopic where results in the neutral form of TASK.md go; an engine with topics of its own ignores it
 * @param events records in the topics of events
 */
public record Order(String bootstrapServers, Path config, Path work, String resultTopic, long events) {
    private static final int PARTS = 5;

    /**
     * Reads the arguments of the process, in the order of the components.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    static Order of(String[] arguments) {
        if (arguments.length != PARTS) {
            throw new IllegalArgumentException(
                    "%d arguments; expected bootstrap servers, configuration, folder, result topic"
                                    .formatted(arguments.length)
                            + " and number of events");
        }
        return new Order(
                arguments[0], Path.of(arguments[1]), Path.of(arguments[2]), arguments[3], Long.parseLong(arguments[4]));
    }
}
