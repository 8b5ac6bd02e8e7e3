package io.leadpulse.oracle;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Statistics by a second way, for tests: bounds by searching for what a test would not reject, ranks by counting, odds
 * by going through the cases, unions by asking of every millisecond. Slow, and made of the definitions only.
 */
public final class StatisticsOracle {
    private static final MathContext DIGITS = new MathContext(60);
    private static final double Z = quantileOf95();

    private StatisticsOracle() {}

    /**
     * A closed lead.
     *
     * @param attributes its values
     * @param reached the stages it reached
     * @param won how it ended
     */
    public record Case(Map<String, String> attributes, Set<String> reached, boolean won) {}

    /** Where the area under the bell curve from -z to z is 95 %. */
    public static double quantileOf95() {
        double low = 1;
        double high = 3;
        for (int i = 0; i < 60; i++) {
            double z = (low + high) / 2;
            if (area(z) < 0.475) {
                low = z;
            } else {
                high = z;
            }
        }
        return low;
    }

    /** Simpson's rule from 0 to z. */
    private static double area(double z) {
        int steps = 2_000;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double x = z * i / steps;
            double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.exp(-x * x / 2);
        }
        return sum * z / steps / 3 / Math.sqrt(2 * Math.PI);
    }

    /** The lowest (or highest) proportion of which k of n would not be surprising. */
    public static double scoreBound(long k, long n, boolean upper) {
        double observed = (double) k / n;
        double near = observed;
        double far = upper ? 1 : 0;
        for (int i = 0; i < 200; i++) {
            double p = (near + far) / 2;
            double distance = observed - p;
            if (distance * distance <= Z * Z * p * (1 - p) / n) {
                near = p;
            } else {
                far = p;
            }
        }
        return near;
    }

    /** Pearson's chi-squared of k of n against m of l, by observed and expected. */
    public static double chiSquared(long k, long n, long m, long l) {
        double share = (double) (k + m) / (n + l);
        double[][] observedExpected = {
            {k, n * share}, {n - k, n * (1 - share)}, {m, l * share}, {l - m, l * (1 - share)}
        };
        double sum = 0;
        for (double[] pair : observedExpected) {
            if (pair[1] > 0) {
                sum += (pair[0] - pair[1]) * (pair[0] - pair[1]) / pair[1];
            }
        }
        return sum;
    }

    /** Spearman's rho, not a number where one side does not vary. */
    public static double spearman(double[] x, double[] y) {
        double[] a = ranks(x);
        double[] b = ranks(y);
        double middle = (x.length + 1) / 2.0;
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < x.length; i++) {
            ab += (a[i] - middle) * (b[i] - middle);
            aa += (a[i] - middle) * (a[i] - middle);
            bb += (b[i] - middle) * (b[i] - middle);
        }
        return ab / Math.sqrt(aa * bb);
    }

    private static double[] ranks(double[] values) {
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            for (double other : values) {
                ranks[i] += other < values[i] ? 1 : other == values[i] ? 0.5 : 0;
            }
            ranks[i] += 0.5;
        }
        return ranks;
    }

    /** The naive Bayes probability of a win, before it is clamped, by going through the cases for every factor. */
    public static double winProbability(List<Case> cases, Map<String, String> known, String stage) {
        BigDecimal won = score(cases, known, stage, true);
        BigDecimal lost = score(cases, known, stage, false);
        return won.divide(won.add(lost), DIGITS).doubleValue();
    }

    private static BigDecimal score(List<Case> cases, Map<String, String> known, String stage, boolean won) {
        BigDecimal tenth = new BigDecimal("0.1");
        long ended = cases.stream().filter(each -> each.won() == won).count();
        BigDecimal score = BigDecimal.valueOf(ended)
                .add(tenth)
                .divide(BigDecimal.valueOf(cases.size()).add(new BigDecimal("0.2")), DIGITS);
        for (Map.Entry<String, String> attribute : known.entrySet()) {
            List<String> values = new ArrayList<>();
            List<String> valuesOfEnded = new ArrayList<>();
            for (Case each : cases) {
                String value = each.attributes().get(attribute.getKey());
                if (value != null) {
                    values.add(value);
                    if (each.won() == won) {
                        valuesOfEnded.add(value);
                    }
                }
            }
            if (values.contains(attribute.getValue())) {
                long like = valuesOfEnded.stream()
                        .filter(attribute.getValue()::equals)
                        .count();
                BigDecimal different =
                        BigDecimal.valueOf(values.stream().distinct().count());
                score = score.multiply(BigDecimal.valueOf(like)
                        .add(tenth)
                        .divide(BigDecimal.valueOf(valuesOfEnded.size()).add(tenth.multiply(different)), DIGITS));
            }
        }
        if (cases.stream().anyMatch(each -> each.reached().contains(stage))) {
            long reached = cases.stream()
                    .filter(each -> each.won() == won && each.reached().contains(stage))
                    .count();
            score = score.multiply(BigDecimal.valueOf(reached)
                    .add(tenth)
                    .divide(BigDecimal.valueOf(ended).add(tenth), DIGITS));
        }
        return score;
    }

    /** The Brier score by definition. */
    public static double brierScore(List<Double> said, List<Boolean> won) {
        double sum = 0;
        for (int i = 0; i < said.size(); i++) {
            double outcome = won.get(i) ? 1 : 0;
            sum += (said.get(i) - outcome) * (said.get(i) - outcome);
        }
        return sum / said.size();
    }

    /** How many of the milliseconds {@code [from, to)} lie in at least one of the spans. */
    public static long covered(List<long[]> spans, long from, long to) {
        long covered = 0;
        for (long at = from; at < to; at++) {
            for (long[] span : spans) {
                if (span[0] <= at && at < span[1]) {
                    covered++;
                    break;
                }
            }
        }
        return covered;
    }
}
