package io.leadpulse.edge;

import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.SalesEvent;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What goes from the source to the operators that know whose an event is. */
public final class EventTypes {
    /** Decoded records. */
    public static final TypeInformation<Decoded> DECODED = new EdgeType<>(Decoded.class, DecodedSerializer::new);

    /** Events. */
    public static final TypeInformation<SalesEvent> EVENTS =
            new EdgeType<>(SalesEvent.class, config -> SalesEventSerializer.INSTANCE);

    private EventTypes() {}
}
