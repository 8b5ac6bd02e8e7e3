package io.leadpulse.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.identity.VisitorBook;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.lead.LeadFunction;
import io.leadpulse.lead.LeadInput;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.event.SalesEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/** Visitors and leads together: in = counted + duplicate + superseded + held + dead-lettered, after every step. */
class VisitorsConservationPropertyTest {
    private static final EngineSettings LIVE = new EngineSettings("", List.of(), Long.MAX_VALUE, false);
    private static final long DAY = 86_400_000L;
    private static final long START = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();

    /** One thing that happens: an event comes, or, where it is null, event time goes on. */
    private record Step(SalesEvent event, long passedMillis) {}

    @Property(tries = 60, seed = "20261122")
    void theSumIsExactAfterEveryStep(@ForAll("histories") List<Step> history) throws Exception {
        KeyedHarness<SalesEvent, LeadInput> visitors = KeyedHarness.of(
                new VisitorsFunction(LIVE, KeyedHarness.DEAD_LETTERS, KeyedHarness.OUTCOMES),
                SalesEvent::anonymousId,
                new HashMapStateBackend(),
                null);
        KeyedHarness<LeadInput, RollupDelta> leads = KeyedHarness.of(
                new LeadFunction(LIVE, KeyedHarness.DEAD_LETTERS, KeyedHarness.OUTCOMES),
                LeadInput::lead,
                new HashMapStateBackend(),
                null);
        LeadLedgers ledgers = new LeadLedgers();
        long nowMillis = START;
        long in = 0;
        long deadLettered = 0;
        for (Step step : history) {
            if (step.event() == null) {
                nowMillis += step.passedMillis();
                visitors.watermark(nowMillis);
            } else {
                visitors.send(step.event());
                in++;
            }
            List<LeadInput> told = visitors.out();
            for (LeadInput input : told) {
                leads.send(input);
            }
            ledgers.take(told);
            deadLettered += visitors.deadLetters().size() + leads.deadLetters().size();

            assertThat(sum(visitors) + sum(leads) + deadLettered).isEqualTo(in);
            assertThat(leads.outcomes()).isEqualTo(ledgers.outcomes());
        }
        visitors.close();
        leads.close();
    }

    private static long sum(KeyedHarness<?, ?> harness) {
        return harness.outcomes().values().stream().mapToLong(Long::longValue).sum();
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Step> passing = Arbitraries.of(
                        DAY, 10 * DAY, VisitorBook.IDENTIFY_WITHIN_MILLIS, VisitorBook.KEEP_MILLIS, 800 * DAY)
                .map(millis -> new Step(null, millis));
        Arbitrary<Step> events = Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.longs().between(0, 8).map(day -> START + day * 10 * DAY),
                        Arbitraries.of(EventKind.PAGE_VIEWED, EventKind.IDENTIFIED),
                        Arbitraries.longs().between(0, 2),
                        Arbitraries.of("ada", "bo").injectNull(0.5))
                .as(VisitorsConservationPropertyTest::event)
                .map(event -> new Step(event, 0));
        return Arbitraries.frequencyOf(Tuple.of(6, events), Tuple.of(1, passing))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    private static SalesEvent event(int id, long timeMillis, EventKind kind, long version, String lead) {
        return WebEvents.event(id, timeMillis, kind)
                .anonymousId("v" + id % 2)
                .version(version)
                .contentHash(Objects.hash(kind.name(), lead, timeMillis))
                .lead(lead)
                .build();
    }
}
