package io.leadpulse.serving.read;

/**
 * How far a topic has been taken.
 *
 * @param lagRecords records that stand in the topic, committed, and have not been taken yet; markers of transactions
 *     count until the reader has passed them. As of the last answer of the broker
 * @param newestMillis newest timestamp taken, epoch milliseconds; null before the first record
 */
public record TopicReading(long lagRecords, Long newestMillis) {}
