package io.leadpulse.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How an idempotency key ({@code source/id}) falls into a part that many keys of one value have in common and one of its own: a number, a UUID,
 * hexadecimal digits, or any text. It is the same key again, whatever it looks like.
 */
final class Keys {
    /** Up to its last slash, and what follows. */
    static final int TEXT = 0;
    /** A number without leading zeros at its end. */
    static final int NUMBER = 1;
    /** A UUID in small letters at its end. */
    static final int UUID = 2;
    /** Hexadecimal digits in small letters at its end, an even number of them. */
    static final int HEX = 3;

    static final int UUID_LENGTH = 36;
    static final int UUID_BYTES = 16;
    /** Fewer are hardly shorter as bytes. */
    private static final int LEAST_HEX = 8;

    private static final int MOST_HEX = 128;
    /** So many digits are a {@code long}, whatever they are. */
    private static final int MOST_DIGITS = 18;

    private static final byte[] NIBBLES = new byte[128];
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    static {
        Arrays.fill(NIBBLES, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            NIBBLES[DIGITS[i]] = (byte) i;
        }
    }

    /** What the end of the last key is, and where it begins. */
    private int form;

    private int cut;

    /** Looks at a key; {@link #form} and {@link #cut} say what was found. */
    void look(String key) {
        int length = key.length();
        if (length >= UUID_LENGTH && isUuid(key, length - UUID_LENGTH)) {
            form = UUID;
            cut = length - UUID_LENGTH;
            return;
        }
        int digits = length;
        while (digits > 0 && isDigit(key.charAt(digits - 1))) {
            digits--;
        }
        int hex = digits;
        while (hex > 0 && length - hex < MOST_HEX && nibble(key.charAt(hex - 1)) >= 0) {
            hex--;
        }
        if (hex < digits && length - hex >= LEAST_HEX) {
            form = HEX;
            cut = hex + ((length - hex) & 1);
            return;
        }
        cut = Math.max(digits, length - MOST_DIGITS);
        while (cut < length && key.charAt(cut) == '0') {
            cut++;
        }
        form = cut < length ? NUMBER : TEXT;
        if (form == TEXT) {
            cut = key.lastIndexOf('/') + 1;
        }
    }

    int form() {
        return form;
    }

    int cut() {
        return cut;
    }

    private static boolean isUuid(String key, int from) {
        for (int i = 0; i < UUID_LENGTH; i++) {
            char unit = key.charAt(from + i);
            if (isDash(i) ? unit != '-' : nibble(unit) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDash(int at) {
        return at == 8 || at == 13 || at == 18 || at == 23;
    }

    private static boolean isDigit(char unit) {
        return unit >= '0' && unit <= '9';
    }

    private static int nibble(char unit) {
        return unit < NIBBLES.length ? NIBBLES[unit] : -1;
    }

    /** The number from a place on, all of which are digits. */
    static long number(String key, int from) {
        long number = 0;
        for (int i = from; i < key.length(); i++) {
            number = 10 * number + (key.charAt(i) - '0');
        }
        return number;
    }

    /** Writes the digits from a place on, two a byte and dashes left out; returns where the next byte goes. */
    static int pack(String key, int from, byte[] to, int at) {
        int place = at;
        for (int i = from; i < key.length(); i += 2) {
            if (key.charAt(i) == '-') {
                i++;
            }
            to[place++] = (byte) ((nibble(key.charAt(i)) << 4) | nibble(key.charAt(i + 1)));
        }
        return place;
    }

    /** The digits of so many bytes. */
    static String hex(byte[] from, int at, int count) {
        byte[] digits = new byte[2 * count];
        for (int i = 0; i < count; i++) {
            digits[2 * i] = DIGITS[(from[at + i] >> 4) & 0xf];
            digits[2 * i + 1] = DIGITS[from[at + i] & 0xf];
        }
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    /** The UUID of 16 bytes. */
    static String uuid(byte[] from, int at) {
        byte[] text = new byte[UUID_LENGTH];
        int place = at;
        for (int i = 0; i < UUID_LENGTH; i++) {
            if (isDash(i)) {
                text[i] = '-';
            } else {
                text[i] = DIGITS[(from[place] >> 4) & 0xf];
                text[++i] = DIGITS[from[place] & 0xf];
                place++;
            }
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
