package io.leadpulse.kafka;

import io.leadpulse.control.Control;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads reps, goals and rules before the job is built, from the beginning of their topics to the end as it stands then.
 * Of records with one key the newest counts, whether compaction has already dropped the others or not; a tombstone takes
 * its key away. Records that are not valid are logged and have no effect. With them the first event meets what was
 * configured before it; what is written later, and these records once more, come to the operators while the job runs.
 */
public final class ConfigurationTopics {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationTopics.class);
    private static final List<String> TOPICS = List.of(Topics.REPS, Topics.GOALS, Topics.RULES);
    private static final Duration POLL = Duration.ofMillis(200);
    /** Polls that may bring nothing in a row before the broker counts as silent: a minute. */
    private static final int MAX_EMPTY_POLLS = 300;

    private ConfigurationTopics() {}

    /**
     * The valid records and those that took a key away, by topic and then in the order in which they were written.
     *
     * @param consumer reads committed records; belongs to no group; left open
     * @param configYaml the configuration that the records must suit
     * @throws TimeoutException if the end of the topics is not reached because the broker is silent
     */
    public static List<ConfigurationRecord> read(Consumer<byte[], byte[]> consumer, String configYaml) {
        EventDecoder decoder =
                EngineContext.of(EngineSettings.live(configYaml, List.of())).decoder();
        List<ConfigurationRecord> records = new ArrayList<>();
        for (String topic : TOPICS) {
            for (RawRecord record : newest(consumer, topic)) {
                Decoded decoded = record.value() == null ? Decoded.CONFIGURATION : decoder.decode(record);
                if (decoded.isConfiguration()) {
                    records.add(Control.recordOf(record));
                } else {
                    LOG.warn(
                            "{} has no effect: {}",
                            record.id(),
                            decoded.deadLetter().message());
                }
            }
        }
        return records;
    }

    private static List<RawRecord> newest(Consumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo partition : consumer.partitionsFor(topic)) {
            partitions.add(new TopicPartition(topic, partition.partition()));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = new TreeMap<>((a, b) -> Integer.compare(a.partition(), b.partition()));
        ends.putAll(consumer.endOffsets(partitions));
        Map<String, RawRecord> newest = new LinkedHashMap<>();
        int emptyPolls = 0;
        while (!isAtEnd(consumer, ends)) {
            var polled = consumer.poll(POLL);
            emptyPolls = polled.isEmpty() ? emptyPolls + 1 : 0;
            if (emptyPolls > MAX_EMPTY_POLLS) {
                throw new TimeoutException("the end of " + topic + " was not reached");
            }
            for (ConsumerRecord<byte[], byte[]> message : polled) {
                put(newest, RecordDecoder.raw(message));
            }
        }
        return List.copyOf(newest.values());
    }

    private static void put(Map<String, RawRecord> newest, RawRecord record) {
        String key = record.key() == null ? record.id() : new String(record.key(), StandardCharsets.UTF_8);
        newest.remove(key);
        newest.put(key, record);
    }

    private static boolean isAtEnd(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
