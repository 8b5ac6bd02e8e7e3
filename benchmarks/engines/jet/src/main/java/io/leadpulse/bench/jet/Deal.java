package io.leadpulse.bench.jet;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.leadpulse.bench.jet.Event.DealStep;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that is known of a deal, by event time. Deals are short: what follows from it is read anew from all of it. */
final class Deal implements KeyedVertex.State {
    /** Halves of business days, by stage. */
    private static final Map<String, Integer> LIMITS =
            Map.of("meeting", 14, "demo", 14, "offer", 20, "negotiation", 28);

    private final List<DealStep> steps = new ArrayList<>();
    private final Map<Stay, Alert> told = new HashMap<>();
    /** What is in the sums; null while the deal is not. */
    private Sale sold;

    private long wakeMillis = KeyedVertex.NEVER;

    /** From when on a deal is in a stage. */
    record Stay(String stage, long enteredMillis) {}

    /**
     * An alert of a stay. What has not come is {@link KeyedVertex#NEVER}.
     *
     * @param owner whose the deal was when it was raised; null for nobody's
     */
    record Alert(String owner, long raisedMillis, long escalatedMillis, long leftMillis) {}

    /**
     * What a won deal adds to the sums.
     *
     * @param owner whose it was when it was won; null for nobody's
     */
    record Sale(String owner, LocalDate day, long amountMinor) {}

    @Override
    public long wakeMillis() {
        return wakeMillis;
    }

    /** Takes in a step; returns whether it is new. */
    boolean accept(DealStep step) {
        int place = steps.size();
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).id().equals(step.id())) {
                return false;
            }
            if (steps.get(i).timeMillis() > step.timeMillis()) {
                place = i;
            }
        }
        steps.add(place, step);
        return true;
    }

    /** What is in the sums; null if the deal is not. */
    Sale sold() {
        return sold;
    }

    void sell(Sale sale) {
        sold = sale;
    }

    /** What is to be in the sums; null if the deal is not won. */
    Sale sale(BusinessHours hours) {
        DealStep won = null;
        long amountMinor = 0;
        for (DealStep step : steps) {
            won = step.isWon() ? step : won;
            amountMinor = step.amountMinor() == null ? amountMinor : step.amountMinor();
        }
        return won == null ? null : new Sale(ownerAt(won.timeMillis()), hours.day(won.timeMillis()), amountMinor);
    }

    private String ownerAt(long atMillis) {
        String owner = null;
        for (DealStep step : steps) {
            if (step.owner() != null && step.timeMillis() <= atMillis) {
                owner = step.owner();
            }
        }
        return owner;
    }

    /** The alerts that stand in the topic of results; whoever changes them says so. */
    Map<Stay, Alert> told() {
        return told;
    }

    /** The alerts up to a time; it is to be asked again when time changes them. */
    Map<Stay, Alert> alerts(BusinessHours hours, long nowMillis) {
        wakeMillis = KeyedVertex.NEVER;
        Map<Stay, Alert> alerts = new HashMap<>();
        DealStep entry = null;
        for (DealStep step : steps) {
            if (step.isMove()) {
                add(entry, step.timeMillis(), hours, nowMillis, alerts);
                entry = step.isClosing() ? null : step;
            }
        }
        add(entry, KeyedVertex.NEVER, hours, nowMillis, alerts);
        return alerts;
    }

    private void add(
            DealStep entryOrNull, long leftMillis, BusinessHours hours, long nowMillis, Map<Stay, Alert> alerts) {
        Integer limit = entryOrNull == null ? null : LIMITS.get(entryOrNull.stage());
        if (limit == null) {
            return;
        }
        long enteredMillis = entryOrNull.timeMillis();
        long raisedMillis = hours.after(enteredMillis, limit);
        if (raisedMillis >= leftMillis || !hasCome(raisedMillis, nowMillis)) {
            return;
        }
        // One and a half times the limit, which is even.
        long escalatedMillis = hours.after(enteredMillis, limit + limit / 2);
        boolean isEscalated = escalatedMillis < leftMillis && hasCome(escalatedMillis, nowMillis);
        boolean isLeft = hasCome(leftMillis, nowMillis);
        alerts.put(
                new Stay(entryOrNull.stage(), enteredMillis),
                new Alert(
                        ownerAt(raisedMillis),
                        raisedMillis,
                        isEscalated ? escalatedMillis : KeyedVertex.NEVER,
                        isLeft ? leftMillis : KeyedVertex.NEVER));
    }

    private boolean hasCome(long millis, long nowMillis) {
        if (millis <= nowMillis) {
            return true;
        }
        wakeMillis = Math.min(wakeMillis, millis);
        return false;
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeInt(steps.size());
        for (DealStep each : steps) {
            out.writeString(each.id());
            out.writeString(each.deal());
            out.writeString(each.lead());
            out.writeLong(each.timeMillis());
            StateSerializer.writeEnum(each.change(), out);
            out.writeString(each.stage());
            out.writeString(each.owner());
            out.writeBoolean(each.amountMinor() != null);
            if (each.amountMinor() != null) {
                out.writeLong(each.amountMinor());
            }
        }
        out.writeInt(told.size());
        for (Map.Entry<Stay, Alert> each : told.entrySet()) {
            out.writeString(each.getKey().stage());
            out.writeLong(each.getKey().enteredMillis());
            out.writeString(each.getValue().owner());
            out.writeLong(each.getValue().raisedMillis());
            out.writeLong(each.getValue().escalatedMillis());
            out.writeLong(each.getValue().leftMillis());
        }
        out.writeBoolean(sold != null);
        if (sold != null) {
            out.writeString(sold.owner());
            out.writeLong(sold.day().toEpochDay());
            out.writeLong(sold.amountMinor());
        }
        out.writeLong(wakeMillis);
    }

    static Deal read(ObjectDataInput in) throws IOException {
        Deal deal = new Deal();
        for (int left = in.readInt(); left > 0; left--) {
            deal.steps.add(new DealStep(
                    in.readString(),
                    in.readString(),
                    in.readString(),
                    in.readLong(),
                    StateSerializer.readEnum(DealStep.Change.class, in),
                    in.readString(),
                    in.readString(),
                    in.readBoolean() ? (Long) in.readLong() : null));
        }
        for (int left = in.readInt(); left > 0; left--) {
            deal.told.put(
                    new Stay(in.readString(), in.readLong()),
                    new Alert(in.readString(), in.readLong(), in.readLong(), in.readLong()));
        }
        if (in.readBoolean()) {
            deal.sold = new Sale(in.readString(), LocalDate.ofEpochDay(in.readLong()), in.readLong());
        }
        deal.wakeMillis = in.readLong();
        return deal;
    }
}
