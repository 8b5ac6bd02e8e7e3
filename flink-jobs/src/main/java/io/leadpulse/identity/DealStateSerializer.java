package io.leadpulse.identity;

import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.state.DealEventForm;
import io.leadpulse.state.Lists;
import io.leadpulse.state.StateInput;
import io.leadpulse.state.StateOutput;
import io.leadpulse.state.StateSerializer;
import io.leadpulse.state.StateSerializerSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Deals with their records as state. */
public final class DealStateSerializer extends StateSerializer<DealState> {
    private static final long serialVersionUID = 1;

    public DealStateSerializer() {
        super(DealState.class, 1);
    }

    @Override
    public DealStateSerializer duplicate() {
        return new DealStateSerializer();
    }

    @Override
    public TypeSerializerSnapshot<DealState> snapshotConfiguration() {
        return new Snapshot();
    }

    @Override
    protected void write(DealState deal, StateOutput to) {
        to.text(deal.lead());
        to.time(deal.expiryMillis(), 0);
        Lists.write(deal.events(), 0, to, (event, since, out) -> {
            DealEventForm.write(event, since, out);
            return event.timeMillis();
        });
    }

    @Override
    protected DealState read(int form, StateInput from) throws IOException {
        String lead = from.text();
        long expiryMillis = from.time(0);
        return new DealState(Lists.read(0, from, DealEventForm::read, DealEvent::timeMillis), lead, expiryMillis);
    }

    /** What a checkpoint says of it. */
    public static final class Snapshot extends StateSerializerSnapshot<DealState> {
        @Override
        protected StateSerializer<DealState> serializer() {
            return new DealStateSerializer();
        }
    }
}
