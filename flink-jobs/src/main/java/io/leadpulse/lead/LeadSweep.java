package io.leadpulse.lead;

import io.leadpulse.engine.EngineUids;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Remembers whether every lead has been looked at since measures were added. A lead contributes to new measures when it is
 * next read; one that is closed may never be. So after an upgrade all leads are read once, when the first message of the
 * configuration comes, which it does a moment after every start.
 *
 * <p>One lead after the other is read from state and written back, so that memory does not grow with their number. It takes
 * as long as an event of each would; meanwhile the subtask does nothing else. A checkpoint has either none of it or all:
 * every subtask sweeps at the same message, and so the one number, which is the same for all of them, is broadcast state.
 */
public final class LeadSweep {
    /** How many measures were known at the last sweep. */
    public static final MapStateDescriptor<String, Integer> SWEPT =
            new MapStateDescriptor<>(EngineUids.LEADS_SWEPT, Types.STRING, Types.INT);

    private static final String MEASURES = "measures";

    private LeadSweep() {}

    /** Whether measures are known to which not all leads have contributed yet. */
    static boolean isDue(BroadcastState<String, Integer> swept, int measures) throws Exception {
        Integer known = swept.get(MEASURES);
        return known == null || known < measures;
    }

    /** Takes note that all have. */
    static void done(BroadcastState<String, Integer> swept, int measures) throws Exception {
        swept.put(MEASURES, measures);
    }
}
