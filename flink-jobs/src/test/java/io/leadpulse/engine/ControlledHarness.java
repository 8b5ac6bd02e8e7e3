package io.leadpulse.engine;

import io.leadpulse.control.Control;
import io.leadpulse.control.LiveConfiguration;
import io.leadpulse.lead.LeadSweep;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** Flink's harness of a function with configuration beside its input; that has no event time, as in the engine. */
@SuppressWarnings("try") // Closing a harness may throw anything.
public final class ControlledHarness<I, O> extends KeyedTwoInputStreamOperatorTestHarness<String, I, Control, O> {

    public ControlledHarness(KeyedBroadcastProcessFunction<String, I, Control, O> function, KeySelector<I, String> key)
            throws Exception {
        this(
                new CoBroadcastWithKeyedOperator<>(
                        function, List.of(LiveConfiguration.RECORDS, LiveConfiguration.SILENCE, LeadSweep.SWEPT)),
                key);
    }

    /** Of an operator of its own. */
    public ControlledHarness(CoBroadcastWithKeyedOperator<String, I, Control, O> operator, KeySelector<I, String> key)
            throws Exception {
        super(operator, key, null, Types.STRING);
        getExecutionConfig().enableObjectReuse();
    }

    @Override
    public void open() throws Exception {
        super.open();
        processWatermarkStatus2(WatermarkStatus.IDLE);
    }

    /** An input of its key. */
    public void send(I input) throws Exception {
        processElement1(new StreamRecord<>(input));
    }

    /** A message to all. */
    public void control(Control control) throws Exception {
        processElement2(new StreamRecord<>(control));
    }

    /** Event time. */
    public void watermark(long millis) throws Exception {
        processWatermark1(new Watermark(millis));
    }
}
