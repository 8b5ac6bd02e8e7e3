package io.leadpulse.domain.assignment;

import static io.leadpulse.domain.assignment.Seller.Presence.AT_WORK;
import static io.leadpulse.domain.assignment.Seller.Presence.AWAY;
import static io.leadpulse.domain.assignment.Seller.Presence.OFF_DUTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final Set<String> ALL = Set.of();

    @Test
    void handRaisedThenHotThenValuableThenOldest() {
        List<UnownedLead> leads = List.of(
                new UnownedLead("young", null, false, false, 0, 20),
                new UnownedLead("old", null, false, false, 0, 10),
                new UnownedLead("big", null, false, false, 900, 30),
                new UnownedLead("hot", null, false, true, 0, 30),
                new UnownedLead("asks", null, true, false, 0, 30));
        assertThat(Assignment.propose(leads, List.of(new Seller("ann", ALL, 0, AT_WORK)))
                        .keySet())
                .containsExactly("asks", "hot", "big", "old", "young");
    }

    @Test
    void theLeastLoadedWhoSellsItAndIsAtWork() {
        List<Seller> sellers = List.of(
                new Seller("ann", Set.of("books"), 5, AT_WORK),
                new Seller("bob", Set.of("books", "desk"), 4, AT_WORK),
                new Seller("cyd", Set.of("desk"), 0, AT_WORK),
                new Seller("dan", Set.of("books"), 0, OFF_DUTY),
                new Seller("eve", ALL, 0, AWAY));
        List<UnownedLead> leads =
                List.of(lead("1", "books"), lead("2", "books"), lead("3", "books"), lead("4", "desk"));
        assertThat(Assignment.propose(leads, sellers))
                .containsExactly(entry("1", "bob"), entry("2", "ann"), entry("3", "bob"), entry("4", "cyd"));
    }

    @Test
    void whileNobodyIsAtWorkWhoeverComesAgainAndNeverWhoIsOnLeave() {
        List<Seller> sellers = List.of(
                new Seller("bob", Set.of("books"), 9, OFF_DUTY),
                new Seller("eve", Set.of("books"), 0, AWAY),
                new Seller("cyd", Set.of("desk"), 0, AT_WORK));
        assertThat(Assignment.propose(List.of(lead("1", "books"), lead("2", "field")), sellers))
                .containsExactly(entry("1", "bob"));
        assertThat(Assignment.propose(List.of(lead("1", "books")), List.of())).isEmpty();
    }

    @Property(tries = 300, seed = "20261122")
    void orderDoesNotMatterAndNobodyHasABetterRep(@ForAll Random random) {
        List<UnownedLead> leads = new ArrayList<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            String product = random.nextInt(4) == 0 ? null : "p" + random.nextInt(3);
            leads.add(new UnownedLead(
                    "L" + i,
                    product,
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextInt(3),
                    random.nextInt(3)));
        }
        List<Seller> sellers = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            Set<String> products = random.nextBoolean() ? Set.of() : Set.of("p" + random.nextInt(3));
            sellers.add(new Seller(
                    "R" + i,
                    products,
                    random.nextInt(4),
                    List.of(AT_WORK, OFF_DUTY, AWAY).get(random.nextInt(3))));
        }
        Map<String, String> proposals = Assignment.propose(leads, sellers);

        List<UnownedLead> otherLeads = new ArrayList<>(leads);
        List<Seller> otherSellers = new ArrayList<>(sellers);
        Collections.shuffle(otherLeads, random);
        Collections.shuffle(otherSellers, random);
        assertThat(List.copyOf(Assignment.propose(otherLeads, otherSellers).entrySet()))
                .isEqualTo(List.copyOf(proposals.entrySet()));

        Map<String, Long> given = new HashMap<>();
        leads.sort(UnownedLead.FIRST_THINGS_FIRST);
        for (UnownedLead lead : leads) {
            List<Seller> able = sellers.stream()
                    .filter(each -> each.presence() != AWAY && each.sells(lead.product()))
                    .toList();
            String proposed = proposals.get(lead.lead());
            assertThat(proposed == null).isEqualTo(able.isEmpty());
            for (Seller each : able) {
                Seller taken = sellers.stream()
                        .filter(seller -> seller.rep().equals(proposed))
                        .findFirst()
                        .orElseThrow();
                assertThat(able).contains(taken);
                assertThat(taken.presence()).isLessThanOrEqualTo(each.presence());
                if (taken.presence() == each.presence()) {
                    assertThat(taken.openLeads() + given.getOrDefault(taken.rep(), 0L))
                            .isLessThanOrEqualTo(each.openLeads() + given.getOrDefault(each.rep(), 0L));
                }
            }
            if (proposed != null) {
                given.merge(proposed, 1L, Long::sum);
            }
        }
    }

    private static UnownedLead lead(String id, String product) {
        return new UnownedLead(id, product, false, false, 0, Long.parseLong(id));
    }
}
