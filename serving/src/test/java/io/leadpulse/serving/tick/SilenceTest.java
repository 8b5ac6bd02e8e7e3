package io.leadpulse.serving.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.config.ConfigReader;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SilenceTest {
    /** Monday to Friday, 9 to 18, UTC. */
    private final Silence silence =
            new Silence(ConfigReader.parse("").companyCalendar(), Map.of("calls", 30 * 60_000L));

    @Test
    void aSourceIsSilentOnceItsLastRecordIsOlderThanTheLimitOfWorkingTime() {
        assertThat(isSilent("2025-03-05T10:00:00Z", "2025-03-05T10:30:00Z")).isFalse();
        assertThat(isSilent("2025-03-05T10:00:00Z", "2025-03-05T10:30:00.001Z")).isTrue();
    }

    @Test
    void nightsAndWeekendsDoNotCount() {
        // Friday, ten minutes before the end; twenty minutes of Monday are the other part.
        assertThat(isSilent("2025-03-07T17:50:00Z", "2025-03-10T09:20:00Z")).isFalse();
        assertThat(isSilent("2025-03-07T17:50:00Z", "2025-03-10T09:20:00.001Z")).isTrue();
    }

    @Test
    void whatNeverSpokeAndWhatHasNoLimitIsNotSilent() {
        long now = Instant.parse("2025-03-05T10:00:00Z").toEpochMilli();
        assertThat(silence.isSilent("calls", null, now)).isFalse();
        assertThat(silence.isSilent("events", 0L, now)).isFalse();
    }

    private boolean isSilent(String last, String now) {
        return silence.isSilent(
                "calls", Instant.parse(last).toEpochMilli(), Instant.parse(now).toEpochMilli());
    }
}
