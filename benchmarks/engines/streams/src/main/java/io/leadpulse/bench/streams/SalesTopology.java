package io.leadpulse.bench.streams;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology.
 *
 * <pre>
 * web.behaviour.v1 -> visitors -> (leads) -> leads  -> results
 * crm.activities.v1 -> activities ---------> leads
 *                      activities -> (sales) -> sums -> results
 * </pre>
 *
 * <p>All but the sums is one sub-topology: a task reads its partition of activities, of behaviour, and of what others send to its
 * leads. Of those Kafka Streams takes the oldest record first, and what is sent to leads counts as oldest, so that no result waits behind
 * events that are still to be read. As sub-topologies of their own the readers would run ahead of the leads as far as they are faster.
 */
final class SalesTopology {
    static final String ACTIVITIES = "crm.activities.v1";
    static final String BEHAVIOUR = "web.behaviour.v1";

    static final String LEADS = "leads";
    static final String TO_LEADS = "to-leads";
    static final String TO_SALES = "to-sales";
    static final String TO_RESULTS = "to-results";

    static final String CLOCK = "clock";
    static final String IDENTITIES = "identities";
    static final String ACTS = "acts";
    static final String HELD = "held";
    static final String DEALS = "deals";
    static final String DEAL_TIMERS = "deal-timers";
    static final String SEEN = "seen";
    static final String TIMES = "times";
    static final String SCORES = "scores";
    static final String LEAD_TIMERS = "lead-timers";
    private static final String SUMS = "sums";

    /** How often tasks tell each other how far they are, and look what has become due. */
    static final Duration TICK = Duration.ofMillis(250);
    /** How often a score that changes is said. */
    static final Duration SAYING = Duration.ofSeconds(1);

    private static final Serde<long[]> TIMES_SERDE = Serdes.serdeFrom(
            (topic, times) -> {
                if (times == null) {
                    return null;
                }
                ByteBuffer bytes = ByteBuffer.allocate(times.length * Long.BYTES);
                bytes.asLongBuffer().put(times);
                return bytes.array();
            },
            (topic, bytes) -> {
                if (bytes == null) {
                    return null;
                }
                long[] times = new long[bytes.length / Long.BYTES];
                ByteBuffer.wrap(bytes).asLongBuffer().get(times);
                return times;
            });

    private SalesTopology() {}

    /**
     * The topics that the engine has for itself, with the same partitions as those of events. They are no repartition topics of
     * Kafka Streams, because those cannot be read by the sub-topology that writes them.
     */
    record Between(String leads, String sales) {}

    /**
     * Builds it.
     *
     * @param partitions all partitions of events, as {@code topic/number}
     * @param results topic of the results
     */
    static Topology of(TaskConfig config, List<String> partitions, Between between, String results) {
        Topology topology = sums(between.sales(), results);
        BusinessHours hours = new BusinessHours(config);
        topology.addSource(
                        AutoOffsetReset.earliest(),
                        BEHAVIOUR,
                        new EventTime(),
                        new StringDeserializer(),
                        new BehaviourReader(config),
                        BEHAVIOUR)
                .addSource(
                        AutoOffsetReset.earliest(),
                        ACTIVITIES,
                        new EventTime(),
                        new StringDeserializer(),
                        new ActivityReader(config),
                        ACTIVITIES)
                .addSource(
                        AutoOffsetReset.earliest(),
                        "from-tasks",
                        (record, partitionMillis) -> 0,
                        new StringDeserializer(),
                        LeadMessage.SERDE.deserializer(),
                        between.leads())
                .addProcessor("visitors", () -> new Visitors(partitions), BEHAVIOUR)
                .addProcessor("activities", () -> new Activities(partitions, config, hours), ACTIVITIES)
                .addProcessor(LEADS, () -> new Leads(partitions), "from-tasks", "activities")
                .addSink(
                        TO_LEADS,
                        between.leads(),
                        new StringSerializer(),
                        LeadMessage.SERDE.serializer(),
                        SalesTopology::partitionsOf,
                        "visitors",
                        "activities")
                .addSink(TO_SALES, between.sales(), new StringSerializer(), Sum.SERDE.serializer(), "activities")
                .addSink(
                        TO_RESULTS,
                        results,
                        new StringSerializer(),
                        new StringSerializer(),
                        "visitors",
                        "activities",
                        LEADS)
                .addStateStore(clock(), "visitors", "activities", LEADS)
                .addStateStore(written(IDENTITIES, Identities.SERDE), "visitors")
                .addStateStore(writtenOnce(ACTS, WebAct.SERDE), "visitors")
                .addStateStore(timers(HELD), "visitors")
                .addStateStore(written(DEALS, Deal.SERDE), "activities")
                .addStateStore(timers(DEAL_TIMERS), "activities")
                .addStateStore(writtenOnce(SEEN, Serdes.ByteArray()), LEADS)
                .addStateStore(written(TIMES, TIMES_SERDE), LEADS)
                .addStateStore(written(SCORES, Lead.SERDE), LEADS)
                .addStateStore(timers(LEAD_TIMERS), LEADS);
        return topology;
    }

    /** Each commit says the sums that have changed, by way of the store's cache. */
    private static Topology sums(String sales, String results) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(sales, Consumed.with(Serdes.String(), Sum.SERDE))
                .groupByKey()
                .aggregate(
                        () -> Sum.NOTHING,
                        (key, change, sum) -> sum.plus(change),
                        Materialized.<String, Sum, KeyValueStore<Bytes, byte[]>>as(SUMS)
                                .withKeySerde(Serdes.String())
                                .withValueSerde(Sum.SERDE))
                .toStream()
                .mapValues(Results::sum)
                .to(results, Produced.with(Serdes.String(), Serdes.String()));
        return builder.build();
    }

    /** How far a partition has come is told to all tasks; whatever else to the lead's. */
    private static Optional<Set<Integer>> partitionsOf(String topic, String key, LeadMessage message, int partitions) {
        return message instanceof LeadMessage.Progress
                ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                : Optional.empty();
    }

    private static StoreBuilder<KeyValueStore<String, Long>> clock() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(CLOCK), Serdes.String(), Serdes.Long())
                .withCachingEnabled();
    }

    /** What is written again and again: the cache keeps it from disk and from the changelog until the commit. */
    private static <V> StoreBuilder<KeyValueStore<String, V>> written(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(onDisk(name), Serdes.String(), values)
                .withCachingEnabled();
    }

    /** What is written once and looked for seldom would only push other things out of the cache. */
    private static <V> StoreBuilder<KeyValueStore<String, V>> writtenOnce(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(onDisk(name), Serdes.String(), values);
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> timers(String name) {
        return Stores.keyValueStoreBuilder(onDisk(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    private static KeyValueBytesStoreSupplier onDisk(String name) {
        return Stores.persistentKeyValueStore(name);
    }
}
