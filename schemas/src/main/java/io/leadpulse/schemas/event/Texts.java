package io.leadpulse.schemas.event;

/** Texts by their bytes, at most as many as there are places, and only short ones. Not thread-safe. */
final class Texts<T extends Text> {
    /** The longest that is kept; browsers name themselves in less. */
    private static final int MAX_LENGTH = 192;
    /** So many places are looked at. */
    private static final int PROBES = 4;

    private final Text[] texts;
    private final int shift;

    /** @param places how many it keeps, a power of two */
    Texts(int places) {
        texts = new Text[places];
        shift = Long.numberOfLeadingZeros(places) + 1;
    }

    /** The text of {@code [from, to)} that was kept; null if there is none. */
    @SuppressWarnings("unchecked") // Only T are kept.
    T findOrNull(byte[] in, int from, int to, long code) {
        int first = (int) (code >>> shift);
        for (int probe = 0; probe < PROBES; probe++) {
            Text text = texts[(first + probe) & (texts.length - 1)];
            if (text == null) {
                return null;
            }
            if (text.isAt(in, from, to, code)) {
                return (T) text;
            }
        }
        return null;
    }

    /** Keeps a text at a free place, or instead of the one that is looked at first. */
    void keep(T text) {
        if (text.text.length() > MAX_LENGTH) {
            return;
        }
        int first = (int) (text.code >>> shift);
        int place = first;
        for (int probe = 0; probe < PROBES; probe++) {
            if (texts[(first + probe) & (texts.length - 1)] == null) {
                place = (first + probe) & (texts.length - 1);
                break;
            }
        }
        texts[place] = text;
    }
}
