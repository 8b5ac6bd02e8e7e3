package io.leadpulse.bench.workload;

import java.util.SplittableRandom;

/**
 * Draws leads by Zipf's law with exponent 1 (the lead of rank r has a weight of 1/r), where no lead's share is above a
 * bound: what the first ones would have beyond it goes to all others alike. By Walker's alias method, so that a draw costs the same for
 * any number of leads.
 */
final class LeadChoice {
    private static final int MAX_ROUNDS = 200;

    private final double[] chance;
    private final int[] alias;

    /**
     * Prepares draws.
     *
     * @param leads how many there are
     * @param maxShare largest share of one lead; where it is below {@code 1 / leads}, all have the same
     */
    LeadChoice(int leads, double maxShare) {
        double[] share = shares(leads, maxShare);
        chance = new double[leads];
        alias = new int[leads];
        int[] small = new int[leads];
        int[] large = new int[leads];
        int smalls = 0;
        int larges = 0;
        for (int lead = 0; lead < leads; lead++) {
            share[lead] *= leads;
            if (share[lead] < 1) {
                small[smalls++] = lead;
            } else {
                large[larges++] = lead;
            }
        }
        while (smalls > 0 && larges > 0) {
            int less = small[--smalls];
            int more = large[--larges];
            chance[less] = share[less];
            alias[less] = more;
            share[more] -= 1 - share[less];
            if (share[more] < 1) {
                small[smalls++] = more;
            } else {
                large[larges++] = more;
            }
        }
        while (larges > 0) {
            chance[large[--larges]] = 1;
        }
        while (smalls > 0) {
            // Only rounding left it here.
            chance[small[--smalls]] = 1;
        }
    }

    /** The next lead, 0 for the most frequent one. */
    int next(SplittableRandom random) {
        int lead = random.nextInt(chance.length);
        return random.nextDouble() < chance[lead] ? lead : alias[lead];
    }

    /** Shares that sum to 1: min(scale / rank, bound), with the scale found by halving. */
    static double[] shares(int leads, double maxShare) {
        double[] share = new double[leads];
        double bound = Math.max(maxShare, 1.0 / leads);
        double low = 0;
        double high = leads;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            double scale = (low + high) / 2;
            double sum = 0;
            for (int lead = 0; lead < leads; lead++) {
                sum += Math.min(bound, scale / (lead + 1.0));
            }
            if (sum < 1) {
                low = scale;
            } else {
                high = scale;
            }
            if (high - low < 1e-12 * high) {
                break;
            }
        }
        double sum = 0;
        for (int lead = 0; lead < leads; lead++) {
            share[lead] = Math.min(bound, high / (lead + 1.0));
            sum += share[lead];
        }
        for (int lead = 0; lead < leads; lead++) {
            share[lead] /= sum;
        }
        return share;
    }
}
