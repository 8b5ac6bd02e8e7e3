package io.leadpulse.lead;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.state.FactForm;
import io.leadpulse.state.Lists;
import io.leadpulse.state.StateInput;
import io.leadpulse.state.StateOutput;
import io.leadpulse.state.StateSerializer;
import io.leadpulse.state.StateSerializerSnapshot;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Merged leads as state. */
public final class MergedLeadStateSerializer extends StateSerializer<MergedLeadState> {
    private static final long serialVersionUID = 1;

    public MergedLeadStateSerializer() {
        super(MergedLeadState.class, 1);
    }

    @Override
    public MergedLeadStateSerializer duplicate() {
        return new MergedLeadStateSerializer();
    }

    @Override
    public TypeSerializerSnapshot<MergedLeadState> snapshotConfiguration() {
        return new Snapshot();
    }

    @Override
    protected void write(MergedLeadState lead, StateOutput to) {
        Lists.write(lead.parts(), 0, to, (part, since, out) -> {
            write(part, out);
            return part.clockMillis();
        });
        long nearMillis = lead.clockMillis();
        to.time(nearMillis, 0);
        to.text(lead.movedTo());
        LeadStateSerializer.writeAlerts(lead.told(), nearMillis, to);
        to.time(lead.wakeMillis(), nearMillis);
        LeadStateSerializer.writeVersion(lead.configuration(), to);
        to.signed(lead.measures());
    }

    private static void write(LeadPart part, StateOutput to) {
        to.text(part.lead());
        FactForm.write(part.facts(), to);
        long lastMillis = LeadStateSerializer.lastMillis(part.facts());
        LeadStateSerializer.writeDeals(part.deals(), lastMillis, to);
        to.time(part.clockMillis(), lastMillis);
        LeadStateSerializer.writeVersion(part.configuration(), to);
        to.text(part.into());
        to.signed(part.mergedMillis());
    }

    @Override
    protected MergedLeadState read(int form, StateInput from) throws IOException {
        List<LeadPart> parts = Lists.read(0, from, MergedLeadStateSerializer::part, LeadPart::clockMillis);
        long nearMillis = from.time(0);
        return new MergedLeadState(
                parts,
                from.text(),
                LeadStateSerializer.readAlerts(nearMillis, from),
                from.time(nearMillis),
                nearMillis,
                LeadStateSerializer.readVersion(from),
                from.small());
    }

    private static LeadPart part(long since, StateInput from) throws IOException {
        String lead = from.text();
        List<Fact> facts = FactForm.read(from);
        long lastMillis = LeadStateSerializer.lastMillis(facts);
        return new LeadPart(
                lead,
                facts,
                LeadStateSerializer.readDeals(lastMillis, from),
                from.time(lastMillis),
                LeadStateSerializer.readVersion(from),
                from.text(),
                from.signed());
    }

    /** What a checkpoint says of it. */
    public static final class Snapshot extends StateSerializerSnapshot<MergedLeadState> {
        @Override
        protected StateSerializer<MergedLeadState> serializer() {
            return new MergedLeadStateSerializer();
        }
    }
}
