package io.leadpulse.state;

import io.leadpulse.domain.alert.AlertCause;
import io.leadpulse.domain.alert.AlertState;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * The constants of an enum by their places, which state keeps: none is ever moved or taken away, new ones are added at the end. The
 * golden file of the forms lists them.
 */
final class Constants<E extends Enum<E>> {
    static final Constants<EventKind> KINDS = new Constants<>(EventKind.class, 7);
    static final Constants<Direction> DIRECTIONS = new Constants<>(Direction.class, 2);
    static final Constants<AlertCause> CAUSES = new Constants<>(AlertCause.class, 16);
    static final Constants<AlertState> ALERT_STATES = new Constants<>(AlertState.class, 4);
    static final Constants<Deal.Outcome> OUTCOMES = new Constants<>(Deal.Outcome.class, 2);

    private final String name;
    private final E[] all;
    private final Map<E, Integer> places;

    /**
     * Of an enum.
     *
     * @param bits how many the forms have for a place
     */
    private Constants(Class<E> type, int bits) {
        name = type.getSimpleName();
        all = type.getEnumConstants();
        places = new EnumMap<>(type);
        for (E each : all) {
            places.put(each, places.size());
        }
        if (all.length > 1 << bits) {
            throw new IllegalStateException(
                    name + " has more constants than its forms have places; a new form has to have more");
        }
    }

    int place(E constant) {
        return places.get(constant);
    }

    E at(long place, StateInput from) throws IOException {
        if (place < 0 || place >= all.length) {
            throw from.broken("a " + name + " that this release does not know");
        }
        return all[(int) place];
    }
}
