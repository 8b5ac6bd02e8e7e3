package io.leadpulse.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.Topics;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EngineTopicsTest {
    private static final Map<String, EngineTopics.Topic> TOPICS =
            EngineTopics.all(4).stream().collect(Collectors.toMap(EngineTopics.Topic::name, Function.identity()));

    @Test
    void valuesAreCompactedWithinTheHour() {
        assertThat(TOPICS.values())
                .filteredOn(topic -> "compact".equals(topic.settings().get("cleanup.policy")))
                .hasSize(10)
                .allSatisfy(topic -> assertThat(topic.settings())
                        .containsEntry("segment.ms", "3600000")
                        .containsEntry("segment.bytes", "67108864")
                        .containsEntry("min.cleanable.dirty.ratio", "0.1"));
    }

    @Test
    void ticksAreDeletedWithinTwoHours() {
        assertThat(TOPICS.get(Topics.TICKS).settings())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "3600000")
                .containsEntry("segment.ms", "3600000")
                .containsEntry("segment.bytes", "67108864");
    }

    @Test
    void whatIsKeptForEverIsNotCutUp() {
        for (String events : EngineTopics.EVENTS) {
            assertThat(TOPICS.get(events).settings())
                    .containsEntry("retention.ms", "-1")
                    .containsEntry("retention.bytes", "-1")
                    .doesNotContainKeys("segment.ms", "segment.bytes");
        }
    }
}
