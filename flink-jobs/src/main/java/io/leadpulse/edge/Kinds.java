package io.leadpulse.edge;

import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Kinds and directions by their place among all, which is the same within a job. */
final class Kinds {
    private static final EventKind[] KINDS = EventKind.values();
    private static final Direction[] DIRECTIONS = Direction.values();
    private static final Map<EventKind, Integer> OF_KINDS = places(EventKind.class, KINDS);
    private static final Map<Direction, Integer> OF_DIRECTIONS = places(Direction.class, DIRECTIONS);

    private Kinds() {}

    static void kind(EventKind kind, DataOutputView to) throws IOException {
        to.writeByte(OF_KINDS.get(kind));
    }

    static EventKind kind(DataInputView from) throws IOException {
        return KINDS[from.readByte()];
    }

    static void direction(Direction direction, DataOutputView to) throws IOException {
        to.writeByte(OF_DIRECTIONS.get(direction));
    }

    static Direction direction(DataInputView from) throws IOException {
        return DIRECTIONS[from.readByte()];
    }

    private static <E extends Enum<E>> Map<E, Integer> places(Class<E> type, E[] all) {
        Map<E, Integer> places = new EnumMap<>(type);
        for (E each : all) {
            places.put(each, places.size());
        }
        return places;
    }
}
