package io.leadpulse.bench.drain;

import io.leadpulse.bench.oracle.Expected;
import io.leadpulse.bench.oracle.Oracle;
import io.leadpulse.bench.workload.Workload;
import io.leadpulse.bench.workload.WorkloadRecord;
import io.leadpulse.bench.workload.WorkloadSpec;
import io.leadpulse.schemas.Topics;

/** What the oracle makes of a workload. */
public final class ExpectedResults {
    /** As many events are gathered at once by the oracle. */
    private static final long EVENTS_A_PART = 1_000_000;

    private ExpectedResults() {}

    /** The results that the oracle computes from the same events, in parts, so that its memory is bounded. */
    public static Expected of(WorkloadSpec spec) {
        return of(spec, new Oracle(WorkloadSpec.AS_OF_MILLIS, WorkloadSpec.teams()));
    }

    /**
     * The same, of scores whose points do not decay.
     *
     * @param windowDays on how many days points count in full, 1 or more
     */
    public static Expected of(WorkloadSpec spec, int windowDays) {
        return of(spec, new Oracle(WorkloadSpec.AS_OF_MILLIS, WorkloadSpec.teams(), windowDays));
    }

    private static Expected of(WorkloadSpec spec, Oracle oracle) {
        int parts = (int) (spec.events() / EVENTS_A_PART) + 1;
        for (int part = 0; part < parts; part++) {
            int wanted = part;
            Workload.forEach(spec, lead -> lead % parts == wanted, record -> tell(oracle, record));
            oracle.endOfPart();
        }
        return oracle.expected();
    }

    private static void tell(Oracle oracle, WorkloadRecord record) {
        if (record.topic().equals(Topics.BEHAVIOUR)) {
            oracle.behaviour(record.value());
        } else {
            oracle.activity(record.value());
        }
    }
}
