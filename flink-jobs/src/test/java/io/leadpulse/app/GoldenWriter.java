package io.leadpulse.app;

import io.leadpulse.engine.EngineUids;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes the folder of a new release: {@code GoldenWriter flink-jobs/src/test/resources/golden/N}. Never over one that is
 * there. How to call it stands in the README of that folder.
 */
final class GoldenWriter {
    private static final int MAX_TRIES = 20;

    private GoldenWriter() {}

    public static void main(String[] arguments) throws Exception {
        write(Path.of(arguments[0]).toAbsolutePath());
    }

    /**
     * Writes a release.
     *
     * @throws IllegalArgumentException if the folder is there already
     */
    static void write(Path folder) throws Exception {
        if (Files.exists(folder)) {
            throw new IllegalArgumentException(folder + " is there: what belongs to a release is never written anew");
        }
        Path working = Files.createTempDirectory("golden");
        Files.createDirectories(folder);
        GoldenRelease release = new GoldenRelease(folder);
        release.writeInput();
        GoldenRun run = new GoldenRun(release.config());
        try {
            run.send(release.before());
            run.start(working.resolve("data"));
            run.awaitFates();
            // Nothing may be under way: results that no broker has yet could not be committed on another one.
            run.awaitQuiet(GoldenRun.ALL_IS_SAID);
            Path savepoint = run.job().savepoint(working.resolve("savepoints"));
            Files.move(savepoint, release.savepoint());
            release.writeResults(run.results());
            release.writeTypes(inMotion(run, working).values());
        } finally {
            run.end();
        }
        System.out.println("written: " + folder);
    }

    /** All states at a moment at which sums have changed and are not yet published, so that this too is seen. */
    private static Map<String, SavepointState> inMotion(GoldenRun run, Path working) throws Exception {
        for (int number = 1; number <= MAX_TRIES; number++) {
            run.send(List.of(GoldenHistory.stir(number)));
            Map<String, SavepointState> states =
                    SavepointReader.states(run.job().savepoint(working.resolve("savepoints")));
            if (states.get(EngineUids.ROLLUPS + '.' + EngineUids.ROLLUP_DIRTY).longest() != null) {
                return states;
            }
        }
        throw new IllegalStateException("no sums in motion; try again");
    }
}
