package io.leadpulse.lead;

import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.state.AlertForm;
import io.leadpulse.state.DealForm;
import io.leadpulse.state.FactForm;
import io.leadpulse.state.Lists;
import io.leadpulse.state.StateInput;
import io.leadpulse.state.StateOutput;
import io.leadpulse.state.StateSerializer;
import io.leadpulse.state.StateSerializerSnapshot;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Leads as state. */
public final class LeadStateSerializer extends StateSerializer<LeadState> {
    private static final long serialVersionUID = 1;

    public LeadStateSerializer() {
        super(LeadState.class, 1);
    }

    @Override
    public LeadStateSerializer duplicate() {
        return new LeadStateSerializer();
    }

    @Override
    public TypeSerializerSnapshot<LeadState> snapshotConfiguration() {
        return new Snapshot();
    }

    @Override
    protected void write(LeadState lead, StateOutput to) {
        FactForm.write(lead.facts(), to);
        long lastMillis = lastMillis(lead.facts());
        writeDeals(lead.deals(), lastMillis, to);
        writeAlerts(lead.told(), lastMillis, to);
        to.time(lead.wakeMillis(), lastMillis);
        to.time(lead.clockMillis(), lastMillis);
        writeVersion(lead.configuration(), to);
        to.text(lead.root());
        to.text(lead.into());
        to.signed(lead.mergedMillis());
        to.signed(lead.measures());
    }

    @Override
    protected LeadState read(int form, StateInput from) throws IOException {
        List<Fact> facts = FactForm.read(from);
        long lastMillis = lastMillis(facts);
        return new LeadState(
                facts,
                readDeals(lastMillis, from),
                readAlerts(lastMillis, from),
                from.time(lastMillis),
                from.time(lastMillis),
                readVersion(from),
                from.text(),
                from.text(),
                from.signed(),
                from.small());
    }

    /** The time of the last of some facts, to which other times are near; 0 when there is none. */
    static long lastMillis(List<Fact> facts) {
        return facts == null || facts.isEmpty()
                ? 0
                : facts.get(facts.size() - 1).timeMillis();
    }

    static void writeDeals(List<Deal> deals, long fromMillis, StateOutput to) {
        Lists.write(deals, fromMillis, to, (deal, since, out) -> {
            DealForm.write(deal, since, out);
            return deal.openedMillis();
        });
    }

    static List<Deal> readDeals(long fromMillis, StateInput from) throws IOException {
        return Lists.read(fromMillis, from, DealForm::read, Deal::openedMillis);
    }

    static void writeAlerts(List<Alert> alerts, long fromMillis, StateOutput to) {
        Lists.write(alerts, fromMillis, to, (alert, since, out) -> {
            AlertForm.write(alert, since, out);
            return alert.enteredMillis();
        });
    }

    static List<Alert> readAlerts(long fromMillis, StateInput from) throws IOException {
        return Lists.read(fromMillis, from, AlertForm::read, Alert::enteredMillis);
    }

    static void writeVersion(ConfigVersion version, StateOutput to) {
        to.signed(version.repsTo());
        to.signed(version.rulesTo());
    }

    static ConfigVersion readVersion(StateInput from) throws IOException {
        return new ConfigVersion(from.signed(), from.signed());
    }

    /** What a checkpoint says of it. */
    public static final class Snapshot extends StateSerializerSnapshot<LeadState> {
        @Override
        protected StateSerializer<LeadState> serializer() {
            return new LeadStateSerializer();
        }
    }
}
