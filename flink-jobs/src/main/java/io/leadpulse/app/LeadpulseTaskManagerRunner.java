package io.leadpulse.app;

import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/** The TaskManager's process: Flink's, in a folder of temporary files that is its own and empty at its start. */
@SuppressWarnings("try") // It is only held.
public final class LeadpulseTaskManagerRunner {
    private LeadpulseTaskManagerRunner() {}

    /** Runs until the process is stopped. {@link ClusterCommands} gives its arguments, which are those of Flink's. */
    public static void main(String[] arguments) throws Exception {
        Configuration flink = new Configuration();
        LeadpulseCluster.readOptions(arguments, flink);
        try (WorkingFolder working = WorkingFolder.take(Path.of(flink.get(CoreOptions.TMP_DIRS)))) {
            TaskManagerRunner.main(arguments);
        } catch (RefusedStartException e) {
            LeadpulseCluster.refuse(e);
        }
    }
}
