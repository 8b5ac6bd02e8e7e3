package io.leadpulse.bench.plain;

import io.leadpulse.bench.plain.Visitor.WebAct;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.SalesEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The whole task. Events change leads, visitors and deals at once; what follows is said when {@link #say} is called, once for everything
 * that has changed. Time comes by {@link #advance}.
 */
final class SalesLoop {
    private final Directory directory;
    private final BusinessCalendar calendar;
    private final Results results;

    private final LongSet seen = new LongSet();
    private final Map<String, Lead> leads = new HashMap<>();
    private final Map<String, Visitor> visitors = new HashMap<>();
    private final Map<String, Deal> deals = new HashMap<>();
    private final Map<SumKey, Sum> sums = new HashMap<>();

    private final List<Lead> changedLeads = new ArrayList<>();
    private final List<Deal> changedDeals = new ArrayList<>();
    private final Set<SumKey> changedSums = new HashSet<>();
    private final PriorityQueue<Wake> wakes = new PriorityQueue<>(Comparator.comparingLong(Wake::timeMillis));
    private long nowMillis = Long.MIN_VALUE;

    /** A day's sum of a scope. */
    record SumKey(String scope, long epochDay) {}

    private static final class Sum {
        private long amountMinor;
        private long count;
    }

    /** A time at which something may follow without an event; one of the three is given. */
    private record Wake(long timeMillis, Lead lead, Deal deal, WebAct held) {}

    SalesLoop(Directory directory, Results results) {
        this.directory = directory;
        this.calendar = directory.companyCalendar();
        this.results = results;
    }

    /**
     * Takes in what became of a record.
     *
     * @return its event time, epoch milliseconds; {@code Long.MIN_VALUE} if it has none
     */
    long accept(Decoded decoded) {
        if (decoded.deadLetter() != null) {
            DeadLetter letter = decoded.deadLetter();
            results.deadLetter(letter.record().id(), letter.reason().wireName());
            return Long.MIN_VALUE;
        }
        SalesEvent event = decoded.event();
        String key =
                event.deal() != null ? event.deal() : event.anonymousId() != null ? event.anonymousId() : event.lead();
        if (seen.add(event.id() ^ spread(key.hashCode()))) {
            count(event);
        }
        return event.timeMillis();
    }

    private static long spread(long hash) {
        return hash * 0x9E3779B97F4A7C15L;
    }

    private void count(SalesEvent event) {
        if (event.kind().stream() == EventKind.Stream.DEAL) {
            lead(event.lead());
            Deal deal = deals.computeIfAbsent(event.deal(), Deal::new);
            deal.add(event);
            changed(deal);
        } else if (event.anonymousId() != null) {
            Rule rule = Rule.of(event);
            WebAct act = new WebAct(
                    rule,
                    within(rule, event),
                    event.timeMillis(),
                    event.record().partition(),
                    event.record().offset());
            visitors.computeIfAbsent(event.anonymousId(), id -> new Visitor()).add(act, event.lead(), this::move);
            if (act.isHeld()) {
                wakes.add(new Wake(act.givenUpMillis(), null, null, act));
            }
        } else {
            Rule rule = Rule.of(event);
            Lead lead = lead(event.lead());
            if (rule != null) {
                lead.add(rule, within(rule, event), event.timeMillis());
                changed(lead);
            }
        }
    }

    private Object within(Rule rule, SalesEvent event) {
        if (rule == null) {
            return null;
        }
        return switch (rule.within) {
            case LIFE -> null;
            case ASSET -> event.asset();
            case PRODUCT -> event.product();
            case DAY -> directory.epochDayOf(event.timeMillis());
        };
    }

    private void move(WebAct act, String from, String to) {
        if (from != null && act.rule != null) {
            Lead lead = lead(from);
            lead.remove(act.rule, act.within, act.timeMillis);
            changed(lead);
        }
        if (to != null) {
            Lead lead = lead(to);
            if (act.rule != null) {
                lead.add(act.rule, act.within, act.timeMillis);
                changed(lead);
            }
        }
    }

    private Lead lead(String id) {
        Lead known = leads.get(id);
        if (known == null) {
            known = new Lead(id);
            leads.put(id, known);
            changed(known);
        }
        return known;
    }

    private void changed(Lead lead) {
        if (!lead.changed) {
            lead.changed = true;
            changedLeads.add(lead);
        }
    }

    private void changed(Deal deal) {
        if (!deal.changed) {
            deal.changed = true;
            changedDeals.add(deal);
        }
    }

    /** Time has come to here: no event before it is on its way, but late ones. Never goes back. */
    void advance(long watermarkMillis) {
        nowMillis = Math.max(nowMillis, watermarkMillis);
        while (!wakes.isEmpty() && wakes.peek().timeMillis() <= nowMillis) {
            Wake wake = wakes.remove();
            if (wake.lead() != null && wake.lead().wakeMillis == wake.timeMillis()) {
                changed(wake.lead());
            } else if (wake.deal() != null && wake.deal().wakeMillis == wake.timeMillis()) {
                changed(wake.deal());
            } else if (wake.held() != null && wake.held().isHeld()) {
                results.deadLetter(
                        "web.behaviour.v1/" + wake.held().partition + '/' + wake.held().offset, "held_dropped");
            }
        }
    }

    /** Says all that has changed since the last time. */
    void say() {
        for (Lead lead : changedLeads) {
            lead.changed = false;
            say(lead);
        }
        changedLeads.clear();
        for (Deal deal : changedDeals) {
            deal.changed = false;
            say(deal);
        }
        changedDeals.clear();
        for (SumKey key : changedSums) {
            Sum sum = sums.get(key);
            results.sum(key, sum.amountMinor, sum.count);
        }
        changedSums.clear();
    }

    private void say(Lead lead) {
        long asOfMillis = Math.max(nowMillis, lead.latestMillis());
        results.score(lead.id, asOfMillis, lead.at(asOfMillis), lead.bandAt(asOfMillis));
        long next = lead.nextBandChangeAfter(asOfMillis);
        if (next != Lead.NEVER && next != lead.wakeMillis) {
            wakes.add(new Wake(next, lead, null, null));
        }
        lead.wakeMillis = next;
    }

    private void say(Deal deal) {
        Deal.Sale sale = deal.sale();
        if (sale == null ? deal.sold != null : !sale.equals(deal.sold)) {
            add(deal.sold, -1);
            add(sale, 1);
            deal.sold = sale;
        }
        long woke = deal.wakeMillis;
        Map<String, Deal.Alert> alerts = deal.alerts(calendar, nowMillis);
        if (deal.wakeMillis != Lead.NEVER && deal.wakeMillis != woke) {
            wakes.add(new Wake(deal.wakeMillis, null, deal, null));
        }
        for (String key : deal.told.keySet()) {
            if (!alerts.containsKey(key)) {
                results.withdrawn(deal.id, key);
            }
        }
        alerts.forEach((key, alert) -> {
            if (!alert.equals(deal.told.get(key))) {
                results.alert(deal.id, key, alert);
            }
        });
        deal.told = alerts;
    }

    private void add(Deal.Sale sale, int sign) {
        if (sale == null) {
            return;
        }
        long epochDay = directory.epochDayOf(sale.wonMillis());
        add("company", epochDay, sale, sign);
        if (sale.owner() != null) {
            add("team:" + directory.teamOf(sale.owner(), sale.wonMillis()), epochDay, sale, sign);
            add("rep:" + sale.owner(), epochDay, sale, sign);
        }
    }

    private void add(String scope, long epochDay, Deal.Sale sale, int sign) {
        SumKey key = new SumKey(scope, epochDay);
        Sum sum = sums.computeIfAbsent(key, any -> new Sum());
        sum.amountMinor = Math.addExact(sum.amountMinor, sign * sale.amountMinor());
        sum.count += sign;
        changedSums.add(key);
    }
}
