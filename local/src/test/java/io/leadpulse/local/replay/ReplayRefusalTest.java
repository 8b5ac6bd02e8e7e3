package io.leadpulse.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay cannot begin with is told by its one reason, and nothing is written. */
class ReplayRefusalTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderIsNoMissingFile() throws IOException {
        Path input = Files.createDirectories(folder.resolve("events"));

        assertRefused(input, input + " is a folder; replay reads files");
        assertRefused(folder.resolve("none"), "no such file: " + folder.resolve("none"));
    }

    @Test
    void compressedEventsAreNotReadAsBrokenOnes() throws IOException {
        Path input = folder.resolve("events.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(input))) {
            out.write('{');
        }

        assertRefused(input, input + " is compressed (gzip); unpack it first");
    }

    @Test
    void aFolderOfResultsThatCannotBeMadeIsRefusedWithTheReason() throws IOException {
        Path input = Files.writeString(folder.resolve("events.ndjson"), "");
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> new ReplayRun(file).files(List.of(input)))
                .isInstanceOf(Replay.RefusedReplayException.class)
                .hasMessage("cannot write to " + file.resolve("out") + ": Not a directory");
    }

    private void assertRefused(Path input, String message) {
        ReplayRun run = new ReplayRun(folder);
        assertThatThrownBy(() -> run.files(List.of(input)))
                .isInstanceOf(Replay.RefusedReplayException.class)
                .hasMessage(message);
        assertThat(run.out()).doesNotExist();
    }
}
