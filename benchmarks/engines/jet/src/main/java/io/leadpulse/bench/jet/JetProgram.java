package io.leadpulse.bench.jet;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.core.EventTimePolicy;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.core.WatermarkPolicy;
import com.hazelcast.jet.kafka.KafkaProcessors;
import io.leadpulse.bench.agent.EngineAgent;
import io.leadpulse.bench.agent.EngineProgram;
import io.leadpulse.bench.agent.Order;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Hazelcast Jet in one embedded member, from Kafka to Kafka, exactly once. Snapshots are in the member's memory: a process that is
 * started again begins anew.
 */
public final class JetProgram implements EngineProgram {
    private static final String NAME = "jet";
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration SNAPSHOT_INTERVAL = Duration.ofSeconds(5);
    private static final Duration OUT_OF_ORDER = Duration.ofSeconds(5);
    /** Not more than a broker allows by default. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);
    /** In milliseconds: every step of the clock. */
    private static final int FINEST = 1;

    private volatile HazelcastInstance member;
    private volatile Job job;

    private JetProgram() {}

    public static void main(String[] arguments) throws IOException {
        EngineAgent.serve(arguments, new JetProgram());
    }

    @Override
    public void start(Order order) throws IOException {
        Task task = Task.read(order.config());
        member = Hazelcast.newHazelcastInstance(alone());
        JobConfig settings = new JobConfig()
                .setName(NAME)
                .setProcessingGuarantee(ProcessingGuarantee.EXACTLY_ONCE)
                .setSnapshotIntervalMillis(SNAPSHOT_INTERVAL.toMillis());
        job = member.getJet().newJob(SalesTopology.of(events(order, task), results(order), task), settings);
        awaitEnd();
    }

    @Override
    public void close() {
        if (job != null) {
            job.cancel();
            awaitEnd();
            member.shutdown();
        }
    }

    /** Throws if the job fails. */
    private void awaitEnd() {
        try {
            job.join();
        } catch (CancellationException e) {
            // Nobody but this program cancels it, when it is told to end.
            return;
        }
    }

    /** A member that looks for no others and tells nobody of itself. */
    static Config alone() {
        Config config = new Config()
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.logging.type", "log4j2")
                .setProperty("hazelcast.socket.bind.any", "false");
        NetworkConfig network = config.getNetworkConfig();
        network.getInterfaces().setEnabled(true).addInterface(LOOPBACK);
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        config.getJetConfig().setEnabled(true).setCooperativeThreadCount(SalesTopology.PARALLELISM);
        StateSerializer.all().forEach(config.getSerializationConfig()::addSerializerConfig);
        return config;
    }

    private static ProcessorMetaSupplier events(Order order, Task task) {
        Properties consumer = new Properties();
        consumer.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, order.bootstrapServers());
        consumer.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        consumer.setProperty(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        consumer.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // No partition is ever idle: the clock is the least of all.
        EventTimePolicy<Event> clock = EventTimePolicy.eventTimePolicy(
                Event::timeMillis, WatermarkPolicy.limitingLag(OUT_OF_ORDER.toMillis()), FINEST, 0, 0);
        return KafkaProcessors.<byte[], byte[], Event>streamKafkaP(
                consumer, new EventDecoder(task.hours()), clock, EventDecoder.ACTIVITIES, EventDecoder.BEHAVIOUR);
    }

    private static ProcessorMetaSupplier results(Order order) {
        Properties producer = new Properties();
        producer.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, order.bootstrapServers());
        producer.setProperty(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
        producer.setProperty(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
        producer.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(TRANSACTION_TIMEOUT.toMillis()));
        String topic = order.resultTopic();
        return KafkaProcessors.<Result, String, String>writeKafkaP(
                producer, result -> new ProducerRecord<>(topic, result.key(), result.value()), true);
    }
}
