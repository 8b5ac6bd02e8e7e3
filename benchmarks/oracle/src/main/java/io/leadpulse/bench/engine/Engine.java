package io.leadpulse.bench.engine;

import io.leadpulse.bench.result.ResultSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One engine: how its process is started and what its results look like. That it has drained the topics need not be asked of it: it has
 * when all its results are in Kafka and are the oracle's.
 *
 * <p>A new engine is a folder under {@code benchmarks/engines} with a Maven module of its own, whose process serves
 * {@code EngineAgent}, a class of this kind, and its line in {@link Engines}.
 */
public interface Engine {
    /** One letter, by which it is chosen: {@code a}. */
    String letter();

    /** What it is, in some words. */
    String title();

    /** Its folder under {@code benchmarks/engines}; jars in {@code target} and {@code target/lib} are its class path. */
    String folder();

    /** The class that serves {@code EngineAgent}. */
    String mainClass();

    /** Options of its JVM beside those that all have; none by default. */
    default List<String> jvmOptions(Path home) {
        return List.of();
    }

    /** Whether Leadpulse's serving reads its results; none does by default. */
    default boolean isServed() {
        return false;
    }

    /** Whether a process that is started in the folder of one that was killed goes on where that one was; none does by default. */
    default boolean isContinued() {
        return false;
    }

    /** So long it may say nothing that the task asks for, with results still wrong, before it is given up. */
    default Duration patience() {
        return Duration.ofSeconds(90);
    }

    /** The topics that its results go to; made anew for every run. */
    List<NewTopic> resultTopics();

    /** Tells what a committed record of one of these topics says; a word that the task does not ask for is passed over. */
    void translate(ConsumerRecord<byte[], byte[]> record, ResultSink results);
}
