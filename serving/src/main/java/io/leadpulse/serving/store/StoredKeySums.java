package io.leadpulse.serving.store;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.schemas.config.KeyMetric;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.serving.metrics.KeySums;
import io.leadpulse.serving.read.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up the key metrics of the company that are read from the view {@code key_metric_day}, whenever {@link #refresh} is
 * called; in between, and while the database is away for a moment, what was found last is told. After two minutes without
 * an answer it tells nothing: an old number would look like a new one. Safe for several threads.
 */
final class StoredKeySums implements KeySums {
    private static final Logger LOG = LoggerFactory.getLogger(StoredKeySums.class);

    /** A rate of 90 days does not move faster, and a query reads some thousand rows. */
    static final Duration EVERY = Duration.ofSeconds(15);

    private static final Duration USABLE = Duration.ofMinutes(2);
    private static final int QUERY_SECONDS = 5;
    /** Asked by one name at a time: then only the branch of the view that knows it is read. */
    private static final String SUM = "select sum(numerator)::bigint, sum(denominator)::bigint"
            + " from leadpulse.key_metric_day where metric = ? and day >= ? and day <= ?";
    /** Before any day that is told. */
    private static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 1);

    private final DataSource database;
    private final List<KeyMetric> metrics;
    private final BusinessCalendar calendar;
    private final Clock clock;

    private Map<KeyMetric, Sum> last = Map.of();
    private Instant foundAt = Instant.MIN;

    StoredKeySums(DataSource database, LeadpulseConfig config, Clock clock) {
        this.database = database;
        this.metrics = config.keyMetrics().stream().filter(KeyMetric::isStored).toList();
        this.calendar = config.companyCalendar();
        this.clock = clock;
    }

    /** Asks the database, once the tables are there; a metric that cannot be read is none until it can, the others are. */
    void refresh() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofEpochDay(calendar.epochDay(now.toEpochMilli()));
        Map<KeyMetric, Sum> sums = new EnumMap<>(KeyMetric.class);
        try (Connection connection = database.getConnection()) {
            for (KeyMetric metric : metrics) {
                find(metric, today, connection).ifPresent(sum -> sums.put(metric, sum));
            }
        } catch (SQLException e) {
            LOG.warn("store: key metrics not read: {}", Failure.describe(e));
            return;
        }
        if (!sums.isEmpty() || metrics.isEmpty()) {
            found(Collections.unmodifiableMap(sums), now);
        }
    }

    private synchronized void found(Map<KeyMetric, Sum> sums, Instant now) {
        last = sums;
        foundAt = now;
    }

    @Override
    public synchronized Map<KeyMetric, Sum> sums() {
        return foundAt.isBefore(clock.instant().minus(USABLE)) ? null : last;
    }

    private static Optional<Sum> find(KeyMetric metric, LocalDate today, Connection connection) {
        try (PreparedStatement select = connection.prepareStatement(SUM)) {
            select.setQueryTimeout(QUERY_SECONDS);
            select.setString(1, metric.wireName());
            select.setObject(2, firstDay(metric, today));
            select.setObject(3, lastDay(metric, today));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return Optional.of(new Sum(row.getObject(1, Long.class), row.getObject(2, Long.class)));
            }
        } catch (SQLException e) {
            LOG.warn("store: key metric {} not read: {}", metric.wireName(), Failure.describe(e));
            return Optional.empty();
        }
    }

    /** The last day whose cases count: today, or the last of which all cases are old enough. */
    static LocalDate lastDay(KeyMetric metric, LocalDate today) {
        return metric.matureDays() == 0 ? today : today.minusDays(metric.matureDays() + 1L);
    }

    private static LocalDate firstDay(KeyMetric metric, LocalDate today) {
        return metric.storedDays() == KeyMetric.ALL_DAYS
                ? FIRST_DAY
                : lastDay(metric, today).minusDays(metric.storedDays() - 1L);
    }
}
