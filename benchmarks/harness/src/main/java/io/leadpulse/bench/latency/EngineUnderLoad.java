package io.leadpulse.bench.latency;

import io.leadpulse.bench.drain.EventTopics;
import io.leadpulse.bench.drain.WrongResultsException;
import io.leadpulse.bench.engine.Engine;
import io.leadpulse.bench.engine.EngineProcess;
import io.leadpulse.bench.engine.RunningEngine;
import io.leadpulse.bench.growth.JobStats;
import io.leadpulse.bench.workload.LiveWorkload;
import io.leadpulse.bench.workload.Probes;
import io.leadpulse.bench.workload.WorkloadRecord;
import io.leadpulse.bench.workload.WorkloadSpec;
import io.leadpulse.local.stack.LocalBroker;
import io.leadpulse.local.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntToLongFunction;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * An engine over a broker of its own that holds nothing at first; records are sent to it, and whoever reads its results notes when those
 * of probes are there. Every probe must be seen wherever it is looked for, or none of its times counts.
 */
final class EngineUnderLoad implements AutoCloseable {
    /** So long no result of a probe may come, with some missing, before the engine is given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** The same for the first: until then it must have started, and some plan for minutes. */
    private static final Duration TO_BEGIN = Duration.ofMinutes(5);
    /** An engine that works off history at less than this is given up. */
    private static final int HISTORY_PER_SECOND = 500;
    /** Of a burst the events are of the last moments, not all of one. */
    private static final long BURST_MILLIS = 30_000;

    private static final int LATENCY_DIGITS = 3;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Engine engine;
    private final LatencyPlan plan;
    private final String title;
    private final LocalBroker broker;
    private final RunningEngine running;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> refused = new AtomicReference<>();

    private final ProbeView committed = new ProbeView("committed results", true);
    private final ProbeView written = new ProbeView("results not yet committed", true);
    private final ProbeView onMetrics = new ProbeView("/metrics", false);
    /** Of those above the ones that are read. */
    private final List<ProbeView> views = new ArrayList<>(List.of(committed));

    private final List<ResultReader> readers = new ArrayList<>();
    private MetricsWatch metricsOrNull;
    private HeldState stateOrNull;

    private LiveWorkload.Ids ids = LiveWorkload.Ids.FIRST;
    private int probes;
    private long seed;

    private EngineUnderLoad(
            Engine engine, LatencyPlan plan, boolean hasMetrics, LocalBroker broker, RunningEngine running) {
        this.engine = engine;
        this.plan = plan;
        this.title = engine.title() + (hasMetrics ? ", serving beside it" : "");
        this.broker = broker;
        this.running = running;
        this.seed = plan.seed();
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.address(),
                        // A record is on its way when it is to be sent; many at once still make one request.
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Starts broker, engine and readers, and waits until a first probe has been seen.
     *
     * @param folder a new folder for all that they keep
     * @param hasMetrics whether serving runs, and its metrics are read, too
     */
    static EngineUnderLoad start(Engine engine, LatencyPlan plan, boolean hasMetrics, Path home, Path folder)
            throws IOException, StackException, InterruptedException, ExecutionException, TimeoutException,
                    WrongResultsException {
        Files.createDirectories(folder);
        String yaml = Probes.configYaml(plan.probes());
        Path config = Files.writeString(folder.resolve("task.yaml"), yaml);
        LocalBroker broker = LocalBroker.start(home, folder.resolve("broker"));
        EngineUnderLoad load = null;
        try {
            if (plan.historyOrNull() == null) {
                EventTopics.makeInputs(broker.address());
            } else {
                EventTopics.load(broker.address(), plan.historyOrNull());
            }
            EventTopics.make(broker.address(), engine.resultTopics());
            RunningEngine running = EngineProcess.start(
                    engine,
                    home,
                    folder.resolve(engine.folder()),
                    config,
                    broker.address(),
                    0,
                    isCounted(engine, plan) ? Map.of("counted", "true") : Map.of(),
                    null);
            load = new EngineUnderLoad(engine, plan, hasMetrics, broker, running);
        } finally {
            if (load == null) {
                broker.close();
            }
        }
        boolean isBegun = false;
        try {
            load.begin(hasMetrics ? yaml : null);
            isBegun = true;
            return load;
        } finally {
            if (!isBegun) {
                load.close();
            }
        }
    }

    private void begin(String servedYamlOrNull)
            throws IOException, StackException, InterruptedException, WrongResultsException {
        running.go();
        read("read_committed", committed);
        if (engine.isServed()) {
            views.add(written);
            read("read_uncommitted", written);
        }
        if (servedYamlOrNull != null) {
            views.add(onMetrics);
            metricsOrNull = new MetricsWatch(
                    broker.startServing(servedYamlOrNull, plan.isProvisional()), plan.isNamed(), onMetrics);
            metricsOrNull.start();
        }
        sendProbe(System.currentTimeMillis());
        WorkloadSpec history = plan.historyOrNull();
        if (history == null) {
            awaitAll(TO_BEGIN);
            return;
        }
        ids = new LiveWorkload.Ids(history.leads(), history.records());
        for (int more = 0; more < LatencyPlan.AFTER_HISTORY; more++) {
            sendProbe(System.currentTimeMillis());
        }
        awaitAll(TO_BEGIN.plusSeconds(history.records() / HISTORY_PER_SECOND));
    }

    /** Whether the engine tells of its checkpoints: of interest where it has state. It costs some processor time. */
    private static boolean isCounted(Engine engine, LatencyPlan plan) {
        return engine.isServed() && plan.historyOrNull() != null;
    }

    private void read(String isolation, ProbeView view) {
        ResultReader reader = new ResultReader(engine, broker.address(), isolation, view);
        readers.add(reader);
        reader.start();
    }

    /** Finds out how many records a second it sustains. */
    int sustainable() throws InterruptedException, WrongResultsException, IOException {
        Bursts bursts = new Bursts();
        boolean isFound = false;
        while (!isFound) {
            isFound = bursts.took(burst(bursts.records()));
        }
        SteadyRate steady = new SteadyRate(bursts.perSecond());
        while (!steady.took(behind(steady.perSecond()))) {
            // What it is not up to has been worked off; the next rate is lower.
        }
        return steady.perSecond();
    }

    /** Sends at a rate and says how much later and later results come. */
    private double behind(int perSecond) throws InterruptedException, WrongResultsException, IOException {
        Sent sent = send(perSecond, SteadyRate.SECONDS, new Histogram(LATENCY_DIGITS));
        long[] micros = new long[sent.dueNanos().length];
        for (int probe = 0; probe < micros.length; probe++) {
            int sentAs = sent.firstProbe() + probe;
            long seenNanos = Math.max(committed.scoreNanos(sentAs), committed.sumNanos(sentAs));
            micros[probe] = TimeUnit.NANOSECONDS.toMicros(seenNanos - sent.dueNanos()[probe]);
        }
        return SteadyRate.behind(micros);
    }

    /** Sends a burst and says how long it took until all of its probes were seen, nanoseconds. */
    private long burst(long records) throws InterruptedException, WrongResultsException, IOException {
        long background = records - (long) Bursts.PROBES * Probes.RECORDS;
        long beginMillis = System.currentTimeMillis();
        long beginNanos = System.nanoTime();
        LiveWorkload workload = workload(background, beginMillis - BURST_MILLIS, BURST_MILLIS);
        for (long place = 0; place < background; place++) {
            send(workload.next());
            if ((place + 1) * Bursts.PROBES / background > place * Bursts.PROBES / background) {
                sendProbe(System.currentTimeMillis());
            }
        }
        awaitAll(PATIENCE);
        return System.nanoTime() - beginNanos;
    }

    /** Sends at a rate, and says how long it took until what was sent after the warm-up was seen. */
    List<Latency> measure(int perSecond, int percent) throws InterruptedException, WrongResultsException, IOException {
        Histogram lateness = new Histogram(LATENCY_DIGITS);
        Sent sent = send(perSecond, plan.warmUpSeconds() + plan.seconds(), lateness);
        int firstProbe = sent.firstProbe();
        long[] dueNanos = sent.dueNanos();
        long fromNanos = sent.beginNanos() + TimeUnit.SECONDS.toNanos(plan.warmUpSeconds());
        List<Latency> measured = new ArrayList<>();
        for (ProbeView view : views) {
            if (view != onMetrics) {
                Latency.What score = view == committed ? Latency.What.SCORE_COMMITTED : Latency.What.SCORE_WRITTEN;
                measured.add(latency(
                        perSecond,
                        percent,
                        score,
                        times(dueNanos, fromNanos, probe -> view.scoreNanos(firstProbe + probe))));
            }
            measured.add(latency(
                    perSecond,
                    percent,
                    sumIn(view),
                    times(dueNanos, fromNanos, probe -> view.sumNanos(firstProbe + probe))));
        }
        if (isCounted(engine, plan)) {
            long fromMillis = sent.beginMillis() + TimeUnit.SECONDS.toMillis(plan.warmUpSeconds());
            stateOrNull = HeldState.of(JobStats.of(running.stats()), fromMillis);
            measured.add(latency(perSecond, percent, Latency.What.CHECKPOINT, stateOrNull.checkpointMicros()));
        }
        measured.add(latency(perSecond, percent, Latency.What.SENDING, lateness));
        return measured;
    }

    /**
     * What was sent at a rate.
     *
     * @param firstProbe its first probe
     * @param dueNanos when each of its probes was to be sent
     */
    private record Sent(long beginMillis, long beginNanos, int firstProbe, long[] dueNanos) {}

    /** Sends at a rate until all probes have been seen. */
    private Sent send(int perSecond, int seconds, Histogram lateness)
            throws InterruptedException, WrongResultsException, IOException {
        Schedule schedule = new Schedule(perSecond, plan.probesPerSecond(), seconds, seed);
        long beginMillis = System.currentTimeMillis();
        long beginNanos = System.nanoTime();
        LiveWorkload workload = workload(schedule.background(), beginMillis, TimeUnit.SECONDS.toMillis(seconds));
        int firstProbe = probes;
        long[] dueNanos = new long[schedule.probes()];
        PacedSending.run(
                schedule,
                Ticker.SYSTEM,
                beginNanos,
                (atNanos, probe) -> {
                    if (probe == Schedule.NO_PROBE) {
                        send(workload.next());
                    } else {
                        dueNanos[probe] = beginNanos + atNanos;
                        sendProbe(beginMillis + TimeUnit.NANOSECONDS.toMillis(atNanos));
                    }
                },
                lateness);
        awaitAll(PATIENCE);
        return new Sent(beginMillis, beginNanos, firstProbe, dueNanos);
    }

    /** The state that it held when it was last measured; null if it does not tell. */
    HeldState stateOrNull() {
        return stateOrNull;
    }

    private Latency.What sumIn(ProbeView view) {
        if (view == onMetrics) {
            return plan.isProvisional() ? Latency.What.SUM_ON_METRICS : Latency.What.SUM_COMMITTED_ON_METRICS;
        }
        return view == committed ? Latency.What.SUM_COMMITTED : Latency.What.SUM_WRITTEN;
    }

    private Latency latency(int perSecond, int percent, Latency.What what, Histogram micros) {
        return new Latency(engine.letter(), title, perSecond, percent, what, micros);
    }

    /** Ends the engine, and asks whether its last word on every sum is right. */
    void finish() throws IOException, InterruptedException, WrongResultsException {
        running.stop();
        for (ResultReader reader : readers) {
            reader.finish();
            reader.requireWell();
        }
        requireRight();
        if (!committed.isRightAtTheEnd()) {
            throw wrong("its last sums are not those of the probes, after they had all been seen");
        }
    }

    @Override
    public void close() throws IOException {
        try (broker;
                running;
                producer) {
            if (metricsOrNull != null) {
                metricsOrNull.interrupt();
            }
        }
    }

    /** Of those that were due from then on, microseconds. */
    static Histogram times(long[] dueNanos, long fromNanos, IntToLongFunction seenNanos) {
        Histogram micros = new Histogram(LATENCY_DIGITS);
        for (int probe = 0; probe < dueNanos.length; probe++) {
            if (dueNanos[probe] - fromNanos >= 0) {
                micros.recordValue(TimeUnit.NANOSECONDS.toMicros(seenNanos.applyAsLong(probe) - dueNanos[probe]));
            }
        }
        return micros;
    }

    private LiveWorkload workload(long records, long startMillis, long spanMillis) {
        LiveWorkload workload = new LiveWorkload(records, plan.leads(), seed++, ids, startMillis, spanMillis);
        ids = workload.idsAfter();
        return workload;
    }

    private void sendProbe(long millis) {
        views.forEach(view -> view.sending(millis));
        Probes.records(probes++, millis).forEach(this::send);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback has what the future would say.
    private void send(WorkloadRecord record) {
        producer.send(EventTopics.toKafka(record), (sent, problem) -> refused.compareAndSet(null, problem));
    }

    private void awaitAll(Duration patience) throws InterruptedException, WrongResultsException, IOException {
        int seen = -1;
        long seenNanos = System.nanoTime();
        while (!views.stream().allMatch(ProbeView::isComplete)) {
            int now = views.stream().mapToInt(ProbeView::seen).sum();
            if (now > seen) {
                seen = now;
                seenNanos = System.nanoTime();
            }
            if (System.nanoTime() - seenNanos > patience.toNanos()) {
                throw wrong(
                        String.join("; ", views.stream().map(ProbeView::missing).toList())
                                + "; and none more for %d s".formatted(patience.toSeconds()));
            }
            requireWell();
            Ticker.SYSTEM.awaitUntil(System.nanoTime() + LOOK_NANOS);
        }
        requireRight();
    }

    private void requireWell() throws IOException, WrongResultsException {
        requireRight();
        readers.forEach(ResultReader::requireWell);
        if (refused.get() != null) {
            throw new IOException("the broker did not take all records", refused.get());
        }
        if (!running.isAlive()) {
            throw new IOException("%s has ended by itself; its log: %s".formatted(engine.title(), running.log()));
        }
    }

    private void requireRight() throws WrongResultsException {
        for (ProbeView view : views) {
            if (view.problemOrNull() != null) {
                throw wrong(view.problemOrNull());
            }
        }
    }

    private WrongResultsException wrong(String what) {
        return new WrongResultsException("engine (%s) %s: %s".formatted(engine.letter(), title, what));
    }
}
