package io.leadpulse.serving.alert;

import io.leadpulse.schemas.Hash64;
import io.leadpulse.schemas.config.DailyDigest;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.serving.metrics.DayReport;
import io.leadpulse.serving.read.Failure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the managers their daily digest, by the Alertmanager, as {@link Dispatcher} sends alerts: when it is due, once a
 * day and person, whatever is restarted meanwhile.
 *
 * <p><b>Once.</b> A digest is in the {@link DigestLog} with all that it says before it leaves; a second start, or a second
 * serving, finds it there. It is posted again each minute for {@link #STANDS}, always the same, so an Alertmanager that was
 * away, or holds it back because the pipeline is unhealthy, tells it later. What the Alertmanager has told and then, for want
 * of a post, given up is not posted again.
 *
 * <p><b>True.</b> None is written before the engine had read all that stood in its topics, nor while a source is silent or
 * the pipeline unhealthy, nor while anything that it is made of is not there; a day that ends so has none.
 */
public final class DailyDigests implements AutoCloseable {

    /** Where a digest comes from. */
    @FunctionalInterface
    public interface Source {
        /**
         * What there is to tell of days that are over.
         *
         * @param from the first of them
         * @param today the day after the last
         * @return empty while it cannot be told
         */
        Optional<DayReport> report(LocalDate from, LocalDate today);
    }

    /** So long a digest stands in the Alertmanager: longer than a pipeline may be unhealthy on the morning of a day. */
    static final Duration STANDS = Duration.ofHours(12);

    private static final Logger LOG = LoggerFactory.getLogger(DailyDigests.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long CLOSE_SECONDS = 20;

    private final LeadpulseConfig config;
    private final Supplier<Optional<Directory>> directory;
    private final Source source;
    private final DigestLog log;
    private final AlertmanagerClient alertmanager;
    private final String publicUrl;
    private final AlertMeter meter;
    private final BooleanSupplier engineHasReadAll;
    private final InstantSource clock;
    private final DigestTimes times;
    private final DigestWriter writer;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "daily-digests"));

    /** What stands, by day and recipient; null until the log was read. */
    private List<SentDigest> standing;
    /** Of these the ones that the Alertmanager has not taken from this process yet. */
    private final Set<String> unposted = new HashSet<>();

    private Set<String> refusedMessages = Set.of();
    /** When digests were written, oldest first, as far back as a minute. */
    private final Deque<Long> writtenMillis = new ArrayDeque<>();

    private long lastPostMillis = SentLog.NEVER;
    private ScheduledFuture<?> ticking;
    private String trouble = "";

    /**
     * Digests that have not begun.
     *
     * @param config of the company, with the time, the readers and the most messages of a minute
     * @param directory who works here; empty until all that was written of that has been read
     * @param source what there is to tell
     * @param alertmanagerUrl base address of the Alertmanager
     * @param publicUrl base of the link in it
     * @param engineHasReadAll whether the engine ever had read all that stood in its topics
     * @param clock what time it is
     */
    public DailyDigests(
            LeadpulseConfig config,
            Supplier<Optional<Directory>> directory,
            Source source,
            DigestLog log,
            URI alertmanagerUrl,
            String publicUrl,
            AlertMeter meter,
            BooleanSupplier engineHasReadAll,
            InstantSource clock) {
        this.config = config;
        this.directory = directory;
        this.source = source;
        this.log = log;
        this.alertmanager = new AlertmanagerClient(alertmanagerUrl);
        this.publicUrl = publicUrl;
        this.meter = meter;
        this.engineHasReadAll = engineHasReadAll;
        this.clock = clock;
        this.times = new DigestTimes(config.dailyDigest(), config.companyCalendar());
        this.writer = new DigestWriter(config);
    }

    /** Begins to look at the time; call once. */
    public void start() {
        ticking = thread.scheduleWithFixedDelay(this::tick, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends after the post that is under way. */
    @Override
    public void close() {
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

    /** Sends what is due; what cannot be done now is tried at the next tick. */
    void tick() {
        try {
            send(clock.millis());
            if (!trouble.isEmpty()) {
                LOG.info("daily digests are sent again");
                trouble = "";
            }
        } catch (IOException | SentLogException e) {
            unposted.forEach(each -> meter.failed(MessageKind.DAILY));
            // Said once, not at every tick.
            if (!trouble.equals(Failure.describe(e))) {
                trouble = Failure.describe(e);
                LOG.warn("daily digests wait: {}", trouble);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // A bug. An executor would end silently; the log must say so.
            LOG.error("daily digests could not be sent: {}", Failure.describe(e));
        }
    }

    private void send(long nowMillis) throws IOException, InterruptedException {
        if (standing == null) {
            standing = load(nowMillis);
        }
        standing.removeIf(
                digest -> digest.sentMillis() + STANDS.toMillis() <= nowMillis || isGivenUp(digest, nowMillis));
        if (standing.isEmpty()) {
            unposted.clear();
        }
        Optional<Directory> reps = directory.get();
        Optional<DigestTimes.Occasion> due = times.due(nowMillis);
        if (reps.isEmpty() || (due.isEmpty() && standing.isEmpty())) {
            return;
        }
        People people = new People(reps.get(), nowMillis);
        if (due.isPresent() && engineHasReadAll.getAsBoolean()) {
            write(due.get(), people, nowMillis);
        }
        if (!standing.isEmpty()
                && (!unposted.isEmpty()
                        || lastPostMillis == SentLog.NEVER
                        || lastPostMillis + MINUTE.toMillis() <= nowMillis)) {
            post(people, nowMillis);
        }
    }

    /** What stands by the log. */
    private List<SentDigest> load(long nowMillis) {
        List<SentDigest> loaded = new ArrayList<>(log.since(nowMillis - STANDS.toMillis()));
        loaded.removeIf(digest -> isGivenUp(digest, nowMillis));
        loaded.stream()
                .filter(digest -> digest.postedMillis() == SentLog.NEVER)
                .map(DailyDigests::key)
                .forEach(unposted::add);
        return loaded;
    }

    /** Whether the Alertmanager has told it and then heard nothing for so long that it would tell it again. */
    private static boolean isGivenUp(SentDigest digest, long nowMillis) {
        return digest.postedMillis() != SentLog.NEVER
                && digest.sentMillis() + AlertPlan.GROUP_WAIT.toMillis() < digest.postedMillis()
                && digest.postedMillis() + MessageWriter.STANDS_FOR.toMillis() <= nowMillis;
    }

    /** Writes what nobody has written yet, no more in a minute than messages may leave. */
    private void write(DigestTimes.Occasion due, People people, long nowMillis)
            throws IOException, InterruptedException {
        List<String> missing = new ArrayList<>(recipients(people));
        standing.stream()
                .filter(digest -> digest.day().equals(due.today()))
                .forEach(digest -> missing.remove(digest.recipient()));
        while (!writtenMillis.isEmpty() && writtenMillis.peekFirst() + MINUTE.toMillis() <= nowMillis) {
            writtenMillis.removeFirst();
        }
        int free = config.alertDelivery().maxMessagesPerMinute() - writtenMillis.size();
        if (missing.isEmpty() || free <= 0) {
            return;
        }
        // Written by another serving since this one looked, or by this one in a try that seemed to fail.
        for (SentDigest digest : load(nowMillis)) {
            if (digest.day().equals(due.today()) && missing.remove(digest.recipient())) {
                standing.add(digest);
            }
        }
        if (missing.isEmpty() || !alertmanager.firing(Dispatcher.MUTING).isEmpty()) {
            return;
        }
        Optional<DayReport> report = source.report(due.from(), due.today());
        if (report.isEmpty()) {
            return;
        }
        Corrections corrections = log.corrections(
                config.companyCalendar().startOfDayMillis(due.from().toEpochDay()),
                config.companyCalendar().startOfDayMillis(due.today().toEpochDay()));
        Map<String, String> contents = writer.contents(due, report.get(), corrections);
        List<SentDigest> begun = new ArrayList<>();
        for (String recipient : missing.subList(0, Math.min(free, missing.size()))) {
            String id = Hash64.hex(Hash64.of("daily\n" + due.today() + '\n' + recipient));
            begun.add(new SentDigest(due.today(), recipient, id, nowMillis, SentLog.NEVER, contents));
        }
        log.write(begun);
        begun.forEach(digest -> {
            writtenMillis.add(nowMillis);
            unposted.add(key(digest));
        });
        standing.addAll(begun);
    }

    /** Who gets one: whom the company names, else the team leads; nobody who has left or is on leave. */
    private List<String> recipients(People people) {
        DailyDigest settings = config.dailyDigest();
        List<String> readers = settings.recipients().isEmpty() ? people.teamLeads() : settings.recipients();
        return readers.stream().filter(reader -> !people.away(reader)).toList();
    }

    private void post(People people, long nowMillis) throws IOException, InterruptedException {
        Set<String> refused =
                alertmanager
                        .post(standing.stream()
                                .map(digest -> post(digest, people, nowMillis))
                                .toList())
                        .stream()
                        .map(Post::messageId)
                        .collect(Collectors.toSet());
        say(refused);
        refused.forEach(each -> meter.failed(MessageKind.DAILY));
        List<SentDigest> taken = standing.stream()
                .filter(digest -> !refused.contains(digest.messageId()))
                .toList();
        taken.stream().filter(digest -> unposted.contains(key(digest))).forEach(each -> meter.sent(MessageKind.DAILY));
        unposted.clear();
        lastPostMillis = nowMillis;
        log.posted(taken, nowMillis);
        standing.replaceAll(digest -> refused.contains(digest.messageId()) ? digest : digest.posted(nowMillis));
    }

    /** Says which are refused, once. */
    private void say(Set<String> refused) {
        if (!refused.equals(refusedMessages) && !refused.isEmpty()) {
            LOG.warn("the Alertmanager refuses {} daily digests; message_id: {}", refused.size(), refused);
        }
        refusedMessages = refused;
    }

    private Post post(SentDigest digest, People people, long nowMillis) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("alertname", "DailyDigest");
        labels.put("rep", digest.recipient());
        labels.put("message_id", digest.messageId());
        labels.put("alert_id", digest.messageId());
        labels.put("severity", "info");
        Map<String, String> said = new LinkedHashMap<>();
        String address = people.email(digest.recipient());
        if (address != null) {
            said.put("to", address);
        }
        said.put("name", people.name(digest.recipient()));
        said.put("url", publicUrl);
        said.putAll(digest.contents());
        long endsMillis =
                Math.min(nowMillis + MessageWriter.STANDS_FOR.toMillis(), digest.sentMillis() + STANDS.toMillis());
        return new Post(labels, said, digest.sentMillis(), endsMillis, publicUrl);
    }

    private static String key(SentDigest digest) {
        return digest.day() + "\n" + digest.recipient();
    }
}
