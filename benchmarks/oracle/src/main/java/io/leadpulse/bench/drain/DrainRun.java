package io.leadpulse.bench.drain;

import io.leadpulse.bench.engine.Engine;
import io.leadpulse.bench.engine.RunningEngine;
import io.leadpulse.bench.oracle.Expected;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Runs an engine over all events once. It has drained them at the moment at which every result that can be read in Kafka, committed, is the
 * oracle's and none is missing; after it has ended, all is read to the end and must still be so.
 */
public final class DrainRun {
    private final RunningEngine.Starter starter;
    private final String bootstrapServers;
    private final WorkloadSpec spec;
    private final Expected expected;

    /**
     * What is to be done.
     *
     * @param spec of the events that the broker holds, see {@link EventTopics#load}
     * @param expected what the oracle makes of them
     */
    public DrainRun(RunningEngine.Starter starter, String bootstrapServers, WorkloadSpec spec, Expected expected) {
        this.starter = starter;
        this.bootstrapServers = bootstrapServers;
        this.spec = spec;
        this.expected = expected;
    }

    /** Looks on while an engine drains; what it does costs that engine nothing that is measured. */
    public interface Onlooker {
        /** All results are right; the engine still runs. */
        default void drained(RunningEngine running) throws IOException, InterruptedException {}

        /** It has ended; all that it left is still there. */
        default void ended() throws IOException, InterruptedException {}
    }

    /**
     * Runs it.
     *
     * @param folder a new folder for what it keeps
     * @throws WrongResultsException if its results are not the oracle's
     */
    public Drain run(Engine engine, Path folder)
            throws IOException, InterruptedException, ExecutionException, TimeoutException, WrongResultsException {
        return run(engine, folder, new Onlooker() {});
    }

    /** The same, while somebody looks on. */
    public Drain run(Engine engine, Path folder, Onlooker onlooker)
            throws IOException, InterruptedException, ExecutionException, TimeoutException, WrongResultsException {
        EventTopics.make(bootstrapServers, engine.resultTopics());
        try (ResultReader results = new ResultReader(bootstrapServers, engine, expected);
                RunningEngine running = starter.start(engine, folder)) {
            long cpuBefore = running.cpuNanos();
            long begun = System.nanoTime();
            running.go();
            results.begin();
            while (!results.isRight()) {
                results.read(running);
            }
            long records = results.records();
            long wallNanos = System.nanoTime() - begun;
            long cpuNanos = running.cpuNanos() - cpuBefore;
            onlooker.drained(running);
            running.stop();
            onlooker.ended();
            results.readToTheEnd();
            return new Drain(engine.letter(), spec.records(), cpuNanos, wallNanos, records);
        } finally {
            EventTopics.delete(bootstrapServers, engine.resultTopics());
        }
    }
}
