package io.leadpulse.lead;

import io.leadpulse.control.Control;
import io.leadpulse.engine.EngineUids;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Sees to it that every lead is looked at since measures were added. A lead contributes to new measures when it is next read;
 * one that is closed may never be. So after an upgrade all leads are read once, from when the configuration is known, which it
 * is a moment after every start.
 *
 * <p>Not all at one message, which no checkpoint could pass meanwhile: at the first as many as go into a second, and then one
 * share after the other with the pulses that follow, one every three seconds of the machine's clock. A lead says itself by how many
 * measures it was read, so what is looked at again changes nothing. That all have been is broadcast state: every subtask comes
 * to its end at the same pulse. A restart before that begins again.
 */
public final class LeadSweep {
    /** How many measures were known at the last sweep. */
    public static final MapStateDescriptor<String, Integer> SWEPT =
            new MapStateDescriptor<>(EngineUids.LEADS_SWEPT, Types.STRING, Types.INT);

    /** With so many pulses the shares are looked at. */
    public static final int SHARES = 63;

    private static final String MEASURES = "measures";
    private static final long FIRST_NANOS = 1_000_000_000;
    private static final int NOT_BEGUN = -1;

    private final int measures;
    private final LongSupplier nanos;

    /** 0 when the configuration is known, then the number of the share, from 1 on. */
    private int message = NOT_BEGUN;

    private long firstUntilNanos;

    /** A sweep of leads by an engine that knows so many measures. */
    LeadSweep(int measures) {
        this(measures, System::nanoTime);
    }

    LeadSweep(int measures, LongSupplier nanos) {
        this.measures = measures;
        this.nanos = nanos;
    }

    /**
     * Whether leads are to be looked at now. To be asked once at every message.
     *
     * @param control the message
     */
    boolean isDue(BroadcastState<String, Integer> swept, Control control) throws Exception {
        Integer known = swept.get(MEASURES);
        boolean isOneOfThese = message == NOT_BEGUN ? control.isSettled() : control.isPulse();
        if (!isOneOfThese || (known != null && known >= measures)) {
            return false;
        }
        message++;
        if (message == 0) {
            firstUntilNanos = nanos.getAsLong() + FIRST_NANOS;
        }
        return true;
    }

    /** Whether a lead is among those that are to be looked at now. */
    boolean takes(String lead) {
        return message == 0
                ? nanos.getAsLong() - firstUntilNanos < 0
                : Math.floorMod(lead.hashCode(), SHARES) == message - 1;
    }

    /** Takes note that those have been; of the last ones, that all have. */
    void looked(BroadcastState<String, Integer> swept) throws Exception {
        if (message == SHARES) {
            swept.put(MEASURES, measures);
        }
    }
}
