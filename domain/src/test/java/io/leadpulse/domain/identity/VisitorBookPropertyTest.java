package io.leadpulse.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.oracle.VisitorOracle;
import io.leadpulse.oracle.VisitorOracle.Delivery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VisitorBookPropertyTest {
    private static final long DAY = 86_400_000L;
    private static final EventKind[] KINDS = {EventKind.PAGE_VIEWED, EventKind.FORM_SUBMITTED, EventKind.IDENTIFIED};

    /** A delivery and how long after event time it comes. */
    private record Arrival(Delivery delivery, long delayMillis) {
        long atMillis() {
            return delivery.timeMillis() + delayMillis;
        }
    }

    @Property(tries = 300, seed = "20261122")
    void ownersAreThoseOfTheOracleInAnyOrderWithAnyDuplication(
            @ForAll("deliveries") List<Delivery> deliveries, @ForAll Random random) {
        List<Delivery> shuffled = new ArrayList<>(deliveries);
        shuffled.addAll(deliveries.subList(0, deliveries.size() / 2));
        Collections.shuffle(shuffled, random);
        Told told = new Told();
        shuffled.forEach(told::accept);

        assertThat(told.owners).isEqualTo(VisitorOracle.owners(deliveries));
    }

    @Property(tries = 300, seed = "20261122")
    void theVisitorDoesNotDependOnTheOrderOfArrival(
            @ForAll("deliveries") List<Delivery> deliveries, @ForAll Random random) {
        List<Delivery> shuffled = new ArrayList<>(deliveries);
        Collections.shuffle(shuffled, random);
        Told inOrder = new Told();
        deliveries.forEach(inOrder::accept);
        Told otherwise = new Told();
        shuffled.forEach(otherwise::accept);

        assertThat(otherwise.visitor).isEqualTo(inOrder.visitor);
    }

    @Property(tries = 300, seed = "20261122")
    void whatLeavesInTimeHasTheOwnerItWouldHaveHadByStaying(@ForAll("arrivals") List<Arrival> arrivals) {
        List<Arrival> inTime = new ArrayList<>(arrivals);
        inTime.sort(Comparator.comparingLong(Arrival::atMillis));
        Told told = new Told();
        for (Arrival arrival : inTime) {
            told.leave(arrival.atMillis());
            told.accept(arrival.delivery());
            told.leave(arrival.atMillis());
        }
        told.leave(Long.MAX_VALUE);

        assertThat(told.owners)
                .isEqualTo(VisitorOracle.owners(
                        arrivals.stream().map(Arrival::delivery).toList()));
        assertThat(told.visitor.records()).isEmpty();
    }

    /** In a replay no time passes before the end, and he who comes every day for two years has more events than a robot. */
    @Property(tries = 5, seed = "20261122")
    void whoHasManyEventsButNeverTooManyAtOnceHasThoseOfTheOracleInAnyOrder(@ForAll Random random) {
        int all = 2 * VisitorBook.MAX_RECORDS;
        long apartMillis = VisitorBook.KEEP_MILLIS / VisitorBook.MAX_RECORDS;
        List<Delivery> deliveries = new ArrayList<>();
        for (int id = 0; id < all; id++) {
            String lead = random.nextInt(50) > 0 ? null : random.nextBoolean() ? "ada" : "bo";
            deliveries.add(delivery(id, 10_000 * DAY + id * apartMillis, random.nextInt(KINDS.length), 0, lead));
        }
        List<Delivery> shuffled = new ArrayList<>(deliveries);
        shuffled.addAll(deliveries.subList(0, all / 20));
        Collections.shuffle(shuffled, random);
        Told told = new Told();
        for (Delivery each : shuffled) {
            told.accept(each);
            told.leave(Long.MIN_VALUE);
        }

        assertThat(told.owners).isEqualTo(VisitorOracle.owners(deliveries));
        assertThat(told.visitor.records()).hasSize(all);
    }

    /** Does what it is told, as the leads do, and checks what it is told. */
    private static final class Told {
        private final Map<Long, String> owners = new HashMap<>();
        private Visitor visitor = Visitor.UNKNOWN;

        void accept(Delivery delivery) {
            VisitorBook.Acceptance acceptance = VisitorBook.accept(visitor, fact(delivery), delivery.lead());
            for (VisitorBook.Move move : acceptance.moves()) {
                long id = move.after().fact().id();
                assertThat(owners.containsKey(id)).isEqualTo(move.before() != null);
                if (move.before() != null) {
                    assertThat(owners.get(id)).isEqualTo(move.before().owner());
                }
                owners.put(id, move.after().owner());
            }
            visitor = acceptance.after();
            assertThat(visitor.records()).isSortedAccordingTo(VisitorRecord.CANONICAL_ORDER);
        }

        void leave(long nowMillis) {
            VisitorBook.Departure departure = VisitorBook.leave(visitor, nowMillis);
            for (VisitorRecord left : departure.left()) {
                assertThat(owners.get(left.fact().id())).isEqualTo(left.owner());
            }
            visitor = departure.after();
            assertThat(visitor.remembered()).isSortedAccordingTo(VisitorRecord.CANONICAL_ORDER);
        }
    }

    /** Versions of one event may name another time. */
    @Provide
    Arbitrary<List<Delivery>> deliveries() {
        return Combinators.combine(ids(), times(), kinds(), Arbitraries.longs().between(0, 2), leads())
                .as(VisitorBookPropertyTest::delivery)
                .list()
                .ofMinSize(1)
                .ofMaxSize(24);
    }

    /** Versions of one event have one time; every delivery comes within the lateness allowed. */
    @Provide
    Arbitrary<List<Arrival>> arrivals() {
        Arbitrary<Long> delays = Arbitraries.of(0L, DAY, 10 * DAY, VisitorBook.LATENESS_MILLIS - 1);
        return times().list().ofSize(12).flatMap(times -> Combinators.combine(
                        Arbitraries.integers().between(0, 11),
                        kinds(),
                        Arbitraries.longs().between(0, 2),
                        leads(),
                        delays)
                .as((id, kind, version, lead, delay) ->
                        new Arrival(delivery(id, times.get(id), kind, version, lead), delay))
                .list()
                .ofMinSize(1)
                .ofMaxSize(24));
    }

    private static Arbitrary<Integer> ids() {
        return Arbitraries.integers().between(0, 11);
    }

    /** Close to the bounds of 30 days, and often the same. */
    private static Arbitrary<Long> times() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 12), Arbitraries.longs().between(-1, 1))
                .as((tenDays, millis) -> 10_000 * DAY + tenDays * 10 * DAY + millis);
    }

    private static Arbitrary<Integer> kinds() {
        return Arbitraries.integers().between(0, KINDS.length - 1);
    }

    private static Arbitrary<String> leads() {
        return Arbitraries.of("ada", "bo").injectNull(0.6);
    }

    private static Delivery delivery(int id, long timeMillis, int rank, long version, String lead) {
        return new Delivery(id, timeMillis, rank, version, Objects.hash(timeMillis, rank, lead), lead);
    }

    private static Fact fact(Delivery delivery) {
        return Fact.builder(delivery.id(), "web/" + delivery.id(), delivery.timeMillis(), KINDS[delivery.rank()])
                .version(delivery.version())
                .contentHash(delivery.hash())
                .build();
    }
}
