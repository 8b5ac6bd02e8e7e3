package io.leadpulse.schemas;

import java.util.HexFormat;

/**
 * The 64-bit hash of everything that is identified or compared by its text: 64-bit FNV-1a over the UTF-16 units, then
 * the finaliser of MurmurHash3, so that short and similar texts spread over all bits.
 *
 * <p>The values are stored in state and in results: the function is never changed (a test holds golden values). Two
 * idempotency keys need to differ only within one lead, deal or visitor, of 2,000 at most; a collision there has a
 * probability below 1e-12.
 */
public final class Hash64 {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    /** The square of the prime: the upper half of a Latin unit is nothing, and its step only multiplies, so that both steps are one. */
    private static final long TWO_STEPS = 0x366000002e329L;

    private Hash64() {}

    /** Hash of a text; equal texts have equal hashes on every machine and for ever. */
    public static long of(CharSequence text) {
        long hash = FNV_OFFSET;
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit <= 0xff) {
                hash = (hash ^ unit) * TWO_STEPS;
            } else {
                hash = (hash ^ (unit & 0xff)) * FNV_PRIME;
                hash = (hash ^ (unit >>> 8)) * FNV_PRIME;
            }
        }
        return mix(hash);
    }

    /** Hash of the text whose characters are these bytes, {@code [from, to)}: the same as of the text. */
    public static long of(byte[] latin, int from, int to) {
        long hash = FNV_OFFSET;
        for (int at = from; at < to; at++) {
            hash = (hash ^ (latin[at] & 0xff)) * TWO_STEPS;
        }
        return mix(hash);
    }

    /** The finaliser alone: a bijection that lets every bit of the argument change every bit of the result. */
    public static long mix(long bits) {
        long mixed = bits ^ (bits >>> 33);
        mixed *= 0xff51afd7ed558ccdL;
        mixed ^= mixed >>> 33;
        mixed *= 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /** A hash as 16 hexadecimal digits, as it stands in the keys of results. */
    public static String hex(long hash) {
        return HexFormat.of().toHexDigits(hash);
    }
}
