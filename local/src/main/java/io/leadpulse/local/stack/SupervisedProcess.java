package io.leadpulse.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps one process running: starts it, waits until it is well, starts it again when it has died, ever more slowly if it
 * dies again and again, and stops it.
 *
 * <p>Its log is kept within bounds while it runs: some 10 MiB, and as much of what was before.
 *
 * <p>A first start that fails is final and told by {@link #awaitHealthy}; what has been well once is healed for ever.
 */
public final class SupervisedProcess implements AutoCloseable {
    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(400);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** Having run so long, it starts anew without the pauses of earlier deaths. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    private static final Duration BETWEEN_LOOKS_AT_LOG = Duration.ofSeconds(1);
    /** A log longer than this becomes the old log. */
    static final long MAX_LOG_BYTES = 10 << 20;

    /** What it is doing. */
    public enum State {
        WAITING,
        STARTING,
        RUNNING,
        RESTARTING,
        STOPPED,
        FAILED
    }

    private final Service service;
    private final Spawner spawner;
    private final Path log;
    private final Thread thread;
    private final CompletableFuture<Void> healthy = new CompletableFuture<>();
    /** The kernel kills at once; more only if it is stuck in the kernel itself. */
    private static final long KILLED_WITHIN_SECONDS = 5;

    private volatile State state = State.WAITING;
    private volatile Process process;
    private volatile boolean stopping;
    private final AtomicInteger restarts = new AtomicInteger();

    SupervisedProcess(Service service, Spawner spawner, Path log) {
        this.service = service;
        this.spawner = spawner;
        this.log = log;
        // The kernel kills the child when this thread ends: it ends last.
        this.thread =
                new Thread(this::supervise, "supervisor of " + service.role().wireName());
        this.thread.setDaemon(true);
    }

    /** Begins; returns at once. */
    void start() {
        state = State.STARTING;
        thread.start();
    }

    /** Which process it is. */
    public Role role() {
        return service.role();
    }

    /** What it is doing. */
    public State state() {
        return state;
    }

    /** How often it has died and was started again. */
    public int restarts() {
        return restarts.get();
    }

    /** Its process id while it runs. */
    public Optional<ProcessHandle> handle() {
        return Optional.ofNullable(process).map(Process::toHandle).filter(ProcessHandle::isAlive);
    }

    /**
     * Waits until it has been well for the first time.
     *
     * @throws StackException if it could not be started, with the end of its log
     */
    void awaitHealthy() throws StackException, InterruptedException {
        try {
            // Every attempt has its own deadline; this one only says that something is wrong with us.
            healthy.get(service.startDeadline().multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StackException known) {
                throw known;
            }
            throw new StackException(role().wireName() + " cannot be started: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new StackException(role().wireName() + " has not started; " + Spawner.tail(log), e);
        }
    }

    /** Asks it to end, kills it if it does not in time, and returns when it is gone. */
    @Override
    public void close() {
        stopping = true;
        boolean interrupted = false;
        try {
            stopChild();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        handle().ifPresent(SupervisedProcess::kill);
        thread.interrupt();
        try {
            // It may still have to end what prepares a start, such as the making of a database.
            thread.join(TimeUnit.SECONDS.toMillis(KILLED_WITHIN_SECONDS));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        state = State.STOPPED;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void kill(ProcessHandle child) {
        if (child.destroyForcibly()) {
            awaitEnd(child);
        }
    }

    /** Waits until a killed process is gone; what the kernel keeps longer than a few seconds is left to it. */
    static void awaitEnd(ProcessHandle killed) {
        killed.onExit()
                .completeOnTimeout(killed, KILLED_WITHIN_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private void stopChild() throws InterruptedException {
        Process child = process;
        if (child == null || !child.isAlive()) {
            return;
        }
        try {
            signal(child);
        } catch (IOException e) {
            // Without a shell there is still the kill below.
            return;
        }
        child.waitFor(service.stopDeadline().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void signal(Process child) throws IOException, InterruptedException {
        if (service.stopSignal().equals("TERM")) {
            child.destroy();
        } else {
            new ProcessBuilder("sh", "-c", "kill -" + service.stopSignal() + " " + child.pid())
                    .start()
                    .waitFor();
        }
    }

    private void supervise() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!stopping) {
                keepOneOldLog();
                long startedNanos = System.nanoTime();
                runOnce();
                if (stopping) {
                    break;
                }
                if (System.nanoTime() - startedNanos > STEADY.toNanos()) {
                    pause = FIRST_PAUSE;
                }
                state = State.RESTARTING;
                restarts.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            state = State.STOPPED;
        } catch (StackException | IOException | UncheckedIOException e) {
            state = State.FAILED;
            healthy.completeExceptionally(e);
        } finally {
            handle().ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Starts it and returns when it has ended; a failure before it has ever been well is final. */
    private void runOnce() throws IOException, StackException, InterruptedException {
        service.prepare(spawner);
        Process child = spawner.start(service.launch(), log);
        process = child;
        if (stopping) {
            child.destroyForcibly();
        }
        Optional<String> problem = awaitHealth(child);
        if (problem.isPresent() && !healthy.isDone() && !stopping) {
            child.destroyForcibly();
            throw new StackException(
                    "%s has not started: %s; %s".formatted(role().wireName(), problem.get(), Spawner.tail(log)));
        }
        if (problem.isPresent()) {
            child.destroyForcibly();
        } else {
            state = State.RUNNING;
            healthy.complete(null);
        }
        while (!child.waitFor(BETWEEN_LOOKS_AT_LOG.toMillis(), TimeUnit.MILLISECONDS)) {
            keepOneOldLog();
        }
    }

    /** Waits until it is well; what is wrong, if it ends before or takes too long. */
    private Optional<String> awaitHealth(Process child) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + service.startDeadline().toNanos();
        while (true) {
            if (!child.isAlive()) {
                return Optional.of("it ended with code " + child.exitValue());
            }
            Optional<String> problem = problem(child);
            if (problem.isEmpty()) {
                return problem;
            }
            if (System.nanoTime() > deadlineNanos) {
                return Optional.of("%s after %d s"
                        .formatted(problem.get(), service.startDeadline().toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_CHECKS.toMillis());
        }
    }

    private Optional<String> problem(Process child) throws InterruptedException {
        for (int port : service.listensOn()) {
            if (!ListeningSockets.isOwned(child.toHandle(), port)) {
                return Optional.of("it does not listen on port " + port);
            }
        }
        return service.health().problem();
    }

    /**
     * Copies a long log and empties it. The child has it open and goes on writing at its end, which is its beginning then; what
     * it writes between copying and emptying is lost.
     */
    private void keepOneOldLog() throws IOException {
        if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
            Path old = log.resolveSibling(log.getFileName() + ".1");
            try {
                Files.copy(log, old, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                // As on a full disk, where room matters more than what was.
                Files.deleteIfExists(old);
            }
            Files.newByteChannel(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        }
    }
}
