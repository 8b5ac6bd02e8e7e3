package io.leadpulse.bench.streams;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Finds whose the acts on the web are and tells the leads' tasks. An identification that is news moves what the visitor did before.
 * What is nobody's for too long is a dead letter; what comes twice counts once.
 */
final class Visitors implements Processor<String, Event, String, Object> {
    /** Between a visitor and the id of his act in keys; no id has it. */
    private static final char SEPARATOR = '\0';

    private final List<String> partitions;

    private ProcessorContext<String, Object> context;
    private SourcePartition source;
    private EventClock clock;
    private KeyValueStore<String, Identities> identities;
    private KeyValueStore<String, WebAct> acts;
    private Timers held;
    private long nowMillis;

    Visitors(List<String> partitions) {
        this.partitions = partitions;
    }

    @Override
    public void init(ProcessorContext<String, Object> given) {
        context = given;
        clock = new EventClock(context.getStateStore(SalesTopology.CLOCK), partitions);
        source = new SourcePartition(SalesTopology.BEHAVIOUR, context, clock);
        identities = context.getStateStore(SalesTopology.IDENTITIES);
        acts = context.getStateStore(SalesTopology.ACTS);
        held = new Timers(context.getStateStore(SalesTopology.HELD));
        context.schedule(SalesTopology.TICK, PunctuationType.WALL_CLOCK_TIME, millis -> tick());
    }

    @Override
    public void process(Record<String, Event> record) {
        Event event = record.value();
        if (event.refusal() != null) {
            context.forward(Results.deadLetter(place(), event.refusal(), record.timestamp()), SalesTopology.TO_RESULTS);
            return;
        }
        source.read(event.timeMillis());
        if (event.visitor() == null) {
            // Of nobody who could come back; the lead's task sees whether it came before.
            tell(
                    event.lead(),
                    new LeadMessage.Act("web/" + event.id(), event.rule(), event.within(), event.timeMillis(), false));
            return;
        }
        String key = event.visitor() + SEPARATOR + event.id();
        WebAct act = new WebAct(event.timeMillis(), event.rule(), event.within(), false);
        if (acts.putIfAbsent(key, act) == null) {
            add(event, key, act);
        }
    }

    private void add(Event event, String key, WebAct act) {
        Identities before = identities.get(event.visitor());
        if (before == null) {
            before = Identities.NONE;
        }
        Identities after = before;
        if (event.lead() != null) {
            after = before.plus(event.timeMillis(), event.lead());
            identities.put(event.visitor(), after);
            if (!event.lead().equals(before.knownAt(event.timeMillis()))) {
                move(event.visitor(), key, before, after);
            }
        }
        String owner = after.ownerAt(event.timeMillis());
        if (owner != null) {
            tell(owner, act.message(false));
        } else if (act.givenUpMillis() <= nowMillis) {
            giveUp(key, act, place());
        } else {
            held.set(act.givenUpMillis(), key, place().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Gives what the visitor did to whom it belongs now. */
    private void move(String visitor, String newest, Identities before, Identities after) {
        try (KeyValueIterator<String, WebAct> all = acts.prefixScan(visitor + SEPARATOR, new StringSerializer())) {
            while (all.hasNext()) {
                KeyValue<String, WebAct> each = all.next();
                if (!each.key.equals(newest) && !each.value.isGivenUp()) {
                    move(each.value, before.ownerAt(each.value.timeMillis()), after.ownerAt(each.value.timeMillis()));
                }
            }
        }
    }

    private void move(WebAct act, String from, String to) {
        // An identification more never makes anything nobody's.
        if (to != null && !to.equals(from)) {
            if (from != null) {
                tell(from, act.message(true));
            }
            tell(to, act.message(false));
        }
    }

    private void tell(String lead, LeadMessage message) {
        context.forward(new Record<>(lead, message, source.latestMillis()), SalesTopology.TO_LEADS);
    }

    private String place() {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        return at.topic() + '/' + at.partition() + '/' + at.offset();
    }

    private void tick() {
        source.tellProgress();
        nowMillis = clock.nowMillis();
        held.fire(nowMillis, (dueMillis, key, place) -> {
            WebAct act = acts.get(key);
            Identities known = identities.get(key.substring(0, key.indexOf(SEPARATOR)));
            if (known == null || known.ownerAt(act.timeMillis()) == null) {
                giveUp(key, act, new String(place, StandardCharsets.UTF_8));
            }
        });
    }

    private void giveUp(String key, WebAct act, String place) {
        acts.put(key, act.givenUp());
        context.forward(
                Results.deadLetter(place, "held_dropped", context.currentSystemTimeMs()), SalesTopology.TO_RESULTS);
    }
}
