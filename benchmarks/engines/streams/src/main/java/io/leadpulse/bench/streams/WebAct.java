package io.leadpulse.bench.streams;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.kafka.common.serialization.Serde;

/**
 * One act of a visitor. Whose it is follows from his {@link Identities}.
 *
 * @param timeMillis event time, epoch milliseconds
 * @param rule what it gives points by; null if it gives none
 * @param within in what the rule counts it a limited number of times
 * @param isGivenUp nobody's for so long that it does not count any more
 */
record WebAct(long timeMillis, Rule rule, String within, boolean isGivenUp) {
    static final Serde<WebAct> SERDE = Binary.serde(WebAct::write, WebAct::read);

    private static final long HELD_FOR_MILLIS = 60 * 86_400_000L;

    /** When it is given up, if nobody has it then, epoch milliseconds. */
    long givenUpMillis() {
        return timeMillis + HELD_FOR_MILLIS;
    }

    WebAct givenUp() {
        return new WebAct(timeMillis, rule, within, true);
    }

    /** What its lead is told. */
    LeadMessage message(boolean isTakenBack) {
        return new LeadMessage.Act(null, rule, within, timeMillis, isTakenBack);
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeLong(timeMillis);
        out.writeByte(Rule.codeOf(rule));
        out.writeUTF(within);
        out.writeBoolean(isGivenUp);
    }

    private static WebAct read(DataInputStream in) throws IOException {
        return new WebAct(in.readLong(), Rule.of((char) in.readByte()), in.readUTF(), in.readBoolean());
    }
}
