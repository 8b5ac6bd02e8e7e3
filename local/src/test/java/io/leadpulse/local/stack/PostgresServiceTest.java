package io.leadpulse.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.serving.read.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServiceTest {
    @TempDir
    private Path data;

    /** A killed server stands in the list of processes until it is buried. */
    @Test
    void aNewServerWaitsUntilTheOneThatWasKilledIsGone() throws Exception {
        Process former = new ProcessBuilder("cat").start();
        Files.writeString(data.resolve("postmaster.pid"), former.pid() + "\n" + data + "\n");
        AtomicReference<Thread> starting = new AtomicReference<>();
        var executor = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> aliveAfterwards = executor.submit(() -> {
                starting.set(Thread.currentThread());
                PostgresService.awaitEndOfFormer(data);
                return former.isAlive();
            });
            Await.until(
                    "that it waits",
                    () -> starting.get() != null && starting.get().getState() == Thread.State.TIMED_WAITING,
                    aliveAfterwards::isDone);
            assertThat(aliveAfterwards.isDone()).isFalse();

            former.destroyForcibly();

            assertThat(aliveAfterwards.get(1, TimeUnit.MINUTES)).isFalse();
        } finally {
            former.destroyForcibly();
            executor.shutdownNow();
        }
    }

    @Test
    void withoutAFormerServerThereIsNothingToWaitFor() throws Exception {
        PostgresService.awaitEndOfFormer(data);
        Files.writeString(data.resolve("postmaster.pid"), "");
        PostgresService.awaitEndOfFormer(data);
        assertThat(data.resolve("postmaster.pid")).exists();
    }
}
