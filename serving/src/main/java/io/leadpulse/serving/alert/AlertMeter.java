package io.leadpulse.serving.alert;

import java.util.Map;

/** Counts what {@link Dispatcher} does. Called by its thread. */
public interface AlertMeter {

    /** A message was handed over. */
    void sent(MessageKind kind);

    /** A message could not be handed over; it is tried again. */
    void failed(MessageKind kind);

    /** So many messages wait, for whatever reason. */
    void waiting(int messages);

    /** So many alerts wait, by cause, because they might be false: a source is silent or the pipeline unhealthy. */
    void muted(Map<String, Integer> alertsByCause);
}
