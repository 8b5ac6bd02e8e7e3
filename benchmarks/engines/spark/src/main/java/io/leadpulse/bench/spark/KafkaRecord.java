package io.leadpulse.bench.spark;

import org.apache.spark.sql.Encoder;

/** What is needed of a record of Kafka; its components are columns of Spark's source. */
public record KafkaRecord(String topic, int partition, long offset, byte[] value) {
    static final Encoder<KafkaRecord> ENCODER = Records.encoder(KafkaRecord.class);
}
