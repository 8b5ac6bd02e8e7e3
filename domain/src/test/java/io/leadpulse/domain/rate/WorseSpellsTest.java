package io.leadpulse.domain.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.domain.rate.WorseSpells.Spell;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WorseSpellsTest {
    private static final BusinessCalendar BERLIN =
            new BusinessCalendar(ZoneId.of("Europe/Berlin"), WorkingWeek.wholeDays(Set.of()), Set.of());
    private static final long TODAY = LocalDate.parse("2025-03-10").toEpochDay();
    private static final Maturity AT_ONCE = new Maturity(0);
    private static final Maturity ONE_DAY = new Maturity(Duration.ofDays(1).toMillis());

    @Test
    void aDropIsFoundOnceItsWeekIsSignificantAndTheSpellEndsByItself() {
        // 40 of 100 a day, from the 1st of March on 25.
        Map<Long, Rate> byDay = days(TODAY - 90, TODAY + 100, 40);
        long drop = LocalDate.parse("2025-03-01").toEpochDay();
        for (long day = drop; day < TODAY + 100; day++) {
            byDay.put(day, new Rate(25, 100));
        }
        assertThat(found(byDay, AT_ONCE, null, drop + 1))
                .as("one bad day of seven")
                .isNull();

        Spell found = found(byDay, AT_ONCE, null, drop + 3);
        assertThat(found.resolvedEpochDay()).isEqualTo(Spell.LASTS);
        assertThat(found.raisedEpochDay()).isEqualTo(drop + 3);
        assertThat(found.days()).isEqualTo(new RecentDays(drop + 3 - 63, drop + 3 - 7, drop + 3));
        assertThat(found.comparison().now()).isEqualTo(new Rate(4 * 40 + 3 * 25, 700));
        assertThat(found.comparison().before()).isEqualTo(new Rate(56 * 40, 5_600));
        assertThat(found.comparison().z()).isLessThan(-2.6);
        assertThat(found(byDay, ONE_DAY, null, drop + 4).raisedEpochDay())
                .as("known a day later where a case needs a day")
                .isEqualTo(drop + 4);

        Spell over = found(byDay, AT_ONCE, null, TODAY + 99);
        assertThat(over.raisedEpochDay()).isEqualTo(drop + 3);
        assertThat(over.resolvedEpochDay())
                .as("the weeks before have become as bad")
                .isBetween(drop + 30, drop + 63);
    }

    @Test
    void aRateThatIsABitBetterForADayIsNotFoundAgainWithinAWeek() {
        Map<Long, Rate> byDay = days(TODAY - 90, TODAY, 40);
        for (long day = TODAY - 20; day < TODAY; day++) {
            byDay.put(day, new Rate(day == TODAY - 12 ? 100 : 31, 100));
        }
        Spell found = null;
        int raised = 0;
        long last = Long.MIN_VALUE;
        for (long day = TODAY - 20; day <= TODAY; day++) {
            found = found(byDay, AT_ONCE, null, day);
            if (found != null && found.raisedEpochDay() != last) {
                if (last != Long.MIN_VALUE) {
                    assertThat(found.raisedEpochDay() - last).isGreaterThanOrEqualTo(WorseSpells.CALM_DAYS);
                }
                last = found.raisedEpochDay();
                raised++;
            }
        }
        assertThat(raised).isBetween(1, 2);
    }

    @Test
    void ofFewCasesNothingIsSaid() {
        Map<Long, Rate> byDay = new HashMap<>();
        for (long day = TODAY - 63; day < TODAY; day++) {
            byDay.put(day, day < TODAY - 7 ? new Rate(7, 7) : new Rate(0, 7));
        }
        assertThat(found(byDay, AT_ONCE, null, TODAY)).as("49 of now").isNull();
        byDay.put(TODAY - 1, new Rate(0, 8));
        assertThat(found(byDay, AT_ONCE, null, TODAY)).isNotNull();
    }

    @Test
    void whatIsNewIsComparedWithAllOfItsKind() {
        // 40 of 100 a day of all; the new one has 30 of 100 from the 1st of March on, and is all there is.
        long first = LocalDate.parse("2025-03-01").toEpochDay();
        Map<Long, Rate> all = days(TODAY - 300, first, 40);
        Map<Long, Rate> ofNew = new HashMap<>();
        for (long day = first; day < first + 100; day++) {
            ofNew.put(day, new Rate(30, 100));
        }
        all.putAll(ofNew);

        Spell found = foundOf(ofNew, all, first + 2);
        assertThat(found.isNew()).isTrue();
        assertThat(found.comparison().now()).as("its own alone").isEqualTo(new Rate(60, 200));
        assertThat(found.comparison().before()).isEqualTo(new Rate(56 * 40, 5_600));
        assertThat(foundOf(ofNew, Map.of(), first + 2))
                .as("alone it has nothing before")
                .isNull();
        assertThat(foundOf(ofNew, all, first + 62).resolvedEpochDay())
                .as("the weeks before have become its own")
                .isBetween(first + 30, first + 45);

        Map<Long, Rate> ofOld = days(TODAY - 300, first + 100, 30);
        assertThat(foundOf(ofOld, all, first + 20))
                .as("always worse than others is not worse than before")
                .isNull();
    }

    @Test
    void whatComesOnceAMonthIsNotNewEachTime() {
        // For three days a month, and always with fewer answers than the rest.
        Map<Long, Rate> ofMonthly = new HashMap<>();
        for (long day = TODAY - 400; day < TODAY; day++) {
            if (LocalDate.ofEpochDay(day).getDayOfMonth() <= 3) {
                ofMonthly.put(day, new Rate(30, 100));
            }
        }

        assertThat(WorseSpells.of(
                        ofMonthly,
                        days(TODAY - 400, TODAY, 40),
                        BERLIN,
                        AT_ONCE,
                        null,
                        TODAY - WorseSpells.LOOK_DAYS,
                        TODAY))
                .isNull();
    }

    @Test
    void whatWasFoundEarlierGoesOnOrEnds() {
        Spell earlier = new Spell(TODAY - 200, Spell.LASTS, null, null, false);
        assertThat(found(days(TODAY - 300, TODAY, 40), AT_ONCE, earlier, TODAY))
                .isEqualTo(new Spell(TODAY - 200, TODAY - WorseSpells.LOOK_DAYS, null, null, false));
    }

    /** Tomorrow everything that was found by today is found as it was, but that it may have ended since. */
    @Property(tries = 200, seed = "20261122")
    void whatWasFoundStaysFound(@ForAll long seed) {
        Random random = new Random(seed);
        Map<Long, Rate> byDay = new HashMap<>();
        int level = 60;
        for (long day = TODAY - 250; day <= TODAY; day++) {
            level = random.nextInt(15) == 0 ? random.nextInt(80) : level;
            byDay.put(day, new Rate(random.nextInt(level + 1), 80));
        }
        Spell today = found(byDay, ONE_DAY, null, TODAY - 1);
        Spell tomorrow = found(byDay, ONE_DAY, null, TODAY);
        if (today == null || tomorrow == null) {
            assertThat(today).isNull();
            return;
        }
        if (tomorrow.raisedEpochDay() == today.raisedEpochDay()) {
            assertThat(tomorrow.comparison()).isEqualTo(today.comparison());
        } else {
            assertThat(tomorrow.raisedEpochDay()).isEqualTo(TODAY);
            assertThat(today.resolvedEpochDay()).isLessThanOrEqualTo(TODAY - WorseSpells.CALM_DAYS);
        }
    }

    private static Spell foundOf(Map<Long, Rate> byDay, Map<Long, Rate> all, long today) {
        return WorseSpells.of(byDay, all, BERLIN, AT_ONCE, null, today - WorseSpells.LOOK_DAYS, today);
    }

    private static Spell found(Map<Long, Rate> byDay, Maturity maturity, Spell earlier, long today) {
        return WorseSpells.of(byDay, Map.of(), BERLIN, maturity, earlier, today - WorseSpells.LOOK_DAYS, today);
    }

    private static Map<Long, Rate> days(long from, long until, int successes) {
        Map<Long, Rate> byDay = new HashMap<>();
        for (long day = from; day < until; day++) {
            byDay.put(day, new Rate(successes, 100));
        }
        return byDay;
    }
}
