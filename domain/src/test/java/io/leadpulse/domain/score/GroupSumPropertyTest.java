package io.leadpulse.domain.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The pair (sum, reference time), fed in any order, against summing every event's decayed points. */
class GroupSumPropertyTest {

    private static final long SPAN_MILLIS = 400L * 86_400_000L;

    private record Event(double points, long timeMillis) {}

    @Property(tries = 200, seed = "20261122")
    void equalsTheBatchWhateverTheOrderOfArrivalRetractionsAndMerges(@ForAll long seed) {
        Random random = new Random(seed);
        Decay decay =
                random.nextInt(4) == 0 ? Decay.NONE : Decay.halfLife(3_600_000L + random.nextInt(60) * 86_400_000L);
        List<Event> stay = events(random);
        List<Event> retracted = events(random);
        List<Event> arriving = new ArrayList<>(stay);
        arriving.addAll(retracted);
        Collections.shuffle(arriving, random);
        GroupSum one = GroupSum.EMPTY;
        GroupSum other = GroupSum.EMPTY;
        for (Event event : arriving) {
            if (random.nextBoolean()) {
                one = one.add(event.points, event.timeMillis, decay);
            } else {
                other = other.add(event.points, event.timeMillis, decay);
            }
        }
        GroupSum sum = one.merge(other, decay);
        for (Event event : retracted) {
            sum = sum.subtract(event.points, event.timeMillis, decay);
        }
        long at = SPAN_MILLIS + random.nextInt(1_000_000_000);
        assertThat(sum.at(at, decay)).isCloseTo(batch(stay, at, decay), within(1e-9));
    }

    private static List<Event> events(Random random) {
        List<Event> events = new ArrayList<>();
        for (int i = random.nextInt(60); i > 0; i--) {
            events.add(new Event(random.nextInt(200) * 0.5 - 30, (long) (random.nextDouble() * SPAN_MILLIS)));
        }
        return events;
    }

    private static double batch(List<Event> events, long at, Decay decay) {
        double sum = 0;
        for (Event event : events) {
            double halfLives =
                    decay instanceof Decay.HalfLife half ? (at - event.timeMillis) / (double) half.halfLifeMillis() : 0;
            sum += event.points * Math.exp(-halfLives * Math.log(2));
        }
        return sum;
    }
}
