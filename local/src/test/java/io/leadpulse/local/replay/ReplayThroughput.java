package io.leadpulse.local.replay;

import io.leadpulse.history.HistoryGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints how fast a generated history is replayed, several times in one JVM, so that the later runs are warm. No test:
 * the numbers depend on the machine. Arguments: number of leads (a lead has some 35 events), number of runs.
 */
public final class ReplayThroughput {
    private ReplayThroughput() {}

    public static void main(String[] args) throws Exception {
        int leads = args.length > 0 ? Integer.parseInt(args[0]) : 3_000;
        int runs = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        List<String> lines = new HistoryGenerator(1, leads).lines();
        for (int run = 1; run <= runs; run++) {
            Path folder = Files.createTempDirectory("throughput");
            ReplaySummary summary = new ReplayRun(folder).lines(lines);
            double seconds = summary.took().toMillis() / 1000.0;
            System.out.printf(
                    Locale.ROOT,
                    "run %d: %d events in %.1f s, %.0f a second%n",
                    run,
                    lines.size(),
                    seconds,
                    lines.size() / seconds);
            delete(folder);
        }
        System.exit(0);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
