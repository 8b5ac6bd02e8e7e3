package io.leadpulse.bench.workload;

/**
 * One record of the workload.
 *
 * @param topic its topic
 * @param partition its partition; {@link #BY_KEY} where the key decides
 * @param lead number of the lead that it is about; what it says is in the value alone
 * @param key Kafka's key
 * @param value the JSON
 */
public record WorkloadRecord(String topic, int partition, int lead, String key, byte[] value) {
    /** The partition is the key's. */
    public static final int BY_KEY = -1;
}
