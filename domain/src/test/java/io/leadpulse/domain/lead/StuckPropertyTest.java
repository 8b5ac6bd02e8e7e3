package io.leadpulse.domain.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.alert.LeadClockLimits;
import io.leadpulse.domain.alert.LearntTimeline;
import io.leadpulse.domain.alert.NextSteps;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.WorkingInterval;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.deal.DealValuation;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.domain.measure.NewYorkCompany;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.domain.score.ScoreRules;
import io.leadpulse.domain.stage.LimitTimeline;
import io.leadpulse.domain.stage.StageLimits;
import io.leadpulse.oracle.OracleCalendar;
import io.leadpulse.oracle.StuckOracle;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Stays that go round the world with the sun: each owner's day is a whole business day, so that one day has several. */
class StuckPropertyTest {
    private static final List<String> ZONES = List.of("Asia/Tokyo", "Europe/Berlin", "America/Los_Angeles");
    private static final long START = Instant.parse("2024-03-11T00:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000L;

    @Property(tries = 500, seed = "20261122")
    void whatWasStuckIsWhatTheOracleSaysHoweverOftenItWasHandedOver(@ForAll Random random) {
        long entered = START + random.nextInt(21 * 24) * HOUR;
        long left = entered + (1 + random.nextInt(8 * 24)) * HOUR;
        long limitMilliDays = 500L * (1 + random.nextInt(20));
        int most = 1 + random.nextInt(12);
        List<Ownership> owners = new ArrayList<>();
        List<OracleCalendar> calendars = new ArrayList<>();
        for (long from = START; from < left; from += (1 + random.nextInt(most)) * HOUR) {
            String zone = random.nextInt(4) == 0 ? ZONES.get(random.nextInt(ZONES.size())) : zoneAtWork(from);
            owners.add(new Ownership(zone, from));
            calendars.add(oracleCalendar(zone));
        }
        LeadBook book = book(limitMilliDays);

        List<Long> raised =
                Stuck.of(book.read("L1", List.of(), List.of(deal(entered, left, owners))), book.policy()).stream()
                        .map(Stuck::raisedMillis)
                        .toList();

        StuckOracle oracle =
                new StuckOracle(owners.stream().mapToLong(Ownership::fromMillis).toArray(), calendars, List.of());
        assertThat(raised)
                .isEqualTo(oracle.steps(entered, left, limitMilliDays).stream()
                        .filter(step -> step.startsWith("raised "))
                        .map(step -> Long.valueOf(step.substring("raised ".length())))
                        .toList());
    }

    /** The zone in which it is day. */
    private static String zoneAtWork(long millis) {
        return ZONES.stream()
                .filter(zone -> calendar(zone).isBusinessTime(millis))
                .findFirst()
                .orElse("Europe/Berlin");
    }

    private static Deal deal(long entered, long left, List<Ownership> owners) {
        return new Deal(
                "D1",
                "L1",
                entered,
                Stay.OPEN,
                Deal.Outcome.OPEN,
                false,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(new Stay("meeting", entered, left), new Stay("demo", left, Stay.OPEN)),
                owners,
                List.of(),
                List.of(),
                left);
    }

    private static LeadBook book(long limitMilliDays) {
        return new LeadBook(new LeadPolicy(
                new NewYorkCompany(),
                StuckPropertyTest::calendar,
                ZoneId.of("Europe/Berlin"),
                RuleTimeline.of(ScoreRules.defaults()),
                DealStages.DEFAULT,
                LimitTimeline.of(StageLimits.uniform(limitMilliDays)),
                LeadClockLimits.DEFAULT,
                LearntTimeline.NOTHING,
                NextSteps.DEFAULT,
                DealValuation.NONE,
                new FactBook.Bounds(2_000, 300)));
    }

    private static BusinessCalendar calendar(String zoneOrNull) {
        return new BusinessCalendar(
                ZoneId.of(zoneOrNull == null ? "Europe/Berlin" : zoneOrNull),
                WorkingWeek.on(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), WorkingInterval.ofHours(9, 17)),
                Set.of());
    }

    private static OracleCalendar oracleCalendar(String zone) {
        Map<DayOfWeek, List<int[]>> minutes = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)) {
            minutes.put(day, List.of(new int[] {9 * 60, 17 * 60}));
        }
        return new OracleCalendar(ZoneId.of(zone), minutes, Set.of(), List.of());
    }
}
