package io.leadpulse.local.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * All stores of one running Leadpulse: topics of results, tables, metrics; how far each is, and what stands in it without
 * what depends on when it was said. While a part of it is away, what asks for it fails, or says that it is not so far.
 */
final class Stores implements AutoCloseable {
    /** Results of events: what the engine writes in transactions and serving to the tables. */
    private static final List<String> RESULTS = List.of(
            Topics.PROFILES,
            Topics.LEDGER,
            Topics.ALERTS,
            Topics.ROLLUPS,
            Topics.PROGRESS,
            Topics.DWELL,
            Topics.DEAD_LETTERS);

    /** Of scores what was said at their latest change decays from then on. */
    private static final Set<String> DECAYING =
            Set.of("document", "score", "raw_score", "band", "fit", "interest", "momentum_24h", "momentum_7d", "as_of");

    private static final Set<String> WHEN_SAID = Set.of("as_of", "at");

    /**
     * A table, or what is asked of it.
     *
     * @param name for messages
     * @param sql whose rows are compared
     * @param without columns that depend on when it was said
     */
    private record Kept(String name, String sql, Set<String> without) {}

    private static final List<Kept> TABLES = List.of(
            new Kept("lead", "select * from leadpulse.lead", DECAYING),
            new Kept("deal", "select * from leadpulse.deal", WHEN_SAID),
            // Given and taken back as more became known: which of them, is a matter of order.
            new Kept("ledger", "select * from leadpulse.ledger where withdrawn is null", WHEN_SAID),
            // Those of goals are judged at times of the clock.
            new Kept(
                    "alert",
                    "select * from leadpulse.alert where lead is not null and state <> 'withdrawn'",
                    WHEN_SAID),
            // What came back to nothing was said on the way, or not.
            new Kept("rollup_day", "select * from leadpulse.rollup_day where value <> 0", WHEN_SAID),
            new Kept("rollup_bucket", "select * from leadpulse.rollup_bucket where value <> 0", WHEN_SAID),
            new Kept("rollup_slot", "select * from leadpulse.rollup_slot where value <> 0", WHEN_SAID),
            new Kept("rollup_now", "select * from leadpulse.rollup_now where value <> 0", WHEN_SAID),
            new Kept(
                    "progress",
                    "select * from leadpulse.progress where period_kind <> 'trailing_90_days'"
                            + " and (won_count, lost_count, opened_count, won_amount_minor) <> (0, 0, 0, 0)",
                    WHEN_SAID),
            new Kept("dwell", "select * from leadpulse.dwell where count <> 0", WHEN_SAID),
            new Kept("dead_letter", "select * from leadpulse.dead_letter", WHEN_SAID),
            new Kept("rep", "select * from leadpulse.rep", Set.of()),
            new Kept("goal_given", "select * from leadpulse.goal_given", Set.of()),
            new Kept("annotation", "select * from leadpulse.annotation", Set.of()),
            new Kept(
                    "setting",
                    "select * from leadpulse.setting where key in ('company', 'currency', 'minor_digits', 'zone')",
                    Set.of()));

    /** Families whose values do not depend on the clock within a day. */
    private static final List<String> METRICS = List.of(
            "leadpulse_sales_",
            "leadpulse_trailing_",
            "leadpulse_goal{",
            "leadpulse_goal_achieved{",
            "leadpulse_goal_attainment_ratio{",
            "leadpulse_open_deals",
            "leadpulse_leads_waiting",
            "leadpulse_records{",
            "leadpulse_dead_letters",
            "leadpulse_conservation_difference");

    /** In one step or in several; from the same sum to the same. */
    private static final String CORRECTIONS =
            "select scope, measure, day, unit, sum(to_value - from_value) as change from leadpulse.correction"
                    + " where day = '%s' and measure like 'won%%' group by 1, 2, 3, 4";

    private static final int ANSWER_SECONDS = 5;
    private static final int VALID_WITHIN_SECONDS = 10;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Admin admin;
    private final ResultsOfJob results;
    private final LastingResults lasting;
    private final String postgres;
    private final String password;
    private final String metrics;
    private Connection lookingOrNull;

    /**
     * Of a running one, whose topics are there.
     *
     * @param bootstrapServers address of the broker
     * @param postgres JDBC address of the tables
     * @param password of the role {@code leadpulse}
     * @param metrics address of {@code /metrics}
     * @param base when its story ended
     */
    Stores(String bootstrapServers, String postgres, String password, String metrics, Instant base) {
        Map<String, Object> connection = Map.of("bootstrap.servers", bootstrapServers);
        this.admin = Admin.create(connection);
        this.results = new ResultsOfJob(connection, LastingResults.TOPICS);
        this.lasting = new LastingResults(base);
        this.postgres = postgres;
        this.password = password;
        this.metrics = metrics;
    }

    /** A new connection to the tables. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres, "leadpulse", password);
    }

    /** The connection for looking, which is kept, since to make one takes longer than to look; a new one after it broke. */
    private Connection looking() throws SQLException {
        if (lookingOrNull == null || !lookingOrNull.isValid(VALID_WITHIN_SECONDS)) {
            lookingOrNull = connect();
        }
        return lookingOrNull;
    }

    /** Whether every record has met its fate and all results of that are in the tables and served. */
    boolean hasWorkedOff(long records) throws Exception {
        results.readOn();
        JsonNode fates = results.values(Topics.CONSERVATION).get("engine");
        return fates != null
                && fates.get("in").asLong() == records
                && fates.get("balanced").asBoolean()
                && unread() == 0
                && open() == 0
                && unstored() == 0
                && metrics().contains("leadpulse_records{fate=\"in\"} " + (double) records);
    }

    /** What {@link #hasWorkedOff} looks at, in words. */
    String progress() {
        try {
            results.readOn();
            JsonNode fates = results.values(Topics.CONSERVATION).get("engine");
            return "fates %s, %d unread, %d open, %d unstored".formatted(fates, unread(), open(), unstored());
        } catch (IOException | InterruptedException | SQLException e) {
            return e.toString();
        }
    }

    /** Records of events that lie behind the engine's newest checkpoint; -1 while the broker does not answer. */
    long unread() throws InterruptedException {
        try {
            Map<TopicPartition, Long> ends = ends(
                    List.of(Topics.ACTIVITIES, Topics.BEHAVIOUR, Topics.COMPANY_EVENTS), IsolationLevel.READ_COMMITTED);
            var committed = get(admin.listConsumerGroupOffsets("leadpulse").partitionsToOffsetAndMetadata());
            return ends.entrySet().stream()
                    .mapToLong(end -> end.getValue()
                            - (committed.get(end.getKey()) == null
                                    ? 0
                                    : committed.get(end.getKey()).offset()))
                    .sum();
        } catch (ExecutionException | TimeoutException e) {
            return -1;
        }
    }

    /** Results that are written and not committed; -1 while the broker does not answer. */
    long open() throws InterruptedException {
        try {
            return sum(ends(RESULTS, IsolationLevel.READ_UNCOMMITTED))
                    - sum(ends(RESULTS, IsolationLevel.READ_COMMITTED));
        } catch (ExecutionException | TimeoutException e) {
            return -1;
        }
    }

    /** Committed results that are not in the tables; -1 while the broker does not answer. */
    long unstored() throws InterruptedException, SQLException {
        try {
            return sum(ends(RESULTS, IsolationLevel.READ_COMMITTED)) - stored();
        } catch (ExecutionException | TimeoutException e) {
            return -1;
        }
    }

    private long stored() throws SQLException {
        String topics = "'" + String.join("', '", RESULTS) + "'";
        return Long.parseLong(
                value("select coalesce(sum(next_offset), 0) from leadpulse.consumer_position where topic in (" + topics
                        + ")"));
    }

    /** The first column of the first row. */
    String value(String sql) throws SQLException {
        return rows(sql).get(0);
    }

    /** The first column of every row. */
    List<String> rows(String sql) throws SQLException {
        try (Statement statement = looking().createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        }
    }

    /**
     * Everything that lasts, by where it stands; how often, where the same stands there twice.
     *
     * @param corrected the day whose corrections are to be the same: what comes late while the engine's own clock is late, as
     *     just after its restart, is in the sums but on no list
     */
    Map<String, Integer> contents(LocalDate corrected) throws Exception {
        Map<String, Integer> contents = new HashMap<>();
        results.readOn();
        for (String topic : LastingResults.TOPICS) {
            lasting.of(topic, results.values(topic))
                    .forEach((key, value) -> contents.merge(topic + ' ' + key + ": " + value, 1, Integer::sum));
        }
        try (Statement statement = looking().createStatement()) {
            List<Kept> tables = new ArrayList<>(TABLES);
            tables.add(new Kept("correction", CORRECTIONS.formatted(corrected), Set.of()));
            for (Kept table : tables) {
                try (ResultSet rows = statement.executeQuery(table.sql())) {
                    while (rows.next()) {
                        contents.merge(row(table, rows), 1, Integer::sum);
                    }
                }
            }
        }
        metrics()
                .lines()
                .filter(line -> METRICS.stream().anyMatch(line::startsWith))
                .forEach(line -> contents.merge("metric " + line, 1, Integer::sum));
        return contents;
    }

    private static String row(Kept table, ResultSet row) throws SQLException {
        StringBuilder text = new StringBuilder("table ").append(table.name()).append(':');
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            String name = row.getMetaData().getColumnName(column);
            if (!table.without().contains(name)) {
                text.append(' ').append(name).append('=').append(row.getString(column));
            }
        }
        return text.toString();
    }

    /** What {@code /metrics} says; empty while nobody answers. */
    String metrics() throws InterruptedException {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(metrics)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        }
    }

    private Map<TopicPartition, Long> ends(List<String> topics, IsolationLevel isolation)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        get(admin.describeTopics(topics).allTopicNames()).forEach((name, topic) -> topic.partitions()
                .forEach(each -> asked.put(new TopicPartition(name, each.partition()), OffsetSpec.latest())));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                get(admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all());
        Map<TopicPartition, Long> ends = new HashMap<>();
        found.forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws SQLException {
        results.close();
        admin.close();
        if (lookingOrNull != null) {
            lookingOrNull.close();
        }
    }
}
