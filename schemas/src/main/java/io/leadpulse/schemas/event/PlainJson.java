package io.leadpulse.schemas.event;

import io.leadpulse.schemas.Hash64;

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

    private static final int NOT_PLAIN = -1;

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

    /** Of the text whose end was looked for last; see {@link Text#code}. */
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
        int at = skip(0);
        if (bytes[at] != '{') {
            return null;
        }
        Place whole = document.begin(true);
        at = object(whole, at, 1);
        return at != NOT_PLAIN && skip(at) == value.length ? whole : null;
    }

    /** The place of the next byte that is no white space. */
    private int skip(int from) {
        int at = from;
        byte next = bytes[at];
        while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
            at++;
            next = bytes[at];
        }
        return at;
    }

    /** Reads the object that begins here; says what is behind it, or {@link #NOT_PLAIN}. So do those for other values. */
    private int object(Place object, int from, int depth) {
        if (depth > maxDepth) {
            return NOT_PLAIN;
        }
        int at = skip(from + 1);
        if (bytes[at] == '}') {
            ContentHash.close(object);
            return at + 1;
        }
        while (bytes[at] == '"') {
            int end = endOfText(at + 1);
            if (end == NOT_PLAIN || document.isFull()) {
                return NOT_PLAIN;
            }
            Place field = document.addOrNull(object, name(at + 1, end));
            at = skip(end + 1);
            // A name that stands twice is refused, and Jackson says where.
            if (field == null || bytes[at] != ':') {
                return NOT_PLAIN;
            }
            at = value(field, skip(at + 1), depth);
            if (at == NOT_PLAIN) {
                return NOT_PLAIN;
            }
            ContentHash.add(field);
            at = skip(at);
            if (bytes[at] == '}') {
                ContentHash.close(object);
                return at + 1;
            }
            if (bytes[at] != ',') {
                return NOT_PLAIN;
            }
            at = skip(at + 1);
        }
        return NOT_PLAIN;
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

    private int value(Place place, int from, int depth) {
        byte first = bytes[from];
        return switch (first) {
            case '"' -> text(place, from);
            case '{' -> object(place, from, depth + 1);
            case 't' -> word(place, from, "true", Place.Type.TRUE);
            case 'f' -> word(place, from, "false", Place.Type.FALSE);
            case 'n' -> word(place, from, "null", Place.Type.NULL);
            default -> first >= '0' && first <= '9' ? number(place, from) : NOT_PLAIN;
        };
    }

    /** What follows a word is not looked at: it must be a mark, which the object sees to. */
    private int word(Place place, int from, String word, Place.Type type) {
        for (int i = 0; i < word.length(); i++) {
            if (bytes[from + i] != word.charAt(i)) {
                return NOT_PLAIN;
            }
        }
        place.type = type;
        place.text = word;
        place.hash = ContentHash.of(type == Place.Type.TRUE);
        return from + word.length();
    }

    /** Nor is what follows a number, so that one with a fraction is none. */
    private int number(Place place, int from) {
        int to = from;
        long number = 0;
        for (byte next = bytes[to]; next >= '0' && next <= '9'; next = bytes[to]) {
            number = number * 10 + next - '0';
            to++;
        }
        if (to - from > MAX_DIGITS || (to - from > 1 && bytes[from] == '0')) {
            return NOT_PLAIN;
        }
        place.type = Place.Type.INTEGER;
        place.from = from;
        place.to = to;
        place.integer = number;
        place.hash = ContentHash.ofNumber(Hash64.of(bytes, from, to));
        return to;
    }

    private int text(Place place, int quote) {
        int from = quote + 1;
        int to = endOfText(from);
        if (to == NOT_PLAIN) {
            return NOT_PLAIN;
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
        return to + 1;
    }

    /** Where the text ends that begins here, and leaves its code; {@link #NOT_PLAIN} if something stands in it that is not plain. */
    private int endOfText(int from) {
        long hash = 0;
        for (int begin = from; ; begin += Long.BYTES) {
            long word = (long) Text.WORDS.get(bytes, begin);
            long special = special(word);
            if (special != 0) {
                int bits = Long.numberOfTrailingZeros(special) & -Byte.SIZE;
                int end = begin + bits / Byte.SIZE;
                long last = word & ((1L << bits) - 1);
                code = (hash ^ last) * STEP;
                return bytes[end] == '"' ? end : NOT_PLAIN;
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
