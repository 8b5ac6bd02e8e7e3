package io.leadpulse.local.stack;

import io.leadpulse.app.ClusterCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The engine's two processes. The job may read all events anew when there is no checkpoint, because here the topics are
 * ours and hold the whole history.
 */
final class EngineServices {
    /** Two subtasks of each operator: as many as the smallest machine that this is made for has cores. */
    private static final int SLOTS = 2;

    /** How long a result waits at most to be committed; with a scrape every 2 s boards are behind by some 4 s at most. */
    private static final String CHECKPOINT_INTERVAL = "1 s";

    private EngineServices() {}

    static Service jobManager(StackContext context) {
        return new JobManagerService(context);
    }

    static Service taskManager(StackContext context) {
        return new TaskManagerService(context);
    }

    private static ClusterCommands commands(StackContext context) {
        Ports ports = context.ports();
        return new ClusterCommands(
                directory(context),
                "127.0.0.1",
                ports.of(Ports.Name.FLINK_RPC),
                ports.of(Ports.Name.FLINK),
                ports.of(Ports.Name.JOBMANAGER_METRICS),
                ports.of(Ports.Name.TASKMANAGER_METRICS),
                SLOTS,
                List.of(
                        "--bootstrap-servers",
                        ports.address(Ports.Name.KAFKA),
                        "--config",
                        context.configFile().toString(),
                        "--checkpoint-interval",
                        CHECKPOINT_INTERVAL,
                        "--from-earliest"));
    }

    private static Path directory(StackContext context) {
        return context.folder().of("engine");
    }

    private static Launch launch(StackContext context, List<String> arguments) {
        return context.java().launch(directory(context), arguments);
    }

    /** It is well when the job runs: then its results are computed, and after the next checkpoint read. */
    private record JobManagerService(StackContext context) implements Service {
        @Override
        public Role role() {
            return Role.JOBMANAGER;
        }

        @Override
        public void prepare(Spawner spawner) throws IOException {
            Files.createDirectories(directory(context));
        }

        @Override
        public Launch launch() {
            return EngineServices.launch(context, commands(context).jobManager());
        }

        @Override
        public List<Integer> listensOn() {
            return List.of(
                    context.ports().of(Ports.Name.FLINK),
                    context.ports().of(Ports.Name.FLINK_RPC),
                    context.ports().of(Ports.Name.JOBMANAGER_METRICS));
        }

        @Override
        public HealthCheck health() {
            return new JobHealth(context.ports().url(Ports.Name.FLINK));
        }

        /** Restoring takes as long as the state is large. */
        @Override
        public Duration startDeadline() {
            return Duration.ofMinutes(4);
        }
    }

    /** It is well when it listens; whether its work goes on is seen at the job. */
    private record TaskManagerService(StackContext context) implements Service {
        @Override
        public Role role() {
            return Role.TASKMANAGER;
        }

        @Override
        public void prepare(Spawner spawner) throws IOException {
            Files.createDirectories(directory(context));
        }

        @Override
        public Launch launch() throws IOException {
            return EngineServices.launch(context, commands(context).taskManager());
        }

        @Override
        public List<Integer> listensOn() {
            return List.of(context.ports().of(Ports.Name.TASKMANAGER_METRICS));
        }

        @Override
        public HealthCheck health() {
            return Optional::empty;
        }
    }

    /** All arguments for a process whose own host is another than the JobManager's, as in containers. */
    static List<String> onHost(List<String> arguments, String host) {
        List<String> changed = new ArrayList<>();
        for (String argument : arguments) {
            changed.add(argument.replaceFirst(
                    "^(taskmanager\\.(?:bind-)?host|metrics\\.reporter\\.prometheus\\.host)=.*$", "$1=" + host));
        }
        return changed;
    }
}
