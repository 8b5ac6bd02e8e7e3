package io.leadpulse.bench.leadpulse;

import java.util.Map;
import java.util.Properties;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Tells {@link JobStats} which task has which id, since spans of checkpoints name the id alone, and what counts the records read. */
public final class TaskNames implements MetricReporterFactory, MetricReporter {
    private static final String SOURCE = "Source: events";

    /** Flink makes it by its name. */
    public TaskNames() {}

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return this;
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        Map<String, String> variables = group.getAllVariables();
        String id = variables.get("<task_id>");
        String task = variables.get("<task_name>");
        if (id != null && task != null) {
            JobStats.task(id, task);
            // Of the task, whose operators have counters of that name, too.
            boolean isOfTask = !variables.containsKey("<operator_name>");
            if (isOfTask
                    && metric instanceof Counter counter
                    && name.equals("numRecordsOut")
                    && task.startsWith(SOURCE)) {
                JobStats.read(counter);
            }
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        // A name once known stays.
    }

    @Override
    public void open(MetricConfig config) {
        // Nothing to open.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
