package io.leadpulse.bench.streams;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the scores. Where a rule counts the earliest only, all times are kept, so that what comes late or is taken back changes what
 * counts. What has changed is said once a {@link SalesTopology#SAYING}; the store remembers what is still to be said, so that a task
 * that begins elsewhere says it.
 */
final class Leads implements Processor<String, LeadMessage, String, Object> {
    /** Between the parts of a key; no id has it. */
    private static final char SEPARATOR = '\0';

    private static final byte[] NOTHING = {};
    private static final long[] NO_TIMES = {};

    private final List<String> partitions;

    private ProcessorContext<String, Object> context;
    private EventClock clock;
    private KeyValueStore<String, byte[]> seen;
    private KeyValueStore<String, long[]> times;
    private KeyValueStore<String, Lead> leads;
    private Timers timers;
    private final Set<String> unsaid = new HashSet<>();
    private long nowMillis;

    Leads(List<String> partitions) {
        this.partitions = partitions;
    }

    @Override
    public void init(ProcessorContext<String, Object> given) {
        context = given;
        clock = new EventClock(context.getStateStore(SalesTopology.CLOCK), partitions);
        seen = context.getStateStore(SalesTopology.SEEN);
        times = context.getStateStore(SalesTopology.TIMES);
        leads = context.getStateStore(SalesTopology.SCORES);
        timers = new Timers(context.getStateStore(SalesTopology.LEAD_TIMERS));
        try (KeyValueIterator<String, Lead> all = leads.all()) {
            while (all.hasNext()) {
                KeyValue<String, Lead> each = all.next();
                if (!each.value.isSaid()) {
                    unsaid.add(each.key);
                }
            }
        }
        context.schedule(SalesTopology.TICK, PunctuationType.WALL_CLOCK_TIME, millis -> tick());
        context.schedule(SalesTopology.SAYING, PunctuationType.WALL_CLOCK_TIME, millis -> say());
    }

    @Override
    public void process(Record<String, LeadMessage> record) {
        if (record.value() instanceof LeadMessage.Act act) {
            add(record.key(), act);
        } else if (record.value() instanceof LeadMessage.Progress progress) {
            clock.reached(record.key(), progress.latestMillis());
        }
    }

    private void add(String id, LeadMessage.Act act) {
        if (act.id() != null && seen.putIfAbsent(id + SEPARATOR + act.id(), NOTHING) != null) {
            return;
        }
        Lead known = leads.get(id);
        Lead before = known == null ? Lead.UNTOUCHED : known;
        Lead after = act.rule() == null ? before : count(id, before, act);
        if (known == null || !after.equals(before)) {
            leads.put(id, after);
            unsaid.add(id);
        }
    }

    /** The lead with the act, or without it where it is taken back. */
    private Lead count(String id, Lead lead, LeadMessage.Act act) {
        Rule rule = act.rule();
        int sign = act.isTakenBack() ? -1 : 1;
        if (rule.times == Rule.EVERY) {
            return lead.plus(rule, act.timeMillis(), sign);
        }
        String place = id + SEPARATOR + rule.code + act.within();
        long[] known = times.get(place);
        long[] before = known == null ? NO_TIMES : known;
        long[] after = act.isTakenBack() ? without(before, act.timeMillis()) : with(before, act.timeMillis());
        times.put(place, after);
        // The longer of the two has one time more; if it is among those that count, the first that does not changes
        // with it.
        long[] longer = act.isTakenBack() ? before : after;
        int at = Arrays.binarySearch(longer, act.timeMillis());
        if (at >= rule.times) {
            return lead;
        }
        Lead counted = lead.plus(rule, act.timeMillis(), sign);
        return longer.length > rule.times ? counted.plus(rule, longer[rule.times], -sign) : counted;
    }

    private static long[] with(long[] all, long millis) {
        long[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = millis;
        Arrays.sort(more);
        return more;
    }

    private static long[] without(long[] all, long millis) {
        int at = Arrays.binarySearch(all, millis);
        long[] fewer = Arrays.copyOf(all, all.length - 1);
        System.arraycopy(all, at + 1, fewer, at, fewer.length - at);
        return fewer;
    }

    private void tick() {
        nowMillis = clock.nowMillis();
        timers.fire(nowMillis, (dueMillis, id, note) -> {
            Lead lead = leads.get(id);
            if (lead.wakeMillis() != dueMillis) {
                return;
            }
            Lead woken = lead.waking(Deal.NEVER);
            long asOfMillis = asOfMillis(woken);
            if (woken.bandAt(asOfMillis) == woken.band()) {
                leads.put(id, waiting(id, woken, asOfMillis));
            } else {
                leads.put(id, woken.unsaid());
                unsaid.add(id);
            }
        });
    }

    private long asOfMillis(Lead lead) {
        return Math.max(nowMillis, lead.referenceMillis());
    }

    /** The lead in the timers, for when its band changes; what it waits for already is enough if that is sooner. */
    private Lead waiting(String id, Lead lead, long asOfMillis) {
        long nextMillis = lead.nextBandChangeAfter(asOfMillis);
        if (nextMillis >= lead.wakeMillis()) {
            return lead;
        }
        timers.set(nextMillis, id, NOTHING);
        return lead.waking(nextMillis);
    }

    private void say() {
        for (String id : unsaid) {
            Lead lead = leads.get(id);
            long asOfMillis = asOfMillis(lead);
            double score = lead.at(asOfMillis);
            Lead.Band band = lead.bandAt(asOfMillis);
            context.forward(
                    Results.score(id, asOfMillis, score, band, context.currentSystemTimeMs()),
                    SalesTopology.TO_RESULTS);
            leads.put(id, waiting(id, lead.said(band), asOfMillis));
        }
        unsaid.clear();
    }
}
