package io.leadpulse.local.stack;

import static org.assertj.core.api.Assertions.fail;

import io.leadpulse.local.DataSets;
import io.leadpulse.local.cli.LeadpulseMain;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** {@code leadpulse demo} as a process of its own, as the launcher starts it. */
public final class DemoProcess implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofMinutes(4);
    private static final long BETWEEN_LOOKS_NANOS = Duration.ofMillis(100).toNanos();

    private final Path data;
    private final Path output;
    private final Process process;

    private DemoProcess(Path data, Path output, Process process) {
        this.data = data;
        this.output = output;
        this.process = process;
    }

    /** Starts it; what it prints goes to a file beside its data. */
    public static DemoProcess start(Path data, String... options) throws IOException {
        return start(data, Map.of(), options);
    }

    /** Starts it with more in its environment. */
    public static DemoProcess start(Path data, Map<String, String> environment, String... options) throws IOException {
        Path output = Files.createTempFile(data.toAbsolutePath().getParent(), "demo", ".out");
        // Ctrl-C must reach it, also where the tests run in the background with that signal ignored.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Role.DEMO.heapOptions());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.add("-Dleadpulse.home=" + DataSets.projectRoot().toAbsolutePath());
        command.add(LeadpulseMain.class.getName());
        command.addAll(List.of("demo", "--data", data.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new DemoProcess(data, output, builder.start());
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** All processes that it has started and that live. */
    public List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** The child of a role, found by what is peculiar to its command. */
    public ProcessHandle child(String inCommand) {
        return children().stream()
                .filter(child -> child.info().commandLine().orElse("").contains(inCommand))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no child runs " + inCommand + ":\n" + output()));
    }

    public String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Properties endpoints() throws IOException {
        Properties endpoints = new Properties();
        try (Reader reader = Files.newBufferedReader(data.resolve("endpoints.properties"))) {
            endpoints.load(reader);
        }
        return endpoints;
    }

    /** Waits until everything has started. */
    public void awaitRunning() {
        await("everything runs", () -> output().contains("everything runs after") || !process.isAlive());
        if (!output().contains("everything runs after")) {
            fail("demo has ended:%n%s", output());
        }
    }

    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            fail("demo has not ended:%n%s", output());
        }
        return process.exitValue();
    }

    public void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
    }

    void kill() {
        process.destroyForcibly();
    }

    /** Waits for a condition. */
    public void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("not within %s: %s%n%s", DEADLINE, what, output());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    /** Kills it if it still runs; returns when its children are gone too, which write to its folder until then. */
    @Override
    public void close() {
        List<ProcessHandle> children = children();
        process.destroyForcibly().onExit().join();
        for (ProcessHandle child : children) {
            child.onExit().orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
        }
    }
}
