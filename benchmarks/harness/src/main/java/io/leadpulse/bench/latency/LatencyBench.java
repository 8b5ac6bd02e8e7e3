package io.leadpulse.bench.latency;

import io.leadpulse.bench.drain.WrongResultsException;
import io.leadpulse.bench.engine.Engine;
import io.leadpulse.local.stack.FileTree;
import io.leadpulse.local.stack.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Measures engines one after the other, each over a broker of its own; Leadpulse again with serving beside it. */
final class LatencyBench {
    private static final int PERCENT = 100;

    private final LatencyPlan plan;
    private final Path home;
    private final Consumer<String> progress;
    private final Map<String, Integer> sustainable = new HashMap<>();
    private final List<String> states = new ArrayList<>();

    /**
     * What is to be done.
     *
     * @param home the project's folder
     * @param progress told what happens, a line each
     */
    LatencyBench(LatencyPlan plan, Path home, Consumer<String> progress) {
        this.plan = plan;
        this.home = home;
        this.progress = progress;
        sustainable.putAll(plan.sustainable());
    }

    /**
     * Runs all in a folder, which is empty afterwards if all went well.
     *
     * @throws WrongResultsException if a probe was not seen, or a result is wrong
     */
    List<Latency> run(Path folder)
            throws IOException, InterruptedException, ExecutionException, TimeoutException, StackException,
                    WrongResultsException {
        List<Latency> measured = new ArrayList<>();
        for (Engine engine : plan.engines()) {
            measured.addAll(run(engine, false, folder.resolve(engine.folder())));
            if (engine.isServed() && plan.hasMetrics()) {
                measured.addAll(run(engine, true, folder.resolve(engine.folder() + "-served")));
            }
        }
        return measured;
    }

    private List<Latency> run(Engine engine, boolean hasMetrics, Path folder)
            throws IOException, InterruptedException, ExecutionException, TimeoutException, StackException,
                    WrongResultsException {
        List<Latency> measured = new ArrayList<>();
        try (EngineUnderLoad load = EngineUnderLoad.start(engine, plan, hasMetrics, home, folder)) {
            progress.accept("(%s) %s%s: its first result was read"
                    .formatted(engine.letter(), engine.title(), hasMetrics ? ", serving beside it" : ""));
            for (int step = 0; step < plan.steps(); step++) {
                boolean isGiven = !plan.rates().isEmpty();
                int percent = isGiven ? 0 : plan.percents().get(step);
                int rate = isGiven
                        ? plan.rates().get(step)
                        : Math.max(
                                Schedule.MIN_PER_SECOND, (int) ((long) sustainable(engine, load) * percent / PERCENT));
                List<Latency> atRate = load.measure(rate, percent);
                atRate.forEach(each -> progress.accept(LatencyReport.line(each)));
                if (load.stateOrNull() != null) {
                    String held = "(%s) %s, %,d records a second: %s"
                            .formatted(
                                    engine.letter(),
                                    atRate.get(0).title(),
                                    rate,
                                    load.stateOrNull().words());
                    progress.accept(held);
                    states.add(held);
                }
                measured.addAll(atRate);
            }
            load.finish();
        }
        FileTree.delete(folder);
        return measured;
    }

    private int sustainable(Engine engine, EngineUnderLoad load)
            throws InterruptedException, WrongResultsException, IOException {
        Integer known = sustainable.get(engine.letter());
        if (known == null) {
            known = load.sustainable();
            sustainable.put(engine.letter(), known);
            progress.accept("(%s) %s sustains %,d records a second".formatted(engine.letter(), engine.title(), known));
        }
        return known;
    }

    /** What engines with a history held, a sentence for each rate. */
    List<String> states() {
        return List.copyOf(states);
    }

    /** The rates that engines sustain, as given or found, by letter. */
    Map<String, Integer> sustainable() {
        return Map.copyOf(sustainable);
    }
}
