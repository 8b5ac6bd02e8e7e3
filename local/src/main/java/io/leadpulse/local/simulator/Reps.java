package io.leadpulse.local.simulator;

/** Who gets what. */
final class Reps {
    private static final double RISING_FROM = .25;
    private static final double WEEKS_TO_RISE = 4;
    private static final double MILLIS_OF_WEEK = 7 * 86_400_000.0;

    private Reps() {}

    /**
     * The rep who has a deal or lead of a product.
     *
     * @param settled whether Tomas and Samir have theirs already
     */
    static String draw(SimulatedCompany company, Product product, long millis, boolean settled, Dice dice) {
        double[] weights = new double[SimulatedCompany.REPS.size()];
        for (int i = 0; i < weights.length; i++) {
            Rep rep = SimulatedCompany.REPS.get(i);
            boolean skipped = settled
                    && (rep.id().equals(SimulatedCompany.TOMAS) || rep.id().equals(SimulatedCompany.SAMIR));
            weights[i] = skipped ? 0 : rep.weight(product) * presence(company, rep, millis);
        }
        return SimulatedCompany.REPS.get(dice.index(weights)).id();
    }

    /** Jonah grows into his work; Petra closes nothing while she is away, and what she has open waits for her. */
    private static double presence(SimulatedCompany company, Rep rep, long millis) {
        if (rep.id().equals(SimulatedCompany.JONAH)) {
            double weeks = (millis - company.jonahJoinedMillis()) / MILLIS_OF_WEEK;
            return weeks <= 0 ? 0 : Math.min(1.2, RISING_FROM + weeks / WEEKS_TO_RISE);
        }
        boolean away = rep.id().equals(SimulatedCompany.PETRA)
                && millis >= company.petraLeftMillis()
                && millis <= company.startMillis();
        return away ? 0 : 1;
    }
}
