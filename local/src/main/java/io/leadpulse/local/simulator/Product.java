package io.leadpulse.local.simulator;

/** What Nimbar sells. */
enum Product {
    BOOKS("Books", 1_600, .55),
    DESK("Desk", 2_900, .30),
    FIELD("Field", 6_500, .15);

    private final String title;
    private final int meanAmount;
    private final double shareOfWins;

    Product(String title, int meanAmount, double shareOfWins) {
        this.title = title;
        this.meanAmount = meanAmount;
        this.shareOfWins = shareOfWins;
    }

    /** Name in events. */
    String title() {
        return title;
    }

    /** Mean of what a customer pays, in euros. */
    int meanAmount() {
        return meanAmount;
    }

    double shareOfWins() {
        return shareOfWins;
    }

    /** The product that an amount is usual for. */
    static Product usualFor(long amount) {
        return amount < 2_000 ? BOOKS : amount < 4_500 ? DESK : FIELD;
    }
}
