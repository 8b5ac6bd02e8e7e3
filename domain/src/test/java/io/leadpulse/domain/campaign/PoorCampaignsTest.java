package io.leadpulse.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.campaign.PoorCampaigns.Cohort;
import io.leadpulse.domain.campaign.PoorCampaigns.Spell;
import io.leadpulse.domain.rate.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PoorCampaignsTest {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long FOR_EVER = Long.MAX_VALUE - 1;
    private static final long ALWAYS = Long.MIN_VALUE;

    /** The simulator's table: 28 of 1,240 are just good enough beside 27 of 420; with twelve more they are not. */
    @Test
    void theTwelfthMoreThatDoesNotQualifyMakesItPoor() {
        List<Cohort> cohorts =
                new ArrayList<>(List.of(new Cohort(DAY, "social", 420, 27), new Cohort(2 * DAY, "video", 1_240, 28)));
        for (int i = 1; i <= 12; i++) {
            cohorts.add(new Cohort(3 * DAY + i, "video", 1, 0));
        }

        assertThat(found(cohorts, Map.of(), ALWAYS, 3 * DAY + 11)).isEmpty();
        Spell found = found(cohorts, Map.of(), ALWAYS, 3 * DAY + 12).get("video");
        assertThat(found.raisedMillis()).isEqualTo(3 * DAY + 12);
        assertThat(found.resolvedMillis()).isEqualTo(Spell.LASTS);
        assertThat(found.judgement().qualified()).isEqualTo(new Rate(28, 1_252));
        assertThat(found.judgement().usual()).isEqualTo(new Rate(27, 420));
    }

    @Test
    void aChannelWithOneCampaignHasNothingToCompareItWith() {
        assertThat(found(List.of(new Cohort(DAY, "fair", 214, 0)), Map.of(), ALWAYS, FOR_EVER))
                .isEmpty();
    }

    @Test
    void aCampaignThatRecoversIsNotFoundPoorAgainWithinHalfADay() {
        List<Cohort> cohorts = List.of(
                new Cohort(DAY, "social", 400, 80),
                new Cohort(2 * DAY, "video", 100, 0),
                new Cohort(3 * DAY, "video", 100, 60),
                new Cohort(7 * DAY / 2 - 1, "video", 5_000, 0),
                new Cohort(7 * DAY / 2, "social", 1, 0));

        Spell found = found(cohorts, Map.of(), ALWAYS, 7 * DAY / 2 - 1).get("video");
        assertThat(found.raisedMillis()).isEqualTo(2 * DAY);
        assertThat(found.resolvedMillis()).isEqualTo(3 * DAY);
        Spell again = found(cohorts, Map.of(), ALWAYS, 7 * DAY / 2).get("video");
        assertThat(again.raisedMillis()).isEqualTo(7 * DAY / 2);
        assertThat(again.resolvedMillis()).isEqualTo(Spell.LASTS);
    }

    @Test
    void itEndsWhenItsLeadsAreTooOldToBeJudgedBy() {
        List<Cohort> cohorts = List.of(new Cohort(DAY, "social", 400, 80), new Cohort(2 * DAY, "video", 100, 0));

        assertThat(found(cohorts, Map.of(), ALWAYS, FOR_EVER).get("video").resolvedMillis())
                .as("when what is usual is no longer known")
                .isEqualTo(29 * DAY);
    }

    @Test
    void whatWasFoundEarlierGoesOnOrEnds() {
        List<Cohort> cohorts = List.of(new Cohort(DAY, "social", 400, 80), new Cohort(2 * DAY, "video", 100, 20));
        Map<String, Spell> earlier = Map.of("video", new Spell(0, Spell.LASTS, null));

        assertThat(found(cohorts, earlier, 2 * DAY, DAY)).isEqualTo(earlier);
        assertThat(found(cohorts, earlier, 2 * DAY, 2 * DAY)).isEqualTo(Map.of("video", new Spell(0, 2 * DAY, null)));
    }

    /** A day later everything that was found by then is found as it was, but that it may have ended since. */
    @Property(tries = 200, seed = "20261122")
    void whatWasFoundStaysFoundInWhateverOrderTheLeadsAreTold(@ForAll long seed) {
        Random random = new Random(seed);
        List<Cohort> cohorts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int leads = 1 + random.nextInt(30);
            String campaign = "c" + random.nextInt(3);
            int most = campaign.equals("c0") ? 1 : leads / 3;
            cohorts.add(new Cohort(random.nextInt(40) * DAY, campaign, leads, random.nextInt(most + 1)));
        }
        long now = random.nextInt(60) * DAY;
        Map<String, Spell> then = found(cohorts, Map.of(), ALWAYS, now);
        Collections.shuffle(cohorts, random);
        assertThat(found(cohorts, Map.of(), ALWAYS, now)).isEqualTo(then);
        Map<String, Spell> later = found(cohorts, Map.of(), ALWAYS, now + DAY);
        then.forEach((campaign, spell) -> {
            assertThat(spell.raisedMillis()).isLessThanOrEqualTo(now);
            Spell after = later.get(campaign);
            if (spell.resolvedMillis() == Spell.LASTS) {
                assertThat(after.raisedMillis()).isGreaterThanOrEqualTo(spell.raisedMillis());
            } else if (after.raisedMillis() != spell.raisedMillis()) {
                assertThat(after.raisedMillis()).isGreaterThanOrEqualTo(spell.resolvedMillis() + DAY / 2);
            } else {
                assertThat(after).isEqualTo(spell);
            }
        });
        assertThat(found(cohorts, then, now + 1, now + DAY)).as("gone on with").isEqualTo(later);
    }

    /** The past is judged once: an instant more costs one instant, however long the past is. */
    @Test
    void whatWasFoundIsGoneOnWithByTheLastDaysAlone() {
        List<Cohort> cohorts = new ArrayList<>();
        for (int hour = 0; hour < 24 * 100; hour++) {
            cohorts.add(new Cohort(hour * DAY / 24, "c" + hour % 30, 2, hour % 7 == 0 ? 1 : 0));
        }
        long now = 100 * DAY;
        PoorCampaigns.Found whole = PoorCampaigns.of(cohorts, Map.of(), ALWAYS, now);
        assertThat(whole.instants()).as("each comes and leaves").isGreaterThan(2_400);

        cohorts.add(new Cohort(now + 5_000, "c1", 40, 0));
        List<Cohort> lately = new ArrayList<>(cohorts);
        lately.removeIf(cohort -> cohort.matureMillis() < now + 1 - PoorCampaigns.LOOK.toMillis());
        PoorCampaigns.Found goneOn = PoorCampaigns.of(lately, whole.spells(), now + 1, now + 5_000);

        assertThat(goneOn.instants()).isEqualTo(1);
        assertThat(goneOn.spells()).isEqualTo(found(cohorts, Map.of(), ALWAYS, now + 5_000));
    }

    @Test
    void oneThatLastsEndsWhenNothingOfItCountsAnyMore() {
        List<Cohort> cohorts = List.of(new Cohort(DAY, "social", 400, 80));

        assertThat(found(cohorts, Map.of("video", new Spell(0, Spell.LASTS, null)), DAY, DAY))
                .isEqualTo(Map.of("video", new Spell(0, DAY, null)));
    }

    private static Map<String, Spell> found(
            List<Cohort> cohorts, Map<String, Spell> earlier, long fromMillis, long nowMillis) {
        return PoorCampaigns.of(cohorts, earlier, fromMillis, nowMillis).spells();
    }
}
