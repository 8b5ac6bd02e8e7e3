package io.leadpulse.engine;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Numbers results, so that the newest record of a key can be told in files, which have no offsets. Runs with
 * parallelism 1; goes on where the checkpoint stood.
 */
public final class SequenceFunction implements MapFunction<ResultRecord, NumberedResult>, CheckpointedFunction {
    private static final long serialVersionUID = 1;

    private transient ListState<Long> kept;
    private long number;

    @Override
    public NumberedResult map(ResultRecord result) {
        return new NumberedResult(number++, result);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        kept = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(EngineUids.SEQUENCE_NUMBER, Types.LONG));
        for (Long each : kept.get()) {
            number = each;
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        kept.clear();
        kept.add(number);
    }
}
