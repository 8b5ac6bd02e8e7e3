package io.leadpulse.bench.result;

/** Takes what an engine says; of one thing the latest word counts. */
public interface ResultSink {
    /**
     * A lead's score.
     *
     * @param asOfMillis of which time it speaks, epoch milliseconds
     */
    void score(String lead, long asOfMillis, double score, String band);

    /**
     * A sum of a day.
     *
     * @param measure {@code won_amount} in cents, or {@code won_count}
     * @param scope {@code company}, {@code team:NAME} or {@code rep:ID}
     * @param day as {@code 2026-02-03}
     */
    void sum(String measure, String scope, String day, long value);

    /**
     * A deal that was too long in a stage.
     *
     * @param enteredMillis when it came into the stage, epoch milliseconds
     * @param alert its life; null when it turned out not to be so
     */
    void alert(String deal, String stage, long enteredMillis, FoundAlert alert);

    /**
     * A record that is not counted.
     *
     * @param record identifies it
     */
    void deadLetter(String record, String reason);
}
