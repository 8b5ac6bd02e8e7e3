package io.leadpulse.bench.spark;

import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.TimeMode;

/** The query: two stateful operators, one behind the other. */
final class SalesQuery {
    private static final String CLOCK = "clock";
    /** How long the clock waits for events that overtook each other. It stands a millisecond before what may still come. */
    private static final String OUT_OF_ORDER = "5001 milliseconds";

    private SalesQuery() {}

    /**
     * Results of records; the last word on each key counts.
     *
     * @param partitions records of each partition of the topics: the query's clock is the least of theirs
     */
    static Dataset<Result> of(List<Dataset<KafkaRecord>> partitions, Task task) {
        return partitions.stream()
                .map(records -> events(records, task))
                .reduce(Dataset::union)
                .orElseThrow()
                .groupBy("key")
                .as(Encoders.STRING(), Event.ENCODER)
                .transformWithState(new FactsFunction(task), TimeMode.EventTime(), OutputMode.Append(), Change.ENCODER)
                .groupBy("key")
                .as(Encoders.STRING(), Change.ENCODER)
                .transformWithState(new ResultsFunction(), TimeMode.EventTime(), OutputMode.Append(), Result.ENCODER);
    }

    /** Spark drops late rows where it sees the column of the clock; so no operator sees it, but all are told the time. */
    private static Dataset<Event> events(Dataset<KafkaRecord> records, Task task) {
        MapPartitionsFunction<KafkaRecord, Event> decode = each -> new EventDecoder(task.hours()).decodeAll(each);
        return records.mapPartitions(decode, Event.ENCODER)
                .withColumn(CLOCK, functions.timestamp_millis(functions.col("timeMillis")))
                .withWatermark(CLOCK, OUT_OF_ORDER)
                .drop(CLOCK)
                .as(Event.ENCODER);
    }
}
