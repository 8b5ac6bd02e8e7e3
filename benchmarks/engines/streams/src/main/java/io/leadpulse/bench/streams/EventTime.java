package io.leadpulse.bench.streams;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** Event time. A record that cannot be counted has none and takes its partition's, so that it holds nothing up. */
final class EventTime implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionMillis) {
        boolean isCounted = record.value() instanceof Event event && event.refusal() == null;
        // Kafka Streams drops what is before 1970.
        return Math.max(0, isCounted ? ((Event) record.value()).timeMillis() : partitionMillis);
    }
}
