package io.leadpulse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.config.InvalidConfigException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineContextTest {
    private static final String REP = "{\"id\":\"ann\",\"team\":\"%s\",\"effective_from\":\"2025-01-01T00:00:00Z\"}";
    private static final long LATER = 1_800_000_000_000L;

    @Test
    void equalSettingsAreReadOnce() {
        EngineContext first = EngineContext.of(settings("north"));

        assertThat(EngineContext.of(settings("north"))).isSameAs(first);
    }

    @Test
    void otherSettingsAreReadAnew() {
        List<ConfigurationRecord> records = new ArrayList<>(settings("north").configurationRecords());
        EngineSettings before = EngineSettings.live("", records);
        EngineContext first = EngineContext.of(before);
        records.set(0, settings("south").configurationRecords().get(0));

        assertThat(EngineContext.of(EngineSettings.live("", records))
                        .organisation()
                        .teamOf("ann", LATER))
                .isEqualTo("south");
        assertThat(EngineContext.of(before)).isSameAs(first);
        assertThat(first.organisation().teamOf("ann", LATER)).isEqualTo("north");
        assertThat(EngineContext.of(new EngineSettings("", before.configurationRecords(), LATER, true)))
                .isNotSameAs(first);
    }

    @Test
    void whatCannotBeUsedIsRefusedEachTime() {
        EngineSettings broken = EngineSettings.live("no_such_key: 1", List.of());

        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> EngineContext.of(broken)).isInstanceOf(InvalidConfigException.class);
        }
    }

    private static EngineSettings settings(String team) {
        return EngineSettings.live("", List.of(new ConfigurationRecord(Topics.REPS, "ann", 0, REP.formatted(team))));
    }
}
