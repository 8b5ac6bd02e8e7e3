package io.leadpulse.bench.micro;

import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.RawRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Bytes of a record to an event, or to a dead letter, by the product's decoder. */
@State(Scope.Thread)
public class DecodeBenchmark {
    /** What is decoded. */
    @Param({"mix", "page", "track", "identify", "activity", "deal", "company", "broken"})
    public String input;

    private RawRecord[] records;
    private EventDecoder decoder;
    private int at;

    @Setup
    public void prepare() {
        records = Inputs.of(input);
        decoder = Task.decoder();
        Inputs.check(input, records, decoder);
    }

    @Benchmark
    public Decoded leadpulse() {
        return decoder.decode(records[at++ & (Inputs.COUNT - 1)]);
    }
}
