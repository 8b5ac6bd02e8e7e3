package io.leadpulse.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.client.deployment.application.ApplicationClusterEntryPoint;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.ProgramInvocationException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.entrypoint.ClusterEntrypoint;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.runtime.util.JvmShutdownSafeguard;
import org.apache.flink.runtime.util.SignalHandler;

/**
 * The JobManager's process: Flink's application mode with {@link LeadpulseJob}, everything from the class path. Started
 * again after it died it runs the job's main again, which goes on from the newest checkpoint. {@link ClusterCommands}
 * gives its arguments: Flink's options as {@code -D key=value}, then the job's.
 */
@SuppressWarnings("try") // Closing it may throw anything; nobody closes it here.
public final class LeadpulseCluster extends ApplicationClusterEntryPoint {
    private static final String DYNAMIC = "-D";
    private static final int EXIT_REFUSED = 2;

    private LeadpulseCluster(Configuration flink, PackagedProgram job) {
        super(flink, job, StandaloneResourceManagerFactory.getInstance());
    }

    /** Runs until the job ends or the process is stopped. */
    public static void main(String[] arguments) throws Exception {
        // Without the arguments, which may name a file of secrets.
        EnvironmentInformation.logEnvironmentInfo(LOG, LeadpulseCluster.class.getSimpleName(), new String[0]);
        SignalHandler.register(LOG);
        JvmShutdownSafeguard.installAsShutdownHook(LOG);
        Configuration flink = new Configuration();
        PackagedProgram job = job(readOptions(arguments, flink), flink);
        configureExecution(flink, job);
        try (WorkingFolder working = WorkingFolder.take(Path.of(flink.get(CoreOptions.TMP_DIRS)))) {
            ClusterEntrypoint.runClusterEntrypoint(new LeadpulseCluster(flink, job));
        } catch (RefusedStartException e) {
            refuse(e);
        }
    }

    /** Ends the process. */
    static void refuse(RefusedStartException why) {
        System.err.println("leadpulse: " + why.getMessage());
        System.exit(EXIT_REFUSED);
    }

    /** Puts Flink's options where they belong and returns what is left. */
    static List<String> readOptions(String[] arguments, Configuration flink) {
        List<String> left = new ArrayList<>();
        for (int at = 0; at < arguments.length; at++) {
            if (arguments[at].equals(DYNAMIC) && at + 1 < arguments.length) {
                at++;
                String[] option = arguments[at].split("=", 2);
                flink.setString(option[0], option.length == 2 ? option[1] : "");
            } else {
                left.add(arguments[at]);
            }
        }
        return left;
    }

    private static PackagedProgram job(List<String> arguments, Configuration flink) throws ProgramInvocationException {
        return PackagedProgram.newBuilder()
                .setEntryPointClassName(LeadpulseJob.class.getName())
                .setArguments(arguments.toArray(new String[0]))
                .setConfiguration(flink)
                .build();
    }
}
