package io.leadpulse.local.stack;

import java.util.List;
import java.util.Locale;

/**
 * The processes of the stack and what each may use. The budget is what a process was seen to need at demo size with a
 * margin; {@code StackITCase} holds the sum of what is resident against the sum of these, which is below 4 GiB.
 */
public enum Role {
    /** The command itself: supervisor, terminal, simulator. */
    DEMO(384, true, "-Xms96m", "-Xmx192m"),
    /** Broker and controller in one. */
    KAFKA(512, true, "-Xms128m", "-Xmx384m"),
    /** Flink's coordinator with its web UI; {@code ClusterCommands} says its options. */
    JOBMANAGER(512, true),
    /** The engine: state in RocksDB outside the heap; {@code ClusterCommands} says its options. */
    TASKMANAGER(1264, true),
    /** Exporter, read model, dispatcher, pages. */
    SERVING(640, true, "-Xms320m", "-Xmx384m", "-XX:NewRatio=1"),
    POSTGRES(256, false),
    PROMETHEUS(256, false),
    ALERTMANAGER(64, false),
    GRAFANA(192, false);

    private final int residentMebibytes;
    private final boolean jvm;
    /** Separated by blanks. */
    private final String heap;

    Role(int residentMebibytes, boolean jvm, String... heap) {
        this.residentMebibytes = residentMebibytes;
        this.jvm = jvm;
        this.heap = String.join(" ", heap);
    }

    /** Its name in messages, file names and {@code endpoints.properties}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it may keep resident, MiB. */
    public int residentMebibytes() {
        return residentMebibytes;
    }

    /** Whether it is one of ours, or Kafka or Flink, which run on Java. */
    public boolean isJvm() {
        return jvm;
    }

    /** Sizes of the heap and the like, of its JVM; empty if it is none. */
    List<String> heapOptions() {
        return heap.isEmpty() ? List.of() : List.of(heap.split(" ", -1));
    }
}
