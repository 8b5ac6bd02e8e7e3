package io.leadpulse.serving.alert;

import java.util.Map;

/** Counts what {@link Dispatcher} does. Called by its thread. */
public interface AlertMeter {

    /** A message was handed over. */
    void sent(MessageKind kind);

    /**
     * A try to hand messages over failed; it is repeated. Said once for each message under way, and once as {@link
     * MessageKind#LEAD} when it failed before one was.
     */
    void failed(MessageKind kind);

    /** So many messages wait, for whatever reason. */
    void waiting(int messages);

    /** So many alerts wait, by cause, because they might be false: a source is silent or the pipeline unhealthy. */
    void muted(Map<String, Integer> alertsByCause);
}
