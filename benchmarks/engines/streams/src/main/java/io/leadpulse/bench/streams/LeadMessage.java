package io.leadpulse.bench.streams;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.kafka.common.serialization.Serde;

/** What the task of a lead is told. */
sealed interface LeadMessage {
    Serde<LeadMessage> SERDE = Binary.serde(LeadMessage::write, LeadMessage::read);

    /**
     * Something happened that is the lead's; the message's key is the lead.
     *
     * @param id of what may come twice; null where it cannot
     * @param rule what it gives points by; null for an act without points, by which the lead is known all the same
     * @param within in what the rule counts it a limited number of times
     * @param timeMillis event time, epoch milliseconds
     * @param isTakenBack it turned out to be another lead's
     */
    record Act(String id, Rule rule, String within, long timeMillis, boolean isTakenBack) implements LeadMessage {}

    /**
     * How far a partition of events has come, to all tasks; the message's key is the partition, as {@code topic/number}. What the
     * partition had for a lead until then was written before it.
     *
     * @param latestMillis latest event time, epoch milliseconds
     */
    record Progress(long latestMillis) implements LeadMessage {}

    private static void write(LeadMessage message, DataOutputStream out) throws IOException {
        if (message instanceof Act act) {
            out.writeBoolean(true);
            out.writeByte(Rule.codeOf(act.rule()));
            out.writeLong(act.timeMillis());
            out.writeBoolean(act.isTakenBack());
            out.writeUTF(act.within());
            Binary.writeText(act.id(), out);
        } else if (message instanceof Progress progress) {
            out.writeBoolean(false);
            out.writeLong(progress.latestMillis());
        }
    }

    private static LeadMessage read(DataInputStream in) throws IOException {
        if (!in.readBoolean()) {
            return new Progress(in.readLong());
        }
        Rule rule = Rule.of((char) in.readByte());
        long timeMillis = in.readLong();
        boolean isTakenBack = in.readBoolean();
        String within = in.readUTF();
        return new Act(Binary.readText(in), rule, within, timeMillis, isTakenBack);
    }
}
