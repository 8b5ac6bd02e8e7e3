package io.leadpulse.bench.streams;

import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the deals, with their sales and stage clocks, and hands what was done with leads to {@link Leads}. The topic's key is the lead,
 * so all of a deal is in one partition. Late and repeated events of a deal are as good as any: it is read anew.
 */
final class Activities implements Processor<String, Event, String, Object> {
    private final List<String> partitions;
    private final TaskConfig config;
    private final BusinessHours hours;

    private ProcessorContext<String, Object> context;
    private SourcePartition source;
    private EventClock clock;
    private KeyValueStore<String, Deal> deals;
    private Timers timers;
    private long nowMillis;

    Activities(List<String> partitions, TaskConfig config, BusinessHours hours) {
        this.partitions = partitions;
        this.config = config;
        this.hours = hours;
    }

    @Override
    public void init(ProcessorContext<String, Object> given) {
        context = given;
        clock = new EventClock(context.getStateStore(SalesTopology.CLOCK), partitions);
        source = new SourcePartition(SalesTopology.ACTIVITIES, context, clock);
        deals = context.getStateStore(SalesTopology.DEALS);
        timers = new Timers(context.getStateStore(SalesTopology.DEAL_TIMERS));
        context.schedule(SalesTopology.TICK, PunctuationType.WALL_CLOCK_TIME, millis -> tick());
    }

    @Override
    public void process(Record<String, Event> record) {
        Event event = record.value();
        if (event.refusal() != null) {
            RecordMetadata at = context.recordMetadata().orElseThrow();
            String place = at.topic() + '/' + at.partition() + '/' + at.offset();
            context.forward(Results.deadLetter(place, event.refusal(), record.timestamp()), SalesTopology.TO_RESULTS);
            return;
        }
        source.read(event.timeMillis());
        if (event.deal() == null) {
            tell(
                    event.lead(),
                    new LeadMessage.Act(event.id(), event.rule(), event.within(), event.timeMillis(), false));
        } else {
            add(event);
        }
    }

    private void tell(String lead, LeadMessage message) {
        context.forward(new Record<>(lead, message, source.latestMillis()), SalesTopology.LEADS);
    }

    private void add(Event event) {
        Deal known = deals.get(event.deal());
        Deal deal = known == null ? new Deal() : known;
        if (deal.add(event.step())) {
            if (known == null) {
                // A lead of which only a deal is known has a score, too: none.
                tell(event.lead(), new LeadMessage.Act(null, null, "", event.timeMillis(), false));
            }
            say(event.deal(), deal);
            deals.put(event.deal(), deal);
        }
    }

    /** Says what is new of a deal. */
    private void say(String id, Deal deal) {
        Deal.Sale sale = deal.sale();
        if (sale == null ? deal.sold() != null : !sale.equals(deal.sold())) {
            sell(deal.sold(), -1);
            sell(sale, 1);
            deal.setSold(sale);
        }
        Deal.Alerts alerts = deal.alerts(hours, nowMillis);
        Map<String, Deal.Alert> told = deal.told();
        for (String stay : told.keySet()) {
            if (!alerts.byStay().containsKey(stay)) {
                say(id, stay, null);
            }
        }
        alerts.byStay().forEach((stay, alert) -> {
            if (!alert.equals(told.get(stay))) {
                say(id, stay, alert);
            }
        });
        deal.setTold(alerts.byStay());
        if (alerts.nextMillis() < deal.wakeMillis()) {
            timers.set(alerts.nextMillis(), id, new byte[0]);
            deal.setWakeMillis(alerts.nextMillis());
        }
    }

    private void say(String deal, String stay, Deal.Alert alert) {
        context.forward(Results.alert(deal, stay, alert, context.currentSystemTimeMs()), SalesTopology.TO_RESULTS);
    }

    private void sell(Deal.Sale sale, int times) {
        if (sale == null) {
            return;
        }
        long epochDay = config.epochDayOf(sale.wonMillis());
        Sum change = new Sum(times * sale.amountMinor(), times);
        sell("company", epochDay, change);
        if (sale.owner() != null) {
            sell("team:" + config.teams().get(sale.owner()), epochDay, change);
            sell("rep:" + sale.owner(), epochDay, change);
        }
    }

    private void sell(String scope, long epochDay, Sum change) {
        context.forward(
                new Record<>(Results.sumKey(scope, epochDay), change, source.latestMillis()), SalesTopology.TO_SALES);
    }

    private void tick() {
        source.tellProgress();
        nowMillis = clock.nowMillis();
        timers.fire(nowMillis, (dueMillis, id, note) -> {
            Deal deal = deals.get(id);
            if (deal.wakeMillis() == dueMillis) {
                deal.setWakeMillis(Deal.NEVER);
                say(id, deal);
                deals.put(id, deal);
            }
        });
    }
}
