package io.leadpulse.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/** What of a history is told by working time or by the score, which SQL cannot tell. */
final class PipelineTables {
    private static final List<String> BANDS = List.of("cold", "warm", "hot");
    private static final Fraction DAYS_TO_ACT = Fraction.of(10, 1);
    private static final long DAY_MILLIS = 86_400_000L;
    private static final double BUCKET = 1.01;
    /** No clock of a test runs longer. */
    private static final long LONG_MILLIS = 400 * DAY_MILLIS;

    private final HistoryOracle history;

    PipelineTables(HistoryOracle history) {
        this.history = history;
    }

    List<Object[]> leadStays() {
        List<Object[]> rows = new ArrayList<>();
        for (String lead : history.leads()) {
            for (OracleDeal.Stay stay : history.staysOf(lead)) {
                rows.add(new Object[] {lead, rows.size(), stay.stage(), stay.enteredMillis(), stay.leftMillis()});
            }
        }
        return rows;
    }

    List<Object[]> stageTimes() {
        List<Object[]> rows = new ArrayList<>();
        for (String lead : history.leads()) {
            add(lead, null, history.staysOf(lead), history.ownersOf(lead), rows);
        }
        for (OracleDeal deal : history.allDeals()) {
            add(deal.lead(), deal.id(), deal.stays(), deal.owners(), rows);
        }
        return rows;
    }

    private void add(
            String lead, String deal, List<OracleDeal.Stay> stays, List<OracleDeal.Owner> owners, List<Object[]> rows) {
        Map<String, Fraction> days = new TreeMap<>();
        Map<String, Long> left = new TreeMap<>();
        for (OracleDeal.Stay stay : stays) {
            if (stay.leftMillis() != null) {
                Fraction stayed =
                        WorkCalendar.days(history.input().clock(stay.enteredMillis(), stay.leftMillis(), owners));
                days.merge(stay.stage(), stayed, Fraction::plus);
                left.put(stay.stage(), stay.leftMillis());
            }
        }
        days.forEach((stage, stayed) -> {
            double millis =
                    Math.rint(stayed.over().doubleValue() / stayed.under().doubleValue() * DAY_MILLIS);
            int bucket = millis < 1 ? -1 : (int) Math.floor(Math.log(millis) / Math.log(BUCKET));
            rows.add(new Object[] {lead, deal, stage, left.get(stage), bucket});
        });
    }

    List<Object[]> stuck() {
        Map<String, OracleDeal> deals = new TreeMap<>();
        history.allDeals().forEach(deal -> deals.put(deal.id(), deal));
        List<Object[]> rows = new ArrayList<>();
        for (OracleResults.Alert alert : history.stuckAlerts().values()) {
            if (alert.resolvedMillis() == null) {
                continue;
            }
            OracleResults.AlertKey key = alert.key();
            List<OracleDeal.Owner> owners = key.deal() == null
                    ? history.ownersOf(key.lead())
                    : deals.get(key.deal()).owners();
            OptionalLong until = WorkCalendar.reach(
                    history.input().clock(alert.raisedMillis(), alert.raisedMillis() + LONG_MILLIS, owners),
                    DAYS_TO_ACT);
            rows.add(new Object[] {
                key.lead(),
                key.deal(),
                key.stage(),
                key.enteredMillis(),
                alert.raisedMillis(),
                alert.resolvedMillis(),
                until.orElse(Long.MAX_VALUE)
            });
        }
        return rows;
    }

    List<Object[]> bands() {
        Map<String, TreeSet<Long>> times = new TreeMap<>();
        TreeSet<String> nurtured = new TreeSet<>();
        for (OracleEvent event : history.input().events()) {
            if (!event.isDeal()) {
                history.leadOf(event).ifPresent(lead -> {
                    times.computeIfAbsent(lead, key -> new TreeSet<>()).add(event.timeMillis());
                    if ("nurture".equals(event.text("status"))) {
                        nurtured.add(lead);
                    }
                });
            }
        }
        // Of one that was deleted nothing stands.
        nurtured.retainAll(history.leads());
        List<Object[]> rows = new ArrayList<>();
        for (String lead : nurtured) {
            for (long millis : times.get(lead)) {
                String band =
                        history.scoreAt(lead, Instant.ofEpochMilli(millis)).band();
                rows.add(new Object[] {lead, millis, BANDS.indexOf(band)});
            }
        }
        return rows;
    }
}
