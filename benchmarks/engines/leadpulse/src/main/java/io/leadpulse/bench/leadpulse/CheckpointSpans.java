package io.leadpulse.bench.leadpulse;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.traces.Span;
import org.apache.flink.traces.reporter.TraceReporter;
import org.apache.flink.traces.reporter.TraceReporterFactory;

/** Tells {@link JobStats} of each checkpoint and of the beginning of the job, as Flink traces them. */
public final class CheckpointSpans implements TraceReporterFactory, TraceReporter {
    /** Flink makes it by its name. */
    public CheckpointSpans() {}

    @Override
    public TraceReporter createTraceReporter(Properties properties) {
        return this;
    }

    @Override
    public void notifyOfAddedSpan(Span span) {
        switch (span.getName()) {
            case "Checkpoint" -> checkpoint(span);
            case "JobInitialization" -> JobStats.running(span.getEndTsMillis(), number(span, "fullSize"));
            default -> {
                // Nothing that is asked for.
            }
        }
    }

    private static void checkpoint(Span span) {
        boolean isComplete = "COMPLETED".equals(span.getAttributes().get("checkpointStatus"));
        Map<String, Long> taskBytes = new TreeMap<>();
        for (Span task : span.getChildren()) {
            taskBytes.put(String.valueOf(task.getAttributes().get("jobVertexId")), number(task, "sumStateSizeBytes"));
        }
        JobStats.checkpoint(
                isComplete,
                new JobStats.Checkpoint(
                        number(span, "checkpointId"),
                        span.getStartTsMillis(),
                        span.getEndTsMillis() - span.getStartTsMillis(),
                        number(span, "fullSize"),
                        number(span, "checkpointedSize"),
                        taskBytes));
    }

    /** 0 where there is none. */
    private static long number(Span span, String attribute) {
        return span.getAttributes().get(attribute) instanceof Number number ? number.longValue() : 0;
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
