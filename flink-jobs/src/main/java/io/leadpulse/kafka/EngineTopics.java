package io.leadpulse.kafka;

import io.leadpulse.schemas.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * All topics with their partitions and settings, and how they come to be. Inputs keep everything for ever, because a
 * replay of them answers every change of meaning; values and effective-dated configuration keep the newest of a key.
 */
public final class EngineTopics {
    /** Where events come from. */
    public static final List<String> EVENTS = List.of(Topics.ACTIVITIES, Topics.BEHAVIOUR, Topics.COMPANY_EVENTS);
    /** Where configuration and the clock's ticks come from. */
    public static final List<String> CONTROL = List.of(Topics.REPS, Topics.GOALS, Topics.RULES, Topics.TICKS);
    /** Where results go. */
    public static final List<String> RESULTS = List.of(
            Topics.PROFILES,
            Topics.LEDGER,
            Topics.ALERTS,
            Topics.ROLLUPS,
            Topics.PROGRESS,
            Topics.DWELL,
            Topics.DEAD_LETTERS,
            Topics.CONSERVATION);
    /** Largest record that is written: a dead letter holds 1 MiB of anything as text, and its own key and headers. */
    public static final int MAX_RESULT_BYTES = 8 << 20;

    private static final String FOR_EVER = "-1";
    private static final String TICKS_RETENTION_MILLIS = "3600000";
    private static final String SEGMENT_MILLIS = "3600000";
    private static final String SEGMENT_BYTES = String.valueOf(64 << 20);
    private static final String DIRTY_RATIO = "0.1";
    private static final long TIMEOUT_SECONDS = 60;
    private static final int MAX_ATTEMPTS = 300;
    private static final long BETWEEN_ATTEMPTS_NANOS = 100_000_000;

    /**
     * One topic as it should be.
     *
     * @param name its name
     * @param partitions number of partitions
     * @param settings the topic's own settings, by Kafka's names
     */
    public record Topic(String name, int partitions, Map<String, String> settings) {
        public Topic {
            settings = Map.copyOf(settings);
        }
    }

    private EngineTopics() {}

    /**
     * Every topic.
     *
     * @param partitions of the topics of events and results; configuration, ticks and conservation have one
     */
    public static List<Topic> all(int partitions) {
        List<Topic> all = new ArrayList<>();
        for (String events : EVENTS) {
            all.add(new Topic(events, partitions, appendTime(kept())));
        }
        for (String configuration : List.of(Topics.REPS, Topics.GOALS, Topics.RULES)) {
            all.add(new Topic(configuration, 1, appendTime(compacted())));
        }
        Map<String, String> ticks = shortSegments(appendTime(kept()));
        ticks.put(TopicConfig.RETENTION_MS_CONFIG, TICKS_RETENTION_MILLIS);
        all.add(new Topic(Topics.TICKS, 1, ticks));
        for (String values :
                List.of(Topics.PROFILES, Topics.LEDGER, Topics.ALERTS, Topics.ROLLUPS, Topics.PROGRESS, Topics.DWELL)) {
            all.add(new Topic(values, partitions, large(compacted())));
        }
        all.add(new Topic(Topics.DEAD_LETTERS, partitions, large(kept())));
        all.add(new Topic(Topics.CONSERVATION, 1, compacted()));
        return List.copyOf(all);
    }

    /**
     * Creates the topics that are missing and changes none that is there. Can be called again at any time.
     *
     * @return what is other than it should be, one sentence each, sorted by topic; empty when all is well
     * @throws ExecutionException if the broker refuses
     * @throws TimeoutException if the broker does not answer
     */
    public static List<String> create(Admin admin, List<Topic> topics, short replication)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> known = get(admin.listTopics().names());
        for (Topic topic : topics) {
            if (!known.contains(topic.name())) {
                create(admin, topic, replication);
            }
        }
        return differences(admin, topics);
    }

    /** Whether any topic of events holds a record; topics that are not there hold none. */
    public static boolean hasEvents(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> known = get(admin.listTopics().names());
        List<String> present = EVENTS.stream().filter(known::contains).toList();
        Map<TopicPartition, OffsetSpec> ends = new LinkedHashMap<>();
        get(admin.describeTopics(present).allTopicNames()).forEach((name, topic) -> topic.partitions()
                .forEach(partition -> ends.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        return get(admin.listOffsets(ends).all()).values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .anyMatch(offset -> offset > 0);
    }

    private static void create(Admin admin, Topic topic, short replication)
            throws ExecutionException, InterruptedException, TimeoutException {
        NewTopic created = new NewTopic(topic.name(), topic.partitions(), replication).configs(topic.settings());
        try {
            get(admin.createTopics(List.of(created)).all());
        } catch (ExecutionException e) {
            // Somebody else was faster: as good.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static List<String> differences(Admin admin, List<Topic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, TopicDescription> descriptions =
                describe(admin, topics.stream().map(Topic::name).toList());
        Map<ConfigResource, Config> configs = get(admin.describeConfigs(
                        topics.stream().map(EngineTopics::resource).collect(Collectors.toList()))
                .all());
        Map<String, String> differences = new TreeMap<>();
        awaitLeaders(admin, descriptions);
        for (Topic topic : topics) {
            int partitions = descriptions.get(topic.name()).partitions().size();
            if (partitions != topic.partitions()) {
                differences.put(
                        topic.name() + " partitions",
                        "%s has %d partitions; expected %d".formatted(topic.name(), partitions, topic.partitions()));
            }
            topic.settings().forEach((name, expected) -> {
                ConfigEntry entry = configs.get(resource(topic)).get(name);
                if (entry == null || !expected.equals(entry.value())) {
                    differences.put(
                            topic.name() + ' ' + name,
                            "%s has %s=%s; expected %s"
                                    .formatted(topic.name(), name, entry == null ? null : entry.value(), expected));
                }
            });
        }
        return List.copyOf(differences.values());
    }

    /**
     * Waits until the logs of all partitions are open. Into one that is just being opened the second of two batches of a
     * producer can get before the first, which then is refused for ever.
     */
    private static void awaitLeaders(Admin admin, Map<String, TopicDescription> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ends = new LinkedHashMap<>();
        topics.forEach((name, topic) -> topic.partitions()
                .forEach(partition -> ends.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        get(admin.listOffsets(ends).all());
    }

    /** Describes topics; one that was just created may be unknown to a broker for a moment. */
    private static Map<String, TopicDescription> describe(Admin admin, List<String> names)
            throws ExecutionException, InterruptedException, TimeoutException {
        for (int attempt = 1; ; attempt++) {
            try {
                return get(admin.describeTopics(names).allTopicNames());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_ATTEMPTS_NANOS);
            }
        }
    }

    private static ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static Map<String, String> kept() {
        Map<String, String> settings = new TreeMap<>();
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        settings.put(TopicConfig.RETENTION_MS_CONFIG, FOR_EVER);
        settings.put(TopicConfig.RETENTION_BYTES_CONFIG, FOR_EVER);
        return settings;
    }

    private static Map<String, String> compacted() {
        Map<String, String> settings = new TreeMap<>();
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        settings.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, DIRTY_RATIO);
        return shortSegments(settings);
    }

    /** The segment that is written to is neither compacted nor deleted: by Kafka's default a week of records or 1 GiB. */
    private static Map<String, String> shortSegments(Map<String, String> settings) {
        settings.put(TopicConfig.SEGMENT_MS_CONFIG, SEGMENT_MILLIS);
        settings.put(TopicConfig.SEGMENT_BYTES_CONFIG, SEGMENT_BYTES);
        return settings;
    }

    private static Map<String, String> appendTime(Map<String, String> settings) {
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        return settings;
    }

    private static Map<String, String> large(Map<String, String> settings) {
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(MAX_RESULT_BYTES));
        return settings;
    }
}
