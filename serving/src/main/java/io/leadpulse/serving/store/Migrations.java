package io.leadpulse.serving.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema {@code leadpulse} of a database to the version of these sources. */
public final class Migrations {
    /** The schema in which everything of ours is. */
    public static final String SCHEMA = "leadpulse";

    private Migrations() {}

    /**
     * Migrates; may run at every start, and by several processes at once, of which one migrates and the others wait.
     *
     * @param database as a role that may make a schema there
     * @throws FlywayException if the database cannot be reached, or is newer than or differs from these sources
     */
    public static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }
}
