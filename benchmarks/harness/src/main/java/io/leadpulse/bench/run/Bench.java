package io.leadpulse.bench.run;

import io.leadpulse.bench.drain.Drain;
import io.leadpulse.bench.drain.DrainRun;
import io.leadpulse.bench.drain.EventTopics;
import io.leadpulse.bench.drain.ExpectedResults;
import io.leadpulse.bench.drain.WrongResultsException;
import io.leadpulse.bench.engine.Engine;
import io.leadpulse.bench.engine.EngineProcess;
import io.leadpulse.bench.engine.RunningEngine;
import io.leadpulse.bench.oracle.Expected;
import io.leadpulse.bench.workload.WorkloadSpec;
import io.leadpulse.local.stack.FileTree;
import io.leadpulse.local.stack.LocalBroker;
import io.leadpulse.local.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Several engines over the same work: the oracle first, then a warm-up of each that counts nothing but must be right, then measured
 * runs in turn. Every run has a process, topics of results and a folder of its own.
 */
public final class Bench {
    /** The project's folder, as the launcher tells it. */
    private static final String HOME_PROPERTY = "leadpulse.home";

    private final WorkloadSpec spec;
    private final List<Engine> engines;
    private final int runs;
    private final Path home;
    private final Path recordingsOrNull;
    private final Consumer<String> progress;

    /**
     * What is to be done.
     *
     * @param engines in the order of the first round
     * @param runs measured runs of each, 0 for the warm-up alone
     * @param home the project's folder
     * @param recordingsOrNull a folder for a recording of each run by Flight Recorder, which costs some processor time; null for
     *     none
     * @param progress told what happens, a line each
     */
    public Bench(
            WorkloadSpec spec,
            List<Engine> engines,
            int runs,
            Path home,
            Path recordingsOrNull,
            Consumer<String> progress) {
        this.spec = spec;
        this.engines = List.copyOf(engines);
        this.runs = runs;
        this.home = home;
        this.recordingsOrNull = recordingsOrNull;
        this.progress = progress;
    }

    /** The project's folder. */
    public static Path home() {
        return Path.of(System.getProperty(HOME_PROPERTY, "")).toAbsolutePath();
    }

    /**
     * Runs all in a folder, which is emptied afterwards if all went well.
     *
     * @return the measured runs, in their order
     * @throws WrongResultsException if any run's results are not the oracle's
     */
    public List<Drain> run(Path folder)
            throws IOException, InterruptedException, ExecutionException, TimeoutException, StackException,
                    WrongResultsException {
        Path config = folder.resolve("task.yaml");
        Files.createDirectories(folder);
        Files.writeString(config, WorkloadSpec.configYaml());
        Expected expected = ExpectedResults.of(spec);
        progress.accept("the oracle expects %,d results: %,d scores, %,d sums, %,d alerts, dead letters %s"
                .formatted(
                        expected.size(),
                        expected.scores().size(),
                        expected.sums().size(),
                        expected.alerts().size(),
                        expected.deadLetters()));
        List<Drain> drains = new ArrayList<>();
        try (LocalBroker broker = LocalBroker.start(home, folder.resolve("broker"))) {
            EventTopics.load(broker.address(), spec);
            progress.accept("the broker holds %,d records".formatted(spec.records()));
            RunningEngine.Starter starter = (engine, work) -> EngineProcess.start(
                    engine, home, work, config, broker.address(), spec.records(), Map.of(), recordingOf(work));
            DrainRun run = new DrainRun(starter, broker.address(), spec, expected);
            List<Engine> order = new ArrayList<>(engines);
            for (int round = 0; round <= runs; round++) {
                for (Engine engine : order) {
                    Path work = folder.resolve("%s-%d".formatted(engine.folder(), round));
                    Drain drain = run.run(engine, work);
                    progress.accept("%s (%s) %s: %,.0f events a CPU second, %,.0f a second, %,d result records; right"
                            .formatted(
                                    round == 0 ? "warm-up" : "run " + round,
                                    engine.letter(),
                                    engine.title(),
                                    drain.eventsPerCpuSecond(),
                                    drain.eventsPerSecond(),
                                    drain.resultRecords()));
                    if (round > 0) {
                        drains.add(drain);
                    }
                    FileTree.delete(work);
                }
                // Who was first is last: what a run leaves behind in the machine is not always the same engine's gain.
                Collections.reverse(order);
            }
        }
        FileTree.delete(folder.resolve("broker"));
        return drains;
    }

    private Path recordingOf(Path work) {
        return recordingsOrNull == null ? null : recordingsOrNull.resolve(work.getFileName() + ".jfr");
    }
}
