package io.leadpulse.serving.store;

import io.leadpulse.schemas.config.ConfigReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Tables that hold results, for tests of what reads them. */
public final class StoredResults {
    private StoredResults() {}

    /** Makes the tables and writes results, as serving does. */
    public static void write(DataSource database, String configYaml, SomeResults results) throws Exception {
        Migrations.migrate(database);
        try (ResultWriter writer = new ResultWriter(database, ConfigReader.parse(configYaml), configYaml)) {
            writer.accept(results.updates(), results.next());
        }
    }

    /** Runs a statement. */
    public static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Connections to a database. */
    public static DataSource source(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }
}
