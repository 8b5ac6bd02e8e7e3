package io.leadpulse.local.stack;

import io.leadpulse.app.ClusterCommands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Prints the arguments of {@code java} for one of the engine's processes in a container, as a file for {@code java @FILE}:
 * {@code jobmanager|taskmanager HOST FOLDER JOB_OPTION...}.
 */
public final class EngineArguments {
    private static final int RPC_PORT = 6123;
    private static final int REST_PORT = 8081;
    private static final int JOBMANAGER_METRICS_PORT = 9249;
    private static final int TASKMANAGER_METRICS_PORT = 9250;
    private static final int SLOTS = 2;
    private static final int FIRST_JOB_OPTION = 3;

    private EngineArguments() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < FIRST_JOB_OPTION) {
            System.err.println("usage: EngineArguments jobmanager|taskmanager HOST FOLDER JOB_OPTION...");
            System.exit(2);
        }
        ClusterCommands commands = new ClusterCommands(
                Path.of(arguments[2]),
                "jobmanager",
                RPC_PORT,
                REST_PORT,
                JOBMANAGER_METRICS_PORT,
                TASKMANAGER_METRICS_PORT,
                SLOTS,
                Arrays.asList(arguments).subList(FIRST_JOB_OPTION, arguments.length));
        List<String> command = arguments[0].equals("taskmanager")
                ? EngineServices.onHost(commands.taskManager(), arguments[1])
                : commands.jobManager();
        command.forEach(argument ->
                System.out.println('"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"'));
    }
}
