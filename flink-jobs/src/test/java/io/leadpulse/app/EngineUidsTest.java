package io.leadpulse.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.engine.EngineUids;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.apache.flink.api.dag.Transformation;
import org.junit.jupiter.api.Test;

/** A savepoint finds its state by these names: a change here means that no older savepoint can be read. */
class EngineUidsTest {

    @Test
    void uidsAndStateNamesAreThoseOfTheCommittedList() throws Exception {
        assertThat(constants()).containsExactlyElementsOf(committed());
    }

    @Test
    void everyOperatorOfTheTopologyHasAUidOfTheListAndNoneTwice() throws Exception {
        List<String> values = new ArrayList<>();
        for (String line : committed()) {
            values.add(line.substring(line.indexOf('=') + 1));
        }
        List<String> uids = new ArrayList<>();
        for (Transformation<?> each : TopologyUnderTest.transformations()) {
            if (TopologyUnderTest.isOperator(each)) {
                assertThat(each.getUid()).as("uid of %s", each.getName()).isNotNull();
                uids.add(each.getUid());
            }
        }

        assertThat(uids).doesNotHaveDuplicates();
        assertThat(values).containsAll(uids);
        assertThat(uids)
                .contains(
                        EngineUids.SPLIT,
                        EngineUids.DEALS,
                        EngineUids.VISITORS,
                        EngineUids.LEADS,
                        EngineUids.ROLLUPS,
                        EngineUids.DEAD_LETTERS,
                        EngineUids.CONSERVATION);
    }

    @Test
    void theJobCanBeBuiltWithoutGeneratedUidsAndGenericTypes() {
        assertThat(TopologyUnderTest.environment()
                        .getStreamGraph()
                        .getJobGraph()
                        .getNumberOfVertices())
                .isPositive();
    }

    private static List<String> constants() throws IllegalAccessException {
        List<String> constants = new ArrayList<>();
        for (Field field : EngineUids.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                constants.add(field.getName() + "=" + field.get(null));
            }
        }
        assertThat(new HashSet<>(constants)).hasSameSizeAs(constants);
        constants.sort(null);
        return constants;
    }

    private static List<String> committed() throws IOException {
        try (InputStream list = EngineUidsTest.class.getResourceAsStream("/engine-uids.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
