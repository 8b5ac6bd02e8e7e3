package io.leadpulse.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.history.HistoryGenerator;
import io.leadpulse.local.DataSets;
import io.leadpulse.local.cli.LeadpulseMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A replay that is killed in the middle goes on from its checkpoint when it is started again, and nothing that stands differs. */
class KillITCase {
    private static final int LEADS = 1_200;
    private static final int ENOUGH_CHECKPOINTS = 2;

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void killedInTheMiddleAndStartedAgainItGivesTheSameResults() throws Exception {
        Path events = folder.resolve("events.ndjson");
        Files.write(events, new HistoryGenerator(42, LEADS).lines());
        ReplayRun whole = new ReplayRun(folder.resolve("whole"));
        whole.files(List.of(events));

        Path out = folder.resolve("killed 50% #u/out");
        killAfterSomeCheckpoints(events, out);
        assertThat(out.resolve("sales.progress.v1.ndjson")).doesNotExist();
        AtomicLong bytesRead = new AtomicLong();
        ReplaySummary summary = Replay.run(
                new Replay.Request(
                        out,
                        List.of(events),
                        "",
                        Optional.empty(),
                        ReplayRun.MACHINE_TIME,
                        true,
                        Duration.ofSeconds(2)),
                bytesRead::addAndGet);

        assertThat(summary.continuedFrom()).startsWith("chk-");
        // The scan reads everything; the engine only what the checkpoint had not read.
        assertThat(bytesRead.get()).isLessThan(2 * Files.size(events));
        ReplayRun continued = new ReplayRun(folder.resolve("killed 50% #u"));
        for (String topic : Replay.RESULT_TOPICS) {
            assertThat(continued.standing(topic)).as(topic).isEqualTo(whole.standing(topic));
        }
        assertThat(out.resolve(".replay")).doesNotExist();
    }

    @Test
    void anUnfinishedReplayOfOtherInputIsRefused() throws Exception {
        Path events = folder.resolve("events.ndjson");
        Files.write(events, new HistoryGenerator(42, LEADS).lines());
        Path out = folder.resolve("out");
        killAfterSomeCheckpoints(events, out);
        ReplayRun other = new ReplayRun(folder);

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> other.lines(List.of()))
                .isInstanceOf(Replay.RefusedReplayException.class)
                .hasMessageContaining("unfinished replay of other input, as-of or configuration");
    }

    private void killAfterSomeCheckpoints(Path events, Path out) throws Exception {
        Process process = start(events, out);
        ReplayFolder working = new ReplayFolder(out);
        try {
            while (numberOf(working.newestCheckpoint()) < ENOUGH_CHECKPOINTS) {
                boolean ended = process.waitFor(5, TimeUnit.MILLISECONDS);
                assertThat(ended).as("it ended before it could be killed").isFalse();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static int numberOf(Optional<Path> checkpoint) {
        return checkpoint
                .map(path -> Integer.parseInt(path.getFileName().toString().substring("chk-".length())))
                .orElse(0);
    }

    /** The command in a process of its own, with frequent checkpoints. */
    private Process start(Path events, Path out) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("@" + DataSets.projectRoot().resolve("local/src/main/launcher/jvm.options"));
        // A locale with digits and a calendar of its own must change nothing.
        command.addAll(List.of("-Duser.language=fa", "-Duser.country=IR", "-Duser.timezone=Asia/Tehran"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LeadpulseMain.class.getName()));
        command.addAll(
                List.of("replay", "--out", out.toString(), "--checkpoint-interval-ms", "100", events.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("process.log").toFile())
                .start();
    }
}
