package io.leadpulse.conservation;

/** What became of a record. In = counted + configuration + duplicate + superseded + held + dead-lettered, always. */
public enum Outcome {
    IN,
    COUNTED,
    CONFIGURATION,
    DUPLICATE,
    SUPERSEDED,
    HELD,
    DEAD_LETTERED
}
