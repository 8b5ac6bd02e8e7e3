package io.leadpulse.bench.datastream;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The sums of a scope's day. They have no end: a deal may get another amount long after its day. */
final class DailySalesFunction extends KeyedProcessFunction<String, SaleDelta, Result> {
    private static final long serialVersionUID = 1;

    private transient ValueState<Sum> sum;

    /** Amount in cents and number of deals. */
    public record Sum(long amountMinor, long count) {}

    @Override
    public void open(OpenContext context) {
        sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", TypeInformation.of(Sum.class)));
    }

    @Override
    public void processElement(SaleDelta delta, Context context, Collector<Result> out) throws Exception {
        Sum before = sum.value();
        Sum after = before == null
                ? new Sum(delta.amountMinor(), delta.count())
                : new Sum(Math.addExact(before.amountMinor(), delta.amountMinor()), before.count() + delta.count());
        sum.update(after);
        out.collect(Result.sales(context.getCurrentKey(), after.amountMinor(), after.count()));
    }
}
