package io.leadpulse.bench.latency;

import io.leadpulse.bench.result.FoundAlert;
import io.leadpulse.bench.result.ResultSink;
import io.leadpulse.bench.workload.Probes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * When the results of each probe could first be read in one place. A score is that of a probe's lead as soon as it has the probe's
 * points; a sum says by its bits which probes it holds. A sum with a probe that was not sent, or twice with one that was, is wrong.
 *
 * <p>Safe for several threads: one that reads, one that sends, one that waits.
 */
final class ProbeView implements ResultSink {
    private static final long NOT_SEEN = Long.MIN_VALUE;

    private final String title;
    private final boolean hasScores;
    private final long[] sentMillis = new long[Probes.MAX];
    private final long[] scoreNanos = new long[Probes.MAX];
    private final long[] sumNanos = new long[Probes.MAX];
    /** The newest word on each sum of probes. */
    private final Map<String, Long> sums = new HashMap<>();

    private int sent;
    private int scores;
    private int sumsSeen;
    private long readNanos;
    private String problemOrNull;

    /**
     * Nothing is sent or seen yet.
     *
     * @param title what is read here, for messages
     * @param hasScores whether scores can be read here
     */
    ProbeView(String title, boolean hasScores) {
        this.title = title;
        this.hasScores = hasScores;
        Arrays.fill(scoreNanos, NOT_SEEN);
        Arrays.fill(sumNanos, NOT_SEEN);
    }

    /** The next probe is about to be sent. */
    synchronized void sending(long eventMillis) {
        sentMillis[sent++] = eventMillis;
    }

    /** What is told next could be read at this moment, by {@link System#nanoTime}. */
    synchronized void readAt(long nanos) {
        readNanos = nanos;
    }

    @Override
    public synchronized void score(String lead, long asOfMillis, double score, String band) {
        int probe = Probes.ofLead(lead);
        boolean isOfIt = probe >= 0
                && probe < sent
                && asOfMillis >= sentMillis[probe]
                && score >= Probes.LEAST_SCORE
                && scoreNanos[probe] == NOT_SEEN;
        if (isOfIt) {
            scoreNanos[probe] = readNanos;
            scores++;
        }
    }

    @Override
    public synchronized void sum(String measure, String scope, String day, long value) {
        int first = Probes.firstOfScope(scope);
        if (first < 0 || !measure.equals("won_amount")) {
            return;
        }
        sums.put(scope + '|' + day, value);
        long left = value;
        for (int probe = first; probe < sent && left > 0; probe++) {
            long amountMinor = Probes.amountMinor(probe);
            if (amountMinor > left || !Probes.scope(probe).equals(scope)) {
                break;
            }
            if ((left & amountMinor) != 0) {
                left -= amountMinor;
                if (sumNanos[probe] == NOT_SEEN) {
                    sumNanos[probe] = readNanos;
                    sumsSeen++;
                }
            }
        }
        if (left != 0 && problemOrNull == null) {
            problemOrNull = "%s: %s of %s is %d, which is no sum of what was sent".formatted(title, scope, day, value);
        }
    }

    @Override
    public void alert(String deal, String stage, long enteredMillis, FoundAlert alert) {
        // Of a probe there are none.
    }

    @Override
    public void deadLetter(String record, String reason) {
        // A probe of which there is one is never seen.
    }

    /** Nothing more will be read here. */
    synchronized void cannotBeRead(RuntimeException why) {
        problemOrNull = "%s cannot be read: %s".formatted(title, why);
    }

    /** The first word that cannot be right; null if there was none. */
    synchronized String problemOrNull() {
        return problemOrNull;
    }

    /** Results that were seen, of all probes. */
    synchronized int seen() {
        return scores + sumsSeen;
    }

    /** Whether every result of every probe that was sent was seen. */
    synchronized boolean isComplete() {
        return sumsSeen == sent && (!hasScores || scores == sent);
    }

    /** What is missing, one sentence. */
    synchronized String missing() {
        return "%s: of %d probes %s%d sums were seen"
                .formatted(title, sent, hasScores ? scores + " scores and " : "", sumsSeen);
    }

    /** The first probe that was sent and is in no sum that was seen; the number of those sent if there is none. */
    synchronized int firstWithoutSum() {
        int probe = 0;
        while (probe < sent && sumNanos[probe] != NOT_SEEN) {
            probe++;
        }
        return probe;
    }

    /** How many were sent. */
    synchronized int sent() {
        return sent;
    }

    /** Whether the newest word on all sums is that each probe was won once, no more and no less. */
    synchronized boolean isRightAtTheEnd() {
        Map<String, Long> found = new HashMap<>();
        sums.forEach((key, value) -> found.merge(key.substring(0, key.indexOf('|')), value, Long::sum));
        Map<String, Long> expected = new HashMap<>();
        for (int probe = 0; probe < sent; probe++) {
            expected.merge(Probes.scope(probe), Probes.amountMinor(probe), Long::sum);
        }
        return found.equals(expected);
    }

    /** When the score of a probe was first seen, by {@link System#nanoTime}; only of one that was. */
    synchronized long scoreNanos(int probe) {
        return seen(probe, scoreNanos);
    }

    /** When a sum with a probe was first seen, by {@link System#nanoTime}; only of one that was. */
    synchronized long sumNanos(int probe) {
        return seen(probe, sumNanos);
    }

    private static long seen(int probe, long[] nanos) {
        if (nanos[probe] == NOT_SEEN) {
            throw new IllegalStateException("probe %d was not seen".formatted(probe));
        }
        return nanos[probe];
    }
}
