package io.leadpulse.local.latency;

import io.leadpulse.local.stack.Demo;
import io.leadpulse.local.stack.Ports;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import java.nio.charset.StandardCharsets;
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
 * Sends events to a running stack and watches how long a won deal takes to show. A probe's time counts from when it was
 * to be sent, not from when it was: what makes the sender late is part of what is measured.
 */
public final class LatencyRun {
    private static final Duration UNTIL_SHOWN = Duration.ofMinutes(2);
    private static final long BETWEEN_READS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int LEADS = 200;
    private static final long MIDDAY = 12;

    private final Demo demo;
    private final SendPlan plan;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * What was measured.
     *
     * @param onMetrics from the intended sending of a won deal until /metrics has its amount
     * @param inPrometheus the same until a query of Prometheus has it
     * @param sender how late events were sent, all of them
     */
    public record Outcome(Latencies onMetrics, Latencies inPrometheus, Latencies sender) {}

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
    public Outcome run() throws InterruptedException, ExecutionException {
        Ports ports = demo.stack().ports();
        ValueReader serving = ValueReader.ofServing(ports.url(Ports.Name.SERVING));
        ValueReader prometheus = ValueReader.ofPrometheus(ports.url(Ports.Name.PROMETHEUS));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        ports.address(Ports.Name.KAFKA),
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            long before = warmUp(producer, serving, prometheus);
            return measure(
                    producer,
                    new Watcher(serving, new ProbeWatch(plan.probes(), before)),
                    new Watcher(prometheus, new ProbeWatch(plan.probes(), before)));
        }
    }

    /** Sends one deal and waits until everybody shows it, so that nothing is measured that happens only once. */
    private long warmUp(KafkaProducer<byte[], byte[]> producer, ValueReader... readers) throws InterruptedException {
        long amountMinor = 100;
        sendDeal(producer, "warm-up", amountMinor, System.currentTimeMillis());
        long deadline = System.nanoTime() + UNTIL_SHOWN.toNanos();
        for (ValueReader reader : readers) {
            while (!reader.read().equals(OptionalLong.of(amountMinor))) {
                requireGoingOn(deadline, "the first deal did not show");
                LockSupport.parkNanos(BETWEEN_READS_NANOS);
            }
        }
        return amountMinor;
    }

    private Outcome measure(KafkaProducer<byte[], byte[]> producer, Watcher serving, Watcher prometheus)
            throws InterruptedException {
        List<Watcher> watchers = List.of(serving, prometheus);
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
                    sendDeal(
                            producer,
                            "probe-" + event.probe(),
                            ProbeWatch.amountMinor(event.probe(), plan.probes()),
                            eventMillis);
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
            return new Outcome(
                    serving.latencies(intendedNanos), prometheus.latencies(intendedNanos), new Latencies(lateMillis));
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
