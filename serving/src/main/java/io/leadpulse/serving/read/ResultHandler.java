package io.leadpulse.serving.read;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Takes what was read from result topics. Called by one thread only. */
public interface ResultHandler {
    /**
     * Takes a batch of records, in the order of each partition. When it returns, the batch has had its effect;
     * when it throws, the same batch comes again.
     *
     * @param updates the records; may be empty when only the position moved, as over the end of a transaction
     * @param next the next offset to read of every partition
     */
    void accept(List<ResultUpdate> updates, Map<TopicPartition, Long> next) throws Exception;

    /** Everything that stood in the topics when reading began has been taken. Called once. */
    void caughtUp();
}
