package io.leadpulse.local.latency;

import io.leadpulse.local.stack.Demo;
import io.leadpulse.local.stack.Ports;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends events to a running stack and watches how long a won deal takes to show; and with each one won today another one that
 * was won yesterday, and is told only now; and a new lead of a campaign that asks for a demo at once, which the campaign's
 * leads and those qualified within a quarter of an hour go up by. A probe's time counts from when it was
 * to be sent, not from when it was: what makes the sender late is part of what is measured.
 */
public final class LatencyRun {
    private static final Duration UNTIL_SHOWN = Duration.ofMinutes(2);
    private static final long BETWEEN_READS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Duration BETWEEN_WARM_UPS = Duration.ofSeconds(5);
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final long WARM_UP_MINOR = 100;
    private static final int LEADS = 200;
    private static final String OF_YESTERDAY = " where scope = 'company' and measure = 'won_amount'"
            + " and day = (now() at time zone (select value from leadpulse.setting where key = 'zone'))::date - 1";
    private static final String YESTERDAY =
            "select value from leadpulse.rollup_day" + OF_YESTERDAY + " and dimension = ''";
    private static final String CORRECTED =
            "select to_value from leadpulse.correction" + OF_YESTERDAY + " order by to_value desc limit 1";

    private static final String CAMPAIGN = "latency";
    /** What the board of campaigns shows of one: its leads and those that qualified in time. */
    private static final String CAMPAIGN_QUALITY =
            "select least(coalesce(sum(leads), 0), coalesce(sum(in_15_minutes), 0))"
                    + " from leadpulse.source_slot where kind = 'campaign' and name = '" + CAMPAIGN + "'";

    private static final long MIDDAY = 12;

    private final Demo demo;
    private final SendPlan plan;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * What was measured.
     *
     * @param onMetrics from the intended sending of a won deal until /metrics has its amount
     * @param inPrometheus the same until a query of Prometheus has it
     * @param onYesterday from the intended sending of a deal won yesterday until the query of a board has it in that day
     * @param inYear the same until /metrics has it in the year, of which pace is computed in the same answer
     * @param inCorrections the same until the list of corrections says it
     * @param onCampaign from the intended sending of a lead's request for a demo until the query of a board has it in the
     *     quality of its campaign
     * @param sender how late events were sent, all of them
     */
    public record Outcome(
            Latencies onMetrics,
            Latencies inPrometheus,
            Latencies onYesterday,
            Latencies inYear,
            Latencies inCorrections,
            Latencies onCampaign,
            Latencies sender) {}

    /**
     * Measures with a stack that runs.
     *
     * @param background number of events beside the probes
     * @param perSecond how many of them a second
     * @param seed of what is left to chance
     */
    public LatencyRun(Demo demo, int background, int perSecond, long seed) {
        this.demo = demo;
        this.plan = SendPlan.of(background, perSecond, seed);
    }

    /** How many probes there will be. */
    public int probes() {
        return plan.probes();
    }

    /** Configuration of the company that is measured: it is about mid-day there, so that no day ends meanwhile. */
    public static String configYaml(Instant now) {
        long offset = MIDDAY - now.atOffset(ZoneOffset.UTC).getHour();
        // In these names the sign is that of the way to Greenwich.
        return "company: {name: Latency, zone: \"Etc/GMT%s%d\", currency: USD}%n"
                .formatted(offset > 0 ? "-" : "+", Math.abs(offset));
    }

    /**
     * Runs to the end.
     *
     * @throws IllegalStateException if something did not show in time, or the broker did not take an event
     */
    public Outcome run() throws InterruptedException, ExecutionException, SQLException, IOException {
        Ports ports = demo.stack().ports();
        String serving = ports.url(Ports.Name.SERVING);
        try (Connection day = demo.stack().boardConnection();
                Connection corrections = demo.stack().boardConnection();
                Connection campaigns = demo.stack().boardConnection();
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                ports.address(Ports.Name.KAFKA),
                                ProducerConfig.LINGER_MS_CONFIG,
                                0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            ValueReader today = ValueReader.ofServing(serving, "day");
            ValueReader prometheus = ValueReader.ofPrometheus(ports.url(Ports.Name.PROMETHEUS));
            ValueReader yesterday = ValueReader.ofTables(day, YESTERDAY);
            ValueReader year = ValueReader.ofServing(serving, "year");
            ValueReader corrected = ValueReader.ofTables(corrections, CORRECTED);
            ValueReader campaign = ValueReader.ofTables(campaigns, CAMPAIGN_QUALITY);
            long before = warmUp(producer, List.of(today, prometheus));
            long dayBefore = warmUpYesterday(producer, corrected);
            return measure(
                    producer,
                    List.of(
                            new Watcher(today, new ProbeWatch(plan.probes(), 1, before)),
                            new Watcher(prometheus, new ProbeWatch(plan.probes(), 1, before)),
                            new Watcher(yesterday, new ProbeWatch(plan.probes(), 1, dayBefore)),
                            new Watcher(year, new ProbeWatch(plan.probes(), 2, before + dayBefore)),
                            new Watcher(corrected, new ProbeWatch(plan.probes(), 1, dayBefore)),
                            new Watcher(campaign, ProbeWatch.ofLeads(plan.probes()))));
        }
    }

    /** Sends one deal and waits until everybody shows it, so that nothing is measured that happens only once. */
    private long warmUp(KafkaProducer<byte[], byte[]> producer, List<ValueReader> readers) throws InterruptedException {
        sendDeal(producer, "warm-up", WARM_UP_MINOR, System.currentTimeMillis());
        long deadline = System.nanoTime() + UNTIL_SHOWN.toNanos();
        for (ValueReader reader : readers) {
            while (!reader.read().equals(OptionalLong.of(WARM_UP_MINOR))) {
                requireGoingOn(deadline, "the first deal did not show");
                LockSupport.parkNanos(BETWEEN_READS_NANOS);
            }
        }
        return WARM_UP_MINOR;
    }

    /** Sends deals of yesterday until one is a correction, which the first ones are not: the tables were not complete. */
    private long warmUpYesterday(KafkaProducer<byte[], byte[]> producer, ValueReader corrected)
            throws InterruptedException {
        long deadline = System.nanoTime() + UNTIL_SHOWN.toNanos();
        long sumMinor = 0;
        for (int number = 0; !corrected.read().equals(OptionalLong.of(sumMinor)); number++) {
            sendDeal(producer, "warm-up-yesterday-" + number, WARM_UP_MINOR, System.currentTimeMillis() - DAY_MILLIS);
            sumMinor += WARM_UP_MINOR;
            long nextNanos = System.nanoTime() + BETWEEN_WARM_UPS.toNanos();
            while (System.nanoTime() < nextNanos && !corrected.read().equals(OptionalLong.of(sumMinor))) {
                requireGoingOn(deadline, "the first correction did not show");
                LockSupport.parkNanos(BETWEEN_READS_NANOS);
            }
        }
        return sumMinor;
    }

    private Outcome measure(KafkaProducer<byte[], byte[]> producer, List<Watcher> watchers)
            throws InterruptedException {
        watchers.forEach(Thread::start);
        try {
            long beginNanos = System.nanoTime();
            long beginMillis = System.currentTimeMillis();
            long[] lateMillis = new long[plan.events().size()];
            long[] intendedNanos = new long[plan.probes()];
            int sent = 0;
            for (SendPlan.Planned event : plan.events()) {
                long dueNanos = beginNanos + event.atNanos();
                for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                    requireNotInterrupted();
                }
                long eventMillis = beginMillis + TimeUnit.NANOSECONDS.toMillis(event.atNanos());
                if (event.isProbe()) {
                    intendedNanos[event.probe()] = dueNanos;
                    long amountMinor = ProbeWatch.amountMinor(event.probe(), plan.probes());
                    sendDeal(producer, "probe-" + event.probe(), amountMinor, eventMillis);
                    sendDeal(producer, "yesterday-" + event.probe(), amountMinor, eventMillis - DAY_MILLIS);
                    sendLead(producer, "lead-of-campaign-" + event.probe(), eventMillis);
                } else {
                    sendCall(producer, sent, eventMillis);
                }
                lateMillis[sent] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - dueNanos);
                sent++;
            }
            long deadline = System.nanoTime() + UNTIL_SHOWN.toNanos();
            for (Watcher watcher : watchers) {
                while (!watcher.watch.isComplete()) {
                    requireGoingOn(
                            deadline, "only %d of %d deals showed".formatted(watcher.watch.seen(), plan.probes()));
                    LockSupport.parkNanos(BETWEEN_READS_NANOS);
                }
            }
            List<Latencies> measured = watchers.stream()
                    .map(watcher -> watcher.latencies(intendedNanos))
                    .toList();
            return new Outcome(
                    measured.get(0),
                    measured.get(1),
                    measured.get(2),
                    measured.get(3),
                    measured.get(4),
                    measured.get(5),
                    new Latencies(lateMillis));
        } finally {
            for (Watcher watcher : watchers) {
                watcher.end();
            }
        }
    }

    private void requireGoingOn(long deadlineNanos, String problem) throws InterruptedException {
        requireNotInterrupted();
        Exception refused = failure.get();
        if (refused != null) {
            throw new IllegalStateException("the broker did not take an event", refused);
        }
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new IllegalStateException(problem + " within " + UNTIL_SHOWN.toSeconds() + " s");
        }
    }

    private static void requireNotInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void sendDeal(KafkaProducer<byte[], byte[]> producer, String id, long amountMinor, long millis) {
        String amount = "%d.%02d".formatted(amountMinor / 100, amountMinor % 100);
        for (String kind : List.of("deal_opened", "deal_won")) {
            send(
                    producer,
                    id,
                    "\"id\":\"%s-%s\",\"kind\":\"%s\",\"deal\":\"%s\",\"amount\":\"%s\",\"currency\":\"USD\""
                            .formatted(kind, id, kind, id, amount),
                    millis);
        }
    }

    /** A lead that a campaign has just touched, and that asks for a demo. */
    private void sendLead(KafkaProducer<byte[], byte[]> producer, String lead, long millis) {
        for (String kind : List.of("lead_created", "demo_requested")) {
            send(
                    producer,
                    lead,
                    "\"id\":\"%s-%s\",\"kind\":\"%s\",\"campaign\":\"%s\",\"channel\":\"%s\""
                            .formatted(kind, lead, kind, CAMPAIGN, CAMPAIGN),
                    millis);
        }
    }

    private void sendCall(KafkaProducer<byte[], byte[]> producer, int number, long millis) {
        send(
                producer,
                "lead-" + number % LEADS,
                "\"id\":\"call-%d\",\"kind\":\"call\",\"direction\":\"outbound\",\"connected\":true,\"actor\":\"R-1\""
                        .formatted(number),
                millis);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback has what the future would say.
    private void send(KafkaProducer<byte[], byte[]> producer, String lead, String fields, long millis) {
        String value = "{\"source\":\"latency\",\"lead\":\"%s\",\"time\":\"%s\",%s}"
                .formatted(lead, Rfc3339.text(millis), fields);
        producer.send(
                new ProducerRecord<>(
                        Topics.ACTIVITIES,
                        lead.getBytes(StandardCharsets.UTF_8),
                        value.getBytes(StandardCharsets.UTF_8)),
                (taken, refused) -> failure.compareAndSet(null, refused));
    }

    /** Reads a value again and again. */
    private static final class Watcher extends Thread {
        private final ValueReader reader;
        private final ProbeWatch watch;
        private final AtomicBoolean ended = new AtomicBoolean();

        Watcher(ValueReader reader, ProbeWatch watch) {
            super("watch");
            this.reader = reader;
            this.watch = watch;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                while (!ended.get() && !watch.isComplete()) {
                    OptionalLong value = reader.read();
                    if (value.isPresent()) {
                        watch.see(value.getAsLong(), System.nanoTime());
                    }
                    LockSupport.parkNanos(BETWEEN_READS_NANOS);
                }
            } catch (InterruptedException e) {
                // So it is ended.
                Thread.currentThread().interrupt();
            }
        }

        void end() throws InterruptedException {
            ended.set(true);
            interrupt();
            join();
        }

        Latencies latencies(long[] intendedNanos) {
            long[] millis = new long[intendedNanos.length];
            for (int probe = 0; probe < millis.length; probe++) {
                millis[probe] = TimeUnit.NANOSECONDS.toMillis(watch.seenNanos(probe) - intendedNanos[probe]);
            }
            return new Latencies(millis);
        }
    }
}
