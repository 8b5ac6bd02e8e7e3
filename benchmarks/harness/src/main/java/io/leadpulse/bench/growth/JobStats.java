package io.leadpulse.bench.growth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an engine told of itself. An engine that tells nothing has none of it: its lists and maps are empty.
 *
 * @param runningAfterMillis from the word to begin until all tasks had their state; null while they have not, or if it does not tell
 * @param restoredBytes state that it went on from; 0 for none
 * @param failedCheckpoints that were begun and not completed
 * @param checkpoints the completed ones, in order
 * @param taskBytes state in the last one by task, the sum of its subtasks
 * @param rocksdb what RocksDB was asked for, by task
 */
public record JobStats(
        Long runningAfterMillis,
        long restoredBytes,
        int failedCheckpoints,
        List<Checkpoint> checkpoints,
        Map<String, Long> taskBytes,
        Map<String, Operations> rocksdb) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static final String LEADS = "leads";
    static final String ROLLUPS = "rollups";

    /**
     * A completed checkpoint.
     *
     * @param startMillis when it began, epoch milliseconds
     * @param millis from its begin until the last task had written
     * @param fullBytes all state that belongs to it
     * @param writtenBytes what of that was written for it
     * @param within what was read meanwhile
     * @param before what was read since the end of the one before; nothing before the first
     */
    public record Checkpoint(
            long startMillis, long millis, long fullBytes, long writtenBytes, Intake within, Intake before) {}

    /**
     * What was read in some time, as far as there was anything to read.
     *
     * @param millis how long it was
     * @param records how many were read
     */
    public record Intake(long millis, long records) {
        static final Intake NONE = new Intake(0, 0);

        Intake plus(Intake other) {
            return new Intake(millis + other.millis, records + other.records);
        }
    }

    /**
     * By how much less is read a second while checkpoints are made than in between.
     *
     * @return as a share, below 0 if it is more; null if all or nothing of the time is of the one kind
     */
    public static Double dip(List<Checkpoint> checkpoints) {
        Intake within = checkpoints.stream().map(Checkpoint::within).reduce(Intake.NONE, Intake::plus);
        Intake before = checkpoints.stream().map(Checkpoint::before).reduce(Intake.NONE, Intake::plus);
        return within.millis() == 0 || before.millis() == 0 || before.records() == 0
                ? null
                : (Double) (1 - (double) within.records() * before.millis() / within.millis() / before.records());
    }

    /**
     * What RocksDB was asked for.
     *
     * @param reads keys read
     * @param writes keys written or deleted
     * @param seeks how often an iterator was set to a key
     * @param steps how often an iterator went on to the next
     */
    public record Operations(long reads, long writes, long seeks, long steps) {
        static final Operations NONE = new Operations(0, 0, 0, 0);

        /** Reads, writes and seeks: each looks for a key, a step does not. */
        long all() {
            return reads + writes + seeks;
        }

        Operations plus(Operations other) {
            return new Operations(reads + other.reads, writes + other.writes, seeks + other.seeks, steps + other.steps);
        }
    }

    /**
     * Reads what it said.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    public static JobStats of(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an engine tells of itself what is no JSON: " + json, e);
        }
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (JsonNode each : root.path("checkpoints")) {
            checkpoints.add(new Checkpoint(
                    each.get("start_millis").asLong(),
                    each.get("millis").asLong(),
                    each.get("full_bytes").asLong(),
                    each.get("written_bytes").asLong(),
                    intake(each, ""),
                    intake(each, "_before")));
        }
        Map<String, Long> taskBytes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : root.path("task_bytes").properties()) {
            taskBytes.put(each.getKey(), each.getValue().asLong());
        }
        Map<String, Operations> rocksdb = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : root.path("rocksdb").properties()) {
            rocksdb.put(each.getKey(), operations(each.getValue()));
        }
        JsonNode running = root.get("running_after_millis");
        return new JobStats(
                running == null ? null : (Long) running.asLong(),
                root.path("restored_bytes").asLong(),
                root.path("failed_checkpoints").asInt(),
                checkpoints,
                taskBytes,
                rocksdb);
    }

    private static Intake intake(JsonNode checkpoint, String when) {
        return new Intake(
                checkpoint.get("intake_millis" + when).asLong(),
                checkpoint.get("intake_records" + when).asLong());
    }

    private static Operations operations(JsonNode node) {
        return new Operations(
                node.get("reads").asLong(),
                node.get("writes").asLong(),
                node.get("seeks").asLong(),
                node.get("steps").asLong());
    }

    /** Operations of one task; none if it is not told of. */
    Operations operationsOf(String task) {
        return rocksdb.getOrDefault(task, Operations.NONE);
    }

    /** Operations of all tasks but the leads and the rollups. */
    Operations ofOthers() {
        return rocksdb.entrySet().stream()
                .filter(each -> !each.getKey().equals(LEADS) && !each.getKey().equals(ROLLUPS))
                .map(Map.Entry::getValue)
                .reduce(Operations.NONE, Operations::plus);
    }

    /** All state in the last checkpoint; 0 if there was none. */
    public long fullBytes() {
        return checkpoints.isEmpty()
                ? 0
                : checkpoints.get(checkpoints.size() - 1).fullBytes();
    }

    /**
     * How long so large a share of the checkpoints took at most.
     *
     * @param share above 0, at most 1
     * @return milliseconds; null if there was none
     */
    Long checkpointMillis(double share) {
        if (checkpoints.isEmpty()) {
            return null;
        }
        List<Long> sorted =
                checkpoints.stream().map(Checkpoint::millis).sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
