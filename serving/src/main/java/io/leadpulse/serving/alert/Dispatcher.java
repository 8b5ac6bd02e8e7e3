package io.leadpulse.serving.alert;

import io.leadpulse.schemas.MoneyUnit;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.AlertDelivery;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.ResultCodec;
import io.leadpulse.serving.read.Failure;
import io.leadpulse.serving.read.ResultHandler;
import io.leadpulse.serving.read.ResultReader;
import io.leadpulse.serving.read.ResultUpdate;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people of alerts: takes {@code lead.alerts.v1} from its beginning, asks {@link AlertPlan} once a second what to
 * tell, writes that to the {@link SentLog} and hands it to an Alertmanager, again every minute while it stands.
 *
 * <p><b>Never twice.</b> A telling is in the log before it leaves, with all that makes its labels and its start. After a
 * crash in between the same post leaves (again): the Alertmanager knows an alert by its labels, and remembers on disk
 * what it has told about them, so the person is not told again. After its own restart it gets everything that stands.
 *
 * <p><b>Nothing lost.</b> While the log or the Alertmanager cannot be reached nothing new is told and nothing forgotten;
 * it is tried again every second. What the Alertmanager gave up because it heard nothing for
 * {@link MessageWriter#STANDS_FOR}, it has told as over; that is never raised again, only its escalation is. What is in
 * the log and perhaps was not told before that silence is posted after it, however long it was. What the Alertmanager
 * refuses keeps nothing else; it is tried again every minute while it stands.
 *
 * <p>Nothing is told before the engine had, once, read all that stood in its topics, nor before all reps are known: one
 * whose record has not been read yet seems to be at work.
 *
 * <p>While a source is silent or the pipeline unhealthy, by what fires in the Alertmanager, nothing is told; it is told
 * afterwards if it still stands.
 */
public final class Dispatcher implements ResultHandler, AutoCloseable {

    /** While one of these fires people would be told wrong things; also what inhibits in {@code alertmanager.yml}. */
    public static final Set<String> MUTING = Set.of("SourceSilent", "PipelineUnhealthy");

    /**
     * How far the engine is, as far as telling people depends on it.
     *
     * @param hasReadAll whether it ever had read all that stood in its topics
     * @param behind how far its clock may be behind the wall's from then on, zero or more
     */
    public record Engine(BooleanSupplier hasReadAll, Duration behind) {}

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration POST_AGAIN = Duration.ofMinutes(1);
    private static final long CLOSE_SECONDS = 20;

    /** So many of the messages that are refused are named in the log. */
    private static final int REFUSED_NAMED = 10;

    private final ResultCodec<AlertRecord> codec;
    private final Supplier<Optional<Directory>> directory;
    private final SentLog log;
    private final AlertmanagerClient alertmanager;
    private final MessageWriter writer;
    private final AlertMeter meter;
    private final Engine engine;
    private final InstantSource clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "alert-dispatcher"));

    /** Guards the plan, which the reader fills and the thread asks. */
    private final Object lock = new Object();

    private final AlertPlan plan;
    private ResultReader reader;
    private boolean readerCaughtUp;
    private boolean closed;

    private boolean restored;
    private long lastPostMillis = SentLog.NEVER;
    private Instant alertmanagerStartedAt;
    /** Messages that are in the log and not yet taken, by message; for counting and for posting at once. */
    private Map<String, MessageKind> unposted = new LinkedHashMap<>();

    private Set<String> refusedMessages = Set.of();

    private Map<String, ?> connection;
    private ScheduledFuture<?> ticking;
    private String trouble = "";

    /**
     * A dispatcher that has not begun.
     *
     * @param codec of {@code lead.alerts.v1}
     * @param policy how people are told
     * @param directory who works here; empty until all that was written of that has been read; asked anew every second
     * @param outlook what is known of a lead beside its alerts
     * @param publicUrl base of the links to pages in messages
     * @param boardsUrlOrNull base of the links to boards, without a slash at the end; null where there are none
     * @param unit what amounts are shown in
     * @param alertmanagerUrl base address of the Alertmanager
     * @param engine how far the engine is
     * @param clock what time it is; people's working hours and all delays go by it
     */
    public Dispatcher(
            ResultCodec<AlertRecord> codec,
            AlertDelivery policy,
            Supplier<Optional<Directory>> directory,
            LeadOutlook outlook,
            String publicUrl,
            String boardsUrlOrNull,
            MoneyUnit unit,
            URI alertmanagerUrl,
            SentLog log,
            AlertMeter meter,
            Engine engine,
            InstantSource clock) {
        this.codec = codec;
        this.directory = directory;
        this.log = log;
        this.alertmanager = new AlertmanagerClient(alertmanagerUrl);
        this.writer = new MessageWriter(publicUrl, boardsUrlOrNull, unit, outlook);
        this.meter = meter;
        this.engine = engine;
        this.clock = clock;
        this.plan = new AlertPlan(policy, engine.behind());
    }

    /**
     * Begins to read alerts and to tell people, as soon as the engine has read everything; call once.
     *
     * @param kafka how to reach the broker, by Kafka's names; {@code bootstrap.servers} at least
     */
    public void start(Map<String, ?> kafka) {
        connection = Map.copyOf(kafka);
        ticking = thread.scheduleWithFixedDelay(this::tick, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void accept(List<ResultUpdate> updates, Map<TopicPartition, Long> next) {
        synchronized (lock) {
            for (ResultUpdate update : updates) {
                if (update.value() == null) {
                    plan.remove(new String(update.key(), StandardCharsets.UTF_8));
                } else {
                    put(update);
                }
            }
        }
    }

    /** A record that this version cannot read must not keep all others from being told. */
    private void put(ResultUpdate update) {
        try {
            plan.put(AlertCase.of(codec.decode(update.value())));
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "{} at {} is no alert and left out: {}", update.partition(), update.offset(), Failure.describe(e));
        }
    }

    @Override
    public void caughtUp() {
        synchronized (lock) {
            readerCaughtUp = true;
        }
    }

    /** Ends after the post that is under way; what stands goes on standing in the Alertmanager. */
    @Override
    public void close() {
        ResultReader reading;
        synchronized (lock) {
            closed = true;
            reading = reader;
        }
        if (reading != null) {
            reading.close();
        }
        if (ticking != null) {
            ticking.cancel(false);
        }
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Tells what is due; what cannot be done now is tried at the next tick. */
    void tick() {
        try {
            dispatch(clock.millis());
            if (!trouble.isEmpty()) {
                LOG.info("alerts are told again");
                trouble = "";
            }
        } catch (IOException | SentLogException e) {
            // Also while nothing is under way: an Alertmanager that cannot be reached must be seen before it is needed.
            (unposted.isEmpty() ? List.of(MessageKind.LEAD) : List.copyOf(unposted.values())).forEach(meter::failed);
            // Said once, not every second.
            if (!trouble.equals(Failure.describe(e))) {
                trouble = Failure.describe(e);
                LOG.warn("alerts wait: {}", trouble);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // A bug. An executor would end silently; the log must say so, and the next alert may still be told.
            LOG.error("alerts could not be told: {}", Failure.describe(e));
        }
    }

    private void dispatch(long nowMillis) throws IOException, InterruptedException {
        if (!restored) {
            SentLog.Contents contents = log.load();
            synchronized (lock) {
                plan.restore(contents.tellings(), contents.firstCaughtUpMillis());
                plan.confirmed(contents.lastPostMillis());
            }
            lastPostMillis = contents.lastPostMillis();
            restored = true;
        }
        Optional<Directory> reps = directory.get();
        if (!hasReadAll() || reps.isEmpty()) {
            return;
        }
        People people = new People(reps.get(), nowMillis);
        if (firstCaughtUpMillis() == SentLog.NEVER) {
            log.firstCaughtUp(nowMillis);
        }
        synchronized (lock) {
            plan.caughtUp(nowMillis);
        }
        Instant startedAt = alertmanager.startedAt();
        boolean muted = !alertmanager.firing(MUTING).isEmpty();
        List<Telling> changed = step(nowMillis, people, muted);
        boolean everything = !startedAt.equals(alertmanagerStartedAt)
                || lastPostMillis == SentLog.NEVER
                || lastPostMillis + POST_AGAIN.toMillis() <= nowMillis;
        if (everything || !changed.isEmpty() || !unposted.isEmpty()) {
            post(everything, changed, people, nowMillis);
            alertmanagerStartedAt = startedAt;
        }
    }

    /**
     * Whether all alerts are known. It is not asked before the engine has read all events: what it finds while it works
     * off history is over a moment later.
     */
    private boolean hasReadAll() {
        synchronized (lock) {
            if (reader == null
                    && connection != null
                    && !closed
                    && engine.hasReadAll().getAsBoolean()) {
                reader = new ResultReader("alerts", connection, List.of(Topics.ALERTS), Map.of(), this);
                reader.start();
            }
            return readerCaughtUp;
        }
    }

    private long firstCaughtUpMillis() {
        synchronized (lock) {
            return plan.firstCaughtUpMillis();
        }
    }

    /** What begins and ends now, already in the log. */
    private List<Telling> step(long nowMillis, People people, boolean muted) {
        List<Telling> lapsed = List.of();
        AlertPlan.Step step;
        synchronized (lock) {
            if (lastPostMillis != SentLog.NEVER && lastPostMillis + MessageWriter.STANDS_FOR.toMillis() <= nowMillis) {
                lapsed = plan.lapsed(nowMillis, lastPostMillis);
            }
        }
        if (!lapsed.isEmpty()) {
            LOG.warn(
                    "the Alertmanager heard nothing for {}: {} alerts are not raised again",
                    MessageWriter.STANDS_FOR,
                    lapsed.size());
            log.write(lapsed);
            synchronized (lock) {
                plan.lapse(lapsed);
            }
        }
        synchronized (lock) {
            step = plan.step(nowMillis, people, muted);
        }
        meter.waiting(step.waiting());
        meter.muted(step.muted());
        if (step.isEmpty()) {
            return List.of();
        }
        // Not under the lock: the reader must not wait for the database. Only this thread changes what was told.
        log.write(step.all());
        synchronized (lock) {
            plan.commit(step, nowMillis);
        }
        step.all().forEach(telling -> unposted.put(message(telling), telling.kind()));
        return step.all();
    }

    private void post(boolean everything, List<Telling> changed, People people, long nowMillis)
            throws IOException, InterruptedException {
        List<Post> posts;
        Map<String, MessageKind> kinds = new HashMap<>();
        synchronized (lock) {
            List<Telling> standing = plan.posted(nowMillis);
            if (!everything) {
                Set<String> messages = new HashSet<>(unposted.keySet());
                changed.forEach(telling -> messages.add(message(telling)));
                standing = standing.stream()
                        .filter(telling -> messages.contains(message(telling)))
                        .toList();
            }
            Map<String, AlertCase> alerts = new HashMap<>();
            standing.forEach(telling -> alerts.put(telling.alert(), plan.alert(telling.alert())));
            standing.forEach(telling -> kinds.put(message(telling), telling.kind()));
            posts = new ArrayList<>(writer.posts(standing, alerts::get, people, nowMillis));
        }
        Map<String, String> refused = new LinkedHashMap<>();
        alertmanager.post(posts).forEach(post -> refused.put(message(post), post.messageId()));
        say(everything, refused.values());
        refused.keySet().forEach(message -> meter.failed(kinds.get(message)));
        // What is refused stands with what does: it is posted again with all of that.
        unposted.keySet().removeAll(refused.keySet());
        unposted.values().forEach(meter::sent);
        unposted = new LinkedHashMap<>();
        if (everything) {
            lastPostMillis = nowMillis;
            synchronized (lock) {
                plan.confirmed(nowMillis);
            }
            log.posted(nowMillis);
        }
    }

    /** Says which messages are refused, once. */
    private void say(boolean everything, Collection<String> messageIds) {
        Set<String> refused = new TreeSet<>(messageIds);
        if (!everything) {
            refused.addAll(refusedMessages);
        }
        if (!refused.equals(refusedMessages) && !refused.isEmpty()) {
            LOG.warn(
                    "the Alertmanager refuses {} messages and takes the others; message_id: {}",
                    refused.size(),
                    refused.stream().limit(REFUSED_NAMED).toList());
        }
        refusedMessages = refused;
    }

    private static String message(Telling telling) {
        return telling.recipient() + '\n' + telling.messageId();
    }

    private static String message(Post post) {
        return post.recipient() + '\n' + post.messageId();
    }
}
