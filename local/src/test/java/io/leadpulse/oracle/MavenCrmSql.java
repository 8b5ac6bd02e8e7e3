package io.leadpulse.oracle;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Maven CRM set in an SQL database in this process: what was won and lost, by day, week, month, quarter and year, by
 * company, region and agent, straight from the CSV. Weeks begin on Monday. Keys are those of {@link HistoryOracle#sales()}.
 */
public final class MavenCrmSql implements AutoCloseable {
    /** A row for each deal, scope and event, with the day that it counts on. */
    private static final String EVENTS = """
            CREATE TABLE events AS
            SELECT s.scope, e.what, e.amount, e.cycle_days, e.on_day
            FROM (
                SELECT agent, 'won' AS what, close_value AS amount,
                       DATEDIFF('DAY', engaged, closed) AS cycle_days, closed AS on_day
                FROM deals WHERE stage = 'Won'
                UNION ALL
                SELECT agent, 'lost', 0, 0, closed FROM deals WHERE stage = 'Lost'
                UNION ALL
                SELECT agent, 'opened', 0, 0, engaged FROM deals WHERE engaged IS NOT NULL
            ) e
            JOIN (
                SELECT agent, 'company' AS scope FROM agents
                UNION ALL
                SELECT agent, 'team:' || region FROM agents
                UNION ALL
                SELECT agent, 'rep:' || agent FROM agents
            ) s ON s.agent = e.agent
            """;

    private static final String SALES = """
            SELECT scope, period,
                   SUM(amount),
                   COUNT(CASE WHEN what = 'won' THEN 1 END),
                   COUNT(CASE WHEN what = 'lost' THEN 1 END),
                   COUNT(CASE WHEN what = 'opened' THEN 1 END),
                   SUM(cycle_days)
            FROM (
                SELECT *, 'day:' || on_day AS period FROM events
                UNION ALL
                SELECT *, 'week:' || CAST(DATEADD('DAY', 1 - EXTRACT(ISO_DAY_OF_WEEK FROM on_day), on_day) AS DATE)
                FROM events
                UNION ALL
                SELECT *, 'month:' || SUBSTRING(CAST(on_day AS VARCHAR), 1, 7) FROM events
                UNION ALL
                SELECT *, 'quarter:' || EXTRACT(YEAR FROM on_day) || '-Q' || EXTRACT(QUARTER FROM on_day) FROM events
                UNION ALL
                SELECT *, 'year:' || EXTRACT(YEAR FROM on_day) FROM events
                UNION ALL
                SELECT *, 'total' FROM events
            )
            GROUP BY scope, period
            """;

    private static final String BETWEEN = """
            SELECT COUNT(CASE WHEN what = 'won' THEN 1 END),
                   COUNT(CASE WHEN what = 'lost' THEN 1 END),
                   SUM(cycle_days)
            FROM events
            WHERE scope = ? AND on_day BETWEEN ? AND ?
            """;

    private static final int MINOR_PER_UNIT = 100;
    private static final long MILLIS_PER_DAY = 86_400_000;

    private final Connection connection;

    /**
     * What was decided in some days.
     *
     * @param wonCount deals won
     * @param lostCount deals lost
     * @param cycleSumDays sum of the days from engaging to winning
     */
    public record Decided(long wonCount, long lostCount, long cycleSumDays) {
        /** Won of decided. */
        public double winRate() {
            return (double) wonCount / (wonCount + lostCount);
        }

        /** Mean days from engaging to winning. */
        public double meanCycleDays() {
            return (double) cycleSumDays / wonCount;
        }
    }

    /** Loads the set of a folder. */
    public MavenCrmSql(Path folder) throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        load("""
                CREATE TABLE deals AS
                SELECT opportunity_id AS id, sales_agent AS agent, deal_stage AS stage,
                       CAST(NULLIF(engage_date, '') AS DATE) AS engaged,
                       CAST(NULLIF(close_date, '') AS DATE) AS closed,
                       CAST(NULLIF(close_value, '') AS BIGINT) AS close_value
                FROM CSVREAD('%s')
                """, folder.resolve("sales_pipeline.csv"));
        load(
                "CREATE TABLE agents AS SELECT sales_agent AS agent, regional_office AS region FROM CSVREAD('%s')",
                folder.resolve("sales_teams.csv"));
        try (PreparedStatement events = connection.prepareStatement(EVENTS)) {
            events.execute();
        }
    }

    /** The file's name cannot be a parameter: the columns are read from it when the statement is prepared. */
    private void load(String table, Path file) throws SQLException {
        try (PreparedStatement load =
                connection.prepareStatement(table.formatted(file.toString().replace("'", "''")))) {
            load.execute();
        }
    }

    /** Sales by scope and period; amounts in cents. */
    public Map<String, Map<String, OracleResults.Sales>> sales() throws SQLException {
        Map<String, Map<String, OracleResults.Sales>> sales = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(SALES);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                sales.computeIfAbsent(rows.getString(1), scope -> new TreeMap<>())
                        .put(
                                rows.getString(2),
                                new OracleResults.Sales(
                                        rows.getLong(3) * MINOR_PER_UNIT,
                                        rows.getLong(4),
                                        rows.getLong(5),
                                        rows.getLong(6),
                                        rows.getLong(7) * MILLIS_PER_DAY));
            }
        }
        return sales;
    }

    /** What a scope decided from one day to another, both included. */
    public Decided decided(String scope, LocalDate from, LocalDate to) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(BETWEEN)) {
            query.setString(1, scope);
            query.setObject(2, from);
            query.setObject(3, to);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Decided(row.getLong(1), row.getLong(2), row.getLong(3));
            }
        }
    }

    /** What a scope decided in the 90 days that end with a day. */
    public Decided trailing90Days(String scope, LocalDate asOf) throws SQLException {
        return decided(scope, asOf.minusDays(89), asOf);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
