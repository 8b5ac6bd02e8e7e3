package io.leadpulse.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor with shell scripts for services. */
class SupervisedProcessITCase {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /** A script; it is well once it has written a file. */
    private record Script(Path folder, String preparation, String text, String stopSignal) implements Service {
        @Override
        public Role role() {
            return Role.SERVING;
        }

        @Override
        public void prepare(Spawner spawner) throws IOException, StackException, InterruptedException {
            Files.deleteIfExists(folder.resolve("well"));
            spawner.run(
                    "preparing",
                    Launch.of(folder, List.of("/bin/sh", "-c", preparation)),
                    folder.resolve("log"),
                    DEADLINE);
        }

        @Override
        public Launch launch() {
            return Launch.of(folder, List.of("/bin/sh", "-c", text));
        }

        @Override
        public List<Integer> listensOn() {
            return List.of();
        }

        @Override
        public HealthCheck health() {
            return () -> Files.exists(folder.resolve("well")) ? Optional.empty() : Optional.of("it is not well");
        }
    }

    @Test
    void whatDiesIsStartedAgainAndStopsWhenTold() throws Exception {
        SupervisedProcess process = supervised("echo up; touch well; exec tail -f /dev/null", "TERM");
        process.start();
        process.awaitHealthy();
        ProcessHandle first = process.handle().orElseThrow();

        first.destroyForcibly();
        await(() -> process.restarts() == 1 && process.state() == SupervisedProcess.State.RUNNING);
        ProcessHandle second = process.handle().orElseThrow();
        process.close();

        assertThat(second.pid()).isNotEqualTo(first.pid());
        assertThat(second.isAlive()).isFalse();
        assertThat(process.state()).isEqualTo(SupervisedProcess.State.STOPPED);
        assertThat(Files.readAllLines(log())).containsExactly("up", "up");
    }

    @Test
    void aFirstStartThatFailsIsFinalAndShowsTheLog() throws Exception {
        SupervisedProcess process = supervised("echo no such thing; exit 3", "TERM");
        process.start();

        assertThatThrownBy(process::awaitHealthy)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("serving has not started: it ended with code 3")
                .hasMessageContaining("no such thing");
        assertThat(process.state()).isEqualTo(SupervisedProcess.State.FAILED);
        assertThat(process.restarts()).isZero();
    }

    @Test
    void itsOwnSignalAsksItToEnd() throws Exception {
        // Not INT: whoever runs the tests in the background may have had it ignored, which children inherit.
        SupervisedProcess process =
                supervised("trap 'echo told; exit 0' USR1; touch well; while :; do sleep 0.1; done", "USR1");
        process.start();
        process.awaitHealthy();
        ProcessHandle handle = process.handle().orElseThrow();

        process.close();

        assertThat(handle.isAlive()).isFalse();
        assertThat(Files.readAllLines(log())).containsExactly("told");
    }

    @Test
    void aLongLogIsCutWhileItRuns() throws Exception {
        Path go = folder.resolve("go");
        SupervisedProcess process = supervised(
                "touch well; head -c %d /dev/zero; echo; until [ -e go ]; do sleep 0.1; done; echo after; exec tail -f /dev/null"
                        .formatted(SupervisedProcess.MAX_LOG_BYTES),
                "TERM");
        process.start();
        process.awaitHealthy();
        Path old = folder.resolve("log.1");
        await(() -> Files.exists(old) && log().toFile().length() == 0);

        Files.createFile(go);
        await(() -> log().toFile().length() > 0);
        process.close();

        assertThat(log()).hasContent("after");
        assertThat(Files.size(old)).isEqualTo(SupervisedProcess.MAX_LOG_BYTES + 1);
        assertThat(process.restarts()).isZero();
    }

    @Test
    void whatPreparesAStartIsGoneWithAllThatItStartedWhenItIsClosed() throws Exception {
        Path started = folder.resolve("started");
        SupervisedProcess process =
                supervised("tail -f /dev/null & echo $! > half; mv half started; wait", "exit 1", "TERM");
        process.start();
        await(() -> Files.exists(started));
        ProcessHandle grandchild = ProcessHandle.of(
                        Long.parseLong(Files.readString(started).strip()))
                .orElseThrow();

        process.close();

        assertThat(grandchild.isAlive()).isFalse();
        assertThat(process.state()).isEqualTo(SupervisedProcess.State.STOPPED);
    }

    /** A process that is not yet the leader of its own group is in ours, which must not be killed. */
    @Test
    void whatPreparesAStartIsGoneAlsoWhereItIsNotYetASessionOfItsOwn() throws Exception {
        Path slow = Files.createDirectory(folder.resolve("slow"));
        Path setsid = Files.writeString(
                slow.resolve("setsid"),
                "#!/bin/sh\necho $$ > half; mv half begun; exec tail -f /dev/null\n",
                StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(setsid, PosixFilePermissions.fromString("rwx------"));
        SupervisedProcess process =
                supervised("true", "exit 1", "TERM", slow + File.pathSeparator + System.getenv("PATH"));
        process.start();
        Path begun = folder.resolve("begun");
        await(() -> Files.exists(begun));
        ProcessHandle child = ProcessHandle.of(
                        Long.parseLong(Files.readString(begun).strip()))
                .orElseThrow();

        process.close();

        try {
            assertThat(child.isAlive()).isFalse();
            assertThat(process.state()).isEqualTo(SupervisedProcess.State.STOPPED);
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void aChildDiesWithTheThreadThatStartedIt() throws Exception {
        Spawner spawner = new Spawner(Tools.on(System.getenv("PATH")));
        Process[] child = new Process[1];
        Thread parent = new Thread(() -> {
            try {
                child[0] = spawner.start(
                        Launch.of(folder, List.of("/bin/sh", "-c", "touch well; exec tail -f /dev/null")), log());
                await(() -> Files.exists(folder.resolve("well")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        parent.start();
        parent.join();

        await(() -> !child[0].isAlive());
        assertThat(Files.exists(folder.resolve("well"))).isTrue();
    }

    @Test
    void secretsAreMadeOnceAndForTheirOwnerOnly() throws Exception {
        Secrets secrets = new Secrets(folder.resolve("secrets"));

        String first = secrets.of("postgres");

        assertThat(first).matches("[0-9a-f]{48}").isNotEqualTo(secrets.of("grafana"));
        assertThat(new Secrets(folder.resolve("secrets")).of("postgres")).isEqualTo(first);
        assertThat(Files.getPosixFilePermissions(secrets.file("postgres")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void theBudgetOfAllRolesIsBelowFourGibibytes() {
        assertThat(Arrays.stream(Role.values())
                        .mapToInt(Role::residentMebibytes)
                        .sum())
                .isLessThanOrEqualTo(4096);
    }

    private SupervisedProcess supervised(String script, String signal) throws StackException {
        return supervised("", script, signal);
    }

    private SupervisedProcess supervised(String preparation, String script, String signal) throws StackException {
        return supervised(preparation, script, signal, System.getenv("PATH"));
    }

    private SupervisedProcess supervised(String preparation, String script, String signal, String path)
            throws StackException {
        return new SupervisedProcess(
                new Script(folder, preparation, script, signal), new Spawner(Tools.on(path)), log());
    }

    private Path log() {
        return folder.resolve("log");
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
