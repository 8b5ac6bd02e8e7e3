package io.leadpulse.domain.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.oracle.OracleScore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Generated leads against {@link OracleScore}, which scans everything for every question. */
class ScorePropertyTest {

    private static final double EXACT = 1e-9;
    private static final int DAYS = 20;

    @Property(tries = 300, seed = "20261122")
    void theLedgerIsThatOfTheBatchComputation(@ForAll long seed) {
        RandomLead lead = new RandomLead(seed, 60, DAYS);
        List<OracleScore.Line> expected = lead.oracle().ledger();
        List<ScoreEntry> entries = lead.card().entries();
        assertThat(entries).hasSameSizeAs(expected);
        for (OracleScore.Line line : expected) {
            assertThat(entries)
                    .filteredOn(entry -> entry.factId() == line.id()
                            && entry.ruleId().equals(line.rule())
                            && entry.group().equals(line.group())
                            && entry.ruleVersion() == line.version()
                            && entry.timeMillis() == line.timeMillis())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.points()).isCloseTo(line.points(), within(EXACT)));
        }
    }

    @Property(tries = 300, seed = "20261122")
    void sumsScoreAndBandAtAnyTimeAreThoseOfTheBatchComputation(@ForAll long seed) {
        RandomLead lead = new RandomLead(seed, 60, DAYS);
        OracleScore oracle = lead.oracle();
        ScoreCard card = lead.card();
        for (int i = 0; i < 20; i++) {
            long at = lead.randomTime(DAYS * 2);
            double sum = 0;
            for (String group :
                    List.of(ScoreRules.FIT, ScoreRules.ENGAGEMENT, ScoreRules.PAGE_VIEWS, ScoreRules.OPT_OUT)) {
                double raw = oracle.raw(group, at);
                sum += raw;
                assertThat(card.raw(group, at)).isCloseTo(raw, within(EXACT));
                assertThat(card.entries().stream()
                                .filter(entry -> entry.group().equals(group))
                                .mapToDouble(entry -> card.points(entry, at))
                                .sum())
                        .isCloseTo(raw, within(EXACT));
            }
            assertThat(card.raw(at)).isCloseTo(sum, within(EXACT));
            assertThat(card.score(at)).isCloseTo(oracle.score(at), within(EXACT));
            assertThat(card.band(at)).hasToString(oracle.band(at));
            assertThat(card.productInterest(at).getOrDefault("p", 0.0))
                    .isCloseTo(oracle.interest("p", at), within(EXACT));
            double clamped =
                    card.breakdown(at).stream().mapToDouble(GroupScore::clamped).sum();
            assertThat(Math.min(Math.max(clamped, 0), 100)).isCloseTo(card.score(at), within(EXACT));
        }
    }

    @Property(tries = 100, seed = "20261122")
    void aCardOfThePublishedLedgerSaysTheSame(@ForAll long seed) {
        RandomLead lead = new RandomLead(seed, 60, DAYS);
        ScoreCard card = lead.card();
        ScoreCard read = ScoreCard.ofLedger(card.entries(), lead.timeline(), RandomLead.ZONE);
        for (int i = 0; i < 20; i++) {
            long at = lead.randomTime(DAYS * 2);
            assertThat(read.breakdown(at)).isEqualTo(card.breakdown(at));
            assertThat(read.score(at)).isEqualTo(card.score(at));
            assertThat(read.nextBandChangeAfter(at)).isEqualTo(card.nextBandChangeAfter(at));
        }
    }

    @Property(tries = 300, seed = "20261122")
    void theQualifyingFactIsThatOfTheBatchComputation(@ForAll long seed) {
        RandomLead lead = new RandomLead(seed, 30, DAYS);
        OracleScore.Act expected = lead.oracle().qualifier();
        assertThat(lead.card().qualification().map(Qualification::factId).orElse(null))
                .isEqualTo(expected == null ? null : expected.id());
    }

    @Property(tries = 200, seed = "20261122")
    void anyOrderDuplicatesAndStaleVersionsGiveTheSameCard(@ForAll long seed) {
        RandomLead lead = new RandomLead(seed, 60, DAYS);
        List<Fact> delivered = new ArrayList<>(lead.facts);
        for (Fact fact : lead.facts) {
            if (lead.random().nextInt(4) == 0) {
                delivered.add(fact);
            }
            if (lead.random().nextInt(4) == 0) {
                delivered.add(Fact.builder(fact.id(), fact.event(), lead.randomTime(DAYS), EventKind.MEETING_COMPLETED)
                        .version(fact.version() - 1)
                        .build());
            }
        }
        Collections.shuffle(delivered, lead.random());
        ScoreCard expected = lead.card();
        ScoreCard card = ScoreBook.evaluate(delivered, lead.timeline(), RandomLead.ZONE);
        assertThat(card).isEqualTo(expected);
        long at = lead.randomTime(DAYS);
        assertThat(card.score(at)).isEqualTo(expected.score(at));
        assertThat(card.nextBandChangeAfter(at)).isEqualTo(expected.nextBandChangeAfter(at));
    }

    @Property(tries = 100, seed = "20261122")
    void bandsChangeOnlyWhereSaid(@ForAll long seed) {
        RandomLead lead = new RandomLead(seed, 40, DAYS);
        ScoreCard card = lead.card();
        long at = RandomLead.START - 1;
        long step = 1_801_000;
        long end = RandomLead.START + 3L * DAYS * ScoreCard.DAY_MILLIS;
        while (at < end) {
            Band band = card.band(at);
            long next = card.nextBandChangeAfter(at);
            for (long time = at; time < Math.min(next, end); time += step) {
                assertThat(card.band(time)).isEqualTo(band);
            }
            if (next != ScoreCard.NEVER) {
                assertThat(card.band(next)).isNotEqualTo(band);
                assertThat(card.band(next - 1)).isEqualTo(band);
            }
            at = next;
        }
    }
}
