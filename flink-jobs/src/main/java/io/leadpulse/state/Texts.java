package io.leadpulse.state;

import java.util.Arrays;

/** The texts that a value has said so far, by their numbers; behind each the last number that followed it in a key. */
final class Texts {
    private static final int FEW = 64;
    /** As many places as this are emptied for every value; a lead of a thousand texts must not leave its own to the next. */
    private static final int FEW_PLACES = 4 * FEW;

    private String[] texts = new String[FEW];
    private long[] numbers = new long[FEW];
    private int count;

    /** Where each stands, its number and 1; twice as many as texts or more. Not kept by who only reads. */
    private int[] places = {};

    /** Forgets all of them. */
    void clear() {
        if (places.length > FEW_PLACES) {
            places = new int[FEW_PLACES];
        } else {
            Arrays.fill(places, 0);
        }
        if (texts.length > FEW_PLACES) {
            texts = new String[FEW];
            numbers = new long[FEW];
        } else {
            Arrays.fill(texts, 0, count, null);
        }
        count = 0;
    }

    int count() {
        return count;
    }

    String text(int at) {
        return texts[at];
    }

    long number(int at) {
        return numbers[at];
    }

    void number(int at, long number) {
        numbers[at] = number;
    }

    /** Adds one, and returns its number. */
    int add(String text) {
        if (count == texts.length) {
            texts = Arrays.copyOf(texts, 2 * count);
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        texts[count] = text;
        numbers[count] = 0;
        return count++;
    }

    /** The number of a text; where it was not said yet, it is added, and what comes back is negative: its complement. */
    int find(String text) {
        if (2 * count >= places.length) {
            grow();
        }
        int place = place(text, places);
        if (places[place] != 0) {
            return places[place] - 1;
        }
        int at = add(text);
        places[place] = at + 1;
        return ~at;
    }

    private void grow() {
        int[] more = new int[Math.max(FEW_PLACES, 2 * places.length)];
        for (int at = 0; at < count; at++) {
            more[place(texts[at], more)] = at + 1;
        }
        places = more;
    }

    private int place(String text, int[] among) {
        int hash = text.hashCode();
        int place = (hash ^ (hash >>> 16)) & (among.length - 1);
        while (among[place] != 0 && !texts[among[place] - 1].equals(text)) {
            place = (place + 1) & (among.length - 1);
        }
        return place;
    }
}
