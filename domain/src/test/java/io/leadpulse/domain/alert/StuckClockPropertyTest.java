package io.leadpulse.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.calendar.Absence;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.WorkingInterval;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.domain.contact.ContactHistory;
import io.leadpulse.domain.contact.PlannedActivity;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealBook;
import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.stage.StageLimits;
import io.leadpulse.oracle.OracleCalendar;
import io.leadpulse.oracle.StuckOracle;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random histories over five weeks in Berlin across the change to summer time, against the oracle and the watermark. */
class StuckClockPropertyTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long START = Instant.parse("2024-03-11T00:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000L;
    private static final int HOURS = 35 * 24;
    private static final LocalDate GOOD_FRIDAY = LocalDate.of(2024, 3, 29);
    private static final long[] ABSENCE = {START + 200 * HOUR, START + 290 * HOUR};
    private static final WorkingWeek OFFICE =
            WorkingWeek.on(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), WorkingInterval.ofHours(9, 17));
    private static final BusinessCalendar COMPANY =
            new BusinessCalendar(BERLIN, OFFICE, Set.of(GOOD_FRIDAY.toEpochDay()));
    private static final BusinessCalendar ADA = COMPANY.withAbsences(List.of(new Absence(ABSENCE[0], ABSENCE[1])));
    private static final OwnerCalendars CALENDARS = owner -> "ada".equals(owner) ? ADA : COMPANY;
    private static final StageLimits LIMITS = StageLimits.uniform(2_000);

    @Property(tries = 150, seed = "20261122")
    void alertsEqualTheOracle(@ForAll Random random) {
        long entered = START + random.nextInt(HOURS) * HOUR;
        long left = random.nextInt(4) == 0 ? Stay.OPEN : entered + random.nextInt(15 * 24) * HOUR;
        long limitMilliDays = 500L * (1 + random.nextInt(10));
        List<Ownership> owners = new ArrayList<>();
        List<OracleCalendar> calendars = new ArrayList<>();
        long from = START;
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            boolean ada = random.nextBoolean();
            owners.add(new Ownership(ada ? "ada" : "bo", from));
            calendars.add(oracleCalendar(ada));
            from += (1 + random.nextInt(15 * 24)) * HOUR;
        }
        List<PlannedActivity> planned = new ArrayList<>();
        List<long[]> plans = new ArrayList<>();
        for (int i = 0; i < random.nextInt(5); i++) {
            long at = entered + (random.nextInt(15 * 24) - 24) * HOUR;
            long due = at + random.nextInt(6 * 24) * HOUR;
            long ended = random.nextBoolean() ? PlannedActivity.STANDS : at + random.nextInt(6 * 24) * HOUR;
            planned.add(new PlannedActivity("t" + i, EventKind.TASK_PLANNED, at, due, ended));
            plans.add(new long[] {at, due, ended});
        }

        List<Alert> alerts = StuckClock.alerts(
                "L1",
                "D1",
                List.of(new Stay("offer", entered, left)),
                owners,
                CALENDARS,
                StageLimits.uniform(limitMilliDays)::of,
                planned);

        StuckOracle oracle =
                new StuckOracle(owners.stream().mapToLong(Ownership::fromMillis).toArray(), calendars, plans);
        List<String> steps = alerts.isEmpty()
                ? List.of()
                : alerts.get(0).transitions().stream()
                        .map(step -> step.kind().name().toLowerCase(Locale.ROOT) + " " + step.atMillis())
                        .toList();
        assertThat(steps).isEqualTo(oracle.steps(entered, left, limitMilliDays));
    }

    /** Records come in order of time; the watermark follows each, or comes once at the end. */
    @Property(tries = 100, seed = "20261122")
    void watermarkPerRecordTellsTheSameAsOneAtTheEnd(@ForAll Random random) {
        List<DealEvent> deals = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        TreeMap<Long, List<Object>> arrivals = new TreeMap<>();
        for (int i = 0; i < 12; i++) {
            DealEvent event = dealEvent(i, random);
            arrivals.computeIfAbsent(event.timeMillis(), at -> new ArrayList<>())
                    .add(event);
        }
        for (int i = 0; i < 6; i++) {
            Fact fact = planFact(i, random);
            arrivals.computeIfAbsent(fact.timeMillis(), at -> new ArrayList<>()).add(fact);
        }
        long end = START + (HOURS + 1) * HOUR;
        AlertDiff told = new AlertDiff(List.of(), List.of());
        for (Map.Entry<Long, List<Object>> arrival : arrivals.entrySet()) {
            // The watermark stands just before the records of an instant when they come.
            told = wake(told, deals, facts, arrival.getKey() - 1);
            for (Object each : arrival.getValue()) {
                if (each instanceof Fact fact) {
                    facts.add(fact);
                } else {
                    deals.add((DealEvent) each);
                }
            }
        }
        told = wake(told, deals, facts, end);

        assertThat(told.told()).isEqualTo(AlertLife.asOf(whole(deals, facts), end));
    }

    /** Wakes at every transition up to the watermark, as a timer would, and never sees an alert withdrawn. */
    private static AlertDiff wake(AlertDiff before, List<DealEvent> deals, List<Fact> facts, long watermarkMillis) {
        List<Alert> whole = whole(deals, facts);
        AlertDiff told = AlertDiff.of(before.told(), AlertLife.asOf(whole, watermarkMillis), watermarkMillis);
        assertThat(told.publish()).noneMatch(alert -> alert.state() == AlertState.WITHDRAWN);
        assertThat(AlertDiff.of(told.told(), AlertLife.asOf(whole, watermarkMillis), watermarkMillis)
                        .publish())
                .isEmpty();
        long next = AlertLife.nextAfter(whole, watermarkMillis);
        if (next != AlertLife.NEVER) {
            assertThat(AlertLife.asOf(whole, next - 1)).isEqualTo(told.told());
            assertThat(AlertLife.asOf(whole, next)).isNotEqualTo(told.told());
        }
        return told;
    }

    private static List<Alert> whole(List<DealEvent> deals, List<Fact> facts) {
        if (deals.isEmpty()) {
            return List.of();
        }
        Deal deal = DealBook.resolve("D1", deals, DealStages.DEFAULT);
        return AlertLife.withActs(
                StuckClock.ofDeal(
                        deal, CALENDARS, LIMITS::of, ContactHistory.of(facts).planned()),
                facts);
    }

    private static DealEvent dealEvent(int id, Random random) {
        EventKind[] kinds = {
            EventKind.DEAL_STAGE_CHANGED,
            EventKind.DEAL_STAGE_CHANGED,
            EventKind.DEAL_UPDATED,
            EventKind.DEAL_OPENED,
            EventKind.DEAL_WON,
            EventKind.DEAL_REOPENED,
            EventKind.DEAL_DELETED
        };
        EventKind kind = kinds[random.nextInt(kinds.length)];
        String[] stages = {"meeting", "demo", "offer"};
        return new DealEvent(
                id,
                "test/" + id,
                START + random.nextInt(HOURS) * HOUR,
                kind,
                0,
                id,
                "L1",
                kind == EventKind.DEAL_UPDATED ? (random.nextBoolean() ? "ada" : "bo") : null,
                kind == EventKind.DEAL_STAGE_CHANGED ? stages[random.nextInt(stages.length)] : null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Fact planFact(int id, Random random) {
        long at = START + random.nextInt(HOURS) * HOUR;
        EventKind kind = random.nextInt(3) == 0 ? EventKind.TASK_DONE : EventKind.TASK_PLANNED;
        return Fact.builder(id, "test/" + id, at, kind)
                .asset("t" + random.nextInt(2))
                .dueMillis(kind == EventKind.TASK_PLANNED ? at + random.nextInt(6 * 24) * HOUR : Fact.NO_TIME)
                .build();
    }

    private static OracleCalendar oracleCalendar(boolean ada) {
        Map<DayOfWeek, List<int[]>> minutes = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)) {
            minutes.put(day, List.of(new int[] {9 * 60, 17 * 60}));
        }
        return new OracleCalendar(BERLIN, minutes, Set.of(GOOD_FRIDAY), ada ? List.of(ABSENCE) : List.of());
    }
}
