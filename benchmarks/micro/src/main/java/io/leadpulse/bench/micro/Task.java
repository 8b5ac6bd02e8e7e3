package io.leadpulse.bench.micro;

import io.leadpulse.bench.workload.WorkloadSpec;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.config.RecordCheck;
import io.leadpulse.schemas.event.EventDecoder;
import java.util.List;

/** The work of SalesBench, small, and what its configuration is to the parts that are measured. */
final class Task {
    /** Enough for each kind of input to be there many times. */
    static final WorkloadSpec SPEC = new WorkloadSpec(60_000, 5_000, 20261123);

    static final LeadpulseConfig CONFIG = ConfigReader.parse(WorkloadSpec.configYaml());
    static final Directory DIRECTORY = Directory.of(CONFIG, List.of());

    private Task() {}

    /** The product's decoder, as its sources have it. */
    static EventDecoder decoder() {
        return new EventDecoder(CONFIG.decodeSettings(), new RecordCheck(WorkloadSpec.configYaml(), List.of()));
    }

    /**
     * Nothing that is wrong may count.
     *
     * @throws IllegalStateException if it is not so
     */
    static void require(boolean isSo, String what) {
        if (!isSo) {
            throw new IllegalStateException("not measured, because it is wrong: " + what);
        }
    }
}
