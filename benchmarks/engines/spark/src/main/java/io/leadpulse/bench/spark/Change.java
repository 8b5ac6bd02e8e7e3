package io.leadpulse.bench.spark;

import org.apache.spark.sql.Encoder;

/**
 * What follows from events of one visitor, deal or lead for one result. Changes of one batch to one result may come in any order: none
 * takes back what another of the same batch adds, and of a word that stands for itself there is one.
 *
 * @param key of the result
 * @param rule which gives a lead points; null if none does
 * @param place in which the rule counts a limited number of times; null without a rule
 * @param timeMillis when the lead acted, epoch milliseconds
 * @param sign 1 of what is added, -1 of what is taken back
 * @param amountMinor by how much a sum of a day changes, in cents
 * @param word the result itself, where nothing is to be added up; else null
 */
public record Change(String key, Rule rule, String place, long timeMillis, int sign, long amountMinor, String word) {
    static final Encoder<Change> ENCODER = Records.encoder(Change.class);

    /** What is done by a lead. */
    static Change by(String lead, Rule rule, String place, long timeMillis) {
        return new Change(Result.SCORE + lead, rule, place, timeMillis, 1, 0, null);
    }

    /** What was a lead's so far and is not any more. */
    static Change takenFrom(String lead, Rule rule, String place, long timeMillis) {
        return new Change(Result.SCORE + lead, rule, place, timeMillis, -1, 0, null);
    }

    /** That there is a lead. */
    static Change known(String lead) {
        return by(lead, null, null, 0);
    }

    /** A won deal more in a sum, or one less. */
    static Change sale(String scopeAndDay, int sign, long amountMinor) {
        return new Change(Result.SALES + scopeAndDay, null, null, 0, sign, sign * amountMinor, null);
    }

    /** A result that stands for itself. */
    static Change said(Result result) {
        return new Change(result.key(), null, null, 0, 1, 0, result.value());
    }
}
