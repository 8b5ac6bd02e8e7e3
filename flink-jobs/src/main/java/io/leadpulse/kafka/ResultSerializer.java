package io.leadpulse.kafka;

import io.leadpulse.engine.ResultRecord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes every result to its own topic under its own key. It names all these topics beforehand, because the sink asks
 * the broker for the open transactions of an earlier run by them.
 */
public final class ResultSerializer implements KafkaRecordSerializationSchema<ResultRecord>, KafkaDatasetFacetProvider {
    private static final long serialVersionUID = 1;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(ResultRecord result, KafkaSinkContext context, Long timeMillis) {
        return new ProducerRecord<>(
                result.topic(),
                result.key().getBytes(StandardCharsets.UTF_8),
                result.value().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(EngineTopics.RESULTS)));
    }
}
