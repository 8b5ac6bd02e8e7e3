package io.leadpulse.schemas.event;

import io.leadpulse.schemas.Hash64;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads straight from the bytes what nearly every record is: one flat or nested object in ASCII, without escapes, arrays, signs and
 * fractions. Whatever else it meets, be it valid or not, it leaves to Jackson, which alone decides what is valid; what it does
 * read says what Jackson's reading says.
 *
 * <p>It remembers names, and texts that repeat under a name, a bounded number of short ones. Not thread-safe.
 */
final class PlainJson {
    /** Deeper ones are rare, and this reads by recursion. */
    private static final int MAX_DEPTH = 8;

    /** Numbers of so many digits are a {@code long}. */
    private static final int MAX_DIGITS = 18;

    /** A power of two; more than the contracts and common trackers have together. */
    private static final int NAMES = 256;

    /** Stands for what no JSON of this kind has: the end, and all that is not ASCII. */
    private static final byte NONE = 0;

    /** Eight bytes at once, of which the first is the lowest. */
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;
    private static final long SPACES = ' ' * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    /** Odd, and with bits all over. */
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final int maxDepth;
    private final Document document;
    private final byte[] bytes;
    private final Texts<Name> names = new Texts<>(NAMES);

    private int at;
    /** Tells the text that was passed last from others. */
    private long code;

    /**
     * @param maxDepth deepest nesting that is valid; 0 leaves all to Jackson
     * @param document what is read into
     */
    PlainJson(int maxDepth, Document document) {
        this.maxDepth = Math.min(maxDepth, MAX_DEPTH);
        this.document = document;
        this.bytes = document.bytes();
    }

    /** The object that these bytes are; null if that is not for this reader to say. */
    Place readOrNull(byte[] value) {
        if (value.length > Document.MAX_PLAIN_BYTES) {
            return null;
        }
        System.arraycopy(value, 0, bytes, 0, value.length);
        // Ends every loop.
        bytes[value.length] = NONE;
        at = 0;
        if (mark() != '{') {
            return null;
        }
        Place whole = document.begin(true);
        return object(whole, 1) && mark() == NONE && at == value.length ? whole : null;
    }

    /** The next byte that is no white space; the place is then its. */
    private byte mark() {
        byte next = bytes[at];
        while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
            at++;
            next = bytes[at];
        }
        return next > ' ' ? next : NONE;
    }

    private boolean object(Place object, int depth) {
        if (depth > maxDepth) {
            return false;
        }
        at++;
        if (mark() == '}') {
            at++;
            ContentHash.close(object);
            return true;
        }
        while (mark() == '"') {
            int from = at + 1;
            int to = passText(from);
            if (to < 0 || mark() != ':' || document.isFull()) {
                return false;
            }
            at++;
            Place field = document.addOrNull(object, name(from, to));
            // A name that stands twice is refused, and Jackson says where.
            if (field == null || !value(field, depth)) {
                return false;
            }
            ContentHash.add(field);
            byte mark = mark();
            at++;
            if (mark == '}') {
                ContentHash.close(object);
                return true;
            }
            if (mark != ',') {
                return false;
            }
        }
        return false;
    }

    /** The same as the last time, if it is still known. */
    private Name name(int from, int to) {
        Name name = names.findOrNull(bytes, from, to, code);
        if (name == null) {
            name = new Name(bytes, from, to, code);
            names.keep(name);
        }
        return name;
    }

    private boolean value(Place place, int depth) {
        byte first = mark();
        return switch (first) {
            case '"' -> text(place);
            case '{' -> object(place, depth + 1);
            case 't' -> word(place, "true", Place.Type.TRUE);
            case 'f' -> word(place, "false", Place.Type.FALSE);
            case 'n' -> word(place, "null", Place.Type.NULL);
            default -> first >= '0' && first <= '9' && number(place);
        };
    }

    /** What follows a word is not looked at: it must be a mark, which the object sees to. */
    private boolean word(Place place, String word, Place.Type type) {
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        place.type = type;
        place.text = word;
        place.hash = ContentHash.of(type == Place.Type.TRUE);
        return true;
    }

    /** Nor is what follows a number, so that one with a fraction is none. */
    private boolean number(Place place) {
        int from = at;
        int to = from;
        long number = 0;
        for (byte next = bytes[to]; next >= '0' && next <= '9'; next = bytes[to]) {
            number = number * 10 + next - '0';
            to++;
        }
        if (to - from > MAX_DIGITS || (to - from > 1 && bytes[from] == '0')) {
            return false;
        }
        at = to;
        place.type = Place.Type.INTEGER;
        place.from = from;
        place.to = to;
        place.integer = number;
        place.hash = ContentHash.ofNumber(Hash64.of(bytes, from, to));
        return true;
    }

    private boolean text(Place place) {
        int from = at + 1;
        int to = passText(from);
        if (to < 0) {
            return false;
        }
        place.type = Place.Type.TEXT;
        place.from = from;
        place.to = to;
        Text known = place.name.repeatedOrNull(bytes, from, to, code);
        if (known == null) {
            place.hash = ContentHash.ofText(Hash64.of(bytes, from, to));
        } else {
            place.text = known.text;
            place.hash = ContentHash.ofText(known.hash);
        }
        return true;
    }

    /** Goes behind a text that begins here, and says where it ends; -1 if something stands in it that is not plain. */
    private int passText(int from) {
        long hash = 0;
        for (int begin = from; ; begin += Long.BYTES) {
            long word = (long) WORDS.get(bytes, begin);
            long special = special(word);
            if (special != 0) {
                int bits = Long.numberOfTrailingZeros(special) & -Byte.SIZE;
                int end = begin + bits / Byte.SIZE;
                long last = word & ((1L << bits) - 1);
                code = (hash ^ last) * STEP;
                at = end + 1;
                return bytes[end] == '"' ? end : -1;
            }
            hash = (hash ^ word) * STEP;
            hash ^= hash >>> Integer.SIZE;
        }
    }

    /**
     * The highest bit of the first byte that is a quote, a backslash, a control or not ASCII; 0 if none is. What lies above that
     * bit says nothing, since a borrow may have come from below.
     */
    private static long special(long word) {
        long quotes = word ^ QUOTES;
        long backslashes = word ^ BACKSLASHES;
        long found = ((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes) | ((word - SPACES) & ~word);
        // The highest of ASCII is a control, too; one more, and it is none of ASCII.
        return (found | word | (word + ONES)) & HIGHEST_BITS;
    }
}
