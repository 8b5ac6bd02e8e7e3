package io.leadpulse.bench.growth;

import io.leadpulse.bench.drain.Drain;
import io.leadpulse.bench.drain.DrainRun;
import io.leadpulse.bench.drain.EventTopics;
import io.leadpulse.bench.drain.WrongResultsException;
import io.leadpulse.bench.engine.Engine;
import io.leadpulse.bench.engine.EngineProcess;
import io.leadpulse.bench.engine.RunningEngine;
import io.leadpulse.bench.oracle.Expected;
import io.leadpulse.local.stack.FileTree;
import io.leadpulse.local.stack.LocalBroker;
import io.leadpulse.local.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Runs an engine at one point: a broker of its own with the point's records, a process, a folder, all of it gone afterwards. */
final class GrowthRun {
    private static final String LEADPULSE = "e";
    private static final Duration TO_RUN_AGAIN = Duration.ofMinutes(5);
    private static final int LOOK_EVERY_MILLIS = 100;

    private final Path home;
    private final Path folder;
    private final Map<String, String> settings;

    /**
     * Prepares runs.
     *
     * @param home the project's folder
     * @param folder under which each run has one
     * @param settings what of Leadpulse is other than usual at all points
     */
    GrowthRun(Path home, Path folder, Map<String, String> settings) {
        this.home = home;
        this.folder = folder;
        this.settings = Map.copyOf(settings);
    }

    /** What is done over a broker that holds the records. */
    private interface Work<T> {
        T run(RunningEngine.Starter starter, String bootstrapServers, Path work)
                throws IOException, InterruptedException, ExecutionException, TimeoutException, WrongResultsException;
    }

    /**
     * Drains the records, and where the axis asks for it starts the engine again afterwards.
     *
     * @param round which of the rounds over all points it is
     * @throws WrongResultsException if its results are not the oracle's
     */
    Measured drain(Point point, Engine engine, int round)
            throws IOException, InterruptedException, ExecutionException, TimeoutException, StackException,
                    WrongResultsException {
        Expected expected = point.expected();
        return over(point, engine, (starter, bootstrapServers, work) -> {
            Stats stats = new Stats(point.axis() == Axis.RESTORE ? () -> starter.start(engine, work) : null);
            Drain drain = new DrainRun(starter, bootstrapServers, point.spec(), expected).run(engine, work, stats);
            return new Measured(point, round, drain, expected.scores().size(), stats.drained, stats.restored);
        });
    }

    /**
     * Kills the engine while it drains the records, and starts it again.
     *
     * @param kills how often
     * @throws WrongResultsException if its results are not the oracle's in the end
     */
    Killed kill(Point point, Engine engine, int kills)
            throws IOException, InterruptedException, ExecutionException, TimeoutException, StackException,
                    WrongResultsException {
        Expected expected = point.expected();
        return over(point, engine, (starter, bootstrapServers, work) -> new KillRun(
                        starter, bootstrapServers, point.spec(), expected)
                .run(engine, work, kills));
    }

    private <T> T over(Point point, Engine engine, Work<T> work)
            throws IOException, InterruptedException, ExecutionException, TimeoutException, StackException,
                    WrongResultsException {
        Path run = Files.createTempDirectory(folder, point.axis().wireName() + '-');
        Path config = Files.writeString(run.resolve("task.yaml"), point.configYaml());
        T result;
        try (LocalBroker broker = LocalBroker.start(home, run.resolve("broker"))) {
            EventTopics.load(broker.address(), point.spec());
            RunningEngine.Starter starter = (each, own) -> EngineProcess.start(
                    each, home, own, config, broker.address(), point.spec().records(), settings(engine, point), null);
            result = work.run(starter, broker.address(), run.resolve("engine"));
        }
        // What went wrong stays, for whoever wants to know why.
        FileTree.delete(run);
        return result;
    }

    private Map<String, String> settings(Engine engine, Point point) {
        if (!engine.letter().equals(LEADPULSE)) {
            return Map.of();
        }
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(point.settings());
        all.put("counted", "true");
        return all;
    }

    /** Starts an engine a second time. */
    private interface Again {
        RunningEngine start() throws IOException, InterruptedException;
    }

    /** Asks the engine about itself. */
    private static final class Stats implements DrainRun.Onlooker {
        private final Again againOrNull;
        private JobStats drained;
        private JobStats restored;

        Stats(Again againOrNull) {
            this.againOrNull = againOrNull;
        }

        @Override
        public void drained(RunningEngine running) throws IOException, InterruptedException {
            drained = JobStats.of(running.stats());
        }

        @Override
        public void ended() throws IOException, InterruptedException {
            if (againOrNull == null) {
                return;
            }
            try (RunningEngine running = againOrNull.start()) {
                running.go();
                restored = awaitRunning(running);
                running.stop();
            }
        }

        private static JobStats awaitRunning(RunningEngine running) throws IOException, InterruptedException {
            long endNanos = System.nanoTime() + TO_RUN_AGAIN.toNanos();
            JobStats stats = JobStats.of(running.stats());
            while (stats.runningAfterMillis() == null) {
                if (System.nanoTime() > endNanos) {
                    throw new IOException("the engine does not run %d s after it was started again; %s"
                            .formatted(TO_RUN_AGAIN.toSeconds(), running.log()));
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
                stats = JobStats.of(running.stats());
            }
            return stats;
        }
    }
}
