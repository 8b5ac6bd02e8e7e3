package io.leadpulse.serving.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.ConservationRecord;
import io.leadpulse.schemas.result.ResultCodec;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.schemas.result.RollupRecord;
import io.leadpulse.schemas.result.Unit;
import io.leadpulse.serving.read.ResultUpdate;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.TopicPartition;

/** A page of which parts are as they were before is the page that is made of the same records from nothing. */
class PageFromNothingPropertyTest {
    private static final LeadpulseConfig CONFIG = ConfigReader.parse("""
            company: {zone: UTC, currency: USD}
            goals:
              - {scope: company, period_kind: month, amount: "2100.00"}
              - {scope: company, period_kind: year, measure: won_count, count: 90}
              - {scope: "rep:R-1", period_kind: week, amount: "100.00"}
            reps:
              - {id: R-1, team: north}
              - {id: R-2, team: south}
            """);
    private static final Instant START = Instant.parse("2025-03-05T13:29:00Z");
    private static final TopicPartition ROLLUPS = new TopicPartition(Topics.ROLLUPS, 0);
    private static final LabelBudget.Limits LIMITS = new LabelBudget.Limits(99, 99, 99, 999);
    private static final ResultCodecs CODECS = new ResultCodecs("USD");
    private static final List<String> SCOPES = List.of("company", "rep:R-1", "rep:R-7");
    private static final List<String> MEASURES = List.of(
            "won_amount",
            "won_count",
            "won_deal_amount",
            "lost_count",
            "opened_count",
            "leads_created",
            "open_due_count");

    /** Few, so that a sum often changes again after it was shown. */
    private static final List<Integer> DAYS_AGO = List.of(0, 0, 0, 1, 40, 300);

    /** How much room labels take is a matter of all that was ever shown, and so of the looks. */
    private static boolean isNotOfHistory(String name) {
        return !name.equals(Family.LABEL_BUDGET_USED_RATIO.baseName());
    }

    /** Something that happens to what is served, at a time. */
    private record Step(long millis, Happening what) {}

    private interface Happening {
        void to(ServedResults served);
    }

    /** What is served, and the time that it believes. */
    private static final class Server {
        private long millis = START.toEpochMilli();
        private LeadCounts.Counts counts;
        private final ServedResults served = new ServedResults(CONFIG, () -> Instant.ofEpochMilli(millis));
        private final PrometheusRegistry registry = new PrometheusRegistry();

        Server() {
            served.caughtUp();
            registry.register(new MetricsCollector(
                    new MetricsCollector.Sources(served, Map::of, () -> true, () -> counts, null, null, null),
                    () -> Instant.ofEpochMilli(millis),
                    LIMITS,
                    "1.2.3"));
        }

        void take(Step step) {
            millis = step.millis();
            step.what().to(served);
        }

        MetricSnapshots look(long atMillis, LeadCounts.Counts newCounts) {
            millis = atMillis;
            counts = newCounts;
            return registry.scrape(PageFromNothingPropertyTest::isNotOfHistory);
        }
    }

    private final ExpositionFormats formats = ExpositionFormats.init();
    private final ExpositionFormatWriter plain = formats.getPrometheusTextFormatWriter();
    private final ExpositionFormatWriter openMetrics = formats.getOpenMetricsTextFormatWriter();

    @Property(tries = 60, seed = "20261122")
    void everyPageIsTheOneThatIsMadeFromNothing(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Server server = new Server();
        PageText plainText = new PageText(plain);
        PageText openMetricsText = new PageText(openMetrics);
        List<Step> steps = new ArrayList<>();
        long millis = START.toEpochMilli();
        long offset = 0;
        for (int look = 0; look < 12; look++) {
            for (int each = random.nextInt(15); each > 0; each--) {
                Step step = new Step(millis, happening(random, millis, offset++));
                steps.add(step);
                server.take(step);
            }
            millis += passes(random);
            LeadCounts.Counts counts = counts(random);
            if (random.nextInt(3) == 0) {
                // Whoever asks for a few families between must not change what all see.
                server.millis = millis;
                server.counts = counts;
                Set<String> names = some(random);
                assertThat(text(plainText, server.registry.scrape(names::contains)))
                        .as("%s of seed %d", names, seed)
                        .isEqualTo(text(plain, named(fromNothing(steps).look(millis, counts), names)));
            }
            MetricSnapshots page = server.look(millis, counts);
            MetricSnapshots expected = fromNothing(steps).look(millis, counts);
            assertThat(text(plainText, page)).as("seed %d", seed).isEqualTo(text(plain, expected));
            assertThat(text(openMetricsText, page)).as("seed %d", seed).isEqualTo(text(openMetrics, expected));
        }
    }

    /** Labels with and without room, values that come, go and stay, both zeros. */
    @Property(tries = 200, seed = "20261122")
    void familiesAreAsThoseOfSamplesThatRememberNothing(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        LabelBudget budget = new LabelBudget(new LabelBudget.Limits(3, 3, 3, 3));
        Samples remembering = new Samples(budget);
        for (int look = 0; look < 20; look++) {
            Samples fresh = new Samples(budget);
            remembering.begin(EnumSet.allOf(Family.class));
            fresh.begin(EnumSet.allOf(Family.class));
            for (String rep : List.of("other", "R-1", "R-2", "R-3", "R-4", "R-5")) {
                if (random.nextInt(4) > 0) {
                    double value = List.of(0.0, -0.0, 1.0, 2.5).get(random.nextInt(4));
                    for (Samples out : List.of(remembering, fresh)) {
                        out.add(Family.SALES_WON_MONEY, value, "rep", "", rep, "day");
                        out.add(Family.TRAILING_WIN_RATE_RATIO, value, "rep", "", rep);
                        out.add(Family.RESULTS_UNREADABLE, Math.abs(value), rep);
                    }
                }
            }
            assertThat(text(plain, remembering.snapshots()))
                    .as("seed %d", seed)
                    .isEqualTo(text(plain, fresh.snapshots()));
        }
    }

    private static Server fromNothing(List<Step> steps) {
        Server server = new Server();
        steps.forEach(server::take);
        return server;
    }

    /** So long until the next look: the second for which a page is given again, or over midnight, or over months. */
    private static long passes(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Duration.ofHours(11).toMillis();
            case 1 -> Duration.ofDays(1 + random.nextInt(40)).toMillis();
            case 2 -> Duration.ofMinutes(5).toMillis();
            default -> Duration.ofSeconds(1).toMillis();
        };
    }

    private static Happening happening(Random random, long millis, long offset) {
        return switch (random.nextInt(8)) {
            case 0 -> committed(List.of(), offset);
            case 1 -> {
                String state = random.nextBoolean() ? "raised" : "resolved";
                yield committed(update(CODECS.alerts(), alert("a" + random.nextInt(3), state), offset), offset);
            }
            case 2 -> committed(goal(random, offset), offset);
            case 3 -> committed(update(CODECS.conservation(), conservation(millis, random.nextInt(9)), offset), offset);
            case 4, 5 -> {
                List<ResultUpdate> written = List.of(update(CODECS.rollups(), sum(random, millis), offset));
                yield served -> served.acceptProvisional(written);
            }
            default -> committed(update(CODECS.rollups(), sum(random, millis), offset), offset);
        };
    }

    private static Happening committed(ResultUpdate update, long offset) {
        return committed(List.of(update), offset);
    }

    private static Happening committed(List<ResultUpdate> updates, long offset) {
        return served -> served.accept(updates, Map.of(ROLLUPS, offset + 1));
    }

    private static RollupRecord sum(Random random, long millis) {
        String scope = SCOPES.get(random.nextInt(SCOPES.size()));
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC)
                .minusDays(DAYS_AGO.get(random.nextInt(DAYS_AGO.size())));
        long value = random.nextInt(4) * 1_00L;
        return switch (random.nextInt(5)) {
            case 0 ->
                rollup(scope, "open_count_by_stage", List.of("offer", "demo").get(random.nextInt(2)), "now", value);
            case 1 -> rollup(scope, "won_amount_five_minutes", "", day + "T13:25", value);
            case 2 -> rollup(scope, "cycle_histogram", "" + (900 + random.nextInt(3)), day.toString(), value);
            default -> rollup(scope, MEASURES.get(random.nextInt(MEASURES.size())), "", day.toString(), value);
        };
    }

    private static RollupRecord rollup(String scope, String measure, String dimension, String pane, long value) {
        Unit unit = measure.contains("amount") ? Unit.MONEY : Unit.COUNT;
        return new RollupRecord(scope, measure, dimension, pane, unit, value, START.toEpochMilli());
    }

    private static ResultUpdate goal(Random random, long offset) {
        String json = random.nextInt(3) == 0 ? null : """
                {"scope":"team:north","measure":"won_count","period_kind":"week","count":%d,\
                "effective_from":"2025-01-01T00:00:00Z"}""".formatted(1 + random.nextInt(5));
        return new ResultUpdate(
                new TopicPartition(Topics.GOALS, 0),
                offset,
                START.toEpochMilli(),
                "north".getBytes(UTF_8),
                json == null ? null : json.getBytes(UTF_8));
    }

    private static AlertRecord alert(String id, String state) {
        return new AlertRecord(
                id,
                "stuck",
                null,
                "L-1",
                null,
                "R-1",
                "offer",
                START.toEpochMilli(),
                "7 business days",
                state,
                "warning",
                List.of(new AlertRecord.Transition(state, START.toEpochMilli(), "warning", null)),
                Map.of("amount_minor", "90000"),
                START.toEpochMilli());
    }

    private static ConservationRecord conservation(long millis, long in) {
        return new ConservationRecord(
                in + 4,
                in,
                1,
                1,
                0,
                1,
                Map.of("invalid_json", 1L),
                Map.of(Topics.ACTIVITIES, new ConservationRecord.Source(millis, millis - 700, 4)),
                Map.of(Topics.ACTIVITIES, Map.of("call", in)),
                0,
                millis);
    }

    private static LeadCounts.Counts counts(Random random) {
        return random.nextInt(3) == 0
                ? null
                : new LeadCounts.Counts(
                        List.of(new LeadCounts.Count("warm", "R-1", 1 + random.nextInt(2))),
                        List.of(),
                        List.of(),
                        List.of(new LeadCounts.CampaignCount("fair", "event", "hot", 2)),
                        new Ratio(1, 4),
                        5_400L);
    }

    private static <T> ResultUpdate update(ResultCodec<T> codec, T result, long offset) {
        return new ResultUpdate(
                new TopicPartition(codec.topic(), 0),
                offset,
                START.toEpochMilli(),
                codec.key(result).getBytes(UTF_8),
                codec.encode(result));
    }

    private static Set<String> some(Random random) {
        List<Family> all = new ArrayList<>(EnumSet.complementOf(EnumSet.of(Family.LABEL_BUDGET_USED_RATIO)));
        return random.ints(1 + random.nextInt(3), 0, all.size())
                .mapToObj(each -> all.get(each).baseName())
                .collect(Collectors.toSet());
    }

    private static MetricSnapshots named(MetricSnapshots page, Set<String> names) {
        MetricSnapshots.Builder named = MetricSnapshots.builder();
        page.stream()
                .filter(each -> names.contains(each.getMetadata().getPrometheusName()))
                .forEach(named::metricSnapshot);
        return named.build();
    }

    private static String text(PageText text, MetricSnapshots page) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] piece : text.of(page)) {
            out.write(piece);
        }
        return out.toString(UTF_8);
    }

    private static String text(ExpositionFormatWriter writer, MetricSnapshots page) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out, page, EscapingScheme.UNDERSCORE_ESCAPING);
        return out.toString(UTF_8);
    }
}
