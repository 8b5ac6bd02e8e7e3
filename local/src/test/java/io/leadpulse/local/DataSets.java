package io.leadpulse.local;

import java.nio.file.Files;
import java.nio.file.Path;
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

    /** The real set; ends the test as skipped where it is missing. */
    public static Path real(String set) {
        String given = System.getProperty("leadpulse.data", "../shared/data");
        Path folder = projectRoot().resolve(given).normalize().resolve(set);
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "the real data set is not there: " + folder);
        return folder;
    }
}
