package io.leadpulse.serving.tick;

import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.tick.Tick;
import io.leadpulse.schemas.tick.TickCodec;
import io.leadpulse.serving.metrics.SourceWatch;
import io.leadpulse.serving.read.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a tick every second, with the sources that are silent, and how far all have been heard ({@link Heard}) and what was heard
 * was worked off by the engine ({@link WorkedOff}). It first asks the broker when each topic of events last got a record; while the broker does not answer there is no tick, so for
 * the engine time stands still, and silence is never judged from a look that failed. How far the sources had been heard it
 * takes over from the last tick of an earlier run; since then, too, nobody may have been able to speak.
 *
 * <p>What it saw of the sources it tells the metrics.
 */
public final class TickWriter implements SourceWatch, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TickWriter.class);

    private static final List<String> EVENTS = List.of(Topics.ACTIVITIES, Topics.BEHAVIOUR, Topics.COMPANY_EVENTS);
    /** The engine's consumer group, which commits at every checkpoint. */
    private static final String ENGINE_GROUP = "leadpulse";

    private static final long TICK_MILLIS = 1_000;
    /** Ticks may be late by this without anybody being unheard. */
    private static final long LEAST_OUTAGE_MILLIS = 10_000;

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final long CLOSE_SECONDS = 10;
    private static final long NO_TICK = Long.MIN_VALUE;
    private static final byte[] KEY = Tick.KEY.getBytes(StandardCharsets.UTF_8);

    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final InstantSource clock;
    private final Silence silence;
    private final Heard heard;
    private final WorkedOff workedOff = new WorkedOff();
    private final long outageMillis;
    private final Map<String, Object> reading;
    private final Map<String, Gaps> gaps = new HashMap<>();
    private final ScheduledExecutorService every =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "ticks"));
    private boolean failing;
    /** Time of the newest tick, epoch milliseconds; null before it is known, {@link #NO_TICK} when there is none. */
    private Long lastTickMillis;

    /** As of the last look: offsets behind the last record, and up to which a checkpoint of the engine has everything. */
    private Map<TopicPartition, Long> ends = Map.of();

    private Map<TopicPartition, Long> done = Map.of();

    private volatile Map<String, Source> sources = Map.of();

    /**
     * A writer that does not write yet.
     *
     * @param config working time of the company and limits of silence
     * @param connection how to reach the broker, by Kafka's names
     * @param clock what time it is
     */
    public TickWriter(LeadpulseConfig config, Map<String, ?> connection, InstantSource clock) {
        this.clock = clock;
        this.silence = new Silence(config.companyCalendar(), config.silentAfterMillis());
        long graceMillis = Duration.ofMinutes(config.graceMinutes()).toMillis();
        this.heard = new Heard(Topics.ACTIVITIES, graceMillis);
        // For a grace what is late is waited for; the other half of it is for what was kept back to come in.
        this.outageMillis = Math.max(LEAST_OUTAGE_MILLIS, graceMillis / 2);
        this.reading = new HashMap<>(connection);
        reading.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        Map<String, Object> properties = new HashMap<>(connection);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        this.admin = Admin.create(properties);
        Map<String, Object> writing = new HashMap<>(connection);
        // A tick that waits is worth nothing: the next one says more.
        writing.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        writing.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * TIMEOUT_MILLIS);
        writing.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) TIMEOUT_MILLIS);
        this.producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Begins to write. */
    public void start() {
        var unused = every.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public Map<String, Source> sources() {
        return sources;
    }

    private void tick() {
        try {
            // What comes while it looks may not be in what it sees, so it speaks of the moment before.
            long nowMillis = clock.millis();
            Map<String, Source> seen = look();
            sources = seen;
            if (lastTickMillis == null) {
                lastTickMillis = before(seen);
            }
            listen(seen, nowMillis);
            List<String> silent = new ArrayList<>();
            seen.forEach((topic, source) -> {
                if (source.silent()) {
                    silent.add(topic);
                }
            });
            heard.upToMillis().ifPresent(upToMillis -> workedOff.heard(upToMillis, ends, System.nanoTime()));
            OptionalLong upTo = workedOff.upTo(done, System.nanoTime());
            byte[] tick = TickCodec.encode(
                    new Tick(nowMillis, new TreeSet<>(silent), upTo.isPresent() ? upTo.getAsLong() : null));
            producer.send(new ProducerRecord<>(Topics.TICKS, KEY, tick)).get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            if (failing) {
                LOG.info("ticks are written again");
            }
            failing = false;
            lastTickMillis = nowMillis;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            // Whatever it is, the next tick tries again: without ticks the engine's clock stands still.
            if (!failing) {
                LOG.warn("no tick: {}", Failure.describe(e));
            }
            failing = true;
        }
    }

    private Map<String, Source> look() throws ExecutionException, InterruptedException, TimeoutException {
        List<TopicPartition> partitions = partitions();
        Map<TopicPartition, ListOffsetsResultInfo> newest = listOffsets(partitions, OffsetSpec.maxTimestamp());
        Map<TopicPartition, ListOffsetsResultInfo> begins = listOffsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> latest = listOffsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(ENGINE_GROUP).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> lookedEnds = new HashMap<>();
        Map<TopicPartition, Long> lookedDone = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            lookedEnds.put(partition, latest.get(partition).offset());
            lookedDone.put(partition, offset == null ? begins.get(partition).offset() : offset.offset());
        }
        ends = lookedEnds;
        done = lookedDone;
        long nowMillis = clock.millis();
        Map<String, Source> seen = new TreeMap<>();
        for (String topic : EVENTS) {
            Long lastAppend = null;
            long end = 0;
            long lag = 0;
            boolean begun = true;
            for (TopicPartition partition : partitions) {
                if (!partition.topic().equals(topic)) {
                    continue;
                }
                long timestamp = newest.get(partition).timestamp();
                if (timestamp >= 0) {
                    lastAppend = lastAppend == null ? timestamp : Math.max(lastAppend, timestamp);
                }
                long endOffset = ends.get(partition);
                end += endOffset;
                lag += Math.max(0, endOffset - done.get(partition));
                begun &= committed.get(partition) != null
                        || endOffset == begins.get(partition).offset();
            }
            Gaps gap = gaps.computeIfAbsent(topic, unused -> new Gaps());
            gap.note(nowMillis, end);
            seen.put(
                    topic,
                    new Source(
                            lastAppend,
                            silence.isSilent(topic, lastAppend, nowMillis),
                            gap.seconds(nowMillis, end),
                            lag,
                            begun));
        }
        return Map.copyOf(seen);
    }

    /** Takes note of how far the sources that matter are heard now, or that they were not for a while. */
    private void listen(Map<String, Source> seen, long nowMillis) {
        long sinceMillis = lastTickMillis;
        boolean isAfterOutage = sinceMillis != NO_TICK && nowMillis - sinceMillis > outageMillis;
        if (isAfterOutage) {
            LOG.info(
                    "no ticks since {}: alerts of leads wait until the sources have spoken",
                    Instant.ofEpochMilli(sinceMillis));
        }
        seen.forEach((topic, source) -> {
            if (!silence.isLimited(topic)) {
                return;
            }
            if (isAfterOutage) {
                heard.outage(topic, source.lastAppendMillis(), sinceMillis, nowMillis);
            } else {
                heard.see(topic, source.lastAppendMillis(), source.silent(), nowMillis);
            }
        });
    }

    /** Time of the newest tick of an earlier run, whose say is taken over; when none is kept so long, of the newest event. */
    private long before(Map<String, Source> seen) throws TimeoutException {
        TopicPartition ticks = new TopicPartition(Topics.TICKS, 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(ticks));
            long end = consumer.endOffsets(List.of(ticks)).get(ticks);
            if (end == consumer.beginningOffsets(List.of(ticks)).get(ticks)) {
                return newestEvent(seen);
            }
            consumer.seek(ticks, end - 1);
            for (ConsumerRecord<byte[], byte[]> newest : consumer.poll(Duration.ofMillis(TIMEOUT_MILLIS))) {
                Tick tick = TickCodec.decode(newest.value());
                if (tick.heardMillis() != null) {
                    heard.before(tick.heardMillis());
                    workedOff.before(tick.heardMillis());
                }
                return tick.timeMillis();
            }
            throw new TimeoutException("the newest tick cannot be read");
        } catch (IllegalArgumentException e) {
            LOG.warn("the newest tick is none of ours: {}", Failure.describe(e));
            return newestEvent(seen);
        }
    }

    private static long newestEvent(Map<String, Source> seen) {
        return seen.values().stream()
                .filter(source -> source.lastAppendMillis() != null)
                .mapToLong(Source::lastAppendMillis)
                .max()
                .orElse(NO_TICK);
    }

    private List<TopicPartition> partitions() throws ExecutionException, InterruptedException, TimeoutException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (TopicDescription topic :
                get(admin.describeTopics(EVENTS).allTopicNames()).values()) {
            topic.partitions().forEach(each -> partitions.add(new TopicPartition(topic.name(), each.partition())));
        }
        return partitions;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> listOffsets(List<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec));
        return get(admin.listOffsets(asked).all());
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(2L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Writes no more ticks. */
    @Override
    public void close() {
        every.shutdownNow();
        try {
            if (!every.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the last tick has not ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(CLOSE_SECONDS));
        admin.close(Duration.ofSeconds(CLOSE_SECONDS));
    }
}
