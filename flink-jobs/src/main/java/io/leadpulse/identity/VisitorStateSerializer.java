package io.leadpulse.identity;

import io.leadpulse.domain.identity.Visitor;
import io.leadpulse.domain.identity.VisitorRecord;
import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.state.FactForm;
import io.leadpulse.state.Lists;
import io.leadpulse.state.StateInput;
import io.leadpulse.state.StateOutput;
import io.leadpulse.state.StateSerializer;
import io.leadpulse.state.StateSerializerSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Visitors as state. */
public final class VisitorStateSerializer extends StateSerializer<VisitorState> {
    private static final long serialVersionUID = 1;

    public VisitorStateSerializer() {
        super(VisitorState.class, 1);
    }

    @Override
    public VisitorStateSerializer duplicate() {
        return new VisitorStateSerializer();
    }

    @Override
    public TypeSerializerSnapshot<VisitorState> snapshotConfiguration() {
        return new Snapshot();
    }

    @Override
    protected void write(VisitorState state, StateOutput to) {
        List<VisitorRecord> records = state.visitor().records();
        write(records, to);
        write(state.visitor().remembered(), to);
        to.signed(state.measures());
        to.time(state.wakeMillis(), records.isEmpty() ? 0 : records.get(0).timeMillis());
        writeArrivals(state.arrivals(), to);
    }

    private static void write(List<VisitorRecord> records, StateOutput to) {
        Lists.write(records, 0, to, (each, since, out) -> {
            FactForm.write(each.fact(), since, out);
            out.text(each.lead());
            out.text(each.owner());
            return each.timeMillis();
        });
    }

    private static void writeArrivals(Map<Long, RawRecord> arrivals, StateOutput to) {
        to.count(arrivals.size(), false);
        RawRecord last = null;
        for (Map.Entry<Long, RawRecord> each : arrivals.entrySet()) {
            to.whole(each.getKey());
            last = write(each.getValue(), last, to);
        }
    }

    /** Written by the one before it, which is null for the first. */
    private static RawRecord write(RawRecord record, RawRecord last, StateOutput to) {
        to.text(record.topic());
        to.signed(record.partition());
        to.signed(record.offset() - (last == null ? 0 : last.offset()));
        to.time(record.timestampMillis(), last == null ? 0 : last.timestampMillis());
        boolean isSameKey = last != null && Arrays.equals(last.key(), record.key());
        to.number(isSameKey ? 1 : 0);
        if (!isSameKey) {
            to.bytes(record.key());
        }
        to.bytes(record.value());
        to.count(record.headers().size(), false);
        for (RawHeader header : record.headers()) {
            to.text(header.name());
            to.bytes(header.value());
        }
        to.text(record.line());
        return record;
    }

    @Override
    protected VisitorState read(int form, StateInput from) throws IOException {
        List<VisitorRecord> records = readRecords(from);
        Visitor visitor = new Visitor(records, readRecords(from));
        int measures = from.small();
        long wakeMillis = from.time(records.isEmpty() ? 0 : records.get(0).timeMillis());
        return new VisitorState(visitor, readArrivals(from), wakeMillis, measures);
    }

    private static List<VisitorRecord> readRecords(StateInput from) throws IOException {
        List<VisitorRecord> records =
                Lists.read(0, from, VisitorStateSerializer::readRecord, VisitorRecord::timeMillis);
        return records == null ? List.of() : records;
    }

    private static VisitorRecord readRecord(long since, StateInput from) throws IOException {
        return new VisitorRecord(FactForm.read(since, from), from.text(), from.text());
    }

    private static Map<Long, RawRecord> readArrivals(StateInput from) throws IOException {
        int count = from.count();
        Map<Long, RawRecord> arrivals = new HashMap<>();
        RawRecord last = null;
        for (int i = 0; i < count; i++) {
            long id = from.whole();
            last = readArrival(last, from);
            arrivals.put(id, last);
        }
        return arrivals;
    }

    private static RawRecord readArrival(RawRecord last, StateInput from) throws IOException {
        return new RawRecord(
                from.text(),
                from.small(),
                from.signed() + (last == null ? 0 : last.offset()),
                from.time(last == null ? 0 : last.timestampMillis()),
                from.number() == 1 && last != null ? last.key() : from.bytes(),
                from.bytes(),
                readHeaders(from),
                from.text());
    }

    private static List<RawHeader> readHeaders(StateInput from) throws IOException {
        int count = from.count();
        if (count <= 0) {
            return List.of();
        }
        List<RawHeader> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            headers.add(new RawHeader(from.text(), from.bytes()));
        }
        return headers;
    }

    /** What a checkpoint says of it. */
    public static final class Snapshot extends StateSerializerSnapshot<VisitorState> {
        @Override
        protected StateSerializer<VisitorState> serializer() {
            return new VisitorStateSerializer();
        }
    }
}
