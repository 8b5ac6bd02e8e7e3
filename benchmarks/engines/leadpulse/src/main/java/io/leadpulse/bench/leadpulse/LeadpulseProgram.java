package io.leadpulse.bench.leadpulse;

import io.leadpulse.app.LeadpulseJob;
import io.leadpulse.app.LeadpulseJobConfig;
import io.leadpulse.bench.agent.EngineAgent;
import io.leadpulse.bench.agent.EngineProgram;
import io.leadpulse.bench.agent.Order;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Leadpulse as users run it: the whole live topology with all that it computes, RocksDB, aligned incremental checkpoints every
 * 5 s, results exactly once. Nothing is switched off for the benchmark. Where its folder has a checkpoint it goes on from there.
 *
 * <p>Settings: {@code parallelism}; {@code managed_mib}, memory of RocksDB; {@code idleness}, after which time the clock
 * waits for no topic that says nothing; {@code counted}, whether it counts what it does for {@link #stats}, which costs some processor time.
 */
public final class LeadpulseProgram implements EngineProgram {
    /** As many as the cores that the targets speak of. */
    private static final String PARALLELISM = "2";

    private static final String CHECKPOINT_INTERVAL = "5 s";

    /** As the live job has it. */
    private static final String IDLENESS = "30 s";

    private static final String SETTING_PARALLELISM = "parallelism";
    private static final String SETTING_MANAGED_MIB = "managed_mib";
    private static final String SETTING_IDLENESS = "idleness";
    private static final String SETTING_COUNTED = "counted";

    private volatile LeadpulseJob job;

    LeadpulseProgram() {}

    public static void main(String[] arguments) throws IOException {
        EngineAgent.serve(arguments, new LeadpulseProgram());
    }

    @Override
    public void start(Order order) throws Exception {
        Map<String, String> settings = order.settings();
        Set<String> unknown = new HashSet<>(settings.keySet());
        unknown.removeAll(Set.of(SETTING_PARALLELISM, SETTING_MANAGED_MIB, SETTING_IDLENESS, SETTING_COUNTED));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown settings: " + unknown);
        }
        JobStats.begin();
        if (settings.containsKey(SETTING_COUNTED)) {
            CountingEnvironment.install(settings.get(SETTING_MANAGED_MIB));
            JobStats.watchIntake();
        }
        job = LeadpulseJob.start(LeadpulseJobConfig.of(new String[] {
            "--bootstrap-servers",
            order.bootstrapServers(),
            "--config",
            order.config().toString(),
            "--data",
            order.work().toString(),
            "--parallelism",
            settings.getOrDefault(SETTING_PARALLELISM, PARALLELISM),
            "--checkpoint-interval",
            CHECKPOINT_INTERVAL,
            "--idleness",
            settings.getOrDefault(SETTING_IDLENESS, IDLENESS),
            "--from-earliest"
        }));
    }

    @Override
    public String stats() {
        return JobStats.json();
    }

    @Override
    public void close() throws Exception {
        LeadpulseJob started = job;
        if (started != null) {
            started.stop();
        }
    }
}
