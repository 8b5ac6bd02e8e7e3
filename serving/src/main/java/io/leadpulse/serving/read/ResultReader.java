package io.leadpulse.serving.read;

import io.leadpulse.schemas.event.RawHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics from given positions and hands every committed record to one handler, in a thread of its own; one that is made by
 * {@link #ofAllWritten} also those that are not committed yet, or never will be.
 *
 * <p>It belongs to no consumer group and commits nothing: what was read is the handler's to remember. A batch that the
 * handler refuses comes again, with growing pauses, until it is taken, so nothing is skipped; a record that can never be
 * taken is the handler's to turn away. While the broker is away it keeps trying and goes on where it was. A position
 * that the topic does not have (any more) is read from the beginning, so a handler must bear what it has already seen.
 * Partitions added to a topic while running are read from their beginning.
 */
public final class ResultReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultReader.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration END_OFFSETS_TIMEOUT = Duration.ofSeconds(2);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    private static final long CLOSE_MILLIS = 10_000;
    private static final int MAX_BATCH_RECORDS = 5_000;
    /** Bounds what a fetch holds on the heap; a single record may be larger and is read all the same. */
    private static final int MAX_FETCH_BYTES = 8 << 20;

    private static final int MAX_PARTITION_FETCH_BYTES = 1 << 20;
    private static final int API_TIMEOUT_MILLIS = 10_000;
    /** How often the client asks again which partitions there are. */
    private static final int METADATA_AGE_MILLIS = 60_000;

    private final String name;
    private final Map<String, Object> properties;
    private final List<String> topics;
    private final ResultHandler handler;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Where to go on; of partitions that were never read, absent. Touched by the thread alone. */
    private final Map<TopicPartition, Long> next;
    /** What stood in the topics when reading began; null until the broker said so. Touched by the thread alone. */
    private Map<TopicPartition, Long> endsAtStart;

    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Map<String, Long> newestMillis = new HashMap<>();
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    private volatile boolean caughtUp;
    private volatile Map<String, TopicReading> readings = Map.of();
    private volatile KafkaConsumer<byte[], byte[]> current;

    /**
     * A reader that has not begun.
     *
     * @param name what reads, for the thread and the log
     * @param connection how to reach the broker, by Kafka's names; {@code bootstrap.servers} at least
     * @param topics topics to read; those that do not exist yet are waited for
     * @param positions next offset to read by partition; a partition that is not named is read from its beginning
     * @param handler takes what is read
     * @throws IllegalArgumentException if no topic is given
     */
    public ResultReader(
            String name,
            Map<String, ?> connection,
            Collection<String> topics,
            Map<TopicPartition, Long> positions,
            ResultHandler handler) {
        this(name, connection, IsolationLevel.READ_COMMITTED, topics, positions, handler);
    }

    /**
     * A reader of everything that is written, as soon as it is, that has not begun: what is read may never be committed.
     *
     * @see #ResultReader(String, Map, Collection, Map, ResultHandler)
     */
    public static ResultReader ofAllWritten(
            String name,
            Map<String, ?> connection,
            Collection<String> topics,
            Map<TopicPartition, Long> positions,
            ResultHandler handler) {
        return new ResultReader(name, connection, IsolationLevel.READ_UNCOMMITTED, topics, positions, handler);
    }

    private ResultReader(
            String name,
            Map<String, ?> connection,
            IsolationLevel isolation,
            Collection<String> topics,
            Map<TopicPartition, Long> positions,
            ResultHandler handler) {
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("no topic to read");
        }
        this.name = name;
        this.properties = consumerProperties(connection, isolation);
        this.topics = List.copyOf(topics);
        this.next = new HashMap<>(positions);
        this.next.keySet().removeIf(partition -> !this.topics.contains(partition.topic()));
        this.handler = handler;
        this.thread = new Thread(this::run, "read-" + name);
        this.thread.setUncaughtExceptionHandler(
                (dead, thrown) -> LOG.error("{}: reading has ended: {}", name, Failure.describe(thrown)));
    }

    /** Begins to read; call once. */
    public void start() {
        thread.start();
    }

    /** Whether everything that stood in the topics when reading began has been taken. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /** Whether the reader is at work; false before the start, after the end, and when a bug has ended it. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** How far each topic has been taken, by topic; empty until the broker has first answered. */
    public Map<String, TopicReading> readings() {
        return readings;
    }

    /** Stops reading and waits until the handler has returned; interrupts it when that takes longer than 10 seconds. */
    @Override
    public void close() {
        closing.countDown();
        KafkaConsumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(CLOSE_MILLIS);
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosing()) {
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                current = consumer;
                if (isClosing()) {
                    return;
                }
                read(consumer);
            } catch (WakeupException | InterruptException e) {
                // Only close() does that; the loop's condition ends it.
                LOG.debug("{}: woken", name);
            } catch (KafkaException e) {
                LOG.warn("{}: cannot read, trying again in {} ms: {}", name, pauseMillis, Failure.describe(e));
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                current = null;
            }
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        while (!isClosing()) {
            if (!assign(consumer)) {
                pause();
                continue;
            }
            ConsumerRecords<byte[], byte[]> polled;
            try {
                polled = consumer.poll(POLL);
            } catch (OffsetOutOfRangeException e) {
                LOG.warn("{}: {} does not have the position asked for; from its beginning", name, e.partitions());
                consumer.seekToBeginning(e.partitions());
                continue;
            }
            Map<TopicPartition, Long> positions = positions(consumer);
            if (!positions.equals(next)) {
                take(consumer, updates(polled), positions);
            }
            pauseMillis = FIRST_PAUSE_MILLIS;
            positions.keySet().forEach(partition -> consumer.currentLag(partition)
                    .ifPresent(lag -> ends.put(partition, consumer.position(partition) + lag)));
            publish();
            catchUp();
        }
    }

    /** Takes up partitions that are not read yet; false while a topic does not exist. */
    private boolean assign(KafkaConsumer<byte[], byte[]> consumer) {
        Set<TopicPartition> all = new HashSet<>();
        for (String topic : topics) {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic);
            if (partitions == null || partitions.isEmpty()) {
                LOG.warn("{}: there is no topic {} yet", name, topic);
                return false;
            }
            partitions.forEach(each -> all.add(new TopicPartition(topic, each.partition())));
        }
        Set<TopicPartition> known = consumer.assignment();
        if (known.containsAll(all)) {
            return true;
        }
        Map<TopicPartition, Long> kept = new HashMap<>();
        known.forEach(partition -> kept.put(partition, consumer.position(partition)));
        consumer.assign(all);
        kept.forEach(consumer::seek);
        Map<TopicPartition, Long> committedEnds = consumer.endOffsets(all);
        for (TopicPartition partition : all) {
            if (!kept.containsKey(partition)) {
                seek(consumer, partition, committedEnds.get(partition));
            }
        }
        next.keySet().retainAll(all);
        if (endsAtStart == null) {
            endsAtStart = committedEnds;
        }
        ends.putAll(committedEnds);
        return true;
    }

    private void seek(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long endOffset) {
        Long position = next.get(partition);
        if (position != null && position > endOffset) {
            // Another topic of the same name; waiting for it to grow would leave out what it holds.
            LOG.warn("{}: {} ends at {}, before position {}; from its beginning", name, partition, endOffset, position);
            next.remove(partition);
            position = null;
        }
        if (position == null) {
            consumer.seekToBeginning(List.of(partition));
        } else {
            consumer.seek(partition, position);
        }
    }

    private static Map<TopicPartition, Long> positions(KafkaConsumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
        return positions;
    }

    private static List<ResultUpdate> updates(ConsumerRecords<byte[], byte[]> polled) {
        List<ResultUpdate> updates = new ArrayList<>(polled.count());
        for (TopicPartition partition : polled.partitions()) {
            for (ConsumerRecord<byte[], byte[]> each : polled.records(partition)) {
                updates.add(new ResultUpdate(
                        partition, each.offset(), each.timestamp(), each.key(), each.value(), headers(each)));
            }
        }
        return List.copyOf(updates);
    }

    private static List<RawHeader> headers(ConsumerRecord<byte[], byte[]> record) {
        List<RawHeader> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new RawHeader(header.key(), header.value())));
        return List.copyOf(headers);
    }

    /** Hands a batch over until it is taken or the reader is closed. */
    private void take(
            KafkaConsumer<byte[], byte[]> consumer, List<ResultUpdate> updates, Map<TopicPartition, Long> positions)
            throws InterruptedException {
        Map<TopicPartition, Long> given = Map.copyOf(positions);
        while (!attempt("%d records up to %s".formatted(updates.size(), given), () -> handler.accept(updates, given))) {
            refreshEnds(consumer);
            publish();
            if (isClosing()) {
                throw new WakeupException();
            }
        }
        next.clear();
        next.putAll(positions);
        for (ResultUpdate update : updates) {
            newestMillis.merge(update.topic(), update.appendMillis(), Math::max);
        }
    }

    private void catchUp() throws InterruptedException {
        if (caughtUp || !hasReachedEndsAtStart()) {
            return;
        }
        if (attempt("having caught up", handler::caughtUp)) {
            caughtUp = true;
            LOG.info("{}: caught up", name);
        }
    }

    private boolean hasReachedEndsAtStart() {
        return endsAtStart.entrySet().stream().allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private interface Step {
        void take() throws Exception;
    }

    /** Runs a step of the handler; when it fails, says so, waits and returns false. */
    private boolean attempt(String what, Step step) throws InterruptedException {
        try {
            step.take();
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // Whatever it is: a batch that is not taken must come again, and only the handler knows what may fail.
            LOG.warn("{}: {} not taken, again in {} ms: {}", name, what, pauseMillis, Failure.describe(e));
            pause();
            return false;
        }
    }

    private void refreshEnds(KafkaConsumer<byte[], byte[]> consumer) {
        try {
            ends.putAll(consumer.endOffsets(consumer.assignment(), END_OFFSETS_TIMEOUT));
        } catch (TimeoutException e) {
            LOG.debug("{}: the broker is away", name);
        }
    }

    private void publish() {
        Map<String, Long> lag = new TreeMap<>();
        ends.forEach((partition, end) ->
                lag.merge(partition.topic(), Math.max(0, end - next.getOrDefault(partition, 0L)), Long::sum));
        Map<String, TopicReading> published = new TreeMap<>();
        lag.forEach((topic, records) -> published.put(topic, new TopicReading(records, newestMillis.get(topic))));
        readings = Map.copyOf(published);
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            if (closing.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }

    private static Map<String, Object> consumerProperties(Map<String, ?> connection, IsolationLevel isolation) {
        Map<String, Object> properties = new HashMap<>(connection);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_BATCH_RECORDS);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_PARTITION_FETCH_BYTES);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MILLIS);
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_AGE_MILLIS);
        return properties;
    }
}
