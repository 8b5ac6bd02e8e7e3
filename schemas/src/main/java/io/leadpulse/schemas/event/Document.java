package io.leadpulse.schemas.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A record's values as a table of places, with an index of the names. Table, index and bytes are used again for the next record, so
 * that reading one makes nothing anew; what was read of a record is void when the next one is. Not thread-safe.
 */
final class Document {
    /** Longer records are Jackson's. */
    static final int MAX_PLAIN_BYTES = 32 * 1024;
    /** A record with more values is Jackson's, and its table is not kept. */
    static final int MAX_PLAIN_PLACES = 128;

    /** Room for the keys of events. */
    private static final int MAX_KEY = 1_024;
    /** The golden ratio, which spreads what is alike. */
    private static final int SPREAD = 0x9e3779b9;

    private final byte[] bytes = new byte[MAX_PLAIN_BYTES + Long.BYTES];
    private final byte[] key = new byte[MAX_KEY];
    private Place[] places = {};
    private int count;
    /** By object and name, with as many free slots as taken ones at least. */
    private Place[] index = {};

    private int shift;
    private boolean isPlain;

    Document() {
        grow(MAX_PLAIN_PLACES);
    }

    /** The bytes of a plain record; behind it there is room for a word. */
    byte[] bytes() {
        return bytes;
    }

    boolean isPlain() {
        return isPlain;
    }

    /** The whole value, as an object without fields; what was read before is void. */
    Place begin(boolean plain) {
        isPlain = plain;
        if (places.length > MAX_PLAIN_PLACES) {
            count = 0;
            places = new Place[0];
            grow(MAX_PLAIN_PLACES);
        }
        for (int i = 0; i < count; i++) {
            Place place = places[i];
            // The whole value stands in no object.
            if (place.object != null) {
                index[place.slot] = null;
            }
            place.text = null;
            place.name = null;
        }
        count = 0;
        return next(null, null);
    }

    boolean isFull() {
        return count == places.length;
    }

    /** A place for one more field of an object; null if it has one of that name already. */
    Place addOrNull(Place object, Name name) {
        int slot = slotOf(object, name.text);
        if (index[slot] != null) {
            return null;
        }
        Place place = next(object, name);
        place.slot = slot;
        index[slot] = place;
        return place;
    }

    /** A field of an object; null if it has none of that name. */
    Place getOrNull(Place object, String name) {
        return index[slotOf(object, name)];
    }

    /** Where the field stands in the index, or would stand. */
    private int slotOf(Place object, String name) {
        Place[] taken = index;
        int slot = ((name.hashCode() + object.number) * SPREAD) >>> shift;
        while (true) {
            Place place = taken[slot];
            if (place == null || (place.object == object && place.name.text.equals(name))) {
                return slot;
            }
            slot = (slot + 1) & (taken.length - 1);
        }
    }

    /** All fields of an object, in the record's order. */
    List<Place> fieldsOf(Place object) {
        List<Place> fields = new ArrayList<>();
        for (int i = object.number + 1; i < count; i++) {
            if (places[i].object == object) {
                fields.add(places[i]);
            }
        }
        return fields;
    }

    /** The whole value from what Jackson read. */
    Place read(JsonNode object) {
        Place whole = begin(false);
        fill(whole, object);
        return whole;
    }

    /**
     * A prefix and two texts with a slash between them, as keys of events are.
     *
     * @param before ASCII
     */
    String joined(byte[] before, Place first, Place second) {
        if (!isPlain) {
            return new String(before, StandardCharsets.ISO_8859_1) + first.text() + '/' + second.text();
        }
        System.arraycopy(before, 0, key, 0, before.length);
        int length = copy(first, before.length);
        key[length] = '/';
        length = copy(second, length + 1);
        return new String(key, 0, length, StandardCharsets.ISO_8859_1);
    }

    private int copy(Place text, int to) {
        System.arraycopy(bytes, text.from, key, to, text.to - text.from);
        return to + text.to - text.from;
    }

    private void fill(Place place, JsonNode node) {
        place.type = type(node);
        if (place.type != Place.Type.OBJECT) {
            place.text = node.asText();
            place.integer = node.longValue();
            place.hash = ContentHash.of(node);
            return;
        }
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            if (isFull()) {
                grow(2 * places.length);
            }
            Place field = addOrNull(place, new Name(each.getKey()));
            fill(field, each.getValue());
            ContentHash.add(field);
        }
        ContentHash.close(place);
    }

    private static Place.Type type(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> Place.Type.OBJECT;
            case ARRAY -> Place.Type.ARRAY;
            case STRING -> Place.Type.TEXT;
            case NUMBER -> numberType(node);
            case BOOLEAN -> node.booleanValue() ? Place.Type.TRUE : Place.Type.FALSE;
            case NULL, MISSING, BINARY, POJO -> Place.Type.NULL;
        };
    }

    private static Place.Type numberType(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.canConvertToLong() ? Place.Type.INTEGER : Place.Type.LARGE_INTEGER;
        }
        return Double.isFinite(node.doubleValue()) ? Place.Type.FRACTION : Place.Type.INFINITE;
    }

    private Place next(Place object, Name name) {
        Place place = places[count];
        place.type = Place.Type.OBJECT;
        place.object = object;
        place.name = name;
        place.sum = ContentHash.OBJECT;
        count++;
        return place;
    }

    private void grow(int size) {
        int known = places.length;
        places = Arrays.copyOf(places, size);
        for (int number = known; number < size; number++) {
            places[number] = new Place(this, number);
        }
        index = new Place[2 * size];
        shift = Integer.numberOfLeadingZeros(index.length) + 1;
        for (int i = 1; i < count; i++) {
            Place place = places[i];
            place.slot = slotOf(place.object, place.name.text);
            index[place.slot] = place;
        }
    }
}
