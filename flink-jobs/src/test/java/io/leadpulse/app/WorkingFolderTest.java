package io.leadpulse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingFolderTest {
    @TempDir
    private Path data;

    @Test
    void whatADeadProcessLeftIsGone() throws Exception {
        Path folder = data.resolve("tmp/taskmanager");
        Path state = Files.createDirectories(folder.resolve("tm_127.0.0.1/tmp/job/db"));
        Files.writeString(state.resolve("000009.sst"), "state");
        Files.writeString(folder.resolve("library.so"), "code");
        Path other = Files.createDirectories(data.resolve("tmp/jobmanager/blobs"));

        try (WorkingFolder working = WorkingFolder.take(folder)) {
            assertThat(working).isNotNull();
            assertThat(folder).isEmptyDirectory();
        }

        assertThat(other).exists();
    }

    @Test
    void whatALivingProcessHasStays() throws Exception {
        Path folder = data.resolve("tmp/taskmanager");
        try (WorkingFolder working = WorkingFolder.take(folder)) {
            assertThat(working).isNotNull();
            Path state = Files.writeString(folder.resolve("000009.sst"), "state");

            assertThatThrownBy(() -> WorkingFolder.take(folder))
                    .isInstanceOf(RefusedStartException.class)
                    .hasMessageContaining("another process");

            assertThat(state).hasContent("state");
        }
        WorkingFolder.take(folder).close();
        assertThat(folder).isEmptyDirectory();
    }
}
