package io.leadpulse.bench.datastream;

import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * What a deal adds to the sums of days: when it was won, for whose it was then, with the newest amount by event time. What was said
 * before is taken back when a fact that comes late, or a new amount, changes it.
 */
final class SaleFunction extends KeyedProcessFunction<String, Event, SaleDelta> {
    private static final long serialVersionUID = 1;

    private final BusinessHours hours;
    private final Map<String, String> teams;

    private transient ValueState<Long> won;
    private transient ValueState<Amount> amount;
    private transient MapState<Long, String> owners;
    private transient ValueState<Sale> sold;

    /** The newest amount, in cents, and when it was said. */
    public record Amount(long timeMillis, long amountMinor) {}

    SaleFunction(Task task) {
        this.hours = task.hours();
        this.teams = task.teams();
    }

    @Override
    public void open(OpenContext context) {
        won = getRuntimeContext().getState(new ValueStateDescriptor<>("won", Types.LONG));
        amount = getRuntimeContext().getState(new ValueStateDescriptor<>("amount", TypeInformation.of(Amount.class)));
        owners = getRuntimeContext().getMapState(new MapStateDescriptor<>("owners", Types.LONG, Types.STRING));
        sold = getRuntimeContext().getState(new ValueStateDescriptor<>("sold", TypeInformation.of(Sale.class)));
    }

    @Override
    public void processElement(Event event, Context context, Collector<SaleDelta> out) throws Exception {
        if (event.owner() != null) {
            owners.put(event.timeMillis(), event.owner());
        }
        if (event.amountMinor() != null) {
            Amount known = amount.value();
            if (known == null || event.timeMillis() >= known.timeMillis()) {
                amount.update(new Amount(event.timeMillis(), event.amountMinor()));
            }
        }
        Long wonMillis = won.value();
        if (event.isWon() && (wonMillis == null || event.timeMillis() > wonMillis)) {
            wonMillis = event.timeMillis();
            won.update(wonMillis);
        }
        if (wonMillis != null) {
            correct(wonMillis, out);
        }
    }

    private void correct(long wonMillis, Collector<SaleDelta> out) throws Exception {
        Amount newest = amount.value();
        Sale now = new Sale(ownerAt(wonMillis), hours.day(wonMillis), newest == null ? 0 : newest.amountMinor());
        Sale before = sold.value();
        if (!Objects.equals(now, before)) {
            if (before != null) {
                say(before, -1, out);
            }
            say(now, 1, out);
            sold.update(now);
        }
    }

    private String ownerAt(long atMillis) throws Exception {
        String owner = null;
        long sinceMillis = Long.MIN_VALUE;
        for (Map.Entry<Long, String> each : owners.entries()) {
            if (each.getKey() <= atMillis && each.getKey() >= sinceMillis) {
                sinceMillis = each.getKey();
                owner = each.getValue();
            }
        }
        return owner;
    }

    private void say(Sale sale, int sign, Collector<SaleDelta> out) {
        say("company", sale, sign, out);
        if (sale.owner() != null) {
            say("team:" + teams.get(sale.owner()), sale, sign, out);
            say("rep:" + sale.owner(), sale, sign, out);
        }
    }

    private static void say(String scope, Sale sale, int sign, Collector<SaleDelta> out) {
        out.collect(new SaleDelta(scope + '|' + sale.day(), sign * sale.amountMinor(), sign));
    }
}
