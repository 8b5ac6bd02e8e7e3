package io.leadpulse.bench.leadpulse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

/**
 * What the job of this process tells of itself. Static, because Flink makes those who tell it by the names of their classes.
 *
 * <p>Tasks are called by the operator at their head: {@code leads} for {@code leads -> combined (1/2)#0}.
 */
final class JobStats {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> TASKS = new ConcurrentHashMap<>();
    private static final List<Checkpoint> CHECKPOINTS = new ArrayList<>();
    private static final Map<String, List<Statistics>> ROCKS = new TreeMap<>();
    private static final Intake INTAKE = new Intake();
    private static long begunMillis;
    private static long runningMillis;
    private static long restoredBytes;
    private static int failedCheckpoints;

    private JobStats() {}

    /**
     * A checkpoint that was completed.
     *
     * @param startMillis when it began, epoch milliseconds
     * @param millis from its begin until the last task had written
     * @param fullBytes all state that belongs to it
     * @param writtenBytes what of that was written for it
     * @param taskBytes all state by the id of the task
     */
    record Checkpoint(
            long id, long startMillis, long millis, long fullBytes, long writtenBytes, Map<String, Long> taskBytes) {}

    static synchronized void begin() {
        begunMillis = System.currentTimeMillis();
    }

    /** From now on looks at what was read. */
    static void watchIntake() {
        INTAKE.watch();
    }

    static void task(String id, String name) {
        TASKS.put(id, headOf(name));
    }

    /** Takes what counts the records that a subtask of the source has read. */
    static void read(Counter counter) {
        INTAKE.count(counter);
    }

    static synchronized void checkpoint(boolean isComplete, Checkpoint checkpoint) {
        if (isComplete) {
            CHECKPOINTS.add(checkpoint);
        } else {
            failedCheckpoints++;
        }
    }

    static synchronized void running(long atMillis, long bytes) {
        runningMillis = atMillis;
        restoredBytes = bytes;
    }

    static synchronized void rocks(String thread, Statistics statistics) {
        ROCKS.computeIfAbsent(headOf(thread), any -> new ArrayList<>()).add(statistics);
    }

    /** Name of the operator at the head of a task or of the thread of a subtask. */
    static String headOf(String name) {
        int end = name.indexOf(" -> ");
        String head = end < 0 ? name : name.substring(0, end);
        int subtask = head.indexOf(" (");
        return subtask < 0 ? head : head.substring(0, subtask);
    }

    /** All of it, without line breaks. */
    static synchronized String json() {
        ObjectNode root = JSON.createObjectNode();
        if (runningMillis > 0) {
            root.put("running_after_millis", runningMillis - begunMillis).put("restored_bytes", restoredBytes);
        }
        root.put("failed_checkpoints", failedCheckpoints);
        ArrayNode checkpoints = root.putArray("checkpoints");
        // What was read before the first one is mostly read by what is not compiled yet.
        long endMillis = Long.MAX_VALUE;
        for (Checkpoint each : CHECKPOINTS) {
            Intake.Spell before = INTAKE.between(endMillis, each.startMillis());
            endMillis = each.startMillis() + each.millis();
            Intake.Spell within = INTAKE.between(each.startMillis(), endMillis);
            checkpoints
                    .addObject()
                    .put("id", each.id())
                    .put("start_millis", each.startMillis())
                    .put("millis", each.millis())
                    .put("full_bytes", each.fullBytes())
                    .put("written_bytes", each.writtenBytes())
                    .put("intake_millis", within.millis())
                    .put("intake_records", within.records())
                    .put("intake_millis_before", before.millis())
                    .put("intake_records_before", before.records());
        }
        ObjectNode tasks = root.putObject("task_bytes");
        if (!CHECKPOINTS.isEmpty()) {
            CHECKPOINTS.get(CHECKPOINTS.size() - 1).taskBytes().forEach((id, bytes) -> {
                String name = TASKS.getOrDefault(id, id);
                tasks.put(name, tasks.path(name).asLong() + bytes);
            });
        }
        ObjectNode rocks = root.putObject("rocksdb");
        ROCKS.forEach((task, all) -> rocks.putObject(task)
                .put("reads", sum(all, TickerType.NUMBER_KEYS_READ) + sum(all, TickerType.NUMBER_MULTIGET_KEYS_READ))
                .put("writes", sum(all, TickerType.NUMBER_KEYS_WRITTEN))
                .put("seeks", sum(all, TickerType.NUMBER_DB_SEEK))
                .put("steps", sum(all, TickerType.NUMBER_DB_NEXT)));
        return root.toString();
    }

    private static long sum(List<Statistics> all, TickerType ticker) {
        return all.stream().mapToLong(each -> each.getTickerCount(ticker)).sum();
    }
}
