package io.leadpulse.schemas.event;

import io.leadpulse.schemas.Hash64;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text that stands in many records, made once, with its hash. */
class Text {
    /** Eight bytes at once, of which the first is the lowest. */
    static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte[] NO_BYTES = {};

    final String text;
    /** See {@link Hash64}. */
    final long hash;
    /** Tells it from others, mostly; and always from others of the same length, if that is less than a word's. */
    final long code;

    private final byte[] bytes;

    /** A text that is not looked for. */
    Text(String text) {
        this(text, NO_BYTES, 0);
    }

    /** The ASCII text of {@code [from, to)}. */
    Text(byte[] in, int from, int to, long code) {
        this(latin(in, from, to), Arrays.copyOfRange(in, from, to), code);
    }

    Text(String text, byte[] bytes, long code) {
        this.text = text;
        this.hash = Hash64.of(text);
        this.bytes = bytes;
        this.code = code;
    }

    static String latin(byte[] in, int from, int to) {
        return new String(in, from, to - from, StandardCharsets.ISO_8859_1);
    }

    final boolean isAt(byte[] in, int from, int to, long itsCode) {
        int length = bytes.length;
        if (code != itsCode || length != to - from) {
            return false;
        }
        if (length < Long.BYTES) {
            return true;
        }
        int last = length - Long.BYTES;
        for (int at = 0; at < last; at += Long.BYTES) {
            if ((long) WORDS.get(bytes, at) != (long) WORDS.get(in, from + at)) {
                return false;
            }
        }
        return (long) WORDS.get(bytes, last) == (long) WORDS.get(in, from + last);
    }
}
