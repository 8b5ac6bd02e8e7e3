package io.leadpulse.bench.streams;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;

/**
 * A deal: what was said of it, by event time, and what has been said of it since. Deals are short, so all is read anew at every
 * change, and it makes no difference when something came.
 */
final class Deal {
    static final Serde<Deal> SERDE = Binary.serde(Deal::write, Deal::read);

    /** No time. */
    static final long NEVER = Long.MAX_VALUE;

    /** Thousandths of a business day. */
    private static final Map<String, Long> LIMITS =
            Map.of("meeting", 7_000L, "demo", 7_000L, "offer", 10_000L, "negotiation", 14_000L);

    private final List<Step> steps = new ArrayList<>();
    /** What the sums have of it; null for nothing. */
    private Sale sold;
    /** The alerts that were said, by stage and time of entry. */
    private Map<String, Alert> told = new TreeMap<>();
    /** For when it waits in the timers, epoch milliseconds. */
    private long wakeMillis = NEVER;

    /** What became of a deal by what was said of it. */
    enum Change {
        UPDATED,
        WON,
        LOST
    }

    /**
     * What one event said.
     *
     * @param timeMillis event time, epoch milliseconds
     * @param stage where the deal is from then on; null if it does not say
     * @param owner whose it is from then on; null if it does not say
     * @param amountMinor what it is worth, cents; null if it does not say
     */
    record Step(String id, long timeMillis, Change change, String stage, String owner, Long amountMinor) {
        boolean isClosing() {
            return change != Change.UPDATED;
        }

        private void write(DataOutputStream out) throws IOException {
            out.writeUTF(id);
            out.writeLong(timeMillis);
            out.writeBoolean(change == Change.WON);
            out.writeBoolean(change == Change.LOST);
            Binary.writeText(stage, out);
            Binary.writeText(owner, out);
            out.writeBoolean(amountMinor != null);
            out.writeLong(amountMinor == null ? 0 : amountMinor);
        }

        private static Step read(DataInputStream in) throws IOException {
            String id = in.readUTF();
            long timeMillis = in.readLong();
            boolean isWon = in.readBoolean();
            boolean isLost = in.readBoolean();
            String stage = Binary.readText(in);
            String owner = Binary.readText(in);
            boolean hasAmount = in.readBoolean();
            long amountMinor = in.readLong();
            return new Step(
                    id,
                    timeMillis,
                    isWon ? Change.WON : isLost ? Change.LOST : Change.UPDATED,
                    stage,
                    owner,
                    hasAmount ? (Long) amountMinor : null);
        }
    }

    /** A won deal. */
    record Sale(String owner, long wonMillis, long amountMinor) {}

    /** The life of an alert; times in epoch milliseconds, {@link #NEVER} for not yet. */
    record Alert(String owner, long raisedMillis, long escalatedMillis, long leftMillis) {}

    /**
     * The alerts as far as time has come.
     *
     * @param byStay by stage and time of entry, as the key of the result says them
     * @param nextMillis when there may be others although nothing happens; {@link #NEVER} if never
     */
    record Alerts(Map<String, Alert> byStay, long nextMillis) {}

    boolean isNew() {
        return steps.isEmpty();
    }

    /**
     * Takes in what an event said, late or not.
     *
     * @return whether it was not known
     */
    boolean add(Step step) {
        int at = steps.size();
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).id().equals(step.id())) {
                return false;
            }
            if (steps.get(i).timeMillis() > step.timeMillis()) {
                at = i;
            }
        }
        steps.add(at, step);
        return true;
    }

    Sale sold() {
        return sold;
    }

    void setSold(Sale sale) {
        sold = sale;
    }

    Map<String, Alert> told() {
        return told;
    }

    void setTold(Map<String, Alert> alerts) {
        told = alerts;
    }

    long wakeMillis() {
        return wakeMillis;
    }

    void setWakeMillis(long millis) {
        wakeMillis = millis;
    }

    /** The sale with the newest amount, if it is won; else null. */
    Sale sale() {
        Step won = null;
        long amountMinor = 0;
        for (Step step : steps) {
            if (step.change() == Change.WON) {
                won = step;
            }
            if (step.amountMinor() != null) {
                amountMinor = step.amountMinor();
            }
        }
        return won == null ? null : new Sale(ownerAt(won.timeMillis()), won.timeMillis(), amountMinor);
    }

    /** The alerts up to a time. */
    Alerts alerts(BusinessHours hours, long nowMillis) {
        Map<String, Alert> alerts = new TreeMap<>();
        long nextMillis = NEVER;
        Step entry = null;
        for (Step step : steps) {
            if (step.isClosing() || step.stage() != null) {
                if (entry != null) {
                    nextMillis = Math.min(nextMillis, stay(entry, step.timeMillis(), hours, nowMillis, alerts));
                }
                entry = step.isClosing() ? null : step;
            }
        }
        if (entry != null) {
            nextMillis = Math.min(nextMillis, stay(entry, NEVER, hours, nowMillis, alerts));
        }
        return new Alerts(alerts, nextMillis);
    }

    /** Adds the alert of a stay in a stage, if there is one; returns when that changes by time alone. */
    private long stay(Step entry, long leftMillis, BusinessHours hours, long nowMillis, Map<String, Alert> alerts) {
        Long limit = LIMITS.get(entry.stage());
        if (limit == null) {
            return NEVER;
        }
        long raisedMillis = hours.after(entry.timeMillis(), limit);
        if (raisedMillis >= leftMillis) {
            return NEVER;
        }
        if (raisedMillis > nowMillis) {
            return raisedMillis;
        }
        long escalatesMillis = hours.after(entry.timeMillis(), limit * 3 / 2);
        boolean isEscalated = escalatesMillis < leftMillis && escalatesMillis <= nowMillis;
        // Nothing is said of a leaving before time has come to it.
        boolean isLeft = leftMillis <= nowMillis;
        alerts.put(
                entry.stage() + '|' + entry.timeMillis(),
                new Alert(
                        ownerAt(raisedMillis),
                        raisedMillis,
                        isEscalated ? escalatesMillis : NEVER,
                        isLeft ? leftMillis : NEVER));
        return isLeft ? NEVER : isEscalated ? leftMillis : Math.min(escalatesMillis, leftMillis);
    }

    private String ownerAt(long atMillis) {
        String owner = null;
        for (Step step : steps) {
            if (step.owner() != null && step.timeMillis() <= atMillis) {
                owner = step.owner();
            }
        }
        return owner;
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeShort(steps.size());
        for (Step step : steps) {
            step.write(out);
        }
        out.writeBoolean(sold != null);
        if (sold != null) {
            Binary.writeText(sold.owner(), out);
            out.writeLong(sold.wonMillis());
            out.writeLong(sold.amountMinor());
        }
        out.writeShort(told.size());
        for (Map.Entry<String, Alert> each : told.entrySet()) {
            out.writeUTF(each.getKey());
            Binary.writeText(each.getValue().owner(), out);
            out.writeLong(each.getValue().raisedMillis());
            out.writeLong(each.getValue().escalatedMillis());
            out.writeLong(each.getValue().leftMillis());
        }
        out.writeLong(wakeMillis);
    }

    private static Deal read(DataInputStream in) throws IOException {
        Deal deal = new Deal();
        int steps = in.readUnsignedShort();
        for (int i = 0; i < steps; i++) {
            deal.steps.add(Step.read(in));
        }
        if (in.readBoolean()) {
            deal.sold = new Sale(Binary.readText(in), in.readLong(), in.readLong());
        }
        int told = in.readUnsignedShort();
        for (int i = 0; i < told; i++) {
            deal.told.put(in.readUTF(), new Alert(Binary.readText(in), in.readLong(), in.readLong(), in.readLong()));
        }
        deal.wakeMillis = in.readLong();
        return deal;
    }
}
