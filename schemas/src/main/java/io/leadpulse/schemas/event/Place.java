package io.leadpulse.schemas.event;

import java.nio.charset.StandardCharsets;

/** One value of a record: where in its bytes it stands, or, of a record that Jackson read, what it is. Used again for the next record. */
final class Place {
    /** What a value is. */
    enum Type {
        OBJECT,
        ARRAY,
        TEXT,
        INTEGER,
        /** A whole number that is no {@code long}. */
        LARGE_INTEGER,
        FRACTION,
        /** A number too large for a {@code double}. */
        INFINITE,
        TRUE,
        FALSE,
        NULL
    }

    /** These fields, if it is an object. */
    final Fields fields = new Fields(this);

    final Document document;
    /** Its place in the table. */
    final int number;

    Type type;
    /** The object that it stands in; null if it is the whole value. */
    Place object;
    /** What it is called there; null if it is the whole value. */
    Name name;
    /** Where in the index it is. */
    int slot;
    /** Where a text or number begins and ends, without quotes; of plain records. */
    int from;

    int to;
    /** What it says; null where only the bytes say it, and of objects. */
    String text;
    /** Of an {@link Type#INTEGER}. */
    long integer;
    /** Of what it says; see {@link ContentHash}. */
    long hash;
    /** Of an object: the sum of its fields' hashes. */
    long sum;

    Place(Document document, int number) {
        this.document = document;
        this.number = number;
    }

    /** Whether it is ASCII without escapes and controls, and stands in the bytes. */
    boolean isPlain() {
        return document.isPlain();
    }

    boolean isWhole() {
        return type == Type.INTEGER || type == Type.LARGE_INTEGER;
    }

    boolean isNumber() {
        return isWhole() || type == Type.FRACTION || type == Type.INFINITE;
    }

    /** How many characters a text has. */
    int length() {
        return isPlain() ? to - from : text.length();
    }

    /** What a text, number or truth value says. */
    String text() {
        return text == null ? new String(document.bytes(), from, to - from, StandardCharsets.ISO_8859_1) : text;
    }
}
