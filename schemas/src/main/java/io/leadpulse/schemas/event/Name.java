package io.leadpulse.schemas.event;

import java.util.Arrays;

/**
 * A name of fields, and the texts that stood under it. Where most are new, as ids and times are, it keeps none and looks for none, but
 * tries again after some thousand.
 */
final class Name extends Text {
    /** Kinds, channels, pages, browsers. */
    private static final int TEXTS = 64;
    /** A new text takes as much of the credit as this many that were known give: four of five must be. */
    private static final int PRICE = 4;

    private static final int CREDIT = 64 * PRICE;
    private static final int REST = 8_192;

    /** Null while there is none. */
    private Texts<Text> textsOrNull;

    private int credit = CREDIT;
    private int rest;

    /** A name that is not looked for. */
    Name(String text) {
        super(text);
    }

    /** The name of {@code [from, to)}; one and the same with the name in our code, so that they are compared at once. */
    Name(byte[] in, int from, int to, long code) {
        super(latin(in, from, to).intern(), Arrays.copyOfRange(in, from, to), code);
    }

    /** The text of {@code [from, to)}, which stands under this name; null where texts seldom repeat. */
    Text repeatedOrNull(byte[] in, int from, int to, long itsCode) {
        if (rest > 0) {
            rest--;
            return null;
        }
        if (textsOrNull == null) {
            textsOrNull = new Texts<>(TEXTS);
        }
        Text text = textsOrNull.findOrNull(in, from, to, itsCode);
        if (text != null) {
            credit = Math.min(credit + 1, CREDIT);
            return text;
        }
        credit -= PRICE;
        if (credit <= 0) {
            credit = CREDIT;
            rest = REST;
            textsOrNull = null;
            return null;
        }
        text = new Text(in, from, to, itsCode);
        textsOrNull.keep(text);
        return text;
    }
}
