package io.leadpulse.kafka;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.edge.EventTypes;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.event.RawRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Decodes records inside the source, so that event times, and with them watermarks, stay those of their partition.
 * Whatever the bytes, a record becomes exactly one {@link Decoded}; nothing is thrown. The same record (a repeated or
 * replayed one too) always becomes the same.
 */
public final class RecordDecoder implements KafkaRecordDeserializationSchema<Decoded> {
    private static final long serialVersionUID = 1;

    private final EngineSettings settings;

    private transient EventDecoder decoder;

    /** Decodes by the settings of this engine. */
    public RecordDecoder(EngineSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = EngineContext.of(settings).decoder();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<Decoded> out) {
        out.collect(decoder.decode(raw(message)));
    }

    @Override
    public TypeInformation<Decoded> getProducedType() {
        return EventTypes.DECODED;
    }

    /** The record as it arrived; its time is the broker's where the topic says {@code LogAppendTime}, as ours do. */
    static RawRecord raw(ConsumerRecord<byte[], byte[]> message) {
        return new RawRecord(
                message.topic(),
                message.partition(),
                message.offset(),
                message.timestamp() == ConsumerRecord.NO_TIMESTAMP ? Fact.NO_TIME : message.timestamp(),
                message.key(),
                message.value(),
                headers(message));
    }

    private static List<RawHeader> headers(ConsumerRecord<byte[], byte[]> message) {
        List<RawHeader> headers = new ArrayList<>();
        for (Header header : message.headers()) {
            headers.add(new RawHeader(header.key(), header.value()));
        }
        return headers;
    }
}
