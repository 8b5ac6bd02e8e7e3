package io.leadpulse.bench.leadpulse;

import io.leadpulse.app.LeadpulseJob;
import io.leadpulse.app.LeadpulseJobConfig;
import io.leadpulse.bench.agent.EngineAgent;
import io.leadpulse.bench.agent.EngineProgram;
import io.leadpulse.bench.agent.Order;
import java.io.IOException;

/**
 * Leadpulse as users run it: the whole live topology with all that it computes, RocksDB, aligned incremental checkpoints every
 * 5 s, results exactly once. Nothing is switched off for the benchmark.
 */
public final class LeadpulseProgram implements EngineProgram {
    /** As many as the cores that the targets speak of. */
    private static final String PARALLELISM = "2";

    private static final String CHECKPOINT_INTERVAL = "5 s";

    private volatile LeadpulseJob job;

    LeadpulseProgram() {}

    public static void main(String[] arguments) throws IOException {
        EngineAgent.serve(arguments, new LeadpulseProgram());
    }

    @Override
    public void start(Order order) throws Exception {
        job = LeadpulseJob.start(LeadpulseJobConfig.of(new String[] {
            "--bootstrap-servers",
            order.bootstrapServers(),
            "--config",
            order.config().toString(),
            "--data",
            order.work().toString(),
            "--parallelism",
            PARALLELISM,
            "--checkpoint-interval",
            CHECKPOINT_INTERVAL,
            "--from-earliest"
        }));
    }

    @Override
    public void close() throws Exception {
        LeadpulseJob started = job;
        if (started != null) {
            started.stop();
        }
    }
}
