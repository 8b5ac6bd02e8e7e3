package io.leadpulse.control;

/**
 * Which records of the topics of reps and rules are in force: those before these offsets, the newest of each key. With
 * it a lead can be read again as it was read last, whatever was configured since.
 *
 * @param repsTo offset behind the last record of reps that counts; 0 when none does
 * @param rulesTo offset behind the last record of rules that counts; 0 when none does
 */
public record ConfigVersion(long repsTo, long rulesTo) {
    /** The configuration file alone. */
    public static final ConfigVersion FILE = new ConfigVersion(0, 0);
}
