package io.leadpulse.bench.agent;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an engine is told when it is started.
 *
 * @param bootstrapServers where the broker is, {@code host:port}
 * @param config the configuration of the task, Leadpulse's YAML
 * @param work a folder of its own, empty but for what an earlier process of the same run left there
 * @param resultTopic where results in the neutral form of TASK.md go; an engine with topics of its own ignores it
 * @param events records in the topics of events
 * @param settings what is to be other than usual, by names that the engine knows; empty in an ordinary run
 */
public record Order(
        String bootstrapServers,
        Path config,
        Path work,
        String resultTopic,
        long events,
        Map<String, String> settings) {
    private static final int PARTS = 5;

    /** Keeps the settings as they are. */
    public Order {
        settings = Map.copyOf(settings);
    }

    /** With nothing other than usual. */
    public Order(String bootstrapServers, Path config, Path work, String resultTopic, long events) {
        this(bootstrapServers, config, work, resultTopic, events, Map.of());
    }

    /**
     * Reads the arguments of the process, in the order of the components; each setting is {@code name=value}.
     *
     * @throws IllegalArgumentException if there are fewer, or a setting is none
     */
    static Order of(String[] arguments) {
        if (arguments.length < PARTS) {
            throw new IllegalArgumentException(
                    "%d arguments; expected bootstrap servers, configuration, folder, result topic, number of events"
                                    .formatted(arguments.length)
                            + " and settings");
        }
        return new Order(
                arguments[0],
                Path.of(arguments[1]),
                Path.of(arguments[2]),
                arguments[3],
                Long.parseLong(arguments[4]),
                Arrays.stream(arguments)
                        .skip(PARTS)
                        .map(Order::setting)
                        .collect(Collectors.toMap(each -> each[0], each -> each[1])));
    }

    private static String[] setting(String argument) {
        String[] parts = argument.split("=", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException("\"%s\" is no setting; allowed: name=value".formatted(argument));
        }
        return parts;
    }
}
