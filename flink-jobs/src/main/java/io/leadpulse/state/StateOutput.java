package io.leadpulse.state;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The bytes of one value of state, in a buffer that the next value uses again. What is written by a method here is read by that of
 * the same name in {@link StateInput}. For one thread.
 */
public final class StateOutput {
    /** Of {@link #time}: no end, no beginning, and eight bytes that say which. */
    static final int NO_END = 0;

    static final int NO_BEGINNING = 1;
    static final int FAR_TIME = 2;
    static final int FIRST_NEAR_TIME = 3;
    static final long SECOND = 1_000;
    /** Beyond so many bits a difference is not near. */
    static final int NEAR_BITS = 60;

    /** Of {@link #text}. */
    static final int NO_TEXT = 0;

    static final int NEW_TEXT = 1;
    /** New, and it begins like one of the last. */
    static final int LIKE_TEXT = 2;

    static final int FIRST_KNOWN_TEXT = 3;

    /** So many bits say like which of the last, so as many are looked at. */
    static final int BACK_BITS = 3;

    static final int MOST_BACK = 1 << BACK_BITS;
    /** Fewer units in common save nothing. */
    private static final int LEAST_ALIKE = 3;

    /** So many different numbers are remembered by {@link #repeated}; each is then one byte. */
    static final int MOST_REPEATED = 63;

    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int FEW_BYTES = 4_096;
    /** What a larger value needed is not kept for the next. */
    private static final int MANY_BYTES = 1 << 20;
    /** The length of the value stands in front of it and is known last. */
    private static final int MOST_LENGTH_BYTES = 5;

    private static final int MOST_NUMBER_BYTES = 10;

    private final Texts texts = new Texts();
    private final Keys keys = new Keys();
    private final long[] repeated = new long[MOST_REPEATED];
    private int repeatedCount;
    private byte[] bytes = new byte[FEW_BYTES];
    private int end = MOST_LENGTH_BYTES;
    private String keyPrefix;

    /** Begins a value. */
    void begin() {
        if (bytes.length > MANY_BYTES) {
            bytes = new byte[FEW_BYTES];
        }
        texts.clear();
        repeatedCount = 0;
        keyPrefix = null;
        end = MOST_LENGTH_BYTES;
    }

    /** The value, with its length in front of it. */
    void writeTo(DataOutputView target) throws IOException {
        int start = MOST_LENGTH_BYTES;
        int length = end - start;
        // From behind: the last of the groups of seven bits has no mark that one more follows.
        int groups = (38 - Integer.numberOfLeadingZeros(length | 1)) / 7;
        for (int group = groups - 1; group >= 0; group--) {
            int bits = (length >>> (7 * group)) & 0x7f;
            bytes[--start] = (byte) (group == groups - 1 ? bits : bits | 0x80);
        }
        target.write(bytes, start, end - start);
    }

    /** A number, in as few groups of seven bits as it has; negative ones take ten bytes. */
    public void number(long number) {
        room(MOST_NUMBER_BYTES);
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            bytes[end++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[end++] = (byte) rest;
    }

    /** A number that is near 0 on either side. */
    public void signed(long number) {
        number(zigzag(number));
    }

    /** All eight bytes of a number. */
    public void whole(long number) {
        room(Long.BYTES);
        LONGS.set(bytes, end, number);
        end += Long.BYTES;
    }

    /** A number of which there are few different ones. */
    public void repeated(long number) {
        for (int i = 0; i < repeatedCount; i++) {
            if (repeated[i] == number) {
                number(i + 1L);
                return;
            }
        }
        number(0);
        number(number);
        if (repeatedCount < MOST_REPEATED) {
            repeated[repeatedCount++] = number;
        }
    }

    /**
     * A time, as the difference to another; the two ends of time are short.
     *
     * @param fromMillis another that is known when it is read
     */
    public void time(long millis, long fromMillis) {
        long difference = millis - fromMillis;
        if (millis == Long.MAX_VALUE) {
            number(NO_END);
        } else if (millis == Long.MIN_VALUE) {
            number(NO_BEGINNING);
        } else if (zigzag(difference) >>> NEAR_BITS != 0) {
            number(FAR_TIME);
            whole(millis);
        } else if (difference % SECOND == 0) {
            number(((zigzag(difference / SECOND) << 1) | 1) + FIRST_NEAR_TIME);
        } else {
            number((zigzag(difference) << 1) + FIRST_NEAR_TIME);
        }
    }

    /** How many follow; null is told from none. */
    public void count(int count, boolean isNull) {
        number(isNull ? 0 : count + 1L);
    }

    /** A text that the value may say more than once, or null. */
    public void text(String text) {
        if (text == null) {
            number(NO_TEXT);
        } else {
            known(text);
        }
    }

    /** Its number among the texts. */
    private int known(String text) {
        int at = texts.find(text);
        if (at >= 0) {
            number((long) at + FIRST_KNOWN_TEXT);
            return at;
        }
        said(text, ~at);
        return ~at;
    }

    /** A new text. Ids of tasks and the like are mostly the same, so one that begins like one of the last says what is other. */
    private void said(String text, int at) {
        int like = 0;
        int alike = LEAST_ALIKE - 1;
        for (int back = 1; back <= Math.min(at, MOST_BACK); back++) {
            int common = common(text, texts.text(at - back));
            if (common > alike) {
                alike = common;
                like = back;
            }
        }
        if (like == 0) {
            number(NEW_TEXT);
            units(text, 0);
        } else {
            number(LIKE_TEXT);
            number(((long) alike << BACK_BITS) | (like - 1));
            units(text, alike);
        }
    }

    /** How many units two texts have in common at their beginning. */
    private static int common(String one, String other) {
        int most = Math.min(one.length(), other.length());
        int common = 0;
        while (common < most && one.charAt(common) == other.charAt(common)) {
            common++;
        }
        return common;
    }

    /** Texts by text; null is told from none. */
    public void texts(Map<String, String> map) {
        count(map == null ? 0 : map.size(), map == null);
        if (map != null) {
            map.forEach((name, value) -> {
                text(name);
                text(value);
            });
        }
    }

    /** A text from a place on: one byte a unit where all are Latin, else two. */
    private void units(String text, int from) {
        int length = text.length() - from;
        room(MOST_NUMBER_BYTES + 2 * length);
        int start = end;
        number((long) length << 1);
        byte[] to = bytes;
        int place = end;
        int all = 0;
        for (int i = 0; i < length; i++) {
            char unit = text.charAt(from + i);
            all |= unit;
            to[place + i] = (byte) unit;
        }
        end = place + length;
        if (all > 0xff) {
            end = start;
            number(((long) length << 1) | 1);
            for (int i = 0; i < length; i++) {
                char unit = text.charAt(from + i);
                to[end++] = (byte) (unit >>> 8);
                to[end++] = (byte) unit;
            }
        }
    }

    /**
     * Looks at an idempotency key, which is to be written by {@link #key}.
     *
     * @return how it will be written: two bits, by which it is read
     */
    public int formOf(String key) {
        if (key == null) {
            return Keys.TEXT;
        }
        keys.look(key);
        return keys.form();
    }

    /** The idempotency key that was looked at last. */
    public void key(String key) {
        if (key == null) {
            number(NO_TEXT);
            return;
        }
        int cut = keys.cut();
        int at = known(prefix(key, cut));
        switch (keys.form()) {
            case Keys.NUMBER -> {
                long number = Keys.number(key, cut);
                signed(number - texts.number(at));
                texts.number(at, number);
            }
            case Keys.UUID -> {
                room(Keys.UUID_BYTES);
                end = Keys.pack(key, cut, bytes, end);
            }
            case Keys.HEX -> {
                int count = (key.length() - cut) / 2;
                number(count);
                room(count);
                end = Keys.pack(key, cut, bytes, end);
            }
            default -> units(key, cut);
        }
    }

    /** The same object again, most of the time. */
    private String prefix(String key, int cut) {
        if (keyPrefix == null || keyPrefix.length() != cut || !key.startsWith(keyPrefix)) {
            keyPrefix = key.substring(0, cut);
        }
        return keyPrefix;
    }

    /** Bytes, or null. */
    public void bytes(byte[] some) {
        count(some == null ? 0 : some.length, some == null);
        if (some != null) {
            room(some.length);
            System.arraycopy(some, 0, bytes, end, some.length);
            end += some.length;
        }
    }

    static long zigzag(long number) {
        return (number << 1) ^ (number >> 63);
    }

    private void room(int more) {
        int needed = Math.addExact(end, more);
        if (needed > bytes.length) {
            // Twice as many, as far as an array goes.
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
    }
}
