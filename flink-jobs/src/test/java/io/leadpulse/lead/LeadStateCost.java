package io.leadpulse.lead;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealBook;
import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.engine.ControlledHarness;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.EventFacts;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.SalesEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * Prints how many bytes leads take as state, and what it costs to write and read them, by Flink field by field and by hand:
 * {@code LeadStateCost CONFIG FILE.ndjson...}. The events go through the operator of the leads, so deals and alerts are there too. No test:
 * the times depend on the machine, their ratio less so.
 */
@SuppressWarnings("try") // Closing a harness may throw anything.
public final class LeadStateCost {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TYPICAL = 30;
    private static final int NEAR = 5;
    private static final int ROUNDS = 12;
    private static final long ROUND_NANOS = 400_000_000;
    /** A lead is written when it was just read and computed, so what it is made of is at hand. */
    private static final int IN_A_ROW = 20;

    private LeadStateCost() {}

    public static void main(String[] arguments) throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            files.add(Path.of(arguments[i]));
        }
        List<LeadState> leads = leads(Files.readString(Path.of(arguments[0])), files);
        List<LeadState> typical = new ArrayList<>();
        int facts = 0;
        int deals = 0;
        int told = 0;
        for (LeadState lead : leads) {
            if (Math.abs(lead.facts().size() - TYPICAL) <= NEAR) {
                typical.add(lead);
                facts += lead.facts().size();
                deals += lead.deals().size();
                told += lead.told().size();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d leads; %d of them with %d to %d facts: %.1f facts, %.2f deals, %.2f alerts each%n",
                leads.size(),
                typical.size(),
                TYPICAL - NEAR,
                TYPICAL + NEAR,
                (double) facts / typical.size(),
                (double) deals / typical.size(),
                (double) told / typical.size());
        TypeSerializer<LeadState> byFlink =
                TypeInformation.of(LeadState.class).createSerializer(new SerializerConfigImpl());
        cost("by Flink", byFlink, typical);
        cost("by hand", new LeadStateSerializer(), typical);
        parts(typical);
    }

    /** Best of all rounds, the first of which only warm up. */
    private static void cost(String how, TypeSerializer<LeadState> serializer, List<LeadState> leads)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1 << 16);
        List<byte[]> written = new ArrayList<>();
        long bytes = 0;
        for (LeadState lead : leads) {
            out.clear();
            serializer.serialize(lead, out);
            written.add(out.getCopyOfBuffer());
            bytes += out.length();
        }
        double write = Double.MAX_VALUE;
        double read = Double.MAX_VALUE;
        long seen = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begunNanos = System.nanoTime();
            long times = 0;
            while (System.nanoTime() - begunNanos < ROUND_NANOS) {
                for (LeadState lead : leads) {
                    for (int i = 0; i < IN_A_ROW; i++) {
                        out.clear();
                        serializer.serialize(lead, out);
                        seen += out.length();
                    }
                }
                times += (long) IN_A_ROW * leads.size();
            }
            write = Math.min(write, (double) (System.nanoTime() - begunNanos) / times);
            begunNanos = System.nanoTime();
            times = 0;
            DataInputDeserializer in = new DataInputDeserializer();
            while (System.nanoTime() - begunNanos < ROUND_NANOS) {
                for (byte[] each : written) {
                    for (int i = 0; i < IN_A_ROW; i++) {
                        in.setBuffer(each);
                        seen += serializer.deserialize(in).facts().size();
                    }
                }
                times += (long) IN_A_ROW * leads.size();
            }
            read = Math.min(read, (double) (System.nanoTime() - begunNanos) / times);
        }
        System.out.printf(
                Locale.ROOT,
                "%-8s %,7.0f bytes a lead, write %,7.0f ns, read %,7.0f ns (%d)%n",
                how,
                (double) bytes / leads.size(),
                write,
                read,
                seen % 10);
    }

    /** What the bytes by hand are spent on. */
    private static void parts(List<LeadState> leads) throws IOException {
        long all = 0;
        long facts = 0;
        long told = 0;
        long hashes = 0;
        for (LeadState lead : leads) {
            all += length(lead);
            facts += length(new LeadState(lead.facts(), List.of(), List.of(), 0, 0, lead.configuration()));
            told += length(lead)
                    - length(lead.read(
                            List.of(), lead.wakeMillis(), lead.clockMillis(), lead.configuration(), lead.measures()));
            hashes += 8L * lead.facts().size();
        }
        System.out.printf(
                Locale.ROOT,
                "by hand: %,d bytes, of which facts alone %,d (hashes of their contents %,d), alerts %,d%n",
                all / leads.size(),
                facts / leads.size(),
                hashes / leads.size(),
                told / leads.size());
    }

    private static int length(LeadState lead) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1 << 12);
        new LeadStateSerializer().serialize(lead, out);
        return out.length();
    }

    private static List<LeadState> leads(String config, List<Path> files) throws Exception {
        EngineSettings settings = EngineSettings.live(config, List.of());
        EngineContext engine = EngineContext.of(settings);
        List<LeadInput> inputs = new ArrayList<>();
        long lastMillis = inputs(engine.decoder(), engine, files, inputs);
        OutputTag<DeadLetter> deadLetters = new OutputTag<>("dead-letters") {};
        OutputTag<OutcomeCount> outcomes = new OutputTag<>("outcomes") {};
        LeadFunction function = new LeadFunction(settings, deadLetters, outcomes);
        Map<String, LeadState> leads = new TreeMap<>();
        try (ControlledHarness<LeadInput, RollupDelta> harness = new ControlledHarness<>(function, LeadInput::lead)) {
            harness.open();
            for (LeadInput input : inputs) {
                harness.send(input);
                harness.getOutput().clear();
            }
            harness.watermark(lastMillis);
            KeyedStateBackend<String> backend =
                    ((AbstractStreamOperator<?>) harness.getOperator()).<String>getKeyedStateBackend();
            for (LeadInput input : inputs) {
                backend.setCurrentKey(input.lead());
                LeadState state = backend.getPartitionedState(
                                VoidNamespace.INSTANCE,
                                VoidNamespaceSerializer.INSTANCE,
                                new ValueStateDescriptor<>(EngineUids.LEAD_STATE, new LeadStateSerializer()))
                        .value();
                if (state != null) {
                    leads.put(input.lead(), state);
                }
            }
        }
        return List.copyOf(leads.values());
    }

    /** In the order of time; acts of a visitor are those of the lead that he says he is, wherever. Returns the time of the last. */
    private static long inputs(EventDecoder decoder, EngineContext engine, List<Path> files, List<LeadInput> inputs)
            throws IOException {
        List<SalesEvent> events = new ArrayList<>();
        Map<String, String> visitors = new HashMap<>();
        Map<String, List<DealEvent>> deals = new TreeMap<>();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                JsonNode json = JSON.readTree(line);
                byte[] value = JSON.writeValueAsBytes(json.get("value"));
                SalesEvent event = decoder.decode(new RawRecord(
                                json.get("topic").asText(),
                                0,
                                0,
                                System.currentTimeMillis(),
                                json.path("key").asText().getBytes(StandardCharsets.UTF_8),
                                value,
                                List.of()))
                        .event();
                if (event != null && event.kind().stream() == EventKind.Stream.DEAL) {
                    deals.computeIfAbsent(event.deal(), deal -> new ArrayList<>())
                            .add(EventFacts.deal(event));
                } else if (event != null && event.kind().stream() != EventKind.Stream.COMPANY) {
                    events.add(event);
                    if (event.anonymousId() != null && event.lead() != null) {
                        visitors.put(event.anonymousId(), event.lead());
                    }
                }
            }
        }
        events.sort((one, other) -> Long.compare(one.timeMillis(), other.timeMillis()));
        for (SalesEvent event : events) {
            String lead = event.lead() != null || event.anonymousId() == null
                    ? event.lead()
                    : visitors.get(event.anonymousId());
            if (lead != null) {
                inputs.add(LeadInput.plus(lead, EventFacts.fact(event), event.record()));
            }
        }
        deals.forEach((id, each) -> {
            Deal deal = DealBook.resolve(id, each, engine.dealStages());
            inputs.add(LeadInput.plus(deal.lead(), deal));
        });
        return events.get(events.size() - 1).timeMillis();
    }
}
