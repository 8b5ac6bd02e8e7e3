package io.leadpulse.bench.result;

import io.leadpulse.bench.oracle.Expected;
import io.leadpulse.bench.oracle.LeadScore;
import io.leadpulse.bench.oracle.StuckAlert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds every result against the oracle's as it comes, so that it is known at any time whether all are right. At first all are
 * missing. What the oracle does not know is wrong unless it says nothing: a sum of 0, an alert withdrawn.
 *
 * <p>Not thread-safe.
 */
public final class Comparison implements ResultSink {
    private static final double SCORE_TOLERANCE = 1e-9;
    private static final String MISSING = "nothing";

    private final Expected expected;
    private final long asOfMillis;
    /** What is not right, with what was found instead. */
    private final Map<String, String> wrong = new HashMap<>();

    private final Map<String, Long> deadLetters = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private long heard;

    /**
     * Begins with nothing found.
     *
     * @param asOfMillis of which time the band of a lead is, if it said nothing later, epoch milliseconds
     */
    public Comparison(Expected expected, long asOfMillis) {
        this.expected = expected;
        this.asOfMillis = asOfMillis;
        expected.scores().keySet().forEach(lead -> wrong.put(scoreKey(lead), MISSING));
        expected.sums().keySet().forEach(key -> wrong.put(sumKey(key), MISSING));
        expected.alerts().keySet().forEach(key -> wrong.put(alertKey(key), MISSING));
        expected.deadLetters().keySet().forEach(reason -> wrong.put(deadLetterKey(reason), MISSING));
    }

    /** Whether all results are there and right, and no other. */
    public boolean isRight() {
        return wrong.isEmpty();
    }

    /** How many words were heard that the task asks for, right or wrong. */
    public long heard() {
        return heard;
    }

    /** How many are not right. */
    public int wrongs() {
        return wrong.size();
    }

    /**
     * What is not right, one sentence each: key, expected, found.
     *
     * @param limit how many at most
     */
    public List<String> differences(int limit) {
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, String> each : new TreeMap<>(wrong).entrySet()) {
            if (differences.size() == limit) {
                differences.add("and %d more".formatted(wrong.size() - limit));
                break;
            }
            differences.add(
                    "%s: expected %s, found %s".formatted(each.getKey(), expectedOf(each.getKey()), each.getValue()));
        }
        return differences;
    }

    @Override
    public void score(String lead, long foundAsOfMillis, double score, String band) {
        LeadScore known = expected.scores().get(lead);
        boolean isRight = known != null
                && foundAsOfMillis >= known.latestMillis()
                && Math.abs(known.at(foundAsOfMillis) - score) <= SCORE_TOLERANCE
                && known.bandAt(bandMillis(known)).equals(band);
        note(scoreKey(lead), isRight, isRight ? "" : "%s, %s as of %d".formatted(score, band, foundAsOfMillis));
    }

    @Override
    public void sum(String measure, String scope, String day, long value) {
        String key = measure + '|' + scope + '|' + day;
        long known = expected.sums().getOrDefault(key, 0L);
        note(sumKey(key), known == value, String.valueOf(value));
    }

    @Override
    public void alert(String deal, String stage, long enteredMillis, FoundAlert alert) {
        String key = deal + '|' + stage + '|' + enteredMillis;
        StuckAlert known = expected.alerts().get(key);
        FoundAlert same = known == null
                ? null
                : new FoundAlert(known.owner(), known.raisedMillis(), known.escalatedMillis(), known.leftMillis());
        boolean isRight = same == null ? alert == null : same.equals(alert);
        note(alertKey(key), isRight, alert == null ? "withdrawn" : alert.toString());
    }

    @Override
    public void deadLetter(String record, String reason) {
        if (refused.add(record)) {
            long found = deadLetters.merge(reason, 1L, Long::sum);
            note(
                    deadLetterKey(reason),
                    found == expected.deadLetters().getOrDefault(reason, 0L),
                    String.valueOf(found));
        }
    }

    private void note(String key, boolean isRight, String found) {
        heard++;
        if (isRight) {
            wrong.remove(key);
        } else {
            wrong.put(key, found);
        }
    }

    private long bandMillis(LeadScore known) {
        return Math.max(asOfMillis, known.latestMillis());
    }

    private String expectedOf(String key) {
        String name = key.substring(key.indexOf(' ') + 1);
        if (key.equals(scoreKey(name)) && expected.scores().containsKey(name)) {
            LeadScore known = expected.scores().get(name);
            long atMillis = bandMillis(known);
            return "%s, %s as of %d".formatted(known.at(atMillis), known.bandAt(atMillis), atMillis);
        }
        if (key.equals(sumKey(name))) {
            return String.valueOf(expected.sums().getOrDefault(name, 0L));
        }
        if (key.equals(alertKey(name)) && expected.alerts().containsKey(name)) {
            return expected.alerts().get(name).toString();
        }
        if (key.equals(deadLetterKey(name))) {
            return String.valueOf(expected.deadLetters().getOrDefault(name, 0L));
        }
        return MISSING;
    }

    private static String scoreKey(String lead) {
        return "score " + lead;
    }

    private static String sumKey(String key) {
        return "sum " + key;
    }

    private static String alertKey(String key) {
        return "stuck " + key;
    }

    private static String deadLetterKey(String reason) {
        return "dead_letters " + reason;
    }
}
