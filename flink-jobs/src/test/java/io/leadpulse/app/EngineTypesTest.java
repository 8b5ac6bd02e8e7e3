package io.leadpulse.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.conservation.SourceSeen;
import io.leadpulse.domain.campaign.CampaignVisit;
import io.leadpulse.domain.campaign.Spend;
import io.leadpulse.identity.DealState;
import io.leadpulse.identity.MergeState;
import io.leadpulse.identity.VisitorState;
import io.leadpulse.lead.LeadState;
import io.leadpulse.lead.MergedLeadState;
import io.leadpulse.rollup.BlockKey;
import io.leadpulse.rollup.JudgeTimes;
import io.leadpulse.rollup.PaneBlock;
import io.leadpulse.rollup.PaneKey;
import io.leadpulse.rollup.SpentSlot;
import io.leadpulse.rollup.ToldScopeAlert;
import io.leadpulse.schemas.config.ConfigurationRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.CompositeType;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.typeutils.EnumTypeInfo;
import org.apache.flink.api.java.typeutils.ListTypeInfo;
import org.apache.flink.api.java.typeutils.MapTypeInfo;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.api.java.typeutils.SetTypeInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No record on an edge or in state may be serialized by Kryo, at whatever depth: it is slow and breaks savepoints. */
class EngineTypesTest {

    @ParameterizedTest
    @MethodSource("stateTypes")
    void everyStateTypeIsMadeOfTypesThatFlinkKnows(Class<?> type) {
        assertThat(unknownIn(TypeInformation.of(type), type.getSimpleName())).isEmpty();
    }

    @Test
    void everyEdgeTypeIsMadeOfTypesThatFlinkKnows() {
        for (Transformation<?> each : TopologyUnderTest.transformations()) {
            assertThat(unknownIn(each.getOutputType(), each.getName())).isEmpty();
        }
    }

    @Test
    void aTypeThatFlinkDoesNotKnowIsFoundAtAnyDepth() {
        assertThat(unknownIn(TypeInformation.of(Outer.class), "Outer"))
                .containsExactly("Outer.inners.id: GenericType<java.util.UUID>");
    }

    static Stream<Class<?>> stateTypes() {
        return Stream.of(
                DealState.class,
                VisitorState.class,
                CampaignVisit.class,
                Spend.class,
                SpentSlot.class,
                MergeState.class,
                MergedLeadState.class,
                LeadState.class,
                BlockKey.class,
                PaneBlock.class,
                PaneKey.class,
                ToldScopeAlert.class,
                JudgeTimes.class,
                OutcomeCount.class,
                ConfigurationRecord.class,
                SourceSeen.class);
    }

    /** A record with something in it that is not flat. */
    public record Outer(List<Inner> inners) {}

    /** The something. */
    public record Inner(UUID id) {}

    /** The paths to types that are none of those that architecture allows. */
    private static List<String> unknownIn(TypeInformation<?> type, String path) {
        List<String> unknown = new ArrayList<>();
        if (type instanceof CompositeType<?> record) {
            for (String field : record.getFieldNames()) {
                unknown.addAll(unknownIn(record.getTypeAt(field), path + "." + field));
            }
        } else if (type instanceof ListTypeInfo<?> list) {
            unknown.addAll(unknownIn(list.getElementTypeInfo(), path));
        } else if (type instanceof SetTypeInfo<?> set) {
            unknown.addAll(unknownIn(set.getElementTypeInfo(), path));
        } else if (type instanceof MapTypeInfo<?, ?> map) {
            unknown.addAll(unknownIn(map.getKeyTypeInfo(), path));
            unknown.addAll(unknownIn(map.getValueTypeInfo(), path));
        } else if (type instanceof ObjectArrayTypeInfo<?, ?> array) {
            unknown.addAll(unknownIn(array.getComponentInfo(), path));
        } else if (!isFlat(type)) {
            unknown.add(path + ": " + type);
        }
        return unknown;
    }

    private static boolean isFlat(TypeInformation<?> type) {
        return type instanceof BasicTypeInfo
                || type instanceof EnumTypeInfo
                || type instanceof PrimitiveArrayTypeInfo
                || type instanceof BasicArrayTypeInfo
                || type.equals(Types.INSTANT);
    }
}
