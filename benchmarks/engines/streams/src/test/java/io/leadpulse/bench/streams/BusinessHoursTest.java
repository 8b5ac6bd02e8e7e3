package io.leadpulse.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BusinessHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final BusinessHours HOURS =
            new BusinessHours(new TaskConfig(BERLIN, Set.of(LocalDate.of(2026, 4, 3)), Map.of()));

    @Test
    void aDayEndsWhereItBeganOnTheNextWorkingDay() {
        assertThat(HOURS.after(at("2026-02-04T10:30"), 1_000)).isEqualTo(at("2026-02-05T10:30"));
    }

    @Test
    void aDayFromTheOpeningEndsWithTheWorkingHours() {
        assertThat(HOURS.after(at("2026-02-04T09:00"), 2_000)).isEqualTo(at("2026-02-05T18:00"));
    }

    @Test
    void nightsWeekendsAndHolidaysDoNotCount() {
        assertThat(HOURS.after(at("2026-04-02T17:00"), 1_000)).isEqualTo(at("2026-04-06T17:00"));
        assertThat(HOURS.after(at("2026-04-03T12:00"), 1_500)).isEqualTo(at("2026-04-07T13:30"));
    }

    @Test
    void clocksThatGoForwardTakeNoBusinessTime() {
        assertThat(HOURS.after(at("2026-03-27T12:00"), 1_000)).isEqualTo(at("2026-03-30T12:00"));
    }

    private static long at(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant().toEpochMilli();
    }
}
