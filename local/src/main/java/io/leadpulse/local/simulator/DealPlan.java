package io.leadpulse.local.simulator;

/** What becomes of a deal, told before it happens; times are epoch milliseconds. */
final class DealPlan {
    static final String[] STAGES = {"meeting", "demo", "offer", "negotiation"};
    static final int MEETING = 0;
    static final int DEMO = 1;
    static final int OFFER = 2;
    static final int NEGOTIATION = 3;

    final int number;
    Product product;
    String rep;
    /** In whole euros. */
    long amount;

    boolean won;
    /** The stage in which it stands before it is closed. */
    int lastStage;
    /** When it entered each stage up to {@link #lastStage}. */
    long[] entered = new long[STAGES.length];
    /** When it is won or lost; may lie after the end of history. */
    long closed;
    /** Nothing is planned for it, so that nothing puts off that it is stuck. */
    boolean unplanned;
    /** The amount that was typed at the win, if it was another one. */
    long typedAmount;

    DealPlan(int number) {
        this.number = number;
    }

    String lead() {
        return "L-" + (10_000 + number);
    }

    String deal() {
        return "D-" + (10_000 + number);
    }

    long opened() {
        return entered[MEETING];
    }

    /** Whether it stands open at an instant. */
    boolean isOpenAt(long millis) {
        return opened() <= millis && closed > millis;
    }

    /** Stage at an instant at which it is open. */
    int stageAt(long millis) {
        int stage = MEETING;
        while (stage < lastStage && entered[stage + 1] <= millis) {
            stage++;
        }
        return stage;
    }
}
