package io.leadpulse.schemas.result;

/**
 * How the records of one result topic are written and read. An interface, so that another format of text can stand beside JSON.
 *
 * <p>Writing is a pure function: equal records give equal bytes, with the fields in a fixed order. Reading ignores
 * fields that it does not know and takes fields that were added later as absent, so every record ever written can be
 * read.
 *
 * @param <T> the record
 */
public interface ResultCodec<T> {

    /** The topic that these records belong to. */
    String topic();

    /** The key under which a newer record replaces this one. */
    String key(T result);

    /**
     * The record's bytes on the wire.
     *
     * @throws IllegalArgumentException if a number is not finite
     */
    byte[] encode(T result);

    /**
     * The record of these bytes.
     *
     * @throws IllegalArgumentException if they are no such record; names the field and what is expected
     */
    T decode(byte[] bytes);
}
