package io.leadpulse.bench.jet;

import io.leadpulse.bench.jet.Event.DealStep;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps deals: what each adds to the sums of days, and the alerts of those that are longer in a stage than they may. Repeated steps are
 * passed over; one that comes late corrects or withdraws what was said.
 */
final class Deals extends KeyedVertex<DealStep, Deal> {
    static final int RESULTS = 0;
    static final int SALES = 1;

    private final Task task;

    Deals(Task task) {
        this.task = task;
    }

    @Override
    String key(DealStep step) {
        return step.deal();
    }

    @Override
    Deal fresh() {
        return new Deal();
    }

    @Override
    void accept(String key, Deal deal, DealStep step) {
        if (deal.accept(step)) {
            change(key);
        }
    }

    @Override
    void say(String key, Deal deal) {
        Deal.Sale sale = deal.sale(task.hours());
        if (!Objects.equals(sale, deal.sold())) {
            add(deal.sold(), -1);
            add(sale, 1);
            deal.sell(sale);
        }
        Map<Deal.Stay, Deal.Alert> alerts = deal.alerts(task.hours(), nowMillis());
        for (Deal.Stay stay : List.copyOf(deal.told().keySet())) {
            if (!alerts.containsKey(stay)) {
                deal.told().remove(stay);
                emit(RESULTS, Result.stuck(key, stay, null));
            }
        }
        for (Map.Entry<Deal.Stay, Deal.Alert> each : alerts.entrySet()) {
            if (!each.getValue().equals(deal.told().put(each.getKey(), each.getValue()))) {
                emit(RESULTS, Result.stuck(key, each.getKey(), each.getValue()));
            }
        }
    }

    private void add(Deal.Sale saleOrNull, int sign) {
        if (saleOrNull == null) {
            return;
        }
        add("company", saleOrNull, sign);
        if (saleOrNull.owner() != null) {
            add("team:" + task.teams().get(saleOrNull.owner()), saleOrNull, sign);
            add("rep:" + saleOrNull.owner(), saleOrNull, sign);
        }
    }

    private void add(String scope, Deal.Sale sale, int sign) {
        emit(SALES, new DailySales.Delta(scope + '|' + sale.day(), sign * sale.amountMinor(), sign));
    }
}
