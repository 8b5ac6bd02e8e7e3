package io.leadpulse.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.schemas.event.Decoded;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class EngineTopologyTest {

    @Test
    void recordsOfOneSourceReachTheirKeysInItsOrder() {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(4);
        DataStream<Decoded> decoded = environment
                .fromData(List.of(Decoded.CONFIGURATION), TypeInformation.of(Decoded.class))
                .setParallelism(1)
                .uid(EngineUids.SOURCE);
        EngineTopology.build(decoded, new EngineSettings("", List.of(), Long.MAX_VALUE, false))
                .sinkTo(new DiscardingSink<>())
                .uid(EngineUids.RESULTS);

        StreamGraph graph = environment.getStreamGraph();

        assertThat(parallelism(graph, EngineUids.SPLIT)).isEqualTo(1);
        assertThat(parallelism(graph, EngineUids.LEADS)).isEqualTo(4);
        assertThat(parallelism(graph, EngineUids.CONSERVATION)).isEqualTo(1);
    }

    private static int parallelism(StreamGraph graph, String uid) {
        return graph.getStreamNodes().stream()
                .filter(node -> uid.equals(node.getTransformationUID()))
                .mapToInt(StreamNode::getParallelism)
                .findFirst()
                .orElseThrow();
    }
}
