package io.leadpulse.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds the inputs that tests run on: the committed look-alikes, and the real sets, which are not part of the project.
 *
 * <p>The real sets stand in {@code ../shared/data} beside the project, or where the system property
 * {@code leadpulse.data} says. Where they are missing the test is skipped, and says so.
 */
public final class DataSets {
    /** Maven Analytics, CRM Sales Opportunities. */
    public static final String MAVEN_CRM = "maven_crm";

    /** A change log as Pipedrive keeps it. */
    public static final String PIPEDRIVE_CHANGELOG = "pipedrive_changelog";

    private static final Path MODULE = Path.of("").toAbsolutePath();

    private DataSets() {}

    /** The root of the project. */
    public static Path projectRoot() {
        return MODULE.getParent();
    }

    /** The small committed set with the same traps. */
    public static Path lookalike(String set) {
        return MODULE.resolve("src/test/resources/lookalike").resolve(set);
    }

    /**
     * Which to take where both would show the same: the real set; where it is missing the look-alike, and the real one to be
     * skipped visibly.
     */
    public static List<Which> realOrLookalike() {
        return Files.isDirectory(real()) ? List.of(Which.REAL) : List.of(Which.LOOKALIKE, Which.REAL);
    }

    /** A set and its look-alike. */
    public enum Which {
        LOOKALIKE,
        REAL;

        /** Its folder; ends the test as skipped where it is missing. */
        public Path of(String set) {
            return this == REAL ? DataSets.real(set) : lookalike(set);
        }
    }

    /** The real set; ends the test as skipped where it is missing. */
    public static Path real(String set) {
        Path folder = real().resolve(set);
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "the real data set is not there: " + folder);
        return folder;
    }

    private static Path real() {
        return projectRoot()
                .resolve(System.getProperty("leadpulse.data", "../shared/data"))
                .normalize();
    }
}
