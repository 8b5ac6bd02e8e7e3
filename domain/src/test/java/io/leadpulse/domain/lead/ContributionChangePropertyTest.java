package io.leadpulse.domain.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.alert.LeadClockLimits;
import io.leadpulse.domain.alert.LearntTimeline;
import io.leadpulse.domain.alert.NextSteps;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealBook;
import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.deal.DealValuation;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.domain.measure.NewYorkCompany;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.domain.score.ScoreRules;
import io.leadpulse.domain.stage.LimitTimeline;
import io.leadpulse.domain.stage.StageLimits;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is computed of what is other is the difference of all before and all after, whatever comes, goes or is corrected. */
class ContributionChangePropertyTest {
    private static final long START_MILLIS = 1_740_990_000_000L;
    private static final long HOUR = 3_600_000;
    private static final BusinessCalendar WEEKDAYS = new BusinessCalendar(
            ZoneOffset.UTC, WorkingWeek.wholeDays(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)), Set.of());
    private static final LeadBook BOOK = new LeadBook(new LeadPolicy(
            new NewYorkCompany(),
            owner -> WEEKDAYS,
            ZoneOffset.UTC,
            RuleTimeline.of(ScoreRules.defaults()),
            DealStages.DEFAULT,
            LimitTimeline.of(StageLimits.DEFAULT),
            LeadClockLimits.DEFAULT,
            LearntTimeline.NOTHING,
            NextSteps.DEFAULT,
            DealValuation.NONE,
            new FactBook.Bounds(2_000, 300)));
    private static final List<EventKind> KINDS = Arrays.stream(EventKind.values())
            .filter(kind -> kind.stream() == EventKind.Stream.ACTIVITY || kind.stream() == EventKind.Stream.BEHAVIOUR)
            .toList();
    /** Those on which others depend come more often. */
    private static final List<EventKind> OFTEN = List.of(
            EventKind.CALL,
            EventKind.EMAIL_SENT,
            EventKind.EMAIL_OPENED,
            EventKind.MEETING_SCHEDULED,
            EventKind.DEMO_HELD,
            EventKind.LEAD_ASSIGNED,
            EventKind.PAGE_VIEWED,
            EventKind.FORM_SUBMITTED);

    private static final List<String> STAGES = List.of("meeting", "demo", "offer", "negotiation");
    private static final List<EventKind> STEPS = List.of(
            EventKind.DEAL_STAGE_CHANGED,
            EventKind.DEAL_UPDATED,
            EventKind.DEAL_WON,
            EventKind.DEAL_LOST,
            EventKind.DEAL_REOPENED,
            EventKind.DEAL_DELETED);

    @Property(tries = 300, seed = "20261122")
    void isTheDifferenceOfAllBeforeAndAllAfter(@ForAll Random random) {
        List<Fact> facts = new ArrayList<>();
        List<Deal> deals = new ArrayList<>();
        LeadView before = read(facts, deals);
        for (int step = 0; step < 25; step++) {
            facts = new ArrayList<>(facts);
            deals = new ArrayList<>(deals);
            for (int change = random.nextInt(3); change >= 0; change--) {
                change(facts, deals, random);
            }
            LeadView after = read(facts, deals);

            assertThat(after.changeSince(before))
                    .as("%d facts, %d deals", facts.size(), deals.size())
                    .isEqualTo(read(facts, deals)
                            .contributions()
                            .minus(read(before.facts(), before.deals()).contributions()));
            before = after;
        }
    }

    private static LeadView read(List<Fact> facts, List<Deal> deals) {
        return BOOK.read("lead-1", facts, deals);
    }

    private static void change(List<Fact> facts, List<Deal> deals, Random random) {
        int drawn = random.nextInt(10);
        if (drawn == 0 && !facts.isEmpty()) {
            facts.remove(random.nextInt(facts.size()));
        } else if (drawn < 3) {
            deals.removeIf(deal -> random.nextInt(4) == 0);
            Deal deal = deal(random);
            deals.removeIf(each -> each.id().equals(deal.id()));
            deals.add(deal);
            deals.sort(Comparator.comparing(Deal::id));
        } else {
            Fact fact = fact(random);
            facts.removeIf(each -> each.id() == fact.id());
            facts.add(fact);
            facts.sort(Fact.CANONICAL_ORDER);
        }
    }

    private static Fact fact(Random random) {
        EventKind kind = random.nextBoolean() ? any(OFTEN, random) : any(KINDS, random);
        // Few ids, so that some are said again otherwise, and few times, so that some are the same.
        long id = random.nextInt(80);
        long timeMillis = START_MILLIS + random.nextInt(24 * 40) * HOUR;
        return Fact.builder(id, "test/" + id, timeMillis, kind)
                .contentHash(random.nextLong())
                .actor(maybe(random, "ann", "bob"))
                .owner(kind == EventKind.LEAD_ASSIGNED ? maybe(random, "ann", "bob") : null)
                .status(kind == EventKind.LEAD_STATUS_CHANGED ? maybe(random, "nurture", "qualified", "working") : null)
                .asset(maybe(random, "a", "b", "c"))
                .campaign(maybe(random, "spring", "autumn"))
                .channel(maybe(random, "mail", "search"))
                .product(maybe(random, "crm"))
                .reason(maybe(random, "price"))
                .template(maybe(random, "hello"))
                .direction(any(List.of(Direction.values()), random))
                .automatic(random.nextInt(4) == 0)
                .cold(random.nextInt(6) == 0)
                .connected(random.nextBoolean())
                .seconds(random.nextInt(3) * 40)
                .dueMillis(random.nextBoolean() ? timeMillis + random.nextInt(100) * HOUR : Fact.NO_TIME)
                .build();
    }

    private static Deal deal(Random random) {
        String id = "d" + random.nextInt(3);
        long timeMillis = START_MILLIS + random.nextInt(24 * 20) * HOUR;
        List<DealEvent> events = new ArrayList<>();
        events.add(event(1, timeMillis, EventKind.DEAL_OPENED, random));
        for (int i = random.nextInt(4); i > 0; i--) {
            timeMillis += random.nextInt(24 * 10) * HOUR;
            events.add(event(1 + events.size(), timeMillis, any(STEPS, random), random));
        }
        return DealBook.resolve(id, events, DealStages.DEFAULT);
    }

    private static DealEvent event(long id, long timeMillis, EventKind kind, Random random) {
        boolean isStage = kind == EventKind.DEAL_OPENED || kind == EventKind.DEAL_STAGE_CHANGED;
        return new DealEvent(
                id,
                "test/" + id,
                timeMillis,
                kind,
                0,
                id,
                "lead-1",
                maybe(random, "ann", "bob"),
                isStage ? any(STAGES, random) : null,
                maybe(random, "price"),
                null,
                random.nextBoolean() ? (Long) (100L * random.nextInt(1_000)) : null,
                null,
                maybe(random, "crm"),
                null);
    }

    private static <T> T any(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static String maybe(Random random, String... names) {
        int drawn = random.nextInt(names.length + 1);
        return drawn == names.length ? null : names[drawn];
    }
}
