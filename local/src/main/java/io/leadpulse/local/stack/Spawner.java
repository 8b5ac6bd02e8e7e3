package io.leadpulse.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts child processes that cannot outlive this one.
 *
 * <p>Each child is a session of its own, so that Ctrl-C in the terminal reaches only us and we stop the children in
 * order; and the kernel kills it when the thread that started it ends, however this process ends
 * ({@code PR_SET_PDEATHSIG}). So whoever calls {@link #start} must stay alive as long as the child shall.
 */
final class Spawner {
    /** The child asks whether its parent is still there: it may have died before the kernel was told what to do then. */
    private static final String IF_PARENT_LIVES = "[ \"$PPID\" = \"$0\" ] || exit 70; exec \"$@\"";

    private static final List<String> NEEDED = List.of("setsid", "setpriv", "sh");
    private static final int TAIL_LINES = 12;

    private final Tools tools;

    /** @throws StackException if the system has not what it takes */
    Spawner(Tools tools) throws StackException {
        for (String tool : NEEDED) {
            if (tools.find(tool).isEmpty()) {
                throw new StackException(tool + " is missing (Debian package util-linux); it is needed to stop all"
                        + " processes together");
            }
        }
        this.tools = tools;
    }

    /** Starts a process whose output goes to the end of a log. */
    Process start(Launch launch, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(tools.require("setsid"));
        command.add(tools.require("setpriv"));
        launch.user().ifPresent(user -> command.addAll(List.of("--reuid", user, "--regid", user, "--init-groups")));
        command.addAll(List.of("--pdeathsig", "KILL", "--"));
        command.addAll(List.of(
                tools.require("sh"),
                "-c",
                IF_PARENT_LIVES,
                String.valueOf(ProcessHandle.current().pid())));
        command.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(launch.directory().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(launch.environment());
        return builder.start();
    }

    /**
     * Runs a process to its end. If it does not end by itself, neither it nor what it started is left when this returns.
     *
     * @throws StackException if it fails or takes too long, with the end of its log
     */
    void run(String what, Launch launch, Path log, Duration deadline)
            throws IOException, StackException, InterruptedException {
        Process process = start(launch, log);
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StackException(
                        "%s has not ended within %d s; %s".formatted(what, deadline.toSeconds(), tail(log)));
            }
            if (process.exitValue() != 0) {
                throw new StackException("%s failed with code %d; %s".formatted(what, process.exitValue(), tail(log)));
            }
        } finally {
            killAll(process);
        }
    }

    /** Kills a process and all that it started, which share its group, and waits until none of them can write any more. */
    private void killAll(Process process) throws IOException {
        List<ProcessHandle> started = process.descendants().toList();
        if (process.isAlive() || !started.isEmpty()) {
            Process kill = new ProcessBuilder(
                            tools.require("sh"), "-c", "kill -s KILL -- \"-$1\"", "sh", String.valueOf(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            SupervisedProcess.awaitEnd(kill.toHandle());
            // Until it is a session of its own it is in our group.
            process.destroyForcibly();
            Stream.concat(started.stream(), Stream.of(process.toHandle())).forEach(SupervisedProcess::awaitEnd);
        }
    }

    /** The end of a log, to be appended to a message. */
    static String tail(Path log) {
        try {
            List<String> lines = Files.exists(log) ? LogTail.of(log, TAIL_LINES) : List.of();
            return lines.isEmpty()
                    ? "it has logged nothing (%s)".formatted(log)
                    : "%s ends:%n  %s".formatted(log, String.join(System.lineSeparator() + "  ", lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
