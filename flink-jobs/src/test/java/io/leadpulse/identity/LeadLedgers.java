package io.leadpulse.identity;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.lead.LeadInput;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Leads that do as they are told and count, as the lead operator does: +1 for every plus, -1 counted for every minus. */
final class LeadLedgers {
    private static final FactBook.Bounds BOUNDS = new FactBook.Bounds(2_000, 2_000);

    private final Map<String, List<Fact>> facts = new TreeMap<>();
    private final Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);

    void take(List<LeadInput> inputs) {
        inputs.forEach(this::take);
    }

    /** The ids of the facts of a lead, in canonical order. */
    List<Long> of(String lead) {
        return facts.getOrDefault(lead, List.of()).stream().map(Fact::id).toList();
    }

    /** All facts by lead; leads without any left out. */
    Map<String, List<Fact>> all() {
        facts.values().removeIf(List::isEmpty);
        return facts;
    }

    /** The leads' outcomes, those that sum to 0 left out. */
    Map<Outcome, Long> outcomes() {
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }

    private void take(LeadInput input) {
        List<Fact> before = facts.getOrDefault(input.lead(), List.of());
        if (input.sign() < 0) {
            List<Fact> fewer = FactBook.without(before, input.fact().id());
            if (fewer == before) {
                throw new AssertionError(input.lead() + " was asked for a fact that it never had: " + input.fact());
            }
            facts.put(input.lead(), fewer);
            sums.merge(Outcome.COUNTED, -1L, Long::sum);
            return;
        }
        if (input.record() == null) {
            throw new AssertionError("A fact came without its record: " + input.fact());
        }
        FactBook.Acceptance acceptance = FactBook.accept(before, input.fact(), BOUNDS);
        facts.put(input.lead(), acceptance.kept());
        Outcome outcome =
                switch (acceptance.verdict()) {
                    case COUNTED -> Outcome.COUNTED;
                    case DUPLICATE, DUPLICATE_CONFLICT -> Outcome.DUPLICATE;
                    case SUPERSEDED, SUPERSEDES -> Outcome.SUPERSEDED;
                    case TOO_MANY -> Outcome.DEAD_LETTERED;
                };
        sums.merge(outcome, 1L, Long::sum);
    }
}
