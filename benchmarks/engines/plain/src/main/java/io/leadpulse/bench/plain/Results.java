package io.leadpulse.bench.plain;

/** Takes what the loop says. */
interface Results {
    void score(String lead, long asOfMillis, double score, String band);

    /** Sums of a day, the amount in cents. */
    void sum(SalesLoop.SumKey key, long amountMinor, long count);

    /**
     * An alert of a deal.
     *
     * @param stay {@code stage|when it was entered, epoch milliseconds}
     */
    void alert(String deal, String stay, Deal.Alert alert);

    /** An alert that turned out not to be. */
    void withdrawn(String deal, String stay);

    void deadLetter(String record, String reason);
}
