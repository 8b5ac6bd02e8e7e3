package io.leadpulse.engine;

import io.leadpulse.edge.EdgeSerializer;
import io.leadpulse.edge.EdgeType;
import io.leadpulse.edge.Wire;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Results, some of several KB. */
public final class ResultRecordSerializer extends EdgeSerializer<ResultRecord> {
    private static final long serialVersionUID = 1;

    public static final ResultRecordSerializer INSTANCE = new ResultRecordSerializer();

    /** The type of results on edges. */
    public static final TypeInformation<ResultRecord> TYPE = new EdgeType<>(ResultRecord.class, config -> INSTANCE);

    private ResultRecordSerializer() {
        super(ResultRecord.class);
    }

    @Override
    public void serialize(ResultRecord result, DataOutputView to) throws IOException {
        Wire.text(result.topic(), to);
        Wire.text(result.key(), to);
        Wire.bytes(result.bytes(), to);
    }

    @Override
    public ResultRecord deserialize(DataInputView from) throws IOException {
        return new ResultRecord(Wire.text(from), Wire.text(from), Wire.bytes(from));
    }
}
