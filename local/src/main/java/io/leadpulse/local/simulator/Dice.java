package io.leadpulse.local.simulator;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Chance of one thing in the story (a deal, a lead, a second of live). Each has its own, by seed, kind and number, so
 * that a change of one story does not shift all others.
 */
final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final SplittableRandom random;

    private Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    static Dice of(long seed, String kind, long number) {
        return new Dice(mixed(mixed(mixed(seed) + kind.hashCode()) + number * GOLDEN));
    }

    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double between(double from, double to) {
        return from + random.nextDouble() * (to - from);
    }

    long between(long from, long toExclusive) {
        return random.nextLong(from, toExclusive);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A log-normal number by its median. */
    double logNormal(double median, double sigma) {
        return median * Math.exp(sigma * random.nextGaussian());
    }

    /** A log-normal number by its mean. */
    double logNormalOfMean(double mean, double sigma) {
        return logNormal(mean * Math.exp(-sigma * sigma / 2), sigma);
    }

    /** A whole number near a mean: its floor or the next, so that sums over many stay close to the mean. */
    int near(double mean) {
        return (int) Math.floor(mean + random.nextDouble());
    }

    /** An index by weight. */
    int index(double... weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double point = random.nextDouble() * sum;
        for (int i = 0; i < weights.length; i++) {
            point -= weights[i];
            if (point < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    <T> void shuffle(List<T> values) {
        for (int i = values.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            T kept = values.get(i);
            values.set(i, values.get(other));
            values.set(other, kept);
        }
    }
}
