package io.leadpulse.serving.metrics;

import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.goal.GoalLine;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.KeyMetric;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.ConservationRecord;
import io.leadpulse.schemas.result.ResultCodec;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.schemas.result.RollupRecord;
import io.leadpulse.serving.read.ResultHandler;
import io.leadpulse.serving.read.ResultUpdate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in memory what metrics are made of, and says how it all stands at a moment. A result that cannot be read is
 * logged by its place and counted; reading it again would not help.
 *
 * <p>One thread takes results, others ask; each waits for the other, so that no scrape sees half of a batch.
 */
final class ServedResults implements ResultHandler, ExpectedCurve {
    /** What is read. */
    static final List<String> TOPICS =
            List.of(Topics.REPS, Topics.GOALS, Topics.RULES, Topics.ROLLUPS, Topics.ALERTS, Topics.CONSERVATION);

    /** What is also read before it is committed. */
    static final List<String> PROVISIONAL_TOPICS = List.of(Topics.ROLLUPS);

    private static final Logger LOG = LoggerFactory.getLogger(ServedResults.class);

    private final InstantSource clock;
    private final ResultCodec<RollupRecord> rollups;
    private final ResultCodec<AlertRecord> alertCodec;
    private final ResultCodec<ConservationRecord> conservation;

    /** What is shown: what is committed, with {@link #provisional} in its place. */
    private final SumBook sums = new SumBook();

    private final ProvisionalSums provisional = new ProvisionalSums(sums);
    private final AlertBook alerts = new AlertBook();
    private final ConfigurationBook configuration;
    private final EngineBook engine;
    private final Map<String, Long> unreadable = new TreeMap<>();
    private Map<TopicPartition, Long> next = Map.of();
    private long changes;
    private boolean caughtUp;

    ServedResults(LeadpulseConfig config, InstantSource clock) {
        this.clock = clock;
        this.configuration = new ConfigurationBook(config);
        this.engine = new EngineBook(config.companyCalendar());
        ResultCodecs codecs = new ResultCodecs(config.company().currency());
        this.rollups = codecs.rollups();
        this.alertCodec = codecs.alerts();
        this.conservation = codecs.conservation();
    }

    @Override
    public synchronized void accept(List<ResultUpdate> updates, Map<TopicPartition, Long> next) {
        for (ResultUpdate update : updates) {
            try {
                take(update);
            } catch (IllegalArgumentException e) {
                unreadable.merge(update.topic(), 1L, Long::sum);
                LOG.warn("the result at {}/{} cannot be read and is not served", update.partition(), update.offset());
            }
        }
        // After the records, so that nothing shows an older value between what was written and what is committed.
        provisional.passed(next);
        this.next = next;
        changes++;
    }

    /**
     * Takes sums that were written, whether they will be committed or not. One that cannot be read is counted when it is
     * committed.
     */
    synchronized void acceptProvisional(List<ResultUpdate> updates) {
        for (ResultUpdate update : updates) {
            if (update.value() != null && provisional.isAhead(update.partition(), update.offset())) {
                try {
                    provisional.take(rollups.decode(update.value()), update.partition(), update.offset());
                    changes++;
                } catch (IllegalArgumentException e) {
                    LOG.debug("the result at {}/{} cannot be read", update.partition(), update.offset());
                }
            }
        }
    }

    /** The next offset to read as committed, of every partition. */
    synchronized Map<TopicPartition, Long> next() {
        return next;
    }

    /** Grows whenever something is taken. */
    synchronized long changes() {
        return changes;
    }

    @Override
    public synchronized void caughtUp() {
        caughtUp = true;
    }

    private void take(ResultUpdate update) {
        switch (update.topic()) {
            case Topics.ROLLUPS -> take(update, rollups, provisional::takeCommitted);
            case Topics.CONSERVATION ->
                take(update, conservation, record -> engine.take(record, caughtUp ? clock.millis() : -1));
            case Topics.ALERTS -> {
                if (update.value() == null) {
                    alerts.drop(new String(update.key(), StandardCharsets.UTF_8));
                } else {
                    take(update, alertCodec, alerts::take);
                }
            }
            default -> configuration.take(update);
        }
    }

    @Override
    public synchronized List<CurvePoint> pointsOfToday() {
        return caughtUp ? provisional.without(this::committedPointsOfToday) : List.of();
    }

    private List<CurvePoint> committedPointsOfToday() {
        Moment moment = new Moment(clock.millis(), configuration.directory(), sums);
        Period today = moment.current(PeriodKind.DAY);
        LocalDate day = LocalDate.ofEpochDay(moment.today());
        List<CurvePoint> points = new ArrayList<>();
        for (String scope : moment.scopes().keySet()) {
            ScopeBook book = moment.sums(scope);
            moment.book()
                    .resolve(scope, GoalLine.MONEY, today, book, moment.nowMillis())
                    .ifPresent(goal -> moment.book()
                            .expectedCurve(scope, GoalLine.MONEY, today, book, moment.nowMillis())
                            .forEach((at, expected) -> points.add(
                                    new CurvePoint(scope, day, Instant.ofEpochMilli(at), expected, goal.amount()))));
        }
        return points;
    }

    private static <T> void take(ResultUpdate update, ResultCodec<T> codec, Consumer<T> book) {
        if (update.value() != null) {
            book.accept(codec.decode(update.value()));
        }
    }

    /** See {@link EngineBook#clockMillis}. */
    synchronized long engineClockMillis() {
        return engine.clockMillis();
    }

    /** See {@link MetricsServer#dayReport}. */
    synchronized DayReport dayReport(
            LocalDate from, LocalDate today, LeadCounts.Counts counts, Map<KeyMetric, KeySums.Sum> keySums) {
        return provisional.without(() -> new DayReports(configuration.directory(), sums, alerts, counts, keySums)
                .report(from.toEpochDay(), today.toEpochDay()));
    }

    /** Adds what the results say now. */
    synchronized void collect(
            LeadCounts.Counts counts, Map<KeyMetric, KeySums.Sum> keySums, boolean engineIsBehind, Samples out) {
        Moment moment = new Moment(clock.millis(), configuration.directory(), sums);
        sums.keepAsOf(moment.today());
        SalesMetrics.collect(moment, out);
        GoalMetrics.collect(moment, out);
        PipelineMetrics.collect(moment, counts, out);
        CampaignMetrics.collect(moment, counts, out);
        alerts.collect(moment, out);
        new KeyMetrics(moment, alerts, counts, keySums).collect(out);
        engine.collect(moment.nowMillis(), engineIsBehind, out);
        unreadable.forEach((topic, records) -> out.add(Family.RESULTS_UNREADABLE, records, topic));
    }
}
