package io.leadpulse.serving.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.serving.metrics.CurvePoint;
import io.leadpulse.serving.metrics.ExpectedCurve;
import io.leadpulse.serving.metrics.KeySums;
import io.leadpulse.serving.metrics.LeadCounts;
import io.leadpulse.serving.metrics.StoreReading;
import io.leadpulse.serving.read.Failure;
import io.leadpulse.serving.read.ResultReader;
import io.leadpulse.serving.read.TopicReading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the read model in PostgreSQL as the result topics say: at the start it brings the schema up to date and goes on
 * reading where the database says that it stood.
 *
 * <p>While PostgreSQL is away, at the start or later, it keeps trying and goes on where it stood; nothing is lost and
 * nothing has its effect twice. What of that is to be seen: {@link #readings()}, {@link #isCaughtUp()}.
 */
public final class Store implements StoreReading, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    private static final int POOL_SIZE = 8;
    /** None waits for another. */
    private static final int QUESTIONS = 2;

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final long CLOSE_MILLIS = 10_000;
    private static final int MINUTE_SECONDS = 60;
    /** Second of the minute in which the minute's work is done; soon after the start. */
    private static final int MINUTE_AT = 4;

    private static final int PROPOSE_EVERY_SECONDS = 5;

    /**
     * Empty tables wait so long at most for the engine to have read its history: most that it says meanwhile it says anew, and
     * whoever waits for the first numbers waits for the metrics.
     */
    private static final int AFTER_ENGINE_SECONDS = 120;

    private static final Duration PRUNE_EVERY = Duration.ofDays(1);

    private final StoreConfig store;
    private final LeadpulseConfig config;
    private final ExpectedCurve curve;
    private final BooleanSupplier engineHasReadAll;
    private final LiveStart liveStart = new LiveStart();
    private final Clock clock;
    private final HikariDataSource pool;
    private final Thread background;
    private final CountDownLatch closing = new CountDownLatch(1);
    /** Asks what a scrape tells, so that no scrape waits for the database. */
    private final ScheduledExecutorService questions;

    private final ResultWriter results;
    private final DirectoryWriter directory;
    private final OutlookWriter outlook;
    private final LikeDays likeDays;
    private final StoredLeadCounts leads;
    private final StoredKeySums keySums;
    private final ProposedOwners proposals;

    private Runnable whenReady = () -> {};
    private volatile ResultReader resultReader;
    private volatile ResultReader directoryReader;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private long lastPruneMillis = Long.MIN_VALUE;
    /** Whether results are read into the tables. */
    private boolean reads;

    /**
     * A store that has not begun.
     *
     * @param curve says what is expected of today
     * @param engineHasReadAll says whether the engine has read all that stands in the topics of events; asked once a
     *     second until results are live, from when on corrections are told
     * @param clock for what holds now, and for what is too old
     * @throws io.leadpulse.schemas.config.InvalidConfigException if the configuration is not valid
     */
    public Store(StoreConfig store, ExpectedCurve curve, BooleanSupplier engineHasReadAll, Clock clock) {
        this.store = store;
        this.config = ConfigReader.parse(store.configYaml());
        this.curve = curve;
        this.engineHasReadAll = engineHasReadAll;
        this.clock = clock;
        this.pool = pool(store);
        this.results = new ResultWriter(single(store), config, store.configYaml());
        this.directory = new DirectoryWriter(pool, config, clock);
        this.outlook = new OutlookWriter(pool, config, clock);
        this.likeDays = new LikeDays(pool, config, clock);
        this.leads = new StoredLeadCounts(pool, config.company().zone(), clock);
        this.keySums = new StoredKeySums(pool, config, clock);
        this.proposals = new ProposedOwners(pool, directory::directory, clock);
        this.questions = Executors.newScheduledThreadPool(QUESTIONS, task -> {
            Thread thread = new Thread(task, "store-questions");
            thread.setDaemon(true);
            return thread;
        });
        this.background = new Thread(this::run, "store");
        this.background.setUncaughtExceptionHandler(
                (dead, thrown) -> LOG.error("store: has ended: {}", Failure.describe(thrown)));
    }

    /** Begins, and returns at once; call once. */
    public void start() {
        start(() -> {});
    }

    /**
     * Begins, and returns at once; call once.
     *
     * @param whenReady run once, when the tables are there; by a thread of the store
     */
    public void start(Runnable whenReady) {
        this.whenReady = whenReady;
        background.start();
    }

    /** Connections for reading; asking for one fails while the database is away. */
    public DataSource database() {
        return pool;
    }

    /** Whether the engine is known to have read, once, all that stood in the topics of events. */
    public boolean isLive() {
        return results.isLive();
    }

    /** Who works here and by which rules, as far as the configuration's topics have been read. */
    public Directory directory() {
        return directory.directory();
    }

    /** The same; empty until everything that stood in the configuration's topics at the start has been read. */
    public Optional<Directory> wholeDirectory() {
        ResultReader reader = directoryReader;
        return reader != null && reader.isCaughtUp() ? Optional.of(directory()) : Optional.empty();
    }

    /** Whether everything that stood in the result topics at the start is in the tables. */
    public boolean isCaughtUp() {
        ResultReader reader = resultReader;
        return reader != null && reader.isCaughtUp();
    }

    /** Counts of leads in the tables. */
    public LeadCounts leadCounts() {
        return leads;
    }

    /** What key metrics are made of that only the tables know. */
    public KeySums keySums() {
        return keySums;
    }

    /** Who is to get a lead that nobody owns, as found a few seconds ago; null where nobody is proposed. */
    public String proposedOwner(String lead) {
        return proposals.of(lead);
    }

    /** How far each topic is in the tables, by topic; empty until database and broker have first answered. */
    @Override
    public Map<String, TopicReading> readings() {
        ResultReader reader = resultReader;
        return reader == null ? Map.of() : reader.readings();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            background.join(CLOSE_MILLIS);
            if (background.isAlive()) {
                LOG.warn("store: still busy after {} ms", CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        questions.shutdownNow();
        for (ResultReader reader : new ResultReader[] {resultReader, directoryReader}) {
            if (reader != null) {
                reader.close();
            }
        }
        results.close();
        pool.close();
    }

    private void run() {
        try {
            while (!begin()) {
                if (closing.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                    return;
                }
                pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            }
            askAgainAndAgain(whenAllIsThere(leads::refresh), StoredLeadCounts.EVERY);
            askAgainAndAgain(whenAllIsThere(keySums::refresh), StoredKeySums.EVERY);
            if (closing.getCount() > 0) {
                whenReady.run();
            }
            for (int second = 0; !closing.await(1, TimeUnit.SECONDS); second++) {
                everySecond();
                if (results.isLive() || liveStart.hasReadAll() || second >= AFTER_ENGINE_SECONDS) {
                    read();
                }
                if (second % PROPOSE_EVERY_SECONDS == 0) {
                    propose();
                }
                if (second % MINUTE_SECONDS == MINUTE_AT) {
                    everyMinute();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Half-filled tables give numbers that look like others. */
    private Runnable whenAllIsThere(Runnable question) {
        return () -> {
            if (isCaughtUp()) {
                question.run();
            }
        };
    }

    private void askAgainAndAgain(Runnable question, Duration every) {
        if (closing.getCount() == 0) {
            return;
        }
        var unused = questions.scheduleWithFixedDelay(
                () -> {
                    try {
                        question.run();
                    } catch (RuntimeException e) {
                        // Would silently end all further runs.
                        LOG.error("store: a bug; asked again in a moment: {}", Failure.describe(e));
                    }
                },
                0,
                every.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Brings the schema up to date and begins to read; false if that failed. */
    private boolean begin() {
        Map<TopicPartition, Long> positions;
        try {
            Migrations.migrate(pool);
            likeDays.refresh();
            try (Connection connection = pool.getConnection()) {
                writeSettings(connection);
                positions = ResultWriter.positions(connection);
            }
        } catch (SQLException | FlywayException e) {
            LOG.warn("store: PostgreSQL cannot be used, trying again in {} ms: {}", pauseMillis, Failure.describe(e));
            return false;
        }
        directoryReader = new ResultReader("directory", store.kafka(), DirectoryWriter.TOPICS, Map.of(), directory);
        resultReader = new ResultReader("store", store.kafka(), ResultWriter.TOPICS, positions, results);
        if (closing.getCount() > 0) {
            directoryReader.start();
        }
        if (!positions.isEmpty()) {
            read();
        }
        return true;
    }

    private void read() {
        if (!reads && closing.getCount() > 0) {
            reads = true;
            resultReader.start();
        }
    }

    private void writeSettings(Connection connection) throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("company", config.company().name());
        settings.put("currency", config.moneyUnit().name());
        settings.put("currency_code", config.company().currency());
        settings.put("minor_digits", String.valueOf(config.moneyUnit().minorDigits()));
        settings.put("zone", config.company().zone().getId());
        settings.put("public_url", store.publicUrl());
        for (Map.Entry<String, String> each : new HashMap<>(settings).entrySet()) {
            String sql = each.getValue() == null
                    ? "delete from leadpulse.setting where key = ?"
                    : "insert into leadpulse.setting values (?, ?) on conflict (key) do update set value = excluded.value";
            try (PreparedStatement write = connection.prepareStatement(sql)) {
                write.setString(1, each.getKey());
                if (each.getValue() != null) {
                    write.setString(2, each.getValue());
                }
                write.executeUpdate();
            }
        }
    }

    private void everySecond() {
        if (results.isLive()) {
            return;
        }
        try {
            if (liveStart.isNow(engineHasReadAll.getAsBoolean(), System.nanoTime())) {
                try (Connection connection = pool.getConnection()) {
                    results.live(connection, clock.instant());
                }
            }
        } catch (SQLException e) {
            LOG.warn("store: not written, again in a second: {}", Failure.describe(e));
        } catch (RuntimeException e) {
            // Would silently end all further runs.
            LOG.error("store: a bug; again in a second: {}", Failure.describe(e));
        }
    }

    private void propose() {
        if (wholeDirectory().isEmpty()) {
            return;
        }
        try {
            proposals.refresh();
        } catch (SQLException e) {
            LOG.warn("store: no owners proposed, again in a moment: {}", Failure.describe(e));
        } catch (RuntimeException e) {
            // Would silently end all further runs.
            LOG.error("store: a bug; again in a moment: {}", Failure.describe(e));
        }
    }

    private void everyMinute() {
        try {
            likeDays.refresh();
            directory.refresh();
            writeCurve(curve.pointsOfToday());
            if (results.isLive() && isCaughtUp()) {
                outlook.write();
            }
            long now = clock.millis();
            if (lastPruneMillis == Long.MIN_VALUE || now - lastPruneMillis >= PRUNE_EVERY.toMillis()) {
                prune();
                lastPruneMillis = now;
            }
        } catch (SQLException e) {
            LOG.warn("store: not written, again in a minute: {}", Failure.describe(e));
        } catch (RuntimeException e) {
            // Would silently end all further runs.
            LOG.error("store: a bug; again in a minute: {}", Failure.describe(e));
        }
    }

    private void prune() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            long deleted = Retention.prune(connection, clock.instant().minus(Duration.ofDays(config.retentionDays())));
            LOG.info("store: {} rows older than {} days deleted", deleted, config.retentionDays());
        }
    }

    /** Writes the points; those of the same scopes and days that are not among them are no more. */
    void writeCurve(List<CurvePoint> points) throws SQLException {
        if (points.isEmpty()) {
            return;
        }
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement delete =
                            connection.prepareStatement("delete from leadpulse.expected_curve where day = ?");
                    PreparedStatement insert = connection.prepareStatement(
                            "insert into leadpulse.expected_curve values (?, ?, ?, ?, ?)")) {
                for (var day : points.stream().map(CurvePoint::day).distinct().toList()) {
                    delete.setObject(1, day);
                    delete.executeUpdate();
                }
                for (CurvePoint point : points) {
                    insert.setString(1, point.scope());
                    insert.setObject(2, point.day());
                    insert.setObject(3, point.at().atOffset(ZoneOffset.UTC));
                    insert.setLong(4, point.expectedMinor());
                    insert.setLong(5, point.goalMinor());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
        }
    }

    /** Connections for short reads and writes of several threads. */
    private static HikariDataSource pool(StoreConfig store) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("store");
        pool.setJdbcUrl(store.postgresUrl());
        pool.setUsername(store.user());
        pool.setPassword(store.password());
        pool.setMaximumPoolSize(POOL_SIZE);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(CONNECT_WITHIN.toMillis());
        // The database may come later than we do.
        pool.setInitializationFailTimeout(-1);
        return new HikariDataSource(pool);
    }

    /** The connection of the writer, which keeps it, and gives it up for good when something fails. */
    private static DataSource single(StoreConfig store) {
        PGSimpleDataSource single = new PGSimpleDataSource();
        single.setUrl(store.postgresUrl());
        single.setUser(store.user());
        single.setPassword(store.password());
        single.setConnectTimeout((int) CONNECT_WITHIN.toSeconds());
        single.setTcpKeepAlive(true);
        return single;
    }
}
