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
 * @param sources how each topic of events goes, by topic; empty in a replay and in records of before there was this
 * @param kinds valid events that came, by topic and by kind as on the wire, each as often as it came; kinds of which none
 *     came are absent; of an engine that goes on from state of before there was this, since then
 * @param corrections how often something was restated: a newer version of an event or deal, or one whose lead changed
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
        Map<String, Source> sources,
        Map<String, Map<String, Long>> kinds,
        long corrections,
        long asOfMillis) {

    /**
     * How a topic of events goes.
     *
     * @param lastEventMillis when its latest event was, epoch milliseconds; null when none was valid
     * @param lastAppendMillis when the broker took its latest record, epoch milliseconds; null when it did not say
     * @param late events that were behind the watermark of their input when they came
     */
    public record Source(Long lastEventMillis, Long lastAppendMillis, long late) {}

    /** All that came in has exactly one fate. */
    public boolean isBalanced() {
        long dead = deadLettered.values().stream().mapToLong(Long::longValue).sum();
        return in == counted + duplicate + superseded + held + configuration + dead;
    }
}
