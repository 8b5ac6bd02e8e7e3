package io.leadpulse.serving.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.LeadpulseConfig;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigestTimesTest {
    /** Berlin leaves summer time on Sunday 2026-10-25 at 3:00 and came to it on Sunday 2026-03-29 at 2:00. */
    private static final String BERLIN = "company: {zone: Europe/Berlin}\n";

    private static final String EVERY_DAY = BERLIN + "alerts: {daily_digest: {on_days_off: true, at: \"%s\"}}\n";

    @Test
    void itIsDueFromItsTimeInTheCompanysZoneForFourHours() {
        DigestTimes times = times(BERLIN);
        // Tuesday; 8:00 in Berlin is 7:00 in UTC.
        assertThat(due(times, "2026-11-24T06:59:59.999Z")).isEmpty();
        assertThat(due(times, "2026-11-24T07:00:00Z")).contains(of("2026-11-23", "2026-11-24"));
        assertThat(due(times, "2026-11-24T10:59:59.999Z")).contains(of("2026-11-23", "2026-11-24"));
        assertThat(due(times, "2026-11-24T11:00:00Z")).isEmpty();
        // By summer time 8:00 is 6:00 in UTC.
        assertThat(due(times, "2026-07-21T05:59:59Z")).isEmpty();
        assertThat(due(times, "2026-07-21T06:00:00Z")).contains(of("2026-07-20", "2026-07-21"));
    }

    @Test
    void noneOnDaysOffAndTheNextSpeaksOfThemAll() {
        DigestTimes times = times(BERLIN + "holidays: [2026-12-24, 2026-12-25]\n");
        assertThat(due(times, "2026-12-24T08:00:00Z")).as("holiday").isEmpty();
        assertThat(due(times, "2026-12-26T08:00:00Z")).as("Saturday").isEmpty();
        assertThat(due(times, "2026-12-27T08:00:00Z")).as("Sunday").isEmpty();
        assertThat(due(times, "2026-12-28T08:00:00Z")).contains(of("2026-12-23", "2026-12-28"));
        assertThat(due(times, "2026-12-29T08:00:00Z")).contains(of("2026-12-28", "2026-12-29"));
    }

    @Test
    void onDaysOffTooIfTheCompanySaysSoAndThenEachSpeaksOfYesterday() {
        DigestTimes times = times(EVERY_DAY.formatted("08:00"));
        assertThat(due(times, "2026-11-22T07:00:00Z")).as("Sunday").contains(of("2026-11-21", "2026-11-22"));
        assertThat(due(times, "2026-11-23T07:00:00Z")).as("Monday").contains(of("2026-11-22", "2026-11-23"));
    }

    @Test
    void neverWhereItIsSwitchedOff() {
        DigestTimes times = times(BERLIN + "alerts: {daily_digest: {enabled: false}}\n");
        assertThat(due(times, "2026-11-24T07:00:00Z")).isEmpty();
    }

    @Test
    void aTimeThatTheClocksSkipIsAnHourLaterAndOneThatTheyShowTwiceIsTheFirst() {
        DigestTimes times = times(EVERY_DAY.formatted("02:30"));
        // 2:30 is not there on 29 March: 3:30 by summer time is 1:30 in UTC.
        assertThat(due(times, "2026-03-29T01:29:59Z")).isEmpty();
        assertThat(due(times, "2026-03-29T01:30:00Z")).contains(of("2026-03-28", "2026-03-29"));
        // 2:30 is there twice on 25 October: first by summer time, 0:30 in UTC; four hours later it is over.
        assertThat(due(times, "2026-10-25T00:29:59Z")).isEmpty();
        assertThat(due(times, "2026-10-25T00:30:00Z")).contains(of("2026-10-24", "2026-10-25"));
        assertThat(due(times, "2026-10-25T01:30:00Z")).contains(of("2026-10-24", "2026-10-25"));
        assertThat(due(times, "2026-10-25T04:30:00Z")).isEmpty();
    }

    @Test
    void theWeekIsThatOfTheCompany() {
        DigestTimes times = times("""
                company: {zone: Asia/Tehran}
                working_hours:
                  saturday: [{from: "09:00", to: "18:00"}]
                  sunday: [{from: "09:00", to: "18:00"}]
                  wednesday: [{from: "09:00", to: "18:00"}]
                """);
        assertThat(due(times, "2026-11-20T05:00:00Z")).as("Friday").isEmpty();
        // 8:00 in Tehran is 4:30 in UTC.
        assertThat(due(times, "2026-11-21T04:29:59Z")).isEmpty();
        assertThat(due(times, "2026-11-21T04:30:00Z")).as("Saturday").contains(of("2026-11-18", "2026-11-21"));
    }

    @Test
    void everyDayOfAYearIsInExactlyOneDigest() {
        DigestTimes times = times(BERLIN + "holidays: [2026-01-01, 2026-04-03, 2026-04-06, 2026-12-25]\n");
        Set<DigestTimes.Occasion> occasions = new LinkedHashSet<>();
        for (Instant hour = Instant.parse("2026-01-02T00:30:00Z");
                hour.isBefore(Instant.parse("2027-01-02T00:00:00Z"));
                hour = hour.plusSeconds(3_600)) {
            times.due(hour.toEpochMilli()).ifPresent(occasions::add);
        }
        List<LocalDate> told = occasions.stream()
                .flatMap(occasion -> occasion.from().datesUntil(occasion.today()))
                .toList();
        List<LocalDate> inOrder = LocalDate.parse("2025-12-31")
                .datesUntil(LocalDate.parse("2027-01-01"))
                .toList();
        assertThat(told).containsExactlyElementsOf(inOrder);
    }

    private static DigestTimes times(String yaml) {
        LeadpulseConfig config = ConfigReader.parse(yaml);
        return new DigestTimes(config.dailyDigest(), config.companyCalendar());
    }

    private static Optional<DigestTimes.Occasion> due(DigestTimes times, String at) {
        return times.due(Instant.parse(at).toEpochMilli());
    }

    private static DigestTimes.Occasion of(String from, String today) {
        return new DigestTimes.Occasion(LocalDate.parse(from), LocalDate.parse(today));
    }
}
