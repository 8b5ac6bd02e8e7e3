package io.leadpulse.bench.datastream;

import java.io.Serializable;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes records in the source, so that each partition's clock follows its own events. */
final class EventDeserializer implements KafkaRecordDeserializationSchema<Event>, Serializable {
    private static final long serialVersionUID = 1;

    private final BusinessHours hours;
    private transient EventDecoder decoder;

    EventDeserializer(BusinessHours hours) {
        this.hours = hours;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = new EventDecoder(hours);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Event> out) {
        out.collect(decoder.decode(record.topic(), record.partition(), record.offset(), record.value()));
    }

    @Override
    public TypeInformation<Event> getProducedType() {
        return TypeInformation.of(Event.class);
    }
}
