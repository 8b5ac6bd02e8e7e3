package io.leadpulse.domain.deal;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DealBookPropertyTest {

    private static final long DAY = 86_400_000L;
    private static final List<EventKind> KINDS = Arrays.stream(EventKind.values())
            .filter(kind -> kind.stream() == EventKind.Stream.DEAL)
            .toList();

    @Property(tries = 300, seed = "20261122")
    void anyOrderAndAnyDuplicationTellsTheSameDeal(
            @ForAll("histories") List<DealEvent> history, @ForAll Random random) {
        List<DealEvent> again = new ArrayList<>(history);
        again.addAll(history.subList(0, history.size() / 2));
        Collections.shuffle(again, random);

        assertThat(tell(again)).isEqualTo(tell(history));
    }

    @Property(tries = 300, seed = "20261122")
    void staysAndOwnersFollowEachOther(@ForAll("histories") List<DealEvent> history) {
        Deal deal = tell(history);
        for (int i = 0; i + 1 < deal.stays().size(); i++) {
            assertThat(deal.stays().get(i).leftMillis())
                    .isLessThanOrEqualTo(deal.stays().get(i + 1).enteredMillis());
        }
        if (!deal.stays().isEmpty()) {
            assertThat(deal.stays().get(deal.stays().size() - 1).isOpen())
                    .isEqualTo(deal.outcome() == Deal.Outcome.OPEN && !deal.deleted());
        }
        assertThat(deal.closedMillis() == Stay.OPEN).isEqualTo(deal.outcome() == Deal.Outcome.OPEN);
        for (int i = 0; i + 1 < deal.owners().size(); i++) {
            Ownership owner = deal.owners().get(i);
            Ownership next = deal.owners().get(i + 1);
            assertThat(owner.fromMillis()).isLessThan(next.fromMillis());
            assertThat(owner.owner()).isNotEqualTo(next.owner());
        }
    }

    @Provide
    Arbitrary<List<DealEvent>> histories() {
        Arbitrary<Integer> id = Arbitraries.integers().between(1, 8);
        Arbitrary<Long> time = Arbitraries.longs().between(0, 6).map(day -> day * DAY);
        Arbitrary<Long> version = Arbitraries.longs().between(0, 2);
        Arbitrary<String> stage =
                Arbitraries.of("meeting", "demo", "won", "lost").injectNull(0.4);
        Arbitrary<String> owner = Arbitraries.of("ada", "bo").injectNull(0.5);
        Arbitrary<Long> amount = Arbitraries.longs().between(1, 3).injectNull(0.5);
        return Combinators.combine(id, time, Arbitraries.of(KINDS), version, stage, owner, amount)
                .as(DealBookPropertyTest::event)
                .list()
                .ofMinSize(1)
                .ofMaxSize(14);
    }

    private static DealEvent event(
            int id, long timeMillis, EventKind kind, long version, String stage, String owner, Long amountMinor) {
        long contentHash = java.util.Objects.hash(timeMillis, kind.name(), stage, owner, amountMinor);
        return new DealEventBuilder(timeMillis, kind)
                .lead("L" + (id % 2))
                .stage(stage)
                .owner(owner)
                .amount(amountMinor)
                .reason(owner)
                .event(id, version, contentHash);
    }

    private static Deal tell(List<DealEvent> arrivals) {
        List<DealEvent> kept = List.of();
        for (DealEvent event : arrivals) {
            kept = DealBook.accept(kept, event).kept();
        }
        return DealBook.resolve("D1", kept, DealStages.DEFAULT);
    }
}
