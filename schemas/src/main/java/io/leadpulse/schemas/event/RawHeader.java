package io.leadpulse.schemas.event;

/**
 * One header of a record.
 *
 * @param name the header's name
 * @param value its bytes; may be null
 */
public record RawHeader(String name, byte[] value) {}
