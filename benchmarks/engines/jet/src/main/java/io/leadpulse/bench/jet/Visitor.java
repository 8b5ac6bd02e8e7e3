package io.leadpulse.bench.jet;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a visitor did and as whom he was identified, from which follows whose it is. */
final class Visitor implements KeyedVertex.State {
    private static final long IDENTIFIED_WITHIN_MILLIS = 30 * 86_400_000L;
    private static final long HELD_FOR_MILLIS = 60 * 86_400_000L;

    /** By the id of the act. */
    private final Map<String, Known> acts = new LinkedHashMap<>();

    private final NavigableMap<Long, String> identified = new TreeMap<>();
    private long wakeMillis = KeyedVertex.NEVER;

    /** An act, and whose it is. */
    private static final class Known {
        private final Event.WebAct act;
        /** Null while nobody's. */
        private String owner;

        private boolean isGivenUp;

        Known(Event.WebAct act) {
            this.act = act;
        }

        boolean isHeld() {
            return owner == null && !isGivenUp;
        }

        long givenUpMillis() {
            return act.timeMillis() + HELD_FOR_MILLIS;
        }
    }

    @Override
    public long wakeMillis() {
        return wakeMillis;
    }

    /** Takes in an act, if it is new, and tells leads what is theirs now and what is no longer. */
    void accept(Event.WebAct act, Consumer<Event.LeadAct> leads) {
        Known known = new Known(act);
        if (acts.putIfAbsent(act.id(), known) != null) {
            return;
        }
        if (act.lead() == null) {
            assign(known, leads);
            if (known.isHeld()) {
                wakeMillis = Math.min(wakeMillis, known.givenUpMillis());
            }
        } else {
            identified.put(act.timeMillis(), act.lead());
            acts.values().forEach(each -> assign(each, leads));
            findWakeMillis();
        }
    }

    private void assign(Known known, Consumer<Event.LeadAct> leads) {
        String owner = known.isGivenUp ? null : ownerAt(known.act.timeMillis());
        if (!Objects.equals(owner, known.owner)) {
            if (known.owner != null) {
                leads.accept(known.act.takenFrom(known.owner));
            }
            leads.accept(known.act.by(owner));
            known.owner = owner;
        }
    }

    /** Of who was identified last at or before, else of the first one soon after; null if nobody's. */
    private String ownerAt(long timeMillis) {
        Map.Entry<Long, String> before = identified.floorEntry(timeMillis);
        if (before != null) {
            return before.getValue();
        }
        Map.Entry<Long, String> after = identified.higherEntry(timeMillis);
        return after != null && after.getKey() - timeMillis <= IDENTIFIED_WITHIN_MILLIS ? after.getValue() : null;
    }

    /** Gives up what has been nobody's for too long. */
    List<Event.WebAct> giveUp(long nowMillis) {
        List<Event.WebAct> given = new ArrayList<>();
        for (Known each : acts.values()) {
            if (each.isHeld() && each.givenUpMillis() <= nowMillis) {
                each.isGivenUp = true;
                given.add(each.act);
            }
        }
        findWakeMillis();
        return given;
    }

    private void findWakeMillis() {
        wakeMillis = KeyedVertex.NEVER;
        for (Known each : acts.values()) {
            if (each.isHeld()) {
                wakeMillis = Math.min(wakeMillis, each.givenUpMillis());
            }
        }
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeInt(acts.size());
        for (Known each : acts.values()) {
            out.writeString(each.act.record());
            out.writeString(each.act.id());
            out.writeString(each.act.visitor());
            out.writeString(each.act.lead());
            StateSerializer.writeEnum(each.act.rule(), out);
            out.writeString(each.act.place());
            out.writeLong(each.act.timeMillis());
            out.writeString(each.owner);
            out.writeBoolean(each.isGivenUp);
        }
    }

    static Visitor read(ObjectDataInput in) throws IOException {
        Visitor visitor = new Visitor();
        for (int left = in.readInt(); left > 0; left--) {
            Known known = new Known(new Event.WebAct(
                    in.readString(),
                    in.readString(),
                    in.readString(),
                    in.readString(),
                    StateSerializer.readEnum(Rule.class, in),
                    in.readString(),
                    in.readLong()));
            known.owner = in.readString();
            known.isGivenUp = in.readBoolean();
            visitor.acts.put(known.act.id(), known);
            if (known.act.lead() != null) {
                visitor.identified.put(known.act.timeMillis(), known.act.lead());
            }
        }
        visitor.findWakeMillis();
        return visitor;
    }
}
