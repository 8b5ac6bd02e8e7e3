package io.leadpulse.bench.streams;

import java.time.LocalDate;
import org.apache.kafka.streams.processor.api.Record;

/** Results in the neutral form of TASK.md. */
final class Results {
    private Results() {}

    static Record<String, Object> score(String lead, long asOfMillis, double score, Lead.Band band, long saidMillis) {
        return new Record<>(
                "score|" + lead,
                "{\"as_of\":" + asOfMillis + ",\"score\":" + score + ",\"band\":\"" + band.wireName() + "\"}",
                saidMillis);
    }

    /** The key of a day's sums, by which they are also gathered. */
    static String sumKey(String scope, long epochDay) {
        return "sales|" + scope + '|' + LocalDate.ofEpochDay(epochDay);
    }

    static String sum(Sum sum) {
        return "{\"won_amount_minor\":" + sum.amountMinor() + ",\"won_count\":" + sum.count() + '}';
    }

    /**
     * An alert of a deal.
     *
     * @param stay stage and time of entry
     * @param alert null when it turned out not to be
     */
    static Record<String, Object> alert(String deal, String stay, Deal.Alert alert, long saidMillis) {
        return new Record<>("stuck|" + deal + '|' + stay, alert == null ? "null" : json(alert), saidMillis);
    }

    private static String json(Deal.Alert alert) {
        return "{\"owner\":" + (alert.owner() == null ? null : '"' + alert.owner() + '"') + ",\"raised\":"
                + alert.raisedMillis() + ",\"escalated\":" + time(alert.escalatedMillis()) + ",\"left\":"
                + time(alert.leftMillis()) + '}';
    }

    private static String time(long millis) {
        return millis == Deal.NEVER ? "null" : String.valueOf(millis);
    }

    /**
     * A record that does not count.
     *
     * @param record where it stands, as {@code topic/partition/offset}
     */
    static Record<String, Object> deadLetter(String record, String reason, long saidMillis) {
        return new Record<>("dead|" + record, "{\"reason\":\"" + reason + "\"}", saidMillis);
    }
}
