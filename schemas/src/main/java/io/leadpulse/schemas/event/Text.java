package io.leadpulse.schemas.event;

import io.leadpulse.schemas.Hash64;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text that stands in many records, made once, with its hash. */
class Text {
    private static final byte[] NO_BYTES = {};

    final String text;
    /** See {@link Hash64}. */
    final long hash;
    /** Tells it from others, mostly; see {@link PlainJson}. */
    final long code;

    private final byte[] bytes;

    /** A text that is not looked for. */
    Text(String text) {
        this(text, NO_BYTES, 0);
    }

    /** The ASCII text of {@code [from, to)}. */
    Text(byte[] in, int from, int to, long code) {
        this(new String(in, from, to - from, StandardCharsets.ISO_8859_1), Arrays.copyOfRange(in, from, to), code);
    }

    private Text(String text, byte[] bytes, long code) {
        this.text = text;
        this.hash = Hash64.of(text);
        this.bytes = bytes;
        this.code = code;
    }

    final boolean isAt(byte[] in, int from, int to, long itsCode) {
        return code == itsCode && Arrays.equals(bytes, 0, bytes.length, in, from, to);
    }
}
