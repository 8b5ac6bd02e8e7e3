package io.leadpulse.state;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;

/**
 * Reads what {@link StateOutput} wrote. Bytes that cannot be that are an {@link IOException} that says where, and nothing of what they say. For
 * one thread.
 */
public final class StateInput {
    private static final byte[] NO_BYTES = {};
    private static final int FEW_BYTES = 4_096;
    private static final int MANY_BYTES = 1 << 20;
    /** A length is believed as far as bytes come. */
    private static final int BELIEVED_BYTES = 1 << 16;

    private final Texts texts = new Texts();
    private final long[] repeated = new long[StateOutput.MOST_REPEATED];
    private int repeatedCount;
    private byte[] bytes = new byte[FEW_BYTES];
    private int at;
    private int end;

    /** Takes a value from where it lies. */
    void begin(DataInputView source) throws IOException {
        if (bytes.length > MANY_BYTES) {
            bytes = new byte[FEW_BYTES];
        }
        texts.clear();
        repeatedCount = 0;
        at = 0;
        end = 0;
        try {
            end = length(source);
            for (int read = 0; read < end; ) {
                int next = Math.min(end - read, BELIEVED_BYTES);
                if (bytes.length < read + next) {
                    bytes = Arrays.copyOf(bytes, (int) Math.min(end, Math.max(read + next, 2L * bytes.length)));
                }
                source.readFully(bytes, read, next);
                read += next;
            }
        } catch (EOFException e) {
            throw new IOException("A value of state ends before its " + end + " bytes", e);
        }
    }

    private static int length(DataInputView source) throws IOException {
        long length = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int group = source.readByte();
            length |= (long) (group & 0x7f) << shift;
            if (group >= 0) {
                if (length > Integer.MAX_VALUE - 8) {
                    break;
                }
                return (int) length;
            }
        }
        throw new IOException("A value of state says that it is longer than values can be");
    }

    /** All of the value must have been read. */
    void end() throws IOException {
        if (at != end) {
            throw broken("more bytes than it has parts");
        }
    }

    /** What is wrong with the value, without a word of what it says. */
    IOException broken(String what) {
        return new IOException("A value of state is broken at byte " + at + " of " + end + ": " + what);
    }

    public long number() throws IOException {
        if (at < end && bytes[at] >= 0) {
            return bytes[at++];
        }
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1);
            byte group = bytes[at++];
            number |= (long) (group & 0x7f) << shift;
            if (group >= 0) {
                return number;
            }
        }
        throw broken("a number without end");
    }

    public long signed() throws IOException {
        return unzigzag(number());
    }

    /** A number that was an {@code int}. */
    public int small() throws IOException {
        long number = signed();
        if (number != (int) number) {
            throw broken("a number that is too large");
        }
        return (int) number;
    }

    public long whole() throws IOException {
        need(Long.BYTES);
        long number = (long) StateOutput.LONGS.get(bytes, at);
        at += Long.BYTES;
        return number;
    }

    public long repeated() throws IOException {
        long known = number();
        if (known == 0) {
            long number = number();
            if (repeatedCount < StateOutput.MOST_REPEATED) {
                repeated[repeatedCount++] = number;
            }
            return number;
        }
        if (known < 0 || known > repeatedCount) {
            throw broken("it repeats what it did not say");
        }
        return repeated[(int) known - 1];
    }

    public long time(long fromMillis) throws IOException {
        long code = number();
        if (code == StateOutput.NO_END) {
            return Long.MAX_VALUE;
        } else if (code == StateOutput.NO_BEGINNING) {
            return Long.MIN_VALUE;
        } else if (code == StateOutput.FAR_TIME) {
            return whole();
        }
        long near = code - StateOutput.FIRST_NEAR_TIME;
        long difference = unzigzag(near >>> 1);
        return fromMillis + ((near & 1) == 0 ? difference : difference * StateOutput.SECOND);
    }

    /** How many follow, at least a byte each; -1 for null. */
    public int count() throws IOException {
        long count = number() - 1;
        if (count < -1 || count > end - at) {
            throw broken("more parts than it has bytes");
        }
        return (int) count;
    }

    public String text() throws IOException {
        long known = number();
        return known == StateOutput.NO_TEXT ? null : texts.text(textAt(known));
    }

    private int textAt(long known) throws IOException {
        if (known == StateOutput.NEW_TEXT) {
            return texts.add(units());
        }
        if (known == StateOutput.LIKE_TEXT) {
            return texts.add(like());
        }
        if (known < StateOutput.FIRST_KNOWN_TEXT || known >= (long) texts.count() + StateOutput.FIRST_KNOWN_TEXT) {
            throw broken("it repeats a text that it did not say");
        }
        return (int) known - StateOutput.FIRST_KNOWN_TEXT;
    }

    /** A text that begins like one of the last. */
    private String like() throws IOException {
        long code = number();
        int place = texts.count() - 1 - (int) (code & (StateOutput.MOST_BACK - 1));
        long alike = code >>> StateOutput.BACK_BITS;
        if (place < 0 || alike > texts.text(place).length()) {
            throw broken("a text like one that it did not say");
        }
        return texts.text(place).substring(0, (int) alike).concat(units());
    }

    public Map<String, String> texts() throws IOException {
        int count = count();
        if (count <= 0) {
            return count < 0 ? null : Map.of();
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            map.put(text(), text());
        }
        return map;
    }

    private String units() throws IOException {
        long code = number();
        long length = code >>> 1;
        boolean isWide = (code & 1) != 0;
        if (length > (isWide ? (end - at) / 2 : end - at)) {
            throw broken("a text that is longer than it");
        }
        int count = (int) length;
        if (!isWide) {
            String text = new String(bytes, at, count, StandardCharsets.ISO_8859_1);
            at += count;
            return text;
        }
        char[] units = new char[count];
        for (int i = 0; i < count; i++) {
            units[i] = (char) ((bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff));
            at += 2;
        }
        return new String(units);
    }

    /**
     * An idempotency key.
     *
     * @param form what {@link StateOutput#formOf} said of it
     */
    public String key(int form) throws IOException {
        long known = number();
        if (known == StateOutput.NO_TEXT) {
            return null;
        }
        int prefixAt = textAt(known);
        String prefix = texts.text(prefixAt);
        return switch (form) {
            case Keys.NUMBER -> {
                long number = texts.number(prefixAt) + signed();
                texts.number(prefixAt, number);
                yield prefix.concat(Long.toString(number));
            }
            case Keys.UUID -> {
                need(Keys.UUID_BYTES);
                at += Keys.UUID_BYTES;
                yield prefix.concat(Keys.uuid(bytes, at - Keys.UUID_BYTES));
            }
            case Keys.HEX -> {
                int count = length();
                at += count;
                yield prefix.concat(Keys.hex(bytes, at - count, count));
            }
            default -> prefix.concat(units());
        };
    }

    /** A number of bytes that are there. */
    private int length() throws IOException {
        long length = number();
        if (length < 0 || length > end - at) {
            throw broken("a part that is longer than it");
        }
        return (int) length;
    }

    public byte[] bytes() throws IOException {
        int count = count();
        if (count <= 0) {
            return count < 0 ? null : NO_BYTES;
        }
        byte[] some = Arrays.copyOfRange(bytes, at, at + count);
        at += count;
        return some;
    }

    private static long unzigzag(long number) {
        return (number >>> 1) ^ -(number & 1);
    }

    private void need(int count) throws IOException {
        if (end - at < count) {
            throw broken("it ends too early");
        }
    }
}
