package io.leadpulse.domain.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.behaviour.BehaviourCounts.Span;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Counts at any time agree with counting anew what is in the span, and change without a fact only when said. */
class BehaviourCountsPropertyTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final List<EventKind> KINDS = List.of(
            EventKind.PAGE_VIEWED,
            EventKind.PRICE_LIST_VIEWED,
            EventKind.FORM_STARTED,
            EventKind.ASSET_DOWNLOADED,
            EventKind.FORM_SUBMITTED,
            EventKind.DEMO_REQUESTED,
            EventKind.SOCIAL_ACTION,
            EventKind.EMAIL_OPENED,
            EventKind.EMAIL_CLICKED,
            EventKind.EMAIL_REPLIED,
            EventKind.SMS_REPLIED,
            EventKind.CALL);
    private static final Map<Act, Set<EventKind>> COUNTED = Map.of(
            Act.PRICE_LIST_VIEW, Set.of(EventKind.PRICE_LIST_VIEWED),
            Act.DOWNLOAD, Set.of(EventKind.ASSET_DOWNLOADED),
            Act.FORM, Set.of(EventKind.FORM_SUBMITTED, EventKind.DEMO_REQUESTED),
            Act.SOCIAL_ACTION, Set.of(EventKind.SOCIAL_ACTION),
            Act.MAIL_OPEN, Set.of(EventKind.EMAIL_OPENED),
            Act.MAIL_CLICK, Set.of(EventKind.EMAIL_CLICKED),
            Act.REPLY, Set.of(EventKind.EMAIL_REPLIED, EventKind.SMS_REPLIED));
    private static final Set<EventKind> VIEWS =
            Set.of(EventKind.PAGE_VIEWED, EventKind.PRICE_LIST_VIEWED, EventKind.FORM_STARTED);

    @Property(tries = 200, seed = "20261122")
    void countsAreThoseOfTheFactsInTheSpan(@ForAll Random random) {
        List<Fact> facts = facts(random);
        BehaviourCounts counts = BehaviourCounts.of(facts);
        for (int i = 0; i < 30; i++) {
            long at =
                    i < facts.size() ? facts.get(i).timeMillis() + random.nextInt(2) : random.nextLong(60 * 24 * HOUR);
            for (Act act : Act.values()) {
                for (Span span : Span.values()) {
                    assertThat(counts.count(act, span, at))
                            .as("%s, %s, %d", act, span, at)
                            .isEqualTo(
                                    within(facts, act, at - span.millis(), at).size());
                }
                List<Long> before = within(facts, act, Long.MIN_VALUE, at);
                assertThat(counts.inAll(act, at)).isEqualTo(before.size());
                assertThat(counts.latestMillis(act, at))
                        .isEqualTo(before.isEmpty() ? Fact.NO_TIME : before.get(before.size() - 1));
            }
        }
    }

    @Property(tries = 200, seed = "20261122")
    void nothingChangesBeforeTheNextChangeAndSomethingDoesThen(@ForAll Random random) {
        List<Fact> facts = facts(random);
        BehaviourCounts counts = BehaviourCounts.of(facts);
        long now = facts.get(facts.size() - 1).timeMillis();
        Set<Long> seen = new TreeSet<>();
        long next = counts.nextChangeAfter(now);
        while (next != BehaviourCounts.NEVER) {
            assertThat(all(counts, next - 1)).isEqualTo(all(counts, now));
            assertThat(all(counts, next)).isNotEqualTo(all(counts, now));
            assertThat(seen.add(next)).isTrue();
            now = next;
            next = counts.nextChangeAfter(now);
        }
        for (Act act : Act.values()) {
            assertThat(counts.count(act, Span.DAYS_30, now)).isZero();
        }
    }

    private static List<Integer> all(BehaviourCounts counts, long at) {
        List<Integer> all = new ArrayList<>();
        for (Act act : Act.values()) {
            for (Span span : Span.values()) {
                all.add(counts.count(act, span, at));
            }
        }
        return all;
    }

    /** Times later than {@code from} and not later than {@code to}; a view begins a visit if none is in the half hour before. */
    private static List<Long> within(List<Fact> facts, Act act, long from, long to) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            boolean counts;
            if (act == Act.WEB_VISIT) {
                counts = VIEWS.contains(fact.kind()) && !fact.automatic();
                for (int j = 0; j < i; j++) {
                    Fact other = facts.get(j);
                    counts &= !VIEWS.contains(other.kind())
                            || other.automatic()
                            || other.timeMillis() <= fact.timeMillis() - 30 * MINUTE;
                }
            } else {
                counts = COUNTED.get(act).contains(fact.kind()) && !fact.automatic();
            }
            if (counts && fact.timeMillis() > from && fact.timeMillis() <= to) {
                times.add(fact.timeMillis());
            }
        }
        return times;
    }

    private static List<Fact> facts(Random random) {
        List<Fact> facts = new ArrayList<>();
        int count = 1 + random.nextInt(40);
        long time = 0;
        for (int id = 0; id < count; id++) {
            time += random.nextBoolean() ? random.nextLong(40) * MINUTE : random.nextLong(72 * HOUR);
            facts.add(Fact.builder(id, "test/" + id, time, KINDS.get(random.nextInt(KINDS.size())))
                    .automatic(random.nextInt(8) == 0)
                    .build());
        }
        facts.sort(Fact.CANONICAL_ORDER);
        return facts;
    }
}
