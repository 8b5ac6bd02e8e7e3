package io.leadpulse.bench.leadpulse;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.bench.engine.Engines;
import io.leadpulse.bench.run.Bench;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Leadpulse alone on a small workload, in a process of its own, over a real broker: its final results are the oracle's. How fast it
 * was is of no interest here.
 */
class SmokeITCase {
    private static final WorkloadSpec SMALL = new WorkloadSpec(20_000, 2_000, 20261123);

    @TempDir
    private Path folder;

    @Test
    void itsResultsAreTheOracles() throws Exception {
        List<String> said = new ArrayList<>();

        new Bench(SMALL, Engines.of(List.of("e")), 0, home(), said::add).run(folder.resolve("run"));

        assertThat(said).last().asString().startsWith("warm-up (e) Leadpulse").endsWith("right");
    }

    /** The project's folder, which has the launcher. */
    private static Path home() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("leadpulse")) || !Files.exists(folder.resolve("benchmarks"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IOException("no folder above has the launcher");
            }
        }
        return folder;
    }
}
