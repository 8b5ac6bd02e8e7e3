package io.leadpulse.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.bench.profile.StackFrame.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlameGraphsTest {
    @TempDir
    private Path folder;

    @Test
    void aPageShowsThreadsAndFramesWithTheirSamples() {
        StackSample sample = new StackSample(
                "leads",
                List.of(
                        new StackFrame("java.lang.Thread.run", Kind.INTERPRETED),
                        new StackFrame("io.leadpulse.lead.LeadFunction.process", Kind.COMPILED)));

        String page = FlameGraphs.html("leadpulse-1", Profile.of(List.of(sample, sample)));

        assertThat(page)
                .contains("<h1>leadpulse-1</h1>")
                .contains("leads")
                .contains("Thread.run")
                .contains("LeadFunction.process")
                .doesNotContain("src=\"http");
    }

    @Test
    void eachRecordingOfAFolderHasItsPageAndItsTable() throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample");
            recording.start();
            recording.dump(folder.resolve("leadpulse-1.jfr"));
        }
        Files.writeString(folder.resolve("notes.log"), "no recording");

        assertThat(FlameGraphs.write(folder))
                .containsExactly(folder.resolve("leadpulse-1.html"), folder.resolve("leadpulse-1.txt"));
        assertThat(folder.resolve("leadpulse-1.txt")).content().contains("Frames of io.leadpulse by own");
    }
}
