package io.leadpulse.kafka;

import io.leadpulse.engine.ResultRecord;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes every result to its own topic under its own key. */
public final class ResultSerializer implements KafkaRecordSerializationSchema<ResultRecord> {
    private static final long serialVersionUID = 1;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(ResultRecord result, KafkaSinkContext context, Long timeMillis) {
        return new ProducerRecord<>(
                result.topic(),
                result.key().getBytes(StandardCharsets.UTF_8),
                result.value().getBytes(StandardCharsets.UTF_8));
    }
}
