package io.leadpulse.bench.datastream;

import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Results as records of the topic of results, by their keys. */
final class ResultSerializer implements KafkaRecordSerializationSchema<Result> {
    private static final long serialVersionUID = 1;

    private final String topic;

    ResultSerializer(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Result result, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(
                topic,
                result.key().getBytes(StandardCharsets.UTF_8),
                result.value().getBytes(StandardCharsets.UTF_8));
    }
}
