package io.leadpulse.bench.streams;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/**
 * As whom a visitor was identified, and when; from which follows whose his acts are, in whatever order they came.
 *
 * @param all by event time
 */
record Identities(List<Identity> all) {
    static final Serde<Identities> SERDE = Binary.serde(Identities::write, Identities::read);
    static final Identities NONE = new Identities(List.of());

    private static final long IDENTIFIED_WITHIN_MILLIS = 30 * 86_400_000L;

    /**
     * The visitor said who he is.
     *
     * @param timeMillis event time, epoch milliseconds
     */
    record Identity(long timeMillis, String lead) {}

    /** With another one. */
    Identities plus(long timeMillis, String lead) {
        List<Identity> more = new ArrayList<>(all);
        more.add(lastAt(timeMillis) + 1, new Identity(timeMillis, lead));
        return new Identities(more);
    }

    /** Place of the latest one at or before a time; -1 if there is none. */
    private int lastAt(long timeMillis) {
        int place = all.size() - 1;
        while (place >= 0 && all.get(place).timeMillis() > timeMillis) {
            place--;
        }
        return place;
    }

    /** Who the visitor was known to be at a time; null if he was not. */
    String knownAt(long timeMillis) {
        int place = lastAt(timeMillis);
        return place < 0 ? null : all.get(place).lead();
    }

    /** Whose an act of that time is: of who was identified then, else of the first one soon after; null if nobody's. */
    String ownerAt(long timeMillis) {
        int place = lastAt(timeMillis);
        if (place >= 0) {
            return all.get(place).lead();
        }
        boolean isSoonAfter = !all.isEmpty() && all.get(0).timeMillis() - timeMillis <= IDENTIFIED_WITHIN_MILLIS;
        return isSoonAfter ? all.get(0).lead() : null;
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeInt(all.size());
        for (Identity each : all) {
            out.writeLong(each.timeMillis());
            out.writeUTF(each.lead());
        }
    }

    private static Identities read(DataInputStream in) throws IOException {
        int size = in.readInt();
        List<Identity> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(new Identity(in.readLong(), in.readUTF()));
        }
        return new Identities(all);
    }
}
