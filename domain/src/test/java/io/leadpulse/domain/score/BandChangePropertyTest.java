package io.leadpulse.domain.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The next band change against a scan of every single millisecond. */
class BandChangePropertyTest {

    private static final long START = Instant.parse("2026-03-02T23:59:50Z").toEpochMilli();
    private static final int SCANNED_MILLIS = 20_000;
    private static final EventKind[] KINDS = {
        EventKind.PAGE_VIEWED, EventKind.FORM_SUBMITTED, EventKind.MEETING_COMPLETED, EventKind.EMAIL_UNSUBSCRIBED
    };

    @Property(tries = 150, seed = "20261122")
    void isTheFirstMillisecondAtWhichTheBandDiffers(@ForAll long seed) {
        ScoreCard card = randomCard(new Random(seed));
        long at = START - 1;
        long next = card.nextBandChangeAfter(at);
        Band band = card.band(at);
        for (long time = START; time < START + SCANNED_MILLIS; time++) {
            Band now = card.band(time);
            if (now != band) {
                assertThat(next).isEqualTo(time);
                next = card.nextBandChangeAfter(time);
                band = now;
            }
        }
        assertThat(next).isGreaterThanOrEqualTo(START + SCANNED_MILLIS);
    }

    @Property(tries = 150, seed = "20261122")
    void isTheSameFromAnyTimeBeforeIt(@ForAll long seed) {
        Random random = new Random(seed);
        ScoreCard card = randomCard(random);
        long at = START + random.nextInt(SCANNED_MILLIS);
        long next = card.nextBandChangeAfter(at);
        if (next != ScoreCard.NEVER) {
            long between = at + (long) ((next - at) * random.nextDouble());
            assertThat(card.nextBandChangeAfter(between)).isEqualTo(next);
            assertThat(card.band(next - 1)).isEqualTo(card.band(at)).isNotEqualTo(card.band(next));
        } else {
            assertThat(card.band(at + ScoreCard.WEEK_MILLIS)).isEqualTo(card.band(at));
        }
    }

    private static ScoreCard randomCard(Random random) {
        List<ScoreRules> versions = new ArrayList<>();
        versions.add(randomRules(random, 1, ScoreRules.FROM_THE_BEGINNING));
        if (random.nextInt(3) == 0) {
            versions.add(randomRules(random, 2, START + random.nextInt(SCANNED_MILLIS)));
        }
        List<Fact> facts = IntStream.range(0, 1 + random.nextInt(8))
                .mapToObj(i -> Fact.of(
                        i,
                        "test/" + i,
                        START + random.nextInt(SCANNED_MILLIS / 2),
                        KINDS[random.nextInt(KINDS.length)]))
                .sorted(Fact.CANONICAL_ORDER)
                .toList();
        return ScoreBook.evaluate(facts, RuleTimeline.of(versions), ZoneOffset.UTC);
    }

    private static ScoreRules randomRules(Random random, int version, long from) {
        List<ScoreGroup> groups = new ArrayList<>();
        List<ScoreRule> rules = new ArrayList<>();
        for (EventKind kind : KINDS) {
            String name = "group_" + rules.size();
            groups.add(new ScoreGroup(
                    name,
                    ScoreGroup.Type.ENGAGEMENT,
                    random.nextInt(3) == 0 ? -random.nextInt(40) : ScoreGroup.NO_MIN,
                    random.nextInt(3) == 0 ? random.nextInt(60) : ScoreGroup.NO_MAX,
                    switch (random.nextInt(6)) {
                        case 0 -> Decay.NONE;
                        case 1 -> Decay.window(1);
                        case 2 -> Decay.halfLife(2_000);
                        default -> Decay.halfLife(1_000 + random.nextInt(9_000));
                    }));
            rules.add(new ScoreRule(
                    "rule_" + rules.size(),
                    List.of(FactMatch.of(kind)),
                    (random.nextInt(3) == 0 ? -1 : 1) * random.nextInt(120),
                    name,
                    Repeat.EVERY,
                    false));
        }
        double warm = 5 + random.nextInt(60);
        return new ScoreRules(
                version,
                from,
                groups,
                rules,
                List.of(),
                new Thresholds(warm, warm + 1 + random.nextInt(30), 70),
                0,
                100,
                false);
    }
}
