package io.leadpulse.engine;

/**
 * One record of a result topic, ready to be written.
 *
 * @param topic result topic
 * @param key the record's key; the newest record of a key is the truth
 * @param value the value, one JSON object
 */
public record ResultRecord(String topic, String key, String value) {}
