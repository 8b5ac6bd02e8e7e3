package io.leadpulse.local.stack;

import io.leadpulse.local.simulator.KafkaWriter;
import io.leadpulse.local.simulator.LiveScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Writes what the simulator has happen live, for as long as the demo runs, also over a broker that dies: it goes on from
 * the last instant that the broker is known to have, and what comes twice is counted as duplicate.
 */
final class Feed implements AutoCloseable {
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);
    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(1);
    /** What was due while the demo was stopped for longer than this has not happened: the company slept as well. */
    private static final Duration LONGEST_GAP = Duration.ofMinutes(10);

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);

    private final String bootstrapServers;
    private final LiveScript script;
    private final StackFolder folder;
    private final Thread thread;
    private DemoState state;
    private Instant noted = Instant.EPOCH;
    private volatile String problem = "";

    Feed(String bootstrapServers, LiveScript script, StackFolder folder, DemoState state) {
        this.bootstrapServers = bootstrapServers;
        this.script = script;
        this.folder = folder;
        this.state = state;
        this.thread = new Thread(this::run, "simulator");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** What it does, in a few words. */
    String describe() {
        if (!thread.isAlive()) {
            return "ended" + (problem.isEmpty() ? "" : ": " + problem);
        }
        return problem.isEmpty() ? "running" : "waiting: " + problem;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOP_DEADLINE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                try (KafkaWriter writer = KafkaWriter.to(bootstrapServers)) {
                    writer.live(script, from(), Clock.systemUTC(), this::note);
                } catch (InterruptException e) {
                    throw new InterruptedException(e.getMessage());
                } catch (ExecutionException | KafkaException e) {
                    problem = "the broker does not take events (%s)".formatted(e.getMessage());
                }
                TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES.toMillis());
            }
        } catch (InterruptedException e) {
            // The demo ends; what was sent since the last note comes again next time and is counted as duplicate.
            problem = "";
        } catch (UncheckedIOException e) {
            problem = e.getMessage();
        }
    }

    private long from() {
        Instant earliest = Instant.now().minus(LONGEST_GAP);
        return (state.writtenThrough().isAfter(earliest) ? state.writtenThrough() : earliest).toEpochMilli();
    }

    private void note(long throughMillis) {
        problem = "";
        Instant through = Instant.ofEpochMilli(throughMillis);
        state = state.through(through);
        if (Duration.between(noted, through).compareTo(BETWEEN_NOTES) >= 0) {
            noted = through;
            try {
                state.write(folder);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write where the demo stands: " + e.getMessage(), e);
            }
        }
    }
}
