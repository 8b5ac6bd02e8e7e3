package io.leadpulse.app;

import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.RawRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.streaming.api.transformations.SideOutputTransformation;
import org.apache.flink.streaming.api.transformations.UnionTransformation;

/** The engine's topology between a source and a sink that do nothing; it is only looked at. */
final class TopologyUnderTest {
    private TopologyUnderTest() {}

    /** An environment that holds the topology. */
    static StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, configuration());
        results(environment).sinkTo(new DiscardingSink<>()).uid(EngineUids.RESULTS);
        return environment;
    }

    /** Every transformation from the source to the results, edges (side outputs, unions, key-bys) among them. */
    static Set<Transformation<?>> transformations() {
        Set<Transformation<?>> seen = new LinkedHashSet<>();
        Deque<Transformation<?>> open = new ArrayDeque<>();
        open.add(results(StreamExecutionEnvironment.createLocalEnvironment(1, configuration()))
                .getTransformation());
        while (!open.isEmpty()) {
            Transformation<?> each = open.remove();
            if (seen.add(each)) {
                open.addAll(each.getInputs());
            }
        }
        return seen;
    }

    /** Whether it runs something, rather than only say where records go. */
    static boolean isOperator(Transformation<?> transformation) {
        return !(transformation instanceof SideOutputTransformation
                || transformation instanceof PartitionTransformation
                || transformation instanceof UnionTransformation);
    }

    private static DataStream<ResultRecord> results(StreamExecutionEnvironment environment) {
        EngineSettings settings = new EngineSettings("", List.of(), Long.MAX_VALUE, false);
        DataStream<Decoded> decoded = environment
                .fromData(List.of(Decoded.CONFIGURATION), TypeInformation.of(Decoded.class))
                .uid(EngineUids.SOURCE);
        DataStream<RawRecord> controls = environment
                .fromData(
                        List.of(new RawRecord(Topics.REPS, 0, 0, 0, null, null, List.of())),
                        TypeInformation.of(RawRecord.class))
                .uid(EngineUids.CONTROL_SOURCE)
                .setParallelism(1);
        return EngineTopology.live(decoded, controls, settings);
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        return configuration;
    }
}
