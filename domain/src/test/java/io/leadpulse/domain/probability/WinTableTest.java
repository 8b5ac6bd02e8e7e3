package io.leadpulse.domain.probability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.oracle.StatisticsOracle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WinTableTest {
    private static final Set<String> FIRST = Set.of("1");
    private static final Set<String> SECOND = Set.of("1", "2");
    private static final Set<String> ALL = Set.of("1", "2", "3", "won");

    private static OutcomeCounts counts(long won, long lost) {
        return new OutcomeCounts(won, lost);
    }

    /** The check vector of the definitions: priors 2.1/5.2 and 3.1/5.2 and six factors make 74.30 %. */
    @Test
    void givesTheCheckVectorOfTheDefinitions() {
        WinTable table = WinTable.ofCounts(
                counts(2, 3),
                Map.of(
                        "a", Map.of("x", counts(1, 1), "y", counts(1, 0)),
                        "b", Map.of("x", counts(2, 0), "y", counts(0, 1)),
                        "c", Map.of("x", counts(2, 3)),
                        "d", Map.of("x", counts(2, 1), "y", counts(0, 2)),
                        "e", Map.of("x", counts(0, 2), "y", counts(1, 0))),
                Map.of("offer", counts(2, 1)));
        WinProbability probability =
                table.probability(Map.of("a", "x", "b", "x", "c", "x", "d", "x", "e", "x"), "offer");

        assertThat(percent(probability)).isEqualTo(74.30);
        assertThat(probability.factors())
                .extracting(WinFactor::attribute)
                .containsExactly("prior", "a", "b", "c", "d", "e", "stage");
        // Each factor is the logarithm of won by lost, as the definitions list them.
        double[][] listed = {
            {2.1, 5.2, 3.1, 5.2},
            {1.1, 2.2, 1.1, 1.2},
            {2.1, 2.2, 0.1, 1.2},
            {2.1, 2.1, 3.1, 3.1},
            {2.1, 2.2, 1.1, 3.2},
            {0.1, 1.2, 2.1, 2.2},
            {2.1, 2.1, 1.1, 3.1}
        };
        for (int i = 0; i < listed.length; i++) {
            double[] factor = listed[i];
            assertThat(probability.factors().get(i).logOdds())
                    .isCloseTo(Math.log(factor[0] / factor[1] / (factor[2] / factor[3])), within(1e-14));
        }
    }

    private static ClosedLead odoo(
            boolean won, String country, String state, String email, String source, Set<String> reached) {
        return new ClosedLead(0, "", attributes(country, state, email, source), null, won ? ALL : reached, won);
    }

    private static Map<String, String> attributes(String country, String state, String email, String source) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("country", country);
        attributes.put("state", state);
        attributes.put("email_state", email);
        attributes.put("source", source);
        return attributes;
    }

    private static WinTable table(ClosedLead... leads) {
        WinTable table = WinTable.EMPTY;
        for (ClosedLead lead : leads) {
            table = table.plus(WinTable.of(lead));
        }
        return table;
    }

    /**
     * The three teams of Odoo's own test (odoo/odoo, addons/crm/tests/test_crm_pls.py, test_predictive_lead_scoring):
     * 33.49 %, 7.74 % and 35.09 %. Without the states of phones: Odoo makes them of phone numbers, and its test gives none.
     */
    @Test
    void givesTheAnswersOfOdoosTest() {
        WinTable team1 = table(
                odoo(false, "1", "1", "correct", "1", FIRST),
                odoo(false, "2", "2", "incorrect", "2", SECOND),
                odoo(true, "3", "3", null, "3", ALL));
        assertThat(percent(team1.probability(attributes("1", "2", null, "3"), "2")))
                .isEqualTo(33.49);

        WinTable team2 = table(
                odoo(false, "1", "2", null, "2", Set.of("1", "2", "3")),
                odoo(false, "1", "2", "correct", "3", SECOND),
                odoo(true, "1", "3", "correct", "3", FIRST));
        assertThat(percent(team2.probability(attributes("1", "2", null, "3"), "2")))
                .isEqualTo(7.74);

        WinTable team3 = table(
                odoo(true, "2", "2", null, "2", ALL),
                odoo(false, "1", "2", "incorrect", "1", FIRST),
                odoo(false, "2", "3", "correct", "3", FIRST));
        assertThat(percent(team3.probability(attributes("1", "2", null, "3"), "2")))
                .isEqualTo(35.09);
    }

    /** The same test, further on: a win more in team 2 makes 2.43 % of a lead in the first stage, 34.38 % of country 2. */
    @Test
    void givesTheAnswersOfOdoosTestAfterAnotherWin() {
        WinTable team2 = table(
                odoo(false, "1", "2", null, "2", Set.of("1", "2", "3")),
                odoo(false, "1", "2", "correct", "3", SECOND),
                odoo(true, "1", "3", "correct", "3", FIRST),
                odoo(true, "2", "1", "incorrect", "2", FIRST));
        assertThat(percent(team2.probability(attributes("1", "2", null, "3"), "1")))
                .isEqualTo(2.43);
        assertThat(percent(team2.probability(attributes("2", "2", null, "3"), "1")))
                .isCloseTo(34.38, within(0.01));
    }

    @Test
    void needsOneWonAndOneLost() {
        assertThat(WinTable.EMPTY.probability(Map.of(), "1").lack().text()).isEqualTo("1 won deal, has 0");
        WinTable won = table(odoo(true, "1", null, null, null, ALL));
        assertThat(won.probability(Map.of(), "1").lack().text()).isEqualTo("1 lost deal, has 0");
        assertThat(won.probability(Map.of(), "1").value()).isNull();
        assertThat(won.probability(Map.of(), "1").factors()).isEmpty();
    }

    @Test
    void saysNothingOfWhatNoClosedLeadHad() {
        WinTable table = table(odoo(true, "1", null, null, null, ALL), odoo(false, "2", null, null, null, FIRST));
        WinProbability prior = table.probability(Map.of(), null);
        assertThat(prior.value()).isEqualTo(0.5);
        assertThat(table.probability(Map.of("country", "9", "language", "1"), "9"))
                .isEqualTo(prior);
        Map<String, String> unknown = new HashMap<>();
        unknown.put("country", null);
        assertThat(table.probability(unknown, null)).isEqualTo(prior);
    }

    @Test
    void blankIsNotAValue() {
        ClosedLead lead = odoo(true, " ", "", null, "1", ALL);
        assertThat(lead.attributes()).isEqualTo(Map.of("source", "1"));
    }

    @Test
    void isNeverCertain() {
        Map<String, Map<String, OutcomeCounts>> telling = new HashMap<>();
        Map<String, String> good = new HashMap<>();
        Map<String, String> bad = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            telling.put("a" + i, Map.of("good", counts(1_000, 0), "bad", counts(0, 1_000)));
            good.put("a" + i, "good");
            bad.put("a" + i, "bad");
        }
        WinTable table = WinTable.ofCounts(counts(1_000, 1_000), telling, Map.of());
        assertThat(table.probability(good, null).value()).isEqualTo(0.999_9);
        assertThat(table.probability(bad, null).value()).isEqualTo(0.000_1);
    }

    @Test
    void refusesToTakeAwayWhatWasNeverIn() {
        WinTable table = table(odoo(true, "1", null, null, null, ALL));
        assertThatThrownBy(() -> table.minus(WinTable.of(odoo(true, "2", null, null, null, ALL))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.minus(WinTable.of(odoo(false, "1", null, null, null, FIRST))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WinTable.ofCounts(counts(1, 1), Map.of(), Map.of("1", counts(2, 0))))
                .hasMessageContaining("reached 1");
        assertThatThrownBy(() -> WinTable.ofCounts(
                        counts(1, 1), Map.of("a", Map.of("x", counts(1, 0), "y", counts(1, 0))), Map.of()))
                .hasMessageContaining("have a value of a");
    }

    @Test
    void canBeAskedForItsCounts() {
        WinTable table = table(odoo(true, "1", null, null, null, ALL), odoo(false, "1", null, null, null, FIRST));
        assertThat(table.all()).isEqualTo(counts(1, 1));
        assertThat(table.of("country", "1")).isEqualTo(counts(1, 1));
        assertThat(table.of("country", "2")).isEqualTo(OutcomeCounts.NONE);
        assertThat(table.of("language", "1")).isEqualTo(OutcomeCounts.NONE);
        assertThat(table.reached("2")).isEqualTo(counts(1, 0));
        assertThat(table.reached("9")).isEqualTo(OutcomeCounts.NONE);
        assertThat(WinTable.ofCounts(
                        counts(1, 1),
                        Map.of("country", Map.of("1", counts(1, 1), "2", counts(0, 0)), "x", Map.of()),
                        Map.of(
                                "1",
                                counts(1, 1),
                                "2",
                                counts(1, 0),
                                "3",
                                counts(1, 0),
                                "won",
                                counts(1, 0),
                                "z",
                                counts(0, 0))))
                .isEqualTo(table)
                .hasSameHashCodeAs(table);
    }

    @Property(tries = 150, seed = "20261122")
    void isTheOracleOfTheCasesThatAreLeft(@ForAll @IntRange(min = 4, max = 40) int cases, @ForAll long seed) {
        Random random = new Random(seed);
        List<ClosedLead> kept = new ArrayList<>();
        List<ClosedLead> steps = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            ClosedLead lead = random(random, i);
            steps.add(lead);
            if (i % 3 != 2) {
                kept.add(lead);
            }
        }
        WinTable table = WinTable.EMPTY;
        for (ClosedLead lead : steps) {
            table = table.plus(WinTable.of(lead));
        }
        List<ClosedLead> retracted = new ArrayList<>(steps);
        retracted.removeAll(kept);
        for (ClosedLead lead : retracted) {
            table = table.minus(WinTable.of(lead));
        }
        Collections.shuffle(kept, random);
        assertThat(table).isEqualTo(table(kept.toArray(ClosedLead[]::new)));

        Map<String, String> known = random(random, -1).attributes();
        String stage = Integer.toString(random.nextInt(5));
        WinProbability probability = table.probability(known, stage);
        List<StatisticsOracle.Case> oracle = kept.stream()
                .map(lead -> new StatisticsOracle.Case(lead.attributes(), lead.reachedStages(), lead.won()))
                .toList();
        if (kept.stream().allMatch(ClosedLead::won) || kept.stream().noneMatch(ClosedLead::won)) {
            assertThat(probability.value()).isNull();
            return;
        }
        double expected = StatisticsOracle.winProbability(oracle, known, stage);
        assertThat(probability.value()).isCloseTo(Math.max(0.000_1, Math.min(0.999_9, expected)), within(1e-12));
    }

    @Property(tries = 50, seed = "20261122")
    void whatIsAddedAndTakenAwayLeavesNoTrace(@ForAll long seed) {
        Random random = new Random(seed);
        WinTable table = table(random(random, 1), random(random, 2), random(random, 3));
        WinTable more = table(random(random, 4), random(random, 5));
        assertThat(table.plus(more).minus(more)).isEqualTo(table);
        assertThat(table.plus(more)).isEqualTo(more.plus(table));
        assertThat(table.minus(table)).isEqualTo(WinTable.EMPTY);
    }

    static ClosedLead random(Random random, int id) {
        boolean won = random.nextInt(3) == 0;
        Map<String, String> attributes = new HashMap<>();
        for (String attribute : List.of("product", "source", "size")) {
            if (random.nextInt(5) > 0) {
                attributes.put(attribute, Integer.toString(random.nextInt(won ? 3 : 4)));
            }
        }
        Set<String> reached =
                won ? ALL : List.of(FIRST, SECOND, Set.<String>of()).get(random.nextInt(3));
        return new ClosedLead(
                random.nextInt(10), "lead-" + id, attributes, Integer.toString(1 + random.nextInt(2)), reached, won);
    }

    /** Rounded as it is shown. */
    private static double percent(WinProbability probability) {
        return Math.round(10_000 * probability.value()) / 100.0;
    }
}
