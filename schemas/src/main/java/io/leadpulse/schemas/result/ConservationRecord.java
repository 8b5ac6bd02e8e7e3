package io.leadpulse.schemas.result;

import java.util.Map;

/**
 * The fate of every record that came in ({@code engine.conservation.v1}).
 *
 * @param in records read
 * @param counted events that count
 * @param duplicate events that were there already
 * @param superseded versions that a newer one replaced, or that came after a newer one
 * @param held events of visitors whom nobody has named yet
 * @param configuration records of configuration
 * @param deadLettered dead letters by reason, as on the wire; reasons without any may be absent
 * @param asOfMillis when this was so, epoch milliseconds
 */
public record ConservationRecord(
        long in,
        long counted,
        long duplicate,
        long superseded,
        long held,
        long configuration,
        Map<String, Long> deadLettered,
        long asOfMillis) {

    /** All that came in has exactly one fate. */
    public boolean isBalanced() {
        long dead = deadLettered.values().stream().mapToLong(Long::longValue).sum();
        return in == counted + duplicate + superseded + held + configuration + dead;
    }
}
