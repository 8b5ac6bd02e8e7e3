package io.leadpulse.serving.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.RealFigure;
import io.leadpulse.domain.figure.WholeFigure;
import io.leadpulse.domain.probability.Calibration;
import io.leadpulse.domain.probability.CalibrationBin;
import io.leadpulse.domain.probability.ExpectedValue;
import io.leadpulse.domain.probability.TypicalSizes;
import io.leadpulse.domain.probability.WinFactor;
import io.leadpulse.domain.probability.WinProbability;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.domain.score.ScoreRules;
import io.leadpulse.domain.stage.LeadStages;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.result.LeadProfile;
import io.leadpulse.serving.read.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works out, from the closed leads in the tables, how likely open ones are won and what goes with winning, and writes it
 * beside them. All of it is a pure function of the tables: a round that fails, or that never was, is made up by the next.
 *
 * <p>A round first learns, if closed leads have changed, and then values every open lead by what was learnt; it writes what
 * is other than it stands. It reads one moment of the tables. Rounds begin {@link #PAUSE} after each other, later if they
 * take long, so that learning takes at most one twentieth of one core and of one connection.
 */
public final class Learner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Learner.class);

    /** So soon after a round the next begins. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** The pause is at least so many times what the round took. */
    private static final int PAUSE_TO_WORK = 19;

    /**
     * What so many won leads had done is worked out whenever one more closes; what more had, once a day: it reads all their
     * ledgers, which takes minutes where there are a hundred thousand, and one more changes no median.
     */
    private static final int FEW_WON = 5_000;

    private static final long CLOSE_MILLIS = 10_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, String>> TEXTS = new TypeReference<>() {};

    /** A lead that is worked on and bought nothing yet; customers stand in no list of leads. */
    private static final String OPEN = "(stage is not null or open_deals > 0) and status <> 'customer'";

    private static final String CANDIDATE_VERSION = "candidate_version";
    /** What was told last. */
    private static final String LEARNT = "learnt";

    private static final String FINGERPRINT =
            "select count(*) || ':' || coalesce(sum(hashtextextended(c::text, 0)), 0) from leadpulse.closed_lead c";

    /** Won deals with an amount since a time, by product, by the first campaign of their lead, and all. */
    private static final String TYPICAL_SIZES =
            "select case when grouping(d.product) = 0 then 'PRODUCT' when grouping(l.first_campaign) = 0 then 'CAMPAIGN'"
                    + " else 'COMPANY' end, coalesce(d.product, l.first_campaign), count(*), sum(d.amount_minor)::bigint"
                    + " from leadpulse.deal d left join leadpulse.lead l on l.lead = d.lead"
                    + " where d.state = 'won' and d.amount_minor is not null and d.closed_at > ?"
                    + " group by grouping sets ((d.product), (l.first_campaign), ())";

    private static final long TYPICAL_DAYS = 365;

    /** The median of how often a rule gave points by an age is over all won leads: one without any has 0. */
    private static final String WON_BY_AGE =
            "insert into leadpulse.won_by_age with won as (select c.lead, l.created_at, c.closed_at"
                    + " from leadpulse.closed_lead c join leadpulse.lead l on l.lead = c.lead"
                    + " where c.won and l.created_at is not null),"
                    + " did as (select w.lead, w.created_at, g.rule, g.time from won w join leadpulse.ledger g on g.lead = w.lead"
                    + " where g.withdrawn is null and g.time < w.closed_at),"
                    + " ages as (select unnest(array[1, 3, 7, 14, 30, 60, 90, 180]) as days),"
                    + " rules as (select distinct rule from did),"
                    + " counts as (select d.lead, d.rule, a.days, count(*) as n from did d join ages a"
                    + " on d.time <= d.created_at + a.days * interval '24 hours' group by 1, 2, 3)"
                    + " select a.days, r.rule, percentile_cont(0.5) within group (order by coalesce(c.n, 0)), count(*)"
                    + " from won w cross join ages a cross join rules r"
                    + " left join counts c on c.lead = w.lead and c.rule = r.rule and c.days = a.days group by 1, 2";

    private final DataSource database;
    private final List<String> ladder;
    private final BusinessCalendar company;
    private final Supplier<Optional<Directory>> directory;
    private final BooleanSupplier live;
    private final Pupil pupil;
    private final LearnMetrics metrics;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread background;

    private Lessons lessons;
    /** How likely each open lead is won, as found in the last round; null while that cannot be said. */
    private volatile Map<String, Double> probabilities = Map.of();
    /** What is needed before anything can be said; null when nothing is, and before the first round. */
    private volatile String needs;

    private String learntFrom;
    /** The company's day for which was worked out what won leads had done; their ledgers may change without them. */
    private long wonByAgeDay = Long.MIN_VALUE;
    /** The day for which nothing more is to be told. */
    private long taughtDay = Long.MIN_VALUE;

    /** Who is told once a day what was learnt. */
    public interface Pupil {
        /**
         * Takes a version of the rules.
         *
         * @param key the record's key
         * @param rules the record
         * @throws ExecutionException if it cannot be taken
         * @throws TimeoutException if nobody answers
         */
        void learn(String key, byte[] rules) throws ExecutionException, TimeoutException, InterruptedException;
    }

    /**
     * A learner that has not begun.
     *
     * @param database connections to the tables
     * @param config says which stages there are, and when a day begins
     * @param directory which rules there are; empty until that is known
     * @param live whether the tables hold the whole history: before, nothing is told
     * @param pupil who is told
     */
    public Learner(
            DataSource database,
            LeadpulseConfig config,
            Supplier<Optional<Directory>> directory,
            BooleanSupplier live,
            Pupil pupil,
            LearnMetrics metrics,
            Clock clock) {
        this.database = database;
        this.ladder = ladder(config);
        this.company = config.companyCalendar();
        this.directory = directory;
        this.live = live;
        this.pupil = pupil;
        this.metrics = metrics;
        this.clock = clock;
        this.background = new Thread(this::run, "learner");
        this.background.setUncaughtExceptionHandler(
                (dead, thrown) -> LOG.error("learner: has ended: {}", Failure.describe(thrown)));
    }

    /** All stages, earliest first: those of a lead without a deal, then those of deals. */
    private static List<String> ladder(LeadpulseConfig config) {
        List<String> ladder = new ArrayList<>(List.of(LeadStages.NEW, LeadStages.CONTACTED, LeadStages.QUALIFIED));
        config.dealStages().open().stream()
                .filter(stage -> !ladder.contains(stage))
                .forEach(ladder::add);
        return List.copyOf(ladder);
    }

    /** Begins, and returns at once; the tables must be there. */
    public void start() {
        background.start();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            background.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long pauseMillis = 0;
        try {
            while (!closing.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                long began = System.nanoTime();
                try {
                    round();
                    teach();
                } catch (ExecutionException | TimeoutException e) {
                    LOG.warn("learner: the broker did not take what was learnt, again soon: {}", Failure.describe(e));
                } catch (SQLException e) {
                    LOG.warn("learner: not written, again soon: {}", Failure.describe(e));
                } catch (RuntimeException e) {
                    // Would silently end all further rounds.
                    LOG.error("learner: a bug; again soon: {}", Failure.describe(e));
                }
                long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                pauseMillis = Math.max(PAUSE.toMillis(), PAUSE_TO_WORK * tookMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One round, in one transaction; not while {@link #start started}. */
    public void round() throws SQLException {
        long began = System.nanoTime();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            String found = fingerprint(connection);
            Lessons now = lessons;
            boolean learns = now == null || !found.equals(learntFrom);
            if (learns) {
                now = Lessons.of(endedLeads(connection), ladder);
                write(connection, now);
            }
            long day = company.epochDay(clock.millis());
            boolean isFew = now.table().all().won() <= FEW_WON;
            if (day != wonByAgeDay || (learns && isFew)) {
                writeWonByAge(connection);
            }
            value(connection, now);
            if (directory.get().isPresent()) {
                writeCandidate(connection, directory.get().get().candidateRules());
            }
            connection.commit();
            lessons = now;
            learntFrom = found;
            wonByAgeDay = day;
        }
        metrics.know(new Quality(
                lessons.table().all().won(),
                lessons.table().all().lost(),
                lessons.calibration().brierScore().value(),
                lessons.calibration().skill().value(),
                (System.nanoTime() - began) / NANOS_PER_SECOND));
    }

    /**
     * How likely a lead is won, such as {@code 34 %}, or {@code needs 1 won deal, has 0}; null for a lead that is not
     * open, and before the first round.
     */
    public String winProbability(String lead) {
        Map<String, Double> said = probabilities;
        if (!said.containsKey(lead)) {
            return null;
        }
        Double probability = said.get(lead);
        return probability == null ? "needs " + needs : WinProbability.inWords(probability);
    }

    /**
     * Tells what was learnt, once a day and only if it is other than was told last; after a {@link #round}, and not while
     * {@link #start started}.
     */
    public void teach() throws SQLException, ExecutionException, TimeoutException, InterruptedException {
        long day = company.epochDay(clock.millis()) + 1;
        Optional<Directory> rules = directory.get();
        if (day == taughtDay || rules.isEmpty() || !live.getAsBoolean()) {
            return;
        }
        LearntRules learnt = LearntRules.of(lessons, day, company.startOfDayMillis(day));
        boolean isToldToday = rules.get().rules().versions().stream()
                .anyMatch(version -> version.version() == LearntRules.FIRST_VERSION + day);
        if (learnt != null && !isToldToday) {
            try (Connection connection = database.getConnection()) {
                if (!learnt.learnt().equals(setting(connection, LEARNT))) {
                    pupil.learn(learnt.key(), learnt.value());
                    set(connection, LEARNT, learnt.learnt());
                }
            }
        }
        if (learnt != null || isToldToday) {
            taughtDay = day;
        }
    }

    private static String setting(Connection connection, String key) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select value from leadpulse.setting where key = ?")) {
            select.setString(1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private static void set(Connection connection, String key, String value) throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(
                "insert into leadpulse.setting values (?, ?) on conflict (key) do update set value = excluded.value"
                        + " where setting.value <> excluded.value")) {
            write.setString(1, key);
            write.setString(2, value);
            write.executeUpdate();
        }
    }

    private static String fingerprint(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(FINGERPRINT)) {
            row.next();
            return row.getString(1);
        }
    }

    private static List<EndedLead> endedLeads(Connection connection) throws SQLException {
        List<EndedLead> leads = new ArrayList<>();
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(
                        "select lead, won, closed_at, stage_before, qualified_band, early_score, traits::text, passed::text"
                                + " from leadpulse.closed_lead")) {
            while (row.next()) {
                leads.add(new EndedLead(
                        row.getString(1),
                        texts(row.getString(7)),
                        new LeadProfile.Outcome(
                                row.getBoolean(2),
                                row.getObject(3, OffsetDateTime.class)
                                        .toInstant()
                                        .toEpochMilli(),
                                row.getString(4),
                                passed(row.getString(8)),
                                row.getString(5),
                                row.getObject(6, Double.class))));
            }
        }
        return leads;
    }

    private static List<LeadProfile.Passed> passed(String json) {
        List<LeadProfile.Passed> passed = new ArrayList<>();
        for (JsonNode each : read(json)) {
            Map<String, Long> acts = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> act : each.path("acts").properties()) {
                acts.put(act.getKey(), act.getValue().asLong());
            }
            passed.add(new LeadProfile.Passed(
                    each.path("stage").asText(),
                    each.path("early").asBoolean(),
                    acts,
                    each.path("silence_millis").asLong()));
        }
        return passed;
    }

    private void write(Connection connection, Lessons learnt) throws SQLException {
        try (Statement delete = connection.createStatement()) {
            for (String table : List.of("win_count", "influence", "calibration", "win_quality")) {
                delete.executeUpdate("delete from leadpulse." + table);
            }
        }
        writeCounts(connection, learnt);
        writeInfluences(connection, learnt);
        writeCalibration(connection, learnt);
    }

    private static void writeCounts(Connection connection, Lessons learnt) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into leadpulse.win_count values (?, ?, ?, ?, ?)")) {
            for (Lessons.ValueCount count : learnt.counts()) {
                insert.setString(1, count.attribute());
                insert.setString(2, count.value());
                insert.setLong(3, count.counts().won());
                insert.setLong(4, count.counts().lost());
                set(insert, 5, count.logOdds());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void writeInfluences(Connection connection, Lessons learnt) throws SQLException {
        long lostLeads = learnt.table().all().lost();
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into leadpulse.influence values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Lessons.ActInfluence each : learnt.influences()) {
                Lack lack = each.influence().warningLack(lostLeads);
                insert.setString(1, each.stage());
                insert.setString(2, each.act());
                insert.setLong(3, each.counts().wonWith());
                insert.setLong(4, each.counts().lostWith());
                insert.setLong(5, each.counts().wonWithout());
                insert.setLong(6, each.counts().lostWithout());
                set(insert, 7, each.influence().lift().value());
                set(insert, 8, each.influence().lossLift().value());
                set(insert, 9, each.influence().logOdds().value());
                insert.setBoolean(10, each.influence().warnsOfLoss(lostLeads));
                insert.setString(11, lack == null ? null : lack.text());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void writeCalibration(Connection connection, Lessons learnt) throws SQLException {
        Calibration calibration = learnt.calibration();
        try (PreparedStatement insert =
                connection.prepareStatement("insert into leadpulse.calibration values (?, ?, ?, ?)")) {
            for (int bin = 0; bin < Calibration.BINS; bin++) {
                CalibrationBin cases = calibration.bins().get(bin);
                insert.setInt(1, bin);
                insert.setLong(2, cases.observed().denominator());
                insert.setLong(3, cases.observed().numerator());
                set(insert, 4, cases.meanSaid().value());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        RealFigure score = calibration.brierScore();
        try (PreparedStatement insert =
                connection.prepareStatement("insert into leadpulse.win_quality values (1, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, learnt.table().all().won());
            insert.setLong(2, learnt.table().all().lost());
            insert.setLong(3, calibration.all().observed().denominator());
            set(insert, 4, score.value());
            set(insert, 5, calibration.skill().value());
            insert.setString(6, score.lack() == null ? null : score.lack().text());
            insert.setObject(7, clock.instant().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    /** Which candidate counts: leads that were read by another one before, and not again, tell nothing. */
    private static void writeCandidate(Connection connection, RuleTimeline candidate) throws SQLException {
        if (candidate != null) {
            List<ScoreRules> versions = candidate.versions();
            set(
                    connection,
                    CANDIDATE_VERSION,
                    String.valueOf(versions.get(versions.size() - 1).version()));
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from leadpulse.setting where key = ?")) {
            delete.setString(1, CANDIDATE_VERSION);
            delete.executeUpdate();
        }
    }

    /** What one open lead is worth. */
    private record Value(
            Double probability,
            Double logOdds,
            Long sizeMinor,
            Long expectedMinor,
            String needs,
            Long likelyMinor,
            Long typicalMinor,
            String typicalOf,
            Long typicalDeals) {
        static Value of(WinProbability said, Long sizeMinor, TypicalSizes.Typical typicalOrNull) {
            WholeFigure expected = ExpectedValue.of(sizeMinor, said);
            TypicalSizes.Typical typical = sizeMinor == null ? typicalOrNull : null;
            return new Value(
                    said.value(),
                    said.value() == null ? null : (Double) sum(said.factors()),
                    sizeMinor,
                    expected.value(),
                    expected.lack() == null ? null : expected.lack().text(),
                    ExpectedValue.of(typical == null ? sizeMinor : (Long) typical.meanMinor(), said)
                            .value(),
                    typical == null ? null : (Long) typical.meanMinor(),
                    typical == null
                            ? null
                            : typical.of().name().toLowerCase(Locale.ROOT)
                                    + (typical.name() == null ? "" : " " + typical.name()),
                    typical == null ? null : (Long) typical.wonDeals());
        }

        private static double sum(List<WinFactor> factors) {
            double sum = 0;
            for (WinFactor factor : factors) {
                sum += factor.logOdds();
            }
            return sum;
        }
    }

    private void value(Connection connection, Lessons learnt) throws SQLException {
        Map<String, Double> found = new HashMap<>();
        TypicalSizes typical = typicalSizes(connection);
        try (Statement statement = connection.createStatement();
                PreparedStatement upsert = connection.prepareStatement(
                        "insert into leadpulse.lead_value values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?) on conflict (lead) do update"
                                + " set probability = excluded.probability, log_odds = excluded.log_odds,"
                                + " size_minor = excluded.size_minor, expected_minor = excluded.expected_minor,"
                                + " needs = excluded.needs, factors = excluded.factors, likely_minor = excluded.likely_minor,"
                                + " typical_minor = excluded.typical_minor, typical_of = excluded.typical_of,"
                                + " typical_deals = excluded.typical_deals")) {
            statement.executeUpdate("delete from leadpulse.lead_value v where not exists"
                    + " (select from leadpulse.lead l where l.lead = v.lead and " + OPEN + ")");
            try (ResultSet row = statement.executeQuery(
                    "select l.lead, l.stage, nullif(l.open_amount_minor, 0), l.document -> 'traits' #>> '{}', v.lead is not null,"
                            + " v.probability, v.log_odds, v.size_minor, v.expected_minor, v.needs, v.likely_minor,"
                            + " v.typical_minor, v.typical_of, v.typical_deals, l.product, l.first_campaign"
                            + " from leadpulse.lead l left join leadpulse.lead_value v on v.lead = l.lead where "
                            + OPEN)) {
                while (row.next()) {
                    WinProbability said = learnt.table().probability(texts(row.getString(4)), row.getString(2));
                    Value now = Value.of(
                            said,
                            row.getObject(3, Long.class),
                            typical.of(row.getString(15), row.getString(16)).orElse(null));
                    found.put(row.getString(1), said.value());
                    needs = said.lack() == null ? needs : said.lack().text();
                    Value before = new Value(
                            row.getObject(6, Double.class),
                            row.getObject(7, Double.class),
                            row.getObject(8, Long.class),
                            row.getObject(9, Long.class),
                            row.getString(10),
                            row.getObject(11, Long.class),
                            row.getObject(12, Long.class),
                            row.getString(13),
                            row.getObject(14, Long.class));
                    if (!row.getBoolean(5) || !Objects.equals(now, before)) {
                        write(upsert, row.getString(1), now, said.factors());
                    }
                }
            }
            upsert.executeBatch();
        }
        probabilities = found;
    }

    /** Of deals won in the last year; what was older may have had other prices. */
    private TypicalSizes typicalSizes(Connection connection) throws SQLException {
        TypicalSizes sizes = new TypicalSizes();
        try (PreparedStatement select = connection.prepareStatement(TYPICAL_SIZES)) {
            select.setObject(
                    1, clock.instant().minus(Duration.ofDays(TYPICAL_DAYS)).atOffset(ZoneOffset.UTC));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    sizes.add(
                            TypicalSizes.Likeness.valueOf(row.getString(1)),
                            row.getString(2),
                            row.getLong(3),
                            row.getLong(4));
                }
            }
        }
        return sizes;
    }

    /** Writes what won leads had done by which age. */
    private static void writeWonByAge(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from leadpulse.won_by_age");
            statement.executeUpdate(WON_BY_AGE);
        }
    }

    private static void write(PreparedStatement upsert, String lead, Value value, List<WinFactor> factors)
            throws SQLException {
        upsert.setString(1, lead);
        set(upsert, 2, value.probability());
        set(upsert, 3, value.logOdds());
        upsert.setObject(4, value.sizeMinor(), Types.BIGINT);
        upsert.setObject(5, value.expectedMinor(), Types.BIGINT);
        upsert.setString(6, value.needs());
        upsert.setString(7, json(factors));
        upsert.setObject(8, value.likelyMinor(), Types.BIGINT);
        upsert.setObject(9, value.typicalMinor(), Types.BIGINT);
        upsert.setString(10, value.typicalOf());
        upsert.setObject(11, value.typicalDeals(), Types.BIGINT);
        upsert.addBatch();
    }

    private static String json(List<WinFactor> factors) {
        ArrayNode array = JSON.createArrayNode();
        for (WinFactor factor : factors) {
            array.addObject()
                    .put("attribute", factor.attribute())
                    .put("value", factor.value())
                    .put("log_odds", factor.logOdds());
        }
        return array.toString();
    }

    private static void set(PreparedStatement statement, int index, Double value) throws SQLException {
        statement.setObject(index, value, Types.DOUBLE);
    }

    private static Map<String, String> texts(String json) {
        return json == null ? Map.of() : JSON.convertValue(read(json), TEXTS);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database gave no JSON", e);
        }
    }
}
