package io.leadpulse.kafka;

import io.leadpulse.engine.ResultRecord;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.result.DeadLetterRecord;
import io.leadpulse.schemas.result.ResultCodec;
import io.leadpulse.schemas.result.ResultCodecs;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes every result to its own topic under its own key; a dead letter as the record that it was. It names all these topics beforehand, because the sink asks
 * the broker for the open transactions of an earlier run by them.
 */
public final class ResultSerializer implements KafkaRecordSerializationSchema<ResultRecord>, KafkaDatasetFacetProvider {
    private static final long serialVersionUID = 1;

    private transient ResultCodec<DeadLetterRecord> deadLetters;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(ResultRecord result, KafkaSinkContext context, Long timeMillis) {
        if (result.topic().equals(Topics.DEAD_LETTERS)) {
            return deadLetter(result);
        }
        return new ProducerRecord<>(result.topic(), result.key().getBytes(StandardCharsets.UTF_8), result.bytes());
    }

    /** As the original was, so that it can be mended and sent again by any tool; the headers that were added say why. */
    private ProducerRecord<byte[], byte[]> deadLetter(ResultRecord result) {
        if (deadLetters == null) {
            // A dead letter has no amount of ours, so the currency does not matter.
            deadLetters = new ResultCodecs("EUR").deadLetters();
        }
        DeadLetterRecord letter = deadLetters.decode(result.bytes());
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(result.topic(), null, letter.timestampMillis(), letter.key(), letter.value());
        for (RawHeader header : letter.headers()) {
            record.headers().add(header.name(), header.value());
        }
        return record;
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(EngineTopics.RESULTS)));
    }
}
