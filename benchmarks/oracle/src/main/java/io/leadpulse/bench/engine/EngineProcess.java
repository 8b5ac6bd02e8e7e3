package io.leadpulse.bench.engine;

import io.leadpulse.bench.agent.EngineAgent;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The process of an engine in a fresh folder; all have the same options of the JVM, but their own class path. */
public final class EngineProcess implements RunningEngine {
    /** The same heap and collector for all; what an engine has outside its heap comes on top. */
    private static final List<String> JVM = List.of("-Xms4g", "-Xmx4g", "-XX:+UseParallelGC");

    /** Deeper than Flink's chains: a stack that is cut off at its root hangs in the air in a flame graph. */
    private static final int STACK_DEPTH = 256;

    private static final String READY = "ready";
    private static final String CPU = "cpu ";
    private static final String STATS = "stats ";
    private static final Duration TO_START = Duration.ofMinutes(2);
    private static final Duration TO_ANSWER = Duration.ofMinutes(1);
    private static final Duration TO_STOP = Duration.ofMinutes(2);

    private final Engine engine;
    private final Process process;
    private final Path log;
    private final BufferedWriter words;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private EngineProcess(Engine engine, Process process, Path log) {
        this.engine = engine;
        this.process = process;
        this.log = log;
        this.words = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "output of " + engine.folder());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it and waits until it can begin.
     *
     * @param home the project's folder
     * @param folder a folder of its own for this run, which is made; where it ran there before, it goes on
     * @param config the configuration of the task
     * @param events records in the topics of events
     * @param settings what is to be other than usual, by names that the engine knows
     * @param recordingOrNull the file that Flight Recorder writes until it ends; null to record nothing
     * @throws IOException if it cannot be started
     */
    public static EngineProcess start(
            Engine engine,
            Path home,
            Path folder,
            Path config,
            String bootstrapServers,
            long events,
            Map<String, String> settings,
            Path recordingOrNull)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path log = folder.resolve("process.log");
        Path target =
                home.resolve("benchmarks/engines").resolve(engine.folder()).resolve("target");
        Path work = Files.createDirectories(folder.resolve("work"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(engine.jvmOptions(home));
        if (recordingOrNull != null) {
            command.add("-XX:StartFlightRecording=settings=profile,filename=" + recordingOrNull);
            command.add("-XX:FlightRecorderOptions=stackdepth=" + STACK_DEPTH);
        }
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
        command.addAll(List.of("-cp", target.resolve("*") + ":" + target.resolve("lib") + "/*", engine.mainClass()));
        command.addAll(List.of(
                bootstrapServers, config.toString(), work.toString(), NeutralResults.TOPIC, String.valueOf(events)));
        settings.forEach((name, value) -> command.add(name + '=' + value));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        EngineProcess started = new EngineProcess(engine, process, log);
        boolean isReady = false;
        try {
            started.await(READY, TO_START);
            isReady = true;
            return started;
        } finally {
            if (!isReady) {
                started.close();
            }
        }
    }

    @Override
    public void go() throws IOException {
        say("go");
    }

    @Override
    public long cpuNanos() throws IOException, InterruptedException {
        say("cpu");
        return Long.parseLong(await(CPU, TO_ANSWER).substring(CPU.length()));
    }

    @Override
    public String stats() throws IOException, InterruptedException {
        say("stats");
        return await(STATS, TO_ANSWER).substring(STATS.length());
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public void stop() throws IOException, InterruptedException {
        say("stop");
        if (!process.waitFor(TO_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException(
                    "%s has not stopped within %d s; %s".formatted(engine.title(), TO_STOP.toSeconds(), log));
        }
        if (process.exitValue() != 0) {
            throw new IOException("%s ended with code %d; %s".formatted(engine.title(), process.exitValue(), log));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private void say(String word) throws IOException {
        words.write(word);
        words.newLine();
        words.flush();
    }

    /** The next answer, which must begin so. */
    private String await(String beginning, Duration deadline) throws IOException, InterruptedException {
        long endNanos = System.nanoTime() + deadline.toNanos();
        while (process.isAlive() || !answers.isEmpty()) {
            String answer = answers.poll(100, TimeUnit.MILLISECONDS);
            if (answer != null && answer.startsWith(beginning)) {
                return answer;
            }
            if (answer != null) {
                throw new IOException("%s says \"%s\"; expected \"%s\"".formatted(engine.title(), answer, beginning));
            }
            if (System.nanoTime() > endNanos) {
                throw new IOException("%s has not said \"%s\" within %d s; %s"
                        .formatted(engine.title(), beginning, deadline.toSeconds(), log));
            }
        }
        throw new IOException("%s has ended with code %d; %s".formatted(engine.title(), process.exitValue(), log));
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(EngineAgent.MARK)) {
                    answers.add(line.substring(EngineAgent.MARK.length()));
                }
            }
        } catch (IOException e) {
            // The process was killed while it spoke; whoever waits for an answer sees that it is gone.
            answers.clear();
        }
    }
}
